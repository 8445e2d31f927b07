"""A network that learns its training samples by heart."""

from collections.abc import Iterator

from aedesk.analysis.health_checks.examination import Examination
from aedesk.analysis.health_checks.finding import Finding, percent
from aedesk.analysis.health_checks.losses import (
    loss_words,
    mean,
    smoothed,
    stood_still,
    task_terms,
)
from aedesk.data.augmentations.none import NoAugmentation
from aedesk.training.trained_model import TrainedModel

_FEWEST_EPOCHS = 6
_LATELY = 3  # epochs at least whose mean is compared, so that one unlucky epoch says nothing
_SHARE = 0.05  # … and this share of the run
_RISEN = 1.1  # the validation loss against its best
_FALLEN = 0.98  # the training loss against the same time's
_GRAVE = 1.3
_GAP = 1.6  # validation over training, and how much that has to have grown
_GROWN = 1.3


def check(examination: Examination) -> Iterator[Finding]:
    """Validation against training, for every term of the task; the worst is said.

    With patience the run stops by itself and goes back to its best weights.
    """
    model = examination.model
    history, recipe = model.history, model.recipe
    if not history.validation or not recipe.data.split.held_out or history.epochs < _FEWEST_EPOCHS:
        return
    names = [name for name in task_terms(model) if len(history.validation.get(name, [])) == history.epochs]
    if not names:
        return
    found = [finding for name in names if (finding := _risen(model, name) or _apart(model, name))]
    if recipe.training.patience:
        found = [finding for finding in found if finding.key != "overfitting-rise"]
    if found:
        yield min(found, key=lambda finding: (finding.severity != "problem", finding.key))
        return
    first = names[0]
    if stood_still(history.train[first]):
        return  # nothing was learned that could hold
    yield Finding(
        "overfitting",
        "fine",
        f"What it learned holds for new samples: {loss_words(first)} {history.train[first][-1]:.3g} in training, "
        f"{history.validation[first][-1]:.3g} in validation.",
    )


def _risen(model: TrainedModel, name: str) -> Finding | None:
    """The validation loss has risen since its best, while the training loss went on falling."""
    width = max(_LATELY, round(_SHARE * model.history.epochs))
    train = smoothed(model.history.train[name], width)
    validation = smoothed(model.history.validation[name], width)
    best = min(range(len(validation)), key=validation.__getitem__)
    apart = len(validation) - 1 - best >= width  # the two means have no epoch in common
    risen = validation[-1] / validation[best] if validation[best] > 0 else 1.0
    if not apart or risen < _RISEN or train[-1] > _FALLEN * train[best]:
        return None
    sentence = (
        f"Overfitting: the validation loss ({loss_words(name)}) was best around epoch {best + 1 + width // 2} and has "
        f"risen by {percent(risen - 1)} since, while the training loss fell."
    )
    advice = "Stop early with patience; weight decay, corruption, augmentation or fewer epochs help too."
    patience = max(_LATELY, round(0.1 * model.recipe.training.epochs))
    severity = "problem" if risen > _GRAVE else "notice"
    changes: dict[str, object] = {"training.patience": patience}
    return Finding("overfitting-rise", severity, sentence, advice, changes)


def _apart(model: TrainedModel, name: str) -> Finding | None:
    """The validation loss has stayed behind and the gap has grown."""
    train, validation = model.history.train[name], model.history.validation[name]
    ratios = [of / to for of, to in zip(validation, train, strict=True) if to > 0]
    if len(ratios) < len(train) or mean(ratios[-_LATELY:]) < max(_GAP, _GROWN * min(ratios)):
        return None
    sentence = (
        f"Overfitting: the validation loss ({loss_words(name)}, {validation[-1]:.3g}) is "
        f"{validation[-1] / train[-1]:.2g} times the training loss ({train[-1]:.3g})."
    )
    advice = "More data help most; augmentation makes more of what there is. A smaller network may help too."
    varied = not isinstance(model.recipe.augmentation, NoAugmentation)
    changes = {} if varied or model.form != "image" else {"augmentation": {"kind": "affine"}}
    return Finding("overfitting-gap", "notice", sentence, advice, changes)
