"""The text of a CSV file with other numbers in some of its columns."""

from collections.abc import Iterable, Iterator, Mapping

import numpy as np

from aedesk.data.csv_dialect import CsvDialect
from aedesk.data.csv_layout import Layout
from aedesk.data.csv_numbers import NumberForm
from aedesk.data.csv_text import cell_spans, form_of_column, numbers_in_text


def with_replaced(layout: Layout, columns: Mapping[int, Iterable[np.ndarray]]) -> Iterator[bytes]:
    """The content in pieces, with values in place of the cells of those columns, which count from 0.

    The values of each column come in pieces ``[n]``, a value for each row in all, and are written with two digits
    more than the column has. NaN leaves a cell as it is; spaces and quotation marks around a cell stay, as does everything between the cells.
    """
    content, places = layout.content, sorted(columns)
    texts = [_texts(columns[place], layout.dialect, form_of_column(layout, place)) for place in places]
    cells_of = cell_spans(layout.dialect)
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


def _texts(pieces: Iterable[np.ndarray], dialect: CsvDialect, form: NumberForm) -> Iterator[str]:
    """The text of each value, nothing for NaN."""
    for values in pieces:
        for missing, text in zip(np.isnan(values).tolist(), numbers_in_text([values], dialect, form), strict=True):
            yield "" if missing else text


def _dressed(text: str, cell: bytes, dialect: CsvDialect) -> bytes:
    """The text with the spaces and quotation marks of the cell that it replaces."""
    quote = dialect.quote.encode()
    bare = cell.strip(b" " if dialect.delimiter == "\t" else b" \t")
    before, _, after = cell.partition(bare) if bare else (cell, b"", b"")
    new = text.encode()
    if quote and len(bare) > 1 and bare.startswith(quote) and bare.endswith(quote) and not new.startswith(quote):
        new = quote + new + quote
    return before + new + after
