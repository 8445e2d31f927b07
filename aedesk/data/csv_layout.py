"""How a CSV file lies in its bytes: what stands above the table, its names, and its rows, block by block."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from aedesk.data.csv_dialect import CsvDialect
from aedesk.data.csv_encoding import decoded, read_text
from aedesk.data.csv_head import Head, find_head
from aedesk.data.csv_instruments import below_labview, known_head, listed_names
from aedesk.data.csv_marks import SAMPLE, marks_of, number_marks
from aedesk.data.csv_names import CommentedNames, commented_names, distinct, names_fit, without_apostrophes
from aedesk.data.csv_reading import CsvReading
from aedesk.data.csv_records import FIRST_BLOCK, Marks, Records, blocks, line_starts
from aedesk.data.csv_settings import Told, forward_head, settings_beside, told_step
from aedesk.data.csv_tail import Tail, find_tail
from aedesk.errors import DataError

_CELLS = 400_000  # of them, at most
_ABOVE = 65_536  # bytes above the table that settings are looked for in
_WIDEST = 100_000  # columns; more are a file without line endings


@dataclass(frozen=True)
class Layout:
    """A file's content as UTF-8, and what lies where in it.

    ``width`` counts the fields of a data row, with the empty one behind a trailing delimiter that
    has no name. ``header`` and ``unit_row`` are the spans of the names and units in bytes, if there
    are any, and ``header_closed`` says whether the names, too, end in a delimiter without a name
    behind it. The data begin at byte ``start`` and end with ``tail``. In a single column a blank line may be a gap.
    ``told`` is what stands above the table of its sampling rate; in the columns ``aside`` there are settings.
    """

    name: str
    content: bytes
    dialect: CsvDialect
    names: tuple[str, ...]
    units: tuple[str, ...]
    width: int
    header: tuple[int, int] | None
    unit_row: tuple[int, int] | None
    header_closed: bool
    start: int
    gaps: bool
    tail: Tail
    told: Told
    aside: frozenset[int]

    @property
    def marks(self) -> Marks:
        return Marks(self.dialect.delimiter, self.dialect.quote, self.dialect.comment)

    @property
    def above(self) -> str:
        """What stands above the table, as far as one looks there."""
        return self.content[: self.start][:_ABOVE].decode(errors="replace")

    @property
    def left_out(self) -> str:
        """Sentences on what is in the file and no part of the table."""
        aside = sorted(place + 1 for place in self.aside)
        beside = f"Columns {', '.join(map(str, aside))} hold settings of the instrument." if aside else ""
        return " ".join(filter(None, (beside, self.tail.note)))

    def blocks(self, progress: Callable[[float], None] | None = None) -> Iterator[Records]:
        """The data rows in blocks. DataError where one has another number of fields than most.

        ``progress`` is told the share of the file behind each block, and may raise to end the walk.
        """
        closed = self.width > len(self.names)
        for found in blocks(
            self.content, self.marks, self.name, self.start, self.dialect.first_line, stop=self.tail.stop
        ):
            rows = found if self.gaps else _filled(found, self.content)
            _check_width(rows, self.width, self.name, closed)
            if closed and not _all_closed(self.content, rows[rows.fields == self.width], self.dialect.delimiter):
                raise DataError(
                    f"{self.name} has values behind the last column that has a name. Name every column, or remove them."
                )
            if progress:
                progress(int(found.ends[-1]) / len(self.content))
            yield rows

    def body(self, rows: Records) -> bytes:
        """The rows of a block alone, without comments and blank lines between them."""
        content = self.content
        if rows.lines[-1] - rows.lines[0] + 1 == len(rows):  # a line each, and nothing between
            return content[rows.starts[0] : rows.ends[-1]]
        spans = zip(rows.starts.tolist(), rows.ends.tolist(), strict=True)
        return b"\n".join(content[start:end] for start, end in spans)

    def texts(self, most: int) -> list[list[str]]:
        """The cells of the first rows as they stand, of at most those in the first block."""
        rows = next(self.blocks())[:most]
        return [cells[: len(self.names)] for cells in _cells(self.content, rows, self.marks)]


def lay_out(path: Path, reading: CsvReading = CsvReading()) -> Layout:
    """Read a file and find its rows. DataError, naming file and line, where it is no regular CSV."""
    return layout_of(read_text(path), path.name, reading)


def layout_of(raw: bytes, name: str, reading: CsvReading = CsvReading(), whole: bool = True) -> Layout:
    """Where the rows lie in a file's bytes, all or not the ``whole``; ``name`` is told where something is wrong."""
    content, encoding, bom = decoded(raw, name, reading.encoding)
    told = reading.skip is None and re.match(rb'"?sep=.', content) is not None  # a line for a spreadsheet program
    start, skipped = _skipped(content, 1 if told else reading.skip or 0, name)
    if reading.skip is None and not told:
        start, skipped = below_labview(content)
    marks, lines = marks_of(content[0 if told else start : start + FIRST_BLOCK], reading, name)
    if not any(line.strip() for line in lines):
        raise DataError(f"{name} is empty: it has no rows. Choose another file.")
    tail = find_tail(content, marks, start) if whole else Tail(len(content))
    found = next(blocks(content, marks, name, start, skipped + 1, most=FIRST_BLOCK, stop=tail.stop), None)
    found = found or next(blocks(content, marks, name, start, skipped + 1, stop=tail.stop), None)
    if found is None:
        raise DataError(f"{name} is empty: it has no rows. Choose another file.")
    records = _filled(found, content)
    if records.fields.max() > _WIDEST:
        raise DataError(
            f"{name}, line {records.lines[records.fields.argmax()]}: there are {records.fields.max()} "
            f"values, and at most {_WIDEST} columns can be read. Put every row on a line of its own."
        )
    sample = records[: max(20, min(SAMPLE, _CELLS // int(np.median(records.fields))))]
    top = without_apostrophes(_cells(content, sample, marks))
    forward = forward_head(top[0], top[1]) if len(top) > 2 and reading.header != "no" else None
    head = find_head(top, reading.header, reading.units, reading.skip is None, marks.delimiter == " ")
    if forward:
        head = Head(0, 1, 2, len(top[2]))
    known = known_head(top, head.width) if reading.skip is None and reading.header == "guess" else None
    if known:
        head = Head(None, None, known.first, head.width)
    if head.first >= len(records):
        raise DataError(f"{name} has a header in line {records.lines[0]} and no rows below it. Choose another file.")
    _check_head(head, top, records, name)
    rows = records[head.first :]
    header, units_row = (None if place is None else _span(records, place) for place in (head.names, head.units))
    names = [] if head.names is None else top[head.names]
    closed = head.width > 1 and marks.delimiter != " " and _all_closed(content, rows[rows.fields == head.width], marks.delimiter)
    if forward:
        names = list(forward.names[: head.width - closed])
        header, units_row = (_first_cells(content, _span(records, place), marks, len(names)) for place in (0, 1))
    if known and known.names_row is not None:
        names, header = list(known.names), _span(records, known.names_row)
        units_row = None if known.units_row is None else _span(records, known.units_row)
    if names and not names_fit(len(names), names[-1], head.width, closed):
        raise _misnamed(name, int(records.lines[head.names or 0]), len(names), int(rows.lines[0]), head.width)
    if header and len(names) == head.width + 1 and names[-1].strip():  # that of comments, which no row has
        names, header = names[:-1], _first_cells(content, header, marks, head.width)
    commented = CommentedNames()
    if not names and reading.header == "guess":
        commented = commented_names(content, int(rows.starts[0]), marks, head.width)
        names, header, units_row = list(commented.names), commented.span, units_row or commented.units_span
    above = content[: int(rows.starts[0])][:_ABOVE].decode(errors="replace")
    names = names or list(listed_names(above, head.width - closed))
    given = names[: head.width] if names else [""] * head.width
    if closed and len(given) == head.width and not given[-1].strip():
        given.pop()
    beside = None if names else settings_beside(top[head.first :], len(given))
    for place, text in (beside.names if beside else {}).items():
        given[place] = text
    decimal, thousands = number_marks(content, reading, top[head.first :], int(rows.starts[0]), marks.delimiter)
    table = head.names if head.names is not None else head.units if head.units is not None else head.first
    dialect = CsvDialect(
        encoding=encoding,
        bom=bom,
        delimiter=marks.delimiter,
        decimal=decimal,
        line_ending=_line_ending(content),
        has_header=header is not None,
        first_line=int(rows.lines[0]),
        quote=marks.quote,
        thousands=thousands,
        comment=marks.comment,
        skip=reading.skip if reading.skip is not None else int(records.lines[table]) - 1 if table or told or skipped else 0,
        has_units=head.units is not None,
        missing=tuple(reading.missing.split()),
    )
    units = [text.strip(" ()[]") for text in top[head.units]] if head.units is not None else []
    if forward or known or commented.units:
        units = list((forward or known or commented).units)
    if beside:
        units = [beside.units.get(place, "") for place in range(len(given))]
    return Layout(
        name=name,
        content=content,
        dialect=dialect,
        names=distinct(given),
        units=tuple([*units, *[""] * len(given)][: len(given)]),
        width=head.width,
        header=header,
        unit_row=units_row,
        header_closed=len(names) > len(given),
        start=int(rows.starts[0]),
        gaps=_blank_are_gaps(found, content, head.width, int(rows.starts[0])),
        tail=tail,
        told=forward.told if forward else known.told if known and known.told.step else told_step(above, decimal == "," != marks.delimiter),
        aside=beside.aside if beside else frozenset(),
    )


def _skipped(content: bytes, lines: int, name: str) -> tuple[int, int]:
    """Where the file goes on below so many lines, and how many they are."""
    if not lines:
        return 0, 0
    starts, _ = line_starts(content[: 16 * FIRST_BLOCK])
    if lines >= len(starts):
        raise DataError(f"{name} has {_count(len(starts), 'line')}, and {lines} were to be skipped. Skip fewer lines.")
    return int(starts[lines]), lines


def _check_head(head: Head, top: list[list[str]], records: Records, name: str) -> None:
    """DataError where a row above the data is neither names nor data."""
    if head.problem is None:
        return
    row, line = top[head.problem], records.lines[head.problem]
    if not head.problem and any(character.isalpha() for cell in row for character in cell):
        raise _misnamed(name, int(line), len(row), int(records.lines[head.first]), head.width)
    raise _ragged(name, int(line), len(row), head.width)


def _check_width(rows: Records, width: int, name: str, closed: bool) -> None:
    """DataError naming the first line that has another number of fields; where rows end in a delimiter, one may lack it."""
    bad = (rows.fields != width) & ~(closed & (rows.fields == width - 1))
    if bad.any():
        place = int(np.argmax(bad))
        raise _ragged(name, int(rows.lines[place]), int(rows.fields[place]), width)


def _ragged(name: str, line: int, fields: int, width: int) -> DataError:
    return DataError(
        f"{name}, line {line}: found {_count(fields, 'value')} "
        f"where most lines have {width}. Correct or remove that line.",
        line,
    )


def _misnamed(name: str, line: int, names: int, first: int, width: int) -> DataError:
    return DataError(
        f"{name}: line {line} has {_count(names, 'column name')}, but line {first} has {_count(width, 'value')}. "
        "Make them equal, and remove any lines above the names.",
        line,
    )


def _filled(records: Records, content: bytes) -> Records:
    blank = records.blank(content)
    return records[~blank] if blank.any() else records


def _blank_are_gaps(found: Records, content: bytes, width: int, start: int) -> bool:
    """Whether blank lines among the rows of a single column are missing values.

    Every second line empty is double spacing, not a recording with gaps.
    """
    if width != 1:
        return False
    blank = found[found.starts >= start].blank(content)
    return bool(blank.any()) and int(blank.sum()) * 2 < int((~blank).sum())


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _all_closed(content: bytes, rows: Records, delimiter: str) -> bool:
    """Whether every row ends in a delimiter, but for spaces."""
    codes, places = np.frombuffer(content, np.uint8), np.maximum(rows.ends - 1, 0)
    while (spaces := (codes[places] == ord(" ")) & (places > rows.starts)).any():
        places = places - spaces
    return bool(np.all(codes[places] == ord(delimiter)))


def _cells(content: bytes, rows: Records, marks: Marks) -> list[list[str]]:
    spans = zip(rows.starts.tolist(), rows.ends.tolist(), strict=True)
    return [marks.cells(content[start:end].decode()) for start, end in spans]


def _span(records: Records, place: int) -> tuple[int, int]:
    return int(records.starts[place]), int(records.ends[place])


def _first_cells(content: bytes, span: tuple[int, int], marks: Marks, count: int) -> tuple[int, int]:
    """The span of the first cells of a row without quotation marks that has more of them."""
    end = span[0] - 1
    for _ in range(count):
        end = content.find(marks.delimiter.encode(), end + 1)
    return span[0], min(end, span[1]) if end >= 0 else span[1]


def _line_ending(content: bytes) -> str:
    """The first line ending there is; LF where there is none."""
    newline, carriage = content.find(b"\n"), content.find(b"\r")
    if carriage < 0 or 0 <= newline < carriage:
        return "\n"
    return "\r\n" if newline == carriage + 1 else "\r"
