"""The recipe's model section, and the network it plans."""

from dataclasses import replace
from math import prod

from aedesk.models.activations import Activation, OutputActivation
from aedesk.models.architecture import Architecture, LayerPlan, Shape
from aedesk.models.architectures.dense import Dense
from aedesk.models.bottleneck import Bottleneck
from aedesk.models.bottlenecks.plain import Plain
from aedesk.models.head import Head
from aedesk.options import Options, one_of, option

_Architecture = one_of(Architecture, "aedesk.models.architectures")


class ModelOptions(Options):
    """The network: an encoder, the code in the middle, a decoder, and what else is read off the code."""

    encoder: _Architecture = option(Dense(), "Encoder", "The layers that squeeze the data into the code.")
    bottleneck: one_of(Bottleneck, "aedesk.models.bottlenecks") = option(
        Plain(), "Code", "What the code of a sample is: a point, a cloud, or feature maps."
    )
    code_size: int = option(
        2,
        "Code width",
        "How many numbers the network may keep of each sample. 2 can be drawn as a map; "
        "fewer numbers force it to find what matters.",
        unit="numbers",
        ge=1,
        le=65_536,
    )
    code_activation: Activation = option(
        "linear", "Code activation", "What is done to the code's numbers. Linear leaves them free."
    )
    mirror: bool = option(
        True,
        "Mirror the encoder",
        "The decoder goes back the way the encoder came. Off, it has layers of its own.",
    )
    decoder: _Architecture | None = option(
        None, "Decoder", "The layers that turn the code back into data, when they do not mirror the encoder."
    )
    output_activation: OutputActivation = option(
        "linear",
        "Output activation",
        "What is done to the reconstruction. Sigmoid suits data in 0…1, linear suits any.",
    )
    head: one_of(Head, "aedesk.models.heads") | None = option(
        None, "Head", "Something else the code must tell, beside the reconstruction: a label or a number."
    )

    @property
    def decoding(self) -> Architecture:
        """The decoder's architecture, mirrored or its own."""
        return self.encoder.mirrored() if self.mirror or self.decoder is None else self.decoder

    @property
    def blind(self) -> bool:
        """Whether no output knows the input at its own place."""
        return self.encoder.blind and self.bottleneck.keeps_features and self.decoding.blind

    def features(self, shape: Shape) -> Shape:
        """The shape of what the encoder hands to the code, for samples of a shape."""
        layers = self.encoder.plan_encoder(shape)
        return layers[-1].shape if layers else (prod(shape),)

    def code_shape(self, shape: Shape) -> Shape:
        """The shape of one code, for samples of a shape."""
        return self.bottleneck.code_shape(self.features(shape), self.code_size)

    def code_width(self, shape: Shape) -> int:
        """How many numbers a code has, for samples of a shape."""
        return prod(self.code_shape(shape))


def plan(options: ModelOptions, shape: Shape) -> list[LayerPlan]:
    """Every layer from the input to the output, without building anything."""
    encoder, features = options.encoder.plan_encoder(shape), options.features(shape)
    code = options.bottleneck.plan(features, options.code_size, options.code_activation)
    *hidden, output = options.decoding.plan_decoder(options.code_shape(shape), shape)
    output = replace(output, activation=options.output_activation)
    return [LayerPlan("input", "input", shape, 0), *encoder, code, *hidden, output]
