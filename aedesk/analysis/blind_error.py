"""How far a method is from samples that it does not see."""

import numpy as np

from aedesk.analysis.denoising import denoise, foretold_stretch
from aedesk.analysis.noise_through import Clean
from aedesk.training.trained_model import TrainedModel

_PHASES = 4


def blind_error(clean: Clean, values: np.ndarray, nearest: int = 1) -> float:
    """How far a method is from samples that it does not see, mean squared (Batson and Royer 2019).

    Every fourth sample in turn is replaced by the mean of its neighbours, and what the method makes of
    that place is compared with the sample itself. Independent noise adds the same to every method. Where the
    noise of neighbours is alike, all that are not as far as the ``nearest`` go with the sample, of fewer samples.
    """
    total, judged, places = 0.0, 0, np.arange(len(values))
    for phase in range(0, _PHASES * nearest, nearest):
        apart = (places - phase) % (_PHASES * nearest)
        hidden = (apart < nearest) | (apart > (_PHASES - 1) * nearest)
        seen = values.copy()
        seen[hidden] = np.interp(places[hidden], places[~hidden], values[~hidden])
        total += float(np.square(clean(seen)[apart == 0] - values[apart == 0]).sum())
        judged += int((apart == 0).sum())
    return total / judged


def network_error(model: TrainedModel, values: np.ndarray, together: np.ndarray | None = None, channel: int = 0) -> float:
    """A network's blind error of a stretch ``[t]`` that is the ``channel`` of ``together`` ``[t, c]``, mean squared.

    One that learned blindly foretells each sample from the others anyway, and is asked for that.
    """
    if not model.recipe.blind:
        return blind_error(beside(together, channel, lambda seen: denoise(model, seen)), values)

    def told(seen: np.ndarray) -> np.ndarray:
        return model.scaler.unscaled(foretold_stretch(model, model.scaler.scaled(seen)))

    return float(np.mean(np.square(beside(together, channel, told)(values) - values)))


def beside(others: np.ndarray | None, channel: int, clean: Clean) -> Clean:
    """What takes and gives all channels ``[t, c]`` as what takes and gives one of them, while the others stay."""
    if others is None:
        return clean

    def clean_one(signal: np.ndarray) -> np.ndarray:
        every = others.copy()
        every[:, channel] = signal
        return clean(every)[:, channel]

    return clean_one
