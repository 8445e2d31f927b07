"""What a terminal says of rows that are not evenly spaced."""

from aedesk.data.rates import other_rate, plain_rate
from aedesk.data.sampling import Sampling
from aedesk.training.trained_model import TrainedModel


def way_to_even(sampling: Sampling, rate: float, model: TrainedModel | None = None) -> str:
    """How uneven rows are brought to even ones, in a sentence; "" where they are even, or brought to a ``rate`` already.

    A ``model`` of another rate has advice of its own, which makes them even as well.
    """
    if not sampling.unevenness or sampling.step is None or rate:
        return ""
    if model is not None and other_rate(sampling.step, model.step):
        return ""
    return f"A network sees them as if they were evenly spaced; --resample {plain_rate(1 / sampling.step):.6g} makes them so."
