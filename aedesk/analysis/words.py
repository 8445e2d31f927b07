"""How well words are given back and repaired, beside the nearest word of a dictionary."""

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor

from aedesk.data.dataset import Dataset
from aedesk.data.words import decode_words
from aedesk.training.trained_model import TrainedModel, apply_in_chunks

_MOST_REPAIRED = 5000
_CHUNK = 250  # words looked up at a time, which bounds the memory


def word_figures(
    model: TrainedModel, dataset: Dataset, rows: Tensor, noise: torch.Generator
) -> dict[str, float | None]:
    """Shares of letters and words that come back right; nothing for data that are no words.

    ``characters`` counts the letters of the clean words that come back in their places, ``words``
    the words that come back whole and no longer. Where the recipe corrupts, ``repaired`` is the
    share of the changed words, of 5000 at most, that come back as they were, and ``nearest_word``
    that of a dictionary which takes the nearest word (see ``nearest_words``). The dictionary holds
    all words of the data, the rows' own among them, while the network has learned from the training
    part alone: with no more to choose from than that, it could not repair a single new word.
    """
    if dataset.form != "words" or not len(rows):
        return {}
    clean = dataset.inputs[rows]
    wanted = _read(clean, dataset)
    given = _read(_reconstructed(model, clean), dataset)
    letters = sum(map(len, wanted))
    right = sum(one == other for pair in zip(wanted, given, strict=True) for one, other in zip(*pair))
    figures = {"characters": right / letters if letters else None, "words": _share_equal(wanted, given)}
    if model.recipe.corruption.kind == "none":
        return figures
    return figures | _repairs(model, dataset, rows, noise)


def nearest_words(words: Sequence[str], dictionary: Sequence[str]) -> list[str]:
    """The dictionary's nearest word to each by optimal string alignment, the first of equally near ones.

    Its steps are those of typos: one letter put in, left out or replaced, or two neighbours
    swapped (Damerau 1964).
    """
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import cdist

    found = []
    for start in range(0, len(words), _CHUNK):
        distances = cdist(words[start : start + _CHUNK], dictionary, scorer=OSA.distance, dtype=np.uint8)
        found += [dictionary[place] for place in distances.argmin(1)]
    return found


def _repairs(
    model: TrainedModel, dataset: Dataset, rows: Tensor, noise: torch.Generator
) -> dict[str, float | None]:
    """What becomes of corrupted words, under one draw."""
    rows = rows[:: -(-len(rows) // _MOST_REPAIRED)]
    clean = dataset.inputs[rows]
    corrupted = model.recipe.corruption.apply(clean, noise, dataset.spread)
    changed = (corrupted != clean).flatten(1).any(1)
    if not changed.any():
        return {"repaired": None, "nearest_word": None}
    wanted, seen = _read(clean[changed], dataset), _read(corrupted[changed], dataset)
    repaired = _read(_reconstructed(model, corrupted[changed]), dataset)
    nearest = nearest_words(seen, _read(dataset.inputs, dataset))
    return {"repaired": _share_equal(wanted, repaired), "nearest_word": _share_equal(wanted, nearest)}


def _reconstructed(model: TrainedModel, x: Tensor) -> np.ndarray:
    return apply_in_chunks(model.autoencoder, x)


def _read(x: Tensor | np.ndarray, dataset: Dataset) -> list[str]:
    return decode_words(np.asarray(x), dataset.feature_names)


def _share_equal(wanted: list[str], given: list[str]) -> float:
    return sum(one == other for one, other in zip(wanted, given, strict=True)) / len(wanted)
