"""The cells of a text table in columns, and the numbers in them."""

import io
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

import numpy as np

from aedesk.data.csv_dialect import CsvDialect
from aedesk.data.csv_gathering import GatheredColumn
from aedesk.data.csv_layout import Layout
from aedesk.data.csv_records import Records
from aedesk.data.csv_values import MINUS, MISSING, PERCENT, number_pattern
from aedesk.errors import DataError

if TYPE_CHECKING:
    import pandas

_MARKED = 20  # rows with missing cells of a block, and columns, of which it is noted what stands there
_MARKS = sorted({form(mark) for mark in MISSING for form in (str, str.upper, str.title)} | {"NaN"})


class Lines:
    """In which line, from 1, each row begins: kept as the places where rows and lines part."""

    def __init__(self, blocks: list[np.ndarray], count: int) -> None:
        self._rows = np.concatenate([rows for rows in blocks[::2]]) if blocks else np.empty(0, np.int64)
        self._lines = np.concatenate([lines for lines in blocks[1::2]]) if blocks else self._rows
        self._count = count

    def __getitem__(self, row: int) -> int:
        place = int(np.searchsorted(self._rows, row, side="right")) - 1
        return int(self._lines[place]) + row - int(self._rows[place])

    def row(self, line: int) -> int:
        """The row that begins in a line, counted from 0."""
        place = int(np.searchsorted(self._lines, line, side="right")) - 1
        return int(self._rows[place]) + line - int(self._lines[place])


def read_cells(
    layout: Layout, progress: Callable[[float], None] | None = None
) -> tuple["pandas.DataFrame", Lines, dict[int, set[str]]]:
    """All cells, a column for each name, the lines of the rows, and what stands in missing cells of which column.

    A column is of one type, whatever its length: numbers where every cell is one, else text as it
    stands. The file is read in blocks, so that little more memory is needed than for the columns.
    """
    import pandas

    most = 1 + layout.content.count(b"\n") + layout.content.count(b"\r")  # rows, at most
    gathered = [GatheredColumn(most) for _ in layout.names]
    places: list[np.ndarray] = []
    marks: dict[int, set[str]] = {}
    count = 0
    for rows in layout.blocks(progress):
        cells = parsed_block(layout, rows)
        _note_marks(marks, layout, rows, cells)
        for column, one in enumerate(gathered):
            one.add(cells.iloc[:, column])
        parted = np.flatnonzero(np.concatenate([[True], np.diff(rows.lines) != 1]))
        places += [parted + count, rows.lines[parted]]
        count += len(rows)
    mixed = [column for column, one in enumerate(gathered) if one.is_mixed]
    if mixed:  # numbers in one block and text in another: read as text, then
        texts = {column: GatheredColumn(most) for column in mixed}
        for rows in layout.blocks():
            cells = parsed_block(layout, rows, mixed)
            for column, one in texts.items():
                one.add(cells[column])
        for column, one in texts.items():
            gathered[column] = one
    columns = {column: one.whole() for column, one in enumerate(gathered)}
    return pandas.DataFrame(columns, copy=False), Lines(places, count), marks


def numbers_of(cells: "pandas.Series", dialect: CsvDialect) -> np.ndarray:
    """Cells as float64 ``[rows]``, NaN for blanks and for text."""
    import pandas

    if pandas.api.types.is_bool_dtype(cells):
        return np.full(len(cells), np.nan)
    if not pandas.api.types.is_numeric_dtype(cells):
        cells = pandas.to_numeric(plain_numbers(cells, dialect), errors="coerce")
    return cells.to_numpy(dtype=np.float64, na_value=np.nan)


def plain_numbers(cells: "pandas.Series", dialect: CsvDialect) -> "pandas.Series":
    """Texts with a decimal point and a plain minus, without marks between thousands and percent, where they are numbers."""
    text = cells.astype("str").str.strip()
    if text.str.contains(MINUS, regex=False, na=False).any():
        text = text.str.replace(MINUS, "-", regex=False)
    if text.str.endswith("%", na=False).any():
        text = text.str.replace(PERCENT, "", regex=True)
    if dialect.thousands:
        grouped = text.str.fullmatch(number_pattern(dialect.decimal, dialect.thousands), na=False)
        if grouped.any():
            kept = rf"[^0-9eE+\-{dialect.decimal}]"
            text = text.where(~grouped, text.str.replace(kept, "", regex=True))
    if dialect.decimal == ",":
        text = text.where(~text.str.contains(".", regex=False, na=False)).str.replace(",", ".", regex=False)
    return text


def missing_numbers(dialect: CsvDialect) -> list[float]:
    """The marks of missing values that are numbers; Inf stands for that of either sign."""
    found = []
    for mark in dialect.missing:
        try:
            found.append(float(mark.replace(",", ".") if dialect.decimal == "," else mark))
        except ValueError:
            continue
    endless = [-np.inf] if np.inf in found else []
    return [*(number for number in found if not np.isnan(number)), *endless]


def way_out(cells: "pandas.Series", which: np.ndarray) -> tuple[str, str]:
    """What to do about the first marked cell, which is no value of a signal, and how that is done in a terminal."""
    cell = cells.iloc[int(np.argmax(which))]
    word = str(cell).strip()[:20]
    if isinstance(cell, float) or word.lower().lstrip("+-") in ("inf", "infinity"):
        word = "Inf"
    if not word or len(word.split()) > 1:
        return "Correct it, or leave it empty.", ""
    return f"Correct it, leave it empty, or list {word} under “Missing values”.", f"Here by --missing {word}."


def parsed_block(layout: Layout, rows: Records, as_text: Collection[int] = ()) -> "pandas.DataFrame":
    """The cells of a block, all of them or those of some columns as text."""
    import csv

    import pandas

    dialect = layout.dialect
    spaced = dialect.delimiter == " "
    try:
        cells = pandas.read_csv(
            io.BytesIO(layout.body(rows)),
            sep=r"\s+" if spaced else dialect.delimiter,
            decimal=dialect.decimal,
            quotechar=dialect.quote or '"',
            quoting=csv.QUOTE_MINIMAL if dialect.quote else csv.QUOTE_NONE,
            names=range(layout.width),
            usecols=list(as_text) or range(len(layout.names)),
            dtype=dict.fromkeys(as_text, str) or None,
            header=None,
            index_col=False,
            na_values=[*_MARKS, *dialect.missing],
            skip_blank_lines=False,
            skipinitialspace=not spaced,
            low_memory=False,  # one type for a whole column, whatever its length
            encoding="utf-8",
        )
    except (pandas.errors.ParserError, OverflowError) as error:
        raise DataError(f"{layout.name} cannot be read as CSV: {error}.") from error
    if len(cells) != len(rows):
        raise DataError(
            f"{layout.name} has {len(rows)} rows from line {rows.lines[0]} on by its lines but {len(cells)} by its "
            "quotation marks. Remove stray quotation marks."
        )
    return cells


def _note_marks(marks: dict[int, set[str]], layout: Layout, rows: Records, cells: "pandas.DataFrame") -> None:
    """Note what stands in the first missing cells of a block, but for nothing."""
    empty = cells.isna().to_numpy()
    places = np.flatnonzero(empty.any(axis=1))[:_MARKED]
    firsts = [int(empty[:, column].argmax()) for column in np.flatnonzero(empty.any(axis=0))[:_MARKED]]
    for place in sorted({*places.tolist(), *firsts}):
        texts = layout.marks.cells(layout.content[rows.starts[place] : rows.ends[place]].decode(errors="replace"))
        for column in np.flatnonzero(empty[place]).tolist():
            if column < len(texts) and texts[column].strip():
                marks.setdefault(column, set()).add(texts[column].strip())
