"""What a model says of the rows of a file, where its recipe asks for more than a look: a grid of times, remedies."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from aedesk.analysis.anomalies import scores
from aedesk.analysis.denoising import Mixing, channels_of, denoise, untouched, window_of
from aedesk.analysis.noise_level import noise_level
from aedesk.analysis.noise_profile import LEAST
from aedesk.data.remedies import Remedies, remedied, remedies_of
from aedesk.data.resampling import Resampled, resample
from aedesk.data.sampling import Sampling
from aedesk.data.windowed import longest_whole
from aedesk.training.trained_model import TrainedModel

_JUDGED_BY = 500_000  # samples, from which the noise of a signal's own rows is told
_DRAWN = 20_000  # samples that such noise is drawn for
_DRAWN_THERE = 2_000  # samples of a coarser grid of times
_SAME = 1e-6  # relative
_MOSTLY = 0.5


def clean_rows(
    model: TrainedModel,
    values: np.ndarray,
    sampling: Sampling = Sampling(),  # noqa: B008 - frozen
    rate: float = 0.0,
    noise: np.ndarray | None = None,
    mixing: Mixing | None = None,
    progress: Callable[[float], None] | None = None,
) -> np.ndarray:
    """The signal ``values``, ``[t]`` or ``[t, c]``, as ``denoise`` gives it back, treated as what the model learned from.

    It is brought to ``rate`` samples a second, or where that is 0 to the rate that the model's recipe asks for, and
    afterwards back to its own rows, and the model's remedies are applied: what they take off is missing from the
    answer. ``noise``, ``[m]`` or ``[m, c]``, are rows of noise alone that have been ``treated`` already, where such
    are known, and are else ``drawn_rows``; ``mixing`` and ``progress`` are as of ``denoise``. DataError where a rate
    is wanted and the signal's own is not known.
    """
    if noise is None and mixing is None and model.recipe.blind:
        noise = drawn_rows(model, values, sampling, rate)
    signal = treated(model, values, sampling, rate)
    found = signal.back(denoise(model, signal.values, signal.sampling, noise, mixing, progress)).astype(np.float32, copy=False)
    if signal.is_only_resampled:
        left = _untouched(model, signal)
        found[left] = values[left]  # the way to a grid of times and back would have changed them for nothing
    return found


def score_rows(
    model: TrainedModel,
    values: np.ndarray,
    sampling: Sampling = Sampling(),  # noqa: B008 - frozen
    rate: float = 0.0,
) -> np.ndarray:
    """The ``scores`` ``[t]`` of the signal ``values``, treated as by ``clean_rows``."""
    signal = treated(model, values, sampling, rate)
    return signal.back(scores(model, signal.values, signal.sampling))


def untouched_rows(
    model: TrainedModel,
    values: np.ndarray,
    sampling: Sampling = Sampling(),  # noqa: B008 - frozen
    rate: float = 0.0,
) -> int:
    """In how many rows there are values that ``clean_rows`` leaves, as they lie between gaps too close for a window."""
    left = _untouched(model, treated(model, values, sampling, rate))
    return int(left.reshape(len(left), -1).any(axis=1).sum())


def _untouched(model: TrainedModel, signal: "Treated") -> np.ndarray:
    """Which values those are: bool, like the signal's rows, or ``[t]`` where all channels are seen together."""
    values, window, breaks = signal.values, window_of(model), signal.sampling.breaks
    if values.ndim == 2 and channels_of(model) is None:
        left = np.column_stack([untouched(channel, window, breaks) for channel in values.T])
    else:
        left = untouched(values, window, breaks)
    return signal.back(left) > _MOSTLY


def needs_all_rows(model: TrainedModel, rate: float = 0.0) -> bool:
    """Whether signals are treated before the model sees them, so that they cannot be cleaned block by block."""
    return bool(wanted_rate(model, rate)) or remedies_of(model.recipe.data.source) != Remedies()


def step_seen(model: TrainedModel, sampling: Sampling, rate: float = 0.0) -> float | None:
    """The seconds between the samples that the model is given of a signal, None where they are not known."""
    wanted = wanted_rate(model, rate)
    return 1 / wanted if wanted else sampling.step


def wanted_rate(model: TrainedModel, rate: float = 0.0) -> float:
    """The rate in Hz that signals are brought to: the one that a person says, else the recipe's; 0 for their own."""
    return rate or getattr(model.recipe.data.source, "resample", 0.0)


@dataclass(frozen=True, eq=False)
class Treated:
    """A signal as a model is to see it: ``values`` ``[n]`` or ``[n, c]``, on a grid of times where that was asked for."""

    values: np.ndarray
    sampling: Sampling
    _grid: Resampled | None = None
    is_only_resampled: bool = False

    def back(self, found: np.ndarray) -> np.ndarray:
        """Values beside those of the grid as values beside the rows, ``[t]`` or ``[t, c]``."""
        return found if self._grid is None else self._grid.back(found)


def treated(
    model: TrainedModel,
    values: np.ndarray,
    sampling: Sampling = Sampling(),  # noqa: B008 - frozen
    rate: float = 0.0,
) -> Treated:
    """The signal ``values``, ``[t]`` or ``[t, c]``, treated as by ``clean_rows``."""
    source, rate = model.recipe.data.source, wanted_rate(model, rate)
    grid = resample(values, sampling, rate) if rate else None
    if grid is not None:
        values, sampling = grid.values, grid.sampling
    remedies = remedies_of(source)
    only = grid is not None and remedies == Remedies()
    return Treated(remedied(values, sampling.step, remedies, sampling.breaks), sampling, grid, only)


def silent_rows(
    model: TrainedModel, values: np.ndarray, sampling: Sampling, silence: slice | None, rate: float = 0.0
) -> np.ndarray | None:
    """Those rows of a signal, ``[t]`` or ``[t, c]``, that have nothing but noise, treated; None where none are known."""
    return None if silence is None else treated(model, values[silence], sampling.part(silence), rate).values


def drawn_rows(
    model: TrainedModel,
    values: np.ndarray,
    sampling: Sampling = Sampling(),  # noqa: B008 - frozen
    rate: float = 0.0,
) -> np.ndarray | None:
    """Noise as strong as that in the rows of a signal, ``[t]`` or ``[t, c]``, drawn and treated: ``[m]`` or ``[m, c]``.

    At another rate noise is not white any more, so that ``noise_level`` would find too little of it, or none at all:
    it is told from the signal's own rows instead. None where these are what the model sees, where the noise of
    neighbours may be alike, and where too little is known.
    """
    rate = wanted_rate(model, rate)
    if not rate or not sampling.step or model.recipe.hides_neighbours or _are_even_at(rate, sampling):
        return None
    channels = values.reshape(len(values), -1).T
    levels = [noise_level(np.asarray(longest_whole(one, sampling.breaks)[:_JUDGED_BY], np.float64)) for one in channels]
    part = slice(0, min(len(values), max(_DRAWN, int(_DRAWN_THERE / (rate * sampling.step)))))
    drawn = np.random.default_rng(0).normal(0, levels, (part.stop, len(levels)))
    noise = treated(model, drawn.reshape(-1, *values.shape[1:]), sampling.part(part), rate).values
    return noise if len(noise) >= LEAST and all(levels) else None


def _are_even_at(rate: float, sampling: Sampling) -> bool:
    return sampling.times is None and sampling.step is not None and abs(rate * sampling.step - 1) < _SAME
