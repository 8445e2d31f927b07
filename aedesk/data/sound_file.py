"""Sounds: WAV, FLAC and OGG, one signal for each channel."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from aedesk.data.channels import Channels, Progress, blocks, channel_names
from aedesk.data.sampling import Sampling
from aedesk.data.wav_header import read_wav_header
from aedesk.errors import DataError

if TYPE_CHECKING:
    import soundfile

# The bits of a sample. Of what is packed, they are those of a sample unpacked.
_BITS = {"PCM_S8": 8, "PCM_U8": 8, "PCM_16": 16, "PCM_24": 24, "PCM_32": 32} | dict.fromkeys(
    ("ALAW", "ULAW", "IMA_ADPCM", "MS_ADPCM", "GSM610", "G721_32", "NMS_ADPCM_16", "NMS_ADPCM_24", "NMS_ADPCM_32"), 16
)
_LONG = ("PCM_32", "DOUBLE")  # what float32 does not hold bit for bit
_UNKNOWN = 2**63 - 1  # samples that a stream announces whose length nobody knew when it began


@dataclass(frozen=True, eq=False)
class Sound(Channels):
    """A sound with values of −1…1 at ``rate`` samples per second; ``kind`` and ``depth`` are libsndfile's.

    ``note`` is a sentence on what its header says and the file does not hold, or "".
    """

    rate: int = 0
    kind: str = ""
    depth: str = ""
    note: str = ""

    def own_sampling(self) -> Sampling:
        return Sampling(1 / self.rate, note=self.note)

    def cleaned(self, columns: Mapping[str, np.ndarray], out: Path, replace: bool = True) -> bytes:
        """The sound with its channels cleaned: the same rate and depth, clipped to the range it can hold."""
        import soundfile

        self.check_ending(out)
        content = io.BytesIO()
        try:
            with soundfile.SoundFile(
                content, "w", self.rate, len(self.names), subtype=self.depth, format=self.kind
            ) as sound:
                for part in blocks(*self.values.shape):
                    sound.write(as_stored(self.with_columns(columns, part), self.depth))
        except (soundfile.SoundFileError, ValueError) as error:
            raise DataError(
                f"{self.path.name} is packed as {self.depth}, in which it cannot be written again. "
                "Save it as WAV with 16 bits first, and open that."
            ) from error
        return content.getvalue()


def read_sound(path: Path, progress: Progress | None = None) -> Sound:
    """Read a sound whole. DataError where it cannot be read, holds nothing or contradicts itself."""
    import soundfile

    if not path.is_file():
        raise DataError(f"{path} does not exist or is no file. Check the folder and the name.")
    try:
        header = read_wav_header(path)
        source = header.mended(path) if header else path
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror or error}. Check whether you may read it.") from error
    announced = 0
    try:
        with soundfile.SoundFile(source) as sound:
            if sound.frames == _UNKNOWN:
                raise DataError(f"{path.name} does not tell how long it is. Save it again as WAV.")
            announced, rate, kind, depth = sound.frames, sound.samplerate, sound.format, sound.subtype
            values = _read(sound, progress)
    except soundfile.SoundFileError as error:
        raise DataError(f"{path.name} cannot be read as a sound: {_reason(error)}. Save it again as WAV.") from error
    except MemoryError as error:
        raise DataError(
            f"{path.name} announces {announced} samples, more than the memory can hold. "
            "Cut it into shorter pieces, or save it again as WAV where it is not as long."
        ) from error
    if not len(values):
        raise DataError(f"{path.name} holds no samples, or was cut short. Choose another file.")
    if len(values) != announced:
        raise DataError(
            f"{path.name} announces {announced} samples and ends after {len(values)}: it is damaged or cut short. "
            "Save it again as WAV."
        )
    note = header.note(path.name, len(values)) if header else ""
    return Sound(path, channel_names(values.shape[1], "sound"), values, rate, kind, depth, note)


def _read(sound: "soundfile.SoundFile", progress: Progress | None) -> np.ndarray:
    """The samples of an open sound, float32 ``[t, c]`` where that holds them bit for bit, else float64."""
    kind = np.float64 if sound.subtype in _LONG else np.float32
    values = np.empty((sound.frames, sound.channels), kind)
    read = 0
    for part in blocks(*values.shape, progress):
        read += len(sound.read(part.stop - part.start, out=values[part]))
        if read < part.stop:
            break
    return values[:read]


def _reason(error: Exception) -> str:
    said = str(error).rpartition(": ")[2].rstrip(".")
    if "psf_fseek" in said:
        return "it ends before it should"
    return "its header is damaged" if "SF_INFO" in said else said


def as_stored(values: np.ndarray, depth: str) -> np.ndarray:
    """Values of −1…1 as they are handed to libsndfile to be stored in its ``depth``, clipped to what that holds."""
    if depth in _BITS:
        return _whole_numbers(values, _BITS[depth])
    return values if depth in ("FLOAT", "DOUBLE") else values.clip(-1.0, 1.0)


def _whole_numbers(values: np.ndarray, bits: int) -> np.ndarray:
    """Values of −1…1 as the upper ``bits`` of int32, so that what was read comes out bit for bit.

    libsndfile divides by a power of two when it reads, and multiplies by one less when it writes.
    """
    highest = 2 ** (bits - 1)
    whole = np.round(np.nan_to_num(values).astype(np.float64) * highest).clip(-highest, highest - 1)
    return (whole.astype(np.int64) << (32 - bits)).astype(np.int32)
