"""Files dropped on the window: every kind, anywhere, whole or not."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from aedesk.files import model_file, recipe_file
from aedesk.ui.main_window import MainWindow
from tests import small
from tests.ui.driving import drag, open_file, quiet


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """A whole file of every kind, by its ending."""
    paths = {suffix: tmp_path / f"some{suffix}" for suffix in (".aedesk", ".toml", ".csv", ".png")}
    model_file.save(small.trained("image"), paths[".aedesk"])
    recipe_file.write_recipe(small.recipe("table"), paths[".toml"])
    paths[".csv"].write_text("time;level\n0;0,5\n1;0,75\n2;0,25\n", "utf-8")
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    for step in range(10, 25):
        image.setPixelColor(step, step, QColor("black"))
    assert image.save(str(paths[".png"]))
    return paths


def drop(qtbot: QtBot, window: MainWindow, *paths: Path, at: QPoint | None = None) -> bool:
    """Drop files on what lies there, and let them be read."""
    target = window if at is None else window.childAt(at)
    taken = drag(target, *paths)
    qtbot.wait(10)
    quiet(qtbot)
    return taken


def states(window: MainWindow) -> tuple[object, ...]:
    """What a file that cannot be used must not change."""
    desk, panels = window.desk, window.panels
    return (
        desk.model(), desk.dataset, desk.state, panels.builder.document(), window.windowTitle(),
        panels.signal.file_line.column.currentText(), panels.pad.drawing.ink().sum(),
    )  # fmt: skip


def test_each_kind_goes_where_it_belongs(window, qtbot, files):
    panels = window.panels
    assert drop(qtbot, window, files[".aedesk"])
    assert small.same_weights(window.desk.model(), small.trained("image"))
    assert window.notices.text() == "some.aedesk is open."
    assert drop(qtbot, window, files[".toml"])
    assert panels.builder.recipe() == small.recipe("table")
    assert drop(qtbot, window, files[".csv"])
    assert panels.signal.file_line.column.currentText() == "level"
    assert not panels.signal.visibleRegion().isEmpty(), "it comes to the front"
    assert drop(qtbot, window, files[".png"])
    assert not panels.pad.drawing.is_empty()
    assert not panels.pad.visibleRegion().isEmpty()
    assert panels.pad.results.code.isVisible(), "and it is answered at once"

    panels.pad.clear()
    window.presenter.show_recipe(small.recipe("signal"))
    assert drop(qtbot, window, files[".csv"], files[".toml"], files[".png"])
    assert panels.builder.recipe() == small.recipe("table"), "several at once are all opened"
    assert not panels.pad.drawing.is_empty()


def test_a_recipe_can_be_dropped_anywhere(window, qtbot, files):
    open_file(qtbot, window, files[".aedesk"])  # so that the views show something
    open_file(qtbot, window, files[".csv"])
    builder, other = window.panels.builder, small.recipe("signal")
    for dock in window.docks.all():
        dock.raise_()
        qtbot.wait(10)
        panel = dock.widget()
        for x, y in ((0.5, 0.5), (0.3, 0.7), (0.6, 0.25)):
            at = panel.mapTo(window, QPoint(round(x * panel.width()), round(y * panel.height())))
            window.presenter.show_recipe(other)
            assert drop(qtbot, window, files[".toml"], at=at), f"{dock.objectName()}: {window.childAt(at)}"
            assert builder.recipe() == small.recipe("table"), f"{dock.objectName()}: {window.childAt(at)}"


def test_a_picture_or_a_table_on_its_own_panel(window, qtbot, files):
    panels = window.panels
    assert drag(panels.pad.drawing, files[".png"])
    assert not panels.pad.drawing.is_empty()
    window.docks.signal.raise_()
    assert drag(panels.signal.plot, files[".csv"])
    quiet(qtbot)
    assert panels.signal.file_line.column.currentText() == "level"


BAD = {
    "cut.aedesk": lambda whole: whole[".aedesk"].read_bytes()[:-20],
    "empty.aedesk": lambda _: b"",
    "other.aedesk": lambda whole: whole[".png"].read_bytes(),
    "typo.toml": lambda _: b'name = "x"\n[training]\nepochs = 0\n',
    "no.toml": lambda _: b"\xff\xfe\x00[[[",
    "empty.csv": lambda _: b"",
    "words.csv": lambda _: b"a,b\nx,y\nz,w\n",
    "ragged.csv": lambda _: b"a,b\n1,2\n3,4,5,6\n",
    "blank.png": lambda _: b"",
    "fake.png": lambda _: b"not a picture at all",
    "notes.docx": lambda _: b"PK\x03\x04",
    "noending": lambda _: b"something",
}


def said(window: MainWindow) -> str:
    """What the window says about what went wrong: above everything, or where the file would be."""
    results = window.panels.pad.results
    message = results.message.text() if results.message.property("role") == "error" else ""
    return window.notices.text() or window.panels.signal.problem() or message


def test_files_that_are_not_whole_are_said_and_change_nothing(window, qtbot, files, tmp_path):
    for suffix in (".aedesk", ".csv"):
        open_file(qtbot, window, files[suffix])
    for name, content in BAD.items():
        (tmp_path / name).write_bytes(content(files))
        window.notices.hide()
        before = states(window)
        assert drop(qtbot, window, tmp_path / name), name
        sentence = said(window)
        assert name in sentence and sentence.endswith((".", "file")), f"{name}: {sentence}"
        assert states(window) == before, name
        window.panels.signal.show_problem("")
    assert np.isfinite(window.desk.snapshot.codes).all()


def test_what_is_no_file_is_said_or_refused(window, qtbot, tmp_path):
    for suffix in (".aedesk", ".toml", ".csv", ".png", ".docx"):
        window.notices.hide()
        assert drop(qtbot, window, tmp_path / f"gone{suffix}")
        assert f"gone{suffix}" in window.notices.text() and "no file" in window.notices.text()
    folder = tmp_path / "folder.csv"
    folder.mkdir()
    drop(qtbot, window, folder)
    qtbot.waitUntil(lambda: "holds no recordings" in window.panels.signal.problem())
    window.notices.hide()
    assert not drag(window, addresses=["https://example.org/model.aedesk"]), "which is no file of this computer"
    assert not window.notices.text()


def test_a_model_dropped_while_it_learns_waits(window, qtbot, files):
    window.presenter.show_recipe(small.recipe("table", "training.epochs=100000"))
    with qtbot.waitSignal(window.desk.looked, timeout=20_000):
        window.presenter.train()
    assert drag(window, files[".aedesk"])
    qtbot.wait(30)
    assert "Stop the training first" in window.notices.text()
    assert window.desk.state == "running" and window.desk.model().form == "table"
    window.desk.stop()
    qtbot.waitUntil(lambda: window.desk.state == "idle")
    quiet(qtbot)


def test_a_run_that_begins_while_a_model_is_read_is_not_disturbed(window, qtbot, files):
    window.presenter.show_recipe(small.recipe("table", "training.epochs=100000"))
    window.files.open_path(files[".aedesk"])
    window.presenter.train()
    with qtbot.waitSignal(window.desk.looked, timeout=20_000):
        pass
    assert window.desk.model().form == "table" and window.desk.state == "running"
    assert window.panels.builder.recipe().name == "small-table"
    window.desk.stop()
    qtbot.waitUntil(lambda: window.desk.state == "idle")
    quiet(qtbot)
