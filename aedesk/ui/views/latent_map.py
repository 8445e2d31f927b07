"""The latent map: samples where their codes lie."""

from collections import deque
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPoint, QRect, Signal, Slot
from PySide6.QtWidgets import QStackedLayout, QWidget

from aedesk.ui import theme
from aedesk.ui.theme import SPACE_S
from aedesk.ui.views.latent_card import SampleCard
from aedesk.ui.views.latent_layers import MapLayers
from aedesk.ui.views.latent_page import EmptyPage, MapPage
from aedesk.ui.views.latent_plane import Plane, plane_of
from aedesk.ui.views.latent_plot import Place, PointPlot
from aedesk.ui.views.latent_prior import PriorOutline
from aedesk.ui.views.latent_samples import MapSamples
from aedesk.ui.views.latent_tiles import PlanePicture

if TYPE_CHECKING:
    from aedesk.data.dataset import Dataset
    from aedesk.training.events import Snapshot

_TRAIL = 24
_MOST_LANES = 20


class LatentMap(QWidget):
    """Shows a Snapshot's codes as points coloured by label, and lets a person explore them.

    ``sample_selected`` has the data set's row of a point that was clicked. ``code_pointed`` has a
    code ``[k]`` (float32) while a person points at a place of the map: answer it with
    ``show_decoded``. ``plane_requested`` has a PlaneRequest for the map's background: answer it with
    ``show_plane``. ``part_requested`` has the part of the data set to show snapshots of.
    """

    sample_selected = Signal(int)
    code_pointed = Signal(object)
    plane_requested = Signal(object)
    part_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._samples: MapSamples | None = None
        self._snapshot: Snapshot | None = None
        self._plane: Plane | None = None
        self._kept = np.empty(0, np.intp)  # of the snapshot's points, those with finite places
        self._rows = np.empty(0, np.int64)  # the data set's rows of the points on the map
        self._twin_places: np.ndarray | None = None
        self._twin_rows: np.ndarray | None = None  # None: those of the next snapshot
        self._selected: int | None = None
        self._pointed: Place | None = None
        self._trail: deque[np.ndarray] = deque(maxlen=_TRAIL)
        self._page = MapPage(self)
        self.controls, self.legend = self._page.controls, self._page.legend
        self.map, self.twin = self._page.map, self._page.twin
        self.layers = MapLayers(self.controls, self.map)
        self._empty = EmptyPage(self)
        self._card = SampleCard(self)
        pages = self._pages = QStackedLayout(self)
        pages.addWidget(self._empty)
        pages.addWidget(self._page)
        self._connect()
        self.clear()

    def show_dataset(self, dataset: "Dataset") -> None:
        """Take labels and samples from this data set from now on, and wait for its codes."""
        self.clear()
        self._samples = MapSamples(dataset)
        self.legend.show_labels(self._samples.colouring.names)
        self._page.time_bar.setVisible(self._samples.colouring.goes_by_time)
        self.controls.show_parts(dataset.parts)
        self._on_hidden_changed(frozenset())
        self._on_theme_changed()

    def show_snapshot(self, snapshot: "Snapshot") -> None:
        """Show where the codes of its ``points`` lie; codes that are no numbers are left out."""
        if self._samples is None or snapshot.points.max(initial=-1) >= len(self._samples):
            return  # of a data set that is no longer shown
        before, self._snapshot = self._snapshot, snapshot
        anew = before is None or before.codes.shape[1] != snapshot.codes.shape[1]
        if anew:
            self.controls.set_code_size(snapshot.codes.shape[1])
            self._trail.clear()
            self._on_view_changed()
            self._pages.setCurrentWidget(self._page)
        self._show_points(fit=anew)
        if self._pointed is not None:
            self._on_place_pointed(self._pointed)

    def show_twin(self, coordinates: np.ndarray | None) -> None:
        """Offer a second map beside, with the same points at coordinates ``[m, 2]``; None: no more.

        They are those of the snapshot that is shown, or of the next one where there is none.
        """
        if coordinates is None and self._twin_places is None:
            return
        self._twin_places = coordinates
        self._twin_rows = self._snapshot.points if self._snapshot else None
        self._show_twin(fit=True)

    def show_decoded(self, sample: np.ndarray | None) -> None:
        """Show what the code last pointed at decodes to: ``[*shape]`` in scaled units."""
        if sample is None or self._pointed is None or self._samples is None:
            self._card.hide()
            return
        x, y = self._pointed
        where = f"{x:.3g}" if self._width() == 1 else f"{x:.3g}, {y:.3g}"
        self._samples.show_sample(self._card, sample, self.tr("Decoded"), where)
        self._put_card(self.map, self._pointed)

    def show_prior(self, outline: PriorOutline) -> None:
        """Offer the outline of the prior."""
        self.layers.show_prior(outline)

    def show_plane(self, picture: PlanePicture) -> None:
        """Fill the background with what came of the last ``plane_requested``."""
        self.layers.decoding.show_picture(picture)

    def show_mark(self, code: np.ndarray | None) -> None:
        """Mark a code ``[k]`` and the way it came; None takes the mark away."""
        if code is None:
            self._trail.clear()
        else:
            self._trail.append(np.asarray(code, np.float32).ravel())
        self._show_mark()

    def select(self, row: int | None) -> None:
        """Ring the point of a row of the data set, as soon as it is on the map."""
        self._selected = row
        self._show_selected()

    def selected(self) -> int | None:
        """The row that is selected."""
        return self._selected

    def part(self) -> str:
        """The part of the data set to show."""
        return self.controls.part()

    def set_part(self, part: str) -> None:
        """Show another part as chosen: "validation", "test", "train" or "all"."""
        self.controls.set_part(part)

    def clear(self) -> None:
        """Forget the data set and its codes."""
        self._samples = self._snapshot = self._plane = None
        self._twin_places = self._twin_rows = self._selected = self._pointed = None
        self._rows = np.empty(0, np.int64)
        self._trail.clear()
        self._card.hide()
        self.map.clear()
        self.layers.clear()
        self._show_twin()
        self._pages.setCurrentWidget(self._empty)

    def _width(self) -> int:
        return self._snapshot.codes.shape[1]

    def _show_points(self, fit: bool = False) -> None:
        snapshot, before = self._snapshot, self._rows
        lanes = self._samples.lanes(snapshot.points if self._width() == 1 else snapshot.points[:0])
        self._plane = plane_of(snapshot.codes, self.controls.axes(), lanes, self._plane)
        places = self._plane.place(snapshot.codes)
        self._kept = np.flatnonzero(np.isfinite(places).all(1))
        self._rows = snapshot.points[self._kept]
        classes = self._samples.colouring.classes_of(self._rows)
        self.map.show_points(places[self._kept], classes, fit, lanes=self._width() == 1)
        self.layers.show_plane(self._plane)
        self._show_mark()
        self._show_selected()
        if not np.array_equal(before, self._rows):
            self._page.show_count(len(self._rows))
            self._show_twin()

    def _name_axes(self) -> None:
        axes, code = self.controls.axes(), self.tr("Code {n}")
        if self._width() == 1:
            names = self._samples.colouring.names
            lanes = names if 0 < len(names) <= _MOST_LANES else None
            up = "" if lanes else self.tr("Label") if names else self.tr("Sample")
            self.map.set_axes(self.tr("Code"), up, lanes)
        elif axes is None:
            self.map.set_axes(self.tr("PCA of the codes"), self.tr("Second component"))
        else:
            self.map.set_axes(code.format(n=axes[0] + 1), code.format(n=axes[1] + 1))

    def _show_mark(self) -> None:
        trail = [code for code in self._trail if self._plane and len(code) == self._width()]
        places = self._plane.place(np.stack(trail)) if trail else np.empty((0, 2))
        self.map.mark([(float(x), float(y)) for x, y in places if np.isfinite(x + y)])

    def _show_selected(self) -> None:
        found = np.flatnonzero(self._rows == (-1 if self._selected is None else self._selected))
        point = int(found[0]) if len(found) else None
        self.map.ring(point)
        self.twin.ring(point)

    def _show_twin(self, fit: bool = False) -> None:
        there = self._twin_places is not None and self._snapshot is not None
        if there and self._twin_rows is None:
            self._twin_rows, fit = self._snapshot.points, True
        there = there and np.array_equal(self._twin_rows, self._snapshot.points)
        self.controls.show_beside(there)
        wanted = there and self.controls.beside.isChecked()
        if wanted:
            places = np.nan_to_num(self._twin_places[self._kept].astype(np.float64))
            self.twin.show_points(places, self._samples.colouring.classes_of(self._rows), fit)
        self.twin.setVisible(wanted)
        self._show_selected()

    def _put_card(self, plot: PointPlot, place: Place) -> None:
        top = self.map.mapTo(self, QPoint()).y()
        room = QRect(0, top, self.width(), self.map.height()).adjusted(SPACE_S, 0, -SPACE_S, 0)
        self._card.place_beside(plot.mapTo(self, plot.position(place)), room)

    def _show_hovered(self, plot: PointPlot, point: int | None) -> None:
        self.map.ring_hovered(point)
        self.twin.ring_hovered(point)
        self.layers.hide_spread()
        if point is None or self._samples is None:
            self._card.hide()
            return
        log_variances = self._snapshot.log_variances
        if log_variances is not None:
            self.layers.show_spread(self.map.place(point), self._plane, log_variances[self._kept[point]])
        self._samples.show_row(self._card, int(self._rows[point]))
        self._put_card(plot, plot.place(point))

    @Slot(object)
    def _on_map_hovered(self, point: int | None) -> None:
        if self._pointed is None:
            self._show_hovered(self.map, point)

    @Slot(object)
    def _on_twin_hovered(self, point: int | None) -> None:
        self._show_hovered(self.twin, point)

    @Slot(int)
    def _on_point_clicked(self, point: int) -> None:
        row = int(self._rows[point])
        self.select(row)
        self.sample_selected.emit(row)

    @Slot(object)
    def _on_place_pointed(self, place: Place) -> None:
        if self._plane is not None:
            self._pointed = place
            self.code_pointed.emit(self._plane.code_at(place))

    @Slot()
    def _on_pointing_ended(self) -> None:
        self._pointed = None
        self._card.hide()

    @Slot()
    def _on_axes_changed(self) -> None:
        if self._snapshot is not None:
            self._plane = None
            self._on_view_changed()
            self._show_points(fit=True)

    def _on_view_changed(self) -> None:
        """Other numbers of the code are shown."""
        self._name_axes()
        self.layers.show_codes(self._samples, self._width())

    @Slot()
    def _on_prior_changed(self) -> None:
        if self._snapshot is not None:
            self._show_points()

    @Slot()
    def _on_fit_requested(self) -> None:
        self.map.fit()
        self.twin.fit()
        self.layers.decoding.follow()

    @Slot(object)
    def _on_hidden_changed(self, hidden: frozenset[int]) -> None:
        for plot in (self.map, self.twin):
            plot.hide_classes(hidden)
        self._show_selected()

    @Slot()
    def _on_theme_changed(self) -> None:
        if self._samples is not None:
            colours = self._samples.colouring.colours()
            for plot in (self.map, self.twin):
                plot.cloud.show_colours(colours)

    @Slot()
    def _on_beside_toggled(self) -> None:
        self._show_twin(fit=True)

    def _connect(self) -> None:
        self.controls.part_requested.connect(self.part_requested)
        self.controls.axes_changed.connect(self._on_axes_changed)
        self.controls.beside_toggled.connect(self._on_beside_toggled)
        self.layers.prior_changed.connect(self._on_prior_changed)
        self.layers.decoding.requested.connect(self.plane_requested)
        self.controls.fit_requested.connect(self._on_fit_requested)
        self.legend.hidden_changed.connect(self._on_hidden_changed)
        self.map.point_hovered.connect(self._on_map_hovered)
        self.map.point_clicked.connect(self._on_point_clicked)
        self.map.place_pointed.connect(self._on_place_pointed)
        self.map.pointing_ended.connect(self._on_pointing_ended)
        self.twin.point_hovered.connect(self._on_twin_hovered)
        self.twin.point_clicked.connect(self._on_point_clicked)
        theme.signals().changed.connect(self._on_theme_changed)
