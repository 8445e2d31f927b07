"""Layers that learn alone before all learn together (Hinton and Salakhutdinov 2006; Bengio et al. 2007)."""

from collections.abc import Generator, Iterator

import torch
from torch import Tensor, nn

from aedesk.models.autoencoder import Autoencoder, evaluating
from aedesk.models.losses import summed_loss
from aedesk.training.learner import Learner
from aedesk.training.optimisation import optimiser_for
from aedesk.training.running_means import RunningMeans, Terms

_CHUNK = 4096
_EPOCHS_BITS = 52  # no seed and epoch of a run together take more


class LayerLearner:
    """An encoder layer and the decoder layer that mirrors it, learning as a small autoencoder.

    ``layer`` counts inwards from 1. The outermost pair gives back the data, by the recipe's
    reconstruction loss and under its corruption. An inner one gives back what the layers before it
    make of the clean data, by squared error; ``prepare`` works that out. The order of the rows and
    the noise depend on the seed, the layer and the epoch alone.
    """

    def __init__(self, learner: Learner, layer: int) -> None:
        self._learner, self.layer, self.options = learner, layer, learner.options
        pairs = layer_pairs(learner.network)
        self._encoder, self._decoder = pairs[layer - 1]
        self._before = nn.Sequential(*(encoder for encoder, _ in pairs[: layer - 1]))
        self._inputs, self.rows = learner.given, learner.rows
        self._validation = learner.dataset.validation.to(learner.inputs.device)
        self._weights = [*self._encoder.parameters(), *self._decoder.parameters()]
        alone = self.options.pretraining
        assert alone is not None
        options = self.options.model_copy(update={"learning_rate": alone.learning_rate})
        self._optimiser = optimiser_for(self._weights, options)
        objective = learner.recipe.objective
        self._reconstruction = summed_loss(objective.reconstruction, objective.huber_delta)
        self._means = RunningMeans(self._inputs.device)
        self._noise = torch.Generator(self._inputs.device)

    @property
    def name(self) -> str:
        """How many numbers go in and come out: ``784–128``."""
        linear = next(part for part in self._encoder if isinstance(part, nn.Linear))
        return f"{linear.in_features}–{linear.out_features}"

    @property
    def batches_per_epoch(self) -> int:
        return -(-len(self.rows) // self.options.batch_size)

    @property
    def seen(self) -> int:
        """How many samples of this epoch were learned from."""
        return self._means.count

    def step_cost(self) -> int:
        """About how many multiplications one step's forward pass takes."""
        return min(self.options.batch_size, len(self.rows)) * sum(each.numel() for each in self._weights)

    def prepare(self) -> Iterator[None]:
        """Work out what the layers before this one give, in pieces; they stay as they are meanwhile."""
        if self.layer == 1:
            return
        rows = torch.cat([self.rows, self._validation])
        self._noise.manual_seed(self.options.seed)
        parts = []
        for chunk in rows.split(_CHUNK):
            parts.append(self._given(self._inputs[chunk]))
            yield
        self._inputs = torch.cat(parts)
        places = torch.arange(len(rows), device=rows.device)
        self.rows, self._validation = places[: len(self.rows)], places[len(self.rows) :]

    @torch.no_grad()
    def _given(self, x: Tensor) -> Tensor:
        with evaluating(self._before):
            return self._before(self._learner.recipe.augmentation.settle(x, self._noise))

    def batches(self, epoch: int) -> Iterator[Tensor]:
        """The batches of an epoch, in an order of its own; the sums start at zero."""
        self._means.clear()
        seed = (self.layer << _EPOCHS_BITS) + self.options.seed * 1_000_003 + epoch
        self._noise.manual_seed(seed)
        order = torch.randperm(len(self.rows), generator=torch.Generator().manual_seed(seed))
        for block in self.rows[order.to(self.rows.device)].split(self.options.batch_size):
            yield self._inputs[block]

    def learn(self, batch: Tensor, progress: float) -> None:
        """Move the weights of the two layers once."""
        x = self._learner.recipe.augmentation.vary(batch, self._noise) if self.layer == 1 else batch
        loss = self._loss(x)
        self._optimiser.zero_grad()
        loss.backward()
        if self.options.clip:
            nn.utils.clip_grad_norm_(self._weights, self.options.clip)
        self._optimiser.step()
        self._means.add({"alone": loss}, len(x))

    def recent_losses(self) -> Terms:
        """The loss since this was last asked in this epoch; waits for the device."""
        return self._means.recent()

    def epoch_losses(self) -> Terms:
        """The loss over the epoch so far; waits for the device."""
        return self._means.means()

    def validate(self) -> Generator[None, None, tuple[Terms, Terms]]:
        """The loss on the validation part, in pieces, under the same corruption every time."""
        means = RunningMeans(self._inputs.device)
        self._noise.manual_seed(self.options.seed + 1)
        for block in self._validation.split(_CHUNK):
            with torch.no_grad(), evaluating(self._encoder), evaluating(self._decoder):
                x = self._inputs[block]
                if self.layer == 1:
                    x = self._learner.recipe.augmentation.settle(x, self._noise)
                means.add({"alone": self._loss(x)}, len(x))
            yield
        return means.means(), {}

    def _loss(self, x: Tensor) -> Tensor:
        if self.layer > 1:
            return nn.functional.mse_loss(self._decoder(self._encoder(x)), x)
        recipe, spread = self._learner.recipe, self._learner.dataset.spread
        output = self._decoder(self._encoder(recipe.corruption.apply(x, self._noise, spread)))
        return self._reconstruction(output, x) * (self._learner.objective.scale / len(x))


def layer_pairs(network: Autoencoder) -> list[tuple[nn.Sequential, nn.Sequential]]:
    """Each layer of a dense encoder with the decoder's that mirrors it, from the outermost inwards."""
    encoder, decoder = _layers(network.encoder), _layers(network.decoder)
    return list(zip(encoder, reversed(decoder), strict=True))


def _layers(network: nn.Sequential) -> list[nn.Sequential]:
    """The network cut before every linear layer but the first."""
    parts: list[list[nn.Module]] = [[]]
    for module in _in_order(network):
        if isinstance(module, nn.Linear) and any(isinstance(other, nn.Linear) for other in parts[-1]):
            parts.append([])
        parts[-1].append(module)
    return [nn.Sequential(*part) for part in parts]


def _in_order(network: nn.Sequential) -> Iterator[nn.Module]:
    for module in network:
        if isinstance(module, nn.Sequential):
            yield from _in_order(module)
        else:
            yield module
