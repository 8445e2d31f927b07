"""The names of curves that are no terms of an objective. They know no Qt."""

TOTAL = "Σ"
"""The sum of all terms."""

WITHOUT = "∅"
"""The total of the same network without pretraining."""

ALONE = "1"
"""The loss of a layer that learns alone."""

DISCRIMINATOR = " loss"
"""What the name of a discriminator's own loss ends with, after the name of its term."""

R2 = "R²"
"""The share of a number's variance that is told (1 − its squared error over its variance)."""

_SHARES = {"accuracy", R2}


def is_share(name: str) -> bool:
    """Whether the values are shares of a whole, with an axis of their own."""
    return name in _SHARES


def is_per_epoch(name: str) -> bool:
    """Whether it means something over an epoch only: over a few samples R² jumps up and down."""
    return name == R2


def is_watched(name: str) -> bool:
    """Whether it is no term and no part of the total."""
    return is_share(name) or name.endswith(DISCRIMINATOR)
