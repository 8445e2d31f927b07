"""Overlapping windows of a stretch, answered by a network and joined without seams, piece by piece."""

from collections.abc import Callable, Iterable, Iterator

import numpy as np
import torch
from torch import Tensor

from aedesk.training.trained_model import apply_in_chunks

Cleaner = Callable[[Tensor], Tensor]
"""Windows ``[n, window]`` or ``[n, window, c]`` as a network answers them, of the same shape or ``[n, window]``."""

_AT_ONCE = 4096
_NUMBERS_AT_ONCE = 2**22  # so that long windows do not fill the memory


def joined(cleaner: Cleaner, pieces: Iterable[np.ndarray], window: int, overlaps: int) -> Iterator[np.ndarray]:
    """A stretch that comes in pieces, ``[t]`` or ``[t, c]``, as float32 pieces of what is made of it.

    Windows start an ``overlaps``-th of a window apart, the last one where it ends with the stretch, which must be
    no shorter than a window. Each sample is a weighted mean of its windows: it counts more in one where it lies
    near the middle and has neighbours on both sides. However the stretch is cut into pieces, the same windows
    are asked together, so that the result is the same; no more is kept than those need.
    """
    join: _Join | None = None
    for piece in pieces:
        if join is None:
            join = _Join(cleaner, window, max(1, window // overlaps), piece[0].size if len(piece) else 1)
        join.take(piece)
        yield from join.ready()
    if join is not None:
        yield join.rest()


class _Join:
    """What is known of the stretch from the first sample on that is not settled yet."""

    def __init__(self, cleaner: Cleaner, window: int, hop: int, channels: int) -> None:
        self._cleaner, self._window, self._hop = cleaner, window, hop
        self._at_once = max(1, min(_AT_ONCE, _NUMBERS_AT_ONCE // (window * channels)))
        self._weight = torch.hann_window(window + 2, periodic=False)[1:-1] + 1e-3
        self._seen: list[np.ndarray] = []
        self._start = 0  # of the next window, from the first sample that is seen
        self._total = self._weights = torch.empty(0)

    def take(self, piece: np.ndarray) -> None:
        """Go on with these samples."""
        self._seen.append(np.ascontiguousarray(piece, np.float32))

    def ready(self) -> Iterator[np.ndarray]:
        """What can be said for good, whatever comes."""
        count = sum(map(len, self._seen))
        span = self._window + (self._at_once - 1) * self._hop
        if count < self._start + span:
            return
        seen = self._together()
        while len(seen) >= self._start + span:
            total, weights = self._added(seen, self._at_once)
            # The last window of all may start right behind the last of these.
            settled = self._start + (self._at_once - 1) * self._hop
            yield (total[:settled] / weights[:settled]).numpy()
            self._total, self._weights = total[settled:].clone(), weights[settled:].clone()
            seen, self._start = seen[settled:], self._hop
        self._seen = [seen.copy()]  # a view would keep all that came before

    def rest(self) -> np.ndarray:
        """All that is left, now that nothing more comes."""
        seen = self._together()
        if len(seen) < self._window:
            raise ValueError(f"a stretch of {len(seen)} samples holds no window of {self._window}")
        count = max(0, (len(seen) - self._window - self._start) // self._hop + 1)
        last = len(seen) - self._window
        ends = self._start + (count - 1) * self._hop == last
        total, weights = self._added(seen, count, None if ends else last)
        return (total / weights).numpy()

    def _together(self) -> np.ndarray:
        return self._seen[0] if len(self._seen) == 1 else np.concatenate(self._seen)

    def _added(self, seen: np.ndarray, count: int, last: int | None = None) -> tuple[Tensor, Tensor]:
        """The weighted sums so far, with ``count`` windows more and perhaps the ``last``, and the sums of weights."""
        window, hop, start = self._window, self._hop, self._start
        if not count and last is None:
            return self._total, self._weights
        every = torch.from_numpy(seen).unfold(0, window, 1)
        every = every if seen.ndim == 1 else every.transpose(1, 2)
        chosen = every[start : start + max(0, count - 1) * hop + 1 : hop][:count]
        chosen = chosen if last is None else torch.cat([chosen, every[last][None]])
        outputs = torch.from_numpy(apply_in_chunks(self._cleaner, chosen))
        more = [1] * (outputs.dim() - 2)
        weight = self._weight.view(-1, *more)
        outputs = outputs * weight
        strides = -(-window // hop)
        length = max(start + (count + strides) * hop, len(seen))
        total, weights = torch.zeros(length, *outputs.shape[2:]), torch.zeros(length, *more)
        if len(self._total):
            total[: len(self._total)], weights[: len(self._weights)] = self._total, self._weights
        for stride in range(strides if count else 0):  # a part of all windows at once; they do not overlap there
            begin = stride * hop
            width = min(hop, window - begin)
            first = start + begin
            for sums, parts in ((total, outputs[:count, begin : begin + width]), (weights, weight[begin : begin + width])):
                sums[first : first + count * hop].unflatten(0, (count, hop))[:, :width] += parts
        if last is not None:
            total[last : last + window] += outputs[-1]
            weights[last : last + window] += weight
        end = start + (count - 1) * hop + window if last is None and count else len(seen)
        return total[:end], weights[:end]
