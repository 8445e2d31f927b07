"""A folder of recordings of one kind as one long recording, in which no window reaches from file to file."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from aedesk.data.csv_reading import CsvReading
from aedesk.data.sampling import Sampling
from aedesk.data.source import file_stamp
from aedesk.errors import DataError

if TYPE_CHECKING:
    from aedesk.data.channels import Progress
    from aedesk.data.recording_file import RecordingFile

_OFTEN_OTHER = (".txt", ".dat")  # as often notes beside recordings as recordings themselves
_SAME_RATE = 0.01  # by which rates may differ that are told by times
_MOST = 3  # files that are named in a sentence


@dataclass(frozen=True, eq=False)
class RecordingFolder:
    """The recordings of a folder one after the other, all with the same channels and sampling rate.

    ``left`` are the names of files that are of another kind.
    """

    path: Path
    files: tuple["RecordingFile", ...]
    left: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return self.files[0].names

    def __len__(self) -> int:
        return sum(len(file) for file in self.files)

    def numeric_names(self) -> tuple[str, ...]:
        return self.files[0].numeric_names()

    def signal_names(self) -> tuple[str, ...]:
        return self.files[0].signal_names()

    def default_name(self) -> str:
        return self.files[0].default_name()

    def names_to_clean(self) -> tuple[str, ...]:
        return self.files[0].names_to_clean()

    def column(self, name: str | None = None) -> np.ndarray:
        name = self.default_name() if name is None else name
        return np.concatenate([file.column(name) for file in self.files])

    def starts(self) -> np.ndarray:
        """The row each file begins with, and behind them the number of all rows: int64 ``[files + 1]``."""
        return np.cumsum([0, *(len(file) for file in self.files)], dtype=np.int64)

    def shared_out(self, columns: Mapping[str, np.ndarray]) -> list[tuple["RecordingFile", dict[str, np.ndarray]]]:
        """To each file its part of ``columns`` ``[t]``, as ``RecordingFile.cleaned`` takes it."""
        starts = self.starts().tolist()
        return [
            (file, {name: values[start:stop] for name, values in columns.items()})
            for file, start, stop in zip(self.files, starts, starts[1:], strict=False)
        ]

    def sampling(self) -> Sampling:
        """Those of the files joined, with a break where each begins."""
        return self._sampling

    def time_step(self) -> float | None:
        return self._sampling.step

    def check_ending(self, out: Path) -> None:
        """DataError, for a folder is not written as one file."""
        raise DataError(f"{self.path.name} is a folder. Clean the files in it one by one.")

    def cleaned(self, columns: Mapping[str, np.ndarray], out: Path, replace: bool = False) -> bytes:
        self.check_ending(out)
        return b""

    @cached_property
    def _sampling(self) -> Sampling:
        each, starts = [file.sampling() for file in self.files], self.starts()
        breaks = [np.concatenate([[start], one.breaks + start]) for start, one in zip(starts, each, strict=False)]
        jumps = [np.concatenate([[0.0], one.jumps if len(one.jumps) == len(one.breaks) else 0.0 * one.breaks]) for one in each]
        counts = [len(file) for file in self.files]
        known = [f"{one.note} {getattr(file, 'left_out', '')}".strip() for file, one in zip(self.files, each, strict=True)]
        notes = [f"{file.path.name}: {note}" for file, note in zip(self.files, known, strict=True) if note]
        if self.left:
            notes.append(f"{_some(self.left)} in the same folder is left out, for it is of another kind.")
        return Sampling(
            each[0].step,
            np.concatenate(breaks)[1:].astype(np.int64),
            float(np.average([one.unevenness for one in each], weights=counts)),
            _times(each, counts) if any(one.times is not None for one in each) else None,
            " ".join(notes[:_MOST]) + (f" {len(notes) - _MOST} more files have notes." if len(notes) > _MOST else ""),
            np.concatenate(jumps)[1:],
        )


def read_folder(
    path: Path | str, reading: CsvReading = CsvReading(), progress: "Progress | None" = None
) -> RecordingFolder:
    """Read all recordings of the kind that most files of a folder are of, in the order of their names.

    DataError where there are none, or where their channels or sampling rates differ.
    """
    from aedesk.data.recording_file import read_recording

    path = Path(path)
    chosen, left = _chosen(path)
    sizes = np.cumsum([0, *(file.stat().st_size for file in chosen)])
    files: list[RecordingFile] = []
    for place, file in enumerate(chosen):

        def tell(share: float, begin: int = int(sizes[place]), end: int = int(sizes[place + 1])) -> None:
            assert progress
            progress((begin + share * (end - begin)) / max(1, int(sizes[-1])))

        files.append(read_recording(file, reading, tell if progress else None))
        _check_alike(files[0], files[-1])
    return RecordingFolder(path, tuple(files), left)


def recordings_in(path: Path) -> list[Path]:
    """The files of a folder that ``read_folder`` would read. DataError where there are none."""
    return _chosen(path)[0]


def folder_stamp(path: Path) -> object:
    """Something that changes when what would be read from a folder has changed; None where it cannot be asked."""
    try:
        return tuple((file.name, file_stamp(file)) for file in _chosen(path)[0])
    except (DataError, OSError):
        return None


def _chosen(path: Path) -> tuple[list[Path], tuple[str, ...]]:
    """The files to read, and the names of those that might be read but are of another kind."""
    from aedesk.data.recording_file import KINDS

    try:
        files = [file for file in path.iterdir() if not file.name.startswith(".") and file.is_file()]
    except OSError as error:
        raise DataError(f"{path} cannot be looked into: {error.strerror or error}. Choose another folder.") from error
    files.sort(key=lambda file: _natural(file.name))
    by_kind = {kind: [file for file in files if file.suffix.lower() in kind] for kind in KINDS}
    usual = {kind: [file for file in some if file.suffix.lower() not in _OFTEN_OTHER] for kind, some in by_kind.items()}
    found = usual if any(usual.values()) else by_kind
    chosen = max(found.values(), key=lambda some: (len(some), sum(file.stat().st_size for file in some)))
    if not chosen:
        raise DataError(f"“{path.name}” holds no recordings. Choose a folder with tables, sounds or arrays in it.")
    readable = [file for some in by_kind.values() for file in some]
    return chosen, tuple(file.name for file in files if file in readable and file not in chosen)


def _natural(name: str) -> list[tuple[int, int, str]]:
    """A key that puts rec2 before rec10."""
    parts = re.findall(r"\d+|\D+", name.lower())
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts]


def _check_alike(first: "RecordingFile", other: "RecordingFile") -> None:
    """DataError where two files are not of one kind."""
    mine, others = first.signal_names(), other.signal_names()
    if mine != others:
        raise DataError(
            f"{first.path.name} has {_count(mine)} ({_some(mine)}), and {other.path.name} has {_count(others)} "
            f"({_some(others)}). Put recordings with the same channels into one folder."
        )
    one, two = first.time_step(), other.time_step()
    if one != two and (one is None or two is None or abs(one - two) > _SAME_RATE * one):
        raise DataError(
            f"{first.path.name} has {_rate(one)}, and {other.path.name} has {_rate(two)}. "
            "Put recordings of the same sampling rate into one folder."
        )


def _times(each: list[Sampling], counts: list[int]) -> np.ndarray:
    """The times of all rows, each file a step behind the one before."""
    parts, begin = [], 0.0
    for one, count in zip(each, counts, strict=True):
        step = one.step or 1.0
        parts.append(begin + (np.arange(count) * step if one.times is None else one.times))
        begin = float(parts[-1].max()) + step
    return np.concatenate(parts)


def _rate(step: float | None) -> str:
    return "no sampling rate" if step is None else f"{1 / step:.6g} samples per second"


def _count(names: tuple[str, ...]) -> str:
    return f"{len(names)} channel" if len(names) == 1 else f"{len(names)} channels"


def _some(names: tuple[str, ...]) -> str:
    return ", ".join(names[:_MOST]) + (" …" if len(names) > _MOST else "")
