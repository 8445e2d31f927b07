"""Small recipes, data sets and models that learn in a blink, for tests of any part."""

from functools import cache
from typing import Any, TypeVar

import torch

from aedesk.data.dataset import Dataset
from aedesk.data.loading import load
from aedesk.files.recipe_file import with_options
from aedesk.recipe import Recipe
from aedesk.training.devices import Device
from aedesk.training.events import Event, Finished, Watch
from aedesk.training.run import train
from aedesk.training.trained_model import TrainedModel

# On a busy machine the threads of small networks wait for each other most of the time.
torch.set_num_threads(1)

SomeEvent = TypeVar("SomeEvent", bound=Event)

CPU = Device("cpu", "CPU")

_DOCUMENTS: dict[str, dict[str, Any]] = {
    "image": {
        "name": "small-image",
        "data": {"source": {"kind": "digits8"}, "limit": 300},
        "model": {
            "encoder": {"kind": "dense", "layers": [{"width": 16}]},
            "code_size": 4,
            "output_activation": "sigmoid",
        },
        "training": {"epochs": 2, "batch_size": 32, "learning_rate": 0.01},
    },
    "table": {
        "name": "small-table",
        "data": {"source": {"kind": "iris"}, "scaling": "standard"},
        "model": {"encoder": {"kind": "dense", "layers": [{"width": 8, "activation": "tanh"}]}},
        "training": {"epochs": 2, "batch_size": 16, "learning_rate": 0.01},
    },
    "signal": {
        "name": "small-signal",
        "data": {"source": {"kind": "ramp", "points": 400, "window": 16}, "scaling": "none"},
        "corruption": {"kind": "gaussian", "sigma": 0.1},
        "model": {"encoder": {"kind": "dense", "layers": [{"width": 16}]}},
        "training": {"epochs": 2, "batch_size": 32, "learning_rate": 0.01},
    },
}


def document(form: str, *assignments: str) -> dict[str, Any]:
    """The plain values of a small recipe, with options set as on the command line."""
    return with_options(_DOCUMENTS[form], list(assignments))


def recipe(form: str, *assignments: str) -> Recipe:
    """A small recipe for images, tables or signals, with options set as on the command line."""
    return Recipe.from_document(document(form, *assignments))


def dataset(chosen: Recipe) -> Dataset:
    """The data of a recipe, read once for all tests, which must not change them."""
    return _dataset(chosen.data.model_dump_json())


@cache
def _dataset(data: str) -> Dataset:
    return load(type(Recipe().data).model_validate_json(data))


def events_of(
    chosen: Recipe, *, start: TrainedModel | None = None, watch: Watch | None = None
) -> list[Event]:
    """All that a run on the CPU says, from the first event to the last."""
    return list(train(chosen, dataset(chosen), CPU, start, watch))


def finished(chosen: Recipe, *, start: TrainedModel | None = None) -> Finished:
    """The last event of a run on the CPU."""
    last = events_of(chosen, start=start)[-1]
    assert isinstance(last, Finished)
    return last


@cache
def trained(form: str, *assignments: str) -> TrainedModel:
    """A model that went through its small recipe, made once for all tests, which must not change it."""
    return finished(recipe(form, *assignments)).model


def of_kind(events: list[Event], kind: type[SomeEvent]) -> list[SomeEvent]:
    """The events of one kind, in order."""
    return [event for event in events if isinstance(event, kind)]


def same_weights(one: TrainedModel, other: TrainedModel) -> bool:
    """Whether two models have the same weights to the bit."""
    assert one.weights.keys() == other.weights.keys()
    return all(torch.equal(value, other.weights[name]) for name, value in one.weights.items())
