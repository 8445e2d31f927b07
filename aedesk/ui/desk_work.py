"""The desk's slow work: functions that run in other threads."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    from aedesk.analysis.pca import PcaTwin
    from aedesk.data.dataset import Dataset
    from aedesk.data.loading import DataOptions
    from aedesk.recipe import Recipe
    from aedesk.training.devices import Device
    from aedesk.training.events import Snapshot, Watch
    from aedesk.training.trained_model import TrainedModel


@dataclass(frozen=True, eq=False)
class Loaded:
    """A data set with its PCA, and what both were made from.

    ``plane`` is every row in the plane of a PCA with two components ``[n, 2]``, or None.
    """

    data: "DataOptions"
    stamp: object
    code_size: int
    dataset: "Dataset"
    twin: "PcaTwin"
    plane: "np.ndarray | None"


def load_for(recipe: "Recipe", device: str, known: Loaded | None) -> "tuple[Loaded, Device]":
    """The recipe's data, as far as they are not ``known``, and the device.

    A file that has changed since is read again.
    """
    from aedesk.data.loading import load
    from aedesk.training.devices import choose

    chosen = choose(device)
    stamp = recipe.data.source.stamp()
    if known and (known.data, known.stamp) == (recipe.data, stamp):
        if known.code_size == recipe.model.code_width(known.dataset.shape):
            return known, chosen
        dataset = known.dataset
    else:
        dataset = load(recipe.data)
    return _with_twin(recipe, stamp, dataset), chosen


def _with_twin(recipe: "Recipe", stamp: object, dataset: "Dataset") -> Loaded:
    import numpy as np

    from aedesk.analysis.pca import fit_twin

    width = recipe.model.code_width(dataset.shape)
    twin = fit_twin(dataset, width)
    plane = None
    if len(twin.components) == 2:
        plane = np.concatenate([twin.encode(block.numpy()) for block in dataset.inputs.split(4096)])
    return Loaded(recipe.data, stamp, width, dataset, twin, plane)


def look_at(model: "TrainedModel", dataset: "Dataset", watch: "Watch") -> "Snapshot":
    """What a model that is not learning makes of the watched rows."""
    from aedesk.training.snapshot import look_now

    shot = look_now(model.autoencoder, model.recipe, dataset, watch, model.history.epochs)
    return replace(shot, weights=model.weights)


def measure(model: "TrainedModel", dataset: "Dataset", twin: "PcaTwin") -> dict[str, Any]:
    """The figures of a finished run."""
    from aedesk.analysis.evaluation import evaluate

    return {
        "recipe": model.recipe.name,
        "epochs": model.history.epochs,
        "seconds": model.history.seconds,
        "samples_per_second": model.history.samples_per_second,
        **evaluate(model, dataset, twin),
    }
