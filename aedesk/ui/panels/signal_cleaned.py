"""What became of one column on the signal desk: answers, the one that is chosen, and how much of it is taken."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from aedesk.ui.panels.signal_answers import CleanedBy
from aedesk.ui.panels.signal_seen import mixed

_PIECE = 262_144  # samples


class CleanedColumn:
    """The answers for a column ``before`` ``[t]``, of which the network's is the first.

    ``share`` from 0 to 1 is how much of the noise is taken off, ``model_note`` what was said of the
    model that cleaned it.
    """

    def __init__(self, before: np.ndarray, answer: CleanedBy, model_note: str) -> None:
        self.before, self.model_note = before, model_note
        self.answers = [answer]
        self.place = 0
        self.share = 1.0
        self._ratios: tuple[tuple[int, tuple[int, ...]] | None, list[float | None]] = (None, [])
        self._amounts: dict[int, float] = {}

    @property
    def answer(self) -> CleanedBy:
        """The answer that is chosen."""
        return self.answers[self.place]

    def compare(self, answers: Sequence[CleanedBy]) -> bool:
        """Have these to choose from, if the first of them is the network's answer; whether it is."""
        fits = bool(answers) and answers[0].values is self.answers[0].values
        if fits:
            self.answers = list(answers)
        return fits

    def take(self, place: int, values: np.ndarray) -> None:
        """Choose an answer that was made just now. One that was made before it is let go: each is as long as the signal."""
        self.answers = [replace(one, values=None) if one.make else one for one in self.answers]
        self.answers[place] = replace(self.answers[place], values=values)
        self.place = place

    def values(self) -> np.ndarray:
        """What is shown and exported, ``[t]``."""
        return mixed(self.before, self.answer.values, self.share)

    def true_ratios(self, reference: np.ndarray) -> list[float | None]:
        """The signal-to-noise ratio of every answer in dB, by the clean signal ``[t]``; None of one still to be made."""
        from aedesk.analysis.quality import quality_by_reference

        key = id(reference), tuple(id(answer.values) for answer in self.answers)
        if self._ratios[0] != key:
            made = [one.values for one in self.answers]
            found = [None if one is None else quality_by_reference(reference, self.before, one) for one in made]
            self._ratios = key, [one.after if one else None for one in found]
        return self._ratios[1]

    def amount(self) -> float:
        """How much is removed: a root mean square, in the signal's units."""
        if self.place not in self._amounts:
            self._amounts[self.place] = _root_mean_square(self.before, self.answer.values)
        return self.share * self._amounts[self.place]


def _root_mean_square(before: np.ndarray, after: np.ndarray) -> float:
    """Of the difference of two signals ``[t]``, piece by piece: a long one needs no copy."""
    total, count = 0.0, 0
    for start in range(0, len(before), _PIECE):
        apart = before[start : start + _PIECE] - after[start : start + _PIECE]
        finite = np.isfinite(apart)
        apart = apart if finite.all() else apart[finite]
        total, count = total + float(apart @ apart), count + len(apart)
    return float(np.sqrt(total / count)) if count else 0.0
