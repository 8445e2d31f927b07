"""How a sample is seen as steps, one after another, each a row of numbers."""

from math import prod

from aedesk.models.architecture import Shape


def steps_of(shape: Shape, step: int = 1) -> tuple[int, int]:
    """How many steps a sample has, and how many numbers each.

    An image ``(c, h, w)`` is read row by row, words ``(length, alphabet)`` letter by letter, and a
    signal or table ``(w,)`` by ``step`` values at a time.
    """
    if len(shape) == 3:
        return shape[1], shape[0] * shape[2]
    if len(shape) == 2:
        return shape[0], shape[1]
    return -(-prod(shape) // step), step
