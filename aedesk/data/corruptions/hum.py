"""Hum: a steady tone and its harmonics, as the mains puts into recordings."""

from typing import TYPE_CHECKING, ClassVar, Literal

from aedesk.data.corruption import AddedNoise
from aedesk.options import option

if TYPE_CHECKING:
    import torch
    from torch import Tensor


class Hum(AddedNoise):
    """A tone and its harmonics, the k-th 1/k as strong, with phases drawn for every sample."""

    title: ClassVar[str] = "Hum (dB)"
    summary: ClassVar[str] = "A steady tone with its harmonics, as power lines put into recordings."
    kind: Literal["hum"] = "hum"
    period: float = option(
        7.2,
        "Period",
        "How many samples one swing of the tone takes: the sampling rate over 50 or 60 Hz, at 360 Hz and "
        "50 Hz 7.2.",
        unit="samples",
        ge=2,
        le=1e6,
    )
    harmonics: int = option(
        3,
        "Harmonics",
        "How many tones there are: the first, one twice as high, and so on, each weaker; those too high for "
        "the sampling rate are left out.",
        ge=1,
        le=50,
    )

    def noise(self, x: "Tensor", generator: "torch.Generator") -> "Tensor":
        import torch

        time = torch.arange(x.shape[1], device=x.device, dtype=x.dtype)
        total, power = torch.zeros_like(x), 0.0
        for harmonic in range(1, min(self.harmonics, max(1, int(self.period / 2))) + 1):
            phase = x.new_empty(len(x), 1).uniform_(generator=generator) * 2 * torch.pi
            total += torch.sin(time * (2 * torch.pi * harmonic / self.period) + phase) / harmonic
            power += 0.5 / harmonic**2
        return total / power**0.5
