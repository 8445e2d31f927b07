"""The text of a CSV file with columns added to it."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np

from aedesk.data.csv_dialect import CsvDialect
from aedesk.data.csv_layout import Layout
from aedesk.data.csv_numbers import SHORTEST, NumberForm, form_of

_LOOKED_AT = 2000  # rows that tell how many digits a column has
_QUOTED = 50  # rows that tell whether every cell is in quotation marks


def with_columns(
    layout: Layout,
    names: list[str],
    units: list[str],
    columns: list[Iterable[np.ndarray]],
    like: Sequence[int | None] = (),
) -> Iterator[bytes]:
    """The content in pieces: what lies between the ends of rows, and the new cells.

    The values of each column come in pieces ``[n]``, a value for each row in all. A column that is ``like`` another,
    which counts from 0, is written with two digits more than that has, others in the fewest that are exact. Where
    every cell of the file is in quotation marks, so are the new ones.
    """
    dialect, content = layout.dialect, layout.content
    mark = dialect.delimiter
    done = 0
    closed = layout.width > len(layout.names)
    always = _all_quoted(layout)
    below = layout.unit_row
    units_closed = closed and below is not None and content[below[1] - 1 : below[1]] == mark.encode()
    units = [_unit_as_written(layout, place, unit) for place, unit in zip(like or [None] * len(units), units, strict=True)]
    above = [(layout.header, names, layout.header_closed), (below, units, units_closed)]
    for span, texts, ends_closed in above:
        if span:
            in_marks = _is_quoted(content[span[0] : span[1]], dialect)
            new = [quoted(text, dialect, in_marks) for text in texts]
            yield content[done : span[1]] + _appended(new, mark, ends_closed)
            done = span[1]
    forms = [SHORTEST if place is None else form_of_column(layout, place) for place in like] or [SHORTEST] * len(columns)
    texts = [numbers_in_text(pieces, dialect, form, always) for pieces, form in zip(columns, forms, strict=True)]
    for rows in layout.blocks():
        for end in rows.ends.tolist():
            ends_closed = closed and content[done:end].rstrip(b" ").endswith(mark.encode())
            yield content[done:end] + _appended([next(cells) for cells in texts], mark, ends_closed)
            done = end
    yield content[done:]


def _unit_as_written(layout: Layout, place: int | None, unit: str) -> str:
    """The unit of a column, in brackets where the one that is like it has it in brackets."""
    if place is None or layout.unit_row is None:
        return unit
    row = layout.content[slice(*layout.unit_row)]
    spans = cell_spans(layout.dialect)(row)
    cell = row[slice(*spans[place])].decode(errors="replace") if place < len(spans) else ""
    cell = cell.strip().strip(layout.dialect.quote or None).strip()
    return cell if cell.strip(" ()[]") == unit else unit


def form_of_column(layout: Layout, place: int) -> NumberForm:
    """How what is cleaned of a column is written."""
    cells = (row[place] for row in layout.texts(_LOOKED_AT) if place < len(row))
    return form_of(cells, layout.dialect.decimal, layout.dialect.thousands)


def quoted(text: str, dialect: CsvDialect, always: bool = False) -> str:
    """A cell's text, in quotation marks where it needs them or is to have them ``always``; without the delimiter
    where there are no such marks."""
    quote = dialect.quote
    if not quote:
        return text.replace(dialect.delimiter, "_")
    if always or dialect.delimiter in text or quote in text or "\n" in text or "\r" in text:
        return f"{quote}{text.replace(quote, quote * 2)}{quote}"
    return text


def numbers_in_text(
    pieces: Iterable[np.ndarray], dialect: CsvDialect, form: NumberForm = SHORTEST, always: bool = False
) -> Iterator[str]:
    """Each value in a form, with the file's marks of decimals and thousands, and ``always`` in quotation marks or where it needs them."""
    comma = dialect.decimal == ","
    missing = "nan" if dialect.delimiter == " " else ""  # where spaces part the cells, none can be empty
    for values in pieces:
        for unknown, text in zip(np.isnan(values).tolist(), form.texts(values), strict=True):
            if unknown:
                yield quoted(missing, dialect, always)
            elif comma or form.thousands:
                text = text.replace(".", ",") if comma else text
                yield quoted(form.grouped(text) if form.thousands else text, dialect, always)
            else:
                yield quoted(text, dialect, True) if always else text


def cell_spans(dialect: CsvDialect) -> Callable[[bytes], list[tuple[int, int]]]:
    """A function that gives the spans of a row's cells, with the spaces and quotation marks around them."""
    spaced = dialect.delimiter == " "  # any run of spaces and tabs
    mark, quote = re.escape(dialect.delimiter.encode()), re.escape(dialect.quote.encode())
    other = rb"[^ \t]" if spaced else b"[^" + mark + b"]"
    cell = other + (b"+" if spaced else b"*")
    if quote:
        inside = b"(?:[^" + quote + b"]|" + quote + quote + b")*"
        cell = (b"" if spaced else b" *") + quote + inside + quote + other + b"*|" + cell
    found = re.compile(b"(" + cell + b")" + (rb"[ \t]*" if spaced else b"(?:" + mark + rb"|\Z)"))
    return lambda row: [one.span(1) for one in found.finditer(row)]


def _all_quoted(layout: Layout) -> bool:
    """Whether every cell of the first rows is in quotation marks."""
    rows = next(layout.blocks())[:_QUOTED]
    spans = zip(rows.starts.tolist(), rows.ends.tolist(), strict=True)
    return all(_is_quoted(layout.content[start:end], layout.dialect) for start, end in spans)


def _is_quoted(row: bytes, dialect: CsvDialect) -> bool:
    """Whether every cell of a row is in quotation marks, but for an empty one behind a last delimiter."""
    quote = dialect.quote.encode()
    if not quote:
        return False
    cells = [row[start:end].strip(b" ") for start, end in cell_spans(dialect)(row)]
    while cells and not cells[-1]:
        cells.pop()
    return bool(cells) and all(len(cell) > 1 and cell.startswith(quote) and cell.endswith(quote) for cell in cells)


def _appended(cells: list[str], delimiter: str, closed: bool) -> bytes:
    """New cells for the end of a row, which ends in a delimiter where it is ``closed``."""
    text = delimiter.join(cells)
    return (f"{text}{delimiter}" if closed and cells else f"{delimiter}{text}" if cells else "").encode()
