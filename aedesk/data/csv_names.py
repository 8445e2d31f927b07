"""The names of a text table's columns."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from aedesk.data.csv_head import is_extra, is_unit
from aedesk.data.csv_records import Marks, line_starts
from aedesk.data.csv_values import has_header, is_value

_LABEL = re.compile(r"^\s*(?:labels|columns|column names|fields|channels|names)\s*(?::=|:|=)\s*(?=\S)", re.IGNORECASE)
_ON_TOP = 3  # rows that may be names and units


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


def names_fit(count: int, last: str, width: int, closed: bool) -> bool:
    """Whether so many names, the ``last`` of them this, fit rows of this width that may be ``closed`` by a delimiter."""
    return count == width or (count == width - 1 and closed) or (count == width + 1 and is_extra(last))


@dataclass(frozen=True)
class CommentedNames:
    """Names and, if there are any, units in comments above the first row, and where they stand."""

    names: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    span: tuple[int, int] | None = None
    units_span: tuple[int, int] | None = None


def commented_names(content: bytes, start: int, marks: Marks, width: int) -> CommentedNames:
    """The names in the comments right above the first row, where they name every column.

    Below them there may be as many units, told by what they are or by that one is there twice, as no name is.
    """
    if not start or not marks.comment:
        return CommentedNames()
    starts, ends = line_starts(content[:start])
    found: list[tuple[tuple[str, ...], tuple[int, int]]] = []
    for begin, end in zip(starts[:-3:-1].tolist(), ends[:-3:-1].tolist(), strict=True):
        cells = _cells_of_comment(content[begin:end].decode(errors="replace"), marks, width)
        if not cells:
            break
        found.append((cells, (begin, end)))
    if not found:
        return CommentedNames()
    (lower, span), *rest = found
    if rest and _are_units(lower, rest[0][0]):
        return CommentedNames(rest[0][0], lower, span=rest[0][1], units_span=span)
    return CommentedNames(lower, span=span)


def _are_units(lower: Sequence[str], upper: Sequence[str]) -> bool:
    """Whether the lower of two comments that may be names holds units; single letters are as likely names."""
    if len({*upper}) < len(upper) or sum(map(is_unit, upper)) * 2 > len(upper):
        return False
    known = [cell for cell in lower if is_unit(cell)]
    return len({*lower}) < len(lower) or (len(known) * 2 > len(lower) and any(len(cell) > 1 for cell in known))


def without_apostrophes(rows: Sequence[list[str]]) -> list[list[str]]:
    """Rows of which those on top lose the apostrophes that stand around every one of their cells."""
    found = list(rows)
    for place, row in enumerate(rows[:_ON_TOP]):
        filled = [cell.strip() for cell in row if cell.strip()]
        if not filled or not all(len(cell) > 1 and cell[0] == cell[-1] == "'" for cell in filled):
            break
        found[place] = [cell.strip()[1:-1] for cell in row]
    return found


def _cells_of_comment(text: str, marks: Marks, width: int) -> tuple[str, ...]:
    """The cells of a comment where they may be names, else nothing."""
    if not text.startswith(marks.comment):
        return ()
    bare = text[len(marks.comment) :]
    labelled = _LABEL.sub("", bare)
    cells = marks.cells(labelled)
    if len(cells) != width or (width == 1 and labelled == bare):
        return ()
    return tuple(cells) if has_header(cells, []) and not any(is_value(cell) for cell in cells) else ()
