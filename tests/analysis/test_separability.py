"""Whether codes can be told from draws: sure where they differ, a guess where they do not."""

import numpy as np
import pytest

from aedesk.analysis.separability import separability


def normal(seed: int, count: int = 1500, width: int = 2) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(count, width)).astype(np.float32)


def test_draws_of_the_same_distribution_are_a_guess() -> None:
    assert separability(normal(0), normal(1)) == pytest.approx(0.5, abs=0.05)


def test_what_lies_elsewhere_is_told() -> None:
    assert separability(normal(0) + 5, normal(1)) > 0.99


def test_another_spread_is_told() -> None:
    """No line can tell them apart, for the middle is the same."""
    assert separability(3 * normal(0), normal(1)) > 0.75
    angles = np.random.default_rng(2).uniform(0, 2 * np.pi, 1500)
    ring = 1.2 * np.stack([np.cos(angles), np.sin(angles)], 1)
    assert separability(ring + 0.02 * normal(0), normal(1)) > 0.9


def test_codes_that_hang_together_are_told_from_free_ones() -> None:
    one = normal(0, width=6)
    one[:, 1] = one[:, 0]
    assert separability(one, normal(1, width=6)) > 0.95


def test_it_is_the_same_every_time_and_takes_unequal_counts() -> None:
    codes, draws = normal(0, 300) + 1, normal(1, 700)
    first = separability(codes, draws)
    assert first == separability(codes, draws) and first > 0.7
    assert first != separability(codes, draws, seed=1)
