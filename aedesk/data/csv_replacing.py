"""The text of a CSV file with other numbers in some of its columns."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

import numpy as np

from aedesk.data.csv_dialect import CsvDialect
from aedesk.data.csv_layout import Layout
from aedesk.data.csv_text import numbers_in_text


def with_replaced(layout: Layout, columns: Mapping[int, Iterable[np.ndarray]]) -> Iterator[bytes]:
    """The content in pieces, with values in place of the cells of those columns, which count from 0.

    The values of each column come in pieces ``[n]``, a value for each row in all. NaN leaves a cell as it is;
    spaces and quotation marks around a cell stay, as does everything between the cells.
    """
    content, places = layout.content, sorted(columns)
    texts = [_texts(columns[place], layout.dialect) for place in places]
    cells_of = _cells(layout.dialect)
    done = 0
    for rows in layout.blocks():
        for start, end in zip(rows.starts.tolist(), rows.ends.tolist(), strict=True):
            cells = [next(column) for column in texts]
            if not any(cells):
                continue
            row = content[start:end]
            spans = cells_of(row)
            for place, text in zip(places, cells, strict=True):
                if text:
                    first, last = spans[place]
                    yield content[done : start + first] + _dressed(text, row[first:last], layout.dialect)
                    done = start + last
    yield content[done:]


def _texts(pieces: Iterable[np.ndarray], dialect: CsvDialect) -> Iterator[str]:
    """The text of each value, nothing for NaN."""
    for values in pieces:
        for missing, text in zip(np.isnan(values).tolist(), numbers_in_text([values], dialect), strict=True):
            yield "" if missing else text


def _cells(dialect: CsvDialect) -> Callable[[bytes], list[tuple[int, int]]]:
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


def _dressed(text: str, cell: bytes, dialect: CsvDialect) -> bytes:
    """The text with the spaces and quotation marks of the cell that it replaces."""
    quote = dialect.quote.encode()
    bare = cell.strip(b" " if dialect.delimiter == "\t" else b" \t")
    before, _, after = cell.partition(bare) if bare else (cell, b"", b"")
    new = text.encode()
    if quote and len(bare) > 1 and bare.startswith(quote) and bare.endswith(quote) and not new.startswith(quote):
        new = quote + new + quote
    return before + new + after
