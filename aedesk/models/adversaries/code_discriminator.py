"""Codes that cannot be told from draws of a chosen distribution (Makhzani et al. 2015)."""

from typing import TYPE_CHECKING, ClassVar, Literal

from aedesk.models.adversary import Adversary
from aedesk.models.architecture import Misfit, Shape
from aedesk.models.discrimination import steepness, taken_for
from aedesk.models.linear import linear
from aedesk.models.prior import Prior
from aedesk.models.priors.gaussian import GaussianPrior
from aedesk.options import one_of, option

if TYPE_CHECKING:
    import torch
    from torch import Tensor, nn

    from aedesk.models.batch_pass import BatchPass
    from aedesk.models.model_options import ModelOptions


class CodeDiscriminator(Adversary):
    """Two dense layers that tell codes from draws of the prior."""

    title: ClassVar[str] = "On the codes"
    summary: ClassVar[str] = "A second network learns to tell codes from draws of a prior, until it no longer can."
    kind: Literal["code-discriminator"] = "code-discriminator"
    prior: one_of(Prior, "aedesk.models.priors") = option(
        GaussianPrior(), "Prior", "The shape that all codes together are to take."
    )
    weight: float = option(0.1, "Weight", "How much fooling it counts beside the reconstruction.", ge=0, le=1e6)
    learning_rate: float = option(
        3e-3, "Learning rate", "How far the discriminator's own weights move at each step.", gt=0, le=100
    )
    width: int = option(
        256, "Width", "How many units each of the discriminator's two layers has.", unit="units", ge=1, le=8192
    )
    steadiness: float = option(
        1.0,
        "Steadiness",
        "Keeps the discriminator's judgement from changing too steeply, so that neither network runs "
        "away from the other (Mescheder et al. 2018). Less lets it see finer shapes; 0 leaves it free.",
        ge=0,
        le=1e6,
    )

    def misfit(self, model: "ModelOptions", shape: Shape | None) -> Misfit | None:
        known = shape is not None and model.encoder.misfit(shape) is None
        width = model.code_width(shape) if known else model.code_size
        least = self.prior.least_width()
        if width < least:
            return Misfit(
                ("prior",),
                f"This prior needs a code of at least {least} numbers. Make the code wider, "
                "or choose the Gaussian, which suits any.",
            )
        return None

    def code_prior(self) -> Prior:
        return self.prior

    def build(self, code_size: int, shape: Shape, generator: "torch.Generator") -> "nn.Module":
        from torch import nn

        return nn.Sequential(
            linear(code_size, self.width, generator),
            nn.LeakyReLU(0.2),
            linear(self.width, self.width, generator),
            nn.LeakyReLU(0.2),
            linear(self.width, 1, generator),
        )

    def fooled(self, discriminator: "nn.Module", batch: "BatchPass") -> "Tensor":
        return taken_for(discriminator(batch.code), real=True)

    def judged(self, discriminator: "nn.Module", batch: "BatchPass") -> "Tensor":
        code = batch.code.detach()
        real = self.prior.draw(len(code), code.shape[1], batch.generator, code.device)
        loss = (taken_for(discriminator(real), True) + taken_for(discriminator(code), False)) / 2
        return loss + self.steadiness * steepness(discriminator, real) if self.steadiness else loss
