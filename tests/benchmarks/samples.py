"""How good generated digits are.

``python -m tests.benchmarks.samples [--keep DIR]`` trains what is not kept yet and prints, for each
family, the Fréchet distance of 10 000 generated digits to the 10 000 test digits in the features of
the classifier of ``digit_classifier.py``.
"""

import argparse
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np

from aedesk.analysis.sampling import needs_codes, sampler_for, training_codes
from tests.benchmarks.digit_classifier import (
    DigitClassifier,
    digits,
    features,
    trained_classifier,
)
from tests.benchmarks.frechet import frechet_distance
from tests.benchmarks.trained import Bench, Trained

_COUNT, _DRAWS = 10_000, 3
_WAYS = (
    ("plain autoencoder + mixture", "digits-regularised", ("objective.penalties=[]",)),
    ("regularised (RAE) + mixture", "digits-regularised", ()),
    (
        "adversarial (AAE) at its default settings, prior",
        "digits-regularised",
        ("objective.penalties=[]", "objective.adversaries=[{kind='code-discriminator'}]"),
    ),
    ("variational (VAE), prior", "digits-vaegan", ("objective.adversaries=[]",)),
    ("VAE-GAN, prior", "digits-vaegan", ()),
)


@cache
def _classifier() -> DigitClassifier:
    return trained_classifier()


@cache
def _real_features() -> np.ndarray:
    return features(_classifier(), digits(test=True)[0].numpy())


def generated(run: Trained, count: int, draws: int) -> Iterator[np.ndarray]:
    """So many times digits ``[count, 1, 28, 28]`` in 0…1, drawn from a trained model with seeds 0, 1, …"""
    codes = training_codes(run.model, run.dataset) if needs_codes(run.model.recipe) else None
    sampler = sampler_for(run.model, codes)
    for seed in range(draws):
        yield np.clip(run.model.decode(sampler.draw(count, seed=seed)) / 255, 0, 1)


_distances: dict[int, tuple[Trained, list[float]]] = {}


def distances_of(run: Trained) -> list[float]:
    """The Fréchet distances to the test digits of three draws of a model's samples."""
    if id(run) not in _distances:
        found = [frechet_distance(features(_classifier(), x), _real_features()) for x in generated(run, _COUNT, _DRAWS)]
        _distances[id(run)] = run, found
    return _distances[id(run)][1]


def distance_of(run: Trained) -> float:
    """Their mean."""
    return float(np.mean(distances_of(run)))


TITLE = (
    "Fréchet distance of 10 000 generated digits to the 10 000 test digits, in the features of the "
    "classifier of `tests/benchmarks/digit_classifier.py`, the mean of three draws (least to most). All "
    "have the same encoder, decoder and code width and learned for the same 12 epochs:"
)


def sample_rows(bench: Bench) -> Iterator[str]:
    """The lines of the table."""
    yield "| samples of | Fréchet distance |"
    yield "| --- | --- |"
    others = features(_classifier(), digits(test=False)[0][:_COUNT].numpy())
    yield f"| (10 000 training digits, as a floor) | {frechet_distance(others, _real_features()):.2f} |"
    for title, name, assignments in _WAYS:
        run = bench.trained(name, *assignments)
        found, old = distances_of(run), " †" if run.outdated else ""
        yield f"| {title} | {np.mean(found):.2f} ({min(found):.2f}–{max(found):.2f}){old} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", type=Path, metavar="DIR", help="a folder for trained models")
    options = parser.parse_args()
    if options.keep:
        options.keep.mkdir(parents=True, exist_ok=True)
    bench = Bench(options.keep)
    print(f"{TITLE}\n")
    for row in sample_rows(bench):
        print(row, flush=True)


if __name__ == "__main__":
    main()
