"""What there is in a part that was removed from a signal, beside chance noise."""

from collections.abc import Iterable
from typing import Literal

import numpy as np

from aedesk.analysis.noise_through import NoiseThrough

Kind = Literal["noise", "signal", "hum", "drift", "coloured", "little"]

_BY_CHANCE = 4.0  # standard deviations that nothing reaches by chance
_ALIKE = 0.4
_BLOCK = 32  # samples whose strength is told as one
_STRONGER = 1.1  # times as strong at slopes as elsewhere
_MAIN = 0.4  # of what is no chance noise
_MOST = 0.5  # of what is no chance noise
_SLOW = 0.01  # cycles per sample
_NEAR = 0.05  # relative: one tone as a short spectrum tells it, and as a long one does
_APART = 0.25  # of a tone: farther from its harmonics it is none of them


def correlated(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Sums of products of two signals ``[t]`` at every lag, those of negative lags at the end."""
    length = 2 ** int(np.ceil(np.log2(2 * len(one))))
    spectrum = np.fft.rfft(one, length)
    return np.fft.irfft(spectrum * np.conj(np.fft.rfft(other, length)), length)


def is_of_the_signal(removed: np.ndarray, cleaned: np.ndarray, lags: int, through: NoiseThrough | None) -> bool:
    """Whether the removed part ``[t]`` has to do with the cleaned signal ``[t]``, beyond what noise explains.

    It does where the two are correlated at some lag, more than two signals that know nothing of each
    other would be (Bartlett 1935), or where the one is strong when the other changes fast (the rank
    correlation of Spearman 1904), as the remains of steep slopes are.
    """
    cleaned = cleaned - cleaned.mean()
    power = float(removed @ removed), float(cleaned @ cleaned)
    if not power[1]:
        return False
    crossed = correlated(removed, cleaned)
    if through is not None:
        crossed -= correlated(through.removed, through.kept)
    crossed /= np.sqrt(power[0] * power[1])
    largest = float(np.abs(np.concatenate([crossed[: lags + 1], crossed[-lags:]])).max())
    if largest > _ALIKE or largest > _BY_CHANCE * _alike_by_chance(removed, cleaned):
        return True
    if through is None:
        return _goes_with_slopes(np.square(removed), cleaned)
    return _goes_with_slopes(np.square(removed) - np.square(through.removed), cleaned)


def _alike_by_chance(one: np.ndarray, other: np.ndarray) -> float:
    """The standard deviation of the correlation of two signals ``[t]`` that know nothing of each other."""
    alone = (correlated(one, one) / (one @ one)) @ (correlated(other, other) / (other @ other))
    return float(np.sqrt(max(alone, 1.0) / len(one)))


def _goes_with_slopes(strength: np.ndarray, cleaned: np.ndarray) -> bool:
    """Whether a strength ``[t]``, squared, is larger where the cleaned signal ``[t]`` changes fast."""
    from scipy.stats import spearmanr

    blocks = len(strength) // _BLOCK
    slopes = np.square(np.diff(cleaned, prepend=cleaned[0]))
    strong, steep = (part[: blocks * _BLOCK].reshape(blocks, _BLOCK).mean(axis=1) for part in (strength, slopes))
    if blocks < _BLOCK or not steep.var() or not strong.var():
        return False
    steepest, flat = strong[steep >= np.quantile(steep, 0.9)].mean(), strong[steep <= np.median(steep)].mean()
    if steepest - flat < (_STRONGER - 1) * max(float(strong.mean()), float(flat)):
        return False
    return float(spearmanr(strong, steep).statistic) * np.sqrt(blocks) > _BY_CHANCE


def is_what_was_lost(removed: np.ndarray, lost: float, through: NoiseThrough) -> bool:
    """Whether the removed part ``[t]``, of which a share is no noise, is like what the method takes off the signal.

    It is where the two are correlated beyond chance, or where that explains most of the share.
    """
    taken = through.of_centre - through.of_centre.mean()
    if not float(taken @ taken):
        return False
    both = float(removed @ taken) - float(through.removed @ through.of_rest)
    alike = both / float(np.sqrt((removed @ removed) * (taken @ taken)))
    return alike > _BY_CHANCE * _alike_by_chance(removed, taken) or (alike > 0 and alike**2 > _MOST * lost)


def is_hum(recorded: np.ndarray, line: float, step: float | None, notched: Iterable[float] = ()) -> bool:
    """Whether a tone of about so many cycles per sample is a hum in a recording ``[t]``, ``step`` seconds from sample to sample.

    It is where it was ``notched``, so many cycles per sample, or is recognised there with its harmonics.
    """
    from aedesk.analysis.noise_spectra import hum

    if any(abs(line / tone - 1) < _NEAR for tone in notched):
        return True
    found = hum(recorded, step)
    if found is None:
        return False
    swings = found.period * line
    number = max(1, round(swings))
    return number <= found.remedies["harmonics"] and abs(swings - number) < min(_NEAR * number, _APART)


def tone(removed: np.ndarray, structured: float) -> tuple[Kind, float | None]:
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
