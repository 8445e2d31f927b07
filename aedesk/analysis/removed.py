"""Whether what was taken from a signal looks like noise, or still contains some of the signal."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from aedesk.data.windowed import whole_stretches

Kind = Literal["noise", "signal", "hum", "drift", "coloured"]

_MOST = 1_000_000  # samples that are looked at
_LAGS = 50
_STRUCTURED = 0.1
_BY_CHANCE = 4.0  # standard deviations that nothing reaches by chance
_ALIKE = 0.4
_BLOCK = 32  # samples whose strength is told as one
_STRONGER = 1.1  # times as strong at slopes as elsewhere
_MAIN = 0.4  # of what is no chance noise
_SLOW = 0.01  # cycles per sample


@dataclass(frozen=True)
class Removed:
    """What was removed, in figures.

    ``autocorrelation`` ``[lags]`` begins at a lag of 1 sample; of independent noise 95 % of it lies
    within ±``band``. ``structured`` is about the share of the removed power that goes on from sample
    to sample: 0 for noise that is pure chance. ``kind`` says what that is: some of the ``signal``
    (it resembles the cleaned signal, or is strong where that changes fast), a ``hum`` at ``line``
    cycles per sample, a slow ``drift``, or else ``coloured``.
    """

    autocorrelation: np.ndarray
    band: float
    structured: float
    kind: Kind = "noise"
    line: float | None = None

    @property
    def looks_like_noise(self) -> bool:
        """Whether nearly all of it is pure chance."""
        return self.kind == "noise"


def look_at_removed(removed: np.ndarray, cleaned: np.ndarray | None = None) -> Removed | None:
    """Judge what was removed from a signal, ``[t]``, beside what was kept of it, ``[t]``.

    Looks at the longest stretch without gaps (its first million samples). None where that is too
    short. The autocorrelation is the inverse transform of the power spectrum (Wiener and Khinchin).
    """
    part = max(whole_stretches(removed), key=lambda part: part.stop - part.start, default=slice(0, 0))
    part = slice(part.start, min(part.stop, part.start + _MOST))
    values = np.asarray(removed[part], np.float64)
    lags = min(_LAGS, len(values) // 4)
    if lags < 4 or not values.var():
        return None
    values = values - values.mean()
    found = _correlated(values, values)[: lags + 1]
    correlation = found[1:] / found[0]
    band = 1.96 / float(np.sqrt(len(values)))
    largest = float(np.abs(correlation).max())
    # The largest of so many lags lies above the band by chance alone.
    chance = band / 1.96 * float(np.sqrt(2 * np.log(2 * lags)))
    structured = max(0.0, largest - chance)
    if structured < _STRUCTURED:
        return Removed(correlation, band, structured)
    if cleaned is not None and _is_of_the_signal(values, np.asarray(cleaned[part], np.float64), lags):
        return Removed(correlation, band, structured, "signal")
    return Removed(correlation, band, structured, *_tone(values, structured))


def _correlated(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Sums of products of two signals ``[t]`` at every lag, those of negative lags at the end."""
    length = 2 ** int(np.ceil(np.log2(2 * len(one))))
    spectrum = np.fft.rfft(one, length)
    return np.fft.irfft(spectrum * np.conj(np.fft.rfft(other, length)), length)


def _is_of_the_signal(removed: np.ndarray, cleaned: np.ndarray, lags: int) -> bool:
    """Whether the removed part ``[t]`` has to do with the cleaned signal ``[t]``.

    It does where the two are correlated at some lag, more than two signals that know nothing of each
    other would be (Bartlett 1935), or where the one is strong when the other changes fast (the rank
    correlation of Spearman 1904), as the remains of steep slopes are.
    """
    cleaned = cleaned - cleaned.mean()
    power = float(removed @ removed), float(cleaned @ cleaned)
    if not power[1]:
        return False
    crossed = _correlated(removed, cleaned) / np.sqrt(power[0] * power[1])
    largest = float(np.abs(np.concatenate([crossed[: lags + 1], crossed[-lags:]])).max())
    alone = (_correlated(removed, removed) / power[0]) @ (_correlated(cleaned, cleaned) / power[1])
    by_chance = float(np.sqrt(max(alone, 1.0) / len(removed)))
    return largest > _ALIKE or largest > _BY_CHANCE * by_chance or _goes_with_slopes(removed, cleaned)


def _goes_with_slopes(removed: np.ndarray, cleaned: np.ndarray) -> bool:
    from scipy.stats import spearmanr

    blocks = len(removed) // _BLOCK
    slopes = np.diff(cleaned, prepend=cleaned[0])
    strong, steep = (
        np.square(part[: blocks * _BLOCK]).reshape(blocks, _BLOCK).mean(axis=1) for part in (removed, slopes)
    )
    if blocks < _BLOCK or not steep.var() or not strong.var():
        return False
    steepest, flat = steep >= np.quantile(steep, 0.9), steep <= np.median(steep)
    if strong[steepest].mean() < _STRONGER * strong[flat].mean():
        return False
    return float(spearmanr(strong, steep).statistic) * np.sqrt(blocks) > _BY_CHANCE


def _tone(removed: np.ndarray, structured: float) -> tuple[Kind, float | None]:
    """Whether most of what is no chance noise is one line of the spectrum, or slow; and where the line is."""
    from scipy.signal import welch

    frequencies, density = welch(removed, nperseg=min(2048, len(removed)), detrend=False)
    share = density / density.sum()
    if share[frequencies < _SLOW].sum() >= _MAIN * structured:
        return "drift", None
    top = int(share.argmax())
    line = slice(max(0, top - 3), top + 4)
    if share[line].sum() >= _MAIN * structured:
        return "hum", float(np.average(frequencies[line], weights=share[line]))
    return "coloured", None
