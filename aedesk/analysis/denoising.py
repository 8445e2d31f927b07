"""Noise off a signal of any length: overlapping windows, joined without seams."""

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import tee

import numpy as np

from aedesk.analysis.blind import foretold, mixture
from aedesk.analysis.noise_level import LITTLE, noise_level
from aedesk.analysis.noise_profile import spread_of
from aedesk.analysis.overlapping import Cleaner, joined
from aedesk.data.blocks import Pieces, Reader, abreast, some_of, stretches_of
from aedesk.data.sampling import Sampling
from aedesk.data.windowed import NO_BREAKS, longest_whole, whole_stretches
from aedesk.errors import DataError
from aedesk.training.trained_model import TrainedModel

_OVERLAPS = 16
_BLIND_OVERLAPS = 4  # each window is asked once for every turn of hiding, or has a long network
_OVERLAPS_OF_MAPS = 4  # a network whose code is feature maps sees each sample in its own place already
_JUDGED_BY = 500_000  # samples, from which the noise of a signal of any length is told

DOUBTFUL_SHARE = 0.6
"""Of a signal's variance; where more is taken away, the model is one of another kind of signal."""


def denoise(
    model: TrainedModel,
    values: np.ndarray,
    sampling: Sampling = Sampling(),  # noqa: B008 - frozen
    noise: np.ndarray | None = None,
    mixing: "Mixing | None" = None,
    progress: Callable[[float], None] | None = None,
) -> np.ndarray:
    """The signal ``values``, ``[t]`` or ``[t, c]``, as the model gives it back, in its own units.

    A model of one channel cleans each of several by itself; one of several channels takes them all
    together, in the order it learned them in. Missing values stay missing and no window reaches
    across them or across a break in time; a stretch between two gaps that is shorter than a window
    is left as it is. Where a stretch of ``noise`` alone is known, ``[m]`` or ``[m, c]``, a model that learned blindly
    mixes by its strength; else that is estimated, unless the ``mixing`` of all channels together is given. DataError
    where the model is not one for such signals or no stretch is long enough. ``progress`` is told what share of a
    signal is clean, 0…1, and raises where no more is wanted.
    """
    values = as_float32(values)
    if values.ndim == 2 and channels_of(model) is None:
        noises = [None] * values.shape[1] if noise is None else noise.T
        each = zip(values.T, noises, strict=True)
        return np.stack([denoise(model, one, sampling, other, progress=progress) for one, other in each], axis=1)
    cleaned, count = [], 0
    for piece in denoised(model, lambda: [values], sampling.breaks, noise, mixing):
        cleaned.append(piece)
        count += len(piece)
        if progress:
            progress(count / max(1, len(values)))
    return np.concatenate(cleaned)


def denoised(
    model: TrainedModel,
    pieces: Pieces,
    breaks: np.ndarray = NO_BREAKS,
    noise: np.ndarray | None = None,
    mixing: "Mixing | None" = None,
) -> Iterator[np.ndarray]:
    """A signal that comes in pieces as ``denoise`` gives it back, in float32 pieces cut anew.

    The result is that of the whole signal, and no more of it is kept than a block of windows needs. A model of
    one channel takes pieces ``[n]``, one of several ``[n, c]``. The pieces are gone through twice, by a model that
    learned blindly a third time. DataError as ``denoise``.
    """
    parts = long_parts(model, pieces, breaks)
    head = slice(0, 0)
    if model.recipe.blind and mixing is None:
        longest = max(parts, key=lambda part: part.stop - part.start)
        head = slice(longest.start, min(longest.stop, longest.start + _JUDGED_BY))
        silent = None if noise is None else model.scaler.scaled(as_float32(noise))
        mixing = mixing_of(model, model.scaler.scaled(as_float32(some_of(pieces(), head))), silent)
    reader = Reader(map(as_float32, pieces()))
    for part in parts:
        yield from map(_gaps_marked, reader.until(part.start))
        scaled = map(model.scaler.scaled, reader.until(part.stop))
        if mixing is None:
            clean = clean_pieces(model, scaled)
        else:
            clean = _mixed(model, scaled, mixing, [mixing.told] if part == head else None)
        yield from map(model.scaler.unscaled, clean)
    yield from map(_gaps_marked, reader.until(sys.maxsize))


@dataclass(frozen=True)
class Mixing:
    """How a noisy signal is mixed with what was foretold of it: see ``Mixture``.

    ``shares`` ``[]`` or ``[c]`` are those of the signal itself. ``noise`` and ``error`` are root mean squares over
    all channels, in scaled units, ``error`` 0 where it is not known. ``told`` is what was foretold of the stretch that this was found by.
    """

    shares: np.ndarray
    noise: float
    error: float
    told: np.ndarray = field(repr=False)


def mixing_of(model: TrainedModel, scaled: np.ndarray, noise: np.ndarray | None = None) -> Mixing:
    """How a signal is to be mixed, by a scaled stretch of it that a model that learned blindly foretells.

    Of several channels ``[t, c]`` each is mixed by itself. The stretch must be no shorter than a window. ``noise`` is a
    scaled stretch of noise alone, where one is known. Where it is not, and the noise of neighbours may be alike, nothing
    tells how strong it is: what is foretold is taken as it is.
    """
    told = foretold_stretch(model, scaled)
    channels = [stretch.reshape(len(stretch), -1).T for stretch in (scaled, told)]
    if noise is None and model.recipe.hides_neighbours:
        apart = float(np.sqrt(np.mean(np.square(scaled - told, dtype=np.float64))))
        return Mixing(np.zeros(scaled.shape[1:], np.float32), apart, 0.0, told)
    levels = [None] * len(channels[0]) if noise is None else [spread_of(one) for one in noise.reshape(len(noise), -1).T]
    each = [mixture(*channel) for channel in zip(*channels, levels, strict=True)]
    shares = np.array([one.share for one in each], np.float32).reshape(scaled.shape[1:])
    noise, error = (float(np.sqrt(np.mean(np.square(all_)))) for all_ in zip(*((one.noise, one.error) for one in each), strict=True))
    return Mixing(shares, noise, error, told)


def _mixed(
    model: TrainedModel, scaled: Iterable[np.ndarray], mixing: Mixing, told: Iterable[np.ndarray] | None
) -> Iterator[np.ndarray]:
    """Scaled pieces of a stretch, mixed with what is foretold of them, unless it is ``told`` already."""
    asked, seen = tee(scaled) if told is None else ((), scaled)
    for noisy, clean in abreast(seen, foretold_pieces(model, asked) if told is None else told):
        yield clean + mixing.shares * (noisy - clean)


def clean_pieces(model: TrainedModel, scaled: Iterable[np.ndarray]) -> Iterator[np.ndarray]:
    """Scaled pieces of a stretch as the network gives it back."""
    overlaps = _OVERLAPS_OF_MAPS if model.recipe.model.bottleneck.keeps_features else _OVERLAPS
    return joined(model.autoencoder, scaled, window_of(model), overlaps)


def foretold_pieces(model: TrainedModel, scaled: Iterable[np.ndarray]) -> Iterator[np.ndarray]:
    """Scaled pieces of a stretch as the model foretells each sample from the others."""
    return joined(lambda x: foretold(model, x), scaled, window_of(model), _BLIND_OVERLAPS)


def foretold_stretch(model: TrainedModel, scaled: np.ndarray) -> np.ndarray:
    """A scaled stretch, no shorter than a window, as the model foretells each of its samples from the others."""
    return np.concatenate(list(foretold_pieces(model, [scaled])))


def as_float32(values: np.ndarray) -> np.ndarray:
    """Values as a network computes with them; one that is too large for that is as good as missing."""
    with np.errstate(over="ignore"):
        return np.asarray(values, np.float32)


def _gaps_marked(values: np.ndarray) -> np.ndarray:
    """Values as they are, but NaN for infinite ones."""
    return np.where(np.isfinite(values), values, np.float32(np.nan))


def long_parts(model: TrainedModel, pieces: Pieces, breaks: np.ndarray = NO_BREAKS) -> list[slice]:
    """The stretches of a signal that the model can take. DataError where there is none, or it has other channels."""
    window, together = window_of(model), channels_of(model)

    def fitting() -> Iterator[np.ndarray]:
        for piece in pieces():
            if together is not None and piece.shape[1:] != (together,):
                count = piece.shape[1] if piece.ndim == 2 else 1
                raise DataError(
                    f"The model cleans {together} channels together, and here {'is' if count == 1 else 'are'} {count}. "
                    f"Choose as many, in the order it learned them in: {', '.join(model.feature_names)}."
                )
            yield as_float32(piece)

    return _long_enough(stretches_of(fitting(), breaks), window)


def untouched(values: np.ndarray, window: int, breaks: np.ndarray = NO_BREAKS) -> np.ndarray:
    """1 for samples ``[t]`` between gaps too close for a window, which ``denoise`` leaves, 0 for others, NaN in gaps."""
    found = np.full(len(values), np.nan)
    for part in whole_stretches(np.asarray(values), breaks):
        found[part] = part.stop - part.start < window
    return found


def is_doubtful(values: np.ndarray, cleaned: np.ndarray) -> bool:
    """Whether most of a signal's variance was taken away, as by a model of another kind of signal."""
    return float(np.nanvar(values - cleaned)) > DOUBTFUL_SHARE * float(np.nanvar(values))


def hardly_changed(values: np.ndarray, cleaned: np.ndarray) -> bool:
    """Whether what was taken off a signal ``[t]`` is far less than its noise, so that nearly all of that was kept."""
    noise = noise_level(np.asarray(longest_whole(values)[:_JUDGED_BY], np.float64))
    return float(np.nanstd(values - cleaned)) < LITTLE * noise


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
    """A stretch, ``[t]`` or ``[t, c]``, cleaned window by window: see ``joined``."""
    return np.concatenate(list(joined(cleaner, [scaled], window, overlaps)))


def long_stretches(values: np.ndarray, window: int, breaks: np.ndarray = NO_BREAKS) -> list[slice]:
    """Those whole stretches of ``values``, ``[t]`` or ``[t, c]``, that hold a window. DataError where none does."""
    return _long_enough(whole_stretches(values, breaks), window)


def _long_enough(stretches: list[slice], window: int) -> list[slice]:
    found = [part for part in stretches if part.stop - part.start >= window]
    if not found:
        lacks = f"no stretch of {window} samples without a gap, which the model needs"
        if len(stretches) == 1:
            count = stretches[0].stop - stretches[0].start
            lacks = f"{count} {'sample' if count == 1 else 'samples'} in a row, and the model needs {window}"
        raise DataError(f"The signal has {lacks}. Use a longer recording, or a model with a shorter window.")
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
