"""A page of the signal desk: where the signal is unlike those that the model learned from."""

from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QSplitter, QVBoxLayout, QWidget

from aedesk.data.readable import readable
from aedesk.data.timeline import Timeline
from aedesk.ui import theme
from aedesk.ui.elided_label import ElidedLabel
from aedesk.ui.panels.anomaly_controls import AnomalyControls
from aedesk.ui.panels.anomaly_found import AnomaliesFound
from aedesk.ui.panels.anomaly_table import MOST, StretchTable
from aedesk.ui.panels.signal_seen import Seen
from aedesk.ui.theme import SPACE_XS
from aedesk.ui.views.curve_key import CurveStyle
from aedesk.ui.views.extremes import Extremes
from aedesk.ui.views.lanes import Lanes

if TYPE_CHECKING:
    from aedesk.analysis.anomalies import Marked

_SIGNAL = CurveStyle(lambda look: look.muted, 1.0, 0.8)
_ODD = CurveStyle(lambda look: look.error, 1.5)
_SCORE = CurveStyle(lambda look: look.curve_colours[1])
_AROUND = 2.0  # of a stretch's length, that is in view at each side of it


class AnomalyPage(QWidget):
    """The signal with what stands out of it marked, its scores below, and the marked stretches in a table.

    Signals:
        cancel_requested: scores are not wanted any more.
        scores_requested: the share of normal samples that may be marked; the answer is expected in
            `show_scores` or `show_problem`.
        threshold_chosen: the score that a person put the threshold at; answered likewise.
        export_requested: the list of stretches is to be saved.
        stretch_chosen: the first sample of a stretch and the one behind its last, which is in view now.
    """

    cancel_requested = Signal()
    scores_requested = Signal(float)
    threshold_chosen = Signal(float)
    export_requested = Signal()
    stretch_chosen = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seen: Seen | None = None
        self._found: AnomaliesFound | None = None
        self._model_available, self._busy = False, False
        self.controls = AnomalyControls(self)
        self._problem = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._problem.setProperty("role", "error")
        self._problem.hide()
        self.note = ElidedLabel(self)
        self.lanes = Lanes(self)
        self.lanes.add_long_curve("signal", self.tr("As recorded"), _SIGNAL)
        self.lanes.add_long_curve("odd", self.tr("Unlike the normal"), _ODD)
        self.lanes.add_long_curve("score", self.tr("Score"), _SCORE, lower=True)
        self.threshold = pg.InfiniteLine(angle=0, movable=True)
        self.threshold.setToolTip(self.tr("Drag the line to mark less or more."))
        self.lanes.lower.addItem(self.threshold)
        self.table = StretchTable(self)
        parts = self._parts = QSplitter(Qt.Orientation.Horizontal, self)
        parts.setChildrenCollapsible(False)
        parts.addWidget(self.lanes)
        parts.addWidget(self.table)
        parts.setStretchFactor(0, 1)
        parts.setStretchFactor(1, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_XS)
        for widget in (self.controls, self._problem):
            layout.addWidget(widget)
        layout.addWidget(parts, 1)
        layout.addWidget(self.note)
        layout.addStretch()
        self.controls.find.clicked.connect(self._on_find)
        self.controls.cancel.clicked.connect(self.cancel_requested)
        self.controls.rate_changed.connect(self._on_rate_changed)
        self.controls.export.clicked.connect(self.export_requested)
        self.threshold.sigPositionChangeFinished.connect(self._on_threshold_moved)
        self.table.chosen.connect(self._on_chosen)
        theme.signals().changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.clear()

    # -- what others tell ---------------------------------------------------------------------

    def show_seen(self, seen: Seen | None) -> None:
        """Show a signal, or nothing. Scores stay as long as it is the same."""
        same = seen is not None and self._seen is not None and seen.before is self._seen.before
        self._seen = seen
        if same:
            return
        self.clear()
        if seen is None:
            return
        self.lanes.set_timeline(seen.timeline, len(seen.before))
        self.lanes.feed_long("signal", Extremes(seen.before), seen.timeline)
        time = self.tr("Time ({unit})") if seen.timeline.in_seconds else self.tr("Time (samples)")
        self.lanes.set_labels(seen.label, self.tr("Score"), time)
        self._refresh()

    def seen(self) -> Seen | None:
        """What is shown."""
        return self._seen

    def found(self) -> AnomaliesFound | None:
        """What was found in it, if that was asked for."""
        return self._found

    def show_scores(self, found: AnomaliesFound) -> None:
        """The answer to `scores_requested` and `threshold_chosen`; the view stays where it is."""
        if self._seen is None or found.values is not self._seen.before:
            return  # another signal is shown by now
        self._found, timeline = found, self._seen.timeline
        self.show_problem(self._misfit(found))
        self.lanes.feed_long("odd", found.odd, timeline)
        self.lanes.feed_long("score", found.scores, timeline)
        with QSignalBlocker(self.threshold):
            self.threshold.setValue(found.threshold)
        self.lanes.show_lower(True)
        self.table.show_stretches(found.stretches, timeline)
        if found.stretches:
            self._show_table()
        else:
            self.table.hide()
        self._refresh()

    def clear(self) -> None:
        """Show no signal and no scores."""
        self._found = None
        self.lanes.clear()
        self.lanes.set_labels("", "", "")
        self.lanes.show_lower(False)
        self.table.show_stretches([], Timeline())
        self.table.hide()
        self.show_problem("")
        self._refresh()

    def show_problem(self, sentence: str) -> None:
        """Something went wrong, in one sentence, or nothing did; what is shown stays."""
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))

    def set_model(self, available: bool) -> None:
        """Whether the open model can tell what is normal."""
        self._model_available = available
        self._refresh()

    def set_busy(self, busy: bool) -> None:
        """Whether anomalies are being looked for."""
        self._busy = busy
        self._refresh()

    # -- what the user does -------------------------------------------------------------------

    def _on_find(self) -> None:
        self.show_problem("")
        self.scores_requested.emit(self.controls.rate())

    def _on_rate_changed(self, rate: float) -> None:
        if self._found is not None:
            self.scores_requested.emit(rate)

    def _on_threshold_moved(self) -> None:
        self.threshold_chosen.emit(max(0.0, float(self.threshold.value())))

    def _on_chosen(self, stretch: "Marked") -> None:
        if self._seen is None:
            return
        start, end = self._seen.timeline.at(np.array([stretch.start, stretch.stop - 1]))
        around = _AROUND * max(end - start, self._seen.timeline.step)
        self.lanes.upper.getViewBox().setXRange(start - around, end + around, padding=0)
        self.stretch_chosen.emit(stretch.start, stretch.stop)

    # -- showing ------------------------------------------------------------------------------

    def _show_table(self) -> None:
        """Show the table, at first as wide as it needs to be; later a person has the say."""
        if self.table.isHidden():
            self.table.show()
            least, wanted = self.table.minimumSizeHint().width(), self.table.sizeHint().width()
            table = max(least, min(wanted, self.width() // 4), min(self.table.needed_width(), self.width() // 2))
            self._parts.setSizes([self.width() - table, table])

    def _refresh(self) -> None:
        ready = self._seen is not None and self._model_available
        self.controls.find.setVisible(not self._busy)
        self.controls.find.setEnabled(ready)
        self.controls.cancel.setVisible(self._busy)
        self.controls.spin.setEnabled(ready)
        self.controls.export.setEnabled(self._found is not None and not self._busy)
        self.note.set_text(self._note(), "muted")
        self._parts.setVisible(self._seen is not None)

    def _misfit(self, found: AnomaliesFound) -> str:
        """That the model does not fit the recording, and what to do, where nobody chose to mark so much."""
        if found.strange:
            return " ".join(found.strange)
        if not found.misfit or found.rate is None:
            return ""
        return self.tr(
            "Most of it is unlike what the model learned: the model does not fit this recording, and the list tells "
            "little. Train on a normal stretch of it, or check that its sampling rate and unit are those of the model."
        )

    def _note(self) -> str:
        if self._busy:
            return self.tr("Looking for anomalies…")
        if self._seen is None:
            return self.tr("Open a signal first.")
        found = self._found
        if found is None:
            if self._model_available:
                return self.tr("The open model says what is normal.")
            return self.tr("Train on a normal signal, or open a model that learned from one.")
        whole = np.isfinite(found.scores.values).all()
        note = self.tr("{n} marked, {share}\u202f% of the samples.") if whole else self.tr("{n} marked, {share}\u202f% of the samples that could be scored.")
        note = note.format(n=len(found.stretches), share=readable(100 * found.share(), 2))
        if len(found.stretches) > MOST:
            note += " " + self.tr("The table shows the {n} highest.").format(n=MOST)
        if found.rate is None:
            note += " " + self.tr("You chose the threshold.")
        elif found.from_itself:
            note += " " + self.tr("Most of this recording is taken to be normal.")
        return note

    @Slot()
    def _on_theme_changed(self) -> None:
        colour = QColor(theme.current().error)
        self.threshold.setPen(pg.mkPen(colour, width=1, style=Qt.PenStyle.DashLine))
        self.threshold.setHoverPen(pg.mkPen(colour, width=3))
