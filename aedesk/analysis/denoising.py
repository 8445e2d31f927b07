"""Noise off a signal of any length: overlapping windows, joined without seams."""

from collections.abc import Callable

import numpy as np
import torch
from torch import Tensor

from aedesk.analysis.blind import Mixture, foretold, mixture
from aedesk.data.sampling import Sampling
from aedesk.data.windowed import NO_BREAKS, whole_stretches, windows
from aedesk.errors import DataError
from aedesk.training.trained_model import TrainedModel, apply_in_chunks

Cleaner = Callable[[Tensor], Tensor]

_OVERLAPS = 16
_BLIND_OVERLAPS = 4  # each window is asked once for every turn of hiding, or has a long network
_DOUBTFUL_SHARE = 0.6
_AT_ONCE = 4096


def denoise(model: TrainedModel, values: np.ndarray, sampling: Sampling = Sampling()) -> np.ndarray:
    """The signal ``values``, ``[t]`` or ``[t, c]``, as the model gives it back, in its own units.

    A model of one channel cleans each of several by itself; one of several channels takes them all
    together, in the order it learned them in. Missing values stay missing and no window reaches
    across them or across a break in time; a stretch between two gaps that is shorter than a window
    is left as it is. DataError where the model is not one for such signals or no stretch is long enough.
    """
    window, together = window_of(model), channels_of(model)
    with np.errstate(over="ignore"):  # a value too large for float32 is as good as missing
        values = np.asarray(values, np.float32)
    if values.ndim == 2 and together is None:
        return np.stack([denoise(model, channel, sampling) for channel in values.T], axis=1)
    if together is not None and values.shape[1:] != (together,):
        count = values.shape[1] if values.ndim == 2 else 1
        raise DataError(
            f"The model cleans {together} channels together, and here {'is' if count == 1 else 'are'} {count}. "
            f"Choose as many, in the order it learned them in: {', '.join(model.feature_names)}."
        )
    cleaned = np.where(np.isfinite(values), values, np.float32(np.nan))
    for part in long_stretches(values, window, sampling.breaks):
        scaled = model.scaler.scaled(values[part])
        if model.recipe.blind:
            clean = clean_blindly(model, scaled).values
        else:
            clean = clean_stretch(model.autoencoder, scaled, window)
        cleaned[part] = model.scaler.unscaled(clean)
    return cleaned


def clean_blindly(model: TrainedModel, scaled: np.ndarray) -> Mixture:
    """A scaled stretch, no shorter than a window, cleaned by a model that learned blindly.

    Of several channels ``[t, c]`` each is mixed by itself; noise and error are then those of all of them.
    """
    told = foretold_stretch(model, scaled)
    if scaled.ndim == 1:
        return mixture(scaled, told)
    each = [mixture(*channel) for channel in zip(scaled.T, told.T, strict=True)]
    noise, error = (float(np.sqrt(np.mean(np.square(all_)))) for all_ in zip(*((one.noise, one.error) for one in each), strict=True))
    return Mixture(np.stack([one.values for one in each], axis=1), noise, error)


def foretold_stretch(model: TrainedModel, scaled: np.ndarray) -> np.ndarray:
    """Such a stretch as the model foretells each of its samples from the others."""
    return clean_stretch(lambda x: foretold(model, x), scaled, window_of(model), _BLIND_OVERLAPS)


def untouched(values: np.ndarray, window: int, breaks: np.ndarray = NO_BREAKS) -> int:
    """How many samples lie between gaps too close for a window, so that ``denoise`` leaves them."""
    stretches = whole_stretches(np.asarray(values), breaks)
    return sum(part.stop - part.start for part in stretches if part.stop - part.start < window)


def is_doubtful(values: np.ndarray, cleaned: np.ndarray) -> bool:
    """Whether most of a signal's variance was taken away, as by a model of another kind of signal."""
    return float(np.nanvar(values - cleaned)) > _DOUBTFUL_SHARE * float(np.nanvar(values))


def window_of(model: TrainedModel) -> int:
    """How many samples a model for signals takes at once. DataError for any other model."""
    if model.form != "signal":
        raise DataError(
            f"This model learned from {model.form.removesuffix('s')}s, not from signals. "
            "Open or train one that learned from a signal."
        )
    return model.shape[0]


def channels_of(model: TrainedModel) -> int | None:
    """How many channels a model for signals takes together, None where it takes one alone."""
    return model.shape[1] if len(model.shape) == 2 else None


def clean_stretch(
    cleaner: Cleaner, scaled: np.ndarray, window: int, overlaps: int = _OVERLAPS
) -> np.ndarray:
    """A stretch, ``[t]`` or ``[t, c]``, cleaned window by window, each sample a weighted mean of its ``overlaps`` windows.

    A sample counts more in a window where it lies near the middle and has neighbours on both sides.
    """
    starts = torch.arange(0, len(scaled) - window + 1, max(1, window // overlaps))
    last = len(scaled) - window
    if starts[-1] != last:
        starts = torch.cat([starts, torch.tensor([last])])
    every = windows(scaled, window)
    weight = (torch.hann_window(window + 2, periodic=False)[1:-1] + 1e-3).view(-1, *[1] * (scaled.ndim - 1))
    total, weights = torch.zeros(scaled.shape), torch.zeros(len(scaled), *[1] * (scaled.ndim - 1))
    for block in starts.split(_AT_ONCE):
        outputs = torch.from_numpy(apply_in_chunks(cleaner, every[block]))
        places = (block[:, None] + torch.arange(window)).reshape(-1)
        total.index_add_(0, places, (outputs * weight).flatten(0, 1))
        weights.index_add_(0, places, weight.repeat(len(block), *[1] * (scaled.ndim - 1)))
    return (total / weights).numpy()


def long_stretches(values: np.ndarray, window: int, breaks: np.ndarray = NO_BREAKS) -> list[slice]:
    """Those whole stretches of ``values``, ``[t]`` or ``[t, c]``, that hold a window. DataError where none does."""
    found = [part for part in whole_stretches(values, breaks) if part.stop - part.start >= window]
    if not found:
        raise DataError(
            f"The signal has no stretch of {window} samples without a gap, which the model needs. "
            "Use a longer recording, or a model with a shorter window."
        )
    return found


def snr_db(clean: np.ndarray, other: np.ndarray) -> float:
    """Signal-to-noise ratio in dB: the variance of ``clean`` over the mean square of the difference.

    Of several channels ``[t, c]`` both are means over all of them.
    """
    noise = float(np.mean(np.square(other - clean, dtype=np.float64)))
    power = float(np.var(clean, axis=0, dtype=np.float64).mean())
    if not noise or not power:
        return float("inf") if power else float("-inf")
    return float(10 * np.log10(power / noise))
