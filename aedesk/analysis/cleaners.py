"""All that can clean a signal, side by side: a network and classical filters, judged blindly."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np

from aedesk.analysis.classical_methods import moving_median, savitzky_golay, wavelet, wiener
from aedesk.analysis.classical_methods.method import Filter, Method
from aedesk.analysis.denoising import denoise, foretold_stretch
from aedesk.analysis.noise_level import noise_level
from aedesk.analysis.quality import remaining_error
from aedesk.data.windowed import longest_stretch, whole_stretches
from aedesk.training.trained_model import TrainedModel

METHODS = (savitzky_golay.METHOD, wiener.METHOD, wavelet.METHOD, moving_median.METHOD)

_PHASES = 4
_MOST = 60_000  # samples that settings are tried on

Clean = Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True)
class Answer:
    """A signal as one method cleans it: ``[t]``, NaN where a value is missing.

    ``method`` is None for the network; ``words`` name the setting. ``error`` is about how far the method
    is from the clean signal where it does not see the sample itself (root mean square, in the signal's
    units): what it misses of the noisy samples, without the noise. ``left`` is about how far ``values``
    are from the clean signal, where the noise is white.
    """

    method: Method | None
    words: str
    values: np.ndarray
    error: float
    left: float


def answers(
    model: TrainedModel, values: np.ndarray, cleaned: np.ndarray, together: np.ndarray | None = None, channel: int = 0
) -> Iterator[Answer]:
    """What the network made of a signal ``[t]``, and what each classical method makes of it.

    A network of several channels saw ``together`` ``[t, c]``, of which the signal is the ``channel``.
    Each method is set to what foretells the samples best that it does not see, on a piece of the
    longest stretch without gaps. One that this is too short for gives no answer.
    """
    seen = longest_stretch(values if together is None else together)
    seen = slice(seen.start, min(seen.stop, seen.start + _MOST))
    piece = np.asarray(values[seen], np.float64)
    noise = noise_level(piece)
    others = None if together is None else np.asarray(together[seen], np.float64)
    one_of = partial(_beside, others, channel)

    def error(apart: float) -> float:
        return float(np.sqrt(max(0.0, apart - noise**2)))

    missed = error(_missed_by(model, piece, one_of))
    yield Answer(None, "", cleaned, missed, _left_by(model, piece, noise, missed, one_of))
    for method in METHODS:
        tried = [(blind_error(one.clean, piece), one) for one in method.filters(len(piece), noise)]
        if tried:
            apart, best = min(tried, key=lambda found: found[0])
            left = remaining_error(best.clean, piece, noise)
            yield Answer(method, best.words, _stretch_by_stretch(best, values), error(apart), left)


def _beside(others: np.ndarray | None, channel: int, clean: Clean) -> Clean:
    """What takes and gives all channels ``[t, c]`` as what takes and gives one of them, while the others stay."""
    if others is None:
        return clean

    def clean_one(signal: np.ndarray) -> np.ndarray:
        every = others.copy()
        every[:, channel] = signal
        return clean(every)[:, channel]

    return clean_one


def blind_error(clean: Clean, values: np.ndarray) -> float:
    """How far a method is from samples that it does not see, mean squared (Batson and Royer 2019).

    Every fourth sample in turn is replaced by the mean of its neighbours, and what the method makes of
    that place is compared with the sample itself. Independent noise adds the same to every method.
    """
    total = 0.0
    between = values.copy()
    between[1:-1] = (values[:-2] + values[2:]) / 2
    between[0], between[-1] = values[1], values[-2]
    for phase in range(_PHASES):
        hidden = slice(phase, None, _PHASES)
        seen = values.copy()
        seen[hidden] = between[hidden]
        total += float(np.square(clean(seen)[hidden] - values[hidden]).sum())
    return total / len(values)


def _missed_by(model: TrainedModel, values: np.ndarray, one_of: Callable[[Clean], Clean]) -> float:
    """A network's blind error, mean squared."""
    if not model.recipe.blind:
        return blind_error(one_of(lambda seen: denoise(model, seen)), values)

    def told(seen: np.ndarray) -> np.ndarray:
        return model.scaler.unscaled(foretold_stretch(model, model.scaler.scaled(seen)))

    return float(np.mean(np.square(one_of(told)(values) - values)))


def _left_by(
    model: TrainedModel, values: np.ndarray, noise: float, missed: float, one_of: Callable[[Clean], Clean]
) -> float:
    """How far a network's answer is from the clean signal. A blind one is the best mixture with the noisy signal."""
    if not model.recipe.blind:
        return remaining_error(one_of(lambda seen: denoise(model, seen)), values, noise)
    return float(noise * missed / np.hypot(noise, missed)) if missed else 0.0


def _stretch_by_stretch(filter_: Filter, values: np.ndarray) -> np.ndarray:
    """The whole signal cleaned, nothing reaching across a gap; stretches too short stay as they are."""
    found = np.asarray(values, np.float64).copy()
    for part in whole_stretches(values):
        if part.stop - part.start >= filter_.least:
            found[part] = filter_.clean(found[part])
    return found
