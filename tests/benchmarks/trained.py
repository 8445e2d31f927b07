"""Recipes trained once: models are kept in a folder and measured again instead of learned again.

A kept model says which code it was trained by; where that has changed since, ``outdated`` is true.
"""

from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
import torch

import aedesk
from aedesk.analysis.evaluation import evaluate, unseen_noise
from aedesk.commands.train import chosen_recipe, run_recipe
from aedesk.data.dataset import Dataset
from aedesk.data.loading import DataOptions, load
from aedesk.errors import TrainingError
from aedesk.files import model_file
from aedesk.recipe import Recipe
from aedesk.training.devices import choose
from aedesk.training.trained_model import TrainedModel

_DECIDING = ("data", "models", "training")


@dataclass(frozen=True)
class Trained:
    """A recipe that was run on the CPU, and what came of it."""

    model: TrainedModel
    dataset: Dataset
    figures: dict[str, Any]

    @property
    def outdated(self) -> bool:
        """Whether the code that loads data, builds networks or trains them has changed since."""
        return self.model.metrics.get("code") != code_state()

    @property
    def seconds(self) -> float:
        """How long a person waits for it: reading, learning, validating and measuring.

        Of models kept without that, how long it learned.
        """
        return self.model.metrics.get("waited", self.model.history.seconds)

    @cached_property
    def test_inputs(self) -> torch.Tensor:
        """The scaled test samples ``[n, *shape]``, as they are measured."""
        noise = unseen_noise(self.model.recipe)
        return self.model.recipe.augmentation.settle(self.dataset.inputs[self.dataset.rows("test")], noise)

    @cached_property
    def test_codes(self) -> np.ndarray:
        """Their codes ``[n, k]``."""
        return self.codes("test")

    def codes(self, part: Any) -> np.ndarray:
        """The codes ``[n, k]`` of a part of the data."""
        rows = self.dataset.inputs[self.dataset.rows(part)]
        with torch.no_grad():
            return np.concatenate([self.model.autoencoder.encode(x).numpy() for x in rows.split(2048)])


class Bench:
    """Trains recipes, each at most once; with a folder, also those of earlier times are known.

    ``used`` holds what was asked for since it was last cleared.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._known: dict[str, Trained] = {}
        self._data: dict[str, Dataset] = {}
        self.used: list[Trained] = []

    def trained(self, name: str, *assignments: str) -> Trained:
        """A shipped recipe with options set as on the command line, trained on the CPU."""
        recipe = chosen_recipe(name, list(assignments))
        key = key_of(recipe)
        if key not in self._known:
            self._known[key] = self._from_file(recipe, key) or self._from_run(recipe, key)
        self.used.append(self._known[key])
        return self._known[key]

    def dataset(self, data: DataOptions) -> Dataset:
        """The data of a recipe, read once."""
        key = data.model_dump_json()
        if key not in self._data:
            self._data[key] = load(data)
        return self._data[key]

    def _file(self, recipe: Recipe, key: str) -> Path | None:
        return self._folder / f"{recipe.name}-{key}.aedesk" if self._folder else None

    def _from_file(self, recipe: Recipe, key: str) -> Trained | None:
        path = self._file(recipe, key)
        if path is None or not path.exists():
            return None
        model = model_file.load(path)
        dataset = self.dataset(recipe.data)
        return Trained(model, dataset, evaluate(model, dataset))

    def _from_run(self, recipe: Recipe, key: str) -> Trained:
        path, start = self._file(recipe, key), perf_counter()
        finished, figures = run_recipe(recipe, choose("cpu"), None, None)
        if finished.reason == "failed":
            raise TrainingError(f"{recipe.name}: {finished.message}")
        waited = round(perf_counter() - start, 1)
        model = finished.model.with_metrics(figures | {"code": code_state(), "waited": waited})
        if path:
            model_file.save(model, path)
        return Trained(model, self.dataset(recipe.data), figures)


def key_of(recipe: Recipe) -> str:
    """A checksum of all that decides what a run leads to; what a recipe is called does not."""
    document = recipe.model_dump_json(exclude={"name", "title", "summary"})
    return sha256(document.encode()).hexdigest()[:16]


@cache
def code_state() -> str:
    """A checksum of the code that decides what a run leads to."""
    package = Path(aedesk.__file__).parent
    files = [*package.glob("*.py"), *(file for part in _DECIDING for file in (package / part).rglob("*.py"))]
    return sha256(b"".join(file.read_bytes() for file in sorted(files))).hexdigest()[:16]
