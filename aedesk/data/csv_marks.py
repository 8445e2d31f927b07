"""The marks of a text table: as far as a person gives them, else as guessed from its first lines."""

from itertools import islice

from aedesk.data.csv_dialect import guess_comment, guess_delimiter, guess_quote
from aedesk.data.csv_reading import CsvReading
from aedesk.data.csv_records import FIRST_BLOCK, Marks, line_starts
from aedesk.data.csv_values import guess_marks
from aedesk.errors import DataError

SAMPLE = 2000  # rows that the guesses look at


def marks_of(head: bytes, reading: CsvReading, name: str) -> tuple[Marks, list[str]]:
    """The marks of a file, given or guessed from its first lines, and these without comments."""
    starts, ends = line_starts(head)
    if len(head) >= FIRST_BLOCK and len(starts) > 1:
        starts, ends = starts[:-1], ends[:-1]  # the last may be cut
    lines = [head[start:end].decode(errors="replace") for start, end in islice(zip(starts, ends, strict=True), 2 * SAMPLE)]
    comment = "" if reading.comment == "none" else reading.comment or guess_comment(lines)
    lines = [line for line in lines if line.strip() and not (comment and line.startswith(comment))][:SAMPLE]
    quote = "" if reading.quote == "none" else reading.quote or guess_quote(lines)
    given = {"\\t": "\t", "tab": "\t"}.get(reading.delimiter, reading.delimiter)
    delimiter = given or guess_delimiter(lines, quote, reading.decimal)
    if len(delimiter) != 1 or not delimiter.isascii() or delimiter in "\r\n":
        raise DataError(f"{name}: the delimiter has to be one character, such as ; or \\t, and not “{delimiter}”.")
    if comment.startswith(delimiter):
        comment = "#" if delimiter != "#" else ""
    return Marks(delimiter, quote, comment), lines


def number_marks(
    content: bytes, reading: CsvReading, rows: list[list[str]], start: int, delimiter: str
) -> tuple[str, str]:
    """The decimal and the thousands mark, as far as given; else as guessed from the first rows."""
    columns = list(zip(*rows, strict=False))[:1000]
    decimal, thousands = guess_marks(columns, content, start, delimiter)
    if thousands == " " and len(columns) < 2:
        thousands = ""  # more likely columns that differ from row to row
    if reading.decimal:
        thousands = "" if thousands == reading.decimal else thousands
        decimal = reading.decimal
    if reading.thousands:
        thousands = "" if reading.thousands == "none" else reading.thousands
        if not reading.decimal and thousands == decimal:
            decimal = "," if thousands == "." else "."
    return decimal, thousands
