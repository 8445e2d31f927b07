"""What someone does at the signal desk."""

from pathlib import Path

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from aedesk.ui.panels.signal_desk import SignalDesk


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def opened(desk: SignalDesk, path: Path, qtbot) -> None:
    with qtbot.waitSignal(desk.file_opened):
        desk.open_file(path)


def click(qtbot, button: QPushButton) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def curve(desk: SignalDesk, name: str) -> tuple[np.ndarray, np.ndarray]:
    """The samples of a lane: places in seconds or samples, and values."""
    values = desk.plot.lanes.curve(name).samples()
    return np.arange(len(values)) * (desk._column.step or 1.0), values


def choose(desk: SignalDesk, name: str, qtbot) -> None:
    """Choose a column with the keyboard."""
    combo = desk.file_line.column
    combo.setFocus()
    steps = combo.findText(name) - combo.currentIndex()
    for _ in range(abs(steps)):
        qtbot.keyClick(combo, Qt.Key.Key_Down if steps > 0 else Qt.Key.Key_Up)
    qtbot.keyClick(combo, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk._background.work is None and desk.file_line.column.currentText() == name)
