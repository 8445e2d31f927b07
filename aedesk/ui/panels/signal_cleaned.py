"""What became of one column on the signal desk: answers, the one that is chosen, and how much of it is taken."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from aedesk.data.recording_file import SOUNDS
from aedesk.ui.panels.signal_answers import CleanedBy
from aedesk.ui.panels.signal_file import OpenColumn
from aedesk.ui.panels.signal_seen import Seen, mixed
from aedesk.ui.panels.signal_silence import Silence

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


def seen_of(
    column: OpenColumn,
    cleaned: CleanedColumn | None,
    reference: np.ndarray | None,
    stretch: tuple[int, int] | None,
    silence: Silence | None,
    rate: float,
) -> Seen | None:
    """What the pages show of a column and what became of it, or None where there is nothing to see.

    ``rate`` is as in ``Seen``.
    """
    if column.values is None or column.missing == len(column.values):
        return None
    seen = Seen(
        column.name,
        column.unit,
        column.step,
        column.values,
        reference=reference,
        stretch=stretch,
        silence=None if silence is None else silence.rows,
        noise=None if silence is None else silence.level,
        sound=column.table.path.suffix.lower() in SOUNDS,
        taken=column.sampling,
        table=column.table,
        rate=rate,
    )
    if cleaned is None:
        return seen
    answer = cleaned.answer
    return replace(
        seen, full=answer.values, by=answer.title, share=cleaned.share, left=answer.left, judged=answer.removed
    )


def _root_mean_square(before: np.ndarray, after: np.ndarray) -> float:
    """Of the difference of two signals ``[t]``, piece by piece: a long one needs no copy."""
    total, count = 0.0, 0
    for start in range(0, len(before), _PIECE):
        apart = before[start : start + _PIECE] - after[start : start + _PIECE]
        finite = np.isfinite(apart)
        apart = apart if finite.all() else apart[finite]
        total, count = total + float(apart @ apart), count + len(apart)
    return float(np.sqrt(total / count)) if count else 0.0
