"""What the benchmarks measure with: distances that are right, a classifier that is good, recipes that exist."""

from pathlib import Path

import numpy as np
import pytest
from benchmarks.digit_classifier import accuracy, digits, features, trained_classifier
from benchmarks.frechet import frechet_distance

from aedesk.files.recipe_file import shipped


def test_the_distance_of_a_set_to_itself_is_0() -> None:
    one = np.random.default_rng(0).normal(size=(500, 8))
    assert frechet_distance(one, one) == pytest.approx(0, abs=1e-9)


def test_the_distance_follows_its_closed_form() -> None:
    """Independent columns: squared differences of means and of standard deviations add up."""
    draws = np.random.default_rng(0).normal(size=(1000, 3))
    centred = (draws - draws.mean(0)) @ np.linalg.inv(np.linalg.cholesky(np.cov(draws, rowvar=False))).T
    one, other = centred * [1, 2, 3], centred * [2, 2, 1] + [0, 1, 2]
    assert frechet_distance(one, other) == pytest.approx(0 + 1 + 4 + 1 + 0 + 4)
    assert frechet_distance(other, one) == pytest.approx(10)


def test_the_classifier_tells_digits_it_never_saw() -> None:
    network = trained_classifier()
    x, labels = digits(test=True)
    assert accuracy(network, x, labels) >= 0.99
    assert features(network, x[:7].numpy()).shape == (7, 64)


def test_noise_is_farther_from_digits_than_digits_are() -> None:
    network, (x, _) = trained_classifier(), digits(test=True)
    real = features(network, x[:1000].numpy())
    others = features(network, x[1000:2000].numpy())
    noise = features(network, np.random.default_rng(0).random((1000, 1, 28, 28)))
    assert frechet_distance(real, noise) > 20 * frechet_distance(real, others)


def test_every_case_of_noise_has_its_row_in_the_readme() -> None:
    from benchmarks.added import ROWS
    from benchmarks.signals import CASES

    readme = (Path(__file__).parents[1] / "README.md").read_text("utf-8")
    for case in CASES:
        assert f"| {case.words} at {case.snr_db:g} dB on `{case.file}` |" in readme
    for row in ROWS:
        assert f"| {row.words} |" in readme


def test_a_louder_copy_is_no_distortion() -> None:
    """The closed form: of independent noise, the ratio of the powers."""
    from benchmarks.speech import si_sdr

    chance = np.random.default_rng(0)
    clean, noise = chance.normal(size=100_000), chance.normal(size=100_000)
    assert si_sdr(clean, 3 * clean + 2) > 200
    assert si_sdr(clean, clean + 0.1 * noise) == pytest.approx(20, abs=0.1)
    assert si_sdr(clean, 5 * (clean + 0.1 * noise)) == pytest.approx(20, abs=0.1)
    assert si_sdr(clean, np.zeros(100_000)) == -np.inf  # a library that takes everything off is no reason to end


def test_every_shipped_recipe_has_a_target_and_its_row_in_the_readme() -> None:
    from benchmarks.targets import TARGETS

    assert {target.recipe for target in TARGETS} == set(shipped())
    readme = (Path(__file__).parents[1] / "README.md").read_text("utf-8")
    for target in TARGETS:
        assert f"| `{target.recipe}` | {target.words} |" in readme
