"""What became of one column on the signal desk: answers, the one that is chosen, and how much of it is taken."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from aedesk.data.recording_file import SOUNDS
from aedesk.ui.panels.signal_answers import CleanedBy
from aedesk.ui.panels.signal_file import OpenColumn
from aedesk.ui.panels.signal_seen import Seen, mixed

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
        self._ratios: tuple[tuple[int, int] | None, list[float]] = (None, [])
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

    def values(self) -> np.ndarray:
        """What is shown and exported, ``[t]``."""
        return mixed(self.before, self.answer.values, self.share)

    def true_ratios(self, reference: np.ndarray) -> list[float]:
        """The signal-to-noise ratio of every answer in dB, by the clean signal ``[t]``."""
        from aedesk.analysis.quality import quality_by_reference

        key = id(reference), len(self.answers)
        if self._ratios[0] != key:
            found = [quality_by_reference(reference, self.before, answer.values) for answer in self.answers]
            self._ratios = key, [one.after if one else float("nan") for one in found]
        return self._ratios[1]

    def amount(self) -> float:
        """How much is removed: a root mean square, in the signal's units."""
        if self.place not in self._amounts:
            self._amounts[self.place] = _root_mean_square(self.before, self.answer.values)
        return self.share * self._amounts[self.place]


def seen_of(
    column: OpenColumn,
    cleaned: CleanedColumn | None,
    reference: np.ndarray | None,
    stretch: tuple[int, int] | None,
    rate: float,
) -> Seen:
    """What the pages show of a column that has values, and of what became of it; ``rate`` as in ``Seen``."""
    assert column.values is not None
    seen = Seen(
        column.name,
        column.unit,
        column.step,
        column.values,
        reference=reference,
        stretch=stretch,
        sound=column.table.path.suffix.lower() in SOUNDS,
        taken=column.sampling,
        table=column.table,
        rate=rate,
    )
    if cleaned is None:
        return seen
    answer = cleaned.answer
    return replace(seen, full=answer.values, by=answer.title, share=cleaned.share, left=answer.left)


def _root_mean_square(before: np.ndarray, after: np.ndarray) -> float:
    """Of the difference of two signals ``[t]``, piece by piece: a long one needs no copy."""
    total, count = 0.0, 0
    for start in range(0, len(before), _PIECE):
        apart = before[start : start + _PIECE] - after[start : start + _PIECE]
        finite = np.isfinite(apart)
        apart = apart if finite.all() else apart[finite]
        total, count = total + float(apart @ apart), count + len(apart)
    return float(np.sqrt(total / count)) if count else 0.0
