"""The labels of a map as chips that show and hide their points."""

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QScrollArea, QWidget

from aedesk.ui import theme
from aedesk.ui.theme import SPACE_S, SPACE_XS

_LONGEST_NAME = 18
_MOST_ROWS = 2


class Legend(QScrollArea):
    """A chip for each label, in rows. ``hidden_changed`` has the labels whose points are hidden."""

    hidden_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.chips: list[Chip] = []
        self._page = QWidget()
        self._page.setObjectName("page")
        self.setWidget(self._page)
        self.hide()

    def show_labels(self, names: tuple[str, ...]) -> None:
        """Show chips of these names, all of them on; none where there are no names."""
        for chip in self.chips:
            chip.setParent(None)
            chip.deleteLater()
        self.chips = [Chip(label, name, self._page) for label, name in enumerate(names)]
        for chip in self.chips:
            chip.toggled.connect(self._on_toggled)
            chip.only_requested.connect(self._on_only_requested)
            chip.show()
        self.setVisible(bool(names))
        self._arrange()

    def hidden(self) -> frozenset[int]:
        """The labels that are switched off."""
        return frozenset(label for label, chip in enumerate(self.chips) if not chip.isChecked())

    def sizeHint(self) -> QSize:
        return QSize(200, self._row_height())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._row_height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._arrange()

    def _row_height(self) -> int:
        return self.fontMetrics().height() + SPACE_S

    def _arrange(self) -> None:
        """Set the chips in rows, as high as needed up to a few; the rest is scrolled to."""
        left = top = 0
        width, height = self.viewport().width(), self._row_height()
        for chip in self.chips:
            wide = chip.sizeHint().width()
            if left and left + wide > width:
                left, top = 0, top + height
            chip.setGeometry(QRect(left, top, wide, height))
            left += wide
        self._page.resize(width, top + height)
        self.setFixedHeight(min(top + height, _MOST_ROWS * height))

    @Slot()
    def _on_toggled(self) -> None:
        self.hidden_changed.emit(self.hidden())

    @Slot(int)
    def _on_only_requested(self, only: int) -> None:
        """Show one label alone; all of them where it is alone already."""
        alone = self.hidden() == frozenset(range(len(self.chips))) - {only}
        for label, chip in enumerate(self.chips):
            chip.blockSignals(True)
            chip.setChecked(alone or label == only)
            chip.blockSignals(False)
        self.hidden_changed.emit(self.hidden())


class Chip(QAbstractButton):
    """A coloured dot and a name; the dot is hollow while the label is hidden."""

    only_requested = Signal(int)

    def __init__(self, label: int, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._label = label
        shown = name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + "…"
        self.setText(shown)
        self.setAccessibleName(name)
        self.setCheckable(True)
        self.setChecked(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setToolTip(
            self.tr("Hides or shows the points of “{name}”. With Shift, shows them alone.").format(
                name=name
            )
        )

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        wide = metrics.horizontalAdvance(self.text()) + metrics.height() + 2 * SPACE_S
        return QSize(wide, metrics.height() + SPACE_S)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        alone = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if alone and self.rect().contains(event.position().toPoint()):
            self.setDown(False)
            self.only_requested.emit(self._label)
        else:
            super().mouseReleaseEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        colour = QColor(look.label_colours[self._label % len(look.label_colours)])
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(QColor(look.accent)) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(look.hover) if self.underMouse() else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(frame, theme.RADIUS, theme.RADIUS)
        side = self.fontMetrics().height() * 0.6
        dot = QRectF(SPACE_S, (self.height() - side) / 2, side, side)
        painter.setPen(QPen(colour if self.isChecked() else QColor(look.disabled), 1.5))
        painter.setBrush(colour if self.isChecked() else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(dot)
        painter.setPen(QColor(look.text if self.isChecked() else look.disabled))
        words = self.rect().adjusted(int(dot.right()) + SPACE_XS + 2, 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
