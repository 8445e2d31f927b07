"""Which choices do not go together, each explained at the field where it can be mended."""

from collections.abc import Iterator
from math import prod
from typing import TYPE_CHECKING

from aedesk.data.corruptions.none import NoCorruption
from aedesk.models.activations import RANGES
from aedesk.recipe_problems import Problem

if TYPE_CHECKING:
    from aedesk.recipe import Recipe

_SCALED_RANGES = {
    "unit": (0.0, 1.0, "0…1"),
    "centred": (-0.5, 0.5, "−0.5…0.5"),
    "standard": (-10.0, 10.0, "a few standard deviations around 0"),
}


def check(recipe: "Recipe") -> list[Problem]:
    """All problems, the impossible ones first."""
    found = [*_data(recipe), *_output(recipe), *_loss(recipe), *_model(recipe), *_training(recipe)]
    return sorted(found, key=lambda problem: not problem.fatal)


def _data(recipe: "Recipe") -> Iterator[Problem]:
    missing = recipe.data.source.missing()
    if missing:
        field, sentence = missing
        yield Problem(("data", "source", field), sentence)
    split = recipe.data.split
    if not split.held_out:
        yield Problem(
            ("data", "split", "held_out"),
            "Nothing is kept aside: the test figure is measured on rows the network learned from.",
            fatal=False,
        )


def _output(recipe: "Recipe") -> Iterator[Problem]:
    activation = recipe.model.output_activation
    if activation not in RANGES or recipe.data.scaling not in _SCALED_RANGES:
        return
    low, high = RANGES[activation]
    wanted_low, wanted_high, words = _SCALED_RANGES[recipe.data.scaling]
    if low > wanted_low or high < wanted_high:
        yield Problem(
            ("model", "output_activation"),
            f"A {activation} output cannot reach data scaled to {words}. "
            "Choose a linear output, or another scaling.",
        )


def _loss(recipe: "Recipe") -> Iterator[Problem]:
    if recipe.objective.reconstruction != "bce":
        return
    if recipe.data.scaling != "unit" or recipe.model.output_activation != "sigmoid":
        yield Problem(
            ("objective", "reconstruction"),
            "Binary cross-entropy compares values between 0 and 1: scale the data to 0…1 "
            "and give the model a sigmoid output, or choose another loss.",
        )


def _model(recipe: "Recipe") -> Iterator[Problem]:
    model = recipe.model
    if not model.mirror and model.decoder is None:
        yield Problem(
            ("model", "decoder"), "Give the decoder its own layers, or let it mirror the encoder."
        )
    shape = recipe.data.source.shape()
    clean = isinstance(recipe.corruption, NoCorruption)
    if shape and model.code_size >= prod(shape) and clean:
        yield Problem(
            ("model", "code_size"),
            f"The code is as wide as the data ({prod(shape)} values), so the network may simply "
            "copy them. Make the code narrower or add a corruption.",
            fatal=False,
        )


def _training(recipe: "Recipe") -> Iterator[Problem]:
    if recipe.training.patience and recipe.data.split.validation == 0 and recipe.data.split.held_out:
        yield Problem(
            ("training", "patience"),
            "Stopping early needs validation data to watch: keep a share for validation, "
            "or set patience to 0.",
        )
