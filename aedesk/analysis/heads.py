"""What a head tells of samples, beside what is true of them."""

from typing import Any

import numpy as np
import torch
from torch import Tensor

from aedesk.data.dataset import Dataset
from aedesk.training.trained_model import TrainedModel, apply_in_chunks


def head_figures(model: TrainedModel, dataset: Dataset, rows: Tensor) -> dict[str, Any]:
    """How well the model's head tells the labels or the number of some rows; nothing without a head.

    For labels: ``head_accuracy``, ``macro_f1`` (the mean over labels, so that rare ones count as
    much) and ``confusion``, counts ``[true][told]`` over all labels. For a number: ``r2`` and
    ``number_error``, the mean absolute error in the number's own units. All are None where the
    network's output is no number, and ``r2`` where the number is the same in all rows.
    """
    head = model.recipe.model.head
    if head is None or not len(rows):
        return {}
    answers = _answers(model, dataset, rows)
    if head.needs == "labels":
        return _label_figures(answers, dataset, rows)
    return _number_figures(answers, dataset, rows)


def _answers(model: TrainedModel, dataset: Dataset, rows: Tensor) -> np.ndarray:
    """What the head puts out for uncorrupted rows, ``[n, outputs]``."""
    network = model.autoencoder
    noise = torch.Generator().manual_seed(0)
    x = model.recipe.augmentation.settle(dataset.inputs[rows], noise)
    return apply_in_chunks(lambda part: network.answer(network.encode(part)), x)


def _label_figures(answers: np.ndarray, dataset: Dataset, rows: Tensor) -> dict[str, Any]:
    from sklearn.metrics import accuracy_score, confusion_matrix, f1_score

    if dataset.labels is None:
        return {}
    labels = dataset.labels[rows.numpy()]
    known = labels >= 0
    if not known.any() or not np.isfinite(answers).all():
        return dict.fromkeys(("head_accuracy", "macro_f1", "confusion"))
    true, told = labels[known], answers[known].argmax(1)
    counts = confusion_matrix(true, told, labels=np.arange(dataset.classes))
    return {
        "head_accuracy": float(accuracy_score(true, told)),
        "macro_f1": float(f1_score(true, told, average="macro", zero_division=0)),
        "confusion": counts.tolist(),
    }


def _number_figures(answers: np.ndarray, dataset: Dataset, rows: Tensor) -> dict[str, Any]:
    from sklearn.metrics import mean_absolute_error, r2_score

    if dataset.targets is None or dataset.target_scaler is None:
        return {}
    unscaled = dataset.target_scaler.unscaled
    true, told = unscaled(dataset.targets[rows].numpy()), unscaled(answers[:, 0])
    if not np.isfinite(told).all():
        return dict.fromkeys(("r2", "number_error"))
    return {
        "r2": float(r2_score(true, told)) if np.ptp(true) > 0 else None,
        "number_error": float(mean_absolute_error(true, told)),
    }
