"""How far a run is: two thin bars and four short texts."""

from math import isfinite
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from aedesk.ui import theme
from aedesk.ui.counts import grouped
from aedesk.ui.elided_label import ElidedLabel
from aedesk.ui.panels.run_bar_text import duration
from aedesk.ui.theme import SPACE_S, SPACE_XS

if TYPE_CHECKING:
    from aedesk.training.events import Progress, StageProgress

_THICK, _GAP, _THIN = 6, 3, 3


class _Bars(QWidget):
    """Two parts of a whole, a thick bar over a thin one: painted, since they move 30 times a second."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = (0.0, 0.0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def parts(self) -> tuple[float, float]:
        return self._parts

    def set_parts(self, above: float, below: float) -> None:
        """How full the bars are, 0…1."""
        self._parts = min(max(above, 0.0), 1.0), min(max(below, 0.0), 1.0)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, _THICK + _GAP + _THIN)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        look = theme.current()
        places = ((0, _THICK, look.accent), (_THICK + _GAP, _THIN, look.muted))
        for (top, height, colour), part in zip(places, self._parts, strict=True):
            for filling, length in ((look.pressed, 1.0), (colour, part)):
                painter.setBrush(QColor(filling))
                painter.drawRoundedRect(QRectF(0, top, self.width() * length, height), height / 2, height / 2)


class RunProgress(QWidget):
    """Epochs above, batches of the epoch below. Showing progress never moves the layout."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._first, self._last = 1, 1
        self._before, self._in_stage = 0.0, False
        right = Qt.AlignmentFlag.AlignRight
        self._epoch = ElidedLabel(self, characters=21)
        self._left = ElidedLabel(self, characters=17, alignment=right)
        self._batch = ElidedLabel(self, characters=21, role="muted")
        self._speed = ElidedLabel(self, characters=17, role="muted", alignment=right)
        self._bars = _Bars(self)
        self._bars.setToolTip(
            self.tr("The thick bar is the whole run, the thin one the present epoch.")
        )
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE_S)
        grid.setVerticalSpacing(SPACE_XS // 2)
        grid.addWidget(self._epoch, 0, 0)
        grid.addWidget(self._left, 0, 1)
        grid.addWidget(self._bars, 1, 0, 1, 2)
        grid.addWidget(self._batch, 2, 0)
        grid.addWidget(self._speed, 2, 1)

    def begin(self, first_epoch: int = 1, last_epoch: int = 1) -> None:
        """A run of these epochs is about to start."""
        self._first, self._last = first_epoch, last_epoch
        self._before, self._in_stage = 0.0, False
        self._bars.set_parts(0, 0)
        self._epoch.set_text(self.tr("Starting…"))
        for label in (self._left, self._batch, self._speed):
            label.set_text("")

    def show_progress(self, event: "Progress") -> None:
        self._in_stage = False
        share = (event.epochs_done() - (self._first - 1)) / max(1, self._last - self._first + 1)
        self._bars.set_parts(self._before + (1 - self._before) * share, event.batch / event.batches)
        self._epoch.set_text(
            self.tr("Epoch {now} of {last}").format(now=grouped(event.epoch), last=grouped(self._last))
        )
        self._show_rest(event)

    def show_stage(self, event: "StageProgress") -> None:
        """How far what goes before the run is; it has its share of the thick bar."""
        self._before, self._in_stage = event.share, True
        self._bars.set_parts(event.share, event.batch / event.batches)
        text = (
            self.tr("Layer {layer} of {layers} alone: epoch {now} of {last}")
            if event.stage
            else self.tr("Without pretraining: epoch {now} of {last}")
        )
        self._epoch.set_text(
            text.format(
                layer=event.stage, layers=event.stages, now=grouped(event.epoch), last=grouped(event.epochs)
            )
        )
        self._show_rest(event)

    def _show_rest(self, event: "Progress | StageProgress") -> None:
        self._batch.set_text(
            self.tr("Batch {now} of {all}").format(now=grouped(event.batch), all=grouped(event.batches))
        )
        known = isfinite(event.samples_per_second) and event.samples_per_second > 0
        self._speed.set_text(self._speed_in_words(event.samples_per_second) if known else "")
        left = duration(event.seconds_left) if known else ""
        self._left.set_text(self.tr("{time} left").format(time=left) if left else "")

    def _speed_in_words(self, speed: float) -> str:
        text = self.tr("1 sample/s") if round(speed) == 1 else self.tr("{count} samples/s")
        return text.format(count=grouped(speed))

    def show_word(self, word: str) -> None:
        """Say something in the place of the time that is left, like "Paused"."""
        self._left.set_text(word)

    def in_stage(self) -> bool:
        """Whether the run itself has not begun, since something goes before it."""
        return self._in_stage

    def parts(self) -> tuple[float, float]:
        """How much is done of the run and of the present epoch, 0…1."""
        return self._bars.parts()

    def words(self) -> str:
        """Everything it says, from the left to the right and from the top."""
        labels = (self._epoch, self._left, self._batch, self._speed)
        return " | ".join(label.text() for label in labels)
