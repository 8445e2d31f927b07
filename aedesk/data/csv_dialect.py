"""How a CSV file is written, guessed from its bytes: encoding, delimiter, decimal mark, header."""

import codecs
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from aedesk.errors import DataError

QUOTE = '"'
MISSING = ("", "-", "--", "---", "?", "na", "n/a", "nan", "null", "none")  # in any case of letters

_BOMS = (  # longest first: UTF-32's begins with UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\x0b\x0c\r\x1a")
_DELIMITERS = "\t;|, "  # the first that fits wins: a comma may be a decimal mark beside the others
_NUMBER = r"[+-]?(?:\d+{mark}?\d*|{mark}\d+)(?:[eE][+-]?\d+)?"
_INFINITE = re.compile(r"[+-]?inf(?:inity)?", re.IGNORECASE)
_DATE = re.compile(r"\d[\d\s:./,TtZ+-]*")
_YEAR = re.compile(r"(?:19|20)\d\d")
_WINDOW = 1_000_000  # bytes looked at for the decimal mark


@dataclass(frozen=True)
class CsvDialect:
    """How a CSV file is written. ``first_line`` counts from 1 and is that of the first data row."""

    encoding: str
    bom: bytes
    delimiter: str
    decimal: str
    line_ending: str
    has_header: bool
    first_line: int
    quote: str = QUOTE


def decoded(raw: bytes, name: str) -> tuple[bytes, str, bytes]:
    """A file's content as UTF-8 without its mark, the encoding it had, and the mark.

    DataError where it is no text. Without a mark UTF-8 is tried first, then Windows-1251 or -1252.
    """
    bom, encoding = next(((b, e) for b, e in _BOMS if raw.startswith(b)), (b"", ""))
    content = raw[len(bom) :]
    if bom and encoding != "utf-8":
        try:
            content = content.decode(encoding).encode()
        except UnicodeError as error:
            raise DataError(
                f"{name} begins like {encoding.upper()} text but is damaged or cut short. "
                "Save it again as CSV in UTF-8."
            ) from error
    _check_text(content, name)
    if not encoding:
        encoding = "utf-8" if _is_utf8(content) else _single_byte(content)
        if encoding != "utf-8":
            content = content.decode(encoding).encode()
    elif not _is_utf8(content):
        raise DataError(f"{name} begins like UTF-8 text but is damaged. Save it again as CSV in UTF-8.")
    return content, encoding, bom


def guess_delimiter(lines: Sequence[str]) -> str:
    """The delimiter that as many of these lines as possible hold equally often."""
    bare = [re.sub(f"{QUOTE}[^{QUOTE}]*{QUOTE}", "", line) for line in lines]
    if _is_decimal_column(bare):
        return ";"
    best, best_share = ",", 0.0
    for delimiter in _DELIMITERS:
        counts = Counter(line.count(delimiter) for line in bare)
        counts.pop(0, None)
        share = max(counts.values(), default=0) / max(1, len(bare))
        if delimiter == " " and share < 1:
            continue  # spaces also stand inside names and dates
        if share >= 0.8:
            return delimiter
        if share > best_share:
            best, best_share = delimiter, share
    return best


def guess_decimal(content: bytes, start: int, delimiter: str) -> str:
    """Whether numbers after ``start`` are written with a point or a comma."""
    comma = content.find(b'"' if delimiter == "," else b",", start)
    if comma < 0:
        return "."
    begin = max(start, comma - 1000)
    text = content[begin : begin + _WINDOW].decode(errors="replace")
    edge = re.escape(delimiter)
    before, after = rf"(?:^|[{edge}{QUOTE}\r\n]) *", rf" *(?=[{edge}{QUOTE}\r\n]|$)"
    if delimiter == ",":  # then only a quoted number can have a decimal comma
        before, after = QUOTE, QUOTE
    counts = [
        sum(1 for _ in re.finditer(rf"{before}[+-]?\d*{mark}\d+(?:[eE][+-]?\d+)?{after}", text))
        for mark in (",", r"\.")
    ]
    return "," if counts[0] > counts[1] else "."


def has_header(first: Sequence[str], below: Sequence[Sequence[str]], decimal: str) -> bool:
    """Whether the first row holds names: no value in it, or text above a column of values."""
    filled = [(place, cell.strip()) for place, cell in enumerate(first) if not is_missing(cell)]
    texts = [place for place, cell in filled if not _is_value(cell, decimal)]
    if not texts or len(texts) == len(filled):
        return bool(texts)
    if all(_YEAR.fullmatch(cell) for place, cell in filled if place not in texts):
        return True
    for place in texts:
        column = [row[place] for row in below if place < len(row) and not is_missing(row[place])]
        if sum(_is_value(cell, decimal) for cell in column) * 2 > len(column):
            return True
    return False


def is_missing(cell: str) -> bool:
    """Whether a cell says that there is no value."""
    return cell.strip().lower() in MISSING


def _is_value(cell: str, decimal: str) -> bool:
    """Whether a cell is a number, a date or a time."""
    number = _NUMBER.format(mark=re.escape(decimal))
    cell = cell.strip()
    return bool(re.fullmatch(number, cell) or _INFINITE.fullmatch(cell) or _DATE.fullmatch(cell))


def _is_decimal_column(lines: Sequence[str]) -> bool:
    """Whether these are a name and, below it, one column of numbers with decimal commas."""
    rows = [line.strip() for line in lines[1:]]
    return (
        bool(rows)
        and "," not in lines[0]
        and any("," in row for row in rows)
        and all(re.fullmatch(r"[+-]?\d+(?:,\d+)?(?:[eE][+-]?\d+)?", row) for row in rows)
    )


def _check_text(content: bytes, name: str) -> None:
    """DataError where the content is that of another kind of file."""
    if content.startswith(b"PK\x03\x04"):
        raise DataError(f"{name} is a spreadsheet or an archive, not a CSV file. Export it as CSV first.")
    zero = content.find(b"\0")
    if zero >= 0:
        line = content.count(b"\n", 0, zero) + 1
        raise DataError(
            f"{name} is not a text file: line {line} holds a zero byte. "
            "Choose a CSV file, or save this one as CSV in UTF-8."
        )
    head = content[:_WINDOW]
    if len(head.translate(None, _CONTROLS)) < len(head):
        raise DataError(f"{name} is not a text file: it holds control characters. Choose a CSV file.")


def _is_utf8(content: bytes) -> bool:
    if content.isascii():
        return True
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _single_byte(content: bytes) -> str:
    """Windows-1251 where most words with letters above ASCII consist of them, as Cyrillic words do;
    Windows-1252 where they stand among plain letters, as in Western words."""
    words = re.findall(rb"[A-Za-z\xc0-\xff\xa8\xb8]{2,}", content)
    foreign = [word for word in words if not word.isascii()]
    pure = sum(not re.search(rb"[A-Za-z]", word) for word in foreign)
    wanted = "cp1251" if pure * 2 > len(foreign) else "cp1252"
    for encoding in (wanted, "cp1252"):
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    return "latin-1"  # gives every byte a character
