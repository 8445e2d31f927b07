"""What someone does on the import page."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from aedesk.ui.importing.import_page import ImportPage

INSTRUMENT = (
    "Oszilloskop XY-200;Seriennummer 4711\n"
    "Aufnahme vom 31.12.2026\n"
    "Zeit;Spannung;Temperatur;Bemerkung\n"
    "s;V;°C;\n"
)


def write_instrument(path: Path, rows: int = 200) -> Path:
    """An instrument's export as in Germany: two lines above the names, units below, 100 rows a second."""
    lines = []
    for row in range(rows):
        temperature = "" if row == 4 else f"{20 + row / 100:.2f}"
        lines.append(f"{row / 100:.2f};{(row % 20) / 10 - 1:.3f};{temperature};ok{row % 3}".replace(".", ","))
    path.write_text(INSTRUMENT + "\n".join(lines) + "\n", encoding="utf-8")
    return path


def settled(qtbot: QtBot, page: ImportPage) -> None:
    """Wait until what is shown is what was asked for."""
    qtbot.waitUntil(lambda: not page.is_busy(), timeout=10_000)


def pick(qtbot: QtBot, page: ImportPage, field: str, data: Any) -> None:
    """Choose an entry of a field's list by the keyboard."""
    combo: QComboBox = page.form.editor(field).editor.widget
    page.form.editor(field).setFocus()
    target = combo.findData(data) if combo.findData(data) >= 0 else combo.findText(data)
    assert target >= 0, f"{field} does not offer {data!r}"
    for _ in range(combo.count()):
        if combo.currentIndex() == target:
            break
        down = combo.currentIndex() < target
        QTest.keyClick(combo, Qt.Key.Key_Down if down else Qt.Key.Key_Up)
    assert combo.currentIndex() == target
    settled(qtbot, page)


def set_role(qtbot: QtBot, page: ImportPage, column: str, entry: str) -> None:
    """Click a column's name, and an entry of the menu that opens."""
    head = page.table.horizontalHeader()
    place = page.preview().names.index(column)
    left = head.sectionViewportPosition(place) + head.sectionSize(place) // 2
    QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(left, 10))
    menu = page.table.menu()
    qtbot.waitUntil(menu.isVisible)
    action = next(action for action in menu.actions() if action.text() == entry)
    assert action.isEnabled()
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())
    settled(qtbot, page)


def cells(page: ImportPage, row: int) -> list[str]:
    """What a row of the table shows."""
    model = page.table.model()
    return [model.index(row, column).data() for column in range(model.columnCount())]
