"""Parquet tables: columns of numbers as signals, written again with cleaned ones added."""

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from aedesk.data.channels import Progress
from aedesk.data.cleaned_names import cleaned_names
from aedesk.data.csv_dates import day_comes_first, instants, kind_of, unwrapped
from aedesk.data.csv_names import distinct
from aedesk.data.csv_time import counts_rows, counts_time, is_time
from aedesk.data.sampling import Sampling
from aedesk.data.times import at_rate, sampling_by, sampling_by_seconds
from aedesk.errors import DataError

if TYPE_CHECKING:
    import pyarrow
    from pyarrow import parquet

_PER_SECOND = {"s": 1, "ms": 1_000, "us": 1_000_000, "ns": 1_000_000_000}
_DAY = 86_400.0
_BATCH = 1 << 18  # rows that are read at once
_LOOKED_AT = 2000  # cells of text
_WIDEST = 100_000


@dataclass(frozen=True, eq=False)
class ParquetTable:
    """What a Parquet file holds. ``packing`` is how each column is compressed, and ``group`` how many rows go together.

    ``given_rate`` is the sampling rate in Hz that a person says, which goes before what the file says.
    """

    path: Path
    names: tuple[str, ...]
    table: "pyarrow.Table" = field(repr=False)
    packing: dict[str, str] = field(repr=False)
    group: int
    given_rate: float | None = None

    def __len__(self) -> int:
        return self.table.num_rows

    def numeric_names(self) -> tuple[str, ...]:
        return tuple(name for name in self.names if _is_number(self._cells(name).type))

    def signal_names(self) -> tuple[str, ...]:
        """The columns of numbers that are neither a time nor an index, or the last of all where none is."""
        numeric = self.numeric_names()
        return tuple(name for name in numeric if not self._counts_rows(name)) or numeric[-1:]

    def default_name(self) -> str:
        names = self.signal_names()
        if not names:
            raise DataError(f"{self.path.name} has no column of numbers. Choose another file.")
        return names[0]

    def names_to_clean(self) -> tuple[str, ...]:
        return (self.default_name(),)

    def column(self, name: str | None = None) -> np.ndarray:
        name = self.default_name() if name is None else name
        cells = self._cells(name)
        if not _is_number(cells.type):
            others = ", ".join(self.numeric_names()[:20])
            raise DataError(
                f"{self.path.name}, column “{name}” holds no numbers but {cells.type}. Choose a column of numbers"
                + (f": {others}." if others else ", in another file.")
            )
        values = _as_numbers(cells)
        endless = np.isinf(values)
        if endless.any():
            raise DataError(
                f"{self.path.name}, column “{name}”: the value in row {int(np.argmax(endless)) + 1} is infinite. "
                "Correct it, or leave it empty."
            )
        return values

    def sampling(self) -> Sampling:
        """By the first column that tells the time."""
        return self._lying

    def time_step(self) -> float | None:
        return self._lying.step

    def check_ending(self, out: Path) -> None:
        if out.suffix.lower() not in (".parquet", ".pq"):
            raise DataError(f"{self.path.name} is written again as it came. Give {out.name} the ending .parquet.")

    def cleaned(self, columns: Mapping[str, np.ndarray], out: Path, replace: bool = False) -> bytes:
        """The table with cleaned columns ``[rows]`` at the right, called by ``cleaned_names``; NaN is written as null.

        With ``replace`` they stand in place of what they were.
        """
        import pyarrow
        from pyarrow import parquet

        self.check_ending(out)
        table, packing = self.table, dict(self.packing)
        new = cleaned_names(columns, self.names)
        for name, (old, values) in zip(new, columns.items(), strict=True):
            kind = self._cells(old).type
            kind = kind if pyarrow.types.is_floating(kind) else pyarrow.float64()
            cells = pyarrow.array(np.asarray(values, np.float64), from_pandas=True).cast(kind, safe=False)
            if replace:
                place = self.names.index(old)
                table = table.set_column(place, self.table.schema.field(place).with_type(kind), cells)
                continue
            table = table.append_column(name, cells)
            packing[name] = packing[self.table.column_names[self.names.index(old)]]
        content = io.BytesIO()
        parquet.write_table(table, content, compression=packing, row_group_size=self.group)
        return content.getvalue()

    def _cells(self, name: str) -> "pyarrow.ChunkedArray":
        if name not in self.names:
            raise DataError(
                f"{self.path.name} has no column “{name}”. Choose one of: {', '.join(self.names[:20])}"
                + (" …." if len(self.names) > 20 else ".")
            )
        return self.table.column(self.names.index(name))

    def _counts_rows(self, name: str) -> bool:
        """Whether a column tells when or in which place a row was taken rather than what was seen."""
        if is_time(name) or counts_rows(name, lambda: _as_numbers(self._cells(name))):
            return True
        return name == self.names[0] and len(self.numeric_names()) > 1 and counts_time(_as_numbers(self._cells(name)))

    @cached_property
    def _lying(self) -> Sampling:
        best = Sampling()
        numeric = self.numeric_names()
        for name in sorted(self.names, key=lambda name: name in numeric):  # dates before numbers
            cells = self._cells(name)
            if (seconds := _seconds(cells)) is not None:
                found = sampling_by_seconds(seconds)
            elif name in numeric and self._counts_rows(name):
                found = sampling_by(name, _as_numbers(cells), alone=len(numeric) < 2)
            else:
                continue
            best = found if found.step is not None or not best.note else best
            if best.step is not None:
                break
        return best if self.given_rate is None else at_rate(best, self.given_rate)


def read_parquet(path: Path, progress: Progress | None = None) -> ParquetTable:
    """Read a Parquet file whole. DataError where it is none, is damaged, or has no rows."""
    import pyarrow
    from pyarrow import parquet

    if not path.is_file():
        raise DataError(f"{path} does not exist or is no file. Check the folder and the name.")
    with _guarded(path):
        file = parquet.ParquetFile(path)
        schema, count = file.schema_arrow, file.metadata.num_rows
        names = distinct(schema.names)
    if not count:
        raise DataError(f"{path.name} has no rows. Choose another file.")
    if len(names) > _WIDEST:
        raise DataError(f"{path.name} has {len(names)} columns, and at most {_WIDEST} can be read.")
    batches, done = [], 0
    with file:
        pieces = file.iter_batches(_BATCH)
        while done < count:
            with _guarded(path):
                batches.append(next(pieces))
            done += len(batches[-1])
            if progress:
                progress(done / count)
        with _guarded(path):
            table = pyarrow.Table.from_batches(batches, schema)
            return ParquetTable(path, names, table, _packing(file), file.metadata.row_group(0).num_rows)


def _packing(file: "parquet.ParquetFile") -> dict[str, str]:
    """How each column is compressed, by its path, as ``write_table`` takes it."""
    group = file.metadata.row_group(0)
    each = [group.column(place) for place in range(group.num_columns)]
    return {column.path_in_schema: column.compression.replace("UNCOMPRESSED", "NONE") for column in each}


@contextmanager
def _guarded(path: Path) -> Iterator[None]:
    """DataError for what goes wrong inside, in whichever way pyarrow says that."""
    import pyarrow

    try:
        yield
    except (pyarrow.ArrowException, OSError, ValueError, StopIteration, MemoryError) as error:
        raise DataError(f"{path.name} cannot be read as Parquet: it is damaged or none. Save it again.") from error


def _is_number(kind: "pyarrow.DataType") -> bool:
    from pyarrow import types

    return types.is_integer(kind) or types.is_floating(kind) or types.is_decimal(kind)


def _as_numbers(cells: "pyarrow.ChunkedArray") -> np.ndarray:
    """Cells of numbers as float64 ``[rows]``, NaN for nulls."""
    import pyarrow

    return cells.cast(pyarrow.float64(), safe=False).to_numpy()


def _seconds(cells: "pyarrow.ChunkedArray") -> np.ndarray | None:
    """Dates and times of day, of which some may be text, in seconds: float64 ``[rows]``, NaN for nulls; else None."""
    import pyarrow
    from pyarrow import compute, types

    kind = cells.type
    if types.is_string(kind) or types.is_large_string(kind):
        return _seconds_in_words(cells)
    if not types.is_temporal(kind) or types.is_interval(kind):
        return None
    whole = pyarrow.int32() if kind.bit_width == 32 else pyarrow.int64()
    counts = cells.cast(whole).cast(pyarrow.int64())
    since = compute.subtract(counts, compute.min(counts))
    second = 1 / _DAY if types.is_date32(kind) else _PER_SECOND["ms" if types.is_date64(kind) else kind.unit]
    return since.cast(pyarrow.float64(), safe=False).to_numpy() / second


def _seconds_in_words(cells: "pyarrow.ChunkedArray") -> np.ndarray | None:
    """The same of text, or None where it is about something else."""
    words = cells.slice(0, _LOOKED_AT).drop_null().to_pylist()
    kind = kind_of(words) if words else None
    if not kind:
        return None
    seconds = instants(cells.to_pandas(), kind, day_comes_first(words, "."))
    return unwrapped(seconds) if kind == "time" else seconds
