"""Keeping the background of a map filled with what its places decode to."""

from time import monotonic

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from aedesk.ui.views.latent_backdrop import Backdrop
from aedesk.ui.views.latent_plane import Plane
from aedesk.ui.views.latent_plot import PointPlot
from aedesk.ui.views.latent_tiles import PlanePicture, PlaneRequest, TileStyle

_PAUSE_MS = 150  # after a movement
_SHORTEST, _SHARE = 0.7, 0.05  # seconds between pictures while learning; the share of time they may take
_LONGEST = 10.0


class PlaneDecoding(QObject):
    """Asks for pictures while it is on: after a person has moved the map, and of new snapshots seldom.

    Signals: ``requested(PlaneRequest)``; answer it with ``show_picture``.
    """

    requested = Signal(object)

    def __init__(self, plot: PointPlot) -> None:
        super().__init__(plot)
        self._plot = plot
        self._on = False
        self._plane: Plane | None = None
        self._style: TileStyle | None = None
        self._about = object()
        self._empty = True
        self._answered, self._cost = 0.0, 0.0
        self.backdrop = Backdrop()
        plot.add_layer(self.backdrop, height=-2)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._ask)
        plot.view_moved.connect(self.follow)
        plot.plot.getViewBox().sigResized.connect(self.follow)

    def set_on(self, on: bool) -> None:
        """Fill the background, or leave it empty."""
        if on != self._on:
            self._on = on
            self._plot.cloud.lie_over_pictures(on)
            self.forget()
            self._ask()

    def show_plane(self, plane: Plane, style: TileStyle | None) -> None:
        """Decode this plane from now on, and draw it so; without a style it is not drawn."""
        self._plane, self._style = plane, style
        if not self._timer.isActive():
            rest = min(max(_SHORTEST, self._cost / _SHARE), _LONGEST) - (monotonic() - self._answered)
            self._timer.start(0 if self._empty else max(_PAUSE_MS, round(rest * 1000)))

    def show_picture(self, picture: PlanePicture) -> None:
        """Show what came of a request, unless another map is shown by now."""
        if picture.request.about is self._about and self._on:
            self._answered, self._cost = monotonic(), picture.seconds
            self.backdrop.show_picture(picture)

    def forget(self) -> None:
        """Show nothing until there is a new picture, which the next plane is asked for at once."""
        self._about, self._empty = object(), True
        self._timer.stop()
        self.backdrop.show_picture(None)

    def clear(self) -> None:
        """There is no plane any more."""
        self.forget()
        self._plane = None

    @Slot()
    def follow(self) -> None:
        """The map shows another stretch: decode that when it stands still."""
        if self._on:
            self._timer.start(_PAUSE_MS)

    @Slot()
    def _ask(self) -> None:
        view = self._plot.plot.getViewBox()
        room = view.width(), view.height()
        if not self._on or self._plane is None or self._style is None or min(room) < 2:
            return
        grid = self._style.grid(*view.viewRange(), room, self._plot.devicePixelRatioF())
        codes = self._plane.codes_at(grid.centres())
        self._empty = False
        self.requested.emit(PlaneRequest(self._about, grid, codes, self._style))
