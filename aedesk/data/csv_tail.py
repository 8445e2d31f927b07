"""What stands below the last row of a text table: a line that was cut off, a sum, a word that says that it is over."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from aedesk.data.csv_records import Marks, line_starts
from aedesk.data.csv_values import is_mark, is_missing, is_value

_WINDOW = 65_536  # bytes at the end that are looked at
_LINES = 60
_LEAST = 3  # rows that tell what a row looks like
_SURE = 20  # rows of as many decimals each, after which one of fewer is cut off
_MOST = 20  # lines below the table
_PIECE = 1 << 24  # bytes whose line endings are counted at once
_SHOWN = 40  # letters of a line


@dataclass(frozen=True)
class Tail:
    """The rows end at byte ``stop``; ``note`` is a sentence on the lines behind it, "" where there are none."""

    stop: int
    note: str = ""


def find_tail(content: bytes, marks: Marks, start: int = 0) -> Tail:
    """Where the rows of the content from ``start`` on end.

    Left out are a last line that a recorder could not finish, told by a missing line ending beside missing cells
    or decimals, and lines of words where all rows before have values.
    """
    begin = max(start, len(content) - _WINDOW)
    part = content[begin:]
    starts, ends = line_starts(part)
    if begin > start:
        starts, ends = starts[1:], ends[1:]  # the first may lack its beginning
    lines = [(begin + int(first), part[first:last].decode(errors="replace")) for first, last in zip(starts, ends, strict=True)]
    lines = [(place, text) for place, text in lines if text.strip(" \t\x1a\0") and not (marks.comment and text.startswith(marks.comment))]
    lines = lines[-_LINES:]
    if len(lines) <= _LEAST or _goes_on(lines, marks):
        return Tail(len(content))
    rows = [marks.cells(text) for _, text in lines]
    width = Counter(len(row) for row in rows[:-1]).most_common(1)[0][0]
    like = [row for row in rows[:-1] if len(row) == width]
    if len(like) < _LEAST or len(like) * 2 < len(rows):
        return Tail(len(content))
    first = _first_of_values(like, width)
    ended = part.endswith((b"\n", b"\r", b"\x1a"))
    cut = not ended and _is_cut(rows[-1], like, first)
    kept = len(rows) - cut
    while kept and len(rows) - kept < _MOST and _is_word(rows[kept - 1], width, first):
        kept -= 1
    if kept < _LEAST or len(rows) - kept >= _MOST or kept == len(rows):
        return Tail(len(content))
    stop = lines[kept][0]
    number = 1 + _lines_in(content, stop)
    if cut and kept == len(rows) - 1:
        return Tail(stop, f"Line {number} is cut off and was left out.")
    last = 1 + _lines_in(content, lines[-1][0])
    shown = lines[kept][1].strip(" \t\x1a\0")[:_SHOWN]
    if last == number:
        return Tail(stop, f"Line {number}, “{shown}”, is no row of the table and was left out.")
    return Tail(stop, f"Lines {number} to {last}, from “{shown}” on, are no rows of the table and were left out.")


def _goes_on(lines: Sequence[tuple[int, str]], marks: Marks) -> bool:
    """Whether rows go on over several lines, by a quotation mark that a line before the last leaves open."""
    return bool(marks.quote) and any(text.count(marks.quote) % 2 for _, text in lines[:-1])


def _first_of_values(rows: Sequence[Sequence[str]], width: int) -> int | None:
    """The first column in which all cells are values, but for a name above and words below; None where there is none."""
    for place in range(width):
        filled = [row[place] for row in rows if not is_missing(row[place]) and not is_mark(row[place])]
        while filled and not is_value(filled[-1]):
            filled.pop()
        if len(filled) >= _LEAST and all(is_value(cell) for cell in filled[1:]):
            return place
    return None


def _is_cut(row: Sequence[str], like: Sequence[Sequence[str]], first: int | None) -> bool:
    """Whether a row without a line ending is no whole one: it has fewer cells, or fewer decimals than all before it."""
    width = len(like[0])
    closed = all(not one[-1].strip() for one in like)
    if len(row) < width - closed:
        return first is None or first >= len(row) or not _is_text(row[first])
    place = width - 1 - closed
    values = [one[place] for one in like if is_value(one[place])]
    if len(row) <= place or len(values) < _SURE or len(values) < len(like) - 1:  # one of them may hold the names
        return False
    decimals = {_decimals(value) for value in values}
    return len(decimals) == 1 and 0 < decimals.pop() > _decimals(row[place]) and not _is_text(row[place])


def _is_word(row: Sequence[str], width: int, first: int | None) -> bool:
    """Whether a row is none, for there are words where values are to be."""
    if len(row) == 1 and width > 1:
        return _is_text(row[0])
    return first is not None and first < len(row) and _is_text(row[first])


def _is_text(cell: str) -> bool:
    return not is_missing(cell) and not is_value(cell) and not is_mark(cell)


def _decimals(cell: str) -> int:
    """How many letters stand behind the decimal mark, an exponent's among them."""
    cell = cell.strip()
    return len(cell) - 1 - max(cell.rfind("."), cell.rfind(",")) if "." in cell or "," in cell else 0


def _lines_in(content: bytes, stop: int) -> int:
    """How many lines end before a place."""
    for mark in (b"\n", b"\r"):
        found = sum(content[begin : min(stop, begin + _PIECE)].count(mark) for begin in range(0, stop, _PIECE))
        if found:
            return found
    return 0
