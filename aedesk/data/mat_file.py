"""MATLAB files: vectors and matrices of one length as channels, written again with cleaned ones added."""

import io
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from aedesk.data.array_file import WIDEST
from aedesk.data.channels import Channels, Progress
from aedesk.data.csv_time import is_time
from aedesk.data.mat_contents import COMPRESSED, HEADER, contents, damaged
from aedesk.data.sampling import Sampling
from aedesk.data.source import file_stamp
from aedesk.data.times import at_rate, sampling_by
from aedesk.errors import DataError

_RATES = {"fs", "rate", "samplerate", "samplingrate", "samplefrequency", "samplingfrequency", "sfreq", "srate"}
_LONGEST = 63  # letters of a variable's name


@dataclass(frozen=True)
class Variable:
    """A vector or matrix: the first of its ``count`` channels is at ``place``; ``across`` where samples run in a row."""

    name: str
    place: int
    count: int
    across: bool
    kind: np.dtype


@dataclass(frozen=True, eq=False)
class MatFile(Channels):
    """The longest variables of a file, and how they lie in time. ``stamp`` is that of the file when it was read."""

    variables: tuple[Variable, ...] = ()
    taken: frozenset[str] = frozenset()
    lying: Sampling = Sampling()
    time: str | None = None
    stamp: object = None

    def signal_names(self) -> tuple[str, ...]:
        """All but the time."""
        return tuple(name for name in self.names if name != self.time) or self.names

    def own_sampling(self) -> Sampling:
        return self.lying

    def cleaned(self, columns: Mapping[str, np.ndarray], out: Path, replace: bool = False) -> bytes:
        """The file as it is, with ``NAME_clean`` behind it of every variable that something of was cleaned."""
        from scipy.io import savemat

        self.check_ending(out)
        if replace:
            raise DataError(f"Cleaned variables are added to {self.path.name} and cannot replace the old ones.")
        if file_stamp(self.path) != self.stamp:
            raise DataError(f"{self.path.name} has changed since it was opened. Open it again.")
        content = self.path.read_bytes()
        cleaned = {self.place(name): values for name, values in columns.items()}
        added: dict[str, np.ndarray] = {}
        for variable in self.variables:
            places = range(variable.place, variable.place + variable.count)
            if not cleaned.keys() & set(places):
                continue
            kind = variable.kind if variable.kind.kind == "f" else np.float64
            part = self.values[:, places.start : places.stop].astype(kind)
            for place in cleaned.keys() & set(places):
                part[:, place - places.start] = cleaned[place]
            added[_free_name(variable.name, self.taken | set(added))] = part.T if variable.across else part
        more = io.BytesIO()
        if _is_old(content):
            savemat(more, added, format="4")
            return b"".join((content, more.getbuffer()))
        if content[126:128] != b"IM":
            raise DataError(
                f"{self.path.name} was written by a machine with the bytes in another order. "
                "Save it again with MATLAB, and open that."
            )
        packed = int.from_bytes(content[HEADER : HEADER + 4], "little") == COMPRESSED
        savemat(more, added, do_compression=packed, long_field_names=True)
        return b"".join((content, more.getbuffer()[HEADER:]))


def read_mat(path: Path, progress: Progress | None = None) -> MatFile:
    """Read the longest vectors and matrices of numbers. DataError where there are none, or the file is none."""
    stamp = file_stamp(path)
    if stamp is None or not path.is_file():
        raise DataError(f"{path} does not exist or is no file. Check the folder and the name.")
    try:
        held = contents(path)
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror or error}. Check whether you may read it.") from error
    named = [one.name for one in held if one.name]
    twice = next((name for name in named if named.count(name) > 1), None)
    if twice:
        raise DataError(f"{path.name} holds two variables called “{twice}”. Save it again with one of them.")
    numbers = {one.name: one.shape for one in held if one.name and one.kind and len(one.shape) == 2}
    signals = {name: shape for name, shape in numbers.items() if max(shape) > 1 and 0 < min(shape) <= WIDEST}
    if not signals:
        raise _nothing(path)
    longest = max(max(shape) for shape in signals.values())
    chosen = [name for name, shape in signals.items() if max(shape) == longest]
    rates = [name for name in numbers if numbers[name] == (1, 1) and name.lower().replace("_", "") in _RATES]
    variables, names, values, rate = _read(path, chosen, rates[:1], progress)
    lone = {variable.name for variable in variables if variable.count == 1}
    time = next((name for name in names if name in lone and len(names) > 1 and is_time(name)), None)
    lying = sampling_by(time, values[:, names.index(time)]) if time else Sampling()
    if rate is not None:
        lying = at_rate(lying, rate)
    used = {variable.name for variable in variables} | set(rates)
    left = [name for name in named if name not in used]
    note = f"{path.name} also holds {_some(left)}, not of that length or no numbers." if left else ""
    lying = replace(lying, note=" ".join(filter(None, (lying.note, note))))
    taken = frozenset(named)
    return MatFile(path, names, values, variables, taken, lying, time, stamp)


def _read(
    path: Path, chosen: list[str], rates: list[str], progress: Progress | None
) -> tuple[tuple[Variable, ...], tuple[str, ...], np.ndarray, float | None]:
    """The variables, the names and values of all their channels, and the rate. They are real numbers."""
    from scipy.io import loadmat
    from scipy.io.matlab import MatReadError

    try:
        found = loadmat(str(path), appendmat=False, variable_names=[*chosen, *rates])
        arrays = {name: found[name] for name in chosen if found[name].dtype.kind in "iuf"}
    except (MatReadError, ValueError, TypeError, OSError, LookupError, ArithmeticError, MemoryError, zlib.error) as error:
        raise damaged(path) from error
    if not arrays:  # version 4 does not tell before what is complex
        raise _nothing(path)
    across = {name: array.shape[1] > array.shape[0] for name, array in arrays.items()}
    count = sum(min(array.shape) for array in arrays.values())
    kind = np.result_type(*arrays.values()).newbyteorder("=")
    values = np.empty((max(next(iter(arrays.values())).shape), count), kind)
    variables: list[Variable] = []
    names: list[str] = []
    for name, array in arrays.items():
        place, width = len(names), min(array.shape)
        values[:, place : place + width] = array.T if across[name] else array
        variables.append(Variable(name, place, width, across[name], array.dtype.newbyteorder("=")))
        names += [name] if width == 1 else [f"{name} {number}" for number in range(1, width + 1)]
        if progress:
            progress(len(names) / count)
    rate = float(found[rates[0]].real.item()) if rates and rates[0] in found else 0.0
    return tuple(variables), tuple(names), values, rate if np.isfinite(rate) and rate > 0 else None


def _nothing(path: Path) -> DataError:
    return DataError(
        f"{path.name} holds no vector or matrix of real numbers. Save the signal as a variable of its own, "
        "not inside a struct or a cell."
    )


def _is_old(content: bytes) -> bool:
    """Whether a file is of version 4, which begins with a variable; text stands at the head of later ones."""
    return 0 in content[:4]


def _free_name(name: str, taken: frozenset[str] | set[str]) -> str:
    """A name for the cleaned variable that is not taken."""
    number = 1
    while True:
        ending = "_clean" if number == 1 else f"_clean{number}"
        free = name[: _LONGEST - len(ending)] + ending
        if free not in taken:
            return free
        number += 1


def _some(names: list[str], most: int = 10) -> str:
    return ", ".join(names[:most]) + (" …" if len(names) > most else "")
