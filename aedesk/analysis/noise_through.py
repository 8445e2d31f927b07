"""What a method makes of noise alone, and of a signal alone: how much of each it takes off."""

from collections.abc import Callable
from dataclasses import dataclass, fields

import numpy as np

Clean = Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True, eq=False)
class NoiseThrough:
    """How a method treats noise that was drawn for the purpose, ``[t]`` or ``[t, c]``.

    The noise is ``kept`` and ``removed`` together; of the signal there is nothing in either. ``of_centre`` is what
    the method takes off what is known of the clean signal, and ``of_rest`` what it would take off the noise that
    is left in that.
    """

    kept: np.ndarray
    removed: np.ndarray
    of_centre: np.ndarray
    of_rest: np.ndarray

    def part(self, chosen: slice | tuple[slice, int]) -> "NoiseThrough":
        """That of some samples, or of one channel of several."""
        return NoiseThrough(*(getattr(self, field.name)[chosen] for field in fields(self)))


def noise_through(
    clean: Clean, centre: np.ndarray, noise: tuple[np.ndarray, np.ndarray], rest: np.ndarray | None = None
) -> NoiseThrough:
    """How a method treats two draws of noise on a signal that is about ``centre``, all ``[t]`` or ``[t, c]``.

    The noise is put anew on what is known of the clean signal (the parametric bootstrap, as Efron 2004 has it for
    errors of prediction). What the method makes of the signal itself is the same for both draws, and cancels in
    their difference. Methods need not be smooth, as the noise comes as strong as it is, and for linear ones
    ``centre`` does not matter. ``rest`` is what the method that made the centre keeps of these draws; None where
    that was this one.
    """
    one, other = (clean(centre + draw) for draw in noise)
    whole, kept = (noise[0] - noise[1]) / np.sqrt(2), (one - other) / np.sqrt(2)
    rest = kept if rest is None else rest
    of_centre = centre - clean(centre)
    return NoiseThrough(kept, whole - kept, of_centre, centre + rest - clean(centre + rest) - of_centre)
