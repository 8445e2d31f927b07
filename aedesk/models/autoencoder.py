"""The network itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from math import prod

import torch
from torch import Tensor, nn

from aedesk.models.activations import activation_layers
from aedesk.models.architecture import Shape
from aedesk.models.bottleneck import Posterior
from aedesk.models.model_options import ModelOptions


class Autoencoder(nn.Module):
    """An encoder and a decoder with a code between them, and perhaps a head on the code.

    ``shape`` is the shape of one sample and ``classes`` the number of labels that the data know.
    Codes are flat, ``[n, code_size]``, also where the decoder takes feature maps. The same ``seed``
    gives the same first weights on every device.
    """

    def __init__(self, options: ModelOptions, shape: Shape, seed: int = 0, classes: int = 0) -> None:
        super().__init__()
        generator = torch.Generator().manual_seed(seed)
        features = options.features(shape)
        self.shape = shape
        self.code_shape = options.code_shape(shape)
        self.code_size = prod(self.code_shape)
        self.bottleneck = options.bottleneck
        self.encoder = nn.Sequential(
            options.encoder.build_encoder(shape, generator),
            *options.bottleneck.build(features, options.code_size, options.code_activation, generator),
        )
        body = options.decoding.build_decoder(self.code_shape, shape, generator)
        if hasattr(body, "output_activation"):
            body.output_activation = nn.Sequential(*activation_layers(options.output_activation))
        self.decoder = nn.Sequential(body, *activation_layers(options.output_activation))
        self.can_be_forced: bool = getattr(body, "can_be_forced", False)
        self.head = options.head.build(self.code_size, classes, generator) if options.head else None

    def posterior(self, x: Tensor) -> Posterior:
        """Where the codes of scaled samples ``[n, *shape]`` lie."""
        return self.bottleneck.posterior(self.encoder(x))

    def encode(self, x: Tensor) -> Tensor:
        """Codes ``[n, code_size]`` of scaled samples ``[n, *shape]``; of drawn codes the mean."""
        return self.posterior(x).mean

    def decode(self, code: Tensor, wanted: Tensor | None = None) -> Tensor:
        """Scaled samples ``[n, *shape]`` of codes ``[n, code_size]``.

        A decoder that can be forced is led along ``wanted`` while it learns.
        """
        if len(self.code_shape) > 1:
            code = code.unflatten(1, self.code_shape)
        if wanted is not None and self.can_be_forced and self.training:
            return self.decoder[1:](self.decoder[0](code, wanted))
        return self.decoder(code)

    def forward(self, x: Tensor) -> Tensor:
        """The reconstruction of scaled samples ``[n, *shape]``."""
        return self.decode(self.encode(x))

    def answer(self, code: Tensor) -> Tensor | None:
        """What the head, if there is one, makes of codes ``[n, code_size]``: ``[n, outputs]``."""
        return None if self.head is None else self.head(code)

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
