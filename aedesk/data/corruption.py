"""What is done to an input before the network sees it, so that it has to learn more than copying."""

from typing import TYPE_CHECKING, ClassVar

from aedesk.data.source import Form
from aedesk.options import Choice, option

if TYPE_CHECKING:
    import torch


class Corruption(Choice):
    """A family of corruptions: one file each in ``aedesk/data/corruptions``.

    ``strength`` names the field that does nothing at 0, where there is one. ``blind`` says that the
    network is judged only by what was hidden from it, so that the data themselves may be noisy;
    ``keeps_blind``, that a network with a blind spot may still learn from noisy data under it.
    """

    strength: ClassVar[str] = ""
    blind: ClassVar[bool] = False
    keeps_blind: ClassVar[bool] = False

    @property
    def changes(self) -> bool:
        """Whether it does anything at all to any sample."""
        return not self.strength or bool(getattr(self, self.strength) or getattr(self, "least", None))

    def misfit(self, form: Form) -> str | None:
        """Why this cannot be done to samples of a form, in a sentence, or None."""
        return None

    def apply(self, x: "torch.Tensor", generator: "torch.Generator", spread: float) -> "torch.Tensor":
        """A corrupted copy of ``x`` ``[n, *shape]``; ``x`` itself only where nothing is done.

        ``x`` is in scaled units and ``spread`` is the standard deviation of the training inputs
        there. All randomness comes from ``generator``, which lives on the device of ``x``.
        """
        raise NotImplementedError

    def corrupt(
        self, x: "torch.Tensor", generator: "torch.Generator", spread: float
    ) -> "tuple[torch.Tensor, torch.Tensor | None]":
        """What ``apply`` gives, and where the network is judged: bool ``[n, *shape]``, None for everywhere."""
        return self.apply(x, generator, spread), None


def amounts(
    x: "torch.Tensor", amount: float, least: float | None, generator: "torch.Generator"
) -> "float | torch.Tensor":
    """How much is done to the samples of ``x`` ``[n, *shape]``: ``amount`` to all of them.

    With a ``least`` every sample draws its own, evenly between the two: ``[n, 1, …]``, to be
    broadcast against ``x``.
    """
    if least is None:
        return amount
    drawn = x.new_empty(len(x), *[1] * (x.dim() - 1)).uniform_(generator=generator)
    return least + (amount - least) * drawn


def with_normal_noise(
    x: "torch.Tensor", sigma: float, least: float | None, generator: "torch.Generator"
) -> "torch.Tensor":
    """``x`` ``[n, *shape]`` plus normally distributed noise as strong as ``amounts`` says."""
    strength = amounts(x, sigma, least, generator)
    return x + strength * x.new_empty(x.shape).normal_(generator=generator)


class AddedNoise(Corruption):
    """Noise that is added to signals, as strong against the data as is said in decibels."""

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

    def misfit(self, form: Form) -> str | None:
        return None if form == "signal" else "This is noise along time, which only signals have: choose another kind."

    def apply(self, x: "torch.Tensor", generator: "torch.Generator", spread: float) -> "torch.Tensor":
        samples = x if x.dim() > 1 else x[None]
        sigma = spread * 10 ** (-amounts(samples, self.snr_db, self.least, generator) / 20)
        if samples.dim() == 3:  # [n, t, channels], each channel with noise of its own
            count, _, channels = samples.shape
            rows = samples.transpose(1, 2).flatten(0, 1)
            noise = self.noise(rows, generator).unflatten(0, (count, channels)).transpose(1, 2)
        else:
            noise = self.noise(samples.flatten(1), generator).view(samples.shape)
        return x + (sigma * noise).view(x.shape)

    def noise(self, x: "torch.Tensor", generator: "torch.Generator") -> "torch.Tensor":
        """Noise of the shape of ``x`` ``[n, t]``, with a mean square of 1 to be expected.

        Rows are samples, or the channels of samples one after the other.
        """
        raise NotImplementedError
