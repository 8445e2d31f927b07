"""Where a recipe wants the codes to lie."""

from typing import TYPE_CHECKING

from aedesk.models.priors.gaussian import GaussianPrior

if TYPE_CHECKING:
    import numpy as np

    from aedesk.recipe import Recipe


def prior_outlines(recipe: "Recipe") -> "list[np.ndarray]":
    """Curves ``[m, 2]`` over the first two numbers of the code; none where the recipe has no prior.

    They are those of an adversary's prior, or for variational codes of the normal distribution.
    """
    for adversary in recipe.objective.adversaries:
        prior = adversary.code_prior()
        if prior is not None:
            return prior.outline()
    return GaussianPrior().outline() if recipe.model.bottleneck.draws else []
