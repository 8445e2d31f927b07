"""A page of the signal desk: how the spectra of before, after and removed change along time."""

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from aedesk.ui.panels.generate_segments import Segments
from aedesk.ui.panels.signal_page import SeenPage
from aedesk.ui.panels.signal_seen import Seen
from aedesk.ui.theme import SPACE_S, SPACE_XS
from aedesk.ui.views.spectrogram import LevelBar, SpectrogramPlot

if TYPE_CHECKING:
    from aedesk.analysis.spectra import Spectrogram

_ROOM_FOR_ALL = 26  # lines of text, for three above each other
_RANGE_DB = 60.0  # below the strongest


class SpectrogramPage(SeenPage):
    """Pictures of time across and frequency upwards, in one scale: all three above each other, or one at a time."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_spectrograms, parent)
        tr = self.tr
        names = {"before": tr("Before"), "after": tr("After"), "removed": tr("Removed")}
        tips = {
            "before": tr("Show what was recorded."),
            "after": tr("Show what is left after cleaning."),
            "removed": tr("Show what was removed."),
        }
        self.choice = Segments(
            tr("Which spectrogram to show"), [(key, text, tips[key]) for key, text in names.items()], self
        )
        self.plots = {key: SpectrogramPlot(text, self) for key, text in names.items()}
        self._found: dict[str, Spectrogram] = {}
        first = next(iter(self.plots.values()))
        for plot in self.plots.values():
            if plot is not first:
                plot.setXLink(first)
        self.bar = LevelBar(self)
        pictures = QVBoxLayout()
        pictures.setSpacing(SPACE_XS)
        for plot in self.plots.values():
            pictures.addWidget(plot, 1)
        beside = QHBoxLayout()
        beside.setSpacing(SPACE_S)
        beside.addLayout(pictures, 1)
        beside.addWidget(self.bar)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_XS)
        layout.addWidget(self.choice)
        layout.addLayout(beside, 1)
        self.choice.value_changed.connect(lambda _: self._arrange())
        self._show_nothing()

    def _show_found(self, found: "dict[str, Spectrogram]") -> None:
        self._found = found
        low, high = _levels(found)
        seen = self._seen
        for name, plot in self.plots.items():
            plot.show_spectrogram(found.get(name), low, high, in_seconds=bool(seen.step))
        unit = f"{seen.unit}²" if seen.unit else "1"
        per = self.tr("Hz") if seen.step else self.tr("(cycle/sample)")
        self.bar.show_levels(low, high, self.tr("dB re {unit}/{per}").format(unit=unit, per=per))
        self._arrange()

    def _show_nothing(self) -> None:
        self._found = {}
        for plot in self.plots.values():
            plot.show_spectrogram(None, 0.0, 1.0, in_seconds=True)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Show all there is where the place is high enough, else the one that is chosen."""
        roomy = self.height() >= _ROOM_FOR_ALL * self.fontMetrics().height()
        several = len(self._found) > 1
        self.choice.setVisible(several and not roomy)
        chosen = self.choice.value() if several else "before"
        shown = [name for name in self.plots if (name in self._found and roomy) or name == chosen]
        for name, plot in self.plots.items():
            plot.setVisible(name in shown)
            plot.set_last(name == shown[-1])
        self.bar.setVisible(bool(self._found))


def _levels(found: "dict[str, Spectrogram]") -> tuple[float, float]:
    """From the weakest to the strongest level worth telling apart, the same for all."""
    before = found.get("before")
    known = before.level[np.isfinite(before.level)] if before is not None else np.empty(0)
    if not len(known):
        return 0.0, 1.0
    high = float(np.percentile(known, 99.9))
    return max(float(np.percentile(known, 1)) - 20, high - _RANGE_DB), max(high, 1e-6 + high)


def _spectrograms(seen: Seen) -> "dict[str, Spectrogram]":
    from aedesk.analysis.spectra import spectrogram

    found = {name: spectrogram(values, seen.timeline) for name, values in seen.parts().items()}
    return {name: one for name, one in found.items() if one is not None}
