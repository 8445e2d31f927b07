"""The distributions of codes: where draws lie, and what their outlines show."""

import numpy as np
import pytest
import torch

from aedesk.models.prior import Prior
from aedesk.models.priors.gaussian import GaussianPrior
from aedesk.models.priors.ring import RingPrior
from aedesk.models.priors.swiss_roll import SwissRollPrior

MANY = 20_000


def drawn(prior: Prior, width: int = 2) -> np.ndarray:
    return prior.draw(MANY, width, torch.Generator().manual_seed(0)).numpy()


def inside(draws: np.ndarray, line: np.ndarray) -> float:
    """The share of draws within a closed outline that is a circle."""
    centre = line[:-1].mean(0)
    radii = np.linalg.norm(line - centre, axis=1)
    assert np.ptp(radii) < 1e-9 and (line[0] == line[-1]).all(), "a closed circle"
    return float((np.linalg.norm(draws[:, :2] - centre, axis=1) < radii[0]).mean())


def test_the_gaussian_is_standard_normal() -> None:
    draws = drawn(GaussianPrior(), 3)
    np.testing.assert_allclose(np.cov(draws.T), np.eye(3), atol=0.04)
    shares = [inside(draws, line) for line in GaussianPrior().outline()]
    assert shares == pytest.approx([1 - np.exp(-0.5), 1 - np.exp(-2)], abs=0.02), "one and two sigma"


@pytest.mark.parametrize("number", [2, 7])
def test_a_ring_is_equal_heaps_around_a_circle(number: int) -> None:
    prior = RingPrior(number=number, radius=3.0, spread=0.2)
    draws = drawn(prior, 4)
    angles = np.arange(number) * 2 * np.pi / number
    centres = 3 * np.stack([np.cos(angles), np.sin(angles)], 1)
    nearest = np.linalg.norm(draws[:, None, :2] - centres, axis=2).argmin(1)
    assert np.bincount(nearest, minlength=number) == pytest.approx(MANY / number, rel=0.1)
    apart = draws[:, :2] - centres[nearest]
    np.testing.assert_allclose(np.cov(apart.T), 0.04 * np.eye(2), atol=0.002)
    np.testing.assert_allclose(np.cov(draws[:, 2:].T), np.eye(2), atol=0.04)
    assert abs(np.corrcoef(draws.T)[:2, 2:]).max() < 0.03, "the other numbers know nothing of the heap"
    lines = prior.outline()
    assert len(lines) == number
    assert sum(inside(draws, line) for line in lines) == pytest.approx(1 - np.exp(-2), abs=0.02)


@pytest.mark.parametrize("turns", [1.0, 2.5])
def test_a_roll_is_evenly_filled_and_has_a_spread_of_one(turns: float) -> None:
    prior = SwissRollPrior(turns=turns, spread=0.05)
    draws = drawn(prior, 3)
    radii = np.linalg.norm(draws[:, :2], axis=1)
    # Evenly along the line means that the square of the radius is evenly spread.
    shares, _ = np.histogram(np.square(radii), bins=8, range=(0, 4))
    assert (shares[1:-1] / MANY) == pytest.approx(1 / 8, abs=0.012)
    assert np.sqrt(draws[:, :2].var(0).mean()) == pytest.approx(1, abs=0.15)
    assert draws[:, 2].std() == pytest.approx(1, abs=0.03)
    (line,) = prior.outline()
    assert np.linalg.norm(line[0]) == 0 and np.linalg.norm(line[-1]) == pytest.approx(2)
    turned = np.unwrap(np.arctan2(line[1:, 1], line[1:, 0]))
    assert (turned[-1] - turned[0]) / (2 * np.pi) == pytest.approx(turns, abs=0.1)
    steps = np.arange(len(line))
    finely = np.linspace(0, len(line) - 1, 20 * len(line))
    points = np.stack([np.interp(finely, steps, line[:, axis]) for axis in (0, 1)], 1)
    apart = np.linalg.norm(draws[:500, None, :2] - points, axis=2).min(1)
    assert apart.mean() == pytest.approx(0.05 * np.sqrt(2 / np.pi), rel=0.1)


def test_codes_that_are_too_narrow_for_a_prior() -> None:
    assert GaussianPrior().least_width() == 1
    assert RingPrior().least_width() == SwissRollPrior().least_width() == 2
    assert drawn(GaussianPrior(), 1).shape == (MANY, 1)
