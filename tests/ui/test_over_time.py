"""What is drawn of a signal lies where its samples were taken; a gap in time is one in the curve."""

import numpy as np
import pytest

from aedesk.data.timeline import Timeline
from aedesk.ui.views.extremes import Extremes
from aedesk.ui.views.over_time import points_over_time

BROKEN = Timeline(0.1, np.array([40_000]), np.array([6000.0]))


def noise(count: int = 100_000) -> np.ndarray:
    return np.random.default_rng(0).normal(size=count)


def pieces(y: np.ndarray) -> int:
    """How many lines are drawn."""
    known = np.concatenate([[False], np.isfinite(y)])
    return int((~known[:-1] & known[1:]).sum())


@pytest.mark.parametrize("span", [(0.0, 16_000.0), (3999.0, 10_001.0), (3000.0, 11_000.0)])
def test_a_gap_is_empty_and_the_extremes_beside_it_are_kept(span: tuple[float, float]) -> None:
    values = noise()
    values[[39_999, 40_000]] = 50, -50
    x, y = points_over_time(Extremes(values), BROKEN, *span, 300)
    pixel = (span[1] - span[0]) / 300
    assert pieces(y) == 2 and len(x) < 4 * 300 + 10
    inside = (x > 4000 + pixel) & (x < 10_000 - pixel)
    assert not np.isfinite(y[inside]).any()
    assert x[np.nanargmax(y)] == pytest.approx(3999.9, abs=pixel)
    assert x[np.nanargmin(y)] == pytest.approx(10_000, abs=pixel)
    assert (np.diff(x) >= 0).all()


def test_few_samples_are_drawn_themselves() -> None:
    values = noise()
    x, y = points_over_time(Extremes(values), BROKEN, 3999.0, 10_000.55, 300)
    known = np.isfinite(y)
    np.testing.assert_allclose(x[known], BROKEN.at(np.arange(39_989, 40_007)))
    np.testing.assert_array_equal(y[known], values[39_989:40_007])
    assert pieces(y) == 2


def test_rows_that_are_rare_are_told_apart_beside_others_that_are_close() -> None:
    times = np.concatenate([np.arange(90_000) * 1e-4, 9 + np.arange(100.0)])
    values = np.concatenate([np.zeros(90_000), np.arange(100.0)])
    x, y = points_over_time(Extremes(values), Timeline(1e-3, times=times), 0.0, 108.0, 400)
    rare = x > 9.2
    assert set(y[rare]) == set(range(1, 100)), "each of them"
    np.testing.assert_allclose(x[rare][::2], 10 + np.arange(99), atol=1e-9)
    assert pieces(y) == 1, "uneven rows are no gaps"


def test_pieces_of_time_stay_where_they_are_while_the_view_moves() -> None:
    series = Extremes(noise())
    first, second = (
        dict(zip(*points_over_time(series, BROKEN, start, start + 3000, 200), strict=True)) for start in (100.0, 131.0)
    )
    both = first.keys() & second.keys()
    assert len(both) > 150 and all(first[place] == second[place] for place in both)


def test_a_sample_alone_is_seen() -> None:
    values = np.full(9, np.nan)
    values[[2, 8]] = 1, 3
    x, y = points_over_time(Extremes(values), Timeline(), 0.0, 8.0, 80)
    assert x[np.isfinite(y)] == pytest.approx([1.9, 2.1, 7.9, 8.1])
    alone = Timeline(1.0, np.array([50_000, 50_001]), np.array([30_000.0, 30_000.0]))
    x, y = points_over_time(Extremes(np.ones(100_000)), alone, 0.0, 160_000.0, 100)
    near = np.isfinite(y) & (x > 60_000) & (x < 100_000)
    assert pieces(y) == 3 and np.ptp(x[near]) > 1000


@pytest.mark.parametrize("kind", ["even", "broken", "uneven"])
def test_of_nothing_nothing_is_drawn(kind: str) -> None:
    timeline = {
        "even": Timeline(),
        "broken": Timeline(1.0, np.array([3]), np.array([2.0])),
        "uneven": Timeline(1.0, times=np.empty(0)),
    }[kind]
    x, y = points_over_time(Extremes(np.empty(0)), timeline, 0.0, 10.0, 100)
    assert len(x) == len(y) == 0


@pytest.mark.parametrize("count", [10, 5000, 300_000])
def test_the_lowest_and_highest_of_any_pieces(count: int) -> None:
    random = np.random.default_rng(1)
    values = random.normal(size=count).astype(np.float32)
    values[: count // 3] = np.nan
    edges = np.sort(random.integers(0, count + 1, 40))
    starts, stops = np.append(edges[:-1], 0), np.append(edges[1:], count)
    low, high = Extremes(values).of(starts, stops)
    for start, stop, lowest, highest in zip(starts, stops, low, high, strict=True):
        known = values[start:stop][np.isfinite(values[start:stop])]
        expected = (known.min(), known.max()) if len(known) else (np.nan, np.nan)
        np.testing.assert_array_equal((lowest, highest), expected)
