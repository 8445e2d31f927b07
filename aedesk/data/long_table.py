"""Text tables read and written block by block: the file is mapped into memory, not read into it."""

import mmap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import tee
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import numpy as np

from aedesk.data.blocks import abreast
from aedesk.data.cleaned_names import cleaned_names
from aedesk.data.csv_cells import missing_numbers, numbers_of, parsed_block, way_out
from aedesk.data.csv_encoding import read_text
from aedesk.data.csv_layout import Layout, layout_of
from aedesk.data.csv_reading import CsvReading
from aedesk.data.csv_replacing import with_replaced
from aedesk.data.csv_saving import check_text_ending
from aedesk.data.csv_table import CsvTable, table_of
from aedesk.data.csv_tail import find_tail
from aedesk.data.csv_text import with_columns
from aedesk.data.csv_times import sampling_by
from aedesk.data.sampling import Sampling
from aedesk.errors import DataError

if TYPE_CHECKING:
    import pandas

    from aedesk.data.csv_records import Records

LONG_BYTES = 200_000_000
"""Of a text table; one that has more is not read whole where that can be avoided."""

_HEAD = 16_000_000  # bytes, by which it is told how the table is written


@dataclass(frozen=True)
class LongTable:
    """A table whose first megabytes are the table ``head``, and that lies in its file as ``layout`` says."""

    path: Path
    head: CsvTable = field(repr=False)
    layout: Layout = field(repr=False)
    count: int
    breaks: np.ndarray = field(repr=False)

    @property
    def names(self) -> tuple[str, ...]:
        return self.head.names

    def __len__(self) -> int:
        return self.count

    def signal_names(self) -> tuple[str, ...]:
        return self.head.signal_names()

    def default_name(self) -> str:
        return self.head.default_name()

    def names_to_clean(self) -> tuple[str, ...]:
        return self.head.names_to_clean()

    def sampling(self) -> Sampling:
        return replace(self.head.sampling(), breaks=self.breaks, times=None)

    def explanation(self) -> str:
        """How the file is read, in a sentence."""
        return self.head.explanation()

    def check_ending(self, out: Path) -> None:
        """DataError where ``out`` is named like a sound, an array or a table that is no text."""
        check_text_ending(self.path, out)

    def blocks(self, names: Sequence[str]) -> Iterator[np.ndarray]:
        for name in names:
            self.head.column(name)  # says so where there is none, or it is text
        for rows, cells in _blocks(self.layout):
            yield np.column_stack([self._numbers(rows, cells, name) for name in names])

    def write(self, out: BinaryIO, names: Sequence[str], cleaned: Iterable[np.ndarray], replace: bool) -> None:
        if replace:
            cleaned = (np.where(old.astype(new.dtype) == new, np.nan, new) for old, new in abreast(self.blocks(names), cleaned))
        columns = [_channel(pieces, place) for place, pieces in enumerate(tee(cleaned, len(names)))]
        if replace:
            text = with_replaced(self.layout, {self.names.index(name): column for name, column in zip(names, columns, strict=True)})
        else:
            units = [self.layout.units[self.names.index(name)] for name in names]
            new = cleaned_names(names, self.names)
            text = with_columns(self.layout, list(new), units, columns, [self.names.index(name) for name in names])
        out.writelines(text)

    def _numbers(self, rows: "Records", cells: "pandas.DataFrame", name: str) -> np.ndarray:
        """A column of a block as float64, NaN where a value is missing. DataError where one is no number."""
        column = cells.iloc[:, self.names.index(name)]
        values = numbers_of(column, self.layout.dialect)
        missing = np.isin(values, missing_numbers(self.layout.dialect))
        bad = (np.isnan(values) & column.notna().to_numpy()) | (np.isinf(values) & ~missing)
        if bad.any():
            row, (way, flag) = int(np.argmax(bad)), way_out(column, bad)
            raise DataError(
                f"{self.path.name}, column “{name}”: “{str(column.iloc[row]).strip()[:40]}” in line {rows.lines[row]} "
                f"is not a number. {way}",
                by_flag=flag,
            )
        return np.where(missing, np.nan, values)


def open_table(path: Path, reading: CsvReading = CsvReading()) -> LongTable | None:
    """A table of that many bytes, or None where it is a shorter one or not written in UTF-8.

    Its rows are counted, and the places found where time jumps. DataError as ``read_csv``.
    """
    if not path.is_file() or path.stat().st_size <= LONG_BYTES:
        return None
    head = layout_of(read_text(path, _HEAD), path.name, reading, whole=False)
    if head.dialect.encoding != "utf-8" or head.dialect.bom:
        return None
    table = table_of(path, head, reading)
    with path.open("rb") as file:
        content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    layout = replace(head, content=content, dialect=table.dialect, tail=find_tail(content, head.marks, head.start))
    table = replace(table, left_out=layout.left_out)
    count, breaks = _looked_through(table, layout)
    return LongTable(path, table, layout, count, breaks)


def _channel(pieces: Iterable[np.ndarray], place: int) -> Iterator[np.ndarray]:
    return (piece[:, place] for piece in pieces)


def _looked_through(table: CsvTable, layout: Layout) -> tuple[int, np.ndarray]:
    """How many rows there are, and before which time jumps."""
    import pandas

    count, breaks, last = 0, [np.empty(0, np.int64)], None
    for rows, cells in _blocks(layout):
        if table.times:
            seen = cells if last is None else pandas.concat([last, cells], ignore_index=True)
            found = sampling_by(table.times, seen, table.names, table.units, layout.dialect, lambda row: row, False)
            breaks.append(found.breaks + count - (len(seen) - len(cells)))
            last = cells.iloc[-1:]
        count += len(rows)
    return count, np.concatenate(breaks)


def _blocks(layout: Layout) -> "Iterator[tuple[Records, pandas.DataFrame]]":
    """The rows of each block, and their cells. DataError where they are no text."""
    line = layout.dialect.first_line
    try:
        for rows in layout.blocks():
            line = int(rows.lines[0])
            yield rows, parsed_block(layout, rows)
    except UnicodeDecodeError as error:
        raise DataError(
            f"{layout.name} is not UTF-8 text everywhere from line {line} on. Save it again as CSV in UTF-8."
        ) from error
