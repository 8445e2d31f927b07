"""Signals side by side that have no table around them: the channels of a sound or an array."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from aedesk.data.named_channels import NamedChannels
from aedesk.data.sampling import Sampling
from aedesk.data.times import at_rate
from aedesk.errors import DataError

Progress = Callable[[float], None]
"""Is told how much has been done, 0…1, and raises where no more is wanted."""

_BLOCK = 1 << 18  # samples of all channels that are read or written at once


@dataclass(frozen=True, eq=False)
class Channels(NamedChannels):
    """Channels ``values`` ``[t, c]``, read from a file that is written again as a whole.

    They are in the type of numbers that the file has, or the smallest that holds them all exactly.
    ``given_rate`` is the sampling rate in Hz that a person says, which goes before what the file says.
    """

    path: Path
    names: tuple[str, ...]
    values: np.ndarray = field(repr=False)
    given_rate: float | None = field(default=None, kw_only=True)

    def __len__(self) -> int:
        return len(self.values)

    def numeric_names(self) -> tuple[str, ...]:
        return self.names

    def column(self, name: str | None = None) -> np.ndarray:
        place = self.place(self.default_name() if name is None else name)
        with np.errstate(invalid="ignore"):  # a damaged file may hold a NaN that signals
            values = self.values[:, place].astype(np.float64)
        endless = np.isinf(values)
        if endless.any():
            raise DataError(
                f"{self.path.name}, sample {int(np.argmax(endless)) + 1} is infinite. Save the file without such values."
            )
        return values

    def sampling(self) -> Sampling:
        own = self.own_sampling()
        return own if self.given_rate is None else at_rate(own, self.given_rate)

    def own_sampling(self) -> Sampling:
        """When the samples were taken as the file itself says."""
        return Sampling()

    def time_step(self) -> float | None:
        return self.sampling().step

    def with_columns(self, columns: Mapping[str, np.ndarray], samples: slice = slice(None)) -> np.ndarray:
        """All channels ``[t, c]`` as real numbers, with those that were cleaned in place of what they were.

        Where not all ``samples`` are wanted, only they are copied.
        """
        values = self.values[samples]
        found = values.astype(np.result_type(values, np.float32))
        for name, cleaned in columns.items():
            found[:, self.place(name)] = cleaned[samples]
        return found


def channel_names(count: int, alone: str) -> tuple[str, ...]:
    """What so many channels are called; a lone one ``alone``."""
    if count == 1:
        return (alone,)
    return ("left", "right") if count == 2 else tuple(f"channel {place}" for place in range(1, count + 1))


def blocks(count: int, channels: int, progress: Progress | None = None) -> Iterator[slice]:
    """Stretches of ``count`` samples, small beside the whole; what was done of them is told as they go."""
    length = max(1, _BLOCK // max(1, channels))
    for start in range(0, count, length):
        yield slice(start, min(count, start + length))
        if progress:
            progress(min(count, start + length) / count)
