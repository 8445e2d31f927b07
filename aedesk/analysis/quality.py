"""How good a signal is before and after cleaning: its noise, and its signal-to-noise ratio."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from aedesk.analysis.noise_level import noise_level
from aedesk.data.windowed import longest_whole

_MOST = 1_000_000  # samples that the noise is estimated from
_NUDGE = 0.1  # of the noise


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
    before: np.ndarray, removed: np.ndarray | None = None, share: float = 1.0, left: float | None = None
) -> Quality | None:
    """Without the clean signal: by the level of the white noise in ``before`` ``[t]``. None where that is too short.

    ``left`` is about how far the whole answer is from the clean signal, of which a ``share`` was taken:
    ``removed`` ``[t]`` is that share of what it takes off.
    """
    piece = np.asarray(longest_whole(before)[:_MOST], np.float64)
    noise = noise_level(piece)
    if not noise:
        return None
    power = max(float(piece.var()) - noise**2, 0.0)
    after = None
    if removed is not None and left is not None:
        after = ratio_db(power, _missed_by_share(noise, removed, share, left))
    return Quality(noise, ratio_db(power, noise), after, True)


def _missed_by_share(noise: float, removed: np.ndarray, share: float, left: float) -> float:
    """How far the mixture is from the clean signal: |n - s r|² of noise n and removed part r, by |n - r|²."""
    if not share:
        return noise
    taken = float(np.nanmean(np.square(removed, dtype=np.float64))) / share**2
    return float(np.sqrt(max(0.0, noise**2 - share * (noise**2 + taken - left**2) + share**2 * taken)))


def ratio_db(power: float, error: float) -> float:
    """A signal's power over the square of an error, in dB; infinite where one of them is 0."""
    if not error or not power:
        return float("inf") if power else float("-inf")
    return float(10 * np.log10(power / error**2))


def remaining_error(clean: Callable[[np.ndarray], np.ndarray], values: np.ndarray, noise: float) -> float:
    """About how far what a method makes of ``values`` ``[t]`` is from the clean signal, root mean square.

    Stein's unbiased risk estimate (1981) for white noise of standard deviation ``noise``. How much of the
    noise goes through the method is seen by a small nudge at random (Ramani, Blu and Unser 2008).
    """
    made = clean(values)
    signs = np.random.default_rng(0).choice([-1.0, 1.0], size=len(values))
    nudge = _NUDGE * noise or 1e-6
    through = float(np.mean(signs * (clean(values + nudge * signs) - made))) / nudge
    risk = float(np.mean(np.square(made - values))) - noise**2 + 2 * noise**2 * through
    return float(np.sqrt(max(0.0, risk)))
