"""The first page of the signal desk: a signal before and after cleaning, and what was removed, however long."""

from dataclasses import replace

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from aedesk.data.timeline import Timeline
from aedesk.ui.latest_work import LatestWork
from aedesk.ui.panels.signal_mix import MixSlider
from aedesk.ui.panels.signal_seen import Seen
from aedesk.ui.theme import SPACE_S
from aedesk.ui.views.curve_key import CurveStyle
from aedesk.ui.views.extremes import Extremes
from aedesk.ui.views.lanes import Lanes

NOISY = CurveStyle(lambda look: look.muted, 1.0, 0.7)
CLEAN = CurveStyle(lambda look: look.curve_colours[0], 2.0)
REFERENCE = CurveStyle(lambda look: look.curve_colours[2])
CLEAN_FROM_AFAR = replace(CLEAN, width=1.0)
REMOVED = CurveStyle(lambda look: look.curve_colours[1])

_AT_ONCE = 1_000_000  # samples that are made ready in no time
_ROOM_FOR_CAPTION = 640


class SignalPlot(QWidget):
    """Draws a signal; once it is cleaned, the clean one below or over it, and the removed part.

    The reference lies over the signal where there is one. ``mix`` says how much of the noise is taken off. Lanes of very long signals are made ready in
    another thread.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seen: Seen | None = None
        self._before: Extremes | None = None
        self._later = LatestWork(self)
        self._later.done.connect(self._draw)
        self.mix = MixSlider(self)
        self.lanes = Lanes(self, middle=True)
        self.lanes.add_long_curve("noisy", self.tr("As recorded"), NOISY)
        self.lanes.add_long_curve("reference", self.tr("Reference"), REFERENCE)
        self.lanes.add_long_curve("clean", self.tr("Clean"), CLEAN, over=True)
        self.lanes.add_long_curve("removed", self.tr("Removed"), REMOVED, lower=True)
        self.lanes.upper.getViewBox().sigXRangeChanged.connect(self._on_range_changed)
        self.setMinimumHeight(6 * self.fontMetrics().lineSpacing())
        self._beside = QWidget(self)
        self._tools = QHBoxLayout(self._beside)
        self._tools.setContentsMargins(0, 0, 0, 0)
        self._tools.setSpacing(SPACE_S)
        self._tools.addWidget(self.mix)
        self._beside.layout().setAlignment(Qt.AlignmentFlag.AlignRight)
        self.lanes.add_beside_key(self._beside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.lanes)
        self.show_seen(None)

    def add_tool(self, widget: QWidget) -> None:
        """Put a control in the line above the lanes."""
        self._tools.insertWidget(self._tools.count() - 1, widget)

    def show_seen(self, seen: Seen | None) -> None:
        """Show a signal and what became of it, or nothing. The view stays where the signal is the same."""
        former, self._seen = self._seen, seen
        same = former is not None and seen is not None and former.before is seen.before
        if not same:
            self._before = None
            self.lanes.clear()
            self._show_names(seen)
        self.mix.setVisible(seen is not None and seen.full is not None)
        if seen is None:
            self._later.forget()
            self.lanes.show_lower(False)
            return
        self.mix.set_share(seen.share)
        drawn = same and former.full is seen.full and former.share == seen.share and former.reference is seen.reference
        if drawn and self._before is not None:
            return  # something else is new
        if len(seen.before) <= _AT_ONCE:
            self._later.forget()
            self._draw(_extremes(seen, self._before))
        else:
            self._later.ask(_extremes, seen, self._before)

    def _show_names(self, seen: Seen | None) -> None:
        if seen is None:
            self.lanes.set_labels("", "", "")
            return
        time = self.tr("Time ({unit})") if seen.timeline.in_seconds else self.tr("Time (samples)")
        self.lanes.set_labels(seen.label, self.tr("Removed"), time, (self.tr("Before"), self.tr("After")))
        self.lanes.show_lower(False)
        self.lanes.set_timeline(seen.timeline, len(seen.before))

    def _draw(self, ready: dict[str, Extremes]) -> None:
        self._before, timeline = ready["before"], self._seen.timeline
        self.lanes.feed_long("noisy", self._before, timeline)
        self.lanes.feed_long("reference", ready.get("reference"), timeline)
        self.lanes.feed_long("clean", ready.get("after"), timeline)
        self.lanes.feed_long("removed", ready.get("removed"), timeline)
        self.lanes.show_lower("removed" in ready)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.mix.caption.setVisible(self.width() >= _ROOM_FOR_CAPTION)

    def _on_range_changed(self) -> None:
        """Draw the clean curve boldly where its course can be seen.

        From afar it is a band in any case, and Qt takes ten times as long for a wide pen.
        """
        box = self.lanes.upper.getViewBox()
        first, last = (self._seen.timeline if self._seen else Timeline()).rows(np.array(box.viewRange()[0]))
        near = last - first < 4 * max(box.width(), 1)
        self.lanes.set_style("clean", CLEAN if near else CLEAN_FROM_AFAR)


def _extremes(seen: Seen, before: Extremes | None) -> dict[str, Extremes]:
    """What is needed to draw before, the reference, after and removed, as far as there are any."""
    ready = {"before": before or Extremes(seen.before)}
    if seen.reference is not None:
        ready["reference"] = Extremes(seen.reference)
    if seen.after is not None:
        ready |= {"after": Extremes(np.asarray(seen.after)), "removed": Extremes(seen.removed)}
    return ready
