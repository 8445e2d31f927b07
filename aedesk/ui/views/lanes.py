"""Two plots one above the other that share their x-axis: signals, and what was taken from them."""

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from aedesk.ui import theme
from aedesk.ui.theme import SPACE_M, SPACE_XS
from aedesk.ui.views.curve_key import CurveKey, CurveStyle
from aedesk.ui.views.lane_axis import HeightAxis, LengthAxis
from aedesk.ui.views.plots import ThemedPlot

_NOTHING = np.empty(0)
_LOWER_SHARE = 0.42  # of the height that both plots have without the axis below


class Lanes(QWidget):
    """An upper plot with a key, and a lower one that can be hidden. Curves are made once and fed.

    Drag to move along, turn the wheel to come closer, double-click to see everything again; the
    heights fit themselves to what is in view.
    """

    def __init__(self, parent: QWidget | None = None, axis: type[LengthAxis] = LengthAxis) -> None:
        super().__init__(parent)
        self._curves: dict[str, pg.PlotDataItem] = {}
        self._styles: dict[str, CurveStyle] = {}
        self._span: tuple[float, float] | None = None
        self.key = CurveKey(self)
        self.upper, self.lower = (
            ThemedPlot(self, {"left": HeightAxis(), "bottom": axis("bottom")}) for _ in range(2)
        )
        hint = self.tr(
            "Drag to move along, turn the wheel to come closer, double-click to see everything again."
        )
        for plot in (self.upper, self.lower):
            plot.setToolTip(hint)
            plot.setMinimumHeight(1)  # otherwise their shares of a low place are not what they are to be
            plot.setAcceptDrops(False)  # files dropped here are for the widget around it
            plot.getPlotItem().setContentsMargins(0, SPACE_XS, SPACE_M, 0)
            for side in ("left", "bottom"):
                plot.getAxis(side).setZValue(-1)  # the grid lies below the curves
            box = plot.getViewBox()
            box.setMouseEnabled(x=True, y=False)
            box.setAutoVisible(y=True)
            box.setDefaultPadding(0.04)
            plot.viewport().installEventFilter(self)
        self.lower.setXLink(self.upper)
        self._bottom, self._top_height = "", 0
        layout = self._layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._top = QHBoxLayout()
        self._top.addWidget(self.key, 1)
        layout.addLayout(self._top)
        layout.addWidget(self.upper, 1)
        layout.addWidget(self.lower)
        self.key.toggled.connect(self._on_toggled)
        theme.signals().changed.connect(self._on_theme_changed)
        self._arrange()

    def add_curve(
        self,
        name: str,
        text: str,
        style: CurveStyle,
        *,
        lower: bool = False,
        long: bool = False,
        antialias: bool = False,
    ) -> None:
        """Make a curve; one in the upper plot is named in the key.

        Of a ``long`` one only what is in view is drawn, and of many points in one pixel only the
        lowest and the highest.
        """
        curve = pg.PlotDataItem(
            pen=style.pen(), connect="finite", antialias=antialias, autoDownsampleFactor=1.0
        )
        if style.width > 1:
            curve.curve.setSegmentedLineMode("on")  # drawn piece by piece: faster
        (self.lower if lower else self.upper).addItem(curve)
        if long:  # a plot gives a new item its own settings, so only now
            curve.setDownsampling(auto=True, method="peak")
            curve.setClipToView(True)
        self._curves[name], self._styles[name] = curve, style
        if not lower:
            self.key.add(name, text, style)
            self.key.set_present(name, False)

    def add_beside_key(self, widget: QWidget) -> None:
        """Put a widget at the right of the key."""
        self._top.addWidget(widget)

    def curve(self, name: str) -> pg.PlotDataItem:
        """A curve by its name."""
        return self._curves[name]

    def set_style(self, name: str, style: CurveStyle) -> None:
        """Draw a curve otherwise from now on."""
        if style != self._styles[name]:
            self._styles[name] = style
            self._curves[name].setPen(style.pen())

    def feed(self, name: str, x: np.ndarray, y: np.ndarray | None) -> None:
        """Give a curve its points, or none; NaN leaves a gap."""
        present = y is not None and bool(np.isfinite(y).any())
        self._curves[name].setData(x if present else _NOTHING, y if present else _NOTHING)
        if name in self.key.names():
            self.key.set_present(name, present)

    def clear(self) -> None:
        """Take every curve's points away."""
        for name in self._curves:
            self.feed(name, _NOTHING, None)
        self._span = None

    def set_span(self, start: float, end: float, least: float) -> None:
        """Where the data begin and end along x, and the shortest piece that is worth a close look.

        Shows all of them where that has changed.
        """
        if (start, end) == self._span:
            return
        self._span = (start, end)
        margin = (end - start) * 0.01
        for plot in (self.upper, self.lower):
            box = plot.getViewBox()
            # Limits that contradict each other would have linked plots correct each other for ever.
            least = min(least, end - start)
            box.setLimits(xMin=start - margin, xMax=end + margin, minXRange=least)
        self.show_all()

    def show_all(self) -> None:
        """Show the whole length."""
        if self._span is not None:
            start, end = self._span
            self.upper.getViewBox().setXRange(start, end, padding=0.01)
        for plot in (self.upper, self.lower):
            plot.getViewBox().enableAutoRange(y=True)

    def set_labels(self, upper: str, lower: str, bottom: str) -> None:
        """Name the axes."""
        self.upper.getAxis("left").set_name(upper)
        self.lower.getAxis("left").set_name(lower)
        self.lower.setLabel("bottom", bottom)
        self._bottom = bottom
        self.show_lower(self.lower.isVisibleTo(self))

    def show_lower(self, shown: bool) -> None:
        """Show the lower plot, or give its room to the upper one."""
        self.lower.setVisible(shown)
        axis = self.upper.getAxis("bottom")
        axis.setStyle(showValues=not shown)
        axis.setLabel(self._bottom)
        axis.showLabel(not shown and bool(self._bottom))
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        # The key has no height before there is something to name.
        if event.type() == QEvent.Type.LayoutRequest and self._top.sizeHint().height() != self._top_height:
            self._arrange()
        return done

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonDblClick:
            self.show_all()
        return super().eventFilter(watched, event)

    def _arrange(self) -> None:
        """Share the height out, and make the axes at the left equally wide.

        What stands above each other has happened together. A lane that is too low for its name
        beside it has it written across, for which both axes become wider.
        """
        below, self._top_height = self.lower.getAxis("bottom").line_height(), self._top.sizeHint().height()
        room = max(self.height() - self._top_height - below, 0)
        both = self.lower.isVisibleTo(self)
        lower = round(room * _LOWER_SHARE) if both else 0
        self._layout.setStretch(1, room - lower + (0 if both else below))
        self._layout.setStretch(2, lower + below)
        for plot, last in ((self.upper, not both), (self.lower, True)):
            plot.getAxis("bottom").setHeight(below if last else None)
        upper_axis, lower_axis = (plot.getAxis("left") for plot in (self.upper, self.lower))
        low = {upper_axis: room - lower < upper_axis.length(), lower_axis: both and lower < lower_axis.length()}
        metrics = self.fontMetrics()
        width = metrics.horizontalAdvance("−0.0000") + metrics.height() + 14
        if any(low.values()):
            longest = max(axis.lying_length() for axis, lying in low.items() if lying)
            width = metrics.horizontalAdvance("−0.00") + 14 + round(longest)
        for axis, lying in low.items():
            axis.lie_down(lying)
            axis.setWidth(width)

    def _on_toggled(self, name: str, on: bool) -> None:
        self._curves[name].setVisible(on)

    @Slot()
    def _on_theme_changed(self) -> None:
        for name, curve in self._curves.items():
            curve.setPen(self._styles[name].pen())
        self.key.update()
