"""Rows have their places along time: behind a break, where they are not evenly spaced, where a clock was put back."""

import numpy as np
import pytest

from aedesk.data.sampling import Sampling
from aedesk.data.timeline import Timeline

UNEVEN = np.array([0.0, 1.0, 1.5, 4.0, 4.25])


def broken(jumps: list[float] | None) -> Timeline:
    """Ten rows, half a second apart, with breaks before the fourth and the eighth."""
    return Timeline(0.5, np.array([3, 7]), None if jumps is None else np.array(jumps))


@pytest.mark.parametrize(
    ("timeline", "places"),
    [
        (Timeline(), np.arange(10.0)),
        (Timeline(0.1), np.arange(10) * 0.1),
        (broken([2.0, 7.0]), [0, 0.5, 1, 3.5, 4, 4.5, 5, 12.5, 13, 13.5]),
        (broken(None), np.arange(10) * 0.5),
        (broken([-60.0, 7.0]), [0, 0.5, 1, 1.5, 2, 2.5, 3, 10.5, 11, 11.5]),
        (Timeline(1.0, times=UNEVEN), UNEVEN),
        (Timeline(1.0, times=np.array([0.0, 1.0, 2.0, 0.5, 1.5])), [0, 1, 2, 3, 4]),
    ],
)
def test_rows_lie_at_their_places_and_are_found_there(timeline: Timeline, places: list[float]) -> None:
    rows = np.arange(len(places))
    np.testing.assert_allclose(timeline.at(rows), places)
    assert timeline.rows(timeline.at(rows)).tolist() == rows.tolist()
    between = (np.asarray(places)[:-1] + np.asarray(places)[1:]) / 2
    assert timeline.rows(between).tolist() == rows[1:].tolist(), "the next row, across a break as well"
    assert timeline.rows(-1.0) <= 0 and timeline.rows(1e6) >= len(places)


def test_parts_of_a_row_lie_between_it_and_the_next() -> None:
    assert Timeline(1.0, times=UNEVEN).at(np.array([0.5, 2.5])).tolist() == [0.5, 2.75]
    assert broken([2.0, 7.0]).at(2.5) == 1.25, "not in the gap"


def test_only_seconds_are_called_so() -> None:
    assert not Timeline().in_seconds and Timeline(0.1).in_seconds
    assert Sampling().seconds(3) is None
    assert Sampling(0.5, np.array([3]), jumps=np.array([2.0])).seconds(3) == 3.5
    assert Timeline(None, np.array([3]), np.array([2.0])).at(3) == 3, "a jump in an unknown unit has no length in rows"


def test_how_close_uneven_rows_are_is_known() -> None:
    bursts = np.concatenate([np.arange(100) * 0.01 + 60 * burst for burst in range(5)])
    assert Timeline(0.6, times=bursts).finest == pytest.approx(0.01)
    assert Timeline(0.6).finest == 0.6
    assert Timeline(0.6, times=np.zeros(5)).finest == 0.6


def test_of_no_rows_and_of_one_nothing_is_asked_in_vain() -> None:
    assert Timeline(1.0, times=np.empty(0)).rows(3.0) == 0
    assert Timeline(1.0, times=np.zeros(1)).at(0) == 0
