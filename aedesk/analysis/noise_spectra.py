"""Noise that goes on from sample to sample, recognised by its spectrum: hum, wander, colour."""

from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np

from aedesk.data.csv_explanation import every_text

Kind = Literal["impulses", "hum", "wander", "coloured", "white"]

_FINE, _COARSE = 16_384, 256  # samples of a spectrum's segments: for what is steady, and for what is brief

_TONE_HEIGHT = 30.0  # times the spectrum around it
_TONE_POWER = 1e-3  # of all power, at least
_HEARD_HZ = 0.1  # a slower tone is told by its period
_TONE_ALONE = 0.6  # of all power: with more, the tone is the signal, unless it is that of the mains beside a signal
_TONE_SWINGS = 20  # in a segment, at least
_NARROW = 0.8  # of the power around a tone that lies within the three places beside it
_AROUND = 50  # places of the fine spectrum to either side
_WIDTH = 0.02  # of a tone: the notch for it
_MAINS = 50.0, 60.0, 100.0, 120.0  # Hz: of the mains, and of the mains when it was rectified
_MAINS_STRAY = 0.01  # relative: of the mains and of a recorder's clock
_BESIDE = 0.25  # of a tone: what is nearer to it or to a harmonic may be how it wavers
_BESIDE_BANDS = 16  # that the noise there is told from, by the weakest quarter
_BESIDE_NOISE = 0.3  # of the noise there: what is above it by more is a signal

_DRIFT_POWER = 0.05  # of all power, at least
_DRIFT_FALL = 10.0  # of the density, from the drift to what is three to six times faster
_BETWEEN = 1.7  # the middle of 1 and 3
_LEVEL = 0.5  # of that density: what comes then must be as strong at least
_DRIFT_SWINGS = 6  # in a segment, at least, of the fastest
_SLOW = 64  # samples that the fastest takes, at least
_ABOVE_FLOOR = 4.0  # times the density of chance noise: what is faster than the drift must be a signal

FARTHEST_HIDDEN = 8
"""Samples: a signal can hardly be foretold over more."""

_COLOUR = 0.6, 2.4  # the exponents that noise may fall with
_STRAIGHT = 0.05  # decades that it may stray from its line
_COLOUR_POWER = 1e-3  # of all power
_COLOUR_BAND = 0.2, 0.46  # cycles per sample; signals have little there
_QUIET = 0.25  # the share of segments that have nothing but noise
_ALIKE = 0.2  # the correlation from which on neighbours count as alike
_WIDEST = 64  # samples to hide at once


@dataclass(frozen=True)
class NoiseKind:
    """One kind of noise that was recognised.

    ``share`` is about its part of the recording's power. ``sentence`` says what there is and ``advice``
    what to do, both for people. ``remedies`` are what the advice means for the fields of ``Remedies``;
    ``hide`` is how far away the nearest sample lies that blind learning should foretell from, and
    ``alike`` so many neighbours resemble each other. ``period`` is in samples: of a tone, or of most of a drift.
    """

    kind: Kind
    share: float
    sentence: str
    advice: str = ""
    remedies: dict[str, Any] = field(default_factory=dict)
    hide: int = 1
    alike: int = 1
    period: float = 0.0

    @property
    def independent(self) -> bool:
        """Whether each sample has noise of its own, so that blind learning takes it off."""
        return self.kind in ("white", "impulses")


def hum(values: np.ndarray, step: float | None) -> NoiseKind | None:
    """A steady tone and its harmonics: lines that stand above the spectrum around them."""
    places, density = _fine_spectrum(values)
    lines = _lines(places, density, float(values.var()))
    if not lines:
        return None
    first = max(lines, key=lambda one: (sum(_family(lines, one).values()), one))
    family = _family(lines, first)
    share = sum(family.values())
    if share >= _TONE_ALONE and not (_is_of_the_mains(first, places[1], step) and _has_more(places, density, first)):
        return None
    highest = max(round(line / first) for line in family)
    tone, unit = float(f"{first / (step or 1):.4g}"), "Hz" if step else "cycles per sample"
    others = "" if highest == 1 else f" and its harmonics up to the {_ordinal(highest)}"
    words = f"A steady tone of {tone:g} {unit}{others} runs through the recording: a hum, or the signal itself."
    advice = f"If it does not belong to the signal, take it out with a notch at {tone:g} {unit}."
    if step and first / step < _HEARD_HZ:  # a day's or a week's course, say
        words = f"The recording swings steadily, once {every_text(step / first)}: most likely that is your signal."
        advice = "If it is not, take that swing out."
    return NoiseKind(
        "hum",
        min(1.0, share),
        f"{words} It can be foretold, so that blind learning keeps it.",
        advice,
        {"notch": tone, "harmonics": highest, "width": float(f"{_WIDTH * tone:.2g}")},
        period=1 / first,
    )


def wander(values: np.ndarray, step: float | None) -> NoiseKind | None:
    """A drift: much power at the slow end of the spectrum, then a fall, and then a signal that falls no further."""
    places, density = _fine_spectrum(values)
    least = _DRIFT_SWINGS * places[1]
    falls = {edge: _fall(places, density, edge) for edge in np.geomspace(least, 1 / _SLOW, 25) if least < 1 / _SLOW}
    if not falls or max(falls.values()) < _DRIFT_FALL:
        return None
    edge = max(falls, key=falls.__getitem__)
    slow = slice(1, int(np.searchsorted(places, edge)) + 1)
    period = float(density[slow].sum() / (density[slow] * places[slow]).sum())
    over = float(f"{(step or 1) / (_BETWEEN * edge):.2g}")
    long, unit = float(f"{period * (step or 1):.2g}"), "s" if step else "samples"
    return NoiseKind(
        "wander",
        min(1.0, float(density[slow].sum() * places[1] / values.var())),
        f"The recording drifts slowly up and down, mostly with periods of about {long:g} {unit}. That can be "
        "foretold, so that blind learning keeps it.",
        f"If the drift does not belong to the signal, take off what is slower than {over:g} {unit}.",
        {"detrend": over},
        period=period,
    )


def _fall(places: np.ndarray, density: np.ndarray, edge: float) -> float:
    """How many times denser the power is up to a frequency than at three to six times it; 0 for no drift.

    Beyond that must be a signal, no weaker and with some power of its own.
    """
    slow = density[1 : int(np.searchsorted(places, edge)) + 1]
    near = density[(places > 3 * edge) & (places <= 6 * edge)].mean()
    far = density[(places > 6 * edge) & (places <= 20 * edge)]
    floor, whole = float(np.quantile(density[1:], 0.1)), density.sum()
    drifts = slow.sum() >= _DRIFT_POWER * whole
    goes_on = far.mean() >= _LEVEL * near and far.sum() >= _DRIFT_POWER * whole and far.mean() >= _ABOVE_FLOOR * floor
    return float(slow.mean() / near) if drifts and goes_on else 0.0


def coloured(values: np.ndarray) -> NoiseKind | None:
    """Noise whose power falls with the frequency: a straight slope, in logarithms, where it is quiet."""
    places, density = _quiet_spectrum(values)
    if not len(places):
        return None
    edges = np.geomspace(*_COLOUR_BAND, 9)
    bands = [(places >= low) & (places < high) for low, high in zip(edges, edges[1:], strict=False)]
    at = np.log10([places[band].mean() for band in bands])
    levels = np.log10([density[band].mean() + np.finfo(float).tiny for band in bands])
    slope, level = np.polyfit(at, levels, 1)
    strays = float(np.std(levels - (slope * at + level)))
    share = 0.5 * 10 ** float(levels.mean()) / float(values.var())
    if not (_COLOUR[0] < -slope < _COLOUR[1]) or strays > _STRAIGHT or share < _COLOUR_POWER:
        return None
    line = 10**level * np.maximum(places, places[1]) ** slope
    correlation = np.fft.irfft(line)
    return as_coloured(correlation[1 : _WIDEST + 1] / correlation[0], share)


def as_coloured(correlation: np.ndarray, share: float) -> NoiseKind:
    """What is to be said of noise with such an autocorrelation ``[lags]`` from a lag of 1 sample on."""
    unlike = np.flatnonzero(correlation < _ALIKE)
    return resembling(int(unlike[0]) + 1 if len(unlike) else len(correlation), share)


def resembling(length: int, share: float) -> NoiseKind:
    """What is to be said of noise of which so many neighbours resemble each other."""
    hide = length if length <= FARTHEST_HIDDEN else 1
    advice = "Learn from clean recordings with coloured noise added."
    if hide > 1:
        advice = "Foretell each sample from those farther away: the next ones would tell its noise as well."
    return NoiseKind(
        "coloured",
        min(1.0, share),
        f"The noise goes on from sample to sample: about {length} neighbours resemble each other. What can be "
        "foretold of it, blind learning keeps.",
        advice,
        hide=hide,
        alike=length,
    )


def _is_of_the_mains(tone: float, resolution: float, step: float | None) -> bool:
    """Whether a tone is one that the mains are known for, both in cycles per sample."""
    if not step:
        return False
    return any(abs(tone - hertz * step) <= max(_MAINS_STRAY * hertz * step, resolution) for hertz in _MAINS)


def _has_more(places: np.ndarray, density: np.ndarray, tone: float) -> bool:
    """Whether there is something beside a tone and its harmonics that is stronger than chance noise."""
    swings = places / tone
    beside = (places > places[1]) & ((swings < 1 - _BESIDE) | (np.abs(swings - np.round(swings)) >= _BESIDE))
    parts = np.array_split(density[beside], _BESIDE_BANDS)
    if not len(parts[-1]):
        return False
    floor = float(np.quantile([part.mean() for part in parts], 0.25)) * int(beside.sum())
    power = float(density[beside].sum())
    return power >= (1 + _BESIDE_NOISE) * floor and power - floor >= _TONE_POWER * density.sum()


def _fine_spectrum(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Frequencies in cycles per sample, and the power density there, by Welch's method (1967)."""
    from scipy.signal import welch

    segment = min(_FINE, 2 ** int(np.log2(len(values) / 4)))
    return welch(values, nperseg=segment, detrend="linear")


def _quiet_spectrum(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The same where there is least of a signal: at each frequency a low quantile over short segments.

    Of noise the power of a segment is exponentially distributed, which tells its mean from the quantile.
    """
    from scipy.signal import spectrogram

    if len(values) < 16 * _COARSE:
        return np.empty(0), np.empty(0)
    places, _, power = spectrogram(values, window="hann", nperseg=_COARSE, noverlap=0, detrend="linear")
    return places, np.quantile(power, _QUIET, axis=1) / -np.log(1 - _QUIET)


def _lines(places: np.ndarray, density: np.ndarray, whole: float) -> dict[float, float]:
    """The frequencies of steady tones in cycles per sample, each with its share of the ``whole`` power."""
    from scipy.ndimage import median_filter
    from scipy.signal import find_peaks

    around = median_filter(density, 2 * _AROUND + 1, mode="nearest")
    found = {}
    for peak in find_peaks(density, height=_TONE_HEIGHT * around)[0]:
        if not _TONE_SWINGS <= peak < len(density) - 3:
            continue
        near, wide = slice(peak - 3, peak + 4), slice(max(1, peak - 12), peak + 13)
        power = density[near] - around[peak]
        share = float(power.sum() * places[1]) / whole
        if share >= _TONE_POWER and power.sum() >= _NARROW * (density[wide] - around[peak]).sum():
            found[float((places[near] * power).sum() / power.sum())] = share
    return found


def _family(lines: dict[float, float], first: float) -> dict[float, float]:
    """The lines that are the first tone or a harmonic of it."""
    return {line: share for line, share in lines.items() if abs(line / first - round(line / first)) < 0.01 and line >= first}


def _ordinal(number: int) -> str:
    ends = {1: "st", 2: "nd", 3: "rd"}
    return f"{number}{'th' if 10 < number % 100 < 20 else ends.get(number % 10, 'th')}"
