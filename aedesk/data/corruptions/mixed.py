"""Several noises together, as real recordings have them."""

from typing import TYPE_CHECKING, ClassVar, Literal

from aedesk.data.corruption import AddedNoise, amounts
from aedesk.data.corruptions.hum import Hum
from aedesk.data.corruptions.noise_level import NoiseLevel
from aedesk.data.corruptions.wander import Wander
from aedesk.data.source import Form
from aedesk.options import one_of, option

if TYPE_CHECKING:
    import torch
    from torch import Tensor


class Mixed(AddedNoise):
    """Noises added up; their own levels say how the power is shared out among them."""

    title: ClassVar[str] = "Several noises (dB)"
    summary: ClassVar[str] = "Several noises at once, as real recordings have them: chance noise, hum and drift, say."
    kind: Literal["mixed"] = "mixed"
    noises: tuple[one_of(AddedNoise, "aedesk.data.corruptions"), ...] = option(
        (NoiseLevel(), Wander(), Hum()),
        "Noises",
        "The noises that are added up. Their own levels say how strong each is beside the others; how strong "
        "all are together is said above.",
        min_length=1,
        max_length=8,
    )

    def misfit(self, form: Form) -> str | None:
        return super().misfit(form) or next(filter(None, (noise.misfit(form) for noise in self.noises)), None)

    def noise(self, x: "Tensor", generator: "torch.Generator") -> "Tensor":
        import torch

        powers = [x.new_ones(len(x), 1) * 10 ** (-amounts(x, one.snr_db, one.least, generator) / 10) for one in self.noises]
        whole = torch.stack(powers).sum(0)
        parts = [(power / whole).sqrt() * one.noise(x, generator) for one, power in zip(self.noises, powers, strict=True)]
        return torch.stack(parts).sum(0)
