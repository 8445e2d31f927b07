"""Pictures opened, pasted and dropped on the digit pad."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QToolButton

from aedesk import paths
from aedesk.ui.panels.digit_pad import DigitPad
from tests.ui.pen import LEFT, draw, ink_at


@pytest.fixture
def pad(qtbot) -> DigitPad:
    pad = DigitPad()
    qtbot.addWidget(pad)
    pad.resize(320, 420)
    pad.show()
    return pad


@pytest.fixture
def seven() -> np.ndarray:
    """A real seven, uint8 ``[28, 28]``, light on dark."""
    with gzip.open(paths.resource("mnist", "t10k-images-idx3-ubyte.gz")) as file:
        return np.frombuffer(file.read(16 + 784), np.uint8, offset=16).reshape(28, 28)


def button(pad: DigitPad, name: str) -> QToolButton:
    [found] = [one for one in pad.findChildren(QToolButton) if one.accessibleName() == name]
    return found


def qimage(array: np.ndarray, kind: QImage.Format) -> QImage:
    array = np.ascontiguousarray(array)
    return QImage(array.data, array.shape[1], array.shape[0], array.strides[0], kind).copy()


def close_to(pad: DigitPad, digit: np.ndarray) -> bool:
    """Whether the paper holds the digit: its pixels, enlarged, in place."""
    place = np.arange(28) * 10 + 5
    seen = pad.drawing.ink()[np.ix_(place, place)]
    return np.abs(seen - digit / 255).mean() < 0.03


def test_an_image_file_with_alpha(pad, qtbot, seven, tmp_path):
    file = tmp_path / "seven.png"
    ink = np.zeros((28, 28, 4), np.uint8)
    ink[:, :, 3] = seven  # black ink on nothing
    assert qimage(ink, QImage.Format.Format_RGBA8888).save(str(file))
    with qtbot.waitSignal(pad.input_drawn) as said:
        pad.open_picture(file)
    assert close_to(pad, seven)
    assert np.abs(said.args[0] - seven / 255).mean() < 0.045
    assert pad.image_folder == str(tmp_path)
    draw(pad.drawing, (0.05, 0.05))  # strokes go on top
    assert ink_at(pad.drawing, 0.05, 0.05) == 1
    pad.undo()
    assert close_to(pad, seven)
    pad.undo()
    assert pad.drawing.is_empty()


def test_the_open_button_asks_for_a_file(pad, seven, tmp_path, monkeypatch):
    file = tmp_path / "seven.jpg"
    big = np.kron(255 - seven, np.ones((8, 8), np.uint8))
    assert qimage(big, QImage.Format.Format_Grayscale8).save(str(file), quality=95)
    asked = []

    def choose(parent, title, folder, endings):
        asked.append((folder, endings))
        return (str(file) if len(asked) < 3 else "", "")

    monkeypatch.setattr(QFileDialog, "getOpenFileName", choose)
    button(pad, "Open image…").click()
    assert close_to(pad, seven)
    button(pad, "Open image…").click()
    assert asked[1][0] == str(tmp_path)
    assert "*.png" in asked[0][1]
    button(pad, "Open image…").click()  # cancelled
    assert close_to(pad, seven)


@pytest.fixture
def clipboard() -> Iterator[object]:
    clipboard = QGuiApplication.clipboard()
    yield clipboard
    clipboard.clear()


def test_paste(pad, seven, clipboard):
    clipboard.setImage(qimage(255 - seven, QImage.Format.Format_Grayscale8))
    button(pad, "Paste").click()
    assert close_to(pad, seven)


def test_pasting_without_a_picture_says_so_until_the_next_stroke(pad, qtbot, clipboard):
    clipboard.setText("seven")
    button(pad, "Paste").click()
    message = pad.results.message
    assert (
        message.text() == "There is no picture to paste. Copy an image first, then paste it here."
    )
    assert message.property("role") == "error"
    assert pad.drawing.is_empty()
    draw(pad.drawing, (0.5, 0.5))
    qtbot.waitUntil(lambda: message.property("role") == "muted")
    assert "Train or open" in message.text()


def mime_of(path: Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    return mime


def dropped(pad: DigitPad, mime: QMimeData) -> bool:
    place = QPoint(50, 50)
    buttons, keys = LEFT, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(place, Qt.DropAction.CopyAction, mime, buttons, keys)
    enter.ignore()
    QApplication.sendEvent(pad, enter)
    if enter.isAccepted():
        drop = QDropEvent(QPointF(place), Qt.DropAction.CopyAction, mime, buttons, keys)
        QApplication.sendEvent(pad, drop)
    return enter.isAccepted()


# Qt 6.12 would have a QPointF in this event, which Qt 6.11 does not take.
@pytest.mark.filterwarnings("ignore:.*QDragEnterEvent:DeprecationWarning")
def test_image_files_can_be_dropped_and_others_cannot(pad, seven, tmp_path):
    file = tmp_path / "seven.PNG"
    assert qimage(seven, QImage.Format.Format_Grayscale8).save(str(file))
    assert dropped(pad, mime_of(file))
    assert close_to(pad, seven)
    table = tmp_path / "table.csv"
    table.write_text("a\n1\n")
    assert not dropped(pad, mime_of(table))
    assert not dropped(pad, QMimeData())


def test_what_is_wrong_with_a_file_is_said_and_the_drawing_stays(pad, tmp_path, seven):
    draw(pad.drawing, (0.2, 0.2), (0.8, 0.8))
    before = pad.drawing.ink()
    text = tmp_path / "text.png"
    text.write_text("not a picture")
    cut = tmp_path / "cut.png"
    whole = tmp_path / "whole.png"
    noise = np.random.default_rng(0).integers(0, 255, (64, 64), np.uint8)
    assert qimage(noise, QImage.Format.Format_Grayscale8).save(str(whole))
    cut.write_bytes(whole.read_bytes()[:40])
    flat = tmp_path / "flat.png"
    assert qimage(np.full((9, 9), 200, np.uint8), QImage.Format.Format_Grayscale8).save(str(flat))
    huge = tmp_path / "huge.png"
    image = QImage(10_000, 5_001, QImage.Format.Format_Mono)
    image.fill(0)
    assert image.save(str(huge))
    for file, words in (
        (tmp_path / "missing.png", "There is no file"),
        (tmp_path, "There is no file"),
        (text, "cannot be read as an image"),
        (cut, "cannot be read as an image"),
        (flat, "No drawing stands out"),
        (huge, "too large: 10000 × 5001"),
    ):
        pad.open_picture(file)
        message = pad.results.message
        assert message.isVisible()
        assert words in message.text()
        assert message.text().endswith(".")
        assert message.property("role") == "error"
        np.testing.assert_array_equal(pad.drawing.ink(), before)
