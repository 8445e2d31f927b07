"""Splits: shares, proportions of labels, repetition, and that no row is in two parts."""

import numpy as np
import pytest

from aedesk.data.splitting import Split, SplitOptions, split_rows, split_time
from aedesk.errors import DataError

LABELS = np.repeat([0, 1, 2], [600, 300, 100])


def parts(split: Split) -> list[np.ndarray]:
    return [split.train, split.validation, split.test]


def assert_shared_out(split: Split, count: int) -> None:
    """Every row is in exactly one part."""
    np.testing.assert_array_equal(np.sort(np.concatenate(parts(split))), np.arange(count))


@pytest.mark.parametrize("labels", [None, LABELS], ids=["no labels", "labels"])
@pytest.mark.parametrize(("test", "validation"), [(0.2, 0.1), (0.5, 0.5), (0.0, 0.1), (0.3, 0.0), (0.0, 0.0)])
def test_the_parts_have_their_shares(test: float, validation: float, labels: np.ndarray | None) -> None:
    split = split_rows(SplitOptions(test=test, validation=validation), 1000, labels, None)
    assert len(split.test) == round(1000 * test)
    assert len(split.validation) == round((1000 - len(split.test)) * validation)
    assert_shared_out(split, 1000)


def test_labels_keep_their_proportions() -> None:
    split = split_rows(SplitOptions(test=0.2, validation=0.25), 1000, LABELS, None)
    for part in parts(split):
        np.testing.assert_allclose(np.bincount(LABELS[part]) / len(part), [0.6, 0.3, 0.1], atol=0.01)


def test_without_stratifying_labels_do_not_matter() -> None:
    options = SplitOptions(stratify=False)
    with_labels, without = (split_rows(options, 1000, labels, None) for labels in (LABELS, None))
    for one, other in zip(parts(with_labels), parts(without), strict=True):
        np.testing.assert_array_equal(one, other)


def test_the_seed_decides() -> None:
    first, again, other = (split_rows(SplitOptions(seed=seed), 1000, None, None) for seed in (0, 0, 1))
    for one, same in zip(parts(first), parts(again), strict=True):
        np.testing.assert_array_equal(one, same)
    assert not np.array_equal(first.test, other.test)


def test_rows_are_drawn_at_random() -> None:
    """Files are often sorted by label; the last fifth alone would be a bad test."""
    test = split_rows(SplitOptions(stratify=False), 1000, None, None).test
    assert abs(test.mean() - 500) < 60 and test.min() < 50 and test.max() > 950


def test_a_test_part_of_the_sources_own_is_kept() -> None:
    own = np.arange(900, 1000)
    split = split_rows(SplitOptions(test=0.5, validation=0.1), 1000, LABELS, own)
    np.testing.assert_array_equal(split.test, own)
    assert len(split.validation) == 90
    assert_shared_out(split, 1000)


def test_nothing_kept_aside_means_all_rows_everywhere() -> None:
    split = split_rows(SplitOptions(held_out=False), 10, None, np.arange(3))
    for part in parts(split):
        np.testing.assert_array_equal(part, np.arange(10))


@pytest.mark.parametrize(
    "labels",
    [np.array([0] * 19 + [1]), np.arange(20), np.repeat(np.arange(10), 2)],
    ids=["one row of a label", "a label for every row", "more labels than test rows"],
)
def test_labels_too_rare_to_share_out_do_not_stop_it(labels: np.ndarray) -> None:
    split = split_rows(SplitOptions(), 20, labels, None)
    assert len(split.test) == 4
    assert_shared_out(split, 20)


def test_two_rows_are_enough() -> None:
    split = split_rows(SplitOptions(test=0.5), 2, None, None)
    assert [len(part) for part in parts(split)] == [1, 0, 1]


def test_no_row_to_learn_from_is_an_error() -> None:
    with pytest.raises(DataError, match="Of 5 rows none is left to learn from"):
        split_rows(SplitOptions(), 5, None, np.arange(5))


@pytest.mark.parametrize("count", [1, 2, 10, 999, 1000])
@pytest.mark.parametrize(("test", "validation"), [(0.2, 0.1), (0.0, 0.0), (0.99, 0.99), (0.33, 0.5)])
def test_time_is_cut_into_stretches_without_gap_or_overlap(count: int, test: float, validation: float) -> None:
    learn, watch, last = split_time(SplitOptions(test=test, validation=validation), count)
    assert (learn.start, last.stop) == (0, count)
    assert learn.stop == watch.start <= watch.stop == last.start
    assert last.stop - last.start == round(count * test)


def test_the_end_of_a_signal_is_its_test() -> None:
    assert split_time(SplitOptions(), 1000) == (slice(0, 720), slice(720, 800), slice(800, 1000))


def test_a_signal_with_nothing_kept_aside_is_whole_everywhere() -> None:
    assert set(map(str, split_time(SplitOptions(held_out=False), 9))) == {str(slice(0, 9))}
