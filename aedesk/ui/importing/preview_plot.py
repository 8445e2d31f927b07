"""The channels of a preview as curves: one to its own scale, or several above each other."""

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget

from aedesk.ui import theme
from aedesk.ui.builder.caption import Caption
from aedesk.ui.builder.labels import grouped
from aedesk.ui.importing.column_roles import Role, channel_colour, channel_places
from aedesk.ui.theme import SPACE_M, SPACE_S, SPACE_XS
from aedesk.ui.views.lane_axis import LengthAxis
from aedesk.ui.views.plots import ThemedPlot

if TYPE_CHECKING:
    from aedesk.data.csv_preview import Preview
    from aedesk.data.sampling import Sampling

MOST_LANES = 8
MOST_ROWS = 10_000  # so few need no thinning out, in which curves with many missing values would vanish
_LANE = 0.84  # of the distance between two lanes that a curve takes
_NAME_LETTERS = 14


class PreviewPlot(QWidget):
    """Draws the channels over time, or over rows; of many, the first `MOST_LANES`.

    Several channels stand in lanes, each stretched to fill its lane, for their units differ.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._numbers: list[int] = []
        self.plot = ThemedPlot(self, {"bottom": LengthAxis("bottom")})
        self.plot.setMouseEnabled(x=True, y=False)
        self.plot.setAcceptDrops(False)
        self.plot.setToolTip(self.tr("The first rows of the file. Turn the wheel to come closer, drag to move along."))
        self.plot.getPlotItem().setContentsMargins(SPACE_XS, SPACE_XS, SPACE_S, 0)
        self.plot.getAxis("bottom").setHeight(self.plot.getAxis("bottom").line_height())
        for side in ("left", "bottom"):
            self.plot.getAxis(side).setZValue(-1)  # the grid lies below the curves
        self.curves = [pg.PlotDataItem(connect="finite") for _ in range(MOST_LANES)]
        for curve in self.curves:
            self.plot.addItem(curve)
        self._nothing = QLabel(wordWrap=True, alignment=Qt.AlignmentFlag.AlignCenter)
        self._nothing.setProperty("role", "muted")
        self._pages = QStackedWidget()
        self._pages.addWidget(self._nothing)
        self._pages.addWidget(self.plot)
        self._caption = Caption()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_XS)
        column.addWidget(self._pages, 1)
        column.addWidget(self._caption)
        theme.signals().changed.connect(self._on_theme_changed)

    def show_channels(self, preview: "Preview", roles: Sequence[Role]) -> None:
        """Draw the channels of a preview that are not left out."""
        columns = channel_places(roles)
        wanted = [column for column in columns if roles[column] == "channel"]
        shown = wanted[:MOST_LANES]
        self._numbers = [columns[column] for column in shown]
        table = preview.values[:MOST_ROWS]
        x = _along(preview.sampling, len(table))
        for place, curve in enumerate(self.curves):
            if place >= len(shown):
                curve.setData([], [])
                continue
            values = table[:, self._numbers[place]]
            height = values if len(shown) == 1 else _lane(values, -place)
            curve.setData(*_with_gaps(x, height, preview.sampling.breaks))
        self._name_axes(preview, shown)
        self._on_theme_changed()
        self._show_all(x, table[:, self._numbers])
        self._pages.setCurrentWidget(self.plot if shown else self._nothing)
        self._nothing.setText(self.tr("No channel is chosen. Click the name of a column to choose one."))
        self._say(len(table), len(shown), len(wanted))

    def caption(self) -> str:
        """The line below the plot."""
        return self._caption.text()

    def _show_all(self, x: np.ndarray, values: np.ndarray) -> None:
        """Bring the whole length and every lane, or the whole height of a lone channel, into view."""
        finite = values[np.isfinite(values)] if values.shape[1] == 1 else np.array([0.5 - values.shape[1], 0.5])
        if len(x) and len(finite):
            start, end = float(np.min(x)), float(np.max(x))
            self.plot.getViewBox().setLimits(xMin=start - 0.05 * (end - start), xMax=end + 0.05 * (end - start))
            self.plot.setRange(xRange=(start, end), yRange=(finite.min(), finite.max()), padding=0.02)

    def _name_axes(self, preview: "Preview", shown: Sequence[int]) -> None:
        timed = preview.sampling.times is not None or preview.sampling.step is not None
        self.plot.setLabel("bottom", self.tr("Time ({unit})") if timed else self.tr("Row"))
        axis = self.plot.getAxis("left")
        lone = len(shown) == 1
        names = [self._short(preview.names[column]) for column in shown]
        axis.setTicks(None if lone else [[(-place, name) for place, name in enumerate(names)]])
        # pyqtgraph finds the width while it paints, too late for names that are there at once.
        metrics = QFontMetricsF(self.font())
        axis.setWidth(None if lone else max(map(metrics.horizontalAdvance, names), default=0) + SPACE_M)
        axis.showLabel(lone)
        if lone:
            name, unit = preview.names[shown[0]], preview.units[shown[0]]
            whole = f"{name} ({unit})" if unit and unit not in name else name
            axis.setLabel(escape(self._short(whole, 3 * _NAME_LETTERS)))

    def _short(self, name: str, letters: int = _NAME_LETTERS) -> str:
        metrics = QFontMetricsF(self.font())
        return metrics.elidedText(name, Qt.TextElideMode.ElideRight, letters * metrics.averageCharWidth())

    def _say(self, rows: int, shown: int, wanted: int) -> None:
        if not shown:
            self._caption.say("", "muted")
            return
        words = self.tr("The first {rows} rows.").format(rows=grouped(rows))
        if wanted > shown:
            words += " " + self.tr("{shown} of {wanted} channels are drawn.").format(shown=shown, wanted=wanted)
        if shown > 1:
            words += " " + self.tr("Each channel is drawn to its own scale.")
        self._caption.say(words, "muted")

    @Slot()
    def _on_theme_changed(self) -> None:
        look = theme.current()
        for number, curve in zip(self._numbers, self.curves, strict=False):
            curve.setPen(pg.mkPen(channel_colour(look, number), width=1))


def _along(sampling: "Sampling", rows: int) -> np.ndarray:
    """Where each row lies along the axis: its time where that is known, else its number from 1."""
    if sampling.timeline.in_seconds:
        return sampling.timeline.at(np.arange(rows))
    return np.arange(1, rows + 1, dtype=np.float64)


def _lane(values: np.ndarray, middle: float) -> np.ndarray:
    """Values stretched to the height of a lane around ``middle``."""
    finite = values[np.isfinite(values)]
    if not len(finite):
        return np.full(len(values), np.nan)
    low, high = float(finite.min()), float(finite.max())
    spread = high - low
    if not np.isfinite(spread) or spread == 0:
        return np.where(np.isfinite(values), middle, np.nan)
    return middle + _LANE * ((values - low) / spread - 0.5)


def _with_gaps(x: np.ndarray, y: np.ndarray, breaks: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The same curve, not drawn across the rows before which time jumps."""
    inside = breaks[breaks < len(y)]
    return np.insert(x, inside, x[inside]), np.insert(np.where(np.isfinite(y), y, np.nan), inside, np.nan)
