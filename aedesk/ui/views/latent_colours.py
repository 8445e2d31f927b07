"""What the colours of a map's points mean."""

from dataclasses import dataclass

import numpy as np

from aedesk.ui import theme

_STRETCHES = 24


@dataclass(frozen=True)
class Colouring:
    """The class ``[n]`` of every row of a data set, and the classes' names.

    Without classes, those of some rows are stretches of the time from the first to the last of them.
    """

    classes: np.ndarray | None = None
    names: tuple[str, ...] = ()

    @property
    def goes_by_time(self) -> bool:
        """Whether the colours follow the order in which the rows were recorded."""
        return self.classes is None

    def classes_of(self, rows: np.ndarray) -> np.ndarray:
        """The classes ``[m]`` of rows ``[m]`` that are shown together."""
        if self.classes is not None:
            return self.classes[rows]
        if not len(rows):
            return np.empty(0, np.intp)
        first, last = int(rows.min()), int(rows.max())
        share = (rows - first) / max(last - first, 1)
        return np.rint(share * (_STRETCHES - 1)).astype(np.intp)

    def colours(self) -> np.ndarray:
        """The classes' colours in the theme: uint8 ``[c, 3]`` (RGB)."""
        if self.classes is None:
            return time_ramp(_STRETCHES)
        look = theme.current()
        count = int(self.classes.max(initial=0)) + 1
        if self.names:
            return theme.colour_ramp(look.label_colours, len(look.label_colours))[
                np.arange(count) % len(look.label_colours)
            ]
        return theme.colour_ramp(look.curve_colours[:1], count)


def by_label(labels: np.ndarray, names: tuple[str, ...]) -> Colouring:
    """A colour for each label ``[n]``; labels beyond the ten colours share them."""
    classes = labels.astype(np.intp)
    more = range(len(names), int(classes.max(initial=-1)) + 1)
    return Colouring(classes, names + tuple(str(label) for label in more))


def by_time() -> Colouring:
    """Colours that go from one to another over the rows shown, in the order they were recorded."""
    return Colouring()


def time_ramp(count: int) -> np.ndarray:
    """The colours from the first moment to the last: uint8 ``[count, 3]`` (RGB)."""
    colours = theme.current().curve_colours
    # By way of the fourth, since half-way between the first two lies a brownish grey.
    return theme.colour_ramp((colours[0], colours[3], colours[1]), count)


def one_colour(count: int) -> Colouring:
    """The same colour for all ``count`` rows."""
    return Colouring(np.zeros(count, np.intp))
