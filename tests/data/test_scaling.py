"""Scaling: where the numbers land, and that they come back."""

import numpy as np
import pytest

from aedesk.data.scaling import Scaling, fit

SCALINGS: tuple[Scaling, ...] = ("unit", "centred", "standard", "none")


def table() -> np.ndarray:
    """50 rows of three columns: ordinary, far away and tiny, constant."""
    random = np.random.default_rng(5)
    columns = [random.normal(size=50), 1e3 + 1e-2 * random.normal(size=50), np.full(50, 7.0)]
    return np.column_stack(columns).astype(np.float32)


@pytest.mark.parametrize("scaling", SCALINGS)
@pytest.mark.parametrize("per_feature", [True, False])
def test_scaling_is_undone(scaling: Scaling, per_feature: bool) -> None:
    raw = table()
    scaler = fit(raw, scaling, per_feature)
    scaled = scaler.scaled(raw)
    assert scaled.dtype == np.float32 and np.isfinite(scaled).all()
    back = scaler.unscaled(scaled)
    assert back.dtype == np.float32
    np.testing.assert_allclose(back, raw, rtol=1e-6, atol=1e-4)


@pytest.mark.parametrize(("scaling", "low", "high"), [("unit", 0.0, 1.0), ("centred", -0.5, 0.5)])
def test_a_range_is_filled_by_every_column(scaling: Scaling, low: float, high: float) -> None:
    scaled = fit(table(), scaling, per_feature=True).scaled(table())[:, :2]
    # The far column has a float32's last digits only.
    np.testing.assert_allclose(scaled.min(0), low, atol=2e-3)
    np.testing.assert_allclose(scaled.max(0), high, atol=2e-3)


@pytest.mark.parametrize(("scaling", "low", "high"), [("unit", 0.0, 1.0), ("centred", -0.5, 0.5)])
def test_one_scale_for_all_values_keeps_their_proportions(scaling: Scaling, low: float, high: float) -> None:
    scaler = fit(table(), scaling, per_feature=False)
    scaled = scaler.scaled(table())
    assert scaler.scale.shape == scaler.offset.shape == ()
    assert scaled.min() == pytest.approx(low, abs=1e-6) and scaled.max() == pytest.approx(high, abs=1e-6)
    differences = np.diff(table()[:, 0]) / np.diff(scaled[:, 0])
    np.testing.assert_allclose(differences, scaler.scale, rtol=1e-2)


def test_standard_columns_have_no_mean_and_a_spread_of_one() -> None:
    scaled = fit(table(), "standard", per_feature=True).scaled(table())
    np.testing.assert_allclose(scaled.mean(0), 0, atol=2e-2)
    np.testing.assert_allclose(scaled[:, :2].std(0), 1, rtol=2e-2)


@pytest.mark.parametrize(("scaling", "value"), [("unit", 0), ("centred", 0), ("standard", 0), ("none", 7)])
def test_a_constant_column_is_not_blown_up(scaling: Scaling, value: float) -> None:
    scaler = fit(table(), scaling, per_feature=True)
    assert (scaler.scaled(table())[:, 2] == value).all()
    assert scaler.scaled(table() + 1)[0, 2] == value + 1, "nor is what comes later and differs a little"


def test_none_changes_nothing() -> None:
    np.testing.assert_array_equal(fit(table(), "none", per_feature=True).scaled(table()), table())


def test_bytes_do_not_overflow() -> None:
    """Pixels come as bytes; their sums and differences must not wrap around."""
    pixels = np.array([[0, 255], [250, 5]], np.uint8)
    assert fit(pixels, "unit", per_feature=False).scaled(pixels).max() == 1
    assert fit(pixels, "centred", per_feature=False).scaled(pixels).min() == -0.5
    standard = fit(np.full((70_000, 1), 200, np.uint8), "standard", per_feature=False)
    assert float(standard.offset) == 200


def test_values_outside_the_training_range_pass_through() -> None:
    scaler = fit(np.array([[0.0], [10.0]], np.float32), "unit", per_feature=True)
    np.testing.assert_allclose(scaler.scaled(np.array([[-10.0], [30.0]])), [[-1.0], [3.0]])
