"""What a terminal says of rows that are not evenly spaced."""

from aedesk.data.rates import plain_rate
from aedesk.data.sampling import Sampling


def way_to_even(sampling: Sampling, rate: float) -> str:
    """How uneven rows are brought to even ones, in a sentence; "" where they are even, or brought to a ``rate`` already."""
    if not sampling.unevenness or sampling.step is None or rate:
        return ""
    return f"A network sees them as if they were evenly spaced; --resample {plain_rate(1 / sampling.step):.6g} makes them so."
