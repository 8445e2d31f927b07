"""Which answer of several is shown on the signal desk: the network's, or that of a classical filter."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from aedesk.data.readable import readable
from aedesk.ui.elided_combo import ElidedCombo

if TYPE_CHECKING:
    from aedesk.analysis.removed import Removed

_WIDEST, _SURE = 30, 15  # broad letters of an answer's name that are in view where there is room, and wherever it is


@dataclass(frozen=True)
class CleanedBy:
    """A signal as one method cleans it: ``values`` ``[t]``, or None where they are to be made first.

    ``make`` makes them, in another thread: it is given what to call with the share that is done. ``error`` is about
    how far the method is from the clean signal at samples it does not see, in the signal's units, ``left`` about how
    far ``values`` are from it, ``setting`` what the method was set to, in words, ``note`` what is to be
    known of it and a sentence on what it removed, ``remark`` the former alone, ``verdict`` a few words on the latter, ``ratio`` its estimated signal-to-noise ratio in dB, and ``removed``
    what was found in what it removed.
    """

    title: str
    values: np.ndarray | None
    error: float
    setting: str = ""
    note: str = ""
    left: float | None = None
    verdict: str = ""
    ratio: float | None = None
    removed: "Removed | None" = None
    remark: str = ""
    make: Callable[[Callable[[float], None]], np.ndarray] | None = field(default=None, repr=False)


def best_first(answers: Sequence[CleanedBy], ratios: Sequence[float | None] | None = None) -> list[int]:
    """The places of answers in the order they are listed in: by the ratios in dB that are told of them, or estimated.

    Where one has none, all are listed by their errors at samples that they do not see.
    """
    told = [answer.ratio for answer in answers] if ratios is None else ratios
    errors = [answer.error for answer in answers]
    if any(ratio is None for ratio in told):
        return sorted(range(len(answers)), key=errors.__getitem__)
    return sorted(range(len(answers)), key=lambda place: (-told[place], errors[place]))


class AnswerChooser(QWidget):
    """A short list of answers for a low place, the best first; hidden while there is only one.

    Signals: ``chosen`` carries the place of an answer in what was given to `show_answers`.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = ElidedCombo(self)
        self.list.setAccessibleName(self.tr("Cleaned by"))
        self.list.setToolTip(
            self.tr(
                "Compare the network with classical filters, the best signal-to-noise ratio first. What you choose is "
                "shown and exported."
            )
        )
        self.list.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.list.setMaximumWidth(self.fontMetrics().averageCharWidth() * _WIDEST + 48)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.list)
        self.list.activated.connect(lambda place: self.chosen.emit(self.list.itemData(place)))
        self.hide()

    def show_answers(
        self, answers: Sequence[CleanedBy], unit: str, shown: int, ratios: Sequence[float | None] | None = None
    ) -> None:
        """List them as ``AnswerTable`` does; ``shown`` is the place of the one that is in view."""
        order = best_first(answers, ratios)
        with QSignalBlocker(self.list):
            self.list.clear()
            for place in order:
                answer = answers[place]
                error = f"{readable(answer.error)} {unit}".strip()
                told = self.tr("Blind error {error}").format(error=error)
                self.list.addItem(answer.title, place)
                tip = f"{told}; {answer.setting}" if answer.setting else told
                self.list.setItemData(self.list.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
            longest = max((len(answer.title) for answer in answers), default=0)
            self.list.setMinimumContentsLength(min(longest, _SURE))
            self.list.setCurrentIndex(order.index(shown) if order else -1)
        self.setVisible(len(answers) > 1)
