"""How the difference between data and reconstruction is counted."""

from collections.abc import Callable
from math import prod
from typing import TYPE_CHECKING, Literal

from aedesk.models.architecture import Shape

if TYPE_CHECKING:
    from torch import Tensor

Loss = Literal["mse", "mae", "huber", "bce", "kl"]

LOSS_TITLES = {
    "mse": "Mean squared error",
    "mae": "Mean absolute error",
    "huber": "Huber",
    "bce": "Binary cross-entropy",
    "kl": "KL divergence",
}

LOSS_EXPLANATIONS = {
    "mse": "Large mistakes count most. The usual choice.",
    "mae": "All mistakes count alike, which forgives outliers.",
    "huber": "Squared for small mistakes, absolute for large ones (Huber 1964).",
    "bce": (
        "For values in 0…1, best for those near 0 and 1. It is what one trains to make the Hamming "
        "distance small, which itself cannot be trained and is only reported."
    ),
    "kl": (
        "For shares that add up to 1, as the letters at a place of a word, or spectra: each sample is "
        "divided by its sum, so that its overall level does not count (Kullback and Leibler 1951)."
    ),
}

_TINY = 1e-12


def summed_loss(kind: Loss, delta: float) -> "Callable[[Tensor, Tensor], Tensor]":
    """The loss as a function of output and target ``[n, *shape]`` to the sum over all of it.

    ``delta`` is where Huber's turns from squared to absolute.
    """
    from torch.nn import functional

    if kind == "kl":
        return _summed_divergence
    if kind == "huber":
        return lambda y, x: functional.huber_loss(y, x, reduction="sum", delta=delta)
    if kind == "bce":  # data kept aside may lie a little beyond the range of the training part
        return lambda y, x: functional.binary_cross_entropy(y, x.clamp(0, 1), reduction="sum")
    loss = {"mse": functional.mse_loss, "mae": functional.l1_loss}[kind]
    return lambda y, x: loss(y, x, reduction="sum")


def counted_values(kind: Loss, shape: Shape) -> int:
    """How many values of a sample the loss counts: for distributions each whole one is one."""
    if kind == "kl":
        return shape[0] if len(shape) == 2 else 1
    return prod(shape)


def _summed_divergence(y: "Tensor", x: "Tensor") -> "Tensor":
    """KL from the outputs to the data, both normalised (0 log 0 = 0).

    Of words, ``[n, length, alphabet]``, the letters of each place are a distribution; of anything else
    the whole sample.
    """
    if x.dim() != 3:
        x, y = x.flatten(1), y.flatten(1)
    wanted, given = _shares(x), _shares(y)
    return (wanted * ((wanted + _TINY).log() - (given + _TINY).log())).sum()


def _shares(x: "Tensor") -> "Tensor":
    positive = x.clamp_min(0)
    return positive / positive.sum(-1, keepdim=True).clamp_min(_TINY)
