"""Plots one above the other that share their x-axis: signals, and what was taken from them."""

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from aedesk.data.timeline import Timeline
from aedesk.ui import theme
from aedesk.ui.theme import SPACE_M, SPACE_S, SPACE_XS
from aedesk.ui.views.curve_key import CurveKey, CurveStyle
from aedesk.ui.views.extremes import Extremes
from aedesk.ui.views.lane_axis import HeightAxis, LengthAxis
from aedesk.ui.views.long_curve import LongCurve
from aedesk.ui.views.plots import ThemedPlot

_NOTHING = np.empty(0)
_LOWER_SHARE = 0.42  # of the height that both plots have without the axis below
_ROOM_FOR_THREE = 17  # lines of text
_KEYS = {  # how much of the view it moves along, and what part of it is in view then
    Qt.Key.Key_Left: (-0.2, 1.0),
    Qt.Key.Key_Right: (0.2, 1.0),
    Qt.Key.Key_Plus: (0.0, 0.8),
    Qt.Key.Key_Equal: (0.0, 0.8),
    Qt.Key.Key_Minus: (0.0, 1.25),
}


class Lanes(QWidget):
    """An upper plot with a key, and a lower one that can be hidden. Curves are made once and fed.

    With ``middle`` there is a third plot between them where the place is high enough: what lies over
    the upper plot's curves in a low place has a plot of its own there, of the same scale.

    Drag to move along, turn the wheel to come closer, double-click to see everything again; the
    heights fit themselves to what is in view.
    """

    def __init__(
        self, parent: QWidget | None = None, axis: type[LengthAxis] = LengthAxis, *, middle: bool = False
    ) -> None:
        super().__init__(parent)
        self._curves: dict[str, pg.PlotDataItem | LongCurve] = {}
        self._styles: dict[str, CurveStyle] = {}
        self._span: tuple[float, float] | None = None
        self._upper_names = ("", "")
        self.key = CurveKey(self)
        self.upper, self.middle, self.lower = (
            ThemedPlot(self, {"left": HeightAxis(), "bottom": axis("bottom")}) for _ in range(3)
        )
        self._has_middle, self._over = middle, ""
        self._apart: LongCurve | None = None
        self.plots = (self.upper, self.middle, self.lower)
        hint = self.tr(
            "Drag to move along, turn the wheel to come closer, double-click to see everything again. With the "
            "keyboard: the arrow keys, + and −, and Home."
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Plot"))
        self.setToolTip(hint)
        self._focus = QFrame(self)  # is seen while keys go here
        self._focus.setProperty("role", "focus")
        self._focus.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._focus.hide()
        for plot in self.plots:
            plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
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
            box.sigXRangeChanged.connect(_settle)
            plot.viewport().installEventFilter(self)
        self.lower.setXLink(self.upper)
        self.middle.hide()
        if middle:
            self.middle.setXLink(self.upper)
            self.middle.setYLink(self.upper)
        self._bottom, self._top_height = "", 0
        layout = self._layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._top = QHBoxLayout()
        self._top.setSpacing(SPACE_S)
        self._top.addWidget(self.key, 1)
        layout.addLayout(self._top)
        for plot in self.plots:
            layout.addWidget(plot)
        self.key.toggled.connect(self._on_toggled)
        theme.signals().changed.connect(self._on_theme_changed)
        self._arrange()

    def add_curve(
        self, name: str, text: str, style: CurveStyle, *, lower: bool = False, antialias: bool = False
    ) -> None:
        """Make a curve for `feed`; one in the upper plot is named in the key."""
        curve = pg.PlotDataItem(pen=style.pen(), connect="finite", antialias=antialias)
        if style.width > 1:
            curve.curve.setSegmentedLineMode("on")  # drawn piece by piece: faster
        self._add(name, text, style, curve, self.lower if lower else self.upper)

    def add_long_curve(
        self, name: str, text: str, style: CurveStyle, *, lower: bool = False, over: bool = False
    ) -> None:
        """Make a curve for `feed_long`, of any number of samples.

        One that lies ``over`` the upper plot's others is drawn in the middle plot where there is one.
        """
        self._add(name, text, style, LongCurve(style), self.lower if lower else self.upper)
        if over:  # two curves of the same samples: Qt does not bear with one that changes its scene
            self._over, self._apart = name, LongCurve(style)
            self.middle.addItem(self._apart)

    def _add(
        self, name: str, text: str, style: CurveStyle, curve: "pg.PlotDataItem | LongCurve", plot: ThemedPlot
    ) -> None:
        plot.addItem(curve)
        self._curves[name], self._styles[name] = curve, style
        if plot is not self.lower:
            self.key.add(name, text, style)
            self.key.set_present(name, False)

    def add_beside_key(self, widget: QWidget) -> None:
        """Put a widget at the right of the key."""
        self._top.addWidget(widget)

    def curve(self, name: str) -> "pg.PlotDataItem | LongCurve":
        """A curve by its name, where it is drawn now."""
        return self._apart if name == self._over and self.is_apart() else self._curves[name]

    def set_style(self, name: str, style: CurveStyle) -> None:
        """Draw a curve otherwise from now on."""
        if style != self._styles[name]:
            self._styles[name] = style
            self._restyle(name)

    def feed(self, name: str, x: np.ndarray, y: np.ndarray | None) -> None:
        """Give a curve its points, or none; NaN leaves a gap."""
        present = y is not None and bool(np.isfinite(y).any())
        self._curves[name].setData(x if present else _NOTHING, y if present else _NOTHING)
        if name in self.key.names():
            self.key.set_present(name, present)

    def feed_long(self, name: str, series: Extremes | None, timeline: Timeline) -> None:
        """Give a long curve its samples, which lie along a ``timeline``, or none."""
        self._curves[name].feed(series, timeline)
        if name == self._over:
            self._apart.feed(series, timeline)
        if name in self.key.names():
            self.key.set_present(name, series is not None)

    def clear(self) -> None:
        """Take every curve's points away."""
        for name, curve in self._curves.items():
            if isinstance(curve, LongCurve):
                self.feed_long(name, None, Timeline())
            else:
                self.feed(name, _NOTHING, None)
        self._span = None

    def set_timeline(self, timeline: Timeline, count: int) -> None:
        """Have room for so many rows, and for a close look at those that are close to each other."""
        last = float(timeline.at(max(count - 1, 1)))
        self.set_span(0.0, last if last > 0 else timeline.step, 8 * timeline.finest)

    def set_span(self, start: float, end: float, least: float) -> None:
        """Where the data begin and end along x, and the shortest piece that is worth a close look.

        Shows all of them where that has changed.
        """
        if (start, end) == self._span:
            return
        self._span = (start, end)
        margin = (end - start) * 0.01
        for plot in self.plots:
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

    def set_labels(self, upper: str, lower: str, bottom: str, apart: tuple[str, str] = ("", "")) -> None:
        """Name the axes, of which the one at the bottom is a `LengthAxis`; the upper two as in ``apart`` while there is a middle plot."""
        self._upper_names = (upper, apart[0])
        self.middle.getAxis("left").set_name(apart[1])
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
        self.middle.getAxis("bottom").setStyle(showValues=False)
        self._arrange()
        self._layout.activate()  # linked plots show the same piece only where they are equally wide

    def is_apart(self) -> bool:
        """Whether what else lies over the upper curves has the middle plot for itself."""
        return self.middle.isVisibleTo(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._focus.setGeometry(self.rect())
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        start, end = self.upper.getViewBox().viewRange()[0]
        moved, nearer = _KEYS.get(event.key(), (0.0, 1.0))
        if event.key() == Qt.Key.Key_Home:
            self.show_all()
        elif event.key() in _KEYS and self._span is not None:
            middle, half = (start + end) / 2 + moved * (end - start), (end - start) / 2 * nearer
            middle = min(max(middle, self._span[0] + half), max(self._span[1] - half, self._span[0] + half))
            self.upper.getViewBox().setXRange(middle - half, middle + half, padding=0)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._focus.setVisible(event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason))
        self._focus.raise_()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._focus.hide()

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
        beside it has it written across, for which all axes become wider.
        """
        both = self.lower.isVisibleTo(self)
        roomy = self.height() >= _ROOM_FOR_THREE * self.fontMetrics().height()
        self._set_apart(both and roomy and self._has_middle and bool(self._over))
        shown = [plot for plot in self.plots if plot.isVisibleTo(self)]
        below, self._top_height = self.lower.getAxis("bottom").line_height(), self._top.sizeHint().height()
        room = max(self.height() - self._top_height - below, 0)
        share = _LOWER_SHARE if len(shown) == 2 else 1 / len(shown)
        heights = [round(room * (1 - share) / max(len(shown) - 1, 1))] * (len(shown) - 1) + [round(room * share)]
        low = {}
        for plot, height in zip(shown, heights, strict=True):
            last = plot is shown[-1]
            self._layout.setStretchFactor(plot, height + (below if last else 0))
            plot.getAxis("bottom").setHeight(below if last else None)
            low[plot.getAxis("left")] = height < plot.getAxis("left").length()
        metrics = self.fontMetrics()
        width = metrics.horizontalAdvance("−0.0000") + metrics.height() + 14
        if any(low.values()):
            longest = max(axis.lying_length() for axis, lying in low.items() if lying)
            width = metrics.horizontalAdvance("−0.00") + 14 + round(longest)
        for axis, lying in low.items():
            axis.lie_down(lying)
            axis.setWidth(width)

    def _set_apart(self, apart: bool) -> None:
        """Give what lies over the others the middle plot, or put it back over them."""
        self.upper.getAxis("left").set_name(self._upper_names[apart])
        if apart == self.is_apart():
            return
        self.middle.setVisible(apart)
        self._curves[self._over].setVisible(not apart and self.key.button(self._over).isChecked())

    def _on_toggled(self, name: str, on: bool) -> None:
        over = name == self._over
        self._curves[name].setVisible(on and not (over and self.is_apart()))
        if over:
            self._apart.setVisible(on)

    @Slot()
    def _on_theme_changed(self) -> None:
        for name in self._curves:
            self._restyle(name)
        self.key.update()

    def _restyle(self, name: str) -> None:
        curve, style = self._curves[name], self._styles[name]
        if not isinstance(curve, LongCurve):
            curve.setPen(style.pen())
            return
        for drawn in (curve, self._apart) if name == self._over else (curve,):
            drawn.set_style(style)


def _settle(box: pg.ViewBox) -> None:
    """Fit the heights to what is in view now, not while it is painted, after which all had to be painted again."""
    box.updateAutoRange()
    box.updateMatrix()
