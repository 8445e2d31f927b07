"""How many of the processor's threads a network is worth."""

from collections.abc import Iterator
from contextlib import contextmanager

import torch

_WORTH_A_THREAD = 16_000_000


@contextmanager
def threads_worth(step_cost: int) -> Iterator[None]:
    """Within it torch uses fewer threads for steps that are over before threads could share them.

    ``step_cost`` is in multiplications. The number follows from the recipe alone, not from
    measurements, so that the same recipe adds up the same sums in the same order.
    """
    before = torch.get_num_threads()
    torch.set_num_threads(max(1, min(before, step_cost // _WORTH_A_THREAD)))
    try:
        yield
    finally:
        torch.set_num_threads(before)
