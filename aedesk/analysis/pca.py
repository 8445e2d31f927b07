"""The linear twin: principal component analysis with as many components as the code has numbers."""

from dataclasses import dataclass

import numpy as np

from aedesk.data.dataset import Dataset

_MOST_FEATURES_FOR_COVARIANCE = 4096
_MOST_ROWS_OF_WIDE_DATA = 2000


@dataclass(frozen=True, eq=False)
class PcaTwin:
    """PCA fitted on the training part: ``mean`` ``[features]``, ``components`` ``[k, features]``.

    The best that a linear network with a code of ``k`` numbers can do in squared error
    (Baldi and Hornik 1989). All values are in scaled units.
    """

    mean: np.ndarray
    components: np.ndarray

    def encode(self, x: np.ndarray) -> np.ndarray:
        """Coordinates ``[n, k]`` of samples ``[n, *shape]``."""
        return (x.reshape(len(x), -1) - self.mean) @ self.components.T

    def reconstruct(self, x: np.ndarray) -> np.ndarray:
        """Samples ``[n, *shape]`` after passing through ``k`` numbers."""
        return (self.encode(x) @ self.components + self.mean).reshape(x.shape)


def fit_twin(dataset: Dataset, code_size: int) -> PcaTwin:
    """PCA of the clean training part, with ``code_size`` components or as many as there can be."""
    from sklearn.decomposition import PCA

    rows = dataset.train
    features = dataset.inputs[0].numel()
    wide = features > _MOST_FEATURES_FOR_COVARIANCE
    if wide and len(rows) > _MOST_ROWS_OF_WIDE_DATA:
        rows = rows[np.random.default_rng(0).permutation(len(rows))[:_MOST_ROWS_OF_WIDE_DATA]]
    x = dataset.inputs[rows].reshape(len(rows), -1).numpy()
    if np.ptp(x, axis=0).max() == 0:  # one row, or the same again and again: there are no directions
        return PcaTwin(x[0], np.empty((0, features), np.float32))
    solver = "randomized" if wide else "covariance_eigh"
    pca = PCA(min(code_size, features, len(rows)), svd_solver=solver, random_state=0).fit(x)
    return PcaTwin(pca.mean_.astype(np.float32), pca.components_.astype(np.float32))
