"""The network itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from math import prod

import torch
from torch import Tensor, nn

from aedesk.models.activations import activation_layers
from aedesk.models.linear import linear
from aedesk.models.model_options import ModelOptions


class Autoencoder(nn.Module):
    """An encoder and a decoder with a code between them.

    ``shape`` is the shape of one sample. The same ``seed`` gives the same first weights on every
    device.
    """

    def __init__(self, options: ModelOptions, shape: tuple[int, ...], seed: int = 0) -> None:
        super().__init__()
        generator = torch.Generator().manual_seed(seed)
        encoder = options.encoder.plan_encoder(shape)
        features = encoder[-1].shape[0] if encoder else prod(shape)
        self.shape = shape
        self.code_size = options.code_size
        self.encoder = nn.Sequential(
            options.encoder.build_encoder(shape, generator),
            linear(features, options.code_size, generator),
            *activation_layers(options.code_activation),
        )
        self.decoder = nn.Sequential(
            options.decoding.build_decoder(options.code_size, shape, generator),
            *activation_layers(options.output_activation),
        )

    def encode(self, x: Tensor) -> Tensor:
        """Codes ``[n, code_size]`` of scaled samples ``[n, *shape]``."""
        return self.encoder(x)

    def decode(self, code: Tensor) -> Tensor:
        """Scaled samples ``[n, *shape]`` of codes ``[n, code_size]``."""
        return self.decoder(code)

    def forward(self, x: Tensor) -> Tensor:
        """The reconstruction of scaled samples ``[n, *shape]``."""
        return self.decoder(self.encoder(x))

    def parameter_count(self) -> int:
        """How many numbers the network learns."""
        return sum(parameter.numel() for parameter in self.parameters())

    def weights(self) -> dict[str, Tensor]:
        """A copy of the network's state on the CPU, which further learning does not change."""
        return {name: value.detach().to("cpu", copy=True) for name, value in self.state_dict().items()}


@contextmanager
def evaluating(network: nn.Module) -> Iterator[None]:
    """Within it the network is in its evaluation mode; afterwards in the mode it had."""
    training = network.training
    network.eval()
    try:
        yield
    finally:
        network.train(training)
