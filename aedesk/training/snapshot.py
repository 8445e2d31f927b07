"""Looking at a network: what it makes of some rows of a Dataset."""

from collections.abc import Generator

import numpy as np
import torch
from torch import Tensor

from aedesk.data.dataset import Dataset
from aedesk.models.autoencoder import Autoencoder, evaluating
from aedesk.recipe import Recipe
from aedesk.training.events import Snapshot, Watch

_CHUNK = 2048


def corrupted_rows(recipe: Recipe, dataset: Dataset, rows: Tensor) -> Tensor:
    """The inputs ``[len(rows), *shape]`` of some rows with their corruption, on the CPU.

    A row's corruption is the same every time, whichever rows it is asked for with.
    """
    generator = torch.Generator()
    parts = []
    for row in rows.tolist():
        generator.manual_seed(recipe.training.seed + row)
        parts.append(recipe.corruption.apply(dataset.inputs[row : row + 1], generator, dataset.spread))
    return torch.cat(parts) if parts else dataset.inputs[:0]


def look(
    network: Autoencoder, recipe: Recipe, inputs: Tensor, dataset: Dataset, watch: Watch, epochs_done: float
) -> Generator[None, None, Snapshot]:
    """A Snapshot, taken in pieces: between them the caller may do something else, or give up.

    ``inputs`` is the data set's inputs on the network's device.
    """
    codes = []
    for points in watch.points.split(_CHUNK):
        codes.append(_codes(network, inputs[points.to(inputs.device)]))
        yield
    corrupted = corrupted_rows(recipe, dataset, watch.rows)
    return Snapshot(
        epochs_done=epochs_done,
        weights=network.weights(),
        points=watch.points.numpy().copy(),
        codes=np.concatenate(codes) if codes else np.empty((0, network.code_size), np.float32),
        rows=watch.rows.numpy().copy(),
        corrupted=corrupted.numpy().copy(),
        reconstructed=_reconstructed(network, corrupted.to(inputs.device)),
    )


def look_now(
    network: Autoencoder, recipe: Recipe, dataset: Dataset, watch: Watch, epochs_done: float
) -> Snapshot:
    """A Snapshot of a network that nobody is training."""
    pieces = look(network, recipe, dataset.inputs, dataset, watch, epochs_done)
    while True:
        try:
            next(pieces)
        except StopIteration as done:
            return done.value



@torch.no_grad()
def _codes(network: Autoencoder, x: Tensor) -> np.ndarray:
    with evaluating(network):
        return network.encode(x).cpu().numpy()


@torch.no_grad()
def _reconstructed(network: Autoencoder, x: Tensor) -> np.ndarray:
    if not len(x):
        return np.empty(x.shape, np.float32)
    with evaluating(network):
        return network(x).cpu().numpy()
