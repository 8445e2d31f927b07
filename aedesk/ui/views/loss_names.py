"""The names of curves that are no terms of an objective. They know no Qt."""

TOTAL = "Σ"
"""The sum of all terms."""

WITHOUT = "∅"
"""The total of the same network without pretraining."""

ALONE = "1"
"""The loss of a layer that learns alone."""

DISCRIMINATOR = " loss"
"""What the name of a discriminator's own loss ends with, after the name of its term."""

_SHARES = {"accuracy", "R²"}


def is_share(name: str) -> bool:
    """Whether the values are shares of a whole, drawn in per cent beside an axis of their own."""
    return name in _SHARES


def is_watched(name: str) -> bool:
    """Whether it is no term and no part of the total."""
    return is_share(name) or name.endswith(DISCRIMINATOR)
