"""Opening and saving from the menu: dialogs, recent files, models that were kept, and refusals."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QMenu

from aedesk.errors import ModelFileError
from aedesk.files import model_file, recipe_file
from aedesk.training.trained_model import TrainedModel
from aedesk.ui.main_window import MainWindow
from tests import small
from tests.ui.driving import LONG, action, entries, open_file, quiet, show_recipe, train, words


@pytest.fixture
def choose(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path | str], list[str]]:
    """Chooses a file in every dialog; the list has the place that the last dialog began in."""
    began: list[str] = []

    def choose(path: Path | str) -> list[str]:
        def answer(_parent: object, _title: str, place: str, *_: object) -> tuple[str, str]:
            began[:] = [place]
            return str(path), ""

        monkeypatch.setattr(QFileDialog, "getOpenFileName", answer)
        monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
        return began

    return choose


def saved(model: TrainedModel, path: Path) -> Path:
    model_file.save(model, path)
    return path


def menu(window: MainWindow, text: str) -> QMenu:
    """A menu within the File menu."""
    file = window.menuBar().actions()[0].menu()
    return next(entry.menu() for entry in file.actions() if entry.text().replace("&", "") == text)


def test_a_folder_of_recordings_is_opened_by_the_menu_and_remembered(window, qtbot, monkeypatch, tmp_path):
    folder = tmp_path / "day"
    folder.mkdir()
    for name in ("a.csv", "b.csv"):
        (folder / name).write_text("v\n" + "\n".join(str(row % 7) for row in range(40)))
    answers = iter(["", str(folder)])
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: next(answers))
    signal = window.panels.signal
    action(window, "Open a folder of recordings…").trigger()
    assert signal._background.work is None, "the dialog was cancelled"
    action(window, "Open a folder of recordings…").trigger()
    qtbot.waitUntil(lambda: signal.column() is not None, timeout=LONG)
    quiet(qtbot)
    assert len(signal.column().values) == 80 and window.docks.signal.isVisible()
    assert entries(menu(window, "Recent files")) == ["day"]


def test_a_recipe_goes_out_and_comes_back(window, qtbot, choose, tmp_path):
    recipe = show_recipe(window, small.recipe("table", "training.epochs=13"))
    choose(tmp_path / "mine")
    action(window, "Save recipe…").trigger()
    saved = tmp_path / "mine.toml"
    assert recipe_file.read_recipe(saved) == recipe
    assert window.notices.text() == f"Saved as {saved}."
    show_recipe(window, small.recipe("signal"))
    began = choose(saved)
    action(window, "Open…").trigger()
    assert window.panels.builder.recipe() == recipe
    assert began == [str(tmp_path)], "the dialog begins in the last folder"
    action(window, "Undo").trigger()
    assert window.panels.builder.recipe().name == "small-signal", "opening can be undone"


def test_what_was_said_of_a_run_a_file_or_a_model_goes_with_it(window, qtbot, tmp_path):
    show_recipe(window, small.recipe("signal"))
    train(qtbot, window)
    bar, signal = window.panels.run_bar, window.panels.signal
    assert "Trained for 2 epochs" in words(bar)
    signal.show_problem("The open model cleans other columns.")
    window.notices.show_problem("There is no file gone.csv.")
    trained = small.trained("table")
    open_file(qtbot, window, saved(replace(trained, metrics={}), tmp_path / "other.aedesk"))
    assert "Trained" not in words(bar) and "Ready to train." in words(bar) and not bar._result.isVisible()
    assert signal.problem() == "" and window.notices.text() == "other.aedesk is open."
    window.notices.show_problem("The file is empty.")
    (tmp_path / "v.csv").write_text("v\n" + "\n".join(str(row % 7) for row in range(40)))
    signal.open_file(tmp_path / "v.csv")  # as by the panel's own button
    qtbot.waitUntil(lambda: signal.column() is not None, timeout=LONG)
    quiet(qtbot)
    assert window.notices.text() == ""
    window.notices.show_problem("The file is empty.")
    window.files.open_path(tmp_path / "other.aedesk")
    assert window.notices.text() == ""
    quiet(qtbot)


def test_dialogs_that_are_cancelled_change_nothing(window, qtbot, choose, tmp_path):
    open_file(qtbot, window, saved(small.trained("table"), tmp_path / "opened.aedesk"))
    window.notices.hide()
    began = choose("")
    before = window.panels.builder.document()
    for text in ("Open…", "Save model…", "Save recipe…"):
        action(window, text).trigger()
        assert began.pop()
    assert window.panels.builder.document() == before and not window.notices.text()
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["opened.aedesk"]


def test_without_a_model_there_is_nothing_to_save(window, choose, tmp_path):
    began = choose(tmp_path / "x")
    action(window, "Save model…").trigger()
    assert window.notices.text() == "There is no model to save yet. Train one first."
    window.files.save_model_as(tmp_path / "x.aedesk")
    assert not began and not (tmp_path / "x.aedesk").exists()
    for top in window.menuBar().actions()[:3]:
        for entry in top.menu().actions():
            if not entry.isSeparator() and entry.menu() is None and entry.text() != "&Quit":
                assert entry.toolTip().endswith("."), f"{entry.text()} does not say what it does"


def test_a_model_can_be_saved_while_it_learns(window, qtbot, choose, tmp_path):
    show_recipe(window, small.recipe("image"), "training.epochs=100000")
    with qtbot.waitSignal(window.desk.looked, timeout=LONG):
        window.presenter.train()
    choose(tmp_path / "early.aedesk")
    early = window.desk.model()
    action(window, "Save model…").trigger()
    quiet(qtbot)
    assert model_file.load(tmp_path / "early.aedesk").shape == early.shape
    assert window.desk.state == "running"
    window.desk.stop()
    qtbot.waitUntil(lambda: window.desk.state == "idle", timeout=LONG)
    quiet(qtbot)
    assert window.desk.unsaved, "it has learned more since"


def test_a_folder_that_cannot_be_written_is_said(window, qtbot, choose, tmp_path, monkeypatch):
    open_file(qtbot, window, saved(small.trained("table"), tmp_path / "opened.aedesk"))
    window.desk.unsaved = True
    for text, name in (("Save model…", "m.aedesk"), ("Save recipe…", "r.toml")):
        choose(tmp_path / "nowhere" / name)
        window.notices.hide()
        action(window, text).trigger()
        quiet(qtbot)
        assert "nowhere" in window.notices.text()
    assert window.desk.unsaved and not (tmp_path / "nowhere").exists()

    def full(*_: object) -> None:
        raise ModelFileError("The disk is full. Free some space.")

    monkeypatch.setattr("aedesk.files.model_file.write_whole", full)
    choose(tmp_path / "m.aedesk")
    action(window, "Save model…").trigger()
    quiet(qtbot)
    assert window.notices.text() == "The disk is full. Free some space."
    assert window.desk.unsaved and window.desk.model() is not None


def test_recent_files_are_those_that_could_be_opened(make_window, qtbot, choose, tmp_path):
    window = make_window()
    recent = menu(window, "Recent files")
    assert entries(recent) == ["No files yet"] and not recent.actions()[0].isEnabled()
    whole, broken, table = tmp_path / "whole.toml", tmp_path / "broken.toml", tmp_path / "t.csv"
    model, cut = tmp_path / "m.aedesk", tmp_path / "cut.aedesk"
    recipe_file.write_recipe(small.recipe("signal"), whole)
    model_file.save(small.trained("table"), model)
    broken.write_text("[[[")
    cut.write_bytes(model.read_bytes()[:100])
    table.write_text("level\n1\n2\n3\n")
    for path in (whole, broken, cut, model, table, tmp_path / "gone.toml"):
        open_file(qtbot, window, path)
    assert entries(recent) == ["t.csv", "m.aedesk", "whole.toml"]
    window.close()

    window = make_window()
    recent = menu(window, "Recent files")
    assert entries(recent) == ["t.csv", "m.aedesk", "whole.toml"]
    table.unlink()
    assert entries(recent) == ["m.aedesk", "whole.toml"]
    entry = recent.actions()[-1]
    assert entry.toolTip() == str(whole)
    entry.trigger()
    assert window.panels.builder.recipe() == small.recipe("signal")
    assert entries(recent)[0] == "whole.toml", "the newest is the first"


def test_models_that_were_kept_are_in_the_menu(window, qtbot):
    earlier = menu(window, "Models of earlier runs")
    assert entries(earlier) == ["No models yet"]
    show_recipe(window, small.recipe("table"))
    model = train(qtbot, window)
    show_recipe(window, small.recipe("image"))
    train(qtbot, window)
    names = entries(earlier)
    assert sorted(name.split()[-1] for name in names) == ["small-image.aedesk", "small-table.aedesk"]
    next(entry for entry in earlier.actions() if "small-table" in entry.text()).trigger()
    quiet(qtbot)
    assert small.same_weights(window.desk.model(), model)
    assert window.desk.model().metrics == model.metrics


def test_a_second_model_waits_for_the_first_ones_data(window, qtbot, tmp_path):
    for form in ("table", "image"):
        model_file.save(small.trained(form), tmp_path / f"{form}.aedesk")
        window.files.open_path(tmp_path / f"{form}.aedesk")
    quiet(qtbot)
    assert window.desk.state == "idle"
    assert window.desk.model().shape == window.desk.dataset.shape
