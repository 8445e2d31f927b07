"""Sounds: WAV, FLAC and OGG, one signal for each channel."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from aedesk.data.channels import Channels, channel_names
from aedesk.errors import DataError

_BITS = {"PCM_S8": 8, "PCM_U8": 8, "PCM_16": 16, "PCM_24": 24, "PCM_32": 32}


@dataclass(frozen=True, eq=False)
class Sound(Channels):
    """A sound with values of −1…1 at ``rate`` samples per second; ``kind`` and ``depth`` are libsndfile's."""

    rate: int = 0
    kind: str = ""
    depth: str = ""

    def time_step(self) -> float | None:
        return 1 / self.rate

    def cleaned(self, columns: Mapping[str, np.ndarray], out: Path) -> bytes:
        """The sound with its channels cleaned: the same rate and depth, clipped to the range it can hold."""
        import soundfile

        self.check_ending(out)
        values = self.with_columns(columns)
        if self.depth in _BITS:
            values = _whole_numbers(values, _BITS[self.depth])
        elif self.depth not in ("FLOAT", "DOUBLE"):
            values = values.clip(-1.0, 1.0)
        content = io.BytesIO()
        soundfile.write(content, values, self.rate, subtype=self.depth, format=self.kind)
        return content.getvalue()


def read_sound(path: Path) -> Sound:
    """Read a sound whole. DataError where it cannot be read or holds nothing."""
    import soundfile

    if not path.is_file():
        raise DataError(f"{path} does not exist or is no file. Check the folder and the name.")
    try:
        with soundfile.SoundFile(path) as sound:
            announced, rate, kind, depth = sound.frames, sound.samplerate, sound.format, sound.subtype
            values = sound.read(dtype="float64", always_2d=True)
    except (soundfile.LibsndfileError, RuntimeError, OSError) as error:
        reason = str(error).rpartition(": ")[2].rstrip(".")
        raise DataError(f"{path.name} cannot be read as a sound: {reason}. Save it again as WAV.") from error
    if not len(values):
        raise DataError(f"{path.name} holds no samples. Choose another file.")
    if len(values) != announced:
        raise DataError(
            f"{path.name} announces {announced} samples and ends after {len(values)}: it is damaged or cut short. "
            "Save it again as WAV."
        )
    return Sound(path, channel_names(values.shape[1], "sound"), values, rate, kind, depth)


def _whole_numbers(values: np.ndarray, bits: int) -> np.ndarray:
    """Values of −1…1 as the upper ``bits`` of int32, so that what was read comes out bit for bit.

    libsndfile divides by a power of two when it reads, and multiplies by one less when it writes.
    """
    highest = 2 ** (bits - 1)
    whole = np.round(np.nan_to_num(values) * highest).clip(-highest, highest - 1)
    return (whole.astype(np.int64) << (32 - bits)).astype(np.int32)
