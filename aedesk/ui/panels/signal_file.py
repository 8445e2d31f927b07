"""A file on the signal desk: reading it, choosing a column, writing it with cleaned columns.

All of it may take a while and knows no widget, so that it can run outside the window's thread.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from aedesk.errors import DataError

if TYPE_CHECKING:
    from aedesk.data.recording_file import RecordingFile


@dataclass(frozen=True)
class OpenColumn:
    """One column of an open file: ``values`` ``[t]``, float64, NaN where there is none.

    ``problem`` is a sentence where there is something to know about the column; ``values`` is
    None where it holds no numbers. ``step`` is the seconds between samples, where known.
    """

    table: "RecordingFile"
    name: str
    values: np.ndarray | None
    step: float | None
    problem: str = ""

    @cached_property
    def missing(self) -> int:
        """How many values are missing."""
        return 0 if self.values is None else int(np.isnan(self.values).sum())

    def usable(self) -> bool:
        """Whether there are numbers to clean or to learn from."""
        return self.values is not None and not self.problem


def read_signal(path: Path) -> OpenColumn:
    """Read a file and the first column that looks like a signal. DataError where there is none."""
    from aedesk.data.recording_file import read_recording

    table = read_recording(path)
    return open_column(table, table.default_name())


def open_column(table: "RecordingFile", name: str) -> OpenColumn:
    """One column of a file that is open."""
    from aedesk.data.csv_table import usable

    values = None
    problem = ""
    try:
        values = table.column(name)
        usable(values, f"Column “{name}” of {table.path.name}")
    except DataError as error:
        problem = str(error)
    return OpenColumn(table, name, values, table.time_step(), problem)


def save_cleaned(table: "RecordingFile", cleaned: Mapping[str, np.ndarray], path: Path) -> None:
    """Write the file again to ``path``, in the form it came in, with what was cleaned.

    AedeskError where it cannot be written or has changed since it was read.
    """
    from aedesk.files.atomic import write_whole

    write_whole(path, table.cleaned(cleaned, path))
