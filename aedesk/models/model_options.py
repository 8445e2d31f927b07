"""The recipe's model section, and the network it plans."""

from math import prod

from aedesk.models.activations import Activation
from aedesk.models.architecture import Architecture, LayerPlan
from aedesk.models.architectures.dense import Dense
from aedesk.options import Options, one_of, option

_Architecture = one_of(Architecture, "aedesk.models.architectures")


class ModelOptions(Options):
    """The network: an encoder, the code in the middle, and a decoder."""

    encoder: _Architecture = option(Dense(), "Encoder", "The layers that squeeze the data into the code.")
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
    output_activation: Activation = option(
        "linear",
        "Output activation",
        "What is done to the reconstruction. Sigmoid suits data in 0…1, linear suits any.",
    )

    @property
    def decoding(self) -> Architecture:
        """The decoder's architecture, mirrored or its own."""
        return self.encoder.mirrored() if self.mirror or self.decoder is None else self.decoder


def plan(options: ModelOptions, shape: tuple[int, ...]) -> list[LayerPlan]:
    """Every layer from the input to the output, without building anything."""
    encoder = options.encoder.plan_encoder(shape)
    features = encoder[-1].shape[0] if encoder else prod(shape)
    code = LayerPlan(
        "code", "code", (options.code_size,), (features + 1) * options.code_size, options.code_activation
    )
    *hidden, output = options.decoding.plan_decoder(options.code_size, shape)
    output = LayerPlan(output.name, "output", output.shape, output.parameters, options.output_activation)
    return [LayerPlan("input", "input", shape, 0), *encoder, code, *hidden, output]
