"""The Generate panel while networks learn, with models that come and go, and what it saves."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtWidgets import QFileDialog

from aedesk.ui import generate_work
from tests import small
from tests.ui.driving import LONG, button, press, quiet, show_recipe
from tests.ui.generating import look_at, made, opened, settle, with_model

LONG_RUN = "training.epochs=100000"
VARIATIONAL = "model.bottleneck.kind=variational"


# -- live, and of models that come and go ------------------------------------------------------


def test_it_follows_a_network_that_learns_but_not_too_often(window, qtbot, monkeypatch):
    calls = []
    make = generate_work.make
    monkeypatch.setattr(generate_work, "make", lambda *given: (calls.append(given[0]), make(*given))[1])
    show_recipe(window, small.recipe("image", LONG_RUN))
    look_at(qtbot, window)
    with qtbot.waitSignal(window.desk.looked, timeout=LONG):
        press(window.panels.run_bar, "Train")
    qtbot.waitUntil(lambda: len(calls) >= 2, timeout=LONG)
    qtbot.waitUntil(lambda: window.presenter.generate_work._made is not None, timeout=LONG)
    before = len(calls)
    qtbot.wait(1100)
    assert len(calls) - before <= 3, "about twice in a second at most"
    assert all(call.most == 2000 for call in calls)
    window.docks.pad.raise_()
    qtbot.wait(50)
    hidden = len(calls)
    qtbot.wait(700)
    assert len(calls) == hidden, "nothing is made for a panel that is not seen"
    window.docks.generate.raise_()
    qtbot.waitUntil(lambda: len(calls) > hidden, timeout=LONG)
    press(window.panels.run_bar, "Stop")
    qtbot.waitUntil(lambda: window.desk.state == "idle", timeout=LONG)
    settle(qtbot, window)
    assert calls[-1].most == 10_000 and calls[-1].model.weights is window.desk.model().weights


def test_another_model_leaves_nothing_of_the_one_before(window, qtbot, tmp_path):
    with_model(qtbot, window)
    opened(qtbot, window, small.trained("table"), tmp_path)
    settle(qtbot, window)
    assert made(window).shown.form == "table" and window.panels.generate.page.table.isVisible()
    look_at(qtbot, window, "interpolation")
    combo = window.panels.generate.interpolation.ends
    place = combo.findData("pad")
    assert not combo.model().item(place).isEnabled()
    assert combo.model().item(place).toolTip() == "The open model did not learn from images."
    opened(qtbot, window, small.trained("image"), tmp_path)
    settle(qtbot, window)
    assert made(window).shown.samples.shape == (10, 1, 8, 8) and combo.model().item(place).isEnabled()


def test_without_a_model_it_says_what_will_be_here(window, qtbot):
    look_at(qtbot, window)
    panel = window.panels.generate
    assert panel.words().startswith("Train or open a model")
    for name in ("Save…", "Draw again"):
        assert not button(panel, name).isEnabled() and button(panel, name).toolTip().startswith("There is nothing")
    for mode in ("interpolation", "traversal"):
        look_at(qtbot, window, mode)
        assert panel.words().startswith("Train or open a model")


def gone(folder: Path, *assignments: str):
    """A model of a signal whose file is not there any more."""
    path = folder / "signal.csv"
    path.write_text("v\n" + "\n".join(f"{np.sin(place / 5):.4f}" for place in range(300)))
    source = f"data.source={{kind='signal', file='{path}', window=16}}"
    model = small.finished(small.recipe("signal", source, *assignments)).model
    path.unlink()
    return model


def test_a_mixture_without_its_data_says_why_there_is_nothing(window, qtbot, tmp_path):
    opened(qtbot, window, gone(tmp_path), tmp_path)
    for mode in ("samples", "interpolation", "traversal"):
        look_at(qtbot, window, mode)
        assert "was taught no prior" in window.panels.generate.words()
        assert not window.panels.generate.save.isEnabled()


def test_a_prior_needs_no_data(window, qtbot, tmp_path):
    opened(qtbot, window, gone(tmp_path, VARIATIONAL), tmp_path)
    panel = window.panels.generate
    look_at(qtbot, window)
    assert made(window).shown.samples.shape == (64, 16)
    look_at(qtbot, window, "interpolation")
    assert made(window).request.ends == "drawn", "what can be had is chosen"
    reason = "The data that the model learned from are not here."
    assert panel.interpolation.ends.model().item(0).toolTip() == reason
    look_at(qtbot, window, "traversal")
    assert made(window).row_names == ("1", "2")
    opened(qtbot, window, small.trained("image", VARIATIONAL), tmp_path)
    look_at(qtbot, window, "interpolation")
    assert made(window).request.ends == "data", "and what was chosen before comes back"


def test_a_network_that_diverged_is_explained(window, qtbot, tmp_path):
    model = small.trained("image")
    weights = {name: value * float("nan") for name, value in model.weights.items()}
    opened(qtbot, window, replace(model, weights=weights), tmp_path)
    for mode in ("samples", "interpolation", "traversal"):
        look_at(qtbot, window, mode)
        assert "diverged" in window.panels.generate.words()


def test_a_code_of_one_number_goes_only_straight(window, qtbot):
    _, panel = with_model(qtbot, window, "image", "model.code_size=1")
    look_at(qtbot, window, "interpolation")
    spherical_button = panel.interpolation.route.button("spherical")
    assert not spherical_button.isEnabled() and "only one way" in spherical_button.toolTip()
    assert made(window).request.route == "straight"


# -- saving -----------------------------------------------------------------------------------


@pytest.fixture
def answer(monkeypatch):
    """Answers the file dialog, and notes what it offered."""
    given: dict[str, object] = {"path": "", "kind": "", "asked": []}

    def dialog(_parent, _title, path, kinds):
        given["asked"] = [path, kinds]
        return given["path"], given["kind"]

    monkeypatch.setattr(QFileDialog, "getSaveFileName", dialog)
    return given


def test_what_is_shown_is_saved_as_a_picture_or_as_numbers(window, qtbot, tmp_path, answer):
    _, panel = with_model(qtbot, window)
    answer["path"] = str(tmp_path / "out.png")
    press(panel, "Save…")
    quiet(qtbot)
    assert panel.words() == f"Saved as {tmp_path / 'out.png'}."
    columns = panel.page.grid.column_count()
    with Image.open(tmp_path / "out.png") as picture:
        assert picture.size == (8 * columns, 8 * -(-64 // columns))
    assert answer["asked"][0] == "small-image-samples.png" and answer["asked"][1].startswith("PNG picture (*.png);;")
    answer.update(path=str(tmp_path / "numbers"), kind="NumPy array (*.npy)")
    press(panel, "Save…")
    quiet(qtbot)
    np.testing.assert_array_equal(np.load(tmp_path / "numbers.npy"), made(window).shown.samples)
    assert answer["asked"][0] == str(tmp_path / "small-image-samples.png")
    answer["path"] = ""
    press(panel, "Save…")
    quiet(qtbot)
    assert sorted(path.name for path in tmp_path.glob("*.*")) == ["numbers.npy", "out.png"]


def test_a_traversal_is_saved_row_by_row(window, qtbot, tmp_path, answer):
    _, panel = with_model(qtbot, window)
    look_at(qtbot, window, "traversal")
    answer["path"] = str(tmp_path / "rows.png")
    press(panel, "Save…")
    quiet(qtbot)
    with Image.open(tmp_path / "rows.png") as picture:
        assert picture.size == (9 * 8, 4 * 8)


def test_a_file_that_cannot_be_written_is_explained_and_the_samples_stay(window, qtbot, tmp_path, answer):
    _, panel = with_model(qtbot, window, "table")
    answer["path"] = str(tmp_path / "gone" / "out.csv")
    press(panel, "Save…")
    quiet(qtbot)
    assert "cannot be written" in panel.words() and panel.page.line.role() == "error"
    assert "png" not in answer["asked"][1] and made(window).shown.samples.shape == (64, 4)
    answer["path"] = str(tmp_path / "out.png")  # typed, although it was not offered
    press(panel, "Save…")
    quiet(qtbot)
    assert "only pictures can be written as a picture" in panel.words()
    assert not list(tmp_path.glob("*.*"))
