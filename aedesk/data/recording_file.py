"""Files that hold signals, whatever their kind: tables in text, sounds, arrays, MATLAB files, Parquet tables."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from aedesk.data.csv_reading import CsvReading

if TYPE_CHECKING:
    import numpy as np

    from aedesk.data.channels import Progress
    from aedesk.data.sampling import Sampling

TABLES = (".csv", ".tsv", ".tab", ".txt", ".dat", ".lvm")
SOUNDS = (".wav", ".flac", ".ogg")
ARRAYS = (".npy",)
MATS = (".mat",)
PARQUETS = (".parquet", ".pq")
KINDS = (TABLES, SOUNDS, ARRAYS, MATS, PARQUETS)
SUFFIXES = tuple(suffix for kind in KINDS for suffix in kind)
"""Endings of files that may hold a signal."""


class RecordingFile(Protocol):
    """A file with signals side by side, all of one length."""

    path: Path
    names: tuple[str, ...]

    def __len__(self) -> int:
        """How many samples each has."""

    def numeric_names(self) -> tuple[str, ...]:
        """The columns or channels that are numbers."""

    def signal_names(self) -> tuple[str, ...]:
        """Those of them that may be signals: no times and no counts of rows."""

    def default_name(self) -> str:
        """The one that is looked at first. DataError where there is none."""

    def names_to_clean(self) -> tuple[str, ...]:
        """Those that are cleaned where nobody chooses: a table's first signal, every channel of a sound."""

    def column(self, name: str | None = None) -> "np.ndarray":
        """One of them as float64 ``[t]``, NaN where a value is missing; None takes ``default_name()``.

        DataError where there is none of that name, or a value is no number.
        """

    def sampling(self) -> "Sampling":
        """When the samples were taken."""

    def time_step(self) -> float | None:
        """Seconds between samples, or None where the file does not tell."""

    def check_ending(self, out: Path) -> None:
        """DataError where ``out`` is named like another kind of file."""

    def cleaned(self, columns: "Mapping[str, np.ndarray]", out: Path, replace: bool = False) -> bytes:
        """The file again, in the form it came in, with what was cleaned ``[t]`` of some of its columns.

        Beside the columns of a table, or with ``replace`` in their place, as always in sounds and arrays.

        DataError where it has changed since it was read, and as ``check_ending``.
        """


def read_recording(
    path: Path | str, reading: CsvReading = CsvReading(), progress: "Progress | None" = None
) -> RecordingFile:
    """Read a file by its kind, or a folder of files of one kind. DataError in one sentence where it cannot be done.

    ``reading`` says how a text table is to be read, and of other files the sampling rate. ``progress`` is told how much has been read, 0…1,
    and raises where no more is wanted.
    """
    path = Path(path)
    if path.is_dir():
        from aedesk.data.recording_folder import read_folder

        return read_folder(path, reading, progress)
    reader = _reader(path.suffix.lower())
    if reader:
        found = reader(path, progress)
        return replace(found, given_rate=reading.rate) if reading.rate else found
    from aedesk.data.csv_table import read_csv

    return read_csv(path, reading, progress)


def _reader(suffix: str) -> "Callable[[Path, Progress | None], Any] | None":
    """What reads files of an ending; None for text."""
    if suffix in SOUNDS:
        from aedesk.data.sound_file import read_sound

        return read_sound
    if suffix in ARRAYS:
        from aedesk.data.array_file import read_array

        return read_array
    if suffix in MATS:
        from aedesk.data.mat_file import read_mat

        return read_mat
    if suffix in PARQUETS:
        from aedesk.data.parquet_file import read_parquet

        return read_parquet
    return None
