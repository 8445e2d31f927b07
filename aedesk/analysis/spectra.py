"""How strong a signal is at every frequency, as a whole and along time."""

from dataclasses import dataclass

import numpy as np

from aedesk.data.windowed import whole_stretches

_SEGMENT = 4096
_SHORTEST = 8
_AT_ONCE = 262_144  # samples: scipy holds all their spectra at once
_FLOOR = 1e-30  # of a power density: far below all that is measured
_COLUMNS = 1200
_TOGETHER = 2048  # windows whose spectra are taken at once


@dataclass(frozen=True, eq=False)
class Density:
    """A power spectral density: ``level`` ``[f]`` in dB re 1 unit² per Hz at ``frequency`` ``[f]`` in Hz.

    Without a known time step, frequencies are in cycles per sample and levels per cycle per sample.
    ``root`` is the root of the power without the mean, in the signal's units.
    """

    frequency: np.ndarray
    level: np.ndarray
    root: float


@dataclass(frozen=True, eq=False)
class Spectrogram:
    """Spectra along time: ``level`` ``[columns, f]`` in dB re 1 unit² per Hz, NaN where values are missing.

    Column ``c`` tells of the time from ``c`` to ``c + 1`` times ``width``, in seconds or samples; rows
    reach from 0 to ``highest``, in Hz or cycles per sample.
    """

    level: np.ndarray
    width: float
    highest: float


def density(values: np.ndarray, step: float | None) -> Density | None:
    """The density of ``values`` ``[t]``, ``step`` seconds apart. None where no stretch is long enough.

    By Welch's method (1967), over all stretches without gaps that hold a segment; the constant part
    (frequency 0) is left out.
    """
    from scipy.signal import welch

    parts = whole_stretches(values)
    longest = max((part.stop - part.start for part in parts), default=0)
    if longest < _SHORTEST:
        return None
    segment = min(_SEGMENT, max(_SHORTEST, longest // 16 * 2))
    total, weight = 0.0, 0
    for part in parts:
        for start in range(part.start, part.stop, _AT_ONCE):
            piece = np.asarray(values[start : min(start + _AT_ONCE, part.stop)], np.float64)
            if len(piece) >= segment:
                frequency, power = welch(piece, fs=1 / (step or 1.0), nperseg=segment, detrend="constant")
                total, weight = total + power * len(piece), weight + len(piece)
    power = total / weight
    root = float(np.sqrt(power.sum() * (frequency[1] - frequency[0])))
    return Density(frequency[1:], _in_db(power[1:]), root)


def spectrogram(values: np.ndarray, step: float | None) -> Spectrogram | None:
    """The spectra of ``values`` ``[t]`` along time, at most 1200 of them. None where there are too few samples.

    Windows (Hann's) overlap by half or more. Those that share a column are averaged, so that nothing
    is left out of a long signal.
    """
    count = len(values)
    if count < 2 * _SHORTEST:
        return None
    window = int(np.clip(2 ** round(np.log2(np.sqrt(count) * 2)), _SHORTEST, 1024))
    hop = int(np.clip((count - window) // _COLUMNS, max(1, window // 16), window // 2))
    starts = np.arange(0, count - window + 1, hop)
    each = -(-len(starts) // _COLUMNS)
    taper = np.hanning(window + 2)[1:-1]
    rate = 1 / (step or 1.0)
    scale = 2 / (rate * float(np.square(taper).sum()))
    every = np.lib.stride_tricks.sliding_window_view(values, window)[::hop]
    columns = []
    block = each * max(1, _TOGETHER // each)
    for first in range(0, len(starts), block):
        pieces = np.asarray(every[first : first + block], np.float64)
        pieces = pieces - pieces.mean(axis=1, keepdims=True)
        power = np.square(np.abs(np.fft.rfft(pieces * taper, axis=1))) * scale
        bounds = np.arange(0, len(power), each)
        sizes = np.diff(np.append(bounds, len(power)))
        columns.append(np.add.reduceat(power, bounds, axis=0) / sizes[:, None])
    return Spectrogram(_in_db(np.concatenate(columns)).astype(np.float32), each * hop / rate, rate / 2)


def _in_db(power: np.ndarray) -> np.ndarray:
    return 10 * np.log10(np.maximum(power, _FLOOR))
