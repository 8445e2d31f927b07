"""Whether a classifier can tell codes from draws of a prior."""

import warnings

import numpy as np

_FOLDS = 3


def separability(codes: np.ndarray, draws: np.ndarray, seed: int = 0) -> float:
    """How well codes ``[n, k]`` are told from draws ``[m, k]``: an area under the ROC curve.

    Two classifiers are tried, boosted trees and a small neural network, each judging only rows it did
    not learn from, in 3-fold cross-validation; the better one counts. 0.5 is a guess (chance
    alone leads a little to either side of it), 1 is always right.
    """
    from sklearn.ensemble import HistGradientBoostingClassifier
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.model_selection import StratifiedKFold, cross_val_score
    from sklearn.neural_network import MLPClassifier
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler
    from threadpoolctl import threadpool_limits

    x = np.concatenate([codes, draws]).astype(np.float64)
    y = np.repeat([1, 0], [len(codes), len(draws)])
    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=seed)
    network = MLPClassifier((64, 64), early_stopping=True, max_iter=100, random_state=seed)
    classifiers = (
        HistGradientBoostingClassifier(max_iter=100, random_state=seed),
        make_pipeline(StandardScaler(), network),
    )
    # The threads of such small tasks wait for each other most of the time.
    with warnings.catch_warnings(), threadpool_limits(1):
        warnings.simplefilter("ignore", ConvergenceWarning)
        scores = [cross_val_score(one, x, y, cv=folds, scoring="roc_auc") for one in classifiers]
    return float(max(score.mean() for score in scores))
