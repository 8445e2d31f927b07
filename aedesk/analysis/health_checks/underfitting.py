"""A run that ended before the network had learned what it could, or much at all."""

from collections.abc import Iterator

import numpy as np
from torch import Tensor

from aedesk.analysis.health_checks.examination import Examination
from aedesk.analysis.health_checks.finding import Finding, percent
from aedesk.analysis.health_checks.losses import mean, stood_still
from aedesk.training.trained_model import TrainedModel

_FEWEST_EPOCHS = 5
_STILL_FALLING = 0.05  # against the best before the last tenth of the run
_MUCH_WORSE = 0.1
_LITTLE = 0.2  # of the data's variance
_NOTHING = 1e-9  # an error that is none but for rounding


def check(examination: Examination) -> Iterator[Finding]:
    """Whether a whole run left much to learn.

    Either it is hardly better than the mean of all samples would be, whatever else was asked of it;
    or its last tenth still brought much at a constant learning rate (a schedule that lets the rate
    fall to nothing ends the learning by itself); or PCA with as many numbers does better, where
    nothing but the reconstruction was asked for.
    """
    model = examination.model
    training, epochs = model.recipe.training, model.history.epochs
    if epochs < training.epochs or examination.diverged:
        return
    fall, lately = _fall(model), _lately(epochs)
    worse = _worse_than_pca(examination)
    little = _little_learned(examination)
    if little:
        sentence = little
    elif fall is not None and fall >= _STILL_FALLING:
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


def _little_learned(examination: Examination) -> str:
    """Says that next to nothing was learned, or nothing where more was or where it was not asked for."""
    model = examination.model
    objective = model.recipe.objective
    if not objective.weight:
        return ""
    share = _share_explained(examination)
    if share is None:
        losses = model.history.train.get(objective.reconstruction, [])
        if examination.measured or len(losses) < _FEWEST_EPOCHS or not stood_still(losses):
            return ""
        return f"The loss has hardly moved: {losses[0]:.3g} in the first epoch and {losses[-1]:.3g} in the last."
    if share >= _LITTLE:
        return ""
    if share < 0.005:
        return "It has hardly learned: its reconstructions are no nearer than the mean of all samples would be."
    return (
        f"It has hardly learned: its reconstructions hold {percent(share)} of what differs between samples, "
        "and are little nearer than the mean of all samples would be."
    )


def _share_explained(examination: Examination) -> float | None:
    """The share of the data's variance that comes back, below 0 for less than the mean sample's.

    None without data, and for data that do not vary.
    """
    if examination.measured is None:
        return None
    clean, output = examination.measured.clean, examination.measured.output
    if examination.model.recipe.objective.reconstruction == "kl":  # which looks at shares alone
        clean, output = _shares(clean), _shares(output)
    variance = float(clean.var(0, correction=0).sum())
    if variance <= _NOTHING:
        return None
    return 1 - float((output - clean).square().mean(0).sum()) / variance


def _shares(x: Tensor) -> Tensor:
    positive = x.clamp_min(0)
    return positive / positive.sum(-1, keepdim=True).clamp_min(_NOTHING)


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
    other = other or recipe.blind  # PCA sees what the network has to foretell
    if measured is None or twin is None or other:
        return None
    clean = measured.clean.numpy()
    theirs = float(np.square(twin.reconstruct(measured.seen.numpy()) - clean).mean())
    ours = float((measured.output - measured.clean).square().mean())
    return ours / theirs - 1 if theirs > _NOTHING else None
