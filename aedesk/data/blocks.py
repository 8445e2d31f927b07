"""Signals that come in pieces, one after the other, so that they need not fit into memory."""

from collections.abc import Callable, Iterable, Iterator

import numpy as np

from aedesk.data.windowed import NO_BREAKS, whole_stretches

Pieces = Callable[[], Iterable[np.ndarray]]
"""Gives the pieces of a signal, ``[n]`` or ``[n, c]`` each, from its beginning whenever it is called."""


class Reader:
    """Pieces cut anew, where they are wanted to end."""

    def __init__(self, pieces: Iterable[np.ndarray]) -> None:
        self._pieces = iter(pieces)
        self._left: np.ndarray | None = None
        self.at = 0

    def until(self, stop: int) -> Iterator[np.ndarray]:
        """What comes from here to the sample ``stop``, or to the end."""
        while self.at < stop:
            piece = next(self._pieces, None) if self._left is None else self._left
            if piece is None:
                return
            self._left = piece[stop - self.at :] if len(piece) > stop - self.at else None
            piece = piece[: stop - self.at]
            self.at += len(piece)
            yield piece


def abreast(*signals: Iterable[np.ndarray]) -> Iterator[tuple[np.ndarray, ...]]:
    """Pieces of several signals, equally long in each step however each is cut. They end with the shortest."""
    iterators = [iter(signal) for signal in signals]
    left: list[np.ndarray] = [np.empty(0) for _ in signals]
    while True:
        for place, iterator in enumerate(iterators):
            while not len(left[place]):
                piece = next(iterator, None)
                if piece is None:
                    return
                left[place] = piece
        count = min(map(len, left))
        yield tuple(piece[:count] for piece in left)
        left = [piece[count:] for piece in left]


def stretches_of(pieces: Iterable[np.ndarray], breaks: np.ndarray = NO_BREAKS) -> list[slice]:
    """The whole stretches of a signal in pieces: see ``whole_stretches``."""
    found: list[slice] = []
    at, jumps = 0, set(breaks.tolist())
    for piece in pieces:
        for part in whole_stretches(piece, breaks - at):
            start, stop = part.start + at, part.stop + at
            if part.start == 0 and found and found[-1].stop == at and at not in jumps:
                start = found.pop().start
            found.append(slice(start, stop))
        at += len(piece)
    return found


def some_of(pieces: Iterable[np.ndarray], part: slice) -> np.ndarray:
    """The samples of a part, together."""
    reader = Reader(pieces)
    for _ in reader.until(part.start):
        pass
    return np.concatenate(list(reader.until(part.stop)))
