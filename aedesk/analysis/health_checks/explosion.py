"""A loss that has run away."""

from collections.abc import Iterator
from math import isfinite

from aedesk.analysis.health_checks.examination import Examination
from aedesk.analysis.health_checks.finding import Finding, rounded
from aedesk.analysis.health_checks.losses import stood_still
from aedesk.recipe import Recipe

_TIMES = 10.0  # against its best …
_LOST = 0.5  # … and against the first epoch's: what was learned is lost
_FEWEST_EPOCHS = 2
_LIMIT = 1.0
_MODEST_RATE = 1e-3


def check(examination: Examination) -> Iterator[Finding]:
    """A loss that is no number, or orders of magnitude above its best.

    One that has hardly moved is not said to be fine.
    """
    model = examination.model
    history, recipe = model.history, model.recipe
    if examination.diverged:
        sentence = f"The loss stopped being a number in epoch {history.epochs + 1}, which ended the run."
        yield Finding("explosion", "problem", sentence, *_mend(recipe))
        return
    losses = history.train.get(recipe.objective.reconstruction, [])
    if len(losses) < _FEWEST_EPOCHS:
        return
    best, last = min(losses), losses[-1]
    if not isfinite(last) or (last > _TIMES * best and last > _LOST * losses[0]):
        sentence = f"The loss has exploded: it is {last:.2g} now and was {best:.2g} at its best."
        yield Finding("explosion", "problem", sentence, *_mend(recipe))
    elif not stood_still(losses):
        sentence = f"The loss went from {losses[0]:.3g} in the first epoch to {last:.3g} without running away."
        yield Finding("explosion", "fine", sentence)


def _mend(recipe: Recipe) -> tuple[str, dict[str, object]]:
    training = recipe.training
    changes: dict[str, object] = {"training.learning_rate": rounded(training.learning_rate / 10)}
    advice = "A tenth of the learning rate takes smaller steps; a gradient limit shortens the longest."
    if training.learning_rate <= _MODEST_RATE and not training.clip:
        changes["training.clip"] = _LIMIT
    return advice, changes
