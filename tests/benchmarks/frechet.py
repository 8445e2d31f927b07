"""How far two sets of digits are apart, as a classifier's features see them."""

import numpy as np


def frechet_distance(one: np.ndarray, other: np.ndarray) -> float:
    """The Fréchet distance of normal distributions fitted to features ``[n, k]`` and ``[m, k]``.

    Dowson and Landau 1982; for images Heusel et al. 2017.
    """
    means = one.mean(0) - other.mean(0)
    first, second = np.cov(one, rowvar=False), np.cov(other, rowvar=False)
    # The trace of the root of a product of two covariances, by the root of the first.
    values, vectors = np.linalg.eigh(first)
    root = (vectors * np.sqrt(np.clip(values, 0, None))) @ vectors.T
    middle = np.sqrt(np.clip(np.linalg.eigvalsh(root @ second @ root), 0, None)).sum()
    return float(means @ means + np.trace(first) + np.trace(second) - 2 * middle)
