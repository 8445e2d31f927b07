"""What the codes came to be like, where the recipe asks something of them."""

import numpy as np
import torch
from torch import Tensor

from aedesk.analysis.jacobian import mean_squared_jacobian
from aedesk.analysis.separability import separability
from aedesk.analysis.sparsity import near_zero_share
from aedesk.data.dataset import Dataset
from aedesk.training.trained_model import TrainedModel

_DIFFERENTIATED = 500  # samples: each takes one derivative for each number of its code
_WIDEST = 256
_JUDGED = 2000


def code_figures(model: TrainedModel, dataset: Dataset, rows: Tensor, codes: np.ndarray) -> dict[str, float]:
    """Figures of the codes ``[n, k]`` of some rows, for each thing that the objective asks of codes.

    With a penalty that keeps the code from copying, ``near_zero`` is the share of values near 0 (see
    ``near_zero_share``). With one of those that takes derivatives, ``jacobian`` is the mean squared
    Frobenius norm of the encoder's Jacobian at 500 of the rows at most, for codes of up to 256 numbers.
    With an adversary that judges codes, ``told_apart`` is how well 2000 codes at most are told from
    draws of its prior (see ``separability``). Nothing of it where codes are no numbers.
    """
    objective = model.recipe.objective
    if not len(codes) or not np.isfinite(codes).all():
        return {}
    figures: dict[str, float] = {}
    on_code = [penalty for penalty in objective.penalties if penalty.prevents_copying]
    if on_code:
        figures["near_zero"] = near_zero_share(codes)
    if any(penalty.differentiates for penalty in on_code) and codes.shape[1] <= _WIDEST:
        figures["jacobian"] = mean_squared_jacobian(model, dataset.inputs[_some(rows, _DIFFERENTIATED)])
    priors = [prior for adversary in objective.adversaries if (prior := adversary.code_prior())]
    if priors:
        chosen = codes[_some(torch.arange(len(codes)), _JUDGED).numpy()]
        drawn = priors[0].draw(len(chosen), chosen.shape[1], torch.Generator().manual_seed(1))
        figures["told_apart"] = separability(chosen, drawn.numpy())
    return figures


def _some(rows: Tensor, most: int) -> Tensor:
    """So many of the rows at most, chosen by chance, the same ones every time."""
    order = torch.randperm(len(rows), generator=torch.Generator().manual_seed(0))
    return rows[order[:most].sort().values]
