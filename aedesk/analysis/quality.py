"""How good a signal is before and after cleaning: its noise, and its signal-to-noise ratio."""

from dataclasses import dataclass

import numpy as np

from aedesk.analysis.noise_level import noise_level
from aedesk.analysis.noise_through import NoiseThrough
from aedesk.data.windowed import longest_whole

_MOST = 1_000_000  # samples that the noise is estimated from


@dataclass(frozen=True)
class Quality:
    """``noise`` is the standard deviation of what was recorded too much, in the signal's units.

    The signal-to-noise ratios are in dB, ``after`` None where it is not known. ``estimated`` says that
    there was no clean signal to compare with.
    """

    noise: float
    before: float
    after: float | None
    estimated: bool


def quality_by_reference(reference: np.ndarray, before: np.ndarray, after: np.ndarray | None) -> Quality | None:
    """By comparison with the clean signal ``[t]``, where that and the other are known. None where nowhere."""
    known = np.isfinite(reference) & np.isfinite(before)
    if not known.any():
        return None
    clean = reference[known]
    noise = float(np.sqrt(np.mean(np.square(before[known] - clean))))
    missed = None if after is None else float(np.sqrt(np.nanmean(np.square(after[known] - clean))))
    power = float(np.var(clean))
    return Quality(noise, ratio_db(power, noise), None if missed is None else ratio_db(power, missed), False)


def quality_estimated(
    before: np.ndarray,
    removed: np.ndarray | None = None,
    share: float = 1.0,
    left: float | None = None,
    noise: float | None = None,
) -> Quality | None:
    """Without the clean signal: by the level of the ``noise`` in ``before`` ``[t]``, that of white noise if it is not given.

    None where the signal is too short.

    ``left`` is about how far the whole answer is from the clean signal, of which a ``share`` was taken:
    ``removed`` ``[t]`` is that share of what it takes off, and need not be known where the share is 1.
    """
    piece = np.asarray(longest_whole(before)[:_MOST], np.float64)
    noise = noise_level(piece) if noise is None else noise
    if not noise:
        return None
    power = max(float(piece.var()) - noise**2, 0.0)
    after = None
    if left and share == 1:  # an error of nothing is one that could not be told
        after = ratio_db(power, left)
    elif left and removed is not None:
        after = ratio_db(power, _missed_by_share(noise, removed, share, left))
    return Quality(noise, ratio_db(power, noise), after, True)


def _missed_by_share(noise: float, removed: np.ndarray, share: float, left: float) -> float:
    """How far the mixture is from the clean signal: |n - s r|² of noise n and removed part r, by |n - r|²."""
    if not share:
        return noise
    taken = float(np.nanmean(np.square(removed, dtype=np.float64))) / share**2
    noise = max(noise, float(np.sqrt(taken)) - left)  # what was taken off beside chance noise was too much as well
    return float(np.sqrt(max(0.0, noise**2 - share * (noise**2 + taken - left**2) + share**2 * taken)))


def ratio_db(power: float, error: float) -> float:
    """A signal's power over the square of an error, in dB; infinite where one of them is 0."""
    if not error or not power:
        return float("inf") if power else float("-inf")
    return float(10 * np.log10(power / error**2))


def remaining_error(removed: np.ndarray, through: NoiseThrough) -> float:
    """About how far what a method makes of a signal is from the clean one, root mean square, by what it ``removed`` ``[t]``.

    Stein's unbiased risk estimate (1981), with the covariance of the noise and the part of it that is kept as drawn
    noise has it (the covariance penalties of Efron 2004), so that a method need not be smooth. That is what was
    removed beyond the noise, which is the signal's and no less than nothing, and the noise that was kept.
    """
    lost = float(np.mean(np.square(removed)) - np.mean(np.square(through.removed)))
    return float(np.sqrt(max(0.0, lost) + np.mean(np.square(through.kept))))
