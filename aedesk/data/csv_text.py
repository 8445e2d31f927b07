"""The text of a CSV file with columns added to it."""

from collections.abc import Iterator

import numpy as np

from aedesk.data.csv_dialect import CsvDialect
from aedesk.data.csv_layout import Layout


def with_columns(layout: Layout, names: list[str], units: list[str], columns: list[np.ndarray]) -> Iterator[bytes]:
    """The content in pieces: what lies between the ends of rows, and the new cells."""
    dialect, content = layout.dialect, layout.content
    mark = dialect.delimiter
    done = 0
    closed = layout.width > len(layout.names)
    above = [(layout.header, names, layout.header_closed), (layout.unit_row, units, closed)]
    for span, texts, ends_closed in above:
        if span:
            yield content[done : span[1]] + _appended([quoted(text, dialect) for text in texts], mark, ends_closed)
            done = span[1]
    texts = [_numbers(values, dialect) for values in columns]
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


def _appended(cells: list[str], delimiter: str, closed: bool) -> bytes:
    """New cells for the end of a row, which ends in a delimiter where it is ``closed``."""
    text = delimiter.join(cells)
    return (f"{text}{delimiter}" if closed and cells else f"{delimiter}{text}" if cells else "").encode()


def _numbers(values: np.ndarray, dialect: CsvDialect) -> Iterator[str]:
    """Each value in the fewest digits that give it back exactly, with the file's decimal mark."""
    short = values.dtype == np.float32  # as a Python float it would show digits it does not have
    comma = dialect.decimal == ","
    missing = "nan" if dialect.delimiter == " " else ""  # where spaces part the cells, none can be empty
    for value in values if short else values.tolist():
        text = missing if value != value else str(value)
        yield quoted(text.replace(".", ","), dialect) if comma else text
