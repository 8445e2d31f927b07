"""Optimisers, their learning rate over time, and their state as plain tensors."""

from math import cos, pi
from typing import Any

import torch
from torch import Tensor

from aedesk.training_options import TrainingOptions


def optimiser_for(parameters: list[Tensor], options: TrainingOptions) -> torch.optim.Optimizer:
    """The recipe's optimiser in its fused form, one kernel for all weights."""
    common: dict[str, Any] = {
        "lr": options.learning_rate,
        "weight_decay": options.weight_decay,
        "fused": True,
    }
    match options.optimiser:
        case "adam":
            return torch.optim.Adam(parameters, **common)
        case "adamw":
            return torch.optim.AdamW(parameters, **common)
        case "sgd":
            return torch.optim.SGD(parameters, momentum=options.momentum, **common)


def learning_rate(options: TrainingOptions, progress: float) -> float:
    """The learning rate when ``progress`` (0…1) of the run is done.

    One-cycle (Smith and Topin 2018): from a 25th up to the full rate in the first 30 %, then
    down to a ten-thousandth of it, both along a cosine.
    """
    full = options.learning_rate
    if options.schedule == "constant":
        return full
    if progress < 0.3:
        return _along_cosine(full / 25, full, progress / 0.3)
    return _along_cosine(full, full / 1e4, (progress - 0.3) / 0.7)


def _along_cosine(start: float, end: float, progress: float) -> float:
    return end + (start - end) * (1 + cos(pi * min(progress, 1.0))) / 2


def state_tensors(optimiser: torch.optim.Optimizer) -> dict[str, Tensor]:
    """The optimiser's state as CPU tensors, named ``index.key``."""
    return {
        f"{index}.{key}": value.detach().cpu().clone()
        for index, state in optimiser.state_dict()["state"].items()
        for key, value in state.items()
        if isinstance(value, Tensor)
    }


def restore_state(optimiser: torch.optim.Optimizer, tensors: dict[str, Tensor]) -> None:
    """Give an optimiser back the state that ``state_tensors`` took."""
    state: dict[int, dict[str, Tensor]] = {}
    for name, value in tensors.items():
        index, key = name.split(".", 1)
        state.setdefault(int(index), {})[key] = value.clone()
    document = optimiser.state_dict()
    optimiser.load_state_dict({"state": state, "param_groups": document["param_groups"]})
