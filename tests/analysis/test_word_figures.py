"""How well words come back, and are repaired, beside the nearest word of a dictionary."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
import torch
from small import dataset, finished, recipe, trained

from aedesk.analysis.words import nearest_words, word_figures
from aedesk.data.dataset import Dataset
from aedesk.data.words import decode_words
from aedesk.recipe import Recipe
from aedesk.training.trained_model import TrainedModel


@cache
def learned(corruption: str = "none", epochs: int = 40) -> TrainedModel:
    """A network with code enough for short words."""
    document = {
        "name": "small-words",
        "data": {"source": {"kind": "words", "longest": 4}, "limit": 1500, "scaling": "none"},
        "corruption": {"kind": corruption},
        "model": {
            "encoder": {"kind": "dense", "layers": [{"width": 128}]},
            "code_size": 32,
            "output_activation": "softmax",
        },
        "objective": {"reconstruction": "kl"},
        "training": {"epochs": epochs, "batch_size": 64, "learning_rate": 0.01},
    }
    return finished(Recipe.from_document(document)).model


def figures(model: TrainedModel, part: str = "test", seed: int = 0) -> dict[str, float | None]:
    data = dataset(model.recipe)
    return word_figures(model, data, data.rows(part), torch.Generator().manual_seed(seed))  # type: ignore[arg-type]


def of_words(data: Dataset, rows: torch.Tensor) -> list[str]:
    return decode_words(data.inputs[rows].numpy(), data.feature_names)


def test_letters_and_words_that_come_back_are_counted() -> None:
    model = learned()
    data = dataset(model.recipe)
    rows = data.rows("test")
    wanted = of_words(data, rows)
    given = decode_words(model.reconstruct(data.inputs[rows].numpy()), data.feature_names)
    right = sum(a == b for w, g in zip(wanted, given, strict=True) for a, b in zip(w, g, strict=False))
    reached = figures(model)
    assert set(reached) == {"characters", "words"}
    assert reached["characters"] == pytest.approx(right / sum(map(len, wanted)))
    assert reached["words"] == pytest.approx(np.mean([a == b for a, b in zip(wanted, given, strict=True)]))
    assert 0.5 < reached["words"] < reached["characters"] <= 1  # type: ignore[operator]


def test_filling_blanks_are_no_letters() -> None:
    """A network that gives back nothing at all has no letter right."""
    model = learned()
    last = max(name for name in model.weights if name.startswith("decoder") and name.endswith("bias"))
    weights = {name: value * 0 if name.startswith("decoder") else value for name, value in model.weights.items()}
    weights[last] = torch.tensor([1.0] + [0.0] * 26).repeat(4)
    reached = figures(model.with_weights(weights))
    assert reached == {"characters": 0.0, "words": 0.0}


def test_repairs_are_counted_beside_those_of_a_dictionary() -> None:
    model = learned("typos")
    reached = figures(model)
    assert set(reached) == {"characters", "words", "repaired", "nearest_word"}
    assert 0 <= reached["repaired"] < reached["nearest_word"] < 1  # type: ignore[operator]
    assert reached == figures(model), "under the same typos every time"
    assert reached["nearest_word"] != figures(model, seed=1)["nearest_word"]


def test_what_was_not_changed_needs_no_repair() -> None:
    model = learned("typos", epochs=1)
    none = model.recipe.corruption.model_copy(update={"count": 0})
    unchanged = replace(model, recipe=model.recipe.model_copy(update={"corruption": none}))
    reached = figures(unchanged)
    assert reached["repaired"] is None and reached["nearest_word"] is None


def test_the_nearest_word_is_one_slip_away_and_the_first_of_its_kind() -> None:
    dictionary = ["house", "mouse", "horse", "word", "world"]
    assert nearest_words(["hosue", "wrod", "ouse", "wrld", "horse"], dictionary) == [
        "house", "word", "house", "world", "horse",
    ]  # fmt: skip
    assert nearest_words([], dictionary) == []
    many = nearest_words(["mosue"] * 600, dictionary)
    assert many == ["mouse"] * 600


def test_other_data_have_no_words() -> None:
    data = dataset(recipe("table"))
    assert word_figures(trained("table"), data, data.rows("test"), torch.Generator()) == {}
