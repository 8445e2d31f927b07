"""Where in the first rows of a text file the table begins: its names, its units, its data."""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from aedesk.data.csv_instruments import are_counts
from aedesk.data.csv_values import has_header, is_missing, is_number, is_value

_UNIT = re.compile(
    r"(?:[yzafpnuµμmcdhkKMGT]?(?:s|sec|V|A|W|Hz|g|m|Pa|N|K|J|F|H|T|Ω|Ohm|ohm|C|bar|l|L|B|Bq|Gy|Sv|lx|cd|mol|eV|VA|Wh|rad)"
    r"|[°º]?[CF]|°|deg|degC|degF|%|ppm|ppb|rpm|bpm|dB\w{0,2}|mmHg|min|hr?|hours?|minutes?|days?|seconds?|msecs?|volts?|amp(?:ere)?s?|amps?|watts?"
    r"|hertz|counts?|a\.?u\.?|arb|none|1|-)",
    re.IGNORECASE,
)
_PARTS = re.compile(r"[*/·⋅ ^]|\*\*|[²³]|\^?-?[23]\b")
Is = Callable[[str], bool]
_ALIKE = 20  # rows below the first that have to look like it
_SETTINGS = 100  # rows that may hold some
_MANY = 10  # rows of which the second half may be said to be the table


@dataclass(frozen=True)
class Head:
    """The places of the names, of the units (None: there are none) and of the first data among the rows.

    ``problem`` is a row between names and data that fits neither, or None.
    """

    names: int | None
    units: int | None
    first: int
    width: int
    problem: int | None = None


def find_head(rows: Sequence[Sequence[str]], header: str, units: str, above: bool, spaced: bool) -> Head:
    """Where the table begins among the cells of the first rows.

    ``header`` and ``units`` say "yes", "no" or "guess"; ``above`` whether there may be lines above
    the table, ``spaced`` whether spaces part the cells, as they part words. What is wide, of equal
    width to the end and holds values is the table.
    """
    width = _width(rows)
    numeric = _columns_of_values(rows, width)
    first = next((place for place in range(len(rows)) if _begins(rows, place, width, numeric)), None)
    if first is None or not above:
        return _head_at(rows, 0, width, header, units)
    first = _below_settings(rows, first, width, numeric)
    first += are_counts(rows, first)
    if first > 1 and are_counts(rows, first - 1) and _is_header(rows, first - 2, width, header):
        return Head(first - 2, None, first, width)
    while first and not _is_header(rows, first - 1, width, header) and _may_be_data(rows[first - 1], width, numeric):
        first -= 1
    if first == 0:
        return _head_at(rows, 0, width, header, units)
    first = _first_of_blanks(rows, first, width, numeric)
    if _is_header(rows, first - 1, width, header) or (units == "yes" and first > 1):
        return _head_at(rows, _first_of_header(rows, first - 1, width, numeric, units), width, header, units)
    if header == "yes":
        return _head_at(rows, first, width, header, units)
    row = rows[first - 1]
    texts = len(_texts(row))
    if len(row) > 1 and (not texts or (texts == len(row) and first == 1 and not spaced)):
        return Head(None, None, first, width, first - 1)
    begun = next((place for place in range(first - 1) if width > 2 and _only_words(rows[place], width)), None)
    if begun is None:
        return Head(None, None, first, width)
    return Head(None, None, first, width, next((place for place in range(begun, first) if len(rows[place]) != width), None))


def is_units(row: Sequence[str], numeric: Mapping[int, Is]) -> bool:
    """Whether a row holds units, at least above the columns of values."""
    cells = [row[place].strip() for place in numeric if place < len(row)]
    filled = [cell for cell in cells if cell]
    if not filled or any(is_value(cell) for cell in filled):
        return False
    return sum(is_unit(cell) for cell in filled) * 2 >= len(filled)


def is_unit(text: str) -> bool:
    """Whether a text is a unit: in brackets, or known, also times or over another."""
    if re.fullmatch(r"\([^()]{0,20}\)|\[[^\[\]]{0,20}\]", text):
        return True
    parts = [part for part in _PARTS.split(text) if part]
    return 0 < len(parts) <= 4 and all(_UNIT.fullmatch(part) for part in parts)


def is_extra(name: str) -> bool:
    """Whether a name behind the last column needs no values: nothing, or that of comments, which rows may lack."""
    return name.strip().lower() in ("", "comment")


def _head_at(rows: Sequence[Sequence[str]], start: int, width: int, header: str, units: str) -> Head:
    """The head of a table that begins with this row. Between names and data there may be more words."""
    named = header == "yes" or (header == "guess" and has_header(rows[start], rows[start + 1 :]))
    first = start + named
    numeric = _columns_of_values(rows[first + 1 :], width)
    with_units = None
    if units == "yes" and first < len(rows) - 1:
        with_units, first = first, first + 1
    while named and numeric and first < min(start + 4, len(rows) - 1) and _only_words(rows[first], width):
        is_it = units == "guess" and with_units is None and is_units(rows[first], numeric)
        if not is_it and width < 3:
            break
        with_units = first if is_it else with_units
        first += 1
    return Head(start if named else None, with_units, first, width)


def _first_of_header(
    rows: Sequence[Sequence[str]], last: int, width: int, numeric: Mapping[int, Is], units: str
) -> int:
    """The row of names, below which units and other words may stand down to the ``last`` row above the data."""
    if last and (_names_by_number(rows[last - 1], width) or _are_formats(rows[last], rows[last - 1])):
        return last - 1
    if width < 3:  # then what stands above may as well be settings, a name and a value each
        has_units = units == "yes" or (units == "guess" and is_units(rows[last], numeric))
        return last - 1 if last and has_units and _may_name(rows[last - 1], width) else last
    place = last
    while place and last - place < 3 and len(rows[place - 1]) >= min(width, len(rows[last])) and _only_words(rows[place - 1], width):
        named = _mostly_filled(rows[place - 1]) or (place == last and _are_all_units(rows[last]))
        if not named or _is_setting(rows[place - 1]):
            break
        place -= 1
    return place


def _width(rows: Sequence[Sequence[str]]) -> int:
    """How many cells a row of the table has: what many rows have, most of all in the second half, weighs."""
    weights: dict[int, float] = defaultdict(float)
    for place, row in enumerate(rows):
        values = sum(is_value(cell) for cell in row[:100]) / max(1, len(row[:100]))
        weights[len(row)] += ((len(row) - 1) / len(row) + 0.1) * (0.2 + values) * (2 if place * 2 >= len(rows) >= _MANY else 1)
    return max(weights, key=lambda width: weights[width])


def _columns_of_values(rows: Sequence[Sequence[str]], width: int) -> dict[int, Is]:
    """Which columns hold numbers or dates, by the second half of the rows, and what tells such a cell."""
    fitting = [row for row in rows if len(row) == width]
    fitting = fitting[len(fitting) // 2 :]
    found: dict[int, Is] = {}
    for place in range(width):
        filled = [row[place] for row in fitting if not is_missing(row[place])]
        if sum(is_number(cell) for cell in filled) * 2 > len(filled):
            found[place] = is_number
        elif sum(is_value(cell) for cell in filled) * 2 > len(filled):
            found[place] = is_value
    return found


def _begins(rows: Sequence[Sequence[str]], place: int, width: int, numeric: Mapping[int, Is]) -> bool:
    """Whether the table's data may begin here: most of the next rows look like it."""
    if not _fits(rows[place], width, numeric):
        return False
    below = rows[place + 1 : place + 1 + _ALIKE]
    return sum(_fits(row, width, numeric) for row in below) * 2 >= len(below)


def _fits(row: Sequence[str], width: int, numeric: Mapping[int, Is]) -> bool:
    if len(row) != width:
        return False
    values = sum(is_it(row[place]) for place, is_it in numeric.items())
    blank = sum(is_missing(row[place]) for place in numeric)
    return not numeric or (values > 0 and values + blank >= 0.8 * len(numeric))


def _may_name(row: Sequence[str], width: int) -> bool:
    """Whether so many cells may name so many columns: one more or less where a row ends in a delimiter."""
    return len(row) == width or (len(row) == width + 1 and is_extra(row[-1])) or (len(row) == width - 1 > 0)


def _is_header(rows: Sequence[Sequence[str]], place: int, width: int, header: str) -> bool:
    """Whether the row above the data holds names or units. Below other lines it is all words."""
    row = rows[place]
    if [cell.strip()[-1:] for cell in row if cell.strip()] == [":"]:  # it says that the data begin
        return False
    if not _may_name(row, width) or (place and width == 2 and len(row) == 1) or (place and _is_setting(row)):
        return False
    if header == "yes":
        return True
    if not place:
        return has_header(row, rows[place + 1 :])
    return bool(_texts(row)) and len(_texts(row)) == sum(not is_missing(cell) for cell in row)


def _may_be_data(row: Sequence[str], width: int, numeric: Mapping[int, Is]) -> bool:
    """Whether the row may belong to the data, though some of its values are words or missing."""
    if len(row) != width or row[0].rstrip().endswith((":", "=")):  # the name of a setting
        return False
    values = [place for place, is_it in numeric.items() if is_it(row[place])]
    return bool(values or not _texts(row)) and not (width == 2 and _texts(row[:1]))


def _below_settings(rows: Sequence[Sequence[str]], first: int, width: int, numeric: Mapping[int, Is]) -> int:
    """Where the data begin below rows that only seem to be data: settings that a spreadsheet program filled up with
    empty cells to the table's width, or the numbers of the columns, with the names below them."""
    found = first
    if width < 3 or not numeric:
        return found
    for place in range(first, min(first + _SETTINGS, len(rows) - 1)):
        row = rows[place]
        words = sum(bool(_texts(row[at : at + 1])) for at in numeric)
        if len(row) == width and _only_words(row, width) and words * 2 > len(numeric):
            found = next((below for below in range(place + 1, len(rows)) if _begins(rows, below, width, numeric)), found)
        elif sum(is_it(row[at]) for at, is_it in numeric.items() if at < len(row)) * 2 >= len(numeric):
            if [cell.strip() for cell in row] != [str(at + 1) for at in range(width)]:
                break
    return found


def _first_of_blanks(rows: Sequence[Sequence[str]], first: int, width: int, numeric: Mapping[int, Is]) -> int:
    """Where the data begin if there are names far above the row at ``first``: rows between without a number are data,
    whose numbers are missing."""
    place = first
    while place and len(rows[place - 1]) == width > len(numeric) and all(is_missing(rows[place - 1][at]) for at in numeric):
        place -= 1
    named = place and len(rows[place - 1]) == width and len(_texts(rows[place - 1])) == width
    return place if named and place < first and _texts(rows[first - 1]) else first


def _is_setting(row: Sequence[str]) -> bool:
    """Whether a row is a setting, a name with its values behind it: ``Inverted =,NO,NO``."""
    marked = [cell.strip().endswith(("=", ":")) for cell in row if cell.strip()]
    return len(marked) > 1 and marked[0] and not any(marked[1:])


def _are_all_units(row: Sequence[str]) -> bool:
    """Whether every cell is a unit in more than a letter, as a name may be: ``Second,Volt``."""
    return all(len(cell.strip()) > 1 and is_unit(cell.strip()) for cell in row if cell.strip())


def _are_formats(row: Sequence[str], above: Sequence[str]) -> bool:
    """Whether a row tells of every column how wide and of which kind it is, as tables of hydrologists do: ``5s 20d 14n``."""
    return len(row) == len(above) > 1 and all(re.fullmatch(r"\d{1,3}[sdn]", cell.strip()) for cell in row)


def _names_by_number(row: Sequence[str], width: int) -> bool:
    """Whether the row names an axis and, by their numbers, the channels of an oscilloscope."""
    return len(row) == width > 1 and row[0].strip().lower() == "x-axis" and all(cell.strip().isdigit() for cell in row[1:])


def _only_words(row: Sequence[str], width: int) -> bool:
    return _may_name(row, width) and bool(_texts(row)) and not any(is_value(cell) for cell in row)


def _mostly_filled(row: Sequence[str]) -> bool:
    return sum(bool(cell.strip()) for cell in row) * 2 > len(row)


def _texts(row: Sequence[str]) -> list[str]:
    return [cell for cell in row if not is_missing(cell) and not is_value(cell)]
