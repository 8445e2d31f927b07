"""A network learning from a Dataset on a device, one batch at a time."""

from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace

import torch
from torch import Tensor

from aedesk.data.dataset import Dataset
from aedesk.errors import TrainingError
from aedesk.models.autoencoder import Autoencoder, evaluating
from aedesk.models.batch_pass import BatchPass
from aedesk.models.model_options import plan
from aedesk.models.objective import Objective
from aedesk.recipe import Recipe
from aedesk.training.devices import Device
from aedesk.training.history import History
from aedesk.training.optimisation import learning_rate, optimiser_for, restore_state, state_tensors
from aedesk.training.opponents import opponent_states, opponents_of, restore_opponents
from aedesk.training.running_means import RunningMeans, Terms
from aedesk.training.trained_model import TrainedModel

_BLOCK_BYTES = 4_000_000
_VALIDATION_ROWS = 2048


@dataclass(frozen=True, slots=True)
class Batch:
    """Samples ``[n, *shape]`` with what a head may ask of them, ``[n]`` each.

    ``seen`` ``[n, *shape]`` is what the network is given in their place, where that is known.
    """

    x: Tensor
    labels: Tensor | None = None
    targets: Tensor | None = None
    seen: Tensor | None = None


class Learner:
    """Everything that learning changes: weights, optimisers, and the running sums of the losses.

    The order of the rows and the noise of an epoch depend on the seed and the epoch's number
    alone, so that learning in two sittings gives the same weights as in one.
    """

    def __init__(
        self, recipe: Recipe, dataset: Dataset, device: Device, start: TrainedModel | None
    ) -> None:
        self.recipe, self.dataset, self.options = recipe, dataset, recipe.training
        self.labels, self.targets = _asked_for(recipe, dataset, device)
        self.network = Autoencoder(recipe.model, dataset.shape, self.options.seed, dataset.classes)
        self.objective = Objective(recipe.objective, recipe.model, dataset.shape)
        self._earlier = start.history.epochs / self.options.epochs if start else 0.0
        self.opponents = opponents_of(recipe, dataset.shape)
        if start:
            self.network.load_state_dict(start.weights)
        self.network.to(device.key)
        for opponent in self.opponents:
            opponent.ready(device.key)
        self.inputs = dataset.inputs.to(device.key)
        self._seen = None if dataset.seen is None else dataset.seen.to(device.key)
        self.rows = dataset.train.to(device.key)
        self.optimiser = optimiser_for(list(self.network.parameters()), self.options)
        if start and start.optimiser and start.recipe.training.optimiser == self.options.optimiser:
            moments = {name: value for name, value in start.optimiser.items() if name[0].isdigit()}
            restore_state(self.optimiser, moments)
            restore_opponents(self.opponents, start.optimiser)
        self._means = RunningMeans(self.inputs.device)
        self._figures = RunningMeans(self.inputs.device)
        self._noise = torch.Generator(self.inputs.device)

    @property
    def batches_per_epoch(self) -> int:
        return -(-len(self.rows) // self.options.batch_size)

    @property
    def seen(self) -> int:
        """How many samples of this epoch were learned from."""
        return self._means.count

    def step_cost(self) -> int:
        """About how many multiplications one step's forward pass takes."""
        each = sum(layer.multiplications for layer in plan(self.recipe.model, self.dataset.shape))
        return min(self.options.batch_size, len(self.rows)) * each

    def batches(self, epoch: int) -> Iterator[Batch]:
        """The batches of an epoch, in an order of its own; the sums start at zero.

        Rows are gathered a block at a time and batches are slices of a block, which is quicker
        than gathering every batch by itself.
        """
        self._means.clear()
        self._figures.clear()
        seed = self.options.seed * 1_000_003 + epoch
        self._noise.manual_seed(seed)
        order = torch.randperm(len(self.rows), generator=torch.Generator().manual_seed(seed))
        order = self.rows[order.to(self.rows.device)]
        batch = self.options.batch_size
        bytes_per_batch = batch * self.inputs[0].numel() * self.inputs.element_size()
        for block in order.split(batch * max(1, _BLOCK_BYTES // bytes_per_batch)):
            parts = [None if part is None else part[block].split(batch) for part in self._parts()]
            for index, x in enumerate(parts[0] or ()):
                yield Batch(x, *(None if part is None else part[index] for part in parts[1:]))

    def learn(self, batch: Batch, progress: float) -> None:
        """Move the weights once. ``progress`` (0…1) is the part of the run that is done.

        The learning rate's schedule begins anew with every run. What the terms make of it does
        not: a model that has warmed up once would be undone by that.
        """
        if self.options.schedule != "constant":
            for group in self.optimiser.param_groups:
                group["lr"] = learning_rate(self.options, progress)
        batch = self._varied(batch)
        x = batch.x
        passed = self._pass(x, batch, self._noise, min(1.0, self._earlier + progress))
        terms = self._terms(passed)
        losses = list(terms.values())
        self.optimiser.zero_grad()
        sum(losses[1:], start=losses[0]).backward()
        if self.options.clip:
            torch.nn.utils.clip_grad_norm_(self.network.parameters(), self.options.clip)
        self.optimiser.step()
        self._means.add(terms, len(x))
        figures = self.objective.figures(passed)
        for opponent in self.opponents:
            figures[f"{opponent.name} loss"] = opponent.learn(passed)
        self._figures.add(figures, len(x))

    def _varied(self, batch: Batch) -> Batch:
        """The samples varied, and in the same way what the network is given in their place."""
        vary, noise = self.recipe.augmentation.vary, self._noise
        if batch.seen is None:
            return replace(batch, x=vary(batch.x, noise))
        before = noise.get_state()
        x = vary(batch.x, noise)
        noise.set_state(before)
        return replace(batch, x=x, seen=vary(batch.seen, noise))

    def recent_losses(self) -> Terms:
        """The terms' means since this was last asked in this epoch; waits for the device."""
        return self._means.recent()

    def recent_figures(self) -> Terms:
        """The means of what is watched beside the terms since this was last asked; waits for the device."""
        return self._figures.recent()

    def epoch_losses(self) -> Terms:
        """The terms' means over the epoch so far; waits for the device."""
        return self._means.means()

    def epoch_figures(self) -> Terms:
        """The means of what is watched beside the terms over the epoch so far; waits for the device."""
        return self._figures.means()

    def validate(self) -> Generator[None, None, tuple[Terms, Terms]]:
        """The means of terms and figures on the validation part, in pieces.

        Corruption and draws are the same every time.
        """
        rows = self.dataset.validation.to(self.inputs.device)
        noise = torch.Generator(self.inputs.device).manual_seed(self.options.seed + 1)
        terms, figures = RunningMeans(self.inputs.device), RunningMeans(self.inputs.device)
        for block in rows.split(_VALIDATION_ROWS):
            batch = Batch(*(None if part is None else part[block] for part in self._parts()))
            self._measure(batch, noise, terms, figures)
            yield
        return terms.means(), figures.means()

    def _measure(
        self, batch: Batch, noise: torch.Generator, terms: RunningMeans, figures: RunningMeans
    ) -> None:
        with evaluating(self.network), torch.set_grad_enabled(self.objective.differentiates):
            x = self.recipe.augmentation.settle(batch.x, noise)
            passed = self._pass(x, batch, noise, 1.0)
            terms.add(self._terms(passed), len(x))
            figures.add(self.objective.figures(passed), len(x))

    def _pass(self, x: Tensor, batch: Batch, noise: torch.Generator, progress: float) -> BatchPass:
        """Corrupt the samples and send them through the network."""
        network = self.network
        given = x if batch.seen is None else batch.seen
        seen, judged = self.recipe.corruption.corrupt(given, noise, self.dataset.spread)
        if self.objective.differentiates:
            seen = seen.detach().requires_grad_()
        posterior = network.posterior(seen)
        code = network.bottleneck.draw(posterior, noise)
        return BatchPass(
            network=network,
            clean=x,
            seen=seen,
            posterior=posterior,
            code=code,
            output=network.decode(code, x),
            generator=noise,
            answers=network.answer(code),
            labels=batch.labels,
            targets=batch.targets,
            progress=progress,
            scale=self.objective.scale,
            judged=judged,
        )

    def _terms(self, passed: BatchPass) -> dict[str, Tensor]:
        terms = self.objective.terms(passed)
        for opponent in self.opponents:
            terms[opponent.name] = opponent.fooled(passed)
        return terms

    @property
    def given(self) -> Tensor:
        """What the network is given, before its corruption: see ``Dataset.given``."""
        return self.inputs if self._seen is None else self._seen

    def _parts(self) -> tuple[Tensor | None, ...]:
        return self.inputs, self.labels, self.targets, self._seen

    def state(self) -> dict[str, Tensor]:
        """A copy of the state of all optimisers, and of the discriminators, on the CPU."""
        return state_tensors(self.optimiser) | opponent_states(self.opponents)

    def model(
        self, history: History, weights: dict[str, Tensor], optimiser: dict[str, Tensor] | None
    ) -> TrainedModel:
        """A TrainedModel of this data set with the given weights."""
        data = self.dataset
        return TrainedModel(
            self.recipe, data.shape, data.form, data.scaler, weights, optimiser, history,
            data.label_names, data.feature_names, target_name=data.target_name,
            target_scaler=data.target_scaler, step=data.recording.step if data.recording else None,
        )  # fmt: skip


def _asked_for(recipe: Recipe, dataset: Dataset, device: Device) -> tuple[Tensor | None, Tensor | None]:
    """The labels and targets on the device, where a head needs them. TrainingError where it has none."""
    head = recipe.model.head
    if head is None:
        return None, None
    if head.needs == "labels":
        if dataset.labels is None or dataset.classes < 2:
            raise TrainingError(
                f"The head “{head.title}” learns labels, and these data have none. "
                "Choose data with labels, or take the head away."
            )
        return torch.from_numpy(dataset.labels).to(device.key, torch.int64), None
    if dataset.targets is None:
        raise TrainingError(
            f"The head “{head.title}” learns a number, and these data name none. "
            "Choose the column to tell, or take the head away."
        )
    return None, dataset.targets.to(device.key)
