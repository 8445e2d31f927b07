"""Where a recording is unlike what a model learned: a score for every sample, a threshold, marked stretches."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from torch import Tensor

from aedesk.analysis.blind import foretold
from aedesk.analysis.denoising import as_float32, channels_of, long_parts, window_of
from aedesk.analysis.noise_level import noise_level
from aedesk.analysis.overlapping import joined
from aedesk.data.loading import load
from aedesk.data.sampling import Sampling
from aedesk.data.windowed import NO_BREAKS, whole_stretches
from aedesk.errors import DataError
from aedesk.training.trained_model import TrainedModel

_OVERLAPS, _BLIND_OVERLAPS = 8, 4
_LEAST = 4  # samples; what is shorter is no stretch
_BETWEEN = 0.5  # of a window: marked stretches that are closer are one
_JUDGED_BY = 500_000  # samples, from which the noise is told
_EFFECTIVE = 1 / 3  # of the samples that a smoothed mean is of, as if all counted alike and knew nothing of each other
_BY_CHANCE = 4.0  # standard deviations
_DEADEST = 100.0
MOST = 0.5
"""Where a larger share of what has a score is marked, the model does not fit the recording."""

_SIGMA_OF_MAD = 1.4826  # standard deviations of a normal distribution are so many median absolute deviations


@dataclass(frozen=True)
class Threshold:
    """The score above which a sample is marked, and the share ``rate`` of normal samples that lie there as well."""

    rate: float
    threshold: float


@dataclass(frozen=True)
class Marked:
    """A stretch of samples ``start`` to ``stop``, whose largest score ``peak`` is at the sample ``at``."""

    start: int
    stop: int
    at: int
    peak: float
    mean: float


def scores(model: TrainedModel, values: np.ndarray, sampling: Sampling = Sampling()) -> np.ndarray:
    """How unlike the signals it learned from each sample of ``values`` is to a model: float64 ``[t]``.

    ``values`` are ``[t]``, or ``[t, c]`` for a model of several channels. A score is the mean squared error with
    which the network gives a sample back, or foretells it where it learned blindly, over all windows that see it,
    smoothed over about a window; in scaled units, so that 1 is the variance of the data where they were
    standardised. NaN where a value is missing or a stretch between gaps is shorter than a window. DataError as
    ``denoise``.

    A sensor that died repeats one value, which a blind model may foretell quite well, and has no noise any more. Where
    the noise is missing, the score is at least its variance, as many times as neighbours are more alike than chance
    could make them, up to a hundred. So that is only noticed in recordings with noise.
    """
    values, window = as_float32(values), window_of(model)
    if values.ndim == 2 and channels_of(model) is None:
        raise DataError("The model takes one channel, and here are several. Choose one of them.")
    found = np.full(len(values), np.nan)
    overlaps = _BLIND_OVERLAPS if model.recipe.blind else _OVERLAPS

    def errors(x: Tensor) -> Tensor:
        return ((foretold(model, x) if model.recipe.blind else model.autoencoder(x)) - x).square()

    parts = long_parts(model, lambda: [values], sampling.breaks)
    noise = _noise_variances(model, values[max(parts, key=lambda part: part.stop - part.start)])
    for part in parts:
        scaled = model.scaler.scaled(values[part])
        missed = np.concatenate(list(joined(errors, [scaled], window, overlaps)))
        channels = [_smoothed(channel, window) for channel in missed.reshape(len(missed), -1).T]
        if model.recipe.blind:
            seen = scaled.reshape(len(scaled), -1).T
            dead = [_deadness(*each, window) for each in zip(seen, noise, strict=True)]
            channels = [np.maximum(*each) for each in zip(channels, dead, strict=True)]
        found[part] = np.mean(channels, axis=0)
    return found


def _noise_variances(model: TrainedModel, values: np.ndarray) -> list[float]:
    """Of the white noise in each channel of a stretch ``[t]`` or ``[t, c]``, in scaled units.

    No less than it was in what a model of one channel learned from: the recording may be dead as a whole.
    """
    scaled = model.scaler.scaled(values[:_JUDGED_BY])
    found = [noise_level(np.asarray(channel, np.float64)) ** 2 for channel in scaled.reshape(len(scaled), -1).T]
    learned = model.metrics.get("noise", 0.0) if len(found) == 1 else 0.0
    return [max(one, (learned / float(np.mean(model.scaler.scale))) ** 2) for one in found]


def _deadness(scaled: np.ndarray, noise: float, window: int) -> np.ndarray:
    """The least score of each sample of a channel ``[t]`` by whether its noise, of that variance, is there: see ``scores``.

    It is by how much samples differ from the mean of their two neighbours. A mean over so many squares is about
    log-normal around what the noise makes it.
    """
    if len(scaled) < 3 or not noise:
        return np.zeros(len(scaled))
    apart = np.pad(scaled[1:-1] - (scaled[:-2] + scaled[2:]) / 2, 1, mode="edge")
    found = _smoothed(np.square(apart) / 1.5, window)
    by_chance = float(np.exp(_BY_CHANCE * np.sqrt(2 / (_EFFECTIVE * window))))
    too_little = noise / np.maximum(found, noise / _DEADEST) / by_chance
    return np.where(too_little > 1, noise * too_little, 0.0)


def normal_scores(model: TrainedModel) -> np.ndarray | None:
    """The scores of what was kept aside while the model learned, read again from where it learned.

    None where nothing was kept aside, or no stretch of it is long enough. DataError where it cannot be read.
    """
    dataset = load(model.recipe.data)
    if dataset.recording is None or dataset.stretches is None or not dataset.held_out:
        return None
    for name in ("validation", "test"):
        part = dataset.stretches[name]
        if part.stop - part.start >= 2 * window_of(model):
            kept = dataset.recording.part(part)
            found = scores(model, kept.values, kept.sampling)
            return found[np.isfinite(found)]
    return None


def threshold_of_normal(normal: np.ndarray, rate: float, window: int) -> Threshold:
    """The threshold that a share ``rate`` of the scores of normal data lies above.

    Where that is rarer than so few windows can tell, it is no lower than where their logarithms, taken to be
    normally distributed, would have it. DataError where there are no scores.
    """
    known = _known(normal)
    found = float(np.quantile(known, 1 - rate))
    if rate * len(known) < window:
        logs = np.log(known)
        found = max(found, _rare(logs.mean(), logs.std(), rate))
    return Threshold(rate, found)


def threshold_of_most(found: np.ndarray, rate: float) -> Threshold:
    """The same where most of a recording, but not all, is taken to be normal.

    The logarithms of its scores are taken to be normally distributed, with the median and the median absolute
    deviation that they have. DataError where there are no scores.
    """
    logs = np.log(_known(found))
    middle = np.median(logs)
    return Threshold(rate, _rare(middle, _SIGMA_OF_MAD * np.median(np.abs(logs - middle)), rate))


def _known(found: np.ndarray) -> np.ndarray:
    known = found[np.isfinite(found)]
    if len(known) < 2:
        raise DataError("The recording has too few samples to tell a threshold from. Use a longer one.")
    return np.maximum(known, np.finfo(np.float64).tiny)


def _rare(mean: float, spread: float, rate: float) -> float:
    """What a share ``rate`` of a log-normal distribution lies above."""
    from scipy.stats import norm

    return float(np.exp(mean + spread * norm.isf(rate)))


def marked(found: np.ndarray, threshold: float, window: int, breaks: np.ndarray = NO_BREAKS) -> list[Marked]:
    """The stretches whose scores lie above the threshold; those closer than half a window are one.

    A stretch ends where a score is missing, and before each of the rows ``breaks``.
    """
    stretches: list[tuple[int, int]] = []
    for part in whole_stretches(found, breaks):
        above = np.concatenate([[False], found[part] > threshold, [False]])
        edges = np.flatnonzero(np.diff(above.astype(np.int8))).reshape(-1, 2) + part.start
        if len(edges):
            apart = edges[1:, 0] - edges[:-1, 1] > _BETWEEN * window
            ends = edges[np.r_[True, apart], 0].tolist(), edges[np.r_[apart, True], 1].tolist()
            stretches += zip(*ends, strict=True)
    return [_marked(found, start, stop) for start, stop in stretches if stop - start >= min(_LEAST, window)]


def share_marked(found: np.ndarray, stretches: Sequence[Marked]) -> float:
    """How much of what has a score is marked."""
    return sum(one.stop - one.start for one in stretches) / max(1, int(np.isfinite(found).sum()))


def _marked(found: np.ndarray, start: int, stop: int) -> Marked:
    inside = found[start:stop]
    return Marked(start, stop, start + int(np.nanargmax(inside)), float(np.nanmax(inside)), float(np.nanmean(inside)))


def _smoothed(values: np.ndarray, window: int) -> np.ndarray:
    """A moving mean with the weights of a window, in float64; at the ends of what there is."""
    from scipy.signal import oaconvolve

    weight = np.hanning(min(window, len(values)) + 2)[1:-1]
    total = oaconvolve(values.astype(np.float64), weight, mode="same")
    return np.maximum(total / oaconvolve(np.ones(len(values)), weight, mode="same"), 0.0)
