"""Where a CSV file's rows lie: found without parsing numbers, so that rows can be named and kept."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np

from aedesk.data.csv_dialect import (
    QUOTE,
    CsvDialect,
    decoded,
    guess_decimal,
    guess_delimiter,
    has_header,
)
from aedesk.errors import DataError

_SAMPLE = 100  # rows that the guesses look at
_WIDEST = 100_000  # columns; more are a file without line endings


@dataclass(frozen=True)
class Records:
    """Rows of a file: byte offsets without the line ending, lines from 1, fields; int64 ``[n]``."""

    starts: np.ndarray
    ends: np.ndarray
    lines: np.ndarray
    fields: np.ndarray

    def __len__(self) -> int:
        return len(self.starts)

    def __getitem__(self, which: slice | np.ndarray) -> "Records":
        return Records(self.starts[which], self.ends[which], self.lines[which], self.fields[which])


@dataclass(frozen=True)
class Layout:
    """A file's content as UTF-8, and what lies where in it.

    ``width`` counts the fields of a data row, with the empty one behind a trailing delimiter that
    has no name. ``header`` is the span of the names in bytes, if the file has any, and
    ``header_closed`` says whether it, too, ends in a delimiter without a name behind it.
    """

    content: bytes
    dialect: CsvDialect
    names: tuple[str, ...]
    width: int
    header: tuple[int, int] | None
    header_closed: bool
    rows: Records

    def body(self) -> bytes:
        """The data rows alone, without comments and blank lines between them."""
        rows, content = self.rows, self.content
        if rows.lines[-1] - rows.lines[0] + 1 == len(rows):  # a line each, and nothing between
            return content[rows.starts[0] : rows.ends[-1]]
        spans = zip(rows.starts.tolist(), rows.ends.tolist(), strict=True)
        return b"\n".join(content[start:end] for start, end in spans)


def lay_out(path: Path) -> Layout:
    """Read a file and find its rows. DataError, naming file and line, where it is no regular CSV."""
    return layout_of(_read(path), path.name)


def layout_of(raw: bytes, name: str) -> Layout:
    """Where the rows lie in a file's bytes, of which ``name`` is told where something is wrong."""
    content, encoding, bom = decoded(raw, name)
    starts, ends = _lines(content)
    comment = _first_bytes(content, starts, ends) == ord("#")
    sample = _texts(content, starts[~comment], ends[~comment])
    lines = list(islice((line for line in sample if line.strip()), _SAMPLE))
    if not lines:
        raise DataError(f"{name} is empty: it has no rows. Choose another file.")
    delimiter = guess_delimiter(lines)
    records = _records(content, starts, ends, comment, delimiter, name)
    if records.fields.max() > _WIDEST:
        raise DataError(
            f"{name}, line {records.lines[records.fields.argmax()]}: there are {records.fields.max()} "
            f"values, and at most {_WIDEST} columns can be read. Put every row on a line of its own."
        )
    decimal = guess_decimal(content, int(records.starts[0]), delimiter)

    top = [_cells(text, delimiter) for text in _texts(content, records.starts[:_SAMPLE], records.ends)]
    named = has_header(top[0], top[1:], decimal)
    names, header = (top[0], (int(records.starts[0]), int(records.ends[0]))) if named else ([], None)
    rows = records[1:] if named else records
    if not len(rows):
        raise DataError(
            f"{name} has a header in line {records.lines[0]} and no rows below it. Choose another file."
        )
    width = _width(content, records, rows, names, delimiter, name)
    above = int(rows.lines[0]) - 2
    if not named and width > 1 and above >= 0 and comment[above]:
        start, end = int(starts[above]), int(ends[above])
        commented = _cells(content[start + 1 : end].decode(), delimiter)
        if len(commented) == width:
            names, header = commented, (start, end)
    closed = width > 1 and _all_closed(content, rows, delimiter)
    given = names[:width] if names else [""] * width
    if closed and len(given) == width and not given[-1].strip():
        given.pop()
    dialect = CsvDialect(
        encoding=encoding,
        bom=bom,
        delimiter=delimiter,
        decimal=decimal,
        line_ending=_line_ending(content),
        has_header=header is not None,
        first_line=int(rows.lines[0]),
    )
    header_closed = len(names) > len(given)
    return Layout(content, dialect, distinct(given), width, header, header_closed, rows)


def distinct(names: list[str], taken: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The names with empty ones numbered by their column and repeated ones by their repetition."""
    found = dict.fromkeys(taken)
    for place, name in enumerate(names, len(taken) + 1):
        name = wanted = " ".join(name.split()) or f"column {place}"
        count = 1
        while name in found:
            count += 1
            name = f"{wanted} ({count})"
        found[name] = None
    return tuple(found)[len(taken) :]


def _read(path: Path) -> bytes:
    """The file's bytes, or a DataError that says why there are none."""
    try:
        if path.is_dir():
            raise DataError(f"{path} is a folder. Choose a CSV file in it.")
        if path.exists() and not path.is_file():
            raise DataError(f"{path} is not an ordinary file. Choose a CSV file.")
        raw = path.read_bytes()
    except FileNotFoundError as error:
        raise DataError(f"{path} does not exist. Check the folder and the name.") from error
    except PermissionError as error:
        raise DataError(f"{path} may not be read. Ask for permission, or copy it elsewhere.") from error
    except (OSError, ValueError) as error:  # ValueError: a zero character in the path
        raise DataError(f"{path} cannot be read: {error}. Choose another file.") from error
    if not raw:
        raise DataError(f"{path.name} is empty. Choose another file.")
    return raw


def _lines(content: bytes) -> tuple[np.ndarray, np.ndarray]:
    """Where lines start and end, without their endings: LF, CRLF or CR, also mixed."""
    codes = np.frombuffer(content, np.uint8)
    ends = np.flatnonzero(codes == 10)
    nexts = ends + 1
    if b"\r" in content:
        returns = np.flatnonzero(codes == 13)
        paired = codes[np.minimum(returns + 1, len(codes) - 1)] == 10
        lone = returns[~paired]
        ends = ends - ((ends > 0) & (codes[ends - 1] == 13))
        ends, nexts = np.concatenate([ends, lone]), np.concatenate([nexts, lone + 1])
        order = np.argsort(ends, kind="stable")
        ends, nexts = ends[order], nexts[order]
    starts = np.concatenate([[0], nexts])
    if starts[-1] == len(content):
        return starts[:-1], ends
    return starts, np.append(ends, len(content))


def _first_bytes(content: bytes, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """The first byte of every line, 0 for empty ones: uint8 ``[lines]``."""
    codes = np.frombuffer(content, np.uint8)
    first = codes[np.minimum(starts, max(0, len(codes) - 1))].copy()
    first[starts == ends] = 0
    return first


def _records(
    content: bytes, starts: np.ndarray, ends: np.ndarray, comment: np.ndarray, delimiter: str, name: str
) -> Records:
    """The rows, without comments and blank lines. In a single column a blank line is a gap."""
    if QUOTE.encode() in content:
        found = _quoted(content, starts, ends, comment, delimiter, name)
    else:
        used = np.flatnonzero(~comment)
        marks = np.flatnonzero(np.frombuffer(content, np.uint8) == ord(delimiter))
        inside = np.searchsorted(marks, ends[used]) - np.searchsorted(marks, starts[used])
        found = Records(starts[used], ends[used], used + 1, inside + 1)
    blank = found.starts == found.ends
    for place in np.flatnonzero(_first_bytes(content, found.starts, found.ends) == ord(" ")):
        blank[place] = not content[found.starts[place] : found.ends[place]].strip(b" ")
    filled = np.flatnonzero(~blank)
    gaps = blank.copy()
    gaps[: filled[0]] = gaps[filled[-1] :] = False
    # Every second line empty is double spacing, not a recording with gaps.
    if np.all(found.fields[filled] == 1) and gaps.sum() * 2 < len(filled):
        blank &= ~gaps
    return found[~blank] if blank.any() else found


def _quoted(
    content: bytes, starts: np.ndarray, ends: np.ndarray, comment: np.ndarray, delimiter: str, name: str
) -> Records:
    """The rows of a file with quotation marks, in which a row may go on over several lines."""
    first: list[int] = []
    last: list[int] = []
    fields: list[int] = []
    line, inside = 0, False

    def lines() -> Iterator[str]:
        nonlocal line, inside
        for line, text in enumerate(_texts(content, starts, ends)):
            if inside or not comment[line]:
                if not inside:
                    first.append(line)
                inside = True
                yield text
        if inside:
            raise csv.Error("the last row is not finished")

    try:
        for row in csv.reader(lines(), delimiter=delimiter, skipinitialspace=delimiter != " "):
            inside = False
            last.append(line)
            fields.append(max(1, len(row)))
    except csv.Error as error:  # also raised for a field that is too long to be one
        raise DataError(
            f"{name}: a quotation mark opened in line {first[-1] + 1} is never closed. Close or remove it."
        ) from error
    begin = np.array(first)
    return Records(starts[begin], ends[last], begin + 1, np.array(fields))


def _width(
    content: bytes, records: Records, rows: Records, names: list[str], delimiter: str, name: str
) -> int:
    """How many fields every row has. DataError naming the first line that has another number."""
    width = int(rows.fields[0])
    if np.all(rows.fields == width):
        if not names or len(names) == width:
            return width
        if len(names) == width - 1 and _all_closed(content, rows, delimiter):
            return width
        if len(names) == width + 1 and not names[-1].strip():
            return width
        raise DataError(
            f"{name}: line {records.lines[0]} has {_count(len(names), 'column name')}, but line "
            f"{rows.lines[0]} has {_count(width, 'value')}. "
            "Make them equal, and remove any lines above the names."
        )
    width = int(np.bincount(records.fields).argmax())
    bad = int(np.argmax(records.fields != width))
    raise DataError(
        f"{name}, line {records.lines[bad]}: found {_count(int(records.fields[bad]), 'value')} "
        f"where most lines have {width}. Correct or remove that line."
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _all_closed(content: bytes, rows: Records, delimiter: str) -> bool:
    """Whether every row ends in a delimiter."""
    last = np.frombuffer(content, np.uint8)[np.maximum(rows.ends - 1, 0)]
    return bool(np.all(last == ord(delimiter)))


def _texts(content: bytes, starts: np.ndarray, ends: np.ndarray) -> Iterator[str]:
    """The text of each span."""
    for start, end in zip(starts, ends, strict=False):
        yield content[start:end].decode()


def _cells(text: str, delimiter: str) -> list[str]:
    """One row's cells."""
    reader = csv.reader([text], delimiter=delimiter, skipinitialspace=delimiter != " ")
    return next(reader, [""])


def _line_ending(content: bytes) -> str:
    """The first line ending there is; LF where there is none."""
    newline, carriage = content.find(b"\n"), content.find(b"\r")
    if carriage < 0 or 0 <= newline < carriage:
        return "\n"
    return "\r\n" if newline == carriage + 1 else "\r"
