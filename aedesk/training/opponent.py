"""A discriminator that learns beside the network it judges."""

import torch
from torch import Tensor, nn

from aedesk.models.adversary import Adversary
from aedesk.models.architecture import Shape
from aedesk.models.batch_pass import BatchPass
from aedesk.training.optimisation import learning_rate, restore_state, state_tensors
from aedesk.training_options import TrainingOptions

_BETAS = (0.5, 0.999)  # as is usual for adversaries (Radford et al. 2016)


class Opponent:
    """An adversary's discriminator with an optimiser of its own.

    Its learning rate follows the recipe's schedule, so that both networks come to rest together.
    """

    def __init__(
        self,
        name: str,
        adversary: Adversary,
        code_size: int,
        shape: Shape,
        options: TrainingOptions,
        seed: int,
    ) -> None:
        self.name, self.adversary, self._options = name, adversary, options
        generator = torch.Generator().manual_seed(seed)
        self.network: nn.Module = adversary.build(code_size, shape, generator)
        self.optimiser: torch.optim.Optimizer | None = None

    def ready(self, device: str) -> None:
        """Move to a device; only then can it learn."""
        self.network.to(device)
        self.optimiser = torch.optim.Adam(
            self.network.parameters(), self.adversary.learning_rate, betas=_BETAS, fused=True
        )

    def fooled(self, batch: BatchPass) -> Tensor:
        """The weighted term of the autoencoder's objective; the discriminator learns nothing from it."""
        self.network.requires_grad_(False)
        value = self.adversary.weight * self.adversary.fooled(self.network, batch)
        self.network.requires_grad_(True)
        return value

    def learn(self, batch: BatchPass) -> Tensor:
        """Move the discriminator's weights once; its loss before that."""
        assert self.optimiser is not None
        share = learning_rate(self._options, batch.progress) / self._options.learning_rate
        for group in self.optimiser.param_groups:
            group["lr"] = self.adversary.learning_rate * share
        loss = self.adversary.judged(self.network, batch)
        self.optimiser.zero_grad()
        loss.backward()
        self.optimiser.step()
        return loss.detach()

    def state(self) -> dict[str, Tensor]:
        """Weights and optimiser as CPU tensors."""
        assert self.optimiser is not None
        found = self.network.state_dict()
        weights = {f"network.{name}": value.detach().to("cpu", copy=True) for name, value in found.items()}
        moments = {f"optimiser.{name}": value for name, value in state_tensors(self.optimiser).items()}
        return weights | moments

    def restore(self, state: dict[str, Tensor]) -> None:
        """Take back what ``state`` gave; what another kind of discriminator gave is left alone."""
        assert self.optimiser is not None
        weights, own = part_of(state, "network."), self.network.state_dict()
        fits = weights.keys() == own.keys() and all(
            value.shape == own[name].shape for name, value in weights.items()
        )
        if fits:
            self.network.load_state_dict(weights)
            restore_state(self.optimiser, part_of(state, "optimiser."))


def part_of(tensors: dict[str, Tensor], prefix: str) -> dict[str, Tensor]:
    """The tensors whose names begin with a prefix, without it."""
    return {name.removeprefix(prefix): value for name, value in tensors.items() if name.startswith(prefix)}
