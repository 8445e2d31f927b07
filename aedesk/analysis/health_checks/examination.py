"""What the checks look at: a model's history, and what its network makes of some samples."""

from dataclasses import dataclass, replace
from math import prod

import torch
from torch import Tensor

from aedesk.analysis.health_checks.layer_record import LayerRecord, listening
from aedesk.analysis.pca import PcaTwin
from aedesk.data.dataset import Dataset
from aedesk.models.model_options import plan
from aedesk.training.trained_model import TrainedModel

# Together these keep an examination well under a second or two, whatever the network and the data.
_MOST_ROWS = 2000
_MOST_VALUES = 20_000_000
_MOST_MULTIPLICATIONS = 5_000_000_000
_FEWEST_ROWS = 32
_CHUNK = 128


@dataclass(frozen=True, eq=False)
class Measured:
    """What passed through the network, in scaled units: training and validation samples, mixed.

    ``clean``, what was ``seen`` of it and ``output`` are ``[n, *shape]``; ``code`` is ``[n, k]``, of
    drawn codes the mean, with ``log_variance`` of the same shape or None. ``layers`` are in the
    order of the network.
    """

    clean: Tensor
    seen: Tensor
    output: Tensor
    code: Tensor
    log_variance: Tensor | None
    layers: list[LayerRecord]


@dataclass(frozen=True, eq=False)
class Examination:
    """A model to be examined; ``measured`` is None without its data or before it learned.

    ``diverged`` says that its run ended because the loss stopped being a number; ``twin`` is a PCA of
    the data with as many numbers as the code has.
    """

    model: TrainedModel
    measured: Measured | None = None
    diverged: bool = False
    twin: PcaTwin | None = None


def examine(
    model: TrainedModel, dataset: Dataset | None, twin: PcaTwin | None = None, diverged: bool = False
) -> Examination:
    """Send samples of the data through the network, as it sees them while it learns."""
    if dataset is None or dataset.shape != model.shape or not model.history.epochs:
        return Examination(model, None, diverged)
    return Examination(model, _measured(model, dataset), diverged, twin)


@torch.no_grad()
def _measured(model: TrainedModel, dataset: Dataset) -> Measured:
    network = replace(model).autoencoder  # of our own: nobody else's samples may be heard
    layers = plan(model.recipe.model, model.shape)
    cost = sum(layer.multiplications for layer in layers)
    noise = torch.Generator().manual_seed(model.recipe.training.seed + 2)
    parts: list[tuple[Tensor, Tensor, Tensor, Tensor, Tensor | None]] = []
    with listening(network, layers) as records:
        for rows in _rows(dataset, cost).split(_CHUNK):
            clean = model.recipe.augmentation.settle(dataset.inputs[rows], noise)
            given = clean if dataset.seen is None else dataset.seen[rows]
            seen = model.recipe.corruption.apply(given, noise, dataset.spread)
            posterior = network.posterior(seen)
            parts.append((clean, seen, network.decode(posterior.mean), *posterior))
    clean, seen, output, code, log_variance = zip(*parts, strict=True)
    drawn = None if log_variance[0] is None else torch.cat(log_variance)
    return Measured(*map(torch.cat, (clean, seen, output, code)), drawn, records)


def _rows(dataset: Dataset, cost: int) -> Tensor:
    """Rows to look at, the same every time: as many as are cheap, and none of the test part's."""
    known = torch.cat([dataset.train, dataset.validation]).unique()
    values = prod(dataset.shape)
    count = min(_MOST_ROWS, _MOST_VALUES // values, _MOST_MULTIPLICATIONS // max(cost, 1))
    order = torch.randperm(len(known), generator=torch.Generator().manual_seed(0))
    return known[order[: max(count, _FEWEST_ROWS)]]
