"""What a terminal says of signals that nobody chose."""

from collections.abc import Sequence

_NAMED = 6  # signals; the others are counted


def columns_left(every: Sequence[str], taken: Sequence[str], done: str) -> str:
    """Which other signals of a table were left and how to choose them, in a sentence; "" where there are none.

    ``done`` is what is done to the ``taken`` ones: "cleaned".
    """
    left = [name for name in every if name not in taken]
    if not left:
        return ""
    which = ", ".join(f"“{name}”" for name in left[:_NAMED]) + (f" and {len(left) - _NAMED} more" if len(left) > _NAMED else "")
    names = ", ".join(f"“{name}”" for name in taken)
    are, they = ("is", "it is") if len(left) == 1 else ("are", "they are")
    return f'{names} alone is {done}, and {which} {are} left as {they}: --column "*" takes all, --column "{left[0]}" one.'
