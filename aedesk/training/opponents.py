"""All discriminators of a recipe."""

from torch import Tensor

from aedesk.models.architecture import Shape
from aedesk.models.objective import names_of
from aedesk.recipe import Recipe
from aedesk.training.opponent import Opponent, part_of


def opponents_of(recipe: Recipe, shape: Shape) -> list[Opponent]:
    """The discriminators of a recipe, not yet ready to learn; their terms are named like their kind."""
    adversaries, options = recipe.objective.adversaries, recipe.training
    width = recipe.model.code_width(shape)
    return [
        Opponent(name, adversary, width, shape, options, options.seed + index + 1)
        for index, (name, adversary) in enumerate(zip(names_of(adversaries), adversaries, strict=True))
    ]


def opponent_states(opponents: list[Opponent]) -> dict[str, Tensor]:
    """What all of them learned, by ``opponent.INDEX.…``."""
    return {
        f"opponent.{index}.{name}": value
        for index, opponent in enumerate(opponents)
        for name, value in opponent.state().items()
    }


def restore_opponents(opponents: list[Opponent], tensors: dict[str, Tensor]) -> None:
    """Give all of them back what ``opponent_states`` took.

    One that was not there then, or of another make, begins anew.
    """
    for index, opponent in enumerate(opponents):
        opponent.restore(part_of(tensors, f"opponent.{index}."))
