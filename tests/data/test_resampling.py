"""Uneven signals on an even grid and back: near the truth, with gaps where there were gaps."""

import numpy as np
import pytest

from aedesk.data.resampling import resample
from aedesk.data.sampling import Sampling
from aedesk.errors import DataError

COUNT = 2000
PERIOD = 40.0  # steps


def sine(times: np.ndarray) -> np.ndarray:
    return np.sin(2 * np.pi * times / PERIOD)


def uneven(seed: int = 0, count: int = COUNT) -> np.ndarray:
    """Times from 0 whose steps are 1 on average and anything from a half to one and a half."""
    return np.concatenate([[0], np.cumsum(np.random.default_rng(seed).uniform(0.5, 1.5, count - 1))])


def lying(times: np.ndarray, breaks: tuple[int, ...] = ()) -> Sampling:
    return Sampling(1.0, np.array(breaks, np.int64), 0.5, times)


def grid(found: np.ndarray) -> np.ndarray:
    return np.arange(len(found), dtype=float)


@pytest.mark.parametrize("rate", [None, 1.0, 2.0, 0.5, 0.25])
def test_a_sine_comes_out_within_two_hundredths_and_goes_back(rate: float | None) -> None:
    times = uneven()
    found = resample(sine(times), lying(times), rate)
    step = 1 / (rate or 1)
    assert found.sampling.step == step and found.sampling.times is None and not found.sampling.unevenness
    error = found.values - sine(grid(found.values) * step)
    inner = slice(20, -20)  # a filter does not know what came before
    assert np.abs(error[inner]).max() < 0.02 and np.abs(error).max() < 0.1
    again = found.back(found.values) - sine(times)
    assert np.abs(again[80:-80]).max() < 0.025 and np.isfinite(again).all()


def test_nothing_is_drawn_where_rows_are_so_few_that_a_curve_would_swing() -> None:
    times = np.array([0, 1, 1.001, 5, 5.001, 9])
    values = np.array([0, 1, -1, 1, 0, 1])
    found = resample(values, lying(times), 20.0).values
    assert found.min() >= -1 and found.max() <= 1


def test_gaps_and_breaks_stay_and_nothing_is_drawn_across() -> None:
    times = uneven()
    times[1000:] += 700.3
    values = np.column_stack([sine(times), times])
    values[500:520, 0] = np.nan
    found = resample(values, lying(times, (1000,)))
    start = int(found.sampling.breaks[0])
    assert start == int(times[999]) + 1 and len(found.sampling.breaks) == 1
    assert found.values[start, 1] == pytest.approx(times[1000]), "each stretch begins with its first row"
    on_grid = np.concatenate([np.arange(start), times[1000] + np.arange(len(found.values) - start)])
    assert found.values[:, 1] == pytest.approx(on_grid), "and is as long as its rows take"
    missing = np.isnan(found.values[:, 0])
    assert np.array_equal(missing, (on_grid > times[499]) & (on_grid < times[520]))
    again = found.back(found.values)
    assert again.shape == values.shape and np.array_equal(np.isnan(again), np.isnan(values))
    assert again[:, 1] == pytest.approx(times)
    known = np.isfinite(again[:, 0])
    assert np.abs(again[known, 0] - values[known, 0]).mean() < 0.005


@pytest.mark.parametrize(("old", "rate"), [(44_100, 48_000.0), (48_000, 16_000.0), (360, 250.0), (100, 100 * np.pi)])
def test_even_rows_change_their_rate(old: int, rate: float) -> None:
    times = np.arange(COUNT) / old
    found = resample(sine(times * old), Sampling(1 / old), rate)
    assert 1 / found.sampling.step == pytest.approx(rate, rel=1e-5)
    error = found.values - sine(grid(found.values) * found.sampling.step * old)
    assert np.abs(error[100:-100]).max() < 0.002
    assert np.abs((found.back(found.values) - sine(times * old))[100:-100]).max() < 0.01
    assert abs((len(found.values) - 1) * found.sampling.step - times[-1]) < found.sampling.step


def test_what_is_too_fast_for_a_lower_rate_goes_and_does_not_fold_over() -> None:
    fast = np.sin(2 * np.pi * 0.4 * np.arange(COUNT))
    assert np.abs(resample(fast, Sampling(1.0), 0.25).values[10:-10]).max() < 0.01
    times = uneven()
    noise = np.random.default_rng(1).normal(size=COUNT)
    assert resample(noise, lying(times), 0.1).values.std() < 0.5


def test_the_same_rate_changes_nothing() -> None:
    values = np.random.default_rng(0).normal(size=(COUNT, 3))
    values[7, 1] = np.nan
    found = resample(values, Sampling(0.01, np.array([50, 51])), 100.0)
    assert np.array_equal(found.values, values, equal_nan=True) and found.sampling.breaks.tolist() == [50, 51]
    assert np.array_equal(found.back(found.values), values, equal_nan=True)


def test_cleaned_values_go_back_to_the_rows() -> None:
    times, noise = uneven(), np.random.default_rng(2).normal(0, 0.3, COUNT)
    found = resample(sine(times) + noise, lying(times))
    back = found.back(sine(grid(found.values)))
    assert back.shape == (COUNT,) and np.abs(back - sine(times)).max() < 0.01
    with pytest.raises(ValueError, match="shape"):
        found.back(np.zeros(3))


@pytest.mark.parametrize("count", [1, 2, 3])
def test_short_stretches_and_times_that_are_the_same(count: int) -> None:
    times = np.concatenate([np.zeros(2), 100 + np.arange(count) * 1.3])
    found = resample(np.arange(2.0 + count), lying(times, (2,)))
    assert found.values[0] == 0.5 and found.sampling.breaks.tolist() == [1]
    back = found.back(found.values)
    assert back[:2].tolist() == [0.5, 0.5] and back[2:] == pytest.approx(np.arange(2.0, 2 + count))
    nothing = resample(np.full(2 + count, np.nan), lying(times, (2,)))
    assert np.isnan(nothing.values).all() and np.isnan(nothing.back(nothing.values)).all()


def test_what_cannot_be_is_said() -> None:
    with pytest.raises(DataError, match="does not tell when its samples were taken"):
        resample(np.zeros(9), Sampling())
    with pytest.raises(DataError, match="1000 samples per second are more than 64 times the 10"):
        resample(np.zeros(9), Sampling(0.1), 1000)
