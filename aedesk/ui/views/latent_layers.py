"""What lies under and over the points of a map."""

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from aedesk.ui.views.latent_controls import MapControls
from aedesk.ui.views.latent_decoding import PlaneDecoding
from aedesk.ui.views.latent_outlines import Outlines
from aedesk.ui.views.latent_plane import Plane
from aedesk.ui.views.latent_plot import Place, PointPlot
from aedesk.ui.views.latent_prior import PriorOutline
from aedesk.ui.views.latent_samples import MapSamples
from aedesk.ui.views.latent_tiles import TileStyle


class MapLayers(QObject):
    """The decoded plane, the prior's outline and the spread of one sample, as the controls want them.

    Signals: ``prior_changed``, when the map is to have room for another outline.
    """

    prior_changed = Signal()

    def __init__(self, controls: MapControls, plot: PointPlot) -> None:
        super().__init__(plot)
        self._controls, self._plot = controls, plot
        self.decoding, self.outlines = PlaneDecoding(plot), Outlines(plot)
        self._prior = PriorOutline()
        self._style: TileStyle | None = None
        self._width = 0
        controls.prior_toggled.connect(self._on_prior_toggled)
        controls.plane_toggled.connect(self.decoding.set_on)

    def show_codes(self, samples: MapSamples, width: int) -> None:
        """Get ready for codes of so many numbers, or for others of their numbers."""
        self._width, self._style = width, samples.tile_style if width > 1 else None
        self.decoding.forget()
        self._show_prior()
        self._controls.offer_plane(self._why_no_plane())
        self.decoding.set_on(self._controls.plane.isChecked() and self._style is not None)

    def show_plane(self, plane: Plane) -> None:
        """The codes lie on this plane now."""
        self.decoding.show_plane(plane, self._style)

    def show_prior(self, outline: PriorOutline) -> None:
        """Offer the outline of the prior."""
        self._prior = outline
        self._show_prior()

    def show_spread(self, place: Place, plane: Plane, log_variances: np.ndarray) -> None:
        """Draw how far the code ``[k]`` of a sample at a place spreads: its one-sigma ellipse."""
        with np.errstate(over="ignore"):
            variances = np.exp(log_variances.astype(np.float64))
        self.outlines.show_spread(place, plane.covariance(variances))

    def hide_spread(self) -> None:
        """Draw no ellipse."""
        self.outlines.show_spread(None)

    def clear(self) -> None:
        """Show nothing that belongs to codes."""
        self._width, self._style = 0, None
        self.decoding.clear()
        self.hide_spread()
        self._show_prior()

    def _show_prior(self) -> None:
        """The outline lies over the first two numbers of the code, in whichever order they are shown.

        Where it is shown, both axes have the same scale, so that a circle is one.
        """
        axes = self._controls.axes() if self._width > 1 else None
        there = bool(self._prior.curves) and axes is not None and set(axes) == {0, 1}
        self._controls.show_prior(there)
        wanted = there and self._controls.prior.isChecked()
        curves = [curve[:, list(axes)] for curve in self._prior.curves] if wanted else []
        self.outlines.show_prior(curves, self._prior.names)
        self._plot.keep_aspect(wanted)
        self._plot.keep_in_view(self.outlines.prior())

    def _why_no_plane(self) -> str:
        """Why the plane cannot be decoded, or nothing."""
        if self._style is not None:
            return ""
        if self._width == 1:
            return self.tr("A code of one number makes a line and not a plane. Drag along it to decode.")
        return self.tr("Rows of a table make no pictures. Drag over the map to decode a place.")

    @Slot()
    def _on_prior_toggled(self) -> None:
        self._show_prior()
        self.prior_changed.emit()
