"""What is in view on the signal desk: a signal, what became of it, and how much of that is taken."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from aedesk.data.sampling import Sampling
from aedesk.data.timeline import Timeline

if TYPE_CHECKING:
    from aedesk.analysis.removed import Removed
    from aedesk.data.recording_file import RecordingFile


@dataclass(frozen=True, eq=False)
class Seen:
    """A column or channel as every page of the desk shows it.

    ``before`` ``[t]`` is what was recorded, NaN where a value is missing, with ``step`` seconds
    between samples where that is known. ``full`` ``[t]`` is the answer that was chosen, None where
    nothing was cleaned, ``by`` its name and ``share`` how much of its noise is taken off, from 0 to 1.
    ``left`` is about how far that answer is from the clean signal (root mean square, in ``unit``)
    where that is estimated, and ``judged`` what was found in what it removes where the method itself was asked.
    ``reference`` ``[t]`` is the clean signal where there is one. ``stretch``
    are the first sample of a chosen stretch and the one behind its last; a ``sound`` can be heard. ``silence`` are
    those of a stretch that has nothing but noise, of the standard deviation ``noise``, where one was named.
    ``taken`` says when the samples were taken, and ``table`` is the file, which has other columns as well.
    ``rate`` is the one in Hz that a model is to be given it at, 0 for its own.
    """

    name: str
    unit: str
    step: float | None
    before: np.ndarray
    full: np.ndarray | None = None
    by: str = ""
    share: float = 1.0
    left: float | None = None
    judged: "Removed | None" = None
    reference: np.ndarray | None = None
    stretch: tuple[int, int] | None = None
    sound: bool = False
    silence: tuple[int, int] | None = None
    noise: float | None = None
    taken: Sampling | None = None
    table: "RecordingFile | None" = None
    rate: float = 0.0

    @property
    def label(self) -> str:
        """Its name with its unit, for an axis."""
        return f"{self.name} ({self.unit})" if self.unit and self.unit not in self.name else self.name

    @cached_property
    def sampling(self) -> Sampling:
        """When the samples were taken: every ``step`` seconds where nothing else is known."""
        return self.taken or Sampling(self.step)

    @cached_property
    def after(self) -> np.ndarray | None:
        """What is shown and exported: the mixture of before and the answer ``[t]``."""
        return None if self.full is None else mixed(self.before, self.full, self.share)

    @cached_property
    def removed(self) -> np.ndarray | None:
        """Before without after, ``[t]``, float32."""
        if self.after is None:
            return None
        with np.errstate(over="ignore", invalid="ignore"):  # a value too large for float32 is as good as missing
            return (self.before - self.after).astype(np.float32)

    @property
    def timeline(self) -> Timeline:
        """Where the samples lie along the axis of time, which all pages have in common."""
        return self.sampling.timeline

    def parts(self) -> dict[str, np.ndarray]:
        """Before, after and removed by their names, as far as there are any."""
        found = {"before": self.before, "after": self.after, "removed": self.removed}
        return {name: values for name, values in found.items() if values is not None}


def mixed(before: np.ndarray, full: np.ndarray, share: float) -> np.ndarray:
    """A signal ``[t]`` with that share of what an answer takes off."""
    return full if share == 1 else before + share * (full - before)
