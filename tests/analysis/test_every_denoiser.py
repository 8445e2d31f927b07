"""Every architecture cleans signals, whichever way it learned to."""

import numpy as np
import pytest
from small import CPU, document

from aedesk.analysis.denoising import denoise
from aedesk.data.loading import load
from aedesk.errors import RecipeError
from aedesk.models.architecture import Architecture
from aedesk.models.model_options import ModelOptions  # noqa: F401 - imports all files of the family
from aedesk.recipe import Recipe
from aedesk.training.run import train

WAYS = {
    "blind": {"kind": "hidden", "share": 0.2},
    "added noise": {"kind": "noise-level", "snr_db": 6.0},
}


def recipe_of(kind: str, way: str) -> Recipe:
    """A small recipe with an encoder of that kind, and with whichever code it goes with."""
    given = document("signal", "training.epochs=1") | {"corruption": WAYS[way]}
    if kind == "two-sided" and way == "blind":
        given["corruption"] = {"kind": "none"}  # it never sees the sample itself
    tried = []
    for code in ("plain", "spatial"):
        try:
            return Recipe.from_document(given | {"model": {"encoder": {"kind": kind}, "bottleneck": {"kind": code}}})
        except RecipeError as error:
            tried.append(str(error))
    raise AssertionError(tried)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", Architecture.kinds())
def test_every_architecture_cleans_a_signal(kind: str, way: str) -> None:
    recipe = recipe_of(kind, way)
    *_, last = train(recipe, load(recipe.data), CPU)
    assert last.reason == "completed", last.message
    noisy = np.sin(np.arange(100) / 5) + np.random.default_rng(0).normal(0, 0.1, 100)
    noisy[40] = np.nan
    cleaned = denoise(last.model, noisy)
    assert cleaned.shape == (100,) and np.array_equal(np.isnan(cleaned), np.isnan(noisy))
    assert not np.allclose(cleaned[:40], noisy[:40], atol=1e-3)
