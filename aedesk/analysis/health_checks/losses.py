"""The losses of a history that checks compare: those of the task itself."""

from aedesk.models.losses import LOSS_TITLES
from aedesk.training.trained_model import TrainedModel

_OF_HEADS = {"labels": "label error", "number": "error of the number"}
_STILL = 0.02


def task_terms(model: TrainedModel) -> list[str]:
    """The terms that say how well the task is done: the reconstruction, and what a head tells.

    Not so penalties and adversaries, and what a bottleneck asks of the code: those are no goals by
    themselves, and may grow as their weights do.
    """
    reconstruction, terms = model.recipe.objective.reconstruction, model.history.train
    return [name for name in (reconstruction, *_OF_HEADS) if name in terms]


def loss_words(name: str) -> str:
    """What a term of the task is called within a sentence, as in “mean squared error”."""
    title = _OF_HEADS.get(name) or LOSS_TITLES.get(name, name)
    first, _, rest = title.partition(" ")
    return title if first.isupper() or not rest else title[0].lower() + title[1:]


def stood_still(losses: list[float]) -> bool:
    """Whether a loss ended within 2 % of where it began, or above."""
    return len(losses) > 1 and losses[-1] > (1 - _STILL) * losses[0]


def mean(values: list[float]) -> float:
    """The mean of some values, of which there is at least one."""
    return sum(values) / len(values)


def smoothed(values: list[float], width: int) -> list[float]:
    """The means of every ``width`` values in a row."""
    return [mean(values[end - width : end]) for end in range(width, len(values) + 1)]
