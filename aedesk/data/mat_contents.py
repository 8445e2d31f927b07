"""What a MATLAB file holds, and whether it can be true.

scipy trusts what stands at the head of each variable of version 5, and a damaged file makes it
reach beyond its memory. So every head is looked at before.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import BinaryIO

from aedesk.errors import DataError

HEADER = 128
"""Bytes before the first variable of version 5."""
COMPRESSED, _MATRIX = 15, 14
_HEAD = 4096  # bytes, more than the flags, the shape and the name of a variable take
_MOST_PACKED = 1100  # times that zlib makes something smaller
_CLASSES = {6: "double", 7: "single", 8: "int8", 9: "uint8", 10: "int16", 11: "uint16"} | {
    12: "int32", 13: "uint32", 14: "int64", 15: "uint64"
}  # fmt: skip
_OPAQUE = 17  # without a shape
_BYTES = {1: 1, 2: 1, 3: 2, 4: 2, 5: 4, 6: 4, 7: 4, 9: 8, 12: 8, 13: 8}  # by the type of a number in the file
_INT8, _INT32, _UINT32, _UTF8 = 1, 5, 6, 16
_LOGICAL, _COMPLEX = 0x200, 0x800


@dataclass(frozen=True)
class Held:
    """A variable: ``kind`` is MATLAB's class where it is real numbers, else ""."""

    name: str
    shape: tuple[int, ...]
    kind: str


class _Damaged(Exception):
    pass


def contents(path: Path) -> list[Held]:
    """All variables of a file. DataError where it is none, is damaged, or is of a version that cannot be read."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(0)
        head = file.read(HEADER)
        if b"MATLAB 7.3" in head or head[124:128] in (b"\0\2IM", b"\2\0MI"):
            raise DataError(
                f"{path.name} was saved as MATLAB 7.3, which is another kind of file inside (HDF5). "
                "Save it again with save(…, '-v7')."
            )
        if 0 in head[:4]:
            return _old(path)
        try:
            if len(head) < HEADER or head[126:128] not in (b"IM", b"MI"):
                raise _Damaged
            return list(_variables(file, "<" if head[126:128] == b"IM" else ">", size))
        except (_Damaged, struct.error, zlib.error, UnicodeDecodeError) as error:
            raise damaged(path) from error


def damaged(path: Path) -> DataError:
    """What to say of a file that cannot be read."""
    return DataError(f"{path.name} cannot be read as a MATLAB file: it is damaged or none. Save it again.")


def _old(path: Path) -> list[Held]:
    """Those of version 4, which scipy reads with care."""
    from scipy.io import whosmat

    try:
        listed = whosmat(str(path), appendmat=False)
    except (ValueError, TypeError, OSError, LookupError, ArithmeticError, MemoryError) as error:
        raise damaged(path) from error
    return [Held(name, shape, kind if kind in _CLASSES.values() else "") for name, shape, kind in listed]


def _variables(file: BinaryIO, order: str, size: int) -> Iterator[Held]:
    place = HEADER
    while place < size:
        file.seek(place)
        kind, length = struct.unpack(f"{order}II", file.read(8))
        place += 8 + length
        if place > size or kind not in (_MATRIX, COMPRESSED):
            raise _Damaged
        head = file.read(min(length, _HEAD))
        if kind == COMPRESSED:
            head = zlib.decompressobj().decompress(head, _HEAD)
            inside, full = struct.unpack(f"{order}II", head[:8])
            if inside != _MATRIX or full > length * _MOST_PACKED:
                raise _Damaged
            head, length = head[8:], full
        yield _variable(_Parts(head, order), length)


def _variable(parts: "_Parts", length: int) -> Held:
    flags, what, _ = parts.next()
    if what != _UINT32 or len(flags) != 8:
        raise _Damaged
    (about,) = struct.unpack(f"{parts.order}I", flags[:4])
    if about & 0xFF == _OPAQUE:
        return Held("", (), "")
    sizes, what, _ = parts.next()
    if what not in (_INT32, _UINT32) or len(sizes) % 4 or not 2 <= len(sizes) // 4 <= 32:
        raise _Damaged
    shape = struct.unpack(f"{parts.order}{len(sizes) // 4}i", sizes)
    letters, what, _ = parts.next()
    if what not in (_INT8, _UTF8) or min(shape) < 0:
        raise _Damaged
    kind = _CLASSES.get(about & 0xFF, "")
    if kind:
        _, what, count = parts.next(whole=False)
        if what not in _BYTES or count != prod(shape) * _BYTES[what] or count > length:
            raise _Damaged
    return Held(letters.decode(), shape, "" if about & (_LOGICAL | _COMPLEX) else kind)


class _Parts:
    """The parts of a variable, one after the other: each has a type, a length, and its bytes."""

    def __init__(self, head: bytes, order: str) -> None:
        self.order = order
        self._head, self._place = head, 0

    def next(self, whole: bool = True) -> tuple[bytes, int, int]:
        """Bytes, type and length of the next one; where it is not to be ``whole``, perhaps fewer bytes."""
        begin = self._place + 8
        what, count = struct.unpack(f"{self.order}II", self._head[self._place : begin])
        if what >> 16:  # so short that it stands beside its length
            begin, what, count = begin - 4, what & 0xFFFF, what >> 16
            if count > 4:
                raise _Damaged
            self._place += 8
        else:
            self._place = begin + -(-count // 8) * 8
        found = self._head[begin : begin + count]
        if whole and len(found) < count:
            raise _Damaged
        return found, what, count
