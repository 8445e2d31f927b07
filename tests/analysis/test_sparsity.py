"""How sparse codes are: shares of small values, whatever their units."""

import numpy as np
import pytest

from aedesk.analysis.sparsity import mean_activity, near_zero_share


def test_the_share_of_small_values() -> None:
    codes = np.array([[3.0, 0.0, -0.1], [0.0, -4.0, 0.0]], np.float32)
    assert near_zero_share(codes) == pytest.approx(4 / 6)
    assert near_zero_share(codes, part=0.01) == pytest.approx(3 / 6)
    assert near_zero_share(codes, part=0) == pytest.approx(3 / 6)


@pytest.mark.parametrize("factor", [1e-6, 1.0, 1e6])
def test_the_units_of_the_codes_do_not_matter(factor: float) -> None:
    codes = np.random.default_rng(0).normal(size=(5000, 8)) * factor
    assert near_zero_share(codes.astype(np.float32)) == pytest.approx(0.0797, abs=0.005)


def test_codes_that_are_all_zero_are_all_near_it() -> None:
    assert near_zero_share(np.zeros((5, 3), np.float32)) == 1
    assert near_zero_share(np.full((5, 3), 0.5, np.float32)) == 0


def test_the_activity_of_units() -> None:
    np.testing.assert_allclose(mean_activity(np.array([[1.0, -2.0], [0.0, 4.0]])), [0.5, 3.0])
