"""Remedies for noise that goes on from sample to sample, which blind learning would keep: taken before it."""

from math import ceil

import numpy as np

from aedesk.data.source import Source
from aedesk.data.windowed import NO_BREAKS, whole_stretches
from aedesk.options import Options, option

_LEAST_SWINGS = 2  # of a tone, for it to be told from the signal
_FOCUS = 2.0  # over a notch's width: how long the pieces are that a tone is fitted to
_OVERLAPS = 4
_STRAY = 5.0  # standard deviations of the noise: beyond it, a sample is struck
_BLOCK = 64  # samples that the noise is told from
_MAD = 0.6745  # of a normal distribution's standard deviation


class Remedies(Options):
    """What is taken off a signal before anything learns from it or cleans it.

    Seconds and hertz count samples where the file tells no times.
    """

    despike: bool = option(
        False,
        "Despike",
        "Single samples that stray far from both of their neighbours become the middle one of those around.",
    )
    notch: float = option(
        0.0,
        "Notch",
        "The frequency of a steady tone to take out, 50 or 60 Hz for that of the mains. 0 takes none.",
        unit="Hz",
        ge=0,
        le=1e9,
    )
    harmonics: int = option(
        1,
        "Harmonics",
        "How many tones are taken out: the first, one twice as high, and so on, as far as the sampling rate goes.",
        ge=1,
        le=50,
    )
    width: float = option(
        1.0,
        "Notch width",
        "How wide a band around each tone goes with it; a tone that wavers needs a wider one.",
        unit="Hz",
        gt=0,
        le=1e6,
    )
    detrend: float = option(
        0.0,
        "Detrend over",
        "What drifts more slowly than this is taken off, but for the mean. 0 takes nothing off.",
        unit="s",
        ge=0,
        le=1e9,
    )


def remedies_of(source: Source) -> Remedies:
    """The remedies that a source's signals are given; none for other sources."""
    return getattr(source, "remedies", None) or Remedies()


def remedied(
    values: np.ndarray, step: float | None, remedies: Remedies, breaks: np.ndarray = NO_BREAKS
) -> np.ndarray:
    """Values ``[t]`` or ``[t, c]``, ``step`` seconds apart, after the remedies: float64, nothing shifted in time.

    Missing values stay missing, and no remedy reaches across one or across a break in time: each stretch
    between them and each channel is treated by itself. The values as they came where no remedy is wanted.
    """
    if not (remedies.despike or remedies.notch or remedies.detrend):
        return values
    found = np.array(values, np.float64)
    for channel in (found[:, None] if found.ndim == 1 else found).T:  # views of what was found
        parts = whole_stretches(channel, breaks)
        if parts:
            _remedy(channel, parts, step or 1.0, remedies)
    return found


def _remedy(channel: np.ndarray, parts: list[slice], step: float, remedies: Remedies) -> None:
    """One channel ``[t]`` in place."""
    for part in parts:
        if remedies.despike:
            channel[part] = despiked(channel[part])
        for tone in tones(remedies, 1 / step):
            channel[part] = _without_tone(channel[part], tone * step, remedies.width * step)
    if remedies.detrend:
        mean = np.concatenate([channel[part] for part in parts]).mean()
        for part in parts:
            channel[part] = mean + _without_drift(channel[part], step / remedies.detrend)


def struck(values: np.ndarray) -> np.ndarray:
    """Which samples of a stretch ``[t]`` without gaps stray from those around as no signal does: bool ``[t]``.

    A sample strays where it is farther from the middle of the two before and the two after it than
    three of those are from each other, and that by more than chance noise explains. The noise, which may
    be stronger in one place than another, is told from the steps between neighbours by their median
    (Hampel 1974).
    """
    if len(values) < 5:
        return np.zeros(len(values), bool)
    middle, apart = _around(values)
    strays = np.abs(values - middle) - apart
    return strays > _STRAY * _noise_around(values)


def _noise_around(values: np.ndarray) -> np.ndarray:
    """About the standard deviation of the noise at each sample of a stretch ``[t]``, no lower than in most of it."""
    steps = np.abs(np.diff(values, append=values[-1]))
    blocks = -(-len(steps) // _BLOCK)
    padded = np.pad(steps, (0, blocks * _BLOCK - len(steps)), mode="edge").reshape(blocks, _BLOCK)
    each = np.maximum(np.median(padded, axis=1), np.median(steps))
    around = np.pad(each, 1, mode="edge")
    highest = np.maximum(np.maximum(around[:-2], around[1:-1]), around[2:])
    return np.repeat(highest, _BLOCK)[: len(values)] / _MAD / np.sqrt(2)


def despiked(values: np.ndarray) -> np.ndarray:
    """A stretch ``[t]`` without gaps with the middle one of their neighbours in place of struck samples.

    Twice, so that one that stood beside a larger one is found as well.
    """
    for _ in range(2):
        values = np.where(struck(values), _around(values)[0], values) if len(values) >= 5 else values
    return values


def _around(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The median of the four samples around each, and how far three of them lie apart; at the ends mirrored.

    One of the four may be struck itself.
    """
    padded = np.pad(values, 2, mode="reflect")
    others = np.sort(np.stack([padded[at : at + len(values)] for at in (0, 1, 3, 4)]), axis=0)
    return (others[1] + others[2]) / 2, np.minimum(others[2] - others[0], others[3] - others[1])


def tones(remedies: Remedies, rate: float) -> list[float]:
    """The tones to take out that a sampling rate knows, in Hz."""
    each = [remedies.notch * number for number in range(1, remedies.harmonics + 1)]
    return [tone for tone in each if 0 < tone < rate / 2]


def _without_tone(values: np.ndarray, tone: float, width: float) -> np.ndarray:
    """A stretch ``[t]`` without a tone, both in cycles per sample.

    In pieces that overlap, the tone that fits best beside a level is found by least squares, and what
    the pieces say is joined without seams: so that it may waver, nothing is shifted, and the ends are
    as good as the middle. Where there is hardly a swing, nothing is taken off.
    """
    if len(values) * tone < _LEAST_SWINGS:
        return values
    length = min(len(values), max(ceil(_LEAST_SWINGS / tone), round(_FOCUS / width)))
    angle = 2 * np.pi * tone * np.arange(length)
    waves = np.stack([np.cos(angle), np.sin(angle), np.ones(length)], axis=1)
    tone_of = np.linalg.pinv(waves)[:2]
    weight = np.hanning(length + 2)[1:-1]
    total, weights = np.zeros(len(values)), np.zeros(len(values))
    last = len(values) - length
    for start in (*range(0, last, max(1, length // _OVERLAPS)), last):
        part = slice(start, start + length)
        total[part] += weight * (waves[:, :2] @ (tone_of @ values[part]))
        weights[part] += weight
    return values - total / weights


def _without_drift(values: np.ndarray, slowest: float) -> np.ndarray:
    """A stretch ``[t]`` without what is slower than so many cycles per sample, its mean included."""
    from scipy.signal import butter, sosfiltfilt

    if slowest >= 0.5 or len(values) * slowest < 1:  # all of it is slower
        return values - values.mean()
    padding = min(len(values) - 1, int(1 / slowest))
    return sosfiltfilt(butter(2, slowest, "highpass", fs=1.0, output="sos"), values, padlen=padding)
