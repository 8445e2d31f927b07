"""Where the rows of a text table lie, found block by block without parsing numbers."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from aedesk.data.csv_encoding import LONGEST_LINE
from aedesk.errors import DataError

FIRST_BLOCK = 1_000_000  # bytes that guesses look at
_BLOCK = 8_000_000  # bytes


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

    def blank(self, content: bytes) -> np.ndarray:
        """Which rows hold nothing, or spaces alone: bool ``[n]``."""
        blank = self.starts == self.ends
        codes = np.frombuffer(content, np.uint8)
        first = codes[np.minimum(self.starts, len(codes) - 1)]
        for place in np.flatnonzero(((first == 32) | (first == 9)) & (self.fields == 1) & ~blank):
            blank[place] = not content[self.starts[place] : self.ends[place]].strip(b" \t")
        return blank


@dataclass(frozen=True)
class Marks:
    """What tells rows and fields apart; ``quote`` and ``comment`` are "" where there are none."""

    delimiter: str
    quote: str
    comment: str

    def cells(self, text: str) -> list[str]:
        """One row's cells."""
        return next(iter(self._reader([text])), [""])

    def rows(self, lines: Iterator[str]) -> Iterator[list[str]]:
        """Rows of cells, which may go on over several of the lines."""
        return iter(self._reader(lines))

    def _reader(self, lines):  # noqa: ANN001, ANN202 - csv's own type has no name
        spaced = self.delimiter == " "
        return csv.reader(
            (line.replace("\t", " ").strip(" ") if spaced else line for line in lines),
            delimiter=self.delimiter,
            quotechar=self.quote or None,
            quoting=csv.QUOTE_MINIMAL if self.quote else csv.QUOTE_NONE,
            skipinitialspace=True,
        )


def blocks(
    content: bytes,
    marks: Marks,
    name: str,
    start: int = 0,
    line: int = 1,
    most: int | None = None,
    stop: int | None = None,
) -> Iterator[Records]:
    """The rows from ``start`` on, in blocks of some megabytes, without comments; blank lines are rows, too,
    but for those at the end.

    ``line`` is the number of the first line, and ``most`` ends the first block there and the walk with
    it; ``stop`` is where the content ends for it. DataError where a quotation mark is never closed or a row has no end.
    """
    size = FIRST_BLOCK if most is None else most
    stop = len(content) if stop is None else stop
    while start < stop:
        end = min(stop, _line_end(content, start + size))
        found = _block(content, marks, name, start, end, line, whole=end == stop)
        filled = np.flatnonzero(~found.blank(content))
        if len(filled):
            found = found[: int(filled[-1]) + 1]
            yield found
        if end == stop or most is not None:
            return
        if not len(filled):  # all blank, commented out, or one row that goes on
            size *= 4
            if size > 4 * LONGEST_LINE:
                raise DataError(
                    f"{name}, line {line} goes on for more than {LONGEST_LINE // 1_000_000} MB. "
                    "Put every row on a line of its own."
                )
            continue
        after = _after_line(content, int(found.ends[-1]))
        line = int(found.lines[-1]) + _line_breaks(content[int(found.starts[-1]) : after])
        start, size = after, _BLOCK


def line_starts(content: bytes) -> tuple[np.ndarray, np.ndarray]:
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


def _line_end(content: bytes, about: int) -> int:
    """The first place from ``about`` on where a line has just ended."""
    if about >= len(content):
        return len(content)
    newline = content.find(b"\n", about - 1)
    window = content[about - 1 : newline if newline >= 0 else about - 1 + LONGEST_LINE]
    carriage = window.find(b"\r")
    if carriage >= 0 and content[about + carriage : about + carriage + 1] != b"\n":
        return about + carriage
    return newline + 1 if newline >= 0 else len(content)


def _after_line(content: bytes, end: int) -> int:
    """The start of the line after one that ends at ``end``."""
    return end + (2 if content[end : end + 2] == b"\r\n" else 1)


def _line_breaks(part: bytes) -> int:
    return part.count(b"\n") + part.count(b"\r") - part.count(b"\r\n")


def _block(content: bytes, marks: Marks, name: str, start: int, end: int, line: int, whole: bool) -> Records:
    """The rows between two places; one that is not finished there is left out unless it is the ``whole`` rest."""
    part = content[start:end]
    starts, ends = line_starts(part)
    comment = _begin_with(part, starts, ends, marks.comment)
    if marks.quote and marks.quote.encode() in part:
        found = _quoted(part, starts, ends, comment, marks, name, line, whole)
    else:
        used = np.flatnonzero(~comment) if comment.any() else slice(None)
        starts, ends, lines = starts[used], ends[used], np.arange(line, line + len(comment))[used]
        codes = np.frombuffer(part, np.uint8)
        if marks.delimiter == " ":
            space = (codes == 32) | (codes == 9)
            before = np.concatenate([[True], space[:-1] | (codes[:-1] == 10) | (codes[:-1] == 13)])
            places = np.flatnonzero(before & ~space & (codes != 10) & (codes != 13))
            fields = np.maximum(1, np.searchsorted(places, ends) - np.searchsorted(places, starts))
        else:
            places = np.flatnonzero(codes == ord(marks.delimiter))
            fields = np.searchsorted(places, ends) - np.searchsorted(places, starts) + 1
        found = Records(starts, ends, lines, fields)
    return Records(found.starts + start, found.ends + start, found.lines, found.fields)


def _begin_with(part: bytes, starts: np.ndarray, ends: np.ndarray, comment: str) -> np.ndarray:
    """Which lines begin with the comment mark: bool ``[lines]``."""
    begin = np.zeros(len(starts), bool)
    if comment:
        mark = comment.encode()
        codes = np.frombuffer(part, np.uint8)
        for place in np.flatnonzero((codes[starts.clip(max=len(codes) - 1)] == mark[0]) & (ends > starts)):
            begin[place] = part.startswith(mark, int(starts[place]))
    return begin


def _quoted(
    part: bytes, starts: np.ndarray, ends: np.ndarray, comment: np.ndarray, marks: Marks, name: str, above: int, whole: bool
) -> Records:
    """The rows of a block with quotation marks, in which a row may go on over several lines."""
    first: list[int] = []
    last: list[int] = []
    fields: list[int] = []
    line, inside = 0, False

    def lines() -> Iterator[str]:
        nonlocal line, inside
        for line, (start, end) in enumerate(zip(starts.tolist(), ends.tolist(), strict=True)):
            if inside or not comment[line]:
                if not inside:
                    first.append(line)
                inside = True
                yield part[start:end].decode()
        if inside and whole:
            raise csv.Error("the last row is not finished")

    try:
        for row in marks.rows(lines()):
            if inside and line == len(starts) - 1 and not whole and _is_open(part, starts, ends, first[-1], line, marks):
                break  # goes on in the next block
            inside = False
            last.append(line)
            fields.append(max(1, len(row)))
    except csv.Error as error:  # also raised for a field that is too long to be one
        raise DataError(
            f"{name}: a quotation mark opened in line {first[-1] + above} is never closed. Close or remove it.",
            first[-1] + above,
        ) from error
    begin = np.array(first[: len(last)], np.int64)
    return Records(starts[begin], ends[np.array(last, np.int64)], begin + above, np.array(fields, np.int64))


def _is_open(part: bytes, starts: np.ndarray, ends: np.ndarray, first: int, last: int, marks: Marks) -> bool:
    """Whether the row in these lines ends within quotation marks."""
    lines = [part[starts[line] : ends[line]].decode() for line in range(first, last + 1)]
    try:
        return len(list(marks.rows(iter([*lines, "", ""])))) < 3
    except csv.Error:
        return True
