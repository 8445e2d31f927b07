"""The plot in the loss view: curves, the range that follows them, and the crosshair."""

from itertools import chain

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QSize, Signal, Slot
from PySide6.QtGui import QColor, QFontMetricsF
from PySide6.QtWidgets import QWidget

from aedesk.ui import theme
from aedesk.ui.theme import SPACE_L
from aedesk.ui.views.loss_axis import EpochAxis, LossAxis, PercentAxis
from aedesk.ui.views.loss_bands import StageBands
from aedesk.ui.views.loss_curves import PARTS, Part, drawable, thinned
from aedesk.ui.views.loss_line import Line, curve_colour
from aedesk.ui.views.loss_names import ALONE, DISCRIMINATOR, R2, TOTAL, WITHOUT, is_share
from aedesk.ui.views.loss_percent import PercentSide
from aedesk.ui.views.loss_run import LossRun
from aedesk.ui.views.plots import ThemedPlot

_DRAWN_POINTS = 1000
_EARLIER_POINTS = 400
_HEADROOM = 0.16  # of the height, for the words over the bands
_SHORT = 9  # lines of text: a lower plot does without the word under its axis


class LossPlot(ThemedPlot):
    """Curves over epochs. Until a person pans or zooms, the range follows them.

    Signals: ``epoch_hovered`` with the epoch under the pointer, or None when it has left;
    ``following_changed`` when the range begins or ceases to follow.
    """

    epoch_hovered = Signal(object)
    following_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        self._axis, percent = LossAxis(), PercentAxis()
        super().__init__(parent, {"left": self._axis, "bottom": EpochAxis(), "right": percent})
        self._percent = PercentSide(self, percent)
        self._bands = StageBands(self)
        self._lines: dict[tuple[str, Part], Line] = {}
        self._known: list[str] = []
        self._hidden: frozenset[str] = frozenset()
        self._run: LossRun | None = None
        self._names_drawn: list[str] = []
        self._earlier: list[LossRun] = []
        self._log, self._following = False, True
        self._span: tuple[float, float] | None = None
        self._pointer: QPointF | None = None
        self._title, self._short_title = "", ""
        self._cross = [pg.InfiniteLine(angle=angle) for angle in (90, 0)]
        for line in self._cross:
            line.hide()
            self.addItem(line, ignoreBounds=True)
        self._on_look_changed()
        self.disableAutoRange()
        self.getViewBox().sigRangeChangedManually.connect(self._on_range_changed_by_hand)
        self.getViewBox().sigResized.connect(self._on_resized)
        theme.signals().changed.connect(self._on_look_changed)
        self.scene().sigMouseMoved.connect(self._on_pointer_moved)
        self.scene().sigMouseClicked.connect(self._on_clicked)

    @property
    def following(self) -> bool:
        return self._following

    def colour(self, name: str) -> QColor:
        """The colour of a curve, which stays the same in a session."""
        return curve_colour(name, self._index(name))

    def _index(self, name: str) -> int:
        """The place of a name among those seen in this session that have no colour of their own.

        A discriminator has the place of the term that it judges.
        """
        if name in (TOTAL, WITHOUT, ALONE) or is_share(name):
            return 0
        name = name.removesuffix(DISCRIMINATOR)
        if name not in self._known:
            self._known.append(name)
        return self._known.index(name)

    def sizeHint(self) -> QSize:
        """No more than it needs: what the key and the controls leave is the plot's anyway."""
        return self.minimumSizeHint()

    def set_hidden(self, names: frozenset[str]) -> None:
        """Which curves to leave out."""
        if names != self._hidden:
            self._hidden = names
            self._span = None
            self.redraw_earlier()
            self.redraw()

    def set_title(self, title: str, short_title: str) -> None:
        """What is drawn, and a shorter word for where there is little room beside the axis."""
        if (title, short_title) != (self._title, self._short_title):
            self._title, self._short_title = title, short_title
            self._on_resized()

    @Slot()
    def _on_resized(self) -> None:
        wide = QFontMetricsF(self._axis.label.font()).horizontalAdvance(self._title)
        fits = wide + SPACE_L < self.getViewBox().height()
        self.setLabel("left", self._title if fits else self._short_title)
        self._axis.resizeEvent()  # which is where pyqtgraph centres the words
        self.getAxis("bottom").showLabel(self.height() > _SHORT * self.fontMetrics().height())

    def set_log(self, log: bool) -> None:
        """Draw logarithms. What has none is left out."""
        if log == self._log:
            return
        self._log = log
        self._axis.set_log(log)
        self.fit()

    def show_runs(self, run: LossRun | None, earlier: list[LossRun]) -> None:
        """What to draw from now on: a run, and earlier ones faintly behind it."""
        self._run, self._earlier = run, earlier
        self.redraw_earlier()
        self.redraw()

    def fit(self) -> None:
        """Show everything, and follow the curves again."""
        self._set_following(True)
        self._span = None
        self.redraw_earlier()
        self.redraw()

    def redraw(self) -> None:
        """Draw what the present run has learned since the last time."""
        run = self._run
        keys = [(name, part) for name in (run.names if run else []) for part in PARTS]
        for key in keys:
            if key not in self._lines:
                place = self._percent.box if is_share(key[0]) else self
                self._lines[key] = line = Line(place, key[0], self._index(key[0]), key[1])
                line.dress(self.devicePixelRatioF())
        if run and run.names != self._names_drawn:
            self.redraw_earlier()
        smooth = run is not None and not run.running
        for key, line in self._lines.items():
            x, y = self._drawn(run, *key) if run and key in keys else _NOTHING
            line.draw(x, y, smooth, _room(run, key[0]))
        self._bands.show_bands(run.bands if run else [])
        shares = [name for name in (run.names if run else []) if is_share(name)]
        if shares:
            self._percent.dress(self.colour(shares[0]), in_per_cent=R2 not in shares)
        self._percent.follow([*chain(*self._heights(shares=True))])
        if self._following:
            self._follow()
        self._move_cross()

    def redraw_earlier(self) -> None:
        """Draw the earlier runs' curves of the same names: one item each, with gaps between runs."""
        self._names_drawn = names = self._run.names if self._run else []
        for (name, part), line in self._lines.items():
            shown = name in names and name not in self._hidden and name not in (ALONE, WITHOUT)
            runs = [run.curves[name, part] for run in self._earlier if shown and (name, part) in run.curves]
            parts = [self._points(name, curve.x, curve.y, _EARLIER_POINTS) for curve in runs]
            line.draw_earlier(*_joined(parts))

    def _drawn(self, run: LossRun, name: str, part: Part) -> tuple[np.ndarray, np.ndarray]:
        """The points of a curve of the present run as they are drawn."""
        if name in self._hidden:
            return _NOTHING
        if name == ALONE:
            each = [band.points(part) for band in run.bands]
            return _joined([self._points(name, *points, _DRAWN_POINTS) for points in each])
        curve = run.curves.get((name, part))
        return self._points(name, curve.x, curve.y, _DRAWN_POINTS) if curve else _NOTHING

    def _points(self, name: str, x: np.ndarray, y: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
        kept = thinned(y, count)
        return x[kept], self._height(name, y[kept])

    def _height(self, name: str, y: np.ndarray) -> np.ndarray:
        """Where values are drawn: shares in hundredths, losses as they are or as logarithms."""
        return drawable(100 * y, log=False) if is_share(name) else drawable(y, self._log)

    def _follow(self) -> None:
        """Keep the curves in view. The range moves in steps, since every move paints the axes anew."""
        run = self._run
        if run is None:
            return
        low, high = _range_of(*self._heights(shares=False))
        span = max(high - low, 0.1 if self._log else 1e-3 * abs(high), 1e-12)
        old = self._span
        fits = old and low >= old[0] and high <= old[1] and span > 0.6 * (old[1] - old[0])
        if not run.running or not fits:
            spare = 0.2 if run.running and old else 0.06
            headroom = _HEADROOM if run.bands else 0.06
            self._span = (low - spare * span, high + headroom * span)
        sides = (run.start, self._right_side(run, bool(old)))
        if self._span != old or sides != tuple(self.getViewBox().viewRange()[0]):
            self.setRange(xRange=sides, yRange=self._span, padding=0)

    def _right_side(self, run: LossRun, drawn: bool) -> float:
        """How far to the right to show: in steps while the run goes on, and all of it afterwards."""
        earlier = max((other.end for other in self._earlier), default=0)
        end = max(run.drawn_end, min(run.last_epoch, earlier))
        if not run.running:
            return max(end, 1e-3) * 1.02
        seen = self.getViewBox().viewRange()[0][1] if drawn else 0.0
        if end <= seen:
            return seen
        return max(min(1.25 * end, run.last_epoch * 1.02), min(1, run.last_epoch), end)

    def _heights(self, shares: bool) -> tuple[list[np.ndarray], list[np.ndarray]]:
        """What is drawn of this run, and of earlier ones, against the one axis or the other."""
        drawn = [line.heights() for (name, _), line in self._lines.items() if is_share(name) == shares]
        present, earlier = ([pair[place] for pair in drawn if len(pair[place])] for place in (0, 1))
        return present, earlier

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._on_look_changed()
        return super().event(event)

    @Slot()
    def _on_look_changed(self) -> None:
        for line in self._cross:
            line.setPen(pg.mkPen(theme.current().disabled, width=self.devicePixelRatioF()))
        for line in self._lines.values():
            line.dress(self.devicePixelRatioF())

    @Slot()
    def _on_range_changed_by_hand(self) -> None:
        self._set_following(False)

    @Slot(object)
    def _on_clicked(self, click: object) -> None:
        if click.double():
            self.fit()

    def _set_following(self, following: bool) -> None:
        if following != self._following:
            self._following = following
            self.following_changed.emit(following)

    @Slot(object)
    def _on_pointer_moved(self, position: QPointF) -> None:
        inside = self.getViewBox().sceneBoundingRect().contains(position)
        self._pointer = position if inside else None
        self._move_cross()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._pointer = None
        self._move_cross()

    def _move_cross(self) -> None:
        """Put the crosshair under the pointer and its dots on the nearest points of the run's curves."""
        shown = self._pointer is not None and self._run is not None
        if not shown and not self._cross[0].isVisible():
            return
        at = self.getViewBox().mapSceneToView(self._pointer) if shown else QPointF()
        for line, value in zip(self._cross, (at.x(), at.y()), strict=True):
            line.setVisible(shown)
            line.setValue(value)
        for (name, part), line in self._lines.items():
            shown_too = self._run and shown and name not in self._hidden
            point = self._run.nearest(name, part, at.x()) if shown_too else None
            band = self._run.band_at(at.x()) if point and name == ALONE else None
            scale = band.scale if band else 1.0
            line.mark(point and (point[0], float(self._height(name, scale * np.array(point[1])))))
        self.epoch_hovered.emit(at.x() if shown else None)


def _range_of(present: list[np.ndarray], earlier: list[np.ndarray]) -> tuple[float, float]:
    """The lowest and the highest that is to be seen.

    Earlier runs may have been measured otherwise: they widen this run's range at most to its double.
    """
    ours, theirs = (np.concatenate([np.empty(0), *arrays]) for arrays in (present, earlier))
    ours, theirs = ours[np.isfinite(ours)], theirs[np.isfinite(theirs)]
    if not len(ours):
        return (float(theirs.min()), float(theirs.max())) if len(theirs) else (0.0, 1.0)
    low, high = float(ours.min()), float(ours.max())
    if len(theirs) and high > low:
        spare = (high - low) / 2
        low, high = min(low, max(theirs.min(), low - spare)), max(high, min(theirs.max(), high + spare))
    return float(low), float(high)


def _room(run: LossRun | None, name: str) -> float:
    """The share of the width (0…1) that a curve has beside the bands, or they beside it."""
    if run is None or not run.bands:
        return 1.0
    left = -run.start / (max(run.drawn_end, 1.0) - run.start)
    return left if name == ALONE else 1 - left


def _joined(parts: list[tuple[np.ndarray, np.ndarray]]) -> tuple[np.ndarray, np.ndarray]:
    """Points one after the other, with gaps between."""
    spaced = [part for points in parts for part in (points, _GAP)]
    x, y = (np.concatenate(arrays) for arrays in zip(_NOTHING, *spaced, strict=True))
    return x, y


_NOTHING = (np.empty(0), np.empty(0))
_GAP = (np.full(1, np.nan), np.full(1, np.nan))
