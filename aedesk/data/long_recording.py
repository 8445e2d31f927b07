"""Recordings that need not fit into memory: read and written block by block."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol

from aedesk.data.csv_reading import CsvReading
from aedesk.data.recording_file import ARRAYS, SOUNDS, TABLES
from aedesk.data.sampling import Sampling

if TYPE_CHECKING:
    import numpy as np

LONG = 4_000_000
"""Numbers in all channels; what has more is not read whole where that can be avoided."""

BLOCK = 1 << 18  # samples that are read at once


class LongRecording(Protocol):
    """A file with signals side by side whose samples come in blocks: see ``RecordingFile``."""

    path: Path
    names: tuple[str, ...]

    def __len__(self) -> int: ...

    def signal_names(self) -> tuple[str, ...]: ...

    def default_name(self) -> str: ...

    def names_to_clean(self) -> tuple[str, ...]: ...

    def sampling(self) -> Sampling: ...

    def check_ending(self, out: Path) -> None: ...

    def blocks(self, names: Sequence[str]) -> "Iterator[np.ndarray]":
        """The samples of these channels, ``[n, len(names)]`` at a time, NaN where a value is missing.

        DataError where the file cannot be read to its end.
        """

    def write(self, out: BinaryIO, names: Sequence[str], cleaned: "Iterable[np.ndarray]", replace: bool) -> None:
        """The file again, in the form it came in, with what was cleaned of these channels, ``[n, len(names)]`` at a time.

        DataError where the file cannot be read to its end, or written in that form.
        """


def open_long(path: Path, reading: CsvReading = CsvReading()) -> LongRecording | None:
    """A long file of a kind that can be read in blocks, or None: then it is to be read whole.

    ``reading`` says how a text table is to be read, as far as that is known. DataError where it cannot be read.
    """
    suffix = path.suffix.lower()
    if suffix in SOUNDS:
        from aedesk.data.long_sound import open_sound

        found = open_sound(path)
    elif suffix in ARRAYS:
        from aedesk.data.long_array import open_array

        found = open_array(path)
    elif suffix in TABLES:
        from aedesk.data.long_table import open_table

        return open_table(path, reading)
    else:
        return None
    return found if found is not None and len(found) * len(found.names) > LONG else None
