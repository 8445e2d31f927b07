"""What the head on the code tells of the samples: labels, or a number."""

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from aedesk.ui.counts import grouped
from aedesk.ui.elided_label import ElidedLabel
from aedesk.ui.theme import SPACE_L, SPACE_M, SPACE_S, SPACE_XS
from aedesk.ui.views.confusion_counts import Confusion, confusion, explained
from aedesk.ui.views.confusion_matrix import ConfusionMatrix
from aedesk.ui.views.confusion_numbers import NumbersPlot

if TYPE_CHECKING:
    from aedesk.data.dataset import Dataset
    from aedesk.models.head import Needs
    from aedesk.training.events import Snapshot


class AnswersView(QWidget):
    """A confusion matrix of a classifier, or what a regressor told against what is true.

    It looks at the same samples as the map. Signals: ``samples_requested`` has the data set's rows
    ``[m]`` that a person wants to see.
    """

    samples_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dataset: Dataset | None = None
        self._needs: Needs | None = None
        self._confusion: Confusion | None = None
        self._numbered = np.empty(0, np.int64)  # the data set's rows of the points on the plot
        self.words = ElidedLabel(self, characters=24)
        self.words.setToolTip(
            self.tr("Counted over the samples on the latent map. Choose there which part of the data it shows.")
        )
        self.percent = QToolButton(self)
        self.percent.setText(self.tr("Percent"))
        self.percent.setCheckable(True)
        self.percent.setToolTip(
            self.tr("Writes shares of each label's samples instead of counts. Large cells have both.")
        )
        self.matrix, self.numbers = ConfusionMatrix(self), NumbersPlot(self)
        self._empty = QLabel(self)
        self._empty.setProperty("role", "muted")
        self._empty.setWordWrap(True)
        self._empty.setMargin(SPACE_L)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setText(
            self.tr("See here what the model tells of each sample beside the reconstruction, once it learns.")
        )
        self._scroller = QScrollArea(self)
        self._scroller.setFrameShape(QFrame.Shape.NoFrame)
        self._scroller.setWidgetResizable(True)
        self._scroller.setWidget(self.matrix)
        self._scroller.viewport().setAutoFillBackground(False)
        self.matrix.setAutoFillBackground(False)
        self._pages = QStackedWidget(self)
        for page in (self._empty, self._scroller, self.numbers):
            self._pages.addWidget(page)
        self._lay_out()
        self.percent.toggled.connect(self.matrix.show_percent)
        self.matrix.cell_clicked.connect(self._on_cell_clicked)
        self.numbers.point_clicked.connect(self._on_point_clicked)
        self.clear()

    def show_needs(self, needs: "Needs | None") -> None:
        """What the model's head tells: ``labels``, ``targets`` (a number), or nothing."""
        if needs != self._needs:
            self._needs = needs
            self._prepare()

    def show_dataset(self, dataset: "Dataset") -> None:
        """Take the truth from this data set from now on."""
        self._dataset = dataset
        self._prepare()

    def show_snapshot(self, snapshot: "Snapshot") -> None:
        """Show what it tells of its points."""
        dataset, answers = self._dataset, snapshot.answers
        if dataset is None or answers is None or snapshot.points.max(initial=-1) >= len(dataset.inputs):
            return
        if self._needs == "labels" and dataset.labels is not None and answers.shape[1] == dataset.classes:
            self._show_labels(dataset, snapshot)
        elif self._needs == "targets" and dataset.targets is not None and answers.shape[1] == 1:
            self._show_numbers(dataset, snapshot)

    def clear(self) -> None:
        """Forget the data set and what was told of it."""
        self._dataset = None
        self._prepare()

    def _prepare(self) -> None:
        """Show nothing, and get ready for what will be told."""
        dataset = self._dataset
        self._confusion, self._numbered = None, np.empty(0, np.int64)
        self.words.set_text("")
        self.percent.setVisible(self._needs == "labels")
        self.matrix.show_names(dataset.label_names if dataset else ())
        self.numbers.show_name((dataset.target_name if dataset else "") or self.tr("Number"))
        self._pages.setCurrentWidget(self._empty)

    def _show_labels(self, dataset: "Dataset", snapshot: "Snapshot") -> None:
        labels = dataset.labels[snapshot.points]
        counted = self._confusion = confusion(snapshot.points, labels, snapshot.answers, dataset.classes)
        self.matrix.show_confusion(counted)
        total = int(counted.counts.sum())
        share = f"{100 * counted.accuracy:.1f}" if total else "–"
        text = {
            "train": self.tr("{share} % right of {n} training samples"),
            "validation": self.tr("{share} % right of {n} validation samples"),
            "test": self.tr("{share} % right of {n} test samples"),
            "all": self.tr("{share} % right of all {n} samples"),
        }.get(dataset.part_of(snapshot.points) or "", self.tr("{share} % right of {n} samples"))
        self.words.set_text(text.format(share=share, n=grouped(total)))
        self._pages.setCurrentWidget(self._scroller)

    def _show_numbers(self, dataset: "Dataset", snapshot: "Snapshot") -> None:
        unscaled = dataset.target_scaler.unscaled if dataset.target_scaler else np.asarray
        told = unscaled(snapshot.answers[:, 0])
        truths = unscaled(dataset.targets.numpy()[snapshot.points])
        finite = np.isfinite(told) & np.isfinite(truths)
        fit = not len(self._numbered)
        self._numbered = snapshot.points[finite]
        told, truths = told[finite].astype(np.float64), truths[finite].astype(np.float64)
        self.numbers.show_numbers(truths, told, fit)
        text = {
            "train": self.tr("R² {explained} over {n} training samples, {error} off on average"),
            "validation": self.tr("R² {explained} over {n} validation samples, {error} off on average"),
            "test": self.tr("R² {explained} over {n} test samples, {error} off on average"),
            "all": self.tr("R² {explained} over all {n} samples, {error} off on average"),
        }.get(
            dataset.part_of(snapshot.points) or "",
            self.tr("R² {explained} over {n} samples, {error} off on average"),
        )
        error = float(np.abs(told - truths).mean()) if len(told) else float("nan")
        self.words.set_text(
            text.format(
                explained=_shown(explained(truths, told), ".3f"), n=grouped(len(told)), error=_shown(error, ".3g")
            )
        )
        self._pages.setCurrentWidget(self.numbers)

    def _lay_out(self) -> None:
        header = QHBoxLayout()
        header.setSpacing(SPACE_S)
        header.addWidget(self.words, 1)
        header.addWidget(self.percent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_M, SPACE_XS, SPACE_M, SPACE_S)
        layout.setSpacing(SPACE_XS)
        layout.addLayout(header)
        layout.addWidget(self._pages, 1)

    @Slot(int, int)
    def _on_cell_clicked(self, label: int, told: int) -> None:
        if self._confusion is not None:
            self.samples_requested.emit(self._confusion.rows_of(label, told))

    @Slot(int)
    def _on_point_clicked(self, point: int) -> None:
        self.samples_requested.emit(self._numbered[point : point + 1])


def _shown(value: float, form: str) -> str:
    return format(value, form) if np.isfinite(value) else "–"
