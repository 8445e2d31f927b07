"""A network learning from a Dataset on a device, one batch at a time."""

from collections.abc import Generator, Iterator
from math import isfinite

import torch
from torch import Tensor

from aedesk.data.dataset import Dataset
from aedesk.models.autoencoder import Autoencoder, evaluating
from aedesk.recipe import Recipe
from aedesk.training.devices import Device
from aedesk.training.history import History
from aedesk.training.optimisation import learning_rate, optimiser_for, restore_state, state_tensors
from aedesk.training.trained_model import TrainedModel

_BLOCK_BYTES = 4_000_000
_VALIDATION_ROWS = 2048

Terms = dict[str, float]


class Learner:
    """Everything that learning changes: weights, optimiser, and the running sums of the losses.

    The order of the rows and the noise of an epoch depend on the seed and the epoch's number
    alone, so that learning in two sittings gives the same weights as in one.
    """

    def __init__(
        self, recipe: Recipe, dataset: Dataset, device: Device, start: TrainedModel | None
    ) -> None:
        self.recipe, self.dataset, self.options = recipe, dataset, recipe.training
        self.network = Autoencoder(recipe.model, dataset.shape, self.options.seed)
        if start:
            self.network.load_state_dict(start.weights)
        self.network.to(device.key)
        self.inputs = dataset.inputs.to(device.key)
        self.rows = dataset.train.to(device.key)
        self.optimiser = optimiser_for(list(self.network.parameters()), self.options)
        if start and start.optimiser and start.recipe.training.optimiser == self.options.optimiser:
            restore_state(self.optimiser, start.optimiser)
        self._terms = recipe.objective.terms()
        self._sums = [torch.zeros((), device=self.inputs.device) for _ in self._terms]
        self._read: tuple[int, list[float]] = (0, [0.0] * len(self._sums))
        self._noise = torch.Generator(self.inputs.device)
        self.seen = 0

    @property
    def batches_per_epoch(self) -> int:
        return -(-len(self.rows) // self.options.batch_size)

    def step_cost(self) -> int:
        """About how many multiplications one step's forward pass takes."""
        return min(self.options.batch_size, len(self.rows)) * self.network.parameter_count()

    def batches(self, epoch: int) -> Iterator[Tensor]:
        """The batches of an epoch, in an order of its own; the sums start at zero.

        Rows are gathered a block at a time and batches are slices of a block, which is quicker
        than gathering every batch by itself.
        """
        for total in self._sums:
            total.zero_()
        self.seen, self._read = 0, (0, [0.0] * len(self._sums))
        seed = self.options.seed * 1_000_003 + epoch
        self._noise.manual_seed(seed)
        order = torch.randperm(len(self.rows), generator=torch.Generator().manual_seed(seed))
        order = self.rows[order.to(self.rows.device)]
        batch = self.options.batch_size
        bytes_per_batch = batch * self.inputs[0].numel() * self.inputs.element_size()
        for block in order.split(batch * max(1, _BLOCK_BYTES // bytes_per_batch)):
            yield from self.inputs[block].split(batch)

    def learn(self, x: Tensor, progress: float) -> None:
        """Move the weights once. ``progress`` (0…1) is the part of the run that is done."""
        if self.options.schedule != "constant":
            for group in self.optimiser.param_groups:
                group["lr"] = learning_rate(self.options, progress)
        y = self.network(self.recipe.corruption.apply(x, self._noise, self.dataset.spread))
        losses = [term(y, x) for term in self._terms.values()]
        loss = sum(losses[1:], start=losses[0])
        self.optimiser.zero_grad()
        loss.backward()
        self.optimiser.step()
        self.seen += len(x)
        for total, value in zip(self._sums, losses, strict=True):
            total.add_(value.detach(), alpha=len(x))

    def recent_losses(self) -> Terms:
        """The terms' means since this was last asked in this epoch; waits for the device."""
        seen, sums = self._read
        now = [float(total) for total in self._sums]
        self._read = (self.seen, now)
        count = max(self.seen - seen, 1)
        return {name: (new - old) / count for name, new, old in zip(self._terms, now, sums, strict=True)}

    def epoch_losses(self) -> Terms:
        """The terms' means over the epoch so far; waits for the device."""
        count = max(self.seen, 1)
        return {name: float(total) / count for name, total in zip(self._terms, self._sums, strict=True)}

    def validate(self) -> Generator[None, None, Terms]:
        """The terms' means on the validation part, under the same corruption every time, in pieces."""
        rows = self.dataset.validation.to(self.inputs.device)
        noise = torch.Generator(self.inputs.device).manual_seed(self.options.seed + 1)
        sums = [0.0] * len(self._terms)
        for block in rows.split(_VALIDATION_ROWS):
            for index, loss in enumerate(self._losses(self.inputs[block], noise)):
                sums[index] += loss * len(block)
            yield
        return {name: total / len(rows) for name, total in zip(self._terms, sums, strict=True)}

    @torch.no_grad()
    def _losses(self, x: Tensor, noise: torch.Generator) -> list[float]:
        with evaluating(self.network):
            y = self.network(self.recipe.corruption.apply(x, noise, self.dataset.spread))
        return [float(term(y, x)) for term in self._terms.values()]

    def optimiser_state(self) -> dict[str, Tensor]:
        """A copy of the optimiser's state on the CPU."""
        return state_tensors(self.optimiser)

    def model(
        self, history: History, weights: dict[str, Tensor], optimiser: dict[str, Tensor] | None
    ) -> TrainedModel:
        """A TrainedModel of this data set with the given weights."""
        data = self.dataset
        return TrainedModel(
            self.recipe, data.shape, data.form, data.scaler, weights, optimiser, history,
            data.label_names, data.feature_names,
        )  # fmt: skip


def are_finite(terms: Terms) -> bool:
    """Whether every term is an ordinary number."""
    return all(isfinite(value) for value in terms.values())


def weights_are_finite(weights: dict[str, Tensor]) -> bool:
    """Whether every weight is an ordinary number."""
    return all(bool(torch.isfinite(value).all()) for value in weights.values())
