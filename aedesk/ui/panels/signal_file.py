"""A file on the signal desk: reading it, choosing a column, writing it with cleaned columns.

All of it may take a while and knows no widget, so that it can run outside the window's thread.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from aedesk.data.sampling import Sampling
from aedesk.data.units import unit_of
from aedesk.errors import DataError
from aedesk.ui.panels.signal_request import HowRead

if TYPE_CHECKING:
    from aedesk.analysis.noise_spectra import NoiseKind
    from aedesk.analysis.signal_band import SignalBand
    from aedesk.data.recording_file import RecordingFile


@dataclass(frozen=True)
class OpenColumn:
    """One column of an open file: ``values`` ``[t]``, float64, NaN where there is none.

    ``problem`` is a sentence where there is something to know about the column; ``values`` is
    None where it holds no numbers. ``sampling`` says when the rows were taken, ``how`` what the
    person said of the file. ``band`` tells what it would lose at a lower rate, where it is known.
    """

    table: "RecordingFile"
    name: str
    values: np.ndarray | None
    sampling: Sampling = field(default_factory=Sampling, compare=False)
    problem: str = ""
    how: HowRead = HowRead()
    band: "SignalBand | None" = field(default=None, compare=False)

    @property
    def step(self) -> float | None:
        """The seconds between samples, where known."""
        return self.sampling.step

    @property
    def unit(self) -> str:
        """The unit that stands below its name or ends it, "" where there is none."""
        first = getattr(self.table, "files", (self.table,))[0]
        below = dict(zip(first.names, getattr(first, "units", ()), strict=False))
        return below.get(self.name) or unit_of(self.name)

    @property
    def names(self) -> tuple[str, ...]:
        """The columns that may be chosen."""
        numeric = self.table.numeric_names()
        return tuple(name for name in numeric if name in self.how.columns) or numeric

    @property
    def signals(self) -> tuple[str, ...]:
        """Those of them that can be seen together as one signal."""
        return tuple(name for name in self.table.signal_names() if name in self.names)

    @property
    def has_room(self) -> bool:
        """Whether columns can be added: to tables, but not to sounds and arrays, nor where a folder holds those."""
        from aedesk.data.recording_file import ARRAYS, SOUNDS

        first = getattr(self.table, "files", (self.table,))[0]
        return first.path.suffix.lower() not in (*SOUNDS, *ARRAYS)

    @cached_property
    def missing(self) -> int:
        """How many values are missing."""
        return 0 if self.values is None else int(np.isnan(self.values).sum())

    @property
    def too_short(self) -> str:
        """Why nothing can be learned from so few values, in a sentence; "" where there are enough."""
        from aedesk.data.windowed import too_short

        if not self.usable() or self.how.resample:  # another rate may make more of them
            return ""
        return too_short(len(self.values) - self.missing)

    def usable(self) -> bool:
        """Whether there are numbers to clean or to learn from."""
        return self.values is not None and not self.problem


def read_signal(
    path: Path, how: HowRead = HowRead(), progress: Callable[[float], None] | None = None
) -> OpenColumn:
    """Read a file and the first column that looks like a signal. DataError where there is none."""
    from aedesk.data.recording_file import read_recording

    table = read_recording(path, how.reading, progress)
    first = table.default_name()
    wanted = [name for name in table.numeric_names() if name in how.columns]
    return open_column(table, first if first in wanted or not wanted else wanted[0], how)


def is_text(path: Path) -> bool:
    """Whether a file is read as a text table and holds anything, so that how it is read can be corrected."""
    from aedesk.data.recording_file import KINDS, TABLES

    others = [suffix for kind in KINDS if kind is not TABLES for suffix in kind]
    try:
        return path.suffix.lower() not in others and path.is_file() and path.stat().st_size > 0
    except OSError:
        return False


def open_column(table: "RecordingFile", name: str, how: HowRead = HowRead()) -> OpenColumn:
    """One column of a file that is open."""
    from aedesk.data.usable import usable

    from aedesk.analysis.signal_band import signal_band

    values, sampling, problem, band = None, Sampling(), "", None
    try:
        values = table.column(name)
        sampling = table.sampling()
        _ = sampling.timeline.finest  # of a long recording this takes a moment, which the window has not
        usable(values, f"Column “{name}” of {table.path.name}")
        band = signal_band(values)
    except DataError as error:
        problem = str(error)
    return OpenColumn(table, name, values, sampling, problem, how, band)


def kinds_of_noise(values: np.ndarray, step: float | None) -> "tuple[NoiseKind, ...]":
    """What noise was recognised in a signal ``[t]`` that blind learning would keep or be misled by."""
    from aedesk.analysis.noise_kinds import noise_kinds

    return tuple(kind for kind in noise_kinds(values, step) if kind.remedies or not kind.independent)


def save_cleaned(
    table: "RecordingFile", cleaned: Mapping[str, np.ndarray], path: Path, replace: bool = False
) -> None:
    """Write the file again to ``path``, in the form it came in, with what was cleaned added or in place of what it was.

    The files of a folder are written into the folder ``path``, which must be another one. AedeskError where
    something cannot be written or has changed since it was read, and as ``check_place``.
    """
    from aedesk.data.recording_folder import RecordingFolder
    from aedesk.files.atomic import write_whole
    from aedesk.files.result_place import check_place

    if not isinstance(table, RecordingFolder):
        check_place(table.path, path)
        write_whole(path, table.cleaned(cleaned, path, replace))
        return
    if path.resolve() == table.path.resolve():
        raise DataError(f"The recordings themselves are in {path.name}. Choose another folder, so that they stay as they are.")
    for file, columns in table.shared_out(cleaned):
        write_whole(path / file.path.name, file.cleaned(columns, path / file.path.name, replace))
