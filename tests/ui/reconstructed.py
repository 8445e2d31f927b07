"""Snapshots of runs that never were, shown in the reconstructions."""

import numpy as np
import torch
from PySide6.QtWidgets import QApplication

from aedesk.data.dataset import Dataset
from aedesk.training.events import Snapshot
from aedesk.ui.views.reconstructions import ReconstructionsView


def snapshot(
    dataset: Dataset,
    rows: np.ndarray,
    corrupted: np.ndarray | None = None,
    reconstructed: np.ndarray | None = None,
) -> Snapshot:
    """What a run would say of some rows; unless told otherwise, of a network that is perfect."""
    original = dataset.inputs[torch.from_numpy(rows)].numpy()
    return Snapshot(
        epochs_done=1.0,
        weights={},
        points=rows,
        codes=np.zeros((len(rows), 7), np.float32),
        rows=rows,
        corrupted=original if corrupted is None else corrupted,
        reconstructed=original if reconstructed is None else reconstructed,
    )


def originals(dataset: Dataset, rows: np.ndarray) -> np.ndarray:
    return dataset.inputs[torch.from_numpy(rows)].numpy()


def shown(view: ReconstructionsView, dataset: Dataset, said: Snapshot, twin: np.ndarray | None = None) -> None:
    view.show_dataset(dataset)
    view.show_snapshot(said, twin)
    QApplication.sendPostedEvents()
