"""What kinds of noise a recording has, and what to do about those that blind learning would keep."""

from collections.abc import Iterable

import numpy as np

from aedesk.analysis.noise_colour import alike_neighbours
from aedesk.analysis.noise_level import noise_level
from aedesk.analysis.noise_spectra import NoiseKind, as_coloured, coloured, hum, resembling, wander
from aedesk.analysis.removed import look_at_removed
from aedesk.data.remedies import Remedies, despiked, remedied, struck
from aedesk.data.windowed import longest_whole

_LEAST = 256  # samples, to say anything
_MOST = 2_000_000  # samples that are looked at
_STRUCK = 1e-3  # the least share of samples
_STRUCK_POWER = 1e-3  # the least share of the power
_WHITE_POWER = 1e-3
_RESEMBLING = 0.2  # the correlation from which on neighbours count as alike


def noise_kinds(
    values: np.ndarray, step: float | None = None, cleaned: np.ndarray | None = None
) -> tuple[NoiseKind, ...]:
    """The kinds of noise in a recording ``[t]``, ``step`` seconds apart, in the order to mend them in.

    Told from its longest stretch without gaps; empty where that is too short, or nothing was recognised.
    With ``cleaned`` ``[t]``, what was taken off is asked for its colour as well.
    """
    rest = np.asarray(longest_whole(values)[:_MOST], np.float64)
    found: list[NoiseKind] = []
    if len(rest) < _LEAST or not rest.std():
        return ()
    for recognise in (impulses, hum, wander):
        kind = recognise(rest, step)
        if kind:
            found.append(kind)
            rest = remedied(rest, step, remedies_for([kind]))
    removed = None if cleaned is None else longest_whole(np.asarray(values - cleaned, np.float64)[:_MOST])
    kind = _alike(rest) or coloured(rest) or _resembling(removed) or _white(rest)
    return tuple([*found, kind] if kind else found)


def remedies_for(kinds: Iterable[NoiseKind]) -> Remedies:
    """What all of them advise, together."""
    return Remedies(**{name: value for kind in kinds for name, value in kind.remedies.items()})


def impulses(values: np.ndarray, step: float | None) -> NoiseKind | None:
    """Single samples of a stretch ``[t]`` without gaps that stray from their neighbours as no signal does."""
    found = struck(values)
    if not found.any():
        return None
    share = float(found.mean())
    power = float(np.square(values - despiked(values)).mean() / values.var())
    if share < _STRUCK or power < _STRUCK_POWER:
        return None
    return NoiseKind(
        "impulses",
        min(1.0, power),
        f"Single samples stray far from their neighbours: {100 * share:.2g} % of them.",
        "Despike first: each of those becomes the middle one of its neighbours, and nothing else changes.",
        {"despike": True},
    )


def _alike(values: np.ndarray) -> NoiseKind | None:
    """Whether neighbours resemble each other where the recording is quietest."""
    found = alike_neighbours(values)
    return resembling(*found) if found else None


def _resembling(removed: np.ndarray | None) -> NoiseKind | None:
    """Whether neighbours resemble each other in what was taken off."""
    looked = None if removed is None else look_at_removed(removed)
    if looked is None or looked.autocorrelation[0] < _RESEMBLING:
        return None
    return as_coloured(looked.autocorrelation, 0.0)


def _white(values: np.ndarray) -> NoiseKind | None:
    """Chance noise, where it is strong enough to matter."""
    level = noise_level(values)
    share = level**2 / float(values.var())
    if share < _WHITE_POWER:
        return None
    return NoiseKind(
        "white",
        min(1.0, share),
        f"Chance noise with a standard deviation of about {level:.3g} lies on the recording; each sample has its own.",
        "Blind learning takes it off.",
    )
