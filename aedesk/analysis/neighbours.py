"""Which samples lie near a code."""

from dataclasses import dataclass

import numpy as np

from aedesk.data.dataset import Dataset
from aedesk.training.trained_model import TrainedModel, apply_in_chunks

_MOST_ROWS = 10_000


@dataclass(frozen=True)
class Neighbourhood:
    """The codes ``[n, k]`` of some training rows ``[n]``."""

    rows: np.ndarray
    codes: np.ndarray

    def nearest(self, code: np.ndarray, count: int) -> np.ndarray:
        """The rows whose codes are nearest to ``code`` ``[k]``, the nearest first."""
        distances = np.square(self.codes - code).sum(1)
        count = min(count, len(distances))
        nearest = np.argpartition(distances, count - 1)[:count]
        return self.rows[nearest[np.argsort(distances[nearest])]]


def neighbourhood(model: TrainedModel, dataset: Dataset) -> Neighbourhood:
    """The codes of up to ten thousand training rows, drawn at random but always the same."""
    rows = np.random.default_rng(0).permutation(dataset.train.numpy())[:_MOST_ROWS]
    return Neighbourhood(rows, apply_in_chunks(model.autoencoder.encode, dataset.given[rows]))
