"""The Generate panel in the real window: samples, interpolations and traversals."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from aedesk.analysis.interpolation import spherical, straight
from aedesk.analysis.sampling import sampler_for, training_codes
from tests.ui.driving import press
from tests.ui.generating import choose, click_cell, look_at, made, settle, with_model
from tests.ui.pen import draw

VARIATIONAL = "model.bottleneck.kind=variational"


# -- samples ----------------------------------------------------------------------------------


def test_samples_of_a_mixture_are_shown_and_say_so(window, qtbot):
    model, panel = with_model(qtbot, window)
    sampler = sampler_for(model, training_codes(model, window.desk.dataset))
    np.testing.assert_allclose(made(window).shown.samples, model.decode(sampler.draw(64)), atol=1e-3)
    assert panel.words() == "Drawn from a mixture of 10 Gaussians fitted to the codes."
    assert panel.page.grid.count() == 64 and panel.page.grid.isVisible()
    assert not panel.page.offered.isVisible() and not panel.page.table.isVisible()


def test_count_seed_and_temperature_are_followed(window, qtbot):
    model, panel = with_model(qtbot, window, "image", VARIATIONAL)
    assert panel.words() == "Drawn from the prior, a standard normal distribution."
    first = made(window).shown.samples
    press(panel, "Draw again")
    settle(qtbot, window)
    assert panel.samples.seed.value() == 1 and not np.allclose(made(window).shown.samples, first)
    panel.samples.seed.setValue(0)
    panel.samples.count.setValue(9)
    settle(qtbot, window)
    np.testing.assert_allclose(made(window).shown.samples, first[:9], atol=1e-5)
    assert panel.page.grid.count() == 9
    panel.samples.temperature.setFocus()
    for _ in range(40):
        QTest.keyClick(panel.samples.temperature, Qt.Key.Key_Left)
    settle(qtbot, window)
    np.testing.assert_allclose(made(window).shown.samples, model.decode(np.zeros((9, 4), np.float32)), atol=1e-4)
    assert made(window).request.temperature == 0


@pytest.mark.parametrize("form", ["table", "signal"])
def test_tables_are_rows_and_signals_curves(form, window, qtbot):
    model, panel = with_model(qtbot, window, form)
    table, grid = panel.page.table, panel.page.grid
    assert (table.isVisible(), grid.isVisible()) == ((True, False) if form == "table" else (False, True))
    samples = made(window).shown.samples
    assert samples.shape == (64, *model.shape)
    if form == "table":
        rows = table.model()
        assert (rows.rowCount(), rows.columnCount()) == (64, 4)
        assert float(rows.index(5, 2).data()) == pytest.approx(float(samples[5, 2]), rel=1e-3)
        assert rows.headerData(2, Qt.Orientation.Horizontal) == "petal length (cm)"
    for mode in ("interpolation", "traversal"):
        look_at(qtbot, window, mode)
        assert grid.isVisible() and not table.isVisible()
        grid.grab()


def test_words_are_read(window, qtbot):
    options = ["data.source={kind='words', longest=8}", "data.limit=300", "data.scaling=none"]
    _, panel = with_model(qtbot, window, "image", *options)
    words = made(window).shown.words
    assert len(words) == 64 and all(word.strip() and len(word) <= 8 for word in words)
    panel.grab()
    look_at(qtbot, window, "interpolation")
    assert len(made(window).shown.words) == 10 and panel.page.offered.count() == 24


# -- interpolation ----------------------------------------------------------------------------


def test_the_way_between_two_samples_of_the_data(window, qtbot):
    model, panel = with_model(qtbot, window)
    look_at(qtbot, window, "interpolation")
    offered = panel.page.offered
    assert offered.isVisible() and offered.count() == 24
    click_cell(offered, 4)
    settle(qtbot, window)
    click_cell(offered, 7)
    settle(qtbot, window)
    rows = window.presenter.generate_work._rows
    ends = model.autoencoder.encode(window.desk.dataset.inputs[[rows[4], rows[7]]]).numpy()
    np.testing.assert_allclose(made(window).shown.samples, model.decode(straight(*ends, 10)), atol=1e-3)
    assert offered._shown.marks == {4: "A", 7: "B"}
    assert made(window).shown.marks == {0: "A", 9: "B"}
    assert f"From sample {rows[4]} " in panel.words() and f" to sample {rows[7]} " in panel.words()
    QTest.mouseClick(panel.interpolation.route.button("spherical"), Qt.MouseButton.LeftButton)
    panel.interpolation.steps.setValue(5)
    settle(qtbot, window)
    np.testing.assert_allclose(made(window).shown.samples, model.decode(spherical(*ends, 5)), atol=1e-3)
    press(panel, "Random pair")
    settle(qtbot, window)
    assert window.presenter.generate_work._rows != rows
    assert not np.allclose(made(window).shown.samples, model.decode(spherical(*ends, 5)))


def test_samples_are_picked_by_keys(window, qtbot):
    _, panel = with_model(qtbot, window)
    look_at(qtbot, window, "interpolation")
    offered = panel.page.offered
    offered.setFocus()
    offered._current = 0
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Space):
        QTest.keyClick(offered, key)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(offered, key)
    settle(qtbot, window)
    assert offered._shown.marks == {2: "A", 2 + offered.column_count(): "B"}
    panel.modes.button("interpolation").setFocus()
    QTest.keyClick(panel.modes.button("interpolation"), Qt.Key.Key_Right)
    settle(qtbot, window)
    assert panel.mode() == "traversal" and made(window).request.mode == "traversal"


def test_points_clicked_on_the_map_are_ends(window, qtbot):
    _, panel = with_model(qtbot, window)
    look_at(qtbot, window, "interpolation")
    view, work = window.panels.latent_map, window.presenter.generate_work
    rows = [row for row in range(len(window.desk.dataset.inputs)) if row not in work._rows][:2]
    for row in rows:
        view.sample_selected.emit(row)
    settle(qtbot, window)
    assert panel.words().startswith(f"From sample {rows[0]} ") and work._chosen == tuple(rows)
    assert panel.page.offered.count() == 24 and panel.page.offered._shown.marks == {1: "A", 0: "B"}
    look_at(qtbot, window, "traversal")
    view.sample_selected.emit(rows[0])
    settle(qtbot, window)
    assert panel.traversal.value().base == "data" and made(window).request.base == "data"


def test_the_way_between_two_new_samples(window, qtbot):
    model, panel = with_model(qtbot, window, "image", VARIATIONAL)
    look_at(qtbot, window, "interpolation")
    choose(qtbot, window, panel.interpolation.ends, "drawn")
    start, end = sampler_for(model).draw(2)
    np.testing.assert_allclose(made(window).shown.samples, model.decode(straight(start, end, 10)), atol=1e-3)
    assert not panel.page.offered.isVisible() and "the prior" in panel.words()
    press(panel, "Random pair")
    settle(qtbot, window)
    start, end = sampler_for(model).draw(2, seed=1)
    np.testing.assert_allclose(made(window).shown.samples, model.decode(straight(start, end, 10)), atol=1e-3)


def test_a_drawing_turns_into_a_sample(window, qtbot):
    model, panel = with_model(qtbot, window)
    look_at(qtbot, window, "interpolation")
    choose(qtbot, window, panel.interpolation.ends, "pad")
    assert panel.words().startswith("Draw a digit on the digit pad") and not panel.save.isEnabled()
    draw(window.panels.pad.drawing, (0.5, 0.2), (0.5, 0.8))
    settle(qtbot, window)
    code = window.presenter.generate_work._drawing
    np.testing.assert_allclose(made(window).shown.samples[0], model.decode(code[None])[0], atol=1e-3)
    assert panel.words().startswith("From your drawing to sample ")
    assert list(panel.page.offered._shown.marks.values()) == ["B"]
    window.panels.pad.clear()
    settle(qtbot, window)
    assert panel.words().startswith("Draw a digit on the digit pad")


# -- traversal --------------------------------------------------------------------------------


def test_a_traversal_has_a_row_for_each_number_the_most_used_first(window, qtbot):
    model, panel = with_model(qtbot, window)
    look_at(qtbot, window, "traversal")
    codes = training_codes(model, window.desk.dataset)
    order = np.argsort(-codes.std(0))
    assert made(window).row_names == tuple(str(number + 1) for number in order)
    low, high = np.percentile(codes[:, order[0]], (1, 99))
    first = np.tile(codes.mean(0), (9, 1))
    first[:, order[0]] = np.linspace(low, high, 9)
    np.testing.assert_allclose(made(window).shown.samples[:9], model.decode(first), atol=1e-2)
    marks = sorted(made(window).shown.marks)
    assert [mark // 9 for mark in marks] == [0, 1, 2, 3], "the base is framed once in each row"
    assert f"Number {order[0] + 1} of the code at" in made(window).shown.tips[0]
    assert not panel.again.isEnabled() and "only one mean code" in panel.again.toolTip()


def test_a_traversal_begins_with_what_is_chosen(window, qtbot):
    model, panel = with_model(qtbot, window, "image", VARIATIONAL)
    look_at(qtbot, window, "traversal")
    choose(qtbot, window, panel.traversal.base, "data")
    row = window.presenter.generate_work._chosen[-1]
    code = model.autoencoder.encode(window.desk.dataset.inputs[[row]]).numpy()[0]
    number = int(made(window).row_names[0]) - 1
    code[number] = -2.5
    np.testing.assert_allclose(made(window).shown.samples[0], model.decode(code[None])[0], atol=1e-3)
    press(panel, "Another")
    settle(qtbot, window)
    assert window.presenter.generate_work._chosen[-1] != row
    choose(qtbot, window, panel.traversal.base, "drawn")
    code = sampler_for(model).draw(1)[0]
    code[int(made(window).row_names[0]) - 1] = -2.5
    np.testing.assert_allclose(made(window).shown.samples[0], model.decode(code[None])[0], atol=1e-3)
    before = made(window)
    press(panel, "Another")
    settle(qtbot, window)
    assert not np.allclose(made(window).shown.samples, before.shown.samples)
