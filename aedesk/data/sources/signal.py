"""A signal: columns of a table, channels of a sound or an array, or of all such files in a folder."""

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Literal

import numpy as np

from aedesk import paths
from aedesk.data.chosen_channels import BETWEEN, EVERY, chosen_names, clean_names, side_by_side
from aedesk.data.csv_reading import CsvReading
from aedesk.data.recording_folder import folder_stamp
from aedesk.data.remedies import Remedies, remedied
from aedesk.data.resampling import resample, wanted_rate
from aedesk.data.sampling import Sampling
from aedesk.data.source import Form, Recording, file_stamp
from aedesk.data.windowed import WindowedSource
from aedesk.errors import DataError
from aedesk.options import option

if TYPE_CHECKING:
    from aedesk.data.recording_file import RecordingFile


class Signal(WindowedSource):
    """Columns of a table, or channels of a sound or an array, as a signal in time."""

    title: ClassVar[str] = "Signal"
    summary: ClassVar[str] = "Columns of a table, channels of a sound or an array, or all such files of a folder, as a signal in time."
    kind: Literal["signal"] = "signal"
    file: str = option(
        "",
        "File",
        "The table (CSV, Parquet), sound (WAV, FLAC, OGG) or array (NPY, MAT) to read, or a folder of such files of one "
        "kind. A name without a folder may also be one of the shipped examples.",
    )
    column: str = option(
        "",
        "Column",
        "The column or channel to learn from; several that are to be seen together with ; between them, * for all. "
        "Left empty, the first of numbers that is not a time.",
    )
    reference: str = option(
        "",
        "Clean column",
        "The column with the clean signal, where there is one: the network learns to make it of the noisy one. "
        "As many as there are columns, with ; between them. Left empty, there is none.",
    )
    reference_file: str = option(
        "",
        "Clean file",
        "The file that the clean column is in. Left empty, it is the file itself.",
    )
    remedies: Remedies = option(
        Remedies(),
        "Remedies",
        "What is taken off the signal before the network sees any of it: noise that goes on from sample to sample, "
        "which blind learning would keep.",
    )
    resample: float = wanted_rate()
    reading: CsvReading = option(CsvReading(), "Reading", "How a text table is to be read, as far as it is not guessed.")

    @property
    def form(self) -> Form:
        return "signal"

    def shape(self) -> tuple[int, ...] | None:
        return None if self.column.strip() == EVERY or BETWEEN in self.column else super().shape()

    @property
    def has_reference(self) -> bool:
        return bool(self.reference or self.reference_file)

    def clean_column(self, table: "RecordingFile", name: str) -> tuple[str, str] | None:
        """The clean column that is named here for one of an open file, and the path of the file it is in.

        The column is "" where it is the one of the same name, and the path where it is the same file. None where none
        is named.
        """
        if not self.has_reference or table.path.resolve() != _path(self.file).resolve():
            return None
        names = chosen_names(table, self.column)
        if name not in names:
            return None
        file = str(_path(self.reference_file).absolute()) if self.reference_file else ""
        if len(names) == 1 or not self.reference:
            return self.reference, file
        clean = [word.strip() for word in self.reference.split(BETWEEN)]
        return (clean[names.index(name)], file) if len(clean) == len(names) else None

    def missing(self) -> tuple[str, str] | None:
        return None if self.file else ("file", "Choose the file to learn from.")

    def stamp(self) -> object:
        stamps = [_stamp(_path(self.file))]
        return (*stamps, _stamp(_path(self.reference_file))) if self.reference_file else stamps[0]

    def read(self) -> Recording:
        from aedesk.data.recording_file import read_recording

        table = read_recording(_path(self.file), self.reading)
        names, sampling = chosen_names(table, self.column), table.sampling()
        values = _usable(table, names)
        clean = self._read_reference(table, names, values)
        if clean is not None:
            clean = self.prepared(clean, sampling)[0]
        values, sampling = self.prepared(values, sampling)
        return Recording(values, names, sampling, clean)

    def prepared(self, values: np.ndarray, sampling: Sampling) -> tuple[np.ndarray, Sampling]:
        """Values on the grid that is wanted, and after the remedies, as float32: what a network is given."""
        if self.resample:
            grid = resample(values, sampling, self.resample)
            values, sampling = grid.values, grid.sampling
        values = remedied(values, sampling.step, self.remedies, sampling.breaks)
        return values.astype(np.float32, copy=False), sampling

    def _read_reference(
        self, table: "RecordingFile", names: tuple[str, ...], values: np.ndarray
    ) -> np.ndarray | None:
        """The clean signal, of the shape of ``values``. DataError where there is none of that shape."""
        from aedesk.data.recording_file import read_recording

        if not self.has_reference:
            return None
        if self.reference_file:
            table = read_recording(_path(self.reference_file))
        clean = _usable(table, clean_names(table, self.reference, names))
        if clean.shape != values.shape:
            raise DataError(
                f"The clean signal in {table.path.name} has {_size(clean)}, and the noisy one {_size(values)}. "
                "Give both the same length and as many columns."
            )
        return clean


def _usable(table: "RecordingFile", names: tuple[str, ...]) -> np.ndarray:
    """These columns as float32, ``[t]`` or ``[t, c]``. DataError where they are nothing to learn from."""
    from aedesk.data.usable import usable

    values = side_by_side(table, names)
    for name, column in zip(names, values.reshape(len(values), -1).T, strict=True):
        usable(column, f"Column “{name}” of {table.path.name}")
    with np.errstate(over="ignore"):
        short = values.astype(np.float32)
    if np.isinf(short).any():
        raise DataError(
            f"Column “{', '.join(names)}” of {table.path.name} has values beyond ±3e38, which are too large. "
            "Give it in another unit."
        )
    return short


def _size(values: np.ndarray) -> str:
    samples = f"{len(values)} samples"
    return f"{samples} in {values.shape[1]} columns" if values.ndim > 1 else samples


def _stamp(path: Path) -> object:
    return folder_stamp(path) if path.is_dir() else file_stamp(path)


def _path(file: str) -> Path:
    given = Path(file).expanduser()
    example = paths.resource("examples", file)
    return example if given.name == file and not given.exists() and example.is_file() else given
