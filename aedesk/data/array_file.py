"""NumPy arrays as signals: one column for each channel."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tokenize import TokenError

import numpy as np

from aedesk.data.channels import Channels, Progress, blocks, channel_names
from aedesk.data.sampling import Sampling
from aedesk.errors import DataError

WIDEST = 4096
"""Channels, at most."""

_LONG = 128  # samples in a row, from which on it may be a channel
_LONGER = 4  # times as many of them as there are rows


def runs_across(shape: tuple[int, ...]) -> bool:
    """Whether an array of this shape is ``[c, t]``: few rows of many samples each, as many programs write channels."""
    return len(shape) == 2 and shape[1] >= max(_LONG, _LONGER * shape[0])


@dataclass(frozen=True, eq=False)
class Array(Channels):
    """An array ``[t]`` or ``[t, c]``; ``flat`` says which. ``across`` says that it lies ``[c, t]`` in its file."""

    flat: bool = False
    across: bool = False

    def own_sampling(self) -> Sampling:
        if not self.across:
            return Sampling()
        count = len(self.names)
        rows = "Its row is taken as a channel" if count == 1 else f"Its {count} rows are taken as channels"
        return Sampling(note=f"{rows} of {len(self)} samples, for the array is much wider than high.")

    def cleaned(self, columns: Mapping[str, np.ndarray], out: Path, replace: bool = True) -> bytes:
        """The array with its channels cleaned; whole numbers become real ones."""
        self.check_ending(out)
        values = self.with_columns(columns)
        if np.issubdtype(self.values.dtype, np.floating):
            values = values.astype(self.values.dtype, copy=False)
        content = io.BytesIO()
        np.save(content, values[:, 0] if self.flat else values.T if self.across else values, allow_pickle=False)
        return content.getvalue()


def read_array(path: Path, progress: Progress | None = None) -> Array:
    """Read a NumPy file. DataError where it is none, or no signal."""
    try:
        found = np.load(path, mmap_mode="r", allow_pickle=False)
    except FileNotFoundError as error:
        raise DataError(f"{path} does not exist. Check the folder and the name.") from error
    except (OSError, ValueError, EOFError, TokenError) as error:
        raise DataError(f"{path.name} cannot be read as a NumPy array. Save it again with numpy.save.") from error
    if not isinstance(found, np.ndarray) or found.dtype.kind not in "iuf":
        raise DataError(f"{path.name} does not hold real numbers. Save the signal as an array of numbers.")
    across = runs_across(found.shape)
    if found.ndim not in (1, 2) or not found.size or (found.ndim == 2 and found.shape[0 if across else 1] > WIDEST):
        shape = "×".join(map(str, found.shape)) or "none"
        raise DataError(
            f"{path.name} has the shape {shape}; a signal has one sample per row and at most {WIDEST} columns."
        )
    rows = found.T if across else found.reshape(len(found), -1)
    values = np.empty(rows.shape, found.dtype.newbyteorder("="))
    for part in blocks(*values.shape, progress):
        values[part] = rows[part]
    return Array(path, channel_names(values.shape[1], "signal"), values, found.ndim == 1, across)
