"""Where a recipe wants the codes to lie."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

    from aedesk.recipe import Recipe


@dataclass(frozen=True, eq=False)
class PriorOutline:
    """``curves`` ``[m, 2]`` over the first two numbers of the code, and the first ones' ``names``."""

    curves: "list[np.ndarray]" = field(default_factory=list)
    names: tuple[str, ...] = ()


def prior_outline(recipe: "Recipe") -> PriorOutline:
    """The outline of the distribution that new codes are drawn from; empty where the recipe has none."""
    from aedesk.analysis.sampling import prior_of

    known = prior_of(recipe)
    return PriorOutline(known[0].outline(), known[0].outline_names) if known else PriorOutline()
