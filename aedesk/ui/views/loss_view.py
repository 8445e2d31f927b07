"""The loss, live: how the objective falls while a network learns."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QStackedLayout, QToolButton, QVBoxLayout, QWidget

from aedesk.ui import theme
from aedesk.ui.elided_label import ElidedLabel
from aedesk.ui.theme import SPACE_L, SPACE_S, SPACE_XS
from aedesk.ui.views.loss_key import LossKey
from aedesk.ui.views.loss_key_area import LossKeyArea
from aedesk.ui.views.loss_plot import LossPlot
from aedesk.ui.views.loss_reading import Reading
from aedesk.ui.views.loss_run import LossRun
from aedesk.ui.views.loss_titles import curve_title

if TYPE_CHECKING:
    from aedesk.training.events import EpochEnded, Finished, Progress, StageLearned, Started
    from aedesk.training.history import History

_REDRAW_MS = 200
_KEPT_RUNS = 6


class LossView(QWidget):
    """Training and validation curves of this run, and faintly those of the runs before it.

    Events only add points; a timer draws them a few times a second, and only where it can be seen.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run: LossRun | None = None
        self._earlier: list[LossRun] = []
        self._count = 0
        self._hovered: float | None = None
        self._hidden: frozenset[str] = frozenset()
        self._stage: StageLearned | None = None
        self._stale = False
        self._timer = QTimer(self, interval=_REDRAW_MS, singleShot=True)
        self._timer.timeout.connect(self._on_redraw_due)
        self._lay_out()
        theme.signals().changed.connect(self._on_theme_changed)

    def _lay_out(self) -> None:
        self._empty = QLabel(self.tr("Press Train, and watch the loss fall here."), self)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._empty.setProperty("role", "muted")
        self._empty.setContentsMargins(SPACE_L, SPACE_L, SPACE_L, SPACE_L)
        page = QWidget(self)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._empty)
        self._pages.addWidget(page)
        self._key = LossKey(page)
        self._key_area = LossKeyArea(self._key, page)
        self._key.toggled.connect(self._on_toggled)
        self._plot = LossPlot(page)
        self._plot.setLabel("bottom", self.tr("Epoch"))
        self._plot.epoch_hovered.connect(self._on_epoch_hovered)
        self._plot.following_changed.connect(self._on_following_changed)
        column = QVBoxLayout(page)
        column.setContentsMargins(SPACE_S, SPACE_XS, SPACE_S, SPACE_XS)
        column.setSpacing(SPACE_XS)
        column.addWidget(self._key_area)
        column.addWidget(self._plot, 1)
        column.addLayout(self._controls())

    def _controls(self) -> QHBoxLayout:
        self._log_box = QCheckBox(self.tr("Log scale"), self)
        self._log_box.setToolTip(
            self.tr("Draw powers of ten at even distances, so that small improvements late in a run can be seen.")
        )
        self._earlier_box = QCheckBox(self.tr("Earlier runs"), self)
        self._earlier_box.setToolTip(
            self.tr("Show the earlier runs of this session faintly, to compare. They share the colours of this run.")
        )
        self._earlier_box.setChecked(True)
        self._earlier_box.hide()
        self._place = ElidedLabel(
            self, role="muted", alignment=Qt.AlignmentFlag.AlignRight, characters=14
        )
        self._fit_button = QToolButton(self)
        self._fit_button.setText(self.tr("Fit"))
        self._fit_button.setToolTip(
            self.tr("Show all of the curves again and follow them. A double click in the plot does the same.")
        )
        self._fit_button.hide()
        self._fit_button.clicked.connect(self._plot.fit)
        self._log_box.toggled.connect(self._on_log_toggled)
        self._earlier_box.toggled.connect(self._on_earlier_toggled)
        self._log_box.setChecked(True)
        row = QHBoxLayout()
        row.setSpacing(SPACE_S)
        self._place.setMinimumHeight(self._fit_button.sizeHint().height())
        row.addWidget(self._log_box)
        row.addWidget(self._earlier_box)
        row.addWidget(self._place, 1)
        row.addWidget(self._fit_button)
        return row

    def log_scale(self) -> bool:
        return self._log_box.isChecked()

    def set_log_scale(self, log: bool) -> None:
        self._log_box.setChecked(log)

    def show_started(self, event: "Started") -> None:
        """A run begins. The present one steps back, unless this goes on where it ended."""
        history, self._stage = event.model.history, None
        if self._run and history.epochs and self._run.history == history:
            self._run.go_on(event.first_epoch, event.last_epoch)
        else:
            self._begin(event.last_epoch, history)
        self._draw_all()

    def show_history(self, history: "History") -> None:
        """The curves of a reopened model, as a run that is over."""
        self._begin(history.epochs, history)
        self._run = replace(self._run, running=False, history=history)
        self._draw_all()

    def show_stage(self, event: "StageLearned") -> None:
        """One more epoch of what goes before the run."""
        if self._run:
            self._stage = event
            layers = (event.stages, event.epochs) if event.stage else (0, 0)
            self._run.add_stages(event.history.stages, *layers)
            self._redraw_soon()

    def show_progress(self, event: "Progress") -> None:
        if self._run and event.losses:
            self._stage = None
            self._run.add_progress(event.epochs_done(), event.losses, event.figures)
            self._redraw_soon()

    def show_epoch(self, event: "EpochEnded") -> None:
        if self._run:
            self._stage = None
            self._run.add_epoch(event.epoch, event.train, event.validation, event.figures)
            self._redraw_soon()

    def show_finished(self, event: "Finished") -> None:
        if self._run:
            self._stage = None
            self._run.running, self._run.history = False, event.model.history
            self._run.add_stages(event.model.history.stages)
            self._draw_all()

    def clear(self) -> None:
        """Forget every run."""
        self._run, self._earlier, self._count = None, [], 0
        self._draw_all()

    def _begin(self, last_epoch: int, history: "History") -> None:
        if self._run and self._run.curves:
            self._earlier = [*self._earlier, replace(self._run, running=False)][-_KEPT_RUNS:]
        self._count += 1
        self._run = LossRun(self._count, last_epoch)
        self._run.add_history(history)
        self._plot.fit()

    def _draw_all(self) -> None:
        self._pages.setCurrentIndex(1 if self._run else 0)
        self._earlier_box.setVisible(bool(self._earlier))
        self._plot.show_runs(self._run, self._shown_earlier())
        self._on_redraw_due()

    def _shown_earlier(self) -> list[LossRun]:
        return self._earlier if self._earlier_box.isChecked() else []

    def _redraw_soon(self) -> None:
        self._stale = True
        if not self._timer.isActive() and self.isVisible():
            self._timer.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._key_area.set_view_height(self.height())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._on_redraw_due()

    @Slot()
    def _on_redraw_due(self) -> None:
        self._stale = False
        self._timer.stop()
        self._plot.redraw()
        self._plot.set_title(self._axis_title(), self.tr("Loss"))
        self._write_key()

    @Slot(object)
    def _on_epoch_hovered(self, epoch: float | None) -> None:
        if epoch != self._hovered:
            self._hovered = epoch
            self._write_key()

    @Slot(bool)
    def _on_following_changed(self, following: bool) -> None:
        self._fit_button.setVisible(not following)

    @Slot(bool)
    def _on_log_toggled(self, log: bool) -> None:
        self._plot.set_log(log)

    @Slot(bool)
    def _on_earlier_toggled(self) -> None:
        self._plot.show_runs(self._run, self._shown_earlier())
        self._write_key()

    @Slot()
    def _on_theme_changed(self) -> None:
        self._write_key()

    @Slot(str)
    def _on_toggled(self, name: str) -> None:
        self._hidden ^= {name}
        self._plot.set_hidden(self._hidden)
        self._write_key()

    def _axis_title(self) -> str:
        terms = self._run.terms if self._run else []
        return curve_title(terms[0]) if len(terms) == 1 else self.tr("Loss")

    def _write_key(self) -> None:
        """Say what each line is and its values: under the pointer, or where the run is now."""
        if self._run is None:
            return
        reading = Reading(self._run, self._hovered, self._plot.colour, self._hidden, self._stage)
        earlier = self._shown_earlier()
        self._key.set_entries(reading.head(), reading.entries(), reading.earlier(earlier))
        self._place.set_text(reading.place())
