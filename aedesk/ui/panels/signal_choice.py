"""The choice of an answer on the signal desk: one that is still to be made is made in the background first."""

from functools import partial

import numpy as np
from PySide6.QtCore import QObject, Signal

from aedesk.ui.panels.signal_busy import DeskBusy
from aedesk.ui.panels.signal_cleaned import CleanedColumn
from aedesk.ui.work import Work


class AnswerChoice(QObject):
    """Signals: ``changed`` when another answer is in view, or the one that was wanted will not be."""

    changed = Signal()

    def __init__(self, background: DeskBusy, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._making: Work | None = None

    def choose(self, cleaned: CleanedColumn, place: int) -> None:
        """Have the answer at this place in view. What else is being done goes on, and is waited for."""
        answer = cleaned.answers[place]
        if self._making is not None and self._background.work is self._making:
            self._background.cancel()  # another was wanted
        if answer.make is not None and answer.values is None and self._background.work is None:
            note = self.tr("Cleaning by {name}…").format(name=answer.title)
            self._background.start(note, partial(self._on_made, cleaned, place), answer.make, progress=True)
            self._making = self._background.work
            return
        if answer.values is not None:
            cleaned.place = place
        self.changed.emit()

    def _on_made(self, cleaned: CleanedColumn, place: int, values: np.ndarray) -> None:
        cleaned.take(place, values)
        self.changed.emit()
