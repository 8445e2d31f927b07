"""The lowest and highest of many samples at once, so that a long signal is drawn as fast as a short one."""

import numpy as np

GROUP = 64
"""Samples whose lowest and highest are kept, and groups of them of which the same is true."""


class Extremes:
    """A signal ``[t]`` and, of every 64, 4096 and so on of its samples, the lowest and the highest.

    Holds the signal itself, not a copy, and beside it a thirtieth as much. A missing value (NaN) is
    passed over as long as there is another one beside it.
    """

    def __init__(self, values: np.ndarray) -> None:
        self.values = values
        self._levels = [(values, values)]
        while len(self._levels[-1][0]) > GROUP:
            low, high = self._levels[-1]
            self._levels.append((_of_each(np.fmin, low, GROUP), _of_each(np.fmax, high, GROUP)))

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
        level = min((width.bit_length() - 1) // (GROUP.bit_length() - 1), len(self._levels) - 1)
        scale = GROUP**level
        first = start // width * width // scale
        last = -(-stop // width) * width // scale
        low, high = (part[first:last] for part in self._levels[level])
        group = width // scale
        values = np.stack([_of_each(np.fmin, low, group), _of_each(np.fmax, high, group)], axis=1).ravel()
        middles = first * scale + width * (np.arange(len(values) // 2) + 0.5) - 0.5
        return np.repeat(middles, 2), values

    def of(self, starts: np.ndarray, stops: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The lowest and the highest of each piece ``[n]``, from a sample of ``starts`` to before one of ``stops``.

        NaN where a piece is empty or holds nothing else.
        """
        return self._of(0, starts, stops)

    def _of(self, level: int, starts: np.ndarray, stops: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The same of a level, by whole groups in the middle of long pieces and by what is left over at their ends."""
        long = stops - starts > 4 * GROUP
        if level + 1 == len(self._levels) or not long.any():
            return _of_pieces(self._levels[level], starts, stops)
        first, last = np.where(long, -(-starts // GROUP), 0), np.where(long, stops // GROUP, 0)
        middle = self._of(level + 1, first, last)
        left = _of_pieces(self._levels[level], starts, np.where(long, first * GROUP, stops))
        right = _of_pieces(self._levels[level], np.where(long, last * GROUP, stops), stops)
        low, high = (
            function.reduce(parts) for function, parts in zip((np.fmin, np.fmax), zip(left, middle, right), strict=True)
        )
        return low, high


def _of_pieces(level: tuple[np.ndarray, np.ndarray], starts: np.ndarray, stops: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The lowest and the highest of every piece of a level, NaN of empty ones."""
    lows, highs = level
    some = stops > starts
    low, high = (np.full(len(starts), np.nan, np.result_type(values.dtype, np.float32)) for values in level)
    if not some.any():
        return low, high
    starts, stops = starts[some], stops[some]
    if (starts[1:] == stops[:-1]).all():
        begins, looked = starts - starts[0], slice(starts[0], stops[-1])
    else:
        lengths = stops - starts
        begins = np.cumsum(lengths) - lengths
        looked = np.repeat(starts - begins, lengths) + np.arange(int(lengths.sum()))
    low[some] = np.fmin.reduceat(lows[looked], begins)
    high[some] = np.fmax.reduceat(highs[looked], begins)
    return low, high


def _of_each(function: np.ufunc, values: np.ndarray, group: int) -> np.ndarray:
    """A function of every ``group`` values ``[t]``, and of what is left over at the end."""
    if group == 1:
        return values
    whole = len(values) // group * group
    found = function.reduce(values[:whole].reshape(-1, group), axis=1)
    return found if whole == len(values) else np.append(found, function.reduce(values[whole:]))
