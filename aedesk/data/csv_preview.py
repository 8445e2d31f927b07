"""What the first rows of a text table are taken for, before it is opened."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Literal

import numpy as np

from aedesk.data.csv_dialect import CsvDialect
from aedesk.data.csv_encoding import decoded, read_text
from aedesk.data.csv_explanation import explanation_of, missing_marks, order_matters
from aedesk.data.csv_layout import layout_of
from aedesk.data.csv_reading import CsvReading
from aedesk.data.csv_records import line_starts
from aedesk.data.csv_table import CsvTable, table_of
from aedesk.data.rates import plain_rate
from aedesk.data.sampling import Sampling
from aedesk.errors import DataError

Role = Literal["time", "channel", "text", "empty"]

_HEAD = 1_000_000  # bytes that are read
_ROWS = 100  # rows that are shown
_BELOW = 20  # and of them below one that is wrong
_SHOWN = 200_000  # bytes that raw lines are shown of, where none of them is known to be wrong
_LONGEST = 1000  # characters of a raw line


@dataclass(frozen=True)
class BadCell:
    """A cell that keeps its column from being used: its row among those shown, from 0, and what is wrong."""

    row: int
    sentence: str


@dataclass(frozen=True, eq=False)
class Preview:
    """The first rows of a file and how they are read.

    ``reading`` says of every field what was found or given, and ``guessed`` names those that were
    found. ``values`` are those of the channels, float64 ``[rows read, channels]``; ``bad_cells`` are the
    channels that cannot be used as they stand. Where the file cannot be read so, ``problem`` says why,
    ``rows`` are its first lines as they stand, and ``problem_row`` is the one of them that is wrong, if it is one.
    ``rows`` are as many as it takes to see what is wrong.
    """

    reading: CsvReading
    guessed: frozenset[str]
    explanation: str = ""
    names: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    roles: tuple[Role, ...] = ()
    values: np.ndarray = field(default_factory=lambda: np.empty((0, 0)))
    sampling: Sampling = field(default_factory=Sampling)
    bad_cells: Mapping[str, BadCell] = field(default_factory=dict)
    problem: str = ""
    problem_row: int | None = None


def preview(path: Path | str, reading: CsvReading = CsvReading()) -> Preview:
    """Read the beginning of a file, about a million bytes in whole lines, as ``read_csv`` reads all of it."""
    path = Path(path)
    unset = CsvReading()
    guessed = frozenset(name for name in CsvReading.model_fields if getattr(reading, name) == getattr(unset, name))
    raw, table, layout = b"", None, None
    try:
        raw = read_text(path, most=_HEAD)
        layout = layout_of(raw, path.name, reading, whole=path.stat().st_size <= len(raw))
        table = table_of(path, layout, reading)
        table.default_name()
        sampling = table.sampling()
    except DataError as error:
        found = reading if layout is None else _found(reading, guessed, layout.dialect)
        rows = _first_lines(raw, reading, path.name, error.line)
        at = None if error.line is None or error.line > len(rows) else error.line - 1
        return Preview(found, guessed, rows=rows, problem=str(error), problem_row=at)
    values = [table.values(name) for name in table.signal_names()]
    bad_cells = _bad_cells(table)
    shown = max([_ROWS, *(cell.row + 1 + _BELOW for cell in bad_cells.values())])
    return Preview(
        _found(reading, guessed, table.dialect, table, sampling),
        guessed,
        explanation_of(table),
        table.names,
        table.units,
        tuple(tuple(row) for row in layout.texts(shown)),
        _roles(table),
        np.column_stack(values) if values else np.empty((len(table), 0)),
        sampling,
        bad_cells,
    )


def _bad_cells(table: CsvTable) -> dict[str, BadCell]:
    """What keeps which of the channels from being used."""
    found = {}
    for name in table.signal_names():
        try:
            table.column(name)
        except DataError as error:
            if error.line is not None:
                found[name] = BadCell(table.row_of(error.line), str(error))
    return found


def _roles(table: CsvTable) -> tuple[Role, ...]:
    times = set(table.times.names if table.times else ())
    signals, numeric = set(table.signal_names()), set(table.numeric_names())
    roles: list[Role] = []
    for name in table.names:
        if name in times:
            roles.append("time")
        elif name in signals:
            roles.append("channel")
        elif name in numeric:
            roles.append("time")  # it counts rows
        else:
            roles.append("empty" if table.is_empty(name) else "text")
    return tuple(roles)


def _found(
    reading: CsvReading,
    guessed: frozenset[str],
    dialect: CsvDialect,
    table: CsvTable | None = None,
    sampling: Sampling | None = None,
) -> CsvReading:
    """The reading with what was guessed filled in, as far as it is known."""
    found: dict[str, object] = {
        "encoding": dialect.encoding,
        "delimiter": dialect.delimiter,
        "decimal": dialect.decimal,
        "thousands": dialect.thousands or "none",
        "quote": dialect.quote or "none",
        "comment": dialect.comment or "none",
        "skip": dialect.skip,
        "header": "yes" if dialect.has_header else "no",
        "units": "yes" if dialect.has_units else "no",
        "missing": " ".join(dialect.missing) or "none",
    }
    if table:
        marks = [mark for mark in missing_marks(table) if not re.search(r"\s", mark)]  # the field parts them by spaces
        found["missing"] = " ".join(marks) or "none"
        found["time"] = table.times.names[0] if table.times else "-"
        if table.times and order_matters(table):
            found["day_first"] = "yes" if table.times.day_first else "no"
    if sampling and sampling.step:
        found["rate"] = plain_rate(1 / sampling.step)
    return reading.model_copy(update={name: value for name, value in found.items() if name in guessed})


def _first_lines(raw: bytes, reading: CsvReading, name: str, wrong: int | None) -> tuple[tuple[str, ...], ...]:
    """The first lines as they stand, as far as a ``wrong`` one and a few more; none of what is no text."""
    try:
        content = decoded(raw, name, reading.encoding)[0]
    except DataError:
        content = b"" if b"\0" in raw[:_HEAD] else raw.decode("latin-1").encode()
    content = content[: _SHOWN if wrong is None else _HEAD]
    spans = islice(zip(*line_starts(content), strict=True), max(_ROWS, (wrong or 0) + _BELOW))
    return tuple((content[start:end].decode(errors="replace")[:_LONGEST],) for start, end in spans)
