"""What the network gives back of a few samples, in the picture that suits their form."""

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from aedesk.ui.theme import SPACE_M, SPACE_S
from aedesk.ui.views.compared import compared
from aedesk.ui.views.image_rows import ImageRows
from aedesk.ui.views.signal_overlay import SignalOverlay
from aedesk.ui.views.table_rows import TableRows
from aedesk.ui.views.value_scatter import ValueScatter
from aedesk.ui.views.word_rows import WordRows

if TYPE_CHECKING:
    from aedesk.data.dataset import Dataset
    from aedesk.training.events import Snapshot

_View = ImageRows | SignalOverlay | ValueScatter | TableRows | WordRows


class ReconstructionsView(QWidget):
    """Images in rows, signals as curves, words by letters, tables by features; and which samples.

    Signals:
        choice_changed: the samples chosen now: ``first``, ``random``, ``worst`` or ``selected``.
        draw_again_requested: other random samples are wanted.
        count_changed: how many samples there is room for, when that changes.
    """

    choice_changed = Signal(str)
    draw_again_requested = Signal()
    count_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dataset: Dataset | None = None
        self._count = 0
        self.images, self.windows = ImageRows(self), SignalOverlay(self)
        self.values, self.table, self.words = ValueScatter(self), TableRows(self), WordRows(self)
        self._empty = QLabel(self)
        self._empty.setProperty("role", "muted")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._pages = QStackedWidget(self)
        for page in (self._empty, self.images, self.windows, self.values, self.table, self.words):
            self._pages.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_M, SPACE_S, SPACE_M, SPACE_S)
        layout.setSpacing(SPACE_S)
        layout.addLayout(self._header())
        layout.addWidget(self._pages, 1)
        self.images.count_changed.connect(self._tell_count)
        self.windows.count_changed.connect(self._tell_count)
        self.words.count_changed.connect(self._tell_count)
        self._view: _View = self.images
        self._count = self.column_count()
        self.clear()

    def show_dataset(self, dataset: "Dataset | None") -> None:
        """Get ready for the samples of a data set, or of none."""
        self._dataset = dataset
        self.clear()
        if dataset is None:
            return
        self._view = self._view_for(dataset)
        self._view.show_dataset(dataset)
        self._tell_count()

    def show_snapshot(self, snapshot: "Snapshot", twin: np.ndarray | None) -> None:
        """Show the watched samples.

        ``twin`` is PCA's reconstruction ``[r, *shape]`` of the same corrupted rows, scaled.
        """
        dataset = self._dataset
        # A snapshot may still be on its way when its data set is gone.
        if dataset is None or snapshot.reconstructed.shape[1:] != dataset.shape:
            return
        if not len(snapshot.rows) or int(snapshot.rows.max()) >= len(dataset.inputs):
            return
        self._view.show_samples(compared(dataset, snapshot, twin))
        self._pages.setCurrentWidget(self._view)

    def clear(self) -> None:
        """Show nothing but what will be seen here."""
        for view in (self.images, self.windows, self.values, self.table, self.words):
            view.clear()
        self._empty.setText(
            self.tr("Press Train, and see here what the network gives back of a few samples.")
        )
        self._pages.setCurrentWidget(self._empty)

    def choice(self) -> str:
        """Which samples are shown: ``first``, ``random``, ``worst`` or ``selected``."""
        return self._choice.currentData()

    def set_choice(self, choice: str) -> None:
        """Choose the samples without saying so: something else has chosen."""
        with QSignalBlocker(self._choice):
            self._choice.setCurrentIndex(self._choice.findData(choice))
        self._again.setVisible(choice == "random")

    def column_count(self) -> int:
        """How many samples there is room for."""
        return self._view.column_count()

    def _header(self) -> QHBoxLayout:
        self._choice = QComboBox(self)
        for key, text in (
            ("first", self.tr("First samples")),
            ("random", self.tr("Random samples")),
            ("worst", self.tr("Worst samples")),
            ("selected", self.tr("Selected samples")),
        ):
            self._choice.addItem(text, key)
        self._choice.setAccessibleName(self.tr("Samples"))
        self._choice.setToolTip(
            self.tr(
                "Which samples to show: the first ones, random ones, those the network is worst at, "
                "or those you clicked on the map."
            )
        )
        self._again = QPushButton(self.tr("Draw again"), self)
        self._again.setToolTip(self.tr("Show other random samples."))
        self._again.hide()
        self._choice.currentIndexChanged.connect(self._on_choice_changed)
        self._again.clicked.connect(self.draw_again_requested)
        line = QHBoxLayout()
        line.setSpacing(SPACE_S)
        line.addWidget(self._choice)
        line.addWidget(self._again)
        line.addWidget(self.table.stepper)
        line.addStretch()
        return line

    def _view_for(self, dataset: "Dataset") -> _View:
        match dataset.form:
            case "image":
                return self.images
            case "signal":
                return self.values if dataset.shape == (1,) else self.windows
            case "table":
                return self.table
            case "words":
                return self.words

    def _tell_count(self) -> None:
        count = self.column_count()
        if count != self._count:
            self._count = count
            self.count_changed.emit(count)

    def _on_choice_changed(self) -> None:
        self._again.setVisible(self.choice() == "random")
        self.choice_changed.emit(self.choice())
