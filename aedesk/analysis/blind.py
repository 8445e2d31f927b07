"""Cleaning by a network that learned blindly, from nothing but the noisy data."""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from aedesk.analysis.noise_level import beyond_noise, noise_level
from aedesk.data.augmentations.turned import Turned
from aedesk.data.corruptions.hidden import Hidden
from aedesk.training.trained_model import TrainedModel


@dataclass(frozen=True)
class Mixture:
    """What was foretold of a signal, and the signal itself, in the shares that leave the least error.

    ``values`` ``[t]`` are in the signal's units, as are ``noise``, the standard deviation of its
    noise, and ``error``, about how far the mixture is from the clean signal (root mean square).
    ``share`` is that of the signal itself.
    """

    values: np.ndarray
    noise: float
    error: float
    share: float


def foretold(model: TrainedModel, x: Tensor) -> Tensor:
    """Each value of scaled samples ``[n, *shape]`` as the model foretells it from all others.

    Values are hidden in turn where the model learned by hiding; a network with a blind spot needs
    only be asked, of windows turned each way where it learned from turned ones.
    """
    hiding, turned = model.recipe.corruption, model.recipe.augmentation
    if not isinstance(hiding, Hidden):
        return turned.mean_answer(model.autoencoder, x) if isinstance(turned, Turned) else model.autoencoder(x)
    found, generator = torch.empty_like(x), torch.Generator().manual_seed(0)
    for seen, hidden in hiding.in_turn(x, generator):
        found = torch.where(hidden, model.autoencoder(seen), found)
    return found


def mixture(values: np.ndarray, told: np.ndarray, noise: float | None = None) -> Mixture:
    """The best mixture of a noisy signal ``[t]`` with what was foretold of it without seeing it.

    The standard deviation of its ``noise`` is estimated where it is not known.
    Errors of the two are independent, so that their squares add up in the difference, and shares by
    the inverse of the squared errors are best (Batson and Royer 2019).
    """
    noise = noise_level(values) if noise is None else noise
    apart = float(np.mean(np.square(values - told, dtype=np.float64)))
    missed = max(0.0, apart - noise**2)
    share = missed / (missed + noise**2) if missed else 0.0
    error = float(np.hypot(share * noise, (1 - share) * beyond_noise(apart, noise, len(values))))
    return Mixture((told + share * (values - told)).astype(np.float32), noise, error, share)
