"""Sounds read and written block by block, at the same rate and depth."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np

from aedesk.data.blocks import abreast
from aedesk.data.channels import channel_names
from aedesk.data.long_channels import LongChannels
from aedesk.data.long_recording import BLOCK
from aedesk.data.sampling import Sampling
from aedesk.data.sound_file import as_stored
from aedesk.data.wav_header import read_wav_header
from aedesk.errors import DataError

_UNKNOWN = 2**62  # samples; a stream announces more whose length nobody knew when it began


@dataclass(frozen=True)
class LongSound(LongChannels):
    """A sound with values of −1…1 at ``rate`` samples per second; ``kind`` and ``depth`` are libsndfile's."""

    rate: int = 0
    kind: str = ""
    depth: str = ""

    def sampling(self) -> Sampling:
        return Sampling(1 / self.rate)

    def blocks(self, names: Sequence[str]) -> Iterator[np.ndarray]:
        import soundfile

        places, read = [self.place(name) for name in names], 0
        try:
            with soundfile.SoundFile(self.path) as sound:
                while len(block := sound.read(BLOCK, dtype="float64", always_2d=True)):
                    read += len(block)
                    yield block[:, places]
        except soundfile.SoundFileError as error:
            reason = str(error).rpartition(": ")[2].rstrip(".")
            raise DataError(
                f"{self.path.name} cannot be read as a sound to its end: {reason}. Save it again as WAV."
            ) from error
        if read != self.count:
            raise DataError(
                f"{self.path.name} announces {self.count} samples and ends after {read}: it is damaged or cut short. "
                "Save it again as WAV."
            )

    def write(self, out: BinaryIO, names: Sequence[str], cleaned: Iterable[np.ndarray], replace: bool) -> None:
        import soundfile

        places = [self.place(name) for name in names]
        try:
            with soundfile.SoundFile(
                out, "w", self.rate, len(self.names), subtype=self.depth, format=self.kind
            ) as sound:
                for block, clean in abreast(self.blocks(self.names), cleaned):
                    values = block.copy()
                    values[:, places] = clean
                    sound.write(as_stored(values, self.depth))
        except soundfile.SoundFileError as error:
            raise DataError(
                f"{self.path.name} is packed as {self.depth}, in which it cannot be written again. "
                "Save it as WAV with 16 bits first."
            ) from error


def open_sound(path: Path) -> LongSound | None:
    """What a sound says of itself, None where it does not say how long it is. DataError where it cannot be read."""
    import soundfile

    if not path.is_file():
        raise DataError(f"{path} does not exist or is no file. Check the folder and the name.")
    try:
        header = read_wav_header(path)
        if header and header.is_open:
            return None  # its true length is found by who reads it whole
        facts = soundfile.info(path)
    except (soundfile.SoundFileError, OSError):
        return None  # who reads it whole says why
    if facts.frames >= _UNKNOWN:
        return None
    names = channel_names(facts.channels, "sound")
    return LongSound(path, names, facts.frames, facts.samplerate, facts.format, facts.subtype)
