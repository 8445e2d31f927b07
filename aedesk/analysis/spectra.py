"""How strong a signal is at every frequency, as a whole and along time."""

from dataclasses import dataclass

import numpy as np

from aedesk.data.timeline import Timeline
from aedesk.data.windowed import NO_BREAKS, whole_stretches

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

    Column ``c`` tells of the time from ``c`` to ``c + 1`` times ``width``, in seconds or samples since the first
    sample; rows reach from 0 to ``highest``, in Hz or cycles per sample.
    """

    level: np.ndarray
    width: float
    highest: float


def density(values: np.ndarray, step: float | None, breaks: np.ndarray = NO_BREAKS) -> Density | None:
    """The density of ``values`` ``[t]``, ``step`` seconds apart. None where no stretch is long enough.

    By Welch's method (1967), over all stretches without gaps and without ``breaks`` in time that hold a
    segment; the constant part (frequency 0) is left out.
    """
    from scipy.signal import welch

    parts = whole_stretches(values, breaks)
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


def spectrogram(values: np.ndarray, timeline: Timeline) -> Spectrogram | None:
    """The spectra of ``values`` ``[t]`` along time, at most 1200 of them. None where there are too few samples.

    Windows (Hann's) overlap by half or more, and none reaches across a break in time. Those whose middles share a
    column are averaged, so that nothing is left out of a long signal. A column that no window's middle lies in is
    that of the nearest window, as long as there is one near.
    """
    count = len(values)
    if count < 2 * _SHORTEST:
        return None
    window = int(np.clip(2 ** round(np.log2(np.sqrt(count) * 2)), _SHORTEST, 1024))
    hop = int(np.clip((count - window) // _COLUMNS, max(1, window // 16), window // 2))
    starts = np.arange(0, count - window + 1, hop)
    starts = starts[timeline.stretches(starts) == timeline.stretches(starts + window - 1)]
    step = timeline.step
    length = float(timeline.at(count - 1)) + step
    columns = max(1, int(np.ceil(length / max(length / _COLUMNS, hop * step) - 1e-9)))
    width = length / columns
    middles = timeline.at(starts + (window - 1) / 2)
    place = np.clip((middles / width).astype(np.int64), 0, columns - 1)
    power = _averaged(values, starts, window, place, columns, 1 / step)
    reach = (timeline.at(starts + window - 1) - timeline.at(starts)) / 2 + width
    return Spectrogram(_in_db(_spread(power, middles, place, width, reach)).astype(np.float32), width, 0.5 / step)


def _averaged(
    values: np.ndarray, starts: np.ndarray, window: int, place: np.ndarray, columns: int, rate: float
) -> np.ndarray:
    """The mean power of the windows of each column, ``[columns, f]``, NaN where there is none."""
    taper = np.hanning(window + 2)[1:-1]
    scale = 2 / (rate * float(np.square(taper).sum()))
    every = np.lib.stride_tricks.sliding_window_view(values, window)
    total, counts = np.zeros((columns, window // 2 + 1)), np.zeros(columns)
    for first in range(0, len(starts), _TOGETHER):
        some = slice(first, first + _TOGETHER)
        pieces = np.asarray(every[starts[some]], np.float64)
        pieces = pieces - pieces.mean(axis=1, keepdims=True)
        power = np.square(np.abs(np.fft.rfft(pieces * taper, axis=1))) * scale
        begins = np.flatnonzero(np.diff(place[some], prepend=-1))  # places never fall
        total[place[some][begins]] += np.add.reduceat(power, begins, axis=0)
        counts += np.bincount(place[some], minlength=columns)
    with np.errstate(invalid="ignore"):
        return total / counts[:, None]


def _spread(power: np.ndarray, middles: np.ndarray, place: np.ndarray, width: float, reach: np.ndarray) -> np.ndarray:
    """The power ``[columns, f]``; a column without windows has that of the nearest one, if it lies in its ``reach``."""
    if not len(middles):
        return power
    centres = (np.arange(len(power)) + 0.5) * width
    after = np.minimum(np.searchsorted(middles, centres), len(middles) - 1)
    before = np.maximum(after - 1, 0)
    nearest = np.where(np.abs(middles[before] - centres) <= np.abs(middles[after] - centres), before, after)
    own = np.isin(np.arange(len(power)), place)
    spread = power[np.where(own, np.arange(len(power)), place[nearest])]
    spread[~own & (np.abs(middles[nearest] - centres) > reach[nearest])] = np.nan
    return spread


def _in_db(power: np.ndarray) -> np.ndarray:
    return 10 * np.log10(np.maximum(power, _FLOOR))
