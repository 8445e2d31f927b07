"""How the latent map is laid out, and what stands there before there is one."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from aedesk.ui.counts import grouped
from aedesk.ui.elided_label import ElidedLabel
from aedesk.ui.theme import SPACE_L, SPACE_S
from aedesk.ui.views.latent_controls import MapControls
from aedesk.ui.views.latent_legend import Legend
from aedesk.ui.views.latent_plot import PointPlot
from aedesk.ui.views.latent_time_bar import TimeBar


class MapPage(QWidget):
    """Controls, the map with its twin beside it, the legend, and a line of advice."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.controls = MapControls(self)
        self.map = PointPlot(self)
        self.twin = PointPlot(self, pointable=False)
        self.twin.set_axes(self.tr("PCA of the data"), self.tr("Second component"))
        self.legend = Legend(self)
        self.time_bar = TimeBar(self)
        self.time_bar.hide()
        self._count = QLabel(self)
        self._count.setProperty("role", "muted")
        self._hint = ElidedLabel(self, role="muted", alignment=Qt.AlignmentFlag.AlignRight)
        self._hint.set_text(self.tr("Drag to decode, right-drag to pan, scroll to zoom."))
        self._hint.setToolTip(
            self.tr(
                "Press beside the points, or drag from anywhere, to see what the network makes of "
                "that place. Pan with the right or middle button, or with the left one while Ctrl "
                "or Space is held. Zoom with the wheel. Click a point to select its sample."
            )
        )
        self._lay_out()

    def show_count(self, count: int) -> None:
        """Say how many points there are."""
        text = self.tr("1 sample") if count == 1 else self.tr("{n} samples")
        self._count.setText(text.format(n=grouped(count)))

    def _lay_out(self) -> None:
        maps, foot = QHBoxLayout(), QHBoxLayout()
        maps.addWidget(self.map, 1)
        maps.addWidget(self.twin, 1)
        foot.setContentsMargins(SPACE_S, 0, SPACE_S, SPACE_S)
        foot.setSpacing(SPACE_L)
        foot.addWidget(self._count)
        foot.addWidget(self._hint, 1)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self.controls)
        page.addLayout(maps, 1)
        page.addWidget(self.legend)
        page.addWidget(self.time_bar)
        page.addLayout(foot)


class EmptyPage(QLabel):
    """Says what will be here, and what to do for it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "muted")
        self.setWordWrap(True)
        self.setMargin(SPACE_L)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setText(
            self.tr("Each sample becomes a point where its code lies. Train or open a model to see them.")
        )
