"""A CSV file as a table of columns."""

import re
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from aedesk.data.cleaned_names import cleaned_names
from aedesk.data.csv_calendar import calendar_of
from aedesk.data.csv_cells import Lines, missing_numbers, numbers_of, read_cells, way_out
from aedesk.data.csv_dialect import CsvDialect
from aedesk.data.csv_explanation import explanation_of
from aedesk.data.csv_first_signal import first_signal
from aedesk.data.csv_layout import Layout, lay_out
from aedesk.data.csv_missing import guess_missing, look_at_columns, without_words
from aedesk.data.csv_reading import CsvReading
from aedesk.data.csv_sampling import time_unit
from aedesk.data.csv_saving import as_text, as_text_replaced, check_text_ending
from aedesk.data.csv_settings import Told, runs_on
from aedesk.data.csv_time import counts_rows, is_time
from aedesk.data.csv_times import TimeColumns, find_times, sampling_by
from aedesk.data.csv_values import PERCENT
from aedesk.data.sampling import Sampling
from aedesk.data.times import at_rate
from aedesk.errors import DataError

if TYPE_CHECKING:
    import pandas

_WITH_UNIT = re.compile(r"“[+-]?\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)? ?[A-Za-zµμΩ°%][^\d“”]{0,9}” in line")
_ROUGHLY = 0.1  # as far as a rate above the table may be from one by times that stand still in most rows


@dataclass(frozen=True)
class CsvTable:
    """What a CSV file holds. The text itself stays in the file and is read again to write it out.

    ``marks`` are cells of the columns of numbers that stood for no value, ``left_out`` is a sentence on lines at the
    end that are no rows, "" where there are none, and ``told`` what stands above the table of its sampling rate.
    """

    path: Path
    names: tuple[str, ...]
    units: tuple[str, ...]
    dialect: CsvDialect
    reading: CsvReading
    _cells: "pandas.DataFrame" = field(repr=False, compare=False)
    _lines: Lines = field(repr=False, compare=False)
    _numeric: tuple[str, ...] = field(repr=False, compare=False)
    checksum: int = field(repr=False)
    marks: tuple[str, ...] = ()
    left_out: str = ""
    told: Told = Told()

    def __len__(self) -> int:
        return len(self._cells)

    def numeric_names(self) -> tuple[str, ...]:
        """The columns in which most filled cells are numbers."""
        return self._numeric

    def signal_names(self) -> tuple[str, ...]:
        """The columns of numbers that are neither a time nor an index, or the last of all where none is."""
        return tuple(name for name in self._numeric if not self._counts_rows(name)) or self._numeric[-1:]

    def default_name(self) -> str:
        """The first column of numbers that is neither a time nor an index, and changes. DataError where none is."""
        if not self._numeric:
            raise self._without_numbers("", "delimiter and decimal mark")
        first = self._first
        if self._counts_rows(first):  # there is nothing else of numbers
            if empty := self.empty_names():
                raise DataError(f"{self.path.name}, column “{empty[0]}” has no value in any row. Choose another file.")
            self._check_texts(first)
        return first

    def _check_texts(self, time: str) -> None:
        """DataError where a ``time`` is all there is of numbers, and it may be in columns of text that a signal is."""
        if self._texts() and (time in (self.times.names if self.times else ()) or is_time(time)):
            raise self._without_numbers(" beside its times", "decimal mark")

    def _texts(self) -> list[str]:
        """The columns of text that tell no times, those with digits first."""
        times = self.times.names if self.times else ()
        texts = [name for name in self.names if name not in (*self._numeric, *times) and not self.is_empty(name)]
        return sorted(texts, key=lambda name: not re.search(r"\d", str(self._column(name).dropna().iloc[0])))

    def _without_numbers(self, beside: str, marks: str) -> DataError:
        """That there are none, and what there is instead."""
        texts, said, way = self._texts(), "", "Choose another file"
        if texts:
            cells = self._column(texts[0])
            holds = "holds" if len(texts) == 1 else "hold"
            shown = self._cell(cells, cells.notna().to_numpy())
            said = f": {_listed([f'“{name}”' for name in texts], 5)} {holds} text, such as {shown}"
            way = "Leave units out of its cells" if _WITH_UNIT.match(shown) else way
        return DataError(f"{self.path.name} has no column of numbers{beside}{said}. {way}, or check its {marks}.")

    def column(self, name: str | None = None) -> np.ndarray:
        """One column as float64 ``[rows]``, NaN where a cell is blank; None takes ``default_name()``.

        DataError where there is no such column, or a cell holds text or an infinite value.
        """
        name = self.default_name() if name is None else name
        where = self.path.name
        cells = self._column(name)
        values = numbers_of(cells, self.dialect)
        bad = np.isnan(values) & cells.notna().to_numpy()
        for missing in missing_numbers(self.dialect):
            values = np.where(values == missing, np.nan, values)
        if bad.any() and name not in self._numeric:
            others = f": {_listed(self._numeric)}" if self._numeric else ""
            raise DataError(
                f"{where}, column “{name}” holds text, such as {self._cell(cells, bad)}. "
                f"Choose a column of numbers{others}."
            )
        if bad.any():
            raise self._no_value(name, cells, bad, "not a number")
        endless = np.isinf(values)
        if endless.any():
            raise self._no_value(name, cells, endless, "infinite or too large")
        return values

    def _no_value(self, name: str, cells: "pandas.Series", which: np.ndarray, what: str) -> DataError:
        """That the first marked cell of a column is no value of a signal."""
        way, flag = way_out(cells, which)
        sentence = f"{self.path.name}, column “{name}”: {self._cell(cells, which)} is {what}. {way}"
        return DataError(sentence, self._lines[int(np.argmax(which))], flag)

    def values(self, name: str) -> np.ndarray:
        """One column as float64 ``[rows]``, NaN where a cell is blank or no number.

        DataError where there is no such column.
        """
        values = numbers_of(self._column(name), self.dialect)
        return np.where(np.isfinite(values) & ~np.isin(values, missing_numbers(self.dialect)), values, np.nan)

    def is_empty(self, name: str) -> bool:
        """Whether every value of a column is missing."""
        cells = self._column(name)
        first, missing = cells.first_valid_index(), missing_numbers(self.dialect)
        if first is None:
            return True
        looks = (cells.loc[[first]], cells)  # most have a value in the first cell that is filled
        return all(np.isin(numbers_of(some, self.dialect), missing).all() for some in looks)

    def empty_names(self) -> tuple[str, ...]:
        """The columns without any value."""
        return tuple(name for name in self.names if name not in self._numeric and self.is_empty(name))

    def row_of(self, line: int) -> int:
        """The row, from 0, that begins in a line of the file, from 1."""
        return self._lines.row(line)

    def texts(self, name: str) -> list[str]:
        """One column as text ``[rows]``, empty where a cell is blank, whole numbers without a point.

        DataError where there is no such column.
        """
        return [
            "" if cell != cell else f"{cell:g}" if isinstance(cell, float) else str(cell).strip()
            for cell in self._column(name)
        ]

    def numbers(self) -> np.ndarray:
        """All columns of numbers side by side: float64 ``[rows, len(numeric_names())]``.

        DataError where a cell among them is not a number, or there is no such column.
        """
        if not self._numeric:
            self.default_name()  # says so
        return np.column_stack([self.column(name) for name in self._numeric])

    def names_to_clean(self) -> tuple[str, ...]:
        """The one that is cleaned where nobody chooses: ``default_name()``."""
        return (self.default_name(),)

    def check_ending(self, out: Path) -> None:
        """DataError where ``out`` is named like a sound, an array or a table that is no text."""
        check_text_ending(self.path, out)

    def cleaned(self, columns: Mapping[str, np.ndarray], out: Path, replace: bool = False) -> bytes:
        """The table's file again with cleaned columns ``[rows]`` at the right, called by ``cleaned_names``.

        With ``replace`` they stand in place of what they were; cells whose value is the same, or missing, stay.
        """
        self.check_ending(out)
        if replace:
            return as_text_replaced(self, columns)
        units = dict(zip(self.names, self.units, strict=True))
        new = dict(zip(cleaned_names(columns, self.names), columns, strict=True))
        return as_text(
            self,
            {name: columns[old] for name, old in new.items()},
            {name: units.get(old, "") for name, old in new.items()},
            new,
        )

    @cached_property
    def times(self) -> TimeColumns | None:
        """The columns that tell when each row was taken, or None."""
        return find_times(self._cells, self.names, self._numeric, self.dialect, self.reading)

    def time_unit(self) -> float | None:
        """The seconds in a unit of a column of times in numbers, or None where it does not tell."""
        if not self.times or self.times.kinds != (None,):
            return None
        name = self.times.names[0]
        return time_unit(name, self.units[self.names.index(name)], self.values(name))

    def explanation(self) -> str:
        """How the file is read, in a sentence."""
        return explanation_of(self)

    def sampling(self) -> Sampling:
        """When the rows were taken. A sampling rate that was given goes before what the times say."""
        return self._sampling

    def time_step(self) -> float | None:
        """Seconds between samples, or None where the file does not tell."""
        return self._sampling.step

    @cached_property
    def _sampling(self) -> Sampling:
        found = self._by_times
        if self.reading.rate:
            return replace(at_rate(found, self.reading.rate), unevenness=0.0, times=None)
        return replace(found, step=self.told.step) if self.goes_by_settings() else found

    @cached_property
    def _by_times(self) -> Sampling:
        if not self.times:
            return Sampling()
        alone = len(self._numeric) < 2
        return sampling_by(
            self.times, self._cells, self.names, self.units, self.dialect, self._lines.__getitem__, alone
        )

    def goes_by_settings(self) -> bool:
        """Whether the sampling rate is the one that stands above the table, for want of times that tell it so well."""
        if self.reading.rate or self.told.step is None:
            return False
        found = self._by_times
        return found.step is None or (found.coarse and abs(found.step / self.told.step - 1) < _ROUGHLY)

    @cached_property
    def _places(self) -> dict[str, int]:
        """Where each column is: a table may have very many."""
        return {name: place for place, name in enumerate(self.names)}

    def _column(self, name: str) -> "pandas.Series":
        if name not in self._places:
            raise DataError(
                f"{self.path.name} has no column “{name}”. Choose one of: {_listed(self.names)}."
            )
        return self._cells.iloc[:, self._places[name]]

    def _counts_rows(self, name: str) -> bool:
        """Whether a column tells when or in which place a row was taken rather than what was seen."""
        if self.times and name in self.times.names:
            return True
        return (not self.reading.time and (is_time(name) or name in self._calendar)) or self._is_index(name)

    def _is_index(self, name: str) -> bool:
        """Whether a column counts rows: one that is called so, or the first of several whatever its name."""
        if name not in self._indices:
            first = len(self._numeric) > 1 and name == self._numeric[0] == self.names[0]
            self._indices[name] = counts_rows(name, lambda: self.values(name), first)
        return self._indices[name]

    @cached_property
    def _first(self) -> str:
        return first_signal(self.signal_names(), self.values, self.names[0])

    @cached_property
    def _calendar(self) -> dict[str, str]:
        """The columns that are parts of a date."""
        return calendar_of(self._numeric, self.values)

    @cached_property
    def _indices(self) -> dict[str, bool]:
        return {}

    def _cell(self, cells: "pandas.Series", which: np.ndarray) -> str:
        """The first marked cell and its line."""
        row = int(np.argmax(which))
        return f"“{str(cells.iloc[row]).strip()[:40]}” in line {self._lines[row]}"


def read_csv(
    path: Path | str, reading: CsvReading = CsvReading(), progress: Callable[[float], None] | None = None
) -> CsvTable:
    """Read a CSV file, guessing how it is written where the ``reading`` does not say.

    DataError in one sentence where it cannot be done. ``progress`` is told the share that has been
    read, and may raise to give up.
    """
    path = Path(path)
    return table_of(path, lay_out(path, reading), reading, progress)


def table_of(
    path: Path, layout: Layout, reading: CsvReading, progress: Callable[[float], None] | None = None
) -> CsvTable:
    """The cells of a file whose rows have been found."""
    if layout.width > 1 and runs_on(layout.above):
        raise DataError(
            f"{layout.name}: by the line above them, the samples go on from line to line, {layout.width} in each (SLIST), "
            "so that its columns are no signals. Save it with one sample in a line (TSPAIR)."
        )
    cells, lines, marks = read_cells(layout, progress)
    dialect, names = layout.dialect, layout.names
    numeric, words = look_at_columns(cells, names, dialect, layout.aside)
    if not reading.missing:
        if words:
            cells = without_words(cells, words, dialect)
        guessed = guess_missing(cells, names, [name for name in numeric if not is_time(name)], dialect)
        dialect = replace(dialect, missing=(*words, *guessed))
        if guessed:
            numeric, _ = look_at_columns(cells, names, dialect, layout.aside)
    if reading.time and reading.time != "-" and reading.time not in names:
        raise DataError(
            f"{path.name} has no column “{reading.time}” to tell the time. Choose one of: {_listed(names)}."
        )
    units = tuple(
        unit or ("%" if name in numeric and _are_percent(cells.iloc[:, place]) else "")
        for place, (name, unit) in enumerate(zip(names, layout.units, strict=True))
    )
    seen = sorted({mark for place, several in marks.items() if names[place] in numeric for mark in several} - set(dialect.missing))
    return CsvTable(
        path, names, units, dialect, reading, cells, lines, numeric, zlib.crc32(layout.content),
        tuple(seen), layout.left_out, layout.told,
    )  # fmt: skip


def _are_percent(cells: "pandas.Series", most: int = 2000) -> bool:
    """Whether most of the first cells that are filled end in a percent sign."""
    texts = [cell for cell in cells.iloc[:most].dropna().tolist() if isinstance(cell, str)]
    return sum(bool(PERCENT.search(text)) for text in texts) * 2 > len(texts)


def _listed(names: Sequence[str], most: int = 20) -> str:
    """The names for a sentence, the first ones where there are many."""
    return ", ".join(names[:most]) + (" …" if len(names) > most else "")
