"""The two recipes for irises: the one that works for every seed, and the textbook's, whose code dies."""

import pytest

from aedesk.analysis.evaluation import evaluate
from aedesk.analysis.health import findings
from aedesk.commands.train import chosen_recipe
from aedesk.training.trained_model import TrainedModel, apply_in_chunks
from tests import small


def learned(name: str, seed: int) -> TrainedModel:
    return small.finished(chosen_recipe(name, [f"training.seed={seed}"])).model


@pytest.mark.parametrize("seed", range(3))
def test_irises_are_told_apart_for_every_seed(seed: int) -> None:
    model = learned("iris-classify", seed)
    assert evaluate(model, small.dataset(model.recipe))["head_accuracy"] >= 0.933


def test_health_names_the_textbooks_dead_code() -> None:
    """Of the first five seeds, just those in which a number of the code is 0 for every flower."""
    dead, named = [], []
    for seed in range(5):
        model = learned("iris-classify-textbook", seed)
        data = small.dataset(model.recipe)
        codes = apply_in_chunks(model.autoencoder.encode, data.inputs[data.train])
        found = {finding.key: finding for finding in findings(model, data)}["dead-code"]
        dead += [seed] if not codes.any(0).all() else []
        if found.severity == "problem":
            named.append(seed)
            assert found.changes == {"model.code_activation": "leaky_relu"}
    assert named == dead and 0 in dead
