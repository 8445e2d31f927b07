"""The text of a CSV file with columns added to it."""

from collections.abc import Iterator

import numpy as np

from aedesk.data.csv_dialect import CsvDialect
from aedesk.data.csv_layout import Layout


def with_columns(layout: Layout, names: list[str], columns: list[np.ndarray]) -> Iterator[bytes]:
    """The content in pieces: what lies between the ends of rows, and the new cells."""
    dialect, content = layout.dialect, layout.content
    mark = dialect.delimiter
    done = 0
    if layout.header:
        done = layout.header[1]
        yield content[:done] + _appended(names, mark, layout.header_closed)
    closed = layout.width > len(layout.names)
    texts = [_numbers(values, dialect) for values in columns]
    for end, *cells in zip(layout.rows.ends.tolist(), *texts, strict=True):
        yield content[done:end] + _appended(cells, mark, closed)
        done = end
    yield content[done:]


def quoted(text: str, dialect: CsvDialect) -> str:
    """A cell's text, in quotation marks where it needs them."""
    quote = dialect.quote
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
    for value in values if short else values.tolist():
        text = "" if value != value else str(value)
        yield quoted(text.replace(".", ","), dialect) if comma else text
