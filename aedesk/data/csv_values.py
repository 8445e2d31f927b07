"""What a cell of a table is: a number, however its digits are marked, a date, nothing, or text."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

MINUS = "\u2212"  # as typesetters write it, beside the hyphen of keyboards
PERCENT = re.compile(r"(?<=\d)(\s*%)\s*$")
MISSING = ("", "-", "--", "---", MINUS, "?", "na", "n/a", "nan", "null", "none")  # in any case of letters
_MARKS = frozenset(
    "ol o.l. ovl ovld ovr ovf ovrld over overload overflow overrange over-range ofl ufl udf underflow underrange under-range "
    "#n/a #nv #na #null! #div/0! #value! #num! #ref! #name? n.a. n.d. n/d nd err error invalid fail fault nil void "
    "missing nodata no-data -nan nan(ind) -nan(ind) 1.#ind -1.#ind 1.#qnan -1.#qnan 1.#nan".split()
)
"""What instruments and spreadsheets write where there was no value to be had, in any case of letters."""
SPACES = " \u00a0\u202f\u2009"  # that group digits

_NUMBER = r"[+-]?(?:\d+{mark}?\d*|{mark}\d+)(?:[eE][+-]?\d+)?"
_ANY_NUMBER = re.compile(rf"[+-]?(?:\d[\d.,'_{SPACES}]*|[.,]\d+)(?:[eE][+-]?\d+)?")
_INFINITE = re.compile(r"[+-]?inf(?:inity)?", re.IGNORECASE)
_DATE = re.compile(r"\d[\d\s:./,TtZ+-]*(?:[AaPp]\.?[Mm]\.?)?|\d{1,2}[- ][A-Za-z]{3,9}[- ]\d{2,4}[\s_]*(?:[\d:.,]*)")
_GROUPED = re.compile(rf"[+-]?(\d{{1,3}})(?:([.,'_{SPACES}])\d{{3}})(?:\2\d{{3}})*(?:([.,])\d+)?(?:[eE][+-]?\d+)?")
_SOME = 20  # rows
_WINDOW = 1_000_000  # bytes looked at for the decimal mark


def is_missing(cell: str) -> bool:
    """Whether a cell says that there is no value."""
    return cell.strip().lower() in MISSING


def bare_number(cell: str) -> str:
    """A cell without spaces around it and the percent sign behind digits, and with a hyphen for a sign of minus."""
    cell = cell.replace(MINUS, "-").strip()
    return cell[:-1].rstrip() if PERCENT.search(cell) else cell


def is_mark(cell: str) -> bool:
    """Whether a cell says, in a word of an instrument or a spreadsheet, that there was no value: OVLD, #N/A, ***."""
    word = cell.replace(MINUS, "-").strip().lower()
    return word.lstrip("+-") in _MARKS or word in _MARKS or (len(word) > 1 and set(word) <= set("-*.?x#_"))


def is_value(cell: str, decimal: str = "") -> bool:
    """Whether a cell is a number, a date or a time; without a known ``decimal`` mark with any."""
    cell = bare_number(cell)
    number = re.compile(_NUMBER.format(mark=re.escape(decimal))) if decimal else _ANY_NUMBER
    return bool(number.fullmatch(cell) or _INFINITE.fullmatch(cell) or _DATE.fullmatch(cell))


def is_number(cell: str) -> bool:
    """Whether a cell is a number, with whatever marks."""
    cell = bare_number(cell)
    return bool(_ANY_NUMBER.fullmatch(cell) or _INFINITE.fullmatch(cell))


def number_pattern(decimal: str, thousands: str) -> str:
    """A pattern for the numbers whose digits are grouped by the mark."""
    marks = SPACES if thousands == " " else thousands
    return rf"[+-]?\d{{1,3}}(?:[{re.escape(marks)}]\d{{3}})+(?:{re.escape(decimal)}\d*)?(?:[eE][+-]?\d+)?"


def guess_marks(columns: Sequence[Sequence[str]], content: bytes, start: int, delimiter: str) -> tuple[str, str]:
    """The decimal mark and the thousands mark, "" for none, of the cells in these columns.

    A number with both marks tells them, and one with two groups of digits. One group alone may as
    well be three digits of a fraction: it is told from that where a comma cannot be.
    """
    columns = [[bare_number(cell) for cell in column] for column in columns]
    found = [(column, match) for column in columns for cell in column if (match := _GROUPED.fullmatch(cell.strip()))]
    both = Counter((m[3], _mark(m[2])) for _, m in found if m[3] and m[3] != m[2])
    if both:
        return both.most_common(1)[0][0]
    several = Counter(m[2] for _, m in found if m[2] in ".," and m[0].count(m[2]) > 1)
    if several:
        thousands = several.most_common(1)[0][0]
        return ("," if thousands == "." else "."), thousands
    decimal = guess_decimal(content, start, delimiter)
    other = Counter(_mark(m[2]) for _, m in found if m[2] not in ".," and not (delimiter == " " and m[2] in SPACES))
    if other:
        return decimal, other.most_common(1)[0][0]
    if decimal == "," and delimiter == "," and _all_grouped(",", columns):
        return ".", ","
    point = "," if decimal == "." else "."
    if point != delimiter and _all_grouped(point, columns) and any(decimal in cell for column in columns for cell in column):
        return decimal, point
    return decimal, ""


def guess_decimal(content: bytes, start: int, delimiter: str) -> str:
    """Whether numbers after ``start`` are written with a point or a comma."""
    comma = content.find(b'"' if delimiter == "," else b",", start)
    if comma < 0:
        return "."
    begin = max(start, comma - 1000)
    text = content[begin : begin + _WINDOW].decode(errors="replace").replace(MINUS, "-")
    edge = re.escape(delimiter)
    before, after = rf"(?:^|[{edge}\"'\r\n]) *", rf" *%? *(?=[{edge}\"'\r\n]|$)"
    if delimiter == ",":  # then only a quoted number can have a decimal comma
        before, after = '"', ' *%?"'
    counts = [
        sum(1 for _ in re.finditer(rf"{before}[+-]?\d*{mark}\d+(?:[eE][+-]?\d+)?{after}", text))
        for mark in (",", r"\.")
    ]
    return "," if counts[0] > counts[1] else "."


def has_header(first: Sequence[str], below: Sequence[Sequence[str]], decimal: str = "") -> bool:
    """Whether the first row holds names: no value in it, or text above a column of values."""
    if _are_places(first, below):
        return True
    filled = [(place, cell.strip()) for place, cell in enumerate(first) if not is_missing(cell)]
    texts = [place for place, cell in filled if not is_value(cell, decimal)]
    if not texts or len(texts) == len(filled):
        return bool(texts)
    if all(re.fullmatch(r"(?:19|20)\d\d", cell) for place, cell in filled if place not in texts):
        return True
    for place in texts:
        column = [row[place] for row in below if place < len(row) and not is_missing(row[place])]
        if sum(is_value(cell, decimal) for cell in column) * 2 > len(column):
            return True
    return False


def _are_places(first: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether the first row numbers the columns from 0 on, as pandas writes names where there are none: ``,0,1,2``.

    The column that counts the rows has no name; where there is no such column, the numbers are told by the fractions
    in all rows below.
    """
    cells = [cell.strip() for cell in first]
    indexed = len(cells) > 1 and not cells[0]
    numbered = cells[indexed:] == [str(place) for place in range(len(cells) - indexed)]
    some = below[:_SOME]
    if not numbered or not some:
        return False
    if indexed:
        return all(row and row[0].strip() for row in some)
    return len(cells) > 2 and all(any("." in cell for cell in row) for row in some)


def _mark(mark: str) -> str:
    return " " if mark in SPACES else mark


def _all_grouped(mark: str, columns: Iterable[Sequence[str]]) -> bool:
    """Whether in at least two cells and in all with this mark that may be numbers it groups three digits."""
    cells = [cell.strip() for column in columns for cell in column if mark in cell and _ANY_NUMBER.fullmatch(cell.strip())]
    matches = [_GROUPED.fullmatch(cell) for cell in cells]
    return len(cells) > 1 and all(match and match[2] == mark and match[1].strip("0") for match in matches)
