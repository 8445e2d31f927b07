"""Looking at a network: what it makes of some rows of a Dataset."""

from collections.abc import Generator

import numpy as np
import torch
from torch import Tensor

from aedesk.data.dataset import Dataset
from aedesk.models.autoencoder import Autoencoder, evaluating
from aedesk.models.bottleneck import Posterior
from aedesk.recipe import Recipe
from aedesk.training.events import Snapshot, Watch

_CHUNK = 2048
_MOST_NUMBERS = 32_000_000  # of all codes together


def corrupted_rows(recipe: Recipe, dataset: Dataset, rows: Tensor) -> Tensor:
    """The inputs ``[len(rows), *shape]`` of some rows with their corruption, on the CPU.

    A row's corruption is the same every time, whichever rows it is asked for with.
    """
    return _settled(recipe, dataset, rows, corrupted=True)


def wanted_rows(recipe: Recipe, dataset: Dataset, rows: Tensor) -> Tensor:
    """What is to come back of some rows ``[len(rows), *shape]``, the same every time, on the CPU."""
    return _settled(recipe, dataset, rows, corrupted=False)


def _settled(recipe: Recipe, dataset: Dataset, rows: Tensor, corrupted: bool) -> Tensor:
    generator = torch.Generator()
    parts, source = [dataset.inputs[:0]], dataset.given if corrupted else dataset.inputs
    for row in rows.tolist():
        generator.manual_seed(recipe.training.seed + row)
        x = recipe.augmentation.settle(source[row : row + 1], generator)
        parts.append(recipe.corruption.apply(x, generator, dataset.spread) if corrupted else x)
    return torch.cat(parts)


def look(
    network: Autoencoder, recipe: Recipe, inputs: Tensor, dataset: Dataset, watch: Watch, epochs_done: float
) -> Generator[None, None, Snapshot]:
    """A Snapshot, taken in pieces: between them the caller may do something else, or give up.

    ``inputs`` is what the data set gives to a network, on its device. Of very wide codes only as many are
    taken, evenly, as memory is likely to hold.
    """
    codes, log_variances, answers = [], [], []
    watched = watch.points[:: 1 + len(watch.points) * network.code_size // _MOST_NUMBERS]
    for points in watched.split(_CHUNK):
        posterior, answer = _codes(network, inputs[points.to(inputs.device)])
        codes.append(posterior.mean)
        log_variances.append(posterior.log_variance)
        answers.append(answer)
        yield
    corrupted = corrupted_rows(recipe, dataset, watch.rows)
    return Snapshot(
        epochs_done=epochs_done,
        weights=network.weights(),
        points=watched.numpy().copy(),
        codes=_joined(codes) if codes else np.empty((0, network.code_size), np.float32),
        rows=watch.rows.numpy().copy(),
        corrupted=corrupted.numpy().copy(),
        reconstructed=_reconstructed(network, corrupted.to(inputs.device)),
        log_variances=_joined(log_variances),
        answers=_joined(answers),
        wanted=wanted_rows(recipe, dataset, watch.rows).numpy().copy(),
    )


def look_now(
    network: Autoencoder, recipe: Recipe, dataset: Dataset, watch: Watch, epochs_done: float
) -> Snapshot:
    """A Snapshot of a network that nobody is training."""
    pieces = look(network, recipe, dataset.given, dataset, watch, epochs_done)
    while True:
        try:
            next(pieces)
        except StopIteration as done:
            return done.value


@torch.no_grad()
def _codes(network: Autoencoder, x: Tensor) -> tuple[Posterior, Tensor | None]:
    with evaluating(network):
        posterior = network.posterior(x)
        return posterior, network.answer(posterior.mean)


def _joined(parts: list[Tensor | None]) -> np.ndarray | None:
    """Parts as one array, or None where there are none."""
    found = [part.cpu().numpy() for part in parts if part is not None]
    return np.concatenate(found) if found else None


@torch.no_grad()
def _reconstructed(network: Autoencoder, x: Tensor) -> np.ndarray:
    if not len(x):
        return np.empty(x.shape, np.float32)
    with evaluating(network):
        return network(x).cpu().numpy()
