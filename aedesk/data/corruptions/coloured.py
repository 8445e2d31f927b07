"""Coloured noise: noise that goes on from sample to sample."""

from typing import TYPE_CHECKING, ClassVar, Literal

from aedesk.data.corruption import AddedNoise
from aedesk.options import option

if TYPE_CHECKING:
    import torch
    from torch import Tensor


class Coloured(AddedNoise):
    """Normally distributed noise whose power falls with the frequency, as that of most sensors.

    White noise is given the wanted spectrum (Timmer and König 1995); what is slower than a sample is
    long comes as its mean.
    """

    title: ClassVar[str] = "Coloured noise (dB)"
    summary: ClassVar[str] = "Noise with slow ups and downs, as amplifiers and sensors have it; pink at 1, brown at 2."
    kind: Literal["coloured"] = "coloured"
    exponent: float = option(
        1.0,
        "Colour",
        "How fast the noise falls off with the frequency f, as 1/f to this power: 0 is white, 1 pink and 2 brown.",
        ge=0,
        le=4,
    )

    def noise(self, x: "Tensor", generator: "torch.Generator") -> "Tensor":
        import torch

        length = x.shape[1]
        spectrum = torch.fft.rfft(x.new_empty(x.shape).normal_(generator=generator))
        place = torch.arange(spectrum.shape[1], device=x.device, dtype=x.dtype)
        gain = place.clamp_min(1) ** (-self.exponent / 2)
        # The power of every place but the first and the last counts twice, for its negative twin.
        twice = torch.full_like(gain, 2.0)
        twice[0] = 1.0
        if length % 2 == 0:
            twice[-1] = 1.0
        power = float((twice * gain**2).sum()) / length
        return torch.fft.irfft(spectrum * gain, length) / power**0.5
