"""Which choices do not go together, each explained at the field where it can be mended."""

from collections.abc import Iterator
from math import prod
from typing import TYPE_CHECKING

from aedesk.models.activations import RANGES
from aedesk.models.layerwise import pretraining_misfit
from aedesk.recipe_problems import Problem

if TYPE_CHECKING:
    from aedesk.recipe import Recipe

_SCALED_RANGES = {
    "unit": (0.0, 1.0, "0…1"),
    "centred": (-0.5, 0.5, "−0.5…0.5"),
    "standard": (-10.0, 10.0, "a few standard deviations around 0"),
}

_NEEDED = {
    "labels": "The {head} learns labels, and these data have none. Choose data with labels (of a table, name "
    "the label column), or take the head away.",
    "targets": "The {head} learns a number, and these data name none. Choose data with a number to tell (of a "
    "table, name the target column), or take the head away.",
}


def check(recipe: "Recipe") -> list[Problem]:
    """All problems, the impossible ones first."""
    found = [
        *_data(recipe), *_samples(recipe), *_output(recipe), *_loss(recipe), *_blind(recipe), *_code(recipe),
        *_head(recipe), *_network(recipe), *_objective(recipe), *_training(recipe),
    ]  # fmt: skip
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


def _samples(recipe: "Recipe") -> Iterator[Problem]:
    """What is done to the samples must suit their form and scaling."""
    form, scaling = recipe.data.source.form, recipe.data.scaling
    if form == "words" and scaling not in ("unit", "none"):
        yield Problem(("data", "scaling"), "Letters are 0 or 1 already: choose 0…1, or leave them as they are.")
    for name, choice in (("augmentation", recipe.augmentation), ("corruption", recipe.corruption)):
        misfit = choice.misfit(form)
        if misfit:
            yield Problem((name,), misfit)
    if recipe.augmentation.kind == "binarise" and scaling != "unit":
        yield Problem(
            ("augmentation",), "Values can become 0 or 1 by chance only where they lie in 0…1: scale the data to that."
        )


def _output(recipe: "Recipe") -> Iterator[Problem]:
    activation = recipe.model.output_activation
    if recipe.data.source.form == "words" or recipe.objective.reconstruction in ("bce", "kl"):
        return  # letters are scaled already, and these losses ask for an output of their own
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
    path = ("objective", "reconstruction")
    scaling, output = recipe.data.scaling, recipe.model.output_activation
    form = recipe.data.source.form
    match recipe.objective.reconstruction:
        case "bce" if (scaling != "unit" and form != "words") or output not in ("sigmoid", "softmax"):
            yield Problem(
                path,
                "Binary cross-entropy compares values between 0 and 1: scale the data to 0…1 "
                "and give the model a sigmoid output, or choose another loss.",
            )
        case "kl" if scaling in ("standard", "centred"):
            yield Problem(
                path,
                "KL divergence compares shares, which are never negative: scale the data to 0…1 or "
                "leave them as they are, or choose another loss.",
            )
        case "kl" if output not in ("softmax", "sigmoid"):
            yield Problem(
                path,
                "KL divergence compares shares: give the model a softmax or sigmoid output, which is never "
                "negative, or choose another loss.",
            )
        case "kl" if form in ("image", "signal"):
            yield Problem(
                path,
                "KL divergence compares how a sample is shared out over its places and not how high it is as "
                "a whole: to get the values themselves back, choose another loss.",
                fatal=False,
            )
    if output == "softmax" and form == "image":
        yield Problem(
            ("model", "output_activation"),
            "A softmax output makes each row of a picture add up to 1, which pictures do not: choose sigmoid.",
            fatal=False,
        )
    elif output == "softmax" and recipe.objective.reconstruction not in ("kl", "bce"):
        yield Problem(
            ("model", "output_activation"),
            "A softmax output adds up to 1 along the last axis, which suits letters and other shares. "
            "It learns best with the KL divergence.",
            fatal=False,
        )


def _blind(recipe: "Recipe") -> Iterator[Problem]:
    """What cannot be where the network must not see what it is judged by."""
    networks = [getattr(one, "networks", 1) for one in (recipe.model.encoder, recipe.model.decoding)]
    if max(networks) > 1 and (networks[0] != networks[1] or not recipe.model.blind):
        yield Problem(
            ("model", "encoder" if networks[0] > 1 else "decoder", "networks"),
            "Several networks need feature maps as the code and a two-sided decoder of as many: "
            "choose these, or one network.",
        )
    if recipe.corruption.kind == "noisier" and not recipe.model.blind:
        yield Problem(
            ("corruption",),
            "A network without a blind spot sees the noise of the data that it is judged by, and keeps it: "
            "choose a two-sided encoder with feature maps as the code, or another corruption.",
            fatal=False,
        )
    if not recipe.corruption.blind:
        return
    if recipe.objective.reconstruction not in ("mse", "mae", "huber"):
        yield Problem(
            ("objective", "reconstruction"),
            "Hidden values are judged one by one: choose squared, absolute or Huber's errors.",
        )
    if recipe.training.pretraining:
        yield Problem(
            ("training", "pretraining"),
            "Layers that learn alone see the hidden values: take the pretraining away, or choose another corruption.",
        )


def _code(recipe: "Recipe") -> Iterator[Problem]:
    model, shape = recipe.model, recipe.data.source.shape()
    if model.bottleneck.linear_code and model.code_activation != "linear":
        yield Problem(
            ("model", "code_activation"),
            f"A {model.bottleneck.title.lower()} code takes every value: choose linear for its activation.",
        )
    if not shape or model.encoder.misfit(shape):
        return
    if model.code_width(shape) >= prod(shape) and not recipe.kept_from_copying_by:
        follows = model.bottleneck.keeps_features
        mend = "Let the encoder end in fewer feature maps or take larger strides" if follows else "Make it narrower"
        yield Problem(
            ("model", "encoder" if follows else "code_size"),
            f"The code is as wide as the data ({prod(shape)} values), so the network may simply "
            f"copy them. {mend}, or add a corruption or a penalty on the code.",
            fatal=False,
        )


def _head(recipe: "Recipe") -> Iterator[Problem]:
    model, source = recipe.model, recipe.data.source
    if model.head is None:
        return
    if source.has(model.head.needs) is False:
        yield Problem(("model", "head"), _NEEDED[model.head.needs].format(head=model.head.title.lower()))
    shape = source.shape()
    if shape and not model.encoder.misfit(shape) and len(model.code_shape(shape)) > 1:
        yield Problem(
            ("model", "head"),
            f"The {model.head.title.lower()} reads a plain row of numbers, and this code is feature maps. "
            "Choose another kind of code, or take the head away.",
        )


def _network(recipe: "Recipe") -> Iterator[Problem]:
    model, shape = recipe.model, recipe.data.source.shape()
    own = not model.mirror
    if own and model.decoder is None:
        yield Problem(
            ("model", "decoder"), "Give the decoder its own layers, or let it mirror the encoder."
        )
    if not shape:
        return
    misfit = model.encoder.misfit(shape)
    if misfit:
        yield Problem(("model", "encoder", *misfit.path), misfit.text)
        return
    misfit = model.decoding.decoder_misfit(model.code_shape(shape), shape)
    if misfit:
        part = "decoder" if own else "encoder"
        yield Problem(("model", part, *misfit.path), misfit.text)


def _objective(recipe: "Recipe") -> Iterator[Problem]:
    shape = recipe.data.source.shape()
    for index, penalty in enumerate(recipe.objective.penalties):
        misfit = penalty.misfit(recipe.model)
        if misfit:
            yield Problem(("objective", "penalties", str(index), *misfit.path), misfit.text)
    for index, adversary in enumerate(recipe.objective.adversaries):
        misfit = adversary.misfit(recipe.model, shape)
        if misfit:
            yield Problem(("objective", "adversaries", str(index), *misfit.path), misfit.text)


def _training(recipe: "Recipe") -> Iterator[Problem]:
    misfit = pretraining_misfit(recipe.model) if recipe.training.pretraining else None
    if misfit:
        yield Problem(("training", "pretraining"), misfit)
    if recipe.training.patience and recipe.data.split.validation == 0 and recipe.data.split.held_out:
        yield Problem(
            ("training", "patience"),
            "Stopping early needs validation data to watch: keep a share for validation, "
            "or set patience to 0.",
        )
