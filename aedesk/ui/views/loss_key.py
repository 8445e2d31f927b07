"""The key of the loss view: what each line is, and its values."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from aedesk.ui import theme
from aedesk.ui.theme import SPACE_L, SPACE_M, SPACE_XS

_WIDEST = "0.00000"
_TITLE, _LEAST_TITLE = 12, 8  # characters of a title that a column should have room for
_MANY_LINES = 4  # more make columns with less room better than longer ones


@dataclass(frozen=True)
class KeyEntry:
    """One colour of the plot: its name, and what it says at the place of interest.

    ``values`` are while learning and in validation; a lone one has the line's whole room. ``short``
    is the title where there is little room, and ``note`` says more of it on demand. Without a
    ``name`` the line cannot be switched off.
    """

    title: str
    values: tuple[str, ...]
    colour: QColor
    name: str = ""
    short: str = ""
    note: str = ""
    style: Qt.PenStyle = Qt.PenStyle.SolidLine
    shown: bool = True


class LossKey(QWidget):
    """Entries in columns, painted: it changes many times a second and must not cost a layout.

    Signals: ``toggled`` with the name of a curve that was clicked; ``lines_changed`` when the key
    becomes higher or lower.
    """

    toggled = Signal(str)
    lines_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._head: list[KeyEntry] = []
        self._entries: list[KeyEntry] = []
        self._foot: KeyEntry | None = None
        self._rows = 1
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_entries(
        self, head: Sequence[KeyEntry], entries: Sequence[KeyEntry], foot: KeyEntry | None = None
    ) -> None:
        """A first line of samples, a table of curves, and a last line that may say more."""
        new = list(head), list(entries), foot
        if new == (self._head, self._entries, self._foot):
            return
        self._head, self._entries, self._foot = new
        self._keep_height()
        self.setAccessibleName(self.text())
        self.update()

    def text(self) -> str:
        """What the key says, a line for the first, for each curve and for the last."""
        foot = [self._foot] if self._foot else []
        lines = [self._head, *([entry] for entry in self._entries), *([entry] for entry in foot)]
        return "\n".join("  ".join(_words(entry) for entry in line) for line in lines if line)

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().averageCharWidth() * 20, self._line_height() * max(1, self._rows))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._keep_height()

    def _keep_height(self) -> None:
        lines = -(-len(self._entries) // self._columns()) if self._entries else 0
        rows = bool(self._head) + lines + bool(self._foot)
        if rows != self._rows:
            self._rows = rows
            self.updateGeometry()
            self.lines_changed.emit()

    def _line_height(self) -> int:
        return self.fontMetrics().lineSpacing() + SPACE_XS // 2

    # -- where things are ---------------------------------------------------------------------

    def _value_width(self) -> int:
        texts = (_WIDEST, *(value for entry in self._entries for value in entry.values))
        return max(map(self.fontMetrics().horizontalAdvance, texts)) + SPACE_XS

    def _columns(self) -> int:
        """In how many columns the entries stand."""
        roomy = self._columns_for(_TITLE)
        return roomy if len(self._entries) <= _MANY_LINES * roomy else self._columns_for(_LEAST_TITLE)

    def _columns_for(self, characters: int) -> int:
        """As many columns as there can be with so much room for the titles."""
        metrics = self.fontMetrics()
        least = metrics.height() + metrics.averageCharWidth() * characters + 2 * self._value_width()
        return min(max(1, (self.width() + SPACE_M) // (least + SPACE_M)), max(1, len(self._entries)))

    def _places(self) -> list[tuple[QRectF, KeyEntry]]:
        """The entries of the table, column by column, and where they are."""
        columns = self._columns()
        lines = -(-len(self._entries) // columns) if self._entries else 1
        wide = (self.width() + SPACE_M) / columns - SPACE_M
        wanted = max((self._wanted(entry) for entry in self._entries), default=0.0)
        wide, high, top = min(wide, wanted), self._line_height(), self._line_height() * bool(self._head)
        return [
            (QRectF(index // lines * (wide + SPACE_M), top + index % lines * high, wide, high), entry)
            for index, entry in enumerate(self._entries)
        ]

    def _wanted(self, entry: KeyEntry) -> float:
        metrics = self.fontMetrics()
        return metrics.height() + SPACE_M + metrics.horizontalAdvance(entry.title) + 2 * self._value_width()

    def place_of(self, name: str) -> QRectF:
        """Where the entry of a curve is, empty where it has none."""
        return next((place for place, entry in self._places() if entry.name == name), QRectF())

    def _entry_at(self, at: QPointF) -> KeyEntry | None:
        return next((entry for place, entry in self._places() if place.contains(at)), None)

    # -- switching curves off -----------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        entry = self._entry_at(event.position())
        if entry and entry.name:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            self.unsetCursor()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        entry = self._entry_at(event.position())
        if entry and entry.name and event.button() == Qt.MouseButton.LeftButton:
            self.toggled.emit(entry.name)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            entry = self._entry_at(QPointF(event.pos()))
            if entry and entry.name:
                text = self.tr("{title}. Click to hide this curve.") if entry.shown else self.tr(
                    "{title}. Click to show this curve again."
                )
                title = f"{entry.title} ({entry.note})" if entry.note else entry.title
                QToolTip.showText(event.globalPos(), text.format(title=title), self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    # -- painting -----------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        high, x = self._line_height(), 0.0
        for entry in self._head:
            x = self._paint_sample(painter, entry, QRectF(x, 0, self.width() - x, high)) + SPACE_L
        for place, entry in self._places():
            self._paint_entry(painter, entry, place)
        if self._foot:
            place = QRectF(0, (self._rows - 1) * high, self.width(), high)
            self._paint_sample(painter, self._foot, place)

    def _paint_sample(self, painter: QPainter, entry: KeyEntry, place: QRectF) -> float:
        """A piece of line, its title, and its value if there is one; where that ends."""
        metrics = self.fontMetrics()
        x = self._paint_swatch(painter, entry, place)
        for text, colour in ((entry.title, theme.current().muted), (" ".join(entry.values), theme.current().text)):
            room = max(0.0, place.right() - x)
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, round(room))
            painter.setPen(QColor(colour))
            painter.drawText(QRectF(x, place.top(), room, place.height()), Qt.AlignmentFlag.AlignVCenter, shown)
            x += metrics.horizontalAdvance(shown) + (SPACE_XS if text else 0)
        return max(x, place.left() + self._sample_width(entry))

    def _sample_width(self, entry: KeyEntry) -> float:
        """Room for any value, so that what follows does not move."""
        metrics = self.fontMetrics()
        wide = metrics.height() + SPACE_XS + metrics.horizontalAdvance(entry.title)
        return wide + SPACE_XS + metrics.horizontalAdvance(_WIDEST) if entry.values else wide

    def _paint_entry(self, painter: QPainter, entry: KeyEntry, place: QRectF) -> None:
        look, metrics = theme.current(), self.fontMetrics()
        x = self._paint_swatch(painter, entry, place)
        wide = self._value_width()
        room = place.right() - 2 * wide - x
        fits = metrics.horizontalAdvance(entry.title) <= room or not entry.short
        title = entry.title if fits else entry.short
        shown = metrics.elidedText(title, Qt.TextElideMode.ElideRight, round(room))
        painter.setPen(QColor(look.text if entry.shown else look.disabled))
        painter.drawText(QRectF(x, place.top(), room + 1, place.height()), Qt.AlignmentFlag.AlignVCenter, shown)
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        colours = (look.muted, look.text) if entry.shown else (look.disabled, look.disabled)
        for number, (value, colour) in enumerate(zip(entry.values, colours, strict=False)):
            painter.setPen(QColor(colour))
            left = place.right() - (2 - number) * wide
            painter.drawText(QRectF(left, place.top(), wide, place.height()), right, value)

    def _paint_swatch(self, painter: QPainter, entry: KeyEntry, place: QRectF) -> float:
        """A piece of the line; where it ends."""
        pen = QPen(entry.colour if entry.shown else QColor(theme.current().outline), 2)
        if entry.style == Qt.PenStyle.DashLine:
            pen.setDashPattern([2.2, 1.6])
        elif entry.style == Qt.PenStyle.DotLine:
            pen.setDashPattern([0.8, 1.2])
        painter.setPen(pen)
        middle, side = place.center().y(), self.fontMetrics().height()
        painter.drawLine(QPointF(place.left(), middle), QPointF(place.left() + side, middle))
        return place.left() + side + SPACE_XS


def _words(entry: KeyEntry) -> str:
    return " ".join((entry.title, *entry.values)).strip()
