"""A contest between the network and a discriminator that has been decided."""

from collections.abc import Iterator
from math import log

from aedesk.analysis.health_checks.examination import Examination
from aedesk.analysis.health_checks.finding import Finding, rounded
from aedesk.analysis.health_checks.losses import mean
from aedesk.models.objective import names_of

_LATELY = 3
_FEWEST_EPOCHS = 3
_GUESSING = log(2)  # the loss of a discriminator that tosses a coin
_WON = 0.1
_LOST = 1.3 * _GUESSING


def check(examination: Examination) -> Iterator[Finding]:
    """Whether a discriminator tells all, and so teaches nothing, or is worse than a guess.

    One that can only guess is what is wanted: real and made are alike to it.
    """
    history, objective = examination.model.history, examination.model.recipe.objective
    names = names_of(objective.adversaries)
    for index, (name, adversary) in enumerate(zip(names, objective.adversaries, strict=True)):
        losses = history.figures.get(f"{name} loss", [])
        if len(losses) < _FEWEST_EPOCHS:
            continue
        key, rate, field = f"discriminator-{index}", adversary.learning_rate, f"objective.adversaries.{index}"
        loss = mean(losses[-_LATELY:])
        who = f"The discriminator “{adversary.title}”"
        beside = f"its loss is {loss:.2g}, where guessing gives {_GUESSING:.2g}"
        if loss < _WON:
            sentence = f"{who} has won: {beside}. From one that is never fooled the network learns little."
            advice = "Let the discriminator learn more slowly, so that the network can follow."
            yield Finding(key, "notice", sentence, advice, {f"{field}.learning_rate": rounded(rate / 5)})
        elif loss > _LOST:
            sentence = f"{who} has lost: {beside}, so what it says misleads the network."
            advice = "Let the discriminator learn faster, or give fooling it less weight."
            yield Finding(key, "notice", sentence, advice, {f"{field}.learning_rate": rounded(min(3 * rate, 100.0))})
        else:
            yield Finding(key, "fine", f"{who} and the network are a match: {beside}.")
