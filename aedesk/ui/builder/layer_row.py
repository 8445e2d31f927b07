"""An entry of a list, with what moves and removes it."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QMouseEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from aedesk.recipe_problems import Problem
from aedesk.ui.builder.caption import Caption
from aedesk.ui.builder.editor import Editor
from aedesk.ui.builder.glyph_button import GlyphButton
from aedesk.ui.builder.labels import tooltip
from aedesk.ui.theme import SPACE_XS


class Grip(GlyphButton):
    """The handle an entry is dragged by: ``dragged`` carries the pointer's height in the parent."""

    dragged = Signal(int)
    dropped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("grip", parent)
        self._pressed_at: float | None = None
        self._dragging = False
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = event.position().y() if event.button() == Qt.MouseButton.LeftButton else None
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed_at is None:
            return super().mouseMoveEvent(event)
        far = abs(event.position().y() - self._pressed_at) >= QApplication.startDragDistance()
        self._dragging = self._dragging or far
        if self._dragging:
            self.dragged.emit(self.mapToParent(event.position().toPoint()).y())
        return None

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = None
        if not self._dragging:
            return super().mouseReleaseEvent(event)
        self._dragging = False
        self.setDown(False)
        self.dropped.emit()
        return None


class LayerRow(QWidget):
    """One entry between its grip and the button that removes it.

    ``value_changed`` carries an Edit; ``moved`` the number of places to go down; ``dragged`` the
    pointer's height in this row.
    """

    value_changed = Signal(object)
    moved = Signal(int)
    duplicated = Signal()
    removed = Signal()
    dragged = Signal(int)
    dropped = Signal()

    def __init__(self, item: Editor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.item = item
        self.grip = Grip()
        teaching = self.tr("Drag to another place, or press Alt with the up or down arrow. Click for more.")
        self.grip.setToolTip(tooltip(teaching))
        self.grip.setAccessibleName(self.tr("Move this entry"))
        self.remove_button = GlyphButton("cross")
        self.remove_button.setToolTip(tooltip(self.tr("Takes this one out.")))
        self.remove_button.setAccessibleName(self.tr("Remove this entry"))
        self._message = Caption()
        self._first = self._last = self._full = False
        for keys, steps in (("Alt+Up", -1), ("Alt+Down", 1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self.moved.emit, steps))
        top = Qt.AlignmentFlag.AlignTop
        line = QHBoxLayout()
        line.setSpacing(SPACE_XS)
        line.addWidget(self.grip, 0, top)
        line.addWidget(item, 1)
        line.addWidget(self.remove_button, 0, top)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_XS)
        column.addLayout(line)
        column.addWidget(self._message)
        item.value_changed.connect(self.value_changed)
        self.remove_button.clicked.connect(self.removed)
        self.grip.clicked.connect(self._on_grip_clicked)
        self.grip.dragged.connect(self.dragged)
        self.grip.dropped.connect(self.dropped)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # The grip and the cross stand beside the first line of the entry, however tall it grows.
        first = self.item.focusProxy() or self.item
        for button in (self.grip, self.remove_button):
            button.setFixedHeight(first.sizeHint().height())

    def settle(self, place: int, count: int, *, removable: bool, full: bool) -> None:
        """Say where in the list this row stands, and what can be done with it there."""
        self._first, self._last, self._full = place == 0, place == count - 1, full
        self.remove_button.setEnabled(removable)

    def show_problems(self, problems: list[Problem]) -> None:
        """Mark what is impossible in this entry and say why under it."""
        self._message.tell(self.item.show_problems(problems))

    def menu(self) -> QMenu:
        """What can be done with this entry; deleted once it is closed."""
        menu = QMenu(self)
        menu.addAction(self.tr("Move up"), partial(self.moved.emit, -1)).setDisabled(self._first)
        menu.addAction(self.tr("Move down"), partial(self.moved.emit, 1)).setDisabled(self._last)
        menu.addAction(self.tr("Duplicate"), self.duplicated.emit).setDisabled(self._full)
        menu.addSeparator()
        menu.addAction(self.tr("Remove"), self.removed.emit).setEnabled(self.remove_button.isEnabled())
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _on_grip_clicked(self) -> None:
        self.menu().popup(self.grip.mapToGlobal(self.grip.rect().bottomLeft()))
