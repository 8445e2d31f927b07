"""Lines over a map: where the prior wants the codes, and how far one code spreads."""

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QColor

from aedesk.ui import theme
from aedesk.ui.views.latent_plot import Place, PointPlot

_AROUND = np.linspace(0, 2 * np.pi, 65)


class Outlines(QObject):
    """The prior's outline and the ellipse of one sample. Each lies on a seam of paper, to be seen over pictures."""

    def __init__(self, plot: PointPlot) -> None:
        super().__init__(plot)
        self._plot = plot
        self._names: list[pg.TextItem] = []
        self._prior = self._pair(plot, height=0.25)
        self._spread = self._pair(plot, height=0.5)
        theme.signals().changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def show_prior(self, curves: list[np.ndarray], names: Sequence[str] = ()) -> None:
        """Draw curves ``[m, 2]``, the first of them with ``names``."""
        gap = np.full((1, 2), np.nan)
        joined = np.concatenate([part for curve in curves for part in (curve, gap)] or [gap])
        for line in self._prior:
            line.setData(*joined.T)
        names = names[: len(curves)]
        while len(self._names) < len(names):
            self._names.append(pg.TextItem(anchor=(0.5, 0.5)))
            self._plot.add_layer(self._names[-1], height=0.3)
        for place, item in enumerate(self._names):
            item.setVisible(place < len(names))
            if place < len(names):
                item.setPlainText(names[place])
                item.setPos(*curves[place][curves[place][:, 1].argmin()])  # on the line, where it is lowest
        self._on_theme_changed()

    def show_spread(self, place: Place | None, covariance: np.ndarray | None = None) -> None:
        """Draw the one-sigma ellipse of ``covariance`` ``[2, 2]`` around a place, or none."""
        there = place is not None and covariance is not None
        points = ellipse(covariance) + place if there else np.empty((0, 2))
        for line in self._spread:
            line.setData(*points.T)

    def prior(self) -> np.ndarray:
        """The points of the prior's curves, with gaps that are no numbers ``[m, 2]``."""
        return np.stack(self._prior[1].getData(), 1)

    def names(self) -> list[str]:
        """What is written beside the prior's curves."""
        return [item.toPlainText() for item in self._names if item.isVisible()]

    def spread(self) -> np.ndarray:
        """The points of the ellipse ``[m, 2]``, none where there is none."""
        x, y = self._spread[1].getData()
        return np.empty((0, 2)) if x is None else np.stack([x, y], 1)

    def _pair(self, plot: PointPlot, height: float) -> tuple[pg.PlotCurveItem, pg.PlotCurveItem]:
        """A seam and the line on it."""
        pair = pg.PlotCurveItem(connect="finite"), pg.PlotCurveItem(connect="finite")
        for line in pair:
            line.setSegmentedLineMode("off")  # or every short stretch would begin with a new dash
            plot.add_layer(line, height)
        return pair

    @Slot()
    def _on_theme_changed(self) -> None:
        look = theme.current()
        seam = QColor(look.plot_background)
        seam.setAlphaF(0.7)
        for under, line in (self._prior, self._spread):
            under.setPen(pg.mkPen(seam, width=4))
            line.setPen(pg.mkPen(look.text, width=1.5))
        for name in self._names:
            name.setColor(look.text)
            name.fill = pg.mkBrush(seam)
        self._prior[1].setPen(pg.mkPen(look.muted, width=1.5, style=Qt.PenStyle.DashLine))


def ellipse(covariance: np.ndarray) -> np.ndarray:
    """The points ``[m, 2]`` one standard deviation from the middle of a normal distribution."""
    variances, directions = np.linalg.eigh(covariance)
    half = directions * np.sqrt(variances.clip(0))
    return np.stack([np.cos(_AROUND), np.sin(_AROUND)], 1) @ half.T
