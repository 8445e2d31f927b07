"""The panel of labels in the window: live, with the reconstructions, and in saved layouts."""

import numpy as np
from PySide6.QtTest import QTest

from tests import small
from tests.ui.driving import action, quiet, show_recipe, train
from tests.ui.maps import LEFT

HEAD = "model.head.kind=classifier"


def offered(window) -> bool:
    """Whether the View menu has the panel."""
    return any(one.isVisible() and one.text() in ("Labels", "Numbers") for one in window.docks.toggles())


def in_front(dock) -> bool:
    """Whether a dock among tabs is the one that is seen: Qt moves the others away."""
    return dock.isVisible() and dock.geometry().right() > 0


def test_the_matrix_counts_what_the_model_says(window, qtbot):
    show_recipe(window, small.recipe("table", HEAD), "training.epochs=30")
    model = train(qtbot, window)
    dataset, view = window.desk.dataset, window.panels.answers
    assert in_front(window.docks.answers), "it comes to the front where neither pad nor signal desk is of use"
    rows = dataset.rows("validation").numpy()
    told = model.predict(dataset.scaler.unscaled(dataset.inputs[rows].numpy())).argmax(1)
    counts = np.zeros((3, 3), int)
    np.add.at(counts, (dataset.labels[rows], told), 1)
    np.testing.assert_array_equal(view._confusion.counts, counts)
    window.panels.latent_map.set_part("test")
    window.panels.latent_map.part_requested.emit("test")
    quiet(qtbot)
    assert view._confusion.counts.sum() == len(dataset.rows("test"))


def test_rows_it_learned_from_are_not_called_validation(window, qtbot):
    show_recipe(window, small.recipe("table", HEAD, "data.split.validation=0"))
    train(qtbot, window)
    assert window.panels.latent_map.part() == "train"
    assert window.panels.answers.words.text().endswith("of 120 training samples")
    assert set(window.desk.snapshot.points) == set(window.desk.dataset.rows("train").numpy())


def test_a_click_on_a_cell_shows_its_samples_and_no_others(window, qtbot):
    show_recipe(window, small.recipe("table", HEAD), "training.epochs=30")
    train(qtbot, window)
    view = window.panels.answers
    counted = view._confusion
    label = int(counted.counts.diagonal().argmax())
    QTest.mouseClick(view.matrix, LEFT, pos=view.matrix.cell_rect((label, label)).center().toPoint())
    quiet(qtbot)
    wanted = counted.rows_of(label, label)
    shown = window.desk.snapshot.rows
    assert window.panels.reconstructions.choice() == "selected"
    assert 0 < len(shown) and set(shown) <= set(wanted) and len(shown) == min(len(wanted), 12)
    row = int(window.desk.dataset.rows("validation")[0])
    window.panels.latent_map.sample_selected.emit(row)
    quiet(qtbot)
    assert window.desk.snapshot.rows[0] == row, "a click on the map begins a selection of its own"
    first = window.desk.dataset.rows("validation")[1:12].tolist()
    assert window.desk.snapshot.rows[1:].tolist() == first


def test_the_panel_comes_and_goes_with_the_head(window, qtbot):
    dock = window.docks.answers
    assert dock.isHidden() and not offered(window)
    show_recipe(window, small.recipe("image", HEAD))
    train(qtbot, window)
    assert not dock.isHidden() and offered(window) and dock.windowTitle() == "Labels"
    assert not in_front(dock), "behind the pad, which is of use for images"
    show_recipe(window, small.recipe("image"))
    train(qtbot, window)
    assert dock.isHidden() and not offered(window)
    show_recipe(window, small.recipe("table", "data.source.kind=diabetes", "model.head.kind=regressor"))
    train(qtbot, window)
    assert not dock.isHidden() and dock.windowTitle() == "Numbers"
    assert in_front(dock) and window.panels.answers.numbers.isVisible()


def test_a_head_of_another_kind_brings_the_panel_forward(window, qtbot):
    dock = window.docks.answers
    show_recipe(window, small.recipe("table", HEAD))
    train(qtbot, window)
    window.docks.generate.raise_()
    train(qtbot, window)
    assert not in_front(dock), "nothing new: it stays where a person left it"
    show_recipe(window, small.recipe("table", "data.source.kind=diabetes", "model.head.kind=regressor"))
    train(qtbot, window)
    assert in_front(dock) and dock.windowTitle() == "Numbers"


def test_who_closes_the_panel_is_not_shown_it_again_until_asking(window, qtbot):
    show_recipe(window, small.recipe("table", HEAD))
    train(qtbot, window)
    window.docks.answers.close()
    show_recipe(window, small.recipe("table"))
    train(qtbot, window)
    show_recipe(window, small.recipe("table", HEAD))
    train(qtbot, window)
    assert window.docks.answers.isHidden() and offered(window)
    action(window, "Labels").trigger()
    assert not window.docks.answers.isHidden()
    action(window, "Reset layout").trigger()
    assert not window.docks.answers.isHidden()


def test_a_saved_layout_keeps_its_place_and_not_its_panel(make_window, qtbot):
    first = make_window()
    show_recipe(first, small.recipe("table", HEAD))
    train(qtbot, first)
    first.desk.saved()
    assert not first.docks.answers.isHidden()
    first.close()
    second = make_window()
    dock = second.docks.answers
    assert dock.isHidden() and not offered(second)
    assert all(not other.isHidden() for other in second.docks.all() if other is not dock)
    show_recipe(second, small.recipe("table", HEAD))
    train(qtbot, second)
    assert not dock.isHidden()
    assert second.docks.pad in second.tabifiedDockWidgets(dock)
