"""Stretches of a recording that were marked, as a table in text."""

import csv
import io
from collections.abc import Sequence

from aedesk.analysis.anomalies import Marked
from aedesk.data.sampling import Sampling

_HEADINGS = ("channel", "start_row", "end_row", "start_s", "end_s", "peak_row", "peak_score", "mean_score", "threshold")


def stretches_as_csv(channels: Sequence[tuple[str, float, Sequence[Marked]]], sampling: Sampling) -> bytes:
    """A row for each stretch of each channel, of which the name, the threshold and the stretches are given.

    Rows of the recording count from 1, the first below the names, and the last of a stretch is in it. Seconds
    count from the first row; where they are not known they are left empty.
    """
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(_HEADINGS)
    for name, threshold, stretches in channels:
        for one in stretches:
            times = [_seconds(row, sampling) for row in (one.start, one.stop - 1)]
            peak, mean, least = (f"{value:.6g}" for value in (one.peak, one.mean, threshold))
            table.writerow([name, one.start + 1, one.stop, *times, one.at + 1, peak, mean, least])
    return text.getvalue().encode()


def _seconds(row: int, sampling: Sampling) -> str:
    """When a row was taken, or nothing where that is not known."""
    seconds = sampling.seconds(row)
    return "" if seconds is None else f"{seconds:.9g}"
