"""How strongly codes answer to their inputs."""

import numpy as np
import torch
from torch import Tensor

from aedesk.training.trained_model import TrainedModel

_VALUES = 4_000_000  # of the inputs of one chunk with all that is kept for their derivatives


def mean_squared_jacobian(model: TrainedModel, x: Tensor) -> float:
    """The mean squared Frobenius norm of the encoder's Jacobian at scaled samples ``[n, *shape]``.

    Exact: one derivative for each number of the code. Of drawn codes it is that of their mean.
    """
    chunk = max(1, _VALUES // (16 * max(1, x[0].numel())))
    return float(np.concatenate([_squared(model, part) for part in x.split(chunk)]).mean())


def contraction(model: TrainedModel, x: Tensor) -> float:
    """The mean squared norm of the encoder's Jacobian in units that no rescaling of code or data changes.

    An encoder can make its Jacobian small by making its codes small, and the decoder can undo that.
    So the norm is taken relative to how far the codes spread, and the data: for codes that copy data
    of equal variances it is the number of values of a sample, for k principal components less than k
    in proportion to the variance they explain.
    """
    codes = model.autoencoder.encode(x).numpy().astype(np.float64)
    values = x.flatten(1).numpy().astype(np.float64)
    spread = codes.var(0).sum()
    return mean_squared_jacobian(model, x) * float(values.var(0).sum() / spread) if spread else 0.0


def _squared(model: TrainedModel, x: Tensor) -> np.ndarray:
    """The squared norm at each sample ``[n]``."""
    x = x.detach().clone().requires_grad_()
    with torch.enable_grad():
        codes = model.autoencoder.encode(x)
        total = torch.zeros(len(x), dtype=torch.float64)
        for number in range(codes.shape[1]):
            last = number == codes.shape[1] - 1
            (slopes,) = torch.autograd.grad(codes[:, number].sum(), x, retain_graph=not last)
            total += slopes.flatten(1).double().square().sum(1)
    return total.numpy()
