"""Recorded noise: stretches of a person's own recording of nothing but noise."""

from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar, Literal

import numpy as np

from aedesk.data.corruption import AddedNoise
from aedesk.data.source import Form
from aedesk.data.sources.signal import Signal
from aedesk.data.windowed import whole_stretches, whole_windows
from aedesk.errors import DataError
from aedesk.options import option

if TYPE_CHECKING:
    import torch
    from torch import Tensor

_FINEST = 10_000  # the largest number that a ratio of sampling rates is written with


class Recorded(AddedNoise):
    """Stretches at random places of a recording of noise, read once; its mean is taken off.

    The level is that of the whole recording, so that quieter stretches of it stay quieter.
    """

    title: ClassVar[str] = "Recorded noise (dB)"
    summary: ClassVar[str] = (
        "Stretches of a recording of your own noise: a room, a motor, an electrode without its patient. "
        "What the network learned to take off is then what you have."
    )
    kind: Literal["recorded"] = "recorded"
    file: str = option(
        "",
        "File",
        "The recording of noise: a CSV file, a sound (WAV, FLAC, OGG) or a NumPy array. A name without a folder "
        "may also be one of the shipped examples.",
    )
    column: str = option(
        "",
        "Column",
        "The column or channel that is the noise. Left empty, the first of numbers that is not a time.",
    )
    rate: float = option(
        0.0,
        "Rate of the data",
        "How many samples per second the data have: noise recorded at another rate is brought to it. "
        "0 takes the noise sample for sample, as if both had one rate.",
        unit="Hz",
        ge=0,
        le=1e9,
    )

    def misfit(self, form: Form) -> str | None:
        if form == "signal" and not self.file:
            return "Choose the file that the noise was recorded in."
        return super().misfit(form)

    def noise(self, x: "Tensor", generator: "torch.Generator") -> "Tensor":
        import torch

        source = Signal(file=self.file, column=self.column)
        values, starts = _ready(source, self.rate, source.stamp(), x.shape[1], str(x.device))
        drawn = torch.randint(len(starts), (len(x), 1), generator=generator, device=x.device)
        return values[starts[drawn] + torch.arange(x.shape[1], device=x.device)]


@lru_cache(maxsize=4)
def _ready(
    source: Signal, rate: float, stamp: object, length: int, device: str
) -> "tuple[Tensor, Tensor]":
    """The noise ``[t]`` on a device, and where its stretches of that length without a gap begin.

    ``stamp`` has it read anew where the file has changed.
    """
    import torch

    values = _read(source, rate)
    starts = np.flatnonzero(whole_windows(values, length))
    if not len(starts):
        raise DataError(
            f"The noise in {source.file} has no stretch of {length} samples without a gap, which is what a sample "
            "takes. Choose a longer recording of noise, or a shorter window."
        )
    return torch.from_numpy(values).to(device), torch.from_numpy(starts).to(device)


def _read(source: Signal, rate: float) -> np.ndarray:
    """The noise as float32 ``[t]`` at that rate with a mean of 0 and a power of 1, its stretches with a gap between them.

    Several channels come one after the other.
    """
    recording = source.read()
    if rate and not recording.step:
        raise DataError(
            f"{source.file} does not tell its sampling rate, so that its noise cannot be brought to {rate:g} Hz. "
            "Set the rate of the data to 0 to take it sample for sample."
        )
    ratio = Fraction(rate * recording.step).limit_denominator(_FINEST) if rate and recording.step else Fraction(1)
    stretches: list[np.ndarray] = []
    for channel in recording.values.astype(np.float64).reshape(len(recording.values), -1).T:
        channel = channel - np.nanmean(channel)
        for part in whole_stretches(channel, recording.sampling.breaks):
            stretches += [_resampled(channel[part], ratio), np.array([np.nan])]
    values = np.concatenate(stretches)
    power = float(np.nanmean(np.square(values)))
    if not power:
        raise DataError(f"The noise in {source.file} never changes, so there is none. Choose another recording.")
    return (values / np.sqrt(power)).astype(np.float32)


def _resampled(values: np.ndarray, ratio: Fraction) -> np.ndarray:
    """A stretch ``[t]`` with so many samples for each of its own."""
    from scipy.signal import resample_poly

    if ratio == 1:
        return values
    return resample_poly(values, ratio.numerator, ratio.denominator, padtype="line")
