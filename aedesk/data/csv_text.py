"""The text of a CSV file with columns added to it."""

from collections.abc import Iterable, Iterator

import numpy as np

from aedesk.data.csv_dialect import CsvDialect
from aedesk.data.csv_layout import Layout


def with_columns(
    layout: Layout, names: list[str], units: list[str], columns: list[Iterable[np.ndarray]]
) -> Iterator[bytes]:
    """The content in pieces: what lies between the ends of rows, and the new cells.

    The values of each column come in pieces ``[n]``, a value for each row in all.
    """
    dialect, content = layout.dialect, layout.content
    mark = dialect.delimiter
    done = 0
    closed = layout.width > len(layout.names)
    below = layout.unit_row
    units_closed = closed and below is not None and content[below[1] - 1 : below[1]] == mark.encode()
    above = [(layout.header, names, layout.header_closed), (below, units, units_closed)]
    for span, texts, ends_closed in above:
        if span:
            yield content[done : span[1]] + _appended([quoted(text, dialect) for text in texts], mark, ends_closed)
            done = span[1]
    texts = [numbers_in_text(pieces, dialect) for pieces in columns]
    for rows in layout.blocks():
        for end in rows.ends.tolist():
            ends_closed = closed and content.endswith(mark.encode(), done, end)
            yield content[done:end] + _appended([next(cells) for cells in texts], mark, ends_closed)
            done = end
    yield content[done:]


def quoted(text: str, dialect: CsvDialect) -> str:
    """A cell's text, in quotation marks where it needs them; without the delimiter where there are none."""
    quote = dialect.quote
    if not quote:
        return text.replace(dialect.delimiter, "_")
    if dialect.delimiter in text or quote in text or "\n" in text or "\r" in text:
        return f"{quote}{text.replace(quote, quote * 2)}{quote}"
    return text


def numbers_in_text(pieces: Iterable[np.ndarray], dialect: CsvDialect) -> Iterator[str]:
    """Each value in the fewest digits that give it back exactly, with the file's decimal mark."""
    comma = dialect.decimal == ","
    missing = "nan" if dialect.delimiter == " " else ""  # where spaces part the cells, none can be empty
    for values in pieces:
        short = values.dtype == np.float32  # as a Python float it would show digits it does not have
        for value in values if short else values.tolist():
            text = missing if value != value else str(value)
            yield quoted(text.replace(".", ","), dialect) if comma else text


def _appended(cells: list[str], delimiter: str, closed: bool) -> bytes:
    """New cells for the end of a row, which ends in a delimiter where it is ``closed``."""
    text = delimiter.join(cells)
    return (f"{text}{delimiter}" if closed and cells else f"{delimiter}{text}" if cells else "").encode()
