"""The clean signal beside the column in view on the signal desk, read in another thread where one is named."""

from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, Signal

from aedesk.ui.latest_work import LatestWork
from aedesk.ui.panels.signal_file import OpenColumn
from aedesk.ui.panels.signal_learning import LearnLine


class CleanSignal(QObject):
    """Follows what is named on the line of what is to be learned from.

    One that cannot be read, or does not lie beside the column row by row, is none.

    Signals:
        changed: the clean signal ``[t]`` of the column in view, or None from the moment on in which another column,
            another clean signal or none is chosen.
        unfit: why what was chosen is none, in a sentence; "" once something else is chosen.
    """

    changed = Signal(object)
    unfit = Signal(str)

    def __init__(self, learning: LearnLine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._learning = learning
        self._there = self._is_unfit = False
        self._later = LatestWork(self)
        self._later.done.connect(self._on_read)
        self._later.failed.connect(self._on_unfit)
        learning.reference_changed.connect(self._on_reference_changed)

    def _on_reference_changed(self) -> None:
        self._later.forget()
        if self._there:
            self._on_read(None)
        if self._is_unfit:
            self._on_unfit("")
        column, (name, file) = self._learning.column(), self._learning.reference()
        if column is not None and column.usable() and (name or file):
            self._later.ask(_beside, column, name, file)

    def _on_read(self, values: np.ndarray | None) -> None:
        self._there = values is not None
        self.changed.emit(values)

    def _on_unfit(self, sentence: str) -> None:
        self._is_unfit = bool(sentence)
        self.unfit.emit(sentence)


def _beside(column: OpenColumn, name: str, file: str) -> np.ndarray | None:
    """The clean signal of a column, or None where it cannot be compared with that in any row."""
    from aedesk.data.chosen_channels import clean_names
    from aedesk.data.recording_file import read_recording
    from aedesk.errors import DataError

    table = read_recording(Path(file)) if file else column.table
    names = clean_names(table, name, (column.name,))
    clean = table.column(names[0])
    if len(names) > 1:
        return None
    if clean.shape != column.values.shape:
        raise DataError(
            f"The clean signal has {len(clean)} samples, and the noisy one {len(column.values)}: "
            "they have to lie beside each other, row by row. Choose another one."
        )
    return clean if (np.isfinite(clean) & np.isfinite(column.values)).any() else None
