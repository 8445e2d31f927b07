"""Gaussian noise given as a signal-to-noise ratio."""

from typing import TYPE_CHECKING, ClassVar, Literal

from aedesk.data.corruption import AddedNoise
from aedesk.data.source import Form

if TYPE_CHECKING:
    import torch


class NoiseLevel(AddedNoise):
    """Normally distributed noise whose power is set against the power of the data."""

    title: ClassVar[str] = "Noise at a level (dB)"
    summary: ClassVar[str] = "Random noise, as strong against the signal as you say in decibels."
    kind: Literal["noise-level"] = "noise-level"

    def misfit(self, form: Form) -> str | None:
        return None  # it has no course in time

    def noise(self, x: "torch.Tensor", generator: "torch.Generator") -> "torch.Tensor":
        return x.new_empty(x.shape).normal_(generator=generator)
