"""Which rows are learned from, which are looked at meanwhile, and which are kept for the end."""

from dataclasses import dataclass

import numpy as np

from aedesk.errors import DataError
from aedesk.options import Options, option


class SplitOptions(Options):
    """How rows are shared out."""

    held_out: bool = option(
        True,
        "Keep data aside",
        "Keep validation and test data away from learning. Off, the network is measured on "
        "the very rows it learned from, which flatters it: for textbook comparisons only.",
    )
    test: float = option(
        0.2,
        "Test share",
        "The share of rows that is kept for the final figure and never learned from. "
        "Data that bring a test part of their own keep that one.",
        ge=0,
        lt=1,
    )
    validation: float = option(
        0.1,
        "Validation share",
        "The share of the remaining rows that is watched while learning, to see when to stop.",
        ge=0,
        lt=1,
    )
    stratify: bool = option(
        True, "Stratify", "Where there are labels, keep their proportions equal in every part."
    )
    seed: int = option(
        0, "Split seed", "The same seed shares the rows out the same way again.", ge=0, le=2**31 - 1
    )


@dataclass(frozen=True)
class Split:
    """Row indices of the three parts."""

    train: np.ndarray
    validation: np.ndarray
    test: np.ndarray


def split_rows(
    options: SplitOptions, count: int, labels: np.ndarray | None, own_test: np.ndarray | None
) -> Split:
    """Share ``count`` rows out at random. DataError where too few are left to learn from."""
    every = np.arange(count)
    if not options.held_out:
        return Split(every, every, every)
    strata = labels if options.stratify else None
    if own_test is None:
        rest, test = _cut(every, options.test, strata, options.seed)
    else:
        rest, test = np.setdiff1d(every, own_test), own_test
    train, validation = _cut(rest, options.validation, strata, options.seed)
    if len(train) < 1:
        raise DataError(f"Of {count} rows none is left to learn from. Keep fewer aside, or bring more.")
    return Split(train, validation, test)


def split_time(options: SplitOptions, count: int) -> tuple[slice, slice, slice]:
    """Share ``count`` samples of a signal out in the order of time: learn, watch, test."""
    if not options.held_out:
        return slice(0, count), slice(0, count), slice(0, count)
    test = count - round(count * options.test)
    validation = test - round(test * options.validation)
    return slice(0, validation), slice(validation, test), slice(test, count)


def _cut(
    rows: np.ndarray, share: float, labels: np.ndarray | None, seed: int
) -> tuple[np.ndarray, np.ndarray]:
    """``rows`` without a random ``share`` of them, and that share."""
    from sklearn.model_selection import train_test_split

    size = round(len(rows) * share)
    if size < 1 or len(rows) - size < 1:
        return rows, rows[:0]
    strata = None if labels is None else labels[rows]
    if strata is not None:
        counts = np.unique(strata, return_counts=True)[1]
        if counts.min() < 2 or min(size, len(rows) - size) < len(counts):
            strata = None  # too few rows of a label to give every part one
    kept, cut = train_test_split(rows, test_size=size, random_state=seed, stratify=strata)
    return np.sort(kept), np.sort(cut)
