"""What the header of a WAV file says, and whether that can be true."""

import io
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from aedesk.errors import DataError

_PLAIN = (1, 3, 0xFFFE)  # samples as they are: whole, real, and either with more said about them
_OPEN_END = (0, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)  # lengths that a program writes that does not know the length yet
_MOST_CHUNKS = 10_000
_LOOKED_AT = 65_536  # bytes
_REST = 1024  # bytes behind the samples that nobody minds


@dataclass(frozen=True)
class WavHeader:
    """The numbers of a header that decide how the samples are read; lengths and places in bytes.

    ``start`` is where the samples begin, ``announced`` how long they are said to be, and ``there``
    what the file has from there to its end; ``rest`` of it lies behind them and is nothing known. ``told`` is the place where the length is said, in the
    form ``length`` of ``struct``: files beyond 4 GB (RF64) say it elsewhere.
    """

    form: int
    channels: int
    rate: int
    byte_rate: int
    frame: int
    bits: int
    start: int
    announced: int
    there: int
    told: int
    length: str
    rest: int = 0

    @property
    def is_open(self) -> bool:
        """Whether the length was left open, as by a recorder that was switched off, or a pipe."""
        return self.announced in _OPEN_END and self.there > 0

    def check(self, name: str) -> None:
        """DataError where it cannot be true."""
        if not self.channels:
            raise DataError(f"{name} says in its header that it has 0 channels. Save it again as WAV.")
        if not 0 < self.rate < 2**31:
            raise DataError(
                f"{name} says in its header that it has {self.rate} samples per second, which cannot be. "
                "Save it again as WAV."
            )
        frame = self.channels * -(-self.bits // 8)
        if self.form in _PLAIN and frame not in (self.frame, self.byte_rate / self.rate):
            raise DataError(
                f"{name} contradicts itself: its header says {self.channels} channels of {self.bits} bits, "
                f"which are {frame} bytes for each sample, and that there are {self.frame}. Save it again as WAV."
            )

    def mended(self, path: Path) -> Path | BinaryIO:
        """The file, with its true length written into a header that left it open."""
        if not self.is_open:
            return path
        content = bytearray(path.read_bytes())
        most = 2 ** (8 * struct.calcsize(self.length)) - 1
        struct.pack_into(self.length, content, self.told, min(self.there, most))
        return io.BytesIO(content)

    def note(self, name: str, samples: int) -> str:
        """A sentence where fewer samples were found than announced, or more bytes than they are, or ""."""
        if self.is_open or not self.frame:
            return ""
        if self.rest > _REST:
            return (
                f"{name} announces {self.announced // self.frame} samples, and what follows would be {self.rest // self.frame} "
                "more, which were not read: its header is wrong, or something else stands there."
            )
        if self.announced <= self.there:
            return ""
        return (
            f"{name} announces {self.announced // self.frame} samples and ends after {samples}: "
            "it was cut short, or its header is wrong."
        )


def read_wav_header(path: Path) -> WavHeader | None:
    """The header of a WAV file; None where it is another kind of sound, or has none. DataError as ``check``."""
    with path.open("rb") as file:
        size = file.seek(0, io.SEEK_END)
        file.seek(0)
        form, long = None, None
        if file.read(4) not in (b"RIFF", b"RF64") or file.read(8)[4:] != b"WAVE":
            return None
        for _ in range(_MOST_CHUNKS):
            head = file.read(8)
            if len(head) < 8:
                return None
            kind, length = struct.unpack("<4sI", head)
            begin = file.tell()
            if kind == b"data":
                break
            said = file.read(16)
            if kind == b"fmt " and len(said) == 16:
                form = struct.unpack("<HHIIHH", said)
            if kind == b"ds64" and len(said) == 16:
                long = begin + 8, struct.unpack("<QQ", said)[1]
            file.seek(begin + length + length % 2)
        else:
            return None
        if form is None:
            return None
        told, announced = long or (begin - 4, length)
        rest = min(_rest(file, begin + announced + odd, size) for odd in (0, 1))  # a byte may even the length
        header = WavHeader(*form, begin, announced, size - begin, told, "<Q" if long else "<I", rest)
    header.check(path.name)
    return header


def _rest(file: BinaryIO, begin: int, size: int) -> int:
    """How many bytes there are from ``begin`` to the end that are neither chunks nor nothing but zeros."""
    for _ in range(_MOST_CHUNKS):
        if begin + 8 > size:
            return 0
        file.seek(begin)
        kind, length = struct.unpack("<4sI", file.read(8))
        if not (kind.isascii() and kind.decode().isprintable()) or begin + 8 + length > size:
            break
        begin += 8 + length + length % 2
    file.seek(begin)
    return size - begin if any(file.read(_LOOKED_AT)) else 0
