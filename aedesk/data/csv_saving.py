"""A text table's file again, with columns added or with other values in some of them."""

import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from aedesk.data.csv_layout import Layout, lay_out
from aedesk.data.csv_names import distinct
from aedesk.data.csv_replacing import with_replaced
from aedesk.data.csv_text import with_columns
from aedesk.data.recording_file import SUFFIXES, TABLES
from aedesk.errors import DataError

if TYPE_CHECKING:
    from aedesk.data.csv_table import CsvTable


def as_text(
    table: "CsvTable",
    added: Mapping[str, np.ndarray],
    units: Mapping[str, str] | None = None,
    like: Mapping[str, str] | None = None,
) -> bytes:
    """The table's file again, byte for byte, with columns ``[rows]`` added at the right.

    NaN is written as an empty cell. A name that is taken gets a number. ``units`` stand below the
    names where the file has a row of them. A column that is ``like`` another of the table is written with two digits
    more than that has; others in the fewest digits that are exact. DataError where the file has changed since it was
    read, or its encoding lacks a letter of a new name.
    """
    for name, values in added.items():
        if np.shape(values) != (len(table),):
            raise ValueError(f"{name} has shape {np.shape(values)}, the table {len(table)} rows")
    layout = _laid_out_again(table)
    names = list(distinct(list(added), table.names))
    below = [(units or {}).get(name, "") for name in added]
    models = [table.names.index(like[name]) if like and name in like else None for name in added]
    columns = [[np.asarray(values)] for values in added.values()]
    content = b"".join(with_columns(layout, names, below, columns, models))
    return _encoded(content, layout, table.path.name)


def as_text_replaced(table: "CsvTable", columns: Mapping[str, np.ndarray]) -> bytes:
    """The table's file again, byte for byte, but for the values ``[rows]`` that differ in these columns.

    NaN leaves a cell as it is. DataError where the file has changed since it was read, or lacks a column.
    """
    different = {}
    for name, values in columns.items():
        before = table.column(name).astype(values.dtype)
        if values.shape != before.shape:
            raise ValueError(f"{name} has shape {values.shape}, the table {len(table)} rows")
        different[table.names.index(name)] = [np.where(values == before, np.nan, values)]
    layout = _laid_out_again(table)
    return _encoded(b"".join(with_replaced(layout, different)), layout, table.path.name)


def check_text_ending(path: Path, out: Path) -> None:
    """DataError where the text table of ``path`` is to be written to an ``out`` that is named like another kind of file."""
    if out.suffix.lower() in SUFFIXES and out.suffix.lower() not in TABLES:
        ending = path.suffix if path.suffix else TABLES[0]
        raise DataError(f"{path.name} is written again as text, which {out.name} is not called. Give it the ending {ending}.")


def _laid_out_again(table: "CsvTable") -> Layout:
    """The file's text. DataError where it has changed since it was read."""
    layout = lay_out(table.path, table.reading)
    if zlib.crc32(layout.content) != table.checksum:
        raise DataError(f"{table.path.name} has changed since it was opened. Open it again.")
    return layout


def _encoded(content: bytes, layout: Layout, name: str) -> bytes:
    """A text in the encoding of the file. DataError where that lacks a letter of it."""
    if layout.dialect.encoding != "utf-8":
        try:
            content = content.decode().encode(layout.dialect.encoding)
        except UnicodeEncodeError as error:
            raise DataError(
                f"The encoding of {name}, {layout.dialect.encoding}, has no letter "
                f"“{error.object[error.start]}”. Choose another name for the new column."
            ) from error
    return layout.dialect.bom + content
