"""A small network whose layers learn alone first, for tests of that."""

from small import recipe

from aedesk.recipe import Recipe

LAYERS = "model.encoder.layers=[{width=16, activation='tanh'}, {width=12, activation='sigmoid'}]"


def stacked(*options: str, compare: bool = False) -> Recipe:
    """64–16–12–4 and back: two epochs for each layer alone, and two for all."""
    words = ("training.pretraining.epochs=2", "training.pretraining.learning_rate=0.01")
    compared = f"training.pretraining.compare={str(compare).lower()}"
    return recipe("image", LAYERS, *words, compared, *options)
