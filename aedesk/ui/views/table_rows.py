"""Rows of a table, one at a time: each feature's original against its reconstruction."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from aedesk.ui.elided_label import ElidedLabel
from aedesk.ui.theme import SPACE_S
from aedesk.ui.views.compared import Compared, error_text, typical_range
from aedesk.ui.views.curve_key import CurveKey
from aedesk.ui.views.feature_rows import STYLES, FeatureRows
from aedesk.ui.views.stepper import Stepper

if TYPE_CHECKING:
    from aedesk.data.dataset import Dataset

COUNT = 12


class TableRows(QWidget):
    """Shows one row of a table at a time, and steps through those that are watched.

    ``stepper`` is for the line above. ``words`` tells about the row that is shown, its error first.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._samples: Compared | None = None
        self.stepper = Stepper(self)
        self.words = ElidedLabel(self, characters=24, role="muted")
        self.key = CurveKey(self, switches=False)
        self.features = FeatureRows(self)
        for name, text in (
            ("original", self.tr("Original")),
            ("corrupted", self.tr("Corrupted")),
            ("reconstructed", self.tr("Reconstruction")),
            ("twin", self.tr("PCA")),
        ):
            self.key.add(name, text, STYLES[name])
        scroller = QScrollArea(self)
        scroller.setWidgetResizable(True)
        scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroller.setWidget(self.features)
        scroller.viewport().setAutoFillBackground(False)
        self.features.setAutoFillBackground(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_S)
        layout.addWidget(self.words)
        layout.addWidget(self.key)
        layout.addWidget(scroller, 1)
        self.stepper.place_changed.connect(self._on_place_changed)

    def show_dataset(self, dataset: "Dataset") -> None:
        """Get ready for the rows of a data set."""
        low, high = typical_range(dataset, per_feature=True)
        count = dataset.shape[0]
        names = dataset.feature_names or tuple(str(place + 1) for place in range(count))
        self.features.show_features(names, low, high)
        self.clear()

    def show_samples(self, samples: Compared) -> None:
        """Show what became of some rows, staying at the place that is shown."""
        self._samples = samples
        self.stepper.set_count(len(samples))
        self.key.set_present("corrupted", samples.corrupted is not None)
        self.key.set_present("twin", samples.twin is not None)
        self.key.set_text("twin", self.tr("PCA with {n}").format(n=samples.twin_size))
        self._on_place_changed(self.stepper.place())

    def clear(self) -> None:
        """Show nothing."""
        self._samples = None
        self.stepper.set_count(0)
        self.words.set_text("")
        self.features.show_sample(None, 0)

    def column_count(self) -> int:
        """How many rows there are to step through."""
        return COUNT

    def _on_place_changed(self, place: int) -> None:
        samples = self._samples
        if samples is None:
            return
        text = self.tr("Error {error} in row {row}")
        if samples.labels[place]:
            text = self.tr("Error {error} in row {row}, “{label}”")
        if samples.twin_errors is not None:
            text = self.tr("Error {error}, PCA {twin} in row {row}")
            if samples.labels[place]:
                text = self.tr("Error {error}, PCA {twin} in row {row}, “{label}”")
        self.words.set_text(
            text.format(
                row=int(samples.rows[place]),
                label=samples.labels[place],
                error=error_text(samples.errors[place]),
                twin="" if samples.twin_errors is None else error_text(samples.twin_errors[place]),
            )
        )
        self.features.show_sample(samples, place)
