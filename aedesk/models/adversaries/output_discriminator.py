"""Outputs that cannot be told from data, as in the VAE-GAN (Larsen et al. 2016)."""

from collections import OrderedDict
from math import prod
from typing import TYPE_CHECKING, ClassVar, Literal

from aedesk.models.adversary import Adversary
from aedesk.models.architecture import Shape
from aedesk.models.discrimination import steepness, taken_for
from aedesk.models.linear import drawn, linear
from aedesk.options import option

if TYPE_CHECKING:
    import torch
    from torch import Tensor, nn

    from aedesk.models.batch_pass import BatchPass

_LEAST_SIDE = 8  # a smaller picture is not halved further
_MOST_HALVINGS = 4
_STEADIED = 4  # of how many samples one is asked how steep the discriminator is there
_TINY = 1e-8


class OutputDiscriminator(Adversary):
    """Tells data from reconstructions and from what is decoded of codes drawn at random.

    Images go through convolutions that halve them, other data through two dense layers.
    """

    title: ClassVar[str] = "On the outputs"
    summary: ClassVar[str] = (
        "A second network learns to tell data from what the decoder makes, which teaches it to draw "
        "sharply instead of blurring what it is unsure of."
    )
    kind: Literal["output-discriminator"] = "output-discriminator"
    weight: float = option(
        0.05, "Weight", "How much fooling it counts beside the reconstruction.", ge=0, le=1e6
    )
    learning_rate: float = option(
        1e-3, "Learning rate", "How far the discriminator's own weights move at each step.", gt=0, le=100
    )
    width: int = option(
        16,
        "Width",
        "How many feature maps its first convolution has, doubled wherever the picture is halved; "
        "for other data each of its two layers has eight times as many units.",
        ge=1,
        le=1024,
    )
    feature_weight: float = option(
        0.0,
        "Feature weight",
        "How much beside fooling it the reconstruction is also to look like its sample in the eyes of "
        "the discriminator, in its last layer's features (Larsen et al. 2016). 0 compares values only.",
        ge=0,
        le=1e6,
    )
    steadiness: float = option(
        1.0,
        "Steadiness",
        "Keeps the discriminator's judgement from changing too steeply, so that neither network runs "
        "away from the other (Mescheder et al. 2018). 0 leaves it free.",
        ge=0,
        le=1e6,
    )

    def build(self, code_size: int, shape: Shape, generator: "torch.Generator") -> "nn.Module":
        from torch import nn

        features, count = self._features(shape, generator)
        verdict = linear(count, 1, generator)
        return nn.Sequential(OrderedDict(features=nn.Sequential(*features), verdict=verdict))

    def _features(self, shape: Shape, generator: "torch.Generator") -> "tuple[list[nn.Module], int]":
        """The layers before the verdict, and how many features come out of them."""
        from torch import nn

        layers: list[nn.Module] = []
        if len(shape) == 3 and min(shape[1:]) >= _LEAST_SIDE:
            channels, height, width = shape
            for halving in range(_MOST_HALVINGS):
                if min(height, width) < _LEAST_SIDE:
                    break
                maps = self.width * 2**halving
                layers += [
                    drawn(nn.Conv2d, channels, maps, 4, stride=2, padding=1, generator=generator),
                    nn.LeakyReLU(0.2),
                ]
                channels, height, width = maps, height // 2, width // 2
            return [*layers, nn.Flatten()], channels * height * width
        values, units = prod(shape), 8 * self.width
        layers = [nn.Flatten()]
        for count in (values, units):
            layers += [linear(count, units, generator), nn.LeakyReLU(0.2)]
        return layers, units

    def fooled(self, discriminator: "nn.Module", batch: "BatchPass") -> "Tensor":
        half = half_of(len(batch.output))
        invented = discriminator(batch.network.decode(drawn_codes(batch, half)))
        made = discriminator.features(batch.output[:half])
        value = (taken_for(discriminator.verdict(made), True) + taken_for(invented, True)) / 2
        if not self.feature_weight:
            return value
        wanted = discriminator.features(batch.clean[:half]).detach()
        apart = (made - wanted).square().mean() / (wanted.square().mean() + _TINY)
        return value + self.feature_weight * apart

    def judged(self, discriminator: "nn.Module", batch: "BatchPass") -> "Tensor":
        import torch

        half = half_of(len(batch.output))
        with torch.no_grad():
            invented = batch.network.decode(drawn_codes(batch, half))
        made = torch.cat([batch.output[:half].detach(), invented])
        loss = (taken_for(discriminator(batch.clean), True) + taken_for(discriminator(made), False)) / 2
        if not self.steadiness:
            return loss
        # Slopes of slopes are slow, and a part of the batch tells them well enough.
        return loss + self.steadiness * steepness(discriminator, batch.clean[::_STEADIED])


def half_of(count: int) -> int:
    """How many of a batch's reconstructions are judged, beside as many inventions: as much as there are data."""
    return (count + 1) // 2


def drawn_codes(batch: "BatchPass", count: int) -> "Tensor":
    """New codes ``[count, k]``, through which no gradient reaches the encoder.

    Standard normal where codes are drawn from a cloud, since those are pressed towards that. Otherwise
    normal with the mean and the covariance of the batch's own codes: random sums of their differences
    from the mean have just that.
    """
    code = batch.code.detach()
    if batch.posterior.log_variance is not None:
        return code.new_empty(count, code.shape[1]).normal_(generator=batch.generator)
    mean, known = code.mean(0), len(code)
    mixing = code.new_empty(count, known).normal_(generator=batch.generator)
    return mean + mixing @ (code - mean) / max(known - 1, 1) ** 0.5
