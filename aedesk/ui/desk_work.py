"""The desk's slow work: functions that run in other threads."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from aedesk.analysis.pca import PcaTwin
    from aedesk.data.dataset import Dataset
    from aedesk.recipe import Recipe
    from aedesk.training.devices import Device
    from aedesk.training.events import Snapshot, Watch
    from aedesk.training.trained_model import TrainedModel


def load_for(recipe: "Recipe", device: str, known: "tuple[Dataset, PcaTwin] | None") -> "tuple[Dataset, PcaTwin, Device]":
    """The recipe's data and their PCA, or what is ``known`` of them already, and the device."""
    from aedesk.analysis.pca import fit_twin
    from aedesk.data.loading import load
    from aedesk.training.devices import choose

    chosen = choose(device)
    if known is not None:
        return *known, chosen
    dataset = load(recipe.data)
    return dataset, fit_twin(dataset, recipe.model.code_size), chosen


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
