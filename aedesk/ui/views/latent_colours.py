"""What the colours of a map's points mean."""

from dataclasses import dataclass

import numpy as np

from aedesk.ui import theme

_STRETCHES = 24


@dataclass(frozen=True)
class Colouring:
    """The class ``[n]`` of every row of a data set, and the classes' names.

    Classes without names are stretches of time, from the first to the last.
    """

    classes: np.ndarray
    names: tuple[str, ...] = ()

    def colours(self) -> np.ndarray:
        """The classes' colours in the theme: uint8 ``[c, 3]`` (RGB)."""
        look = theme.current()
        count = int(self.classes.max(initial=0)) + 1
        if self.names:
            return theme.colour_ramp(look.label_colours, len(look.label_colours))[
                np.arange(count) % len(look.label_colours)
            ]
        return theme.colour_ramp(look.curve_colours[:2], _STRETCHES)[:count]


def by_label(labels: np.ndarray, names: tuple[str, ...]) -> Colouring:
    """A colour for each label ``[n]``; labels beyond the ten colours share them."""
    classes = labels.astype(np.intp)
    more = range(len(names), int(classes.max(initial=-1)) + 1)
    return Colouring(classes, names + tuple(str(label) for label in more))


def by_time(count: int) -> Colouring:
    """Colours that go from one to another over ``count`` rows in the order they were recorded."""
    return Colouring(np.arange(count) * _STRETCHES // max(count, 1))


def one_colour(count: int) -> Colouring:
    """The same colour for all ``count`` rows."""
    return Colouring(np.zeros(count, np.intp))
