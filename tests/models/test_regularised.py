"""The regularised, deterministic autoencoder (Ghosh et al. 2020), by the digits that are drawn from it."""

import numpy as np
from benchmarks.digit_classifier import digits, features, trained_classifier
from benchmarks.frechet import frechet_distance
from small import dataset, finished

from aedesk.analysis.sampling import sampler_for, training_codes
from aedesk.files.recipe_file import read_shipped, with_options
from aedesk.recipe import Recipe

GENTLE = "[{kind='code-norm', weight=1e-4}, {kind='decoder-gradient', weight=1e-3}]"


def distance(penalties: str, real: np.ndarray) -> float:
    """How far digits from the mixture fitted to a small network's codes are from real ones."""
    document = with_options(
        read_shipped("digits-regularised").document(),
        [
            "data.limit=4000", "data.split.test=0.0", "model.code_size=32",
            "model.encoder={kind='dense', layers=[{width=256, activation='silu'}, {width=128, activation='silu'}]}",
            "training.epochs=25", "training.batch_size=64", f"objective.penalties={penalties}",
        ],
    )  # fmt: skip
    recipe = Recipe.from_document(document)
    model = finished(recipe).model
    drawn = sampler_for(model, training_codes(model, dataset(recipe))).draw(4000, seed=0)
    return frechet_distance(features(trained_classifier(), np.clip(model.decode(drawn) / 255, 0, 1)), real)


def test_digits_drawn_from_it_are_nearer_to_real_ones() -> None:
    """By the figure of the benchmarks, on 4000 digits and a smaller network."""
    real = features(trained_classifier(), digits(test=True)[0].numpy())
    assert distance(GENTLE, real) < 0.97 * distance("[]", real)
