"""How a CSV file is written: its marks, guessed from its first lines."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from aedesk.data.csv_lone_column import is_decimal_column
from aedesk.data.csv_values import is_value

QUOTE = '"'
COMMENTS = ("#", "%", "//", ";")

_DELIMITERS = "\t;|, "  # the first that fits wins: a comma may be a decimal mark beside the others
_LINES = 2000  # that the guesses look at


@dataclass(frozen=True)
class CsvDialect:
    """How a CSV file is written.

    ``first_line`` counts from 1 and is that of the first data row; ``skip`` lines above the table are
    no part of it. A space as ``delimiter`` stands for any run of spaces and tabs. ``quote``,
    ``comment`` and ``thousands`` are "" where there are none. ``missing`` are cells that mean that
    there is no value, beside the usual ones.
    """

    encoding: str
    bom: bytes
    delimiter: str
    decimal: str
    line_ending: str
    has_header: bool
    first_line: int
    quote: str = QUOTE
    thousands: str = ""
    comment: str = "#"
    skip: int = 0
    has_units: bool = False
    missing: tuple[str, ...] = ()


def guess_delimiter(lines: Sequence[str], quote: str = QUOTE, decimal: str = "") -> str:
    """The delimiter that as many of these lines as possible hold equally often.

    Above a table there may be other lines: of many lines, only the second half is looked at. A comma that is known
    to be the ``decimal`` mark is no delimiter as well, unless numbers with it stand in quotation marks.
    """
    named = re.fullmatch(r'"?sep=(.)"?', lines[0].strip("\r\n")) if lines else None
    if named:
        return named[1]
    if decimal != "." and is_decimal_column(lines):
        return ";"
    lines = lines[len(lines) // 2 :] if len(lines) >= 20 else lines
    quoted = bool(quote) and any(re.search(rf"{quote}[^{quote}]*\d,\d+{quote}", line) for line in lines)
    possible = _DELIMITERS if decimal != "," or quoted else _DELIMITERS.replace(",", "")
    bare = [re.sub(f"{quote}[^{quote}]*{quote}", "0", line) for line in lines] if quote else list(lines)
    best, best_share, best_values = "", 0.0, 0.0
    for delimiter in possible:
        rows = [fields(line, delimiter) for line in bare]
        counts = Counter(len(row) for row in rows)
        counts.pop(1, None)
        width, number = counts.most_common(1)[0] if counts else (1, 0)
        share = number / max(1, len(rows))
        if not share:
            continue
        values = _share_of_values([row for row in rows if len(row) == width])
        if delimiter == " " and (share < 1 if values < 0.8 else share < 0.5):
            continue  # spaces also stand inside names and dates
        if delimiter == " " and best_share >= 0.8 and values < 0.8:
            continue  # what another one parts as evenly are dates with the month's name: Jan 1 2000
        wins = share > best_share if best_share < 0.8 else share >= 0.8 and values > best_values + 0.25
        if wins:
            best, best_share, best_values = delimiter, share, values
    return best or ("," if "," in possible else ";")


def guess_quote(lines: Sequence[str]) -> str:
    """A single quotation mark where most lines hold a value between two of them and none in double ones."""
    single = sum(bool(re.search(r"(?:^|[\t;|,] ?)'[^']*'(?:[\t;|,]|$)", line)) for line in lines)
    return "'" if single * 2 > len(lines) and not any(QUOTE in line for line in lines) else QUOTE


def guess_comment(lines: Sequence[str]) -> str:
    """What lines begin with that are no data: a hash unless others do so and the rest does not hold it."""
    for mark in COMMENTS[1:]:
        begun = [line.startswith(mark) for line in lines]
        first = next((place for place, line in enumerate(lines) if line.strip()), 0)
        if any(begun) and begun[first] and not any(mark in line for line, is_it in zip(lines, begun, strict=True) if not is_it):
            return mark if not all(begun) else COMMENTS[0]
    return COMMENTS[0]


def fields(line: str, delimiter: str) -> list[str]:
    """The parts of a line without quotation marks."""
    return line.split() if delimiter == " " else line.split(delimiter)


def _share_of_values(rows: Sequence[Sequence[str]]) -> float:
    cells = [cell for row in rows[:200] for cell in row[:100]]
    return sum(is_value(cell) or not cell.strip() for cell in cells) / max(1, len(cells))
