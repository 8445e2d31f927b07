"""The bytes of a text file as UTF-8, whatever their encoding; other kinds of files are refused."""

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

from aedesk.errors import DataError

LONGEST_LINE = 32_000_000  # bytes; a longer one is a file without line endings

_BOMS = (  # longest first: UTF-32's begins with UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\x0b\x0c\r\x1a")
_ZEROS = bytes(8)
_WINDOW = 1_000_000  # bytes looked at for control characters and for words
_PIECE = 4_000_000  # bytes decoded at a time
_COMPRESSED = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf")


def read_text(path: Path, most: int | None = None) -> bytes:
    """A file's bytes, of a longer one than ``most`` the whole lines at its beginning.

    DataError that says why there are none, or that its first line has no end.
    """
    try:
        if path.is_dir():
            raise DataError(f"{path} is a folder. Choose a CSV file in it.")
        if path.exists() and not path.is_file():
            raise DataError(f"{path} is not an ordinary file. Choose a CSV file.")
        with path.open("rb") as file:
            head = file.read(LONGEST_LINE if most is None else most)
            if most is not None and len(head) == most and not _ends_a_line(head):
                head += file.read(LONGEST_LINE - most)
            if len(head) >= LONGEST_LINE and not _ends_a_line(head):
                raise DataError(
                    f"{path.name}, line 1 goes on for more than {LONGEST_LINE // 1_000_000} MB. "
                    "Put every row on a line of its own."
                )
            if most is not None and len(head) >= most:
                head = _whole_lines(head)
            raw = head
            if most is None and len(head) >= LONGEST_LINE:
                del head, raw
                file.seek(0)  # joined to its head, the rest would be in memory twice
                raw = file.read()
    except FileNotFoundError as error:
        raise DataError(f"{path} does not exist. Check the folder and the name.") from error
    except PermissionError as error:
        raise DataError(f"{path} may not be read. Ask for permission, or copy it elsewhere.") from error
    except (OSError, ValueError) as error:  # ValueError: a zero character in the path
        raise DataError(f"{path} cannot be read: {error}. Choose another file.") from error
    if not raw:
        raise DataError(f"{path.name} is empty. Choose another file.")
    return raw


def decoded(raw: bytes, name: str, encoding: str = "") -> tuple[bytes, str, bytes]:
    """A file's content as UTF-8 without its mark, the encoding it had, and the mark.

    DataError where it is no text. Where no ``encoding`` is given and there is no mark, UTF-8 is tried
    first, then Windows-1251 or -1252.
    """
    bom, marked = next(((b, e) for b, e in _BOMS if raw.startswith(b)), (b"", ""))
    if encoding:
        wanted = _encoding(encoding, marked, name)
        bom = bom if wanted == marked else b""
    else:
        wanted = marked or _unmarked_utf16(raw)
    content = raw[len(bom) :] if bom else raw
    if wanted in ("", "utf-8") and content.endswith(_ZEROS) and content.strip(b"\0"):
        content = content.rstrip(b"\0")  # a recorder that lost power leaves zeros behind what it has written
    if not wanted:
        _check_text(content, name)
        wanted = "utf-8" if _is_utf8(content) else _single_byte(content)
        return (content if wanted == "utf-8" else _converted(content, wanted)), wanted, bom
    if wanted == "utf-8":
        _check_text(content, name)
        if not _is_utf8(content):
            begins = "begins like UTF-8 text but is damaged" if bom else "is not UTF-8 text"
            raise DataError(f"{name} {begins}. Save it again as CSV in UTF-8, or choose another encoding.")
        return content, wanted, bom
    try:
        content = _converted(content, wanted)
    except UnicodeError as error:
        begins = f"begins like {wanted.upper()} text" if marked else f"was to be read as {wanted}"
        raise DataError(
            f"{name} {begins} but is damaged or cut short. Save it again as CSV in UTF-8, or choose another encoding."
        ) from error
    _check_text(content, name)
    return content, wanted, bom


def _encoding(given: str, marked: str, name: str) -> str:
    """A given encoding by its usual name; of those with two byte orders the one the mark tells."""
    try:
        found = codecs.lookup(given).name
        "".encode(found)
    except (LookupError, UnicodeError) as error:
        raise DataError(f"{name}: there is no encoding called “{given}”. Use one such as utf-8 or cp1252.") from error
    if found == "utf-8-sig":
        return "utf-8"
    if found in ("utf-16", "utf-32"):
        return marked if marked.startswith(found) else f"{found}-le"
    return found


def _ends_a_line(head: bytes) -> bool:
    return b"\n" in head or b"\r" in head


def _whole_lines(head: bytes) -> bytes:
    """The beginning of a file up to its last line ending."""
    encoding = next((e for b, e in _BOMS if head.startswith(b)), "") or _unmarked_utf16(head) or "utf-8"
    for mark in ("\n".encode(encoding), "\r".encode(encoding)):
        end = head.rfind(mark)
        while end > 0 and end % len(mark):  # half of one letter and half of the next
            end = head.rfind(mark, 0, end + len(mark) - 1)
        if end > 0:
            return head[: end + len(mark)]
    return head


def _check_text(content: bytes, name: str) -> None:
    """DataError where the content is that of another kind of file."""
    if content.startswith(b"PK\x03\x04"):
        raise DataError(f"{name} is a spreadsheet or an archive, not a CSV file. Export it as CSV first.")
    if content.startswith(_COMPRESSED):
        raise DataError(f"{name} is not a text file: it is compressed. Unpack it first.")
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
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for piece in _pieces(content):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _converted(content: bytes, encoding: str) -> bytes:
    """Text in another encoding as UTF-8, a piece at a time to need little memory."""
    decoder = codecs.getincrementaldecoder(encoding)()
    parts = [decoder.decode(piece).encode() for piece in _pieces(content)]
    return b"".join([*parts, decoder.decode(b"", final=True).encode()])


def _pieces(content: bytes) -> Iterator[bytes]:
    for start in range(0, len(content), _PIECE):
        yield content[start : start + _PIECE]


def _unmarked_utf16(raw: bytes) -> str:
    """The byte order of UTF-16 without a mark, told by the zeros in every second place, or ""."""
    head = raw[:1000]
    first, second = head[::2].count(0), head[1::2].count(0)
    if len(head) < 4 or max(first, second) * 4 < len(head) or min(first, second):
        return ""
    return "utf-16-be" if first else "utf-16-le"


def _single_byte(content: bytes) -> str:
    """Windows-1251 where most words with letters above ASCII consist of them, as Cyrillic words do;
    Windows-1252 where they stand among plain letters, as in Western words."""
    above = re.search(rb"[\x80-\xff]", content)
    window = content[max(0, above.start() - 1000) :][:_WINDOW] if above else b""
    words = re.findall(rb"[A-Za-z\xc0-\xff\xa8\xb8]{2,}", window)
    foreign = [word for word in words if not word.isascii()]
    pure = sum(not re.search(rb"[A-Za-z]", word) for word in foreign)
    wanted = "cp1251" if pure * 2 > len(foreign) else "cp1252"
    for encoding in (wanted, "cp1252"):
        try:
            for piece in _pieces(content):
                piece.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    return "latin-1"  # gives every byte a character
