"""Gaussian noise given as a signal-to-noise ratio."""

from typing import TYPE_CHECKING, ClassVar, Literal

from aedesk.data.corruption import Corruption, amounts
from aedesk.options import option

if TYPE_CHECKING:
    import torch


class NoiseLevel(Corruption):
    """Normally distributed noise whose power is set against the power of the data."""

    title: ClassVar[str] = "Noise at a level (dB)"
    summary: ClassVar[str] = "Random noise, as strong against the signal as you say in decibels."
    kind: Literal["noise-level"] = "noise-level"
    snr_db: float = option(
        6.0,
        "Signal to noise",
        "Signal power over noise power. 6 dB is a quarter as much noise as signal; 0 dB is as much.",
        unit="dB",
        ge=-30,
        le=80,
    )
    least: float | None = option(
        None,
        "Least signal to noise",
        "Every sample draws a level of its own between this and the one above. Off, all have that one.",
        unit="dB",
        ge=-30,
        le=80,
    )

    def apply(self, x: "torch.Tensor", generator: "torch.Generator", spread: float) -> "torch.Tensor":
        sigma = spread * 10 ** (-amounts(x, self.snr_db, self.least, generator) / 20)
        return x + sigma * x.new_empty(x.shape).normal_(generator=generator)
