"""A run that ended before the network had learned what it could."""

from collections.abc import Iterator

import numpy as np

from aedesk.analysis.health_checks.examination import Examination
from aedesk.analysis.health_checks.finding import Finding, percent
from aedesk.analysis.health_checks.losses import mean
from aedesk.training.trained_model import TrainedModel

_FEWEST_EPOCHS = 5
_STILL_FALLING = 0.05  # against the best before the last tenth of the run
_MUCH_WORSE = 0.1
_NOTHING = 1e-9  # an error that is none but for rounding


def check(examination: Examination) -> Iterator[Finding]:
    """Whether a whole run left much to learn.

    Either its last tenth still brought much at a constant learning rate (a schedule that lets the
    rate fall to nothing ends the learning by itself), or PCA with as many numbers does better, where
    nothing but the reconstruction was asked for.
    """
    model = examination.model
    training, epochs = model.recipe.training, model.history.epochs
    if epochs < training.epochs or examination.diverged:
        return
    fall, lately = _fall(model), _lately(epochs)
    worse = _worse_than_pca(examination)
    if fall is not None and fall >= _STILL_FALLING:
        period = "the last epoch" if lately == 1 else f"the last {lately} epochs"
        sentence = f"The run ended too soon: {period} still brought the loss down by {percent(fall)}."
    elif worse is not None and worse >= _MUCH_WORSE:
        sentence = (
            f"The error of its reconstructions is {1 + worse:.2g} times that of PCA with as many numbers: "
            "it has not learned all it could."
        )
    else:
        if fall is not None:
            yield Finding("underfitting", "fine", "The loss has settled: more epochs would bring little.")
        elif worse is not None:
            sentence = "It gives samples back as well as PCA with as many numbers, or better."
            yield Finding("underfitting", "fine", sentence)
        return
    changes: dict[str, object] = {"training.epochs": min(2 * training.epochs, 1_000_000)}
    advice = "Give it more epochs; a one-cycle schedule or wider layers may help as well."
    yield Finding("underfitting", "notice", sentence, advice, changes)


def _lately(epochs: int) -> int:
    return max(1, epochs // 10)


def _fall(model: TrainedModel) -> float | None:
    """By what share the last tenth of the run undercut the best before it; None where that says nothing."""
    history, recipe = model.history, model.recipe
    if history.epochs < _FEWEST_EPOCHS or recipe.training.schedule != "constant":
        return None
    losses = (history.validation or history.train).get(recipe.objective.reconstruction, [])
    lately = _lately(history.epochs)
    best_before = min(losses[:-lately], default=0.0)
    return 1 - mean(losses[-lately:]) / best_before if best_before > 0 else None


def _worse_than_pca(examination: Examination) -> float | None:
    """By what share the squared error is above PCA's; None where the network had other goals too."""
    measured, twin, recipe = examination.measured, examination.twin, examination.model.recipe
    objective = recipe.objective
    other = recipe.model.bottleneck.draws or recipe.model.head or objective.penalties or objective.adversaries
    if measured is None or twin is None or other:
        return None
    clean = measured.clean.numpy()
    theirs = float(np.square(twin.reconstruct(measured.seen.numpy()) - clean).mean())
    ours = float((measured.output - measured.clean).square().mean())
    return ours / theirs - 1 if theirs > _NOTHING else None
