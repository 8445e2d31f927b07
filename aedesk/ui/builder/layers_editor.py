"""A list of entries, such as the layers of a network: add, remove, change, put in order."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from aedesk.recipe_problems import Problem
from aedesk.ui import theme
from aedesk.ui.builder.caption import Caption
from aedesk.ui.builder.column_headings import ColumnHeadings
from aedesk.ui.builder.editor import Edit, Editor, Unused, below, unused_below
from aedesk.ui.builder.labels import adding_label, tooltip
from aedesk.ui.builder.layer_row import LayerRow


class LayersEditor(Editor):
    """Edits a list. ``make_item`` makes the editor of one entry.

    Entries are moved by their grip: dragged, with Alt+Up and Alt+Down, or from its menu. A line
    parts those that are whole forms.
    """

    needs_width = True

    def __init__(
        self,
        name: str,
        make_item: Callable[[], Editor],
        length: tuple[int, int | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._make_item, self._length = make_item, length
        self.rows: list[LayerRow] = []
        self._landing: int | None = None
        usual = LayerRow(make_item())
        self._parted = usual.item.holds_fields
        self._headings = ColumnHeadings(usual)
        self._empty = Caption(self.tr("There are none yet."))
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.SPACE_XL if self._parted else theme.SPACE_XS)
        self.add_button = QPushButton(f"+  {adding_label(name)}")
        self.add_button.clicked.connect(self._on_add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_XS)
        column.addWidget(self._headings)
        column.addWidget(self._empty)
        column.addLayout(self._list)
        column.addWidget(self.add_button)
        self.setFocusProxy(self.add_button)
        self._settle()

    def value(self) -> list[Any]:
        return [row.item.value() for row in self.rows]

    def set_value(self, value: list[Any] | None) -> None:
        entries = value or []
        while len(self.rows) < len(entries):
            self._append()
        for row in self.rows[len(entries) :]:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        del self.rows[len(entries) :]
        for row, entry in zip(self.rows, entries, strict=True):
            row.item.set_value(entry)
        self._settle()

    def at(self, path: tuple[str, ...]) -> Editor:
        if path and path[0].isdecimal() and int(path[0]) < len(self.rows):
            return self.rows[int(path[0])].item.at(path[1:])
        return self

    def show_problems(self, problems: list[Problem]) -> list[Problem]:
        for number, row in enumerate(self.rows):
            row.show_problems(below(str(number), problems))
        known = {str(number) for number in range(len(self.rows))}
        return [problem for problem in problems if not problem.path or problem.path[0] not in known]

    def show_unused(self, unused: Unused) -> None:
        for number, row in enumerate(self.rows):
            row.item.show_unused(unused_below("*", unused) | unused_below(str(number), unused))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        if self._parted:
            painter.setPen(QPen(QColor(theme.current().border), 1))
            for row in self.rows[1:]:
                y = row.y() - self._list.spacing() // 2
                painter.drawLine(0, y, self.width(), y)
        if self._landing is None:
            return
        painter.setPen(QPen(QColor(theme.current().accent), 2))
        y = self._landing_y()
        painter.drawLine(0, y, self.width(), y)

    def _append(self) -> None:
        row = LayerRow(self._make_item())
        row.value_changed.connect(lambda edit: self.value_changed.emit(edit.under(str(self.rows.index(row)))))
        row.moved.connect(lambda steps: self._on_move(row, self.rows.index(row) + steps))
        row.duplicated.connect(lambda: self._on_duplicate(row))
        row.removed.connect(lambda: self._on_remove(row))
        row.dragged.connect(lambda y: self._on_dragged(row.mapTo(self, QPoint(0, y)).y()))
        row.dropped.connect(lambda: self._on_dropped(row))
        self.rows.append(row)
        self._list.addWidget(row)

    def _settle(self) -> None:
        least, most = self._length
        full = most is not None and len(self.rows) >= most
        self._headings.setVisible(bool(self.rows) and self._headings.useful)
        self._empty.setVisible(not self.rows)
        self.add_button.setDisabled(full)
        self.add_button.setToolTip(
            tooltip(
                self.tr("There is room for no more than {n}.").format(n=most)
                if full
                else self.tr("Puts another one at the end, like the last.")
            )
        )
        for number, row in enumerate(self.rows):
            row.settle(number, len(self.rows), removable=len(self.rows) > least, full=full)

    def _change(self, entries: list[Any], place: int, *, by_grip: bool) -> None:
        """Show and send other entries; the keyboard goes on at ``place``."""
        self.set_value(entries)
        if 0 <= place < len(self.rows):
            row = self.rows[place]
            (row.grip if by_grip else row.item).setFocus()
        self.value_changed.emit(Edit())

    def _on_add(self) -> None:
        entries = self.value()
        fresh = entries[-1] if entries else self._usual_entry()
        self._change([*entries, fresh], len(entries), by_grip=False)

    def _usual_entry(self) -> Any:
        item = self._make_item()
        item.deleteLater()
        return item.value()

    def _on_duplicate(self, row: LayerRow) -> None:
        entries, place = self.value(), self.rows.index(row)
        self._change([*entries[: place + 1], *entries[place:]], place + 1, by_grip=False)

    def _on_remove(self, row: LayerRow) -> None:
        entries, place = self.value(), self.rows.index(row)
        del entries[place]
        self._change(entries, min(place, len(entries) - 1), by_grip=True)

    def _on_move(self, row: LayerRow, target: int) -> None:
        entries, place = self.value(), self.rows.index(row)
        if target == place or not 0 <= target < len(entries):
            return
        by_grip = row.grip.hasFocus()
        entries.insert(target, entries.pop(place))
        self._change(entries, target, by_grip=by_grip)

    def _on_dragged(self, y: int) -> None:
        self._landing = sum(y > row.geometry().center().y() for row in self.rows)
        self.update()

    def _on_dropped(self, row: LayerRow) -> None:
        landing, self._landing = self._landing, None
        self.update()
        if landing is not None:
            self._on_move(row, landing - (landing > self.rows.index(row)))

    def _landing_y(self) -> int:
        """Between the rows where the dragged one would come to lie."""
        assert self._landing is not None
        gap = self._list.spacing() // 2
        if self._landing < len(self.rows):
            return self.rows[self._landing].y() - gap
        return self.rows[-1].geometry().bottom() + gap
