"""How near the reconstructions are to what they should be."""

from math import isfinite, log10

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from aedesk.analysis.pca import PcaTwin
from aedesk.data.dataset import Dataset
from aedesk.training.trained_model import TrainedModel, apply_in_chunks

_CHUNK = 4096

Figures = dict[str, float | None]


def reconstruction_figures(
    model: TrainedModel, dataset: Dataset, rows: Tensor, twin: PcaTwin, noise: torch.Generator
) -> Figures:
    """Errors of the reconstructions of some rows under one fixed corruption, in scaled units.

    ``test_mse`` and ``pca_mse`` are mean squared errors; ``test_sse`` is the sum per sample. For
    corrupted images ``psnr_before_db``, ``psnr_db`` and ``pca_psnr_db`` take 1 for the range of a
    pixel. ``test_bce`` is the binary cross-entropy per value, for models that learned by it.
    ``hamming`` is the share of values on the wrong side of ½, where the data are only 0 and 1.
    Under a blind corruption the first two are those of the hidden values, whose wanted values are
    as noisy as the data.
    What is no number is None.
    """
    totals: dict[str, float] = {}
    learned_by_bce = model.recipe.objective.reconstruction == "bce"
    binary = True
    for block in rows.split(_CHUNK):
        clean = model.recipe.augmentation.settle(dataset.inputs[block], noise)
        given = clean if dataset.seen is None else dataset.seen[block]
        corrupted, judged = model.recipe.corruption.corrupt(given, noise, dataset.spread)
        wanted, output = clean.numpy(), apply_in_chunks(model.autoencoder, corrupted)
        part = 1.0 if judged is None else judged.numpy() * (judged.numel() / max(1, int(judged.sum()))) ** 0.5
        _add(totals, "test", _squared((output - wanted) * part))
        _add(totals, "pca", _squared((twin.reconstruct(corrupted.numpy()) - wanted) * part))
        _add(totals, "before", _squared(corrupted.numpy() - wanted))
        if learned_by_bce:
            _add(totals, "bce", _cross_entropy(torch.from_numpy(output), clean))
        binary = binary and bool(((clean == 0) | (clean == 1)).all())
        if binary:
            _add(totals, "wrong", float(((output > 0.5) != (wanted > 0.5)).sum()))
    count = len(rows) * dataset.inputs[0].numel()
    return {
        "test_mse": _mean(totals["test"], count),
        "pca_mse": _mean(totals["pca"], count),
        "test_sse": _mean(totals["test"], len(rows)),
        **_peaks(model, totals, count),
        **({"test_bce": _mean(totals["bce"], count)} if learned_by_bce else {}),
        **({"hamming": _mean(totals["wrong"], count)} if binary else {}),
    }


def _peaks(model: TrainedModel, totals: dict[str, float], count: int) -> Figures:
    """Peak signal-to-noise ratios of corrupted images."""
    ranged = model.recipe.data.scaling in ("unit", "centred")
    if model.form != "image" or not ranged or not totals["before"]:
        return {}
    names = {"before": "psnr_before_db", "test": "psnr_db", "pca": "pca_psnr_db"}
    return {
        title: 10 * log10(count / totals[name]) if isfinite(totals[name]) and totals[name] else None
        for name, title in names.items()
    }


def _cross_entropy(output: Tensor, wanted: Tensor) -> float:
    if not torch.isfinite(output).all():
        return float("nan")
    return float(functional.binary_cross_entropy(output, wanted.clamp(0, 1), reduction="sum"))


def _squared(difference: np.ndarray) -> float:
    return float(np.square(difference, dtype=np.float64).sum())


def _add(totals: dict[str, float], name: str, value: float) -> None:
    totals[name] = totals.get(name, 0.0) + value


def _mean(total: float, count: int) -> float | None:
    return total / count if isfinite(total) else None
