"""What a model says of the rows of a file, where its recipe asks for more than a look: a grid of times, remedies."""

from collections.abc import Callable

import numpy as np

from aedesk.analysis.anomalies import scores
from aedesk.analysis.denoising import denoise
from aedesk.data.remedies import Remedies, remedied, remedies_of
from aedesk.data.resampling import resample
from aedesk.data.sampling import Sampling
from aedesk.training.trained_model import TrainedModel


def clean_rows(model: TrainedModel, values: np.ndarray, sampling: Sampling = Sampling()) -> np.ndarray:  # noqa: B008 - frozen
    """The signal ``values``, ``[t]`` or ``[t, c]``, as ``denoise`` gives it back, treated as what the model learned from.

    It is brought to the model's sampling rate where that was asked for and afterwards back to its own rows, and
    the model's remedies are applied: what they take off is missing from the answer.
    """
    return _by_rows(model, denoise, values, sampling).astype(np.float32, copy=False)


def score_rows(model: TrainedModel, values: np.ndarray, sampling: Sampling = Sampling()) -> np.ndarray:  # noqa: B008 - frozen
    """The ``scores`` ``[t]`` of the signal ``values``, treated as what the model learned from."""
    return _by_rows(model, scores, values, sampling)


def needs_all_rows(model: TrainedModel) -> bool:
    """Whether signals are treated before the model sees them, so that they cannot be cleaned block by block."""
    source = model.recipe.data.source
    return bool(getattr(source, "resample", 0.0)) or remedies_of(source) != Remedies()


def _by_rows(
    model: TrainedModel,
    ask: Callable[[TrainedModel, np.ndarray, Sampling], np.ndarray],
    values: np.ndarray,
    sampling: Sampling,
) -> np.ndarray:
    source = model.recipe.data.source
    rate = getattr(source, "resample", 0.0)
    grid = resample(values, sampling, rate) if rate else None
    if grid is not None:
        values, sampling = grid.values, grid.sampling
    found = ask(model, remedied(values, sampling.step, remedies_of(source), sampling.breaks), sampling)
    return found if grid is None else grid.back(found)
