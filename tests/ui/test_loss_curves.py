"""The points of the loss curves, and the ticks beside them."""

import numpy as np
import pytest

from aedesk.ui.views.loss_axis import log_ticks
from aedesk.ui.views.loss_curves import LIMIT, Curve, drawable, thinned
from aedesk.ui.views.loss_run import LossRun


def test_a_long_curve_is_thinned_and_keeps_its_peaks():
    curve = Curve()
    for index in range(4 * LIMIT):
        curve.append(index, 100.0 if index == 777 else 1.0 + index % 2)
    assert len(curve) <= LIMIT
    assert curve.nearest(777) == (777, 100.0)
    assert curve.x[0] == 0
    assert curve.end == 4 * LIMIT - 1
    assert (np.diff(curve.x) > 0).all()


def test_thinning_takes_what_is_no_number():
    y = np.full(1000, np.nan)
    y[500] = 3.0
    kept = thinned(y, 100)
    assert 500 in kept
    assert len(kept) <= 110
    assert thinned(np.arange(5.0), 100).tolist() == [0, 1, 2, 3, 4]
    assert np.isnan(drawable(np.array([0.0]), log=True)).all()


def test_the_few_samples_at_the_end_of_an_epoch_make_no_spike():
    run = LossRun(1, 2)
    for done, loss in ((0.5, 0.5), (0.99, 0.4), (1.0, 9.0), (1.5, 0.3)):
        run.add_progress(done, {"mse": loss})
    assert run.curves["mse", "train"].y.tolist() == [0.5, 0.4, 0.3]
    for done in (1.51, 1.52, 1.53, 1.54, 1.55, 1.56):
        run.add_progress(done, {"mse": 0.2})
    assert len(run.curves["mse", "train"]) > 3, "a run that became slow is drawn all the same"


@pytest.mark.parametrize("most", [2, 3, 4, 5])
@pytest.mark.parametrize(("low", "high"), [(-2.0, 2.73), (-1.7, 2.4), (-0.9, 0.9), (-0.3, 1.4), (-5.5, 3.2), (0.1, 1.9)])
def test_however_low_a_log_axis_is_it_has_two_numbers(low, high, most):
    ticks = log_ticks(low, high, most)
    assert 2 <= len(ticks) <= max(most, 3)
    assert low <= min(ticks) and max(ticks) <= high


@pytest.mark.parametrize(
    ("low", "high", "most"), [(-4, 0, 5), (-1.9, 0.02, 3), (-1.2, -1.0, 6), (-0.01, 0.0, 4), (-200, 200, 5)]
)
def test_a_log_axis_has_a_few_round_ticks(low, high, most):
    ticks = log_ticks(low, high, most)
    assert 1 < len(ticks) <= most + 2
    assert all(low - 1e-9 <= tick <= high + 1e-9 for tick in ticks)
    assert all(float(f"{10**tick:.4g}") == pytest.approx(10**tick) for tick in ticks)
