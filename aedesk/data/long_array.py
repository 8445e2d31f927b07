"""NumPy arrays read and written block by block."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np

from aedesk.data.array_file import WIDEST, runs_across
from aedesk.data.blocks import abreast
from aedesk.data.channels import channel_names
from aedesk.data.long_channels import LongChannels
from aedesk.data.long_recording import BLOCK


@dataclass(frozen=True)
class LongArray(LongChannels):
    """An array ``[t]`` or ``[t, c]``; ``flat`` says which, ``kind`` is its type of numbers."""

    flat: bool = False
    kind: np.dtype = np.dtype(np.float64)

    def blocks(self, names: Sequence[str]) -> Iterator[np.ndarray]:
        places = [self.place(name) for name in names]
        for block in self._rows():
            yield block[:, places]

    def write(self, out: BinaryIO, names: Sequence[str], cleaned: Iterable[np.ndarray], replace: bool) -> None:
        places = [self.place(name) for name in names]
        # Cleaned whole numbers become real ones.
        kind = self.kind if np.issubdtype(self.kind, np.floating) else np.result_type(self.kind, np.float32)
        shape = (self.count,) if self.flat else (self.count, len(self.names))
        header = {"descr": np.lib.format.dtype_to_descr(kind), "fortran_order": False, "shape": shape}
        np.lib.format.write_array_header_2_0(out, header)
        for block, clean in abreast(self._rows(), cleaned):
            values = block.astype(np.result_type(kind, clean))
            values[:, places] = clean
            out.write(values.astype(kind).tobytes())

    def _rows(self) -> Iterator[np.ndarray]:
        """All channels, ``[n, c]`` at a time; the file is opened anew so that what was read can be forgotten."""
        step = max(1, BLOCK // len(self.names))
        for start in range(0, self.count, step):
            rows = np.load(self.path, mmap_mode="r", allow_pickle=False)[start : start + step]
            yield np.array(rows.reshape(len(rows), -1))


def open_array(path: Path) -> LongArray | None:
    """What an array says of itself, or None where it is none of a signal: who reads it whole says why."""
    try:
        found = np.load(path, mmap_mode="r", allow_pickle=False)
    except (OSError, ValueError, EOFError):
        return None
    if not isinstance(found, np.ndarray) or found.dtype.kind not in "iuf" or found.ndim not in (1, 2) or not found.size:
        return None
    channels = found.shape[1] if found.ndim == 2 else 1
    if channels > WIDEST or runs_across(found.shape):  # rows that are channels are read as a whole
        return None
    return LongArray(path, channel_names(channels, "signal"), len(found), found.ndim == 1, found.dtype)
