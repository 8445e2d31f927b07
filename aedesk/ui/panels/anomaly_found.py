"""What the page of anomalies shows: scores, their threshold, and the stretches above it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aedesk.ui.views.extremes import Extremes

if TYPE_CHECKING:
    from aedesk.analysis.anomalies import Marked


@dataclass(frozen=True, eq=False)
class AnomaliesFound:
    """How unlike the normal a signal ``values`` ``[t]`` is.

    ``scores`` ``[t]`` are NaN where there is none. ``rate`` is the share of normal samples that may lie above the
    ``threshold``, None where a person chose it. ``stretches`` lie above it, and ``odd`` are their samples, made
    ready to be drawn, as are the scores. ``from_itself`` says that no normal recording was there to tell the
    threshold from, so that most of this one is taken to be normal, and ``misfit`` that most of it is marked.
    ``strange`` are sentences on what is unlike the recording that the model learned from.
    """

    values: np.ndarray
    scores: Extremes
    threshold: float
    rate: float | None
    stretches: "Sequence[Marked]"
    odd: Extremes
    from_itself: bool = False
    misfit: bool = False
    strange: tuple[str, ...] = ()

    def share(self) -> float:
        """How much of what has a score is marked."""
        known = int(np.isfinite(self.scores.values).sum())
        return sum(one.stop - one.start for one in self.stretches) / max(1, known)


def odd_samples(values: np.ndarray, stretches: "Sequence[Marked]") -> Extremes:
    """The samples of marked stretches as float32, NaN for all others."""
    odd = np.full(len(values), np.nan, np.float32)
    for one in stretches:
        odd[one.start : one.stop] = values[one.start : one.stop]
    return Extremes(odd)
