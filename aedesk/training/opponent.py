"""A discriminator that learns beside the network it judges."""

import torch
from torch import Tensor, nn

from aedesk.models.adversary import Adversary
from aedesk.models.architecture import Shape
from aedesk.models.batch_pass import BatchPass
from aedesk.training.optimisation import restore_state, state_tensors

_BETAS = (0.5, 0.999)  # as is usual for adversaries (Radford et al. 2016)


class Opponent:
    """An adversary's discriminator with an optimiser of its own."""

    def __init__(self, name: str, adversary: Adversary, code_size: int, shape: Shape, seed: int) -> None:
        self.name, self.adversary = name, adversary
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
        loss = self.adversary.judged(self.network, batch)
        self.optimiser.zero_grad()
        loss.backward()
        self.optimiser.step()
        return loss.detach()

    def state(self) -> dict[str, Tensor]:
        """Weights and optimiser as CPU tensors."""
        assert self.optimiser is not None
        weights = {f"network.{name}": value.detach().to("cpu", copy=True) for name, value in self._weights()}
        moments = {f"optimiser.{name}": value for name, value in state_tensors(self.optimiser).items()}
        return weights | moments

    def restore(self, state: dict[str, Tensor]) -> None:
        """Take back what ``state`` gave."""
        assert self.optimiser is not None
        self.network.load_state_dict(part_of(state, "network."))
        restore_state(self.optimiser, part_of(state, "optimiser."))

    def _weights(self) -> list[tuple[str, Tensor]]:
        return list(self.network.state_dict().items())


def part_of(tensors: dict[str, Tensor], prefix: str) -> dict[str, Tensor]:
    """The tensors whose names begin with a prefix, without it."""
    return {name.removeprefix(prefix): value for name, value in tensors.items() if name.startswith(prefix)}
