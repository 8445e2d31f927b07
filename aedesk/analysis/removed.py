"""Whether what was taken from a signal looks like noise, or still contains some of the signal."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from aedesk.analysis.noise_level import LITTLE
from aedesk.analysis.noise_through import NoiseThrough
from aedesk.analysis.removed_kinds import Kind, correlated, is_hum, is_of_the_signal, is_what_was_lost, tone
from aedesk.data.windowed import whole_stretches

_MOST = 1_000_000  # samples that are looked at
_LAGS = 50
_STRUCTURED = 0.1
_LOST = 0.1  # of the removed power: what is less is as good as nothing
_UNSURE = 3.2  # standard deviation of a share that the method tells, times the root of the number of samples
_BY_CHANCE = 2.0  # of those


@dataclass(frozen=True)
class Removed:
    """What was removed, in figures.

    ``autocorrelation`` ``[lags]`` begins at a lag of 1 sample; of independent noise 95 % of it lies
    within ±``band``, and where the method was asked, of noise that it takes off within so much of ``expected``
    ``[lags]``, which a weak filter makes of any noise. ``structured`` is about the share of the removed power that goes on from sample
    to sample otherwise than noise does that was removed: 0 for noise that is pure chance. ``lost`` is about the
    share of the removed power that is no noise, None where the method was not at hand to ask. ``kind`` says what
    there is beside chance noise: some of the ``signal`` (it resembles the cleaned signal, or is strong where
    that changes fast), a ``hum`` at ``line`` cycles per sample, a slow ``drift``, or else ``coloured``; or that
    there is so ``little`` of it that nearly all noise was kept.
    """

    autocorrelation: np.ndarray
    band: float
    structured: float
    kind: Kind = "noise"
    line: float | None = None
    lost: float | None = None
    expected: np.ndarray | None = None

    @property
    def looks_like_noise(self) -> bool:
        """Whether nearly all of it is pure chance."""
        return self.kind == "noise"


def band_around(explained: np.ndarray, count: int) -> float:
    """How far the autocorrelation of noise with such a one ``[lags]``, from a lag of 0 on, strays by chance in 95 % of lags.

    By Bartlett (1946) at lags where it has faded away, twice: both it and what was found are of so many samples.
    """
    if not explained[0]:
        return 1.96 / float(np.sqrt(count))
    alike = 1 + 2 * float(np.square(explained[1:] / explained[0]).sum())
    return 1.96 * float(np.sqrt(2 * alike / count))


def look_at_removed(
    removed: np.ndarray,
    cleaned: np.ndarray | None = None,
    through: NoiseThrough | None = None,
    step: float | None = None,
    notched: Iterable[float] = (),
) -> Removed | None:
    """Judge what was removed from a signal, ``[t]``, beside what was kept of it, ``[t]``, ``step`` seconds apart.

    Looks at the longest stretch without gaps (its first million samples). None where that is too
    short. The autocorrelation is the inverse transform of the power spectrum (Wiener and Khinchin).

    ``through`` ``[t]`` is what the method makes of noise alone, where it can be asked. What a weak filter removes is
    noise that goes on from sample to sample, and goes with the noise it leaves; and of two strong noises a share of
    signal can hardly be seen. So what noise explains is taken off all figures first: what is left of the removed
    power is what was lost of the signal (or is noise of another kind than was drawn).

    A tone is a hum where it is one in the recording, or was ``notched``, in cycles per sample, as somebody asked for
    that. Any other that was removed is taken for some of the signal.
    """
    part = max(whole_stretches(removed), key=lambda part: part.stop - part.start, default=slice(0, 0))
    part = slice(part.start, min(part.stop, part.start + _MOST))
    values = np.asarray(removed[part], np.float64)
    lags = min(_LAGS, len(values) // 4)
    if lags < 4 or not values.var():
        return None
    values = values - values.mean()
    found = correlated(values, values)[: lags + 1]
    power, explained = float(found[0]), np.zeros(lags + 1)
    if through is not None:
        through = through.part(part)
        explained = correlated(through.removed, through.removed)[: lags + 1]
    band = 1.96 / float(np.sqrt(len(values)))
    # The largest of so many lags lies above the band by chance alone; what noise explains has a chance of its own.
    chance = band / 1.96 * float(np.sqrt(2 * np.log(2 * lags) * (1 if through is None else 2)))
    structured = max(0.0, float(np.abs(found - explained)[1:].max()) / power - chance)
    look = Removed(found[1:] / power, band, structured)
    known = None if cleaned is None else np.asarray(cleaned[part], np.float64)
    if through is not None:
        lost, expected = max(0.0, 1 - float(explained[0]) / power), explained[1:] / power
        look = replace(look, band=band_around(explained, len(values)), lost=lost, expected=expected)
    much = structured if through is None else look.lost
    least = _STRUCTURED if through is None else max(_LOST, _BY_CHANCE * _UNSURE / np.sqrt(len(values)))
    if known is not None and much >= least and is_of_the_signal(values, known, lags, through):
        return replace(look, kind="signal")
    kind, line = tone(values, max(structured, look.lost or 0.0))
    hums = line is not None and (known is None or is_hum(values + known, line, step, notched))
    if not hums and through is not None and known is not None and much >= least and is_what_was_lost(values, much, through):
        return replace(look, kind="signal")
    if structured >= _STRUCTURED:
        if line is not None and not hums:
            return replace(look, kind="signal", lost=None if look.lost is None else max(look.lost, structured))
        look = replace(look, kind=kind, line=line)
    if through is not None and look.kind in ("noise", "coloured"):
        noise = float((through.kept + through.removed).std())
        return replace(look, kind="little") if values.std() < LITTLE * noise else look
    return look
