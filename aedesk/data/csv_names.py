"""The names of a text table's columns."""

from aedesk.data.csv_records import Marks, line_starts
from aedesk.data.csv_values import has_header, is_value


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
    return count == width or (count == width - 1 and closed) or (count == width + 1 and not last.strip())


def commented_names(content: bytes, start: int, marks: Marks, width: int) -> tuple[list[str], tuple[int, int] | None]:
    """The names in the comment right above the first row and their span, where it names every column."""
    if not start:
        return [], None
    starts, ends = line_starts(content[:start])
    begin, end = int(starts[-1]), int(ends[-1])
    text = content[begin:end].decode()
    if not (marks.comment and text.startswith(marks.comment)):
        return [], None
    names = marks.cells(text[len(marks.comment) :])
    named = len(names) == width and has_header(names, []) and not any(is_value(name) for name in names)
    return (names, (begin, end)) if named else ([], None)
