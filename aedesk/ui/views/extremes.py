"""The lowest and highest of many samples at once, so that a long signal is drawn as fast as a short one."""

import numpy as np

_FACTOR = 64


class Extremes:
    """A signal ``[t]`` and, of every 64, 4096 and so on of its samples, the lowest and the highest.

    Holds the signal itself, not a copy, and beside it a thirtieth as much. A missing value (NaN) is
    passed over as long as there is another one beside it.
    """

    def __init__(self, values: np.ndarray) -> None:
        self.values = values
        self._levels = [(values, values)]
        while len(self._levels[-1][0]) > _FACTOR:
            low, high = self._levels[-1]
            self._levels.append((_of_each(np.fmin, low, _FACTOR), _of_each(np.fmax, high, _FACTOR)))

    def __len__(self) -> int:
        return len(self.values)

    def drawn(self, start: int, stop: int, bins: int) -> tuple[np.ndarray, np.ndarray]:
        """What to draw of the samples from ``start`` to ``stop`` where about ``bins`` can be told apart.

        Returns places, in samples, and values: the samples themselves where they are few, else the
        lowest and the highest of each group, at its middle. Groups begin at the same samples
        wherever the piece begins, so that nothing flickers while it moves.
        """
        start, stop = max(0, start), min(len(self.values), stop)
        if stop - start <= 2 * bins:
            return np.arange(start, max(start, stop)), self.values[start:stop]
        width = 1 << ((stop - start) // bins).bit_length() - 1  # a power of two, as the factor is
        level = min((width.bit_length() - 1) // (_FACTOR.bit_length() - 1), len(self._levels) - 1)
        scale = _FACTOR**level
        first = start // width * width // scale
        last = -(-stop // width) * width // scale
        low, high = (part[first:last] for part in self._levels[level])
        group = width // scale
        values = np.stack([_of_each(np.fmin, low, group), _of_each(np.fmax, high, group)], axis=1).ravel()
        middles = first * scale + width * (np.arange(len(values) // 2) + 0.5) - 0.5
        return np.repeat(middles, 2), values


def _of_each(function: np.ufunc, values: np.ndarray, group: int) -> np.ndarray:
    """A function of every ``group`` values ``[t]``, and of what is left over at the end."""
    if group == 1:
        return values
    whole = len(values) // group * group
    found = function.reduce(values[:whole].reshape(-1, group), axis=1)
    return found if whole == len(values) else np.append(found, function.reduce(values[whole:]))
