"""Whether a recording is of the kind that a model for signals learned from."""

from collections.abc import Sequence

import numpy as np

from aedesk.data.chosen_channels import BETWEEN
from aedesk.data.csv_explanation import every_text, rate_text
from aedesk.data.rates import other_rate
from aedesk.data.readable import readable
from aedesk.data.resampling import can_reach
from aedesk.data.units import unit_of
from aedesk.training.trained_model import TrainedModel

_TIMES_APART = 8.0


def strangeness(
    model: TrainedModel,
    names: Sequence[str],
    values: np.ndarray,
    step: float | None,
    bring: str = "bring it to that rate",
) -> list[str]:
    """What is unlike the recording that a model learned from, a sentence each.

    ``values`` are ``[t]`` or ``[t, c]``, called ``names``, with ``step`` seconds between samples, where
    known. Rates are compared where both are known, units where both names have one, and otherwise the
    spread of the values: eight times as much or as little is more likely another unit. ``bring`` says how a
    recording is brought to another rate, with ``{rate}`` for the one that it should have, in Hz; it is left
    out where that would make too many samples of one (see ``resample``).
    """
    return [*_rates(model, step, bring), *(_units(model, names) or _spreads(model, values))]


def _rates(model: TrainedModel, step: float | None, bring: str) -> list[str]:
    rate = other_rate(step, model.step)
    if rate is None or not step or not model.step:
        return []
    offer = f"{bring.format(rate=f'{rate:.6g}')}, or " if can_reach(step, rate) else ""
    own = f"at {rate_text(1 / step, 1 / model.step)}" if step <= 1 else every_text(step)
    learned = f"at {rate_text(1 / model.step, 1 / step)}" if model.step <= 1 else f"from one sample {every_text(model.step)}"
    return [f"The recording is sampled {own}, and the model learned {learned}: {offer}train on it."]


def _units(model: TrainedModel, names: Sequence[str]) -> list[str]:
    learned = model.feature_names or tuple(getattr(model.recipe.data.source, "column", "").split(BETWEEN))
    pairs = [(unit_of(mine), unit_of(theirs)) for mine, theirs in zip(learned, names, strict=False)]
    other = next(((mine, theirs) for mine, theirs in pairs if mine and theirs and mine != theirs), None)
    if other is None:
        return []
    return [f"The recording is in {other[1]}, and the model learned in {other[0]}: convert it, or train on it."]


def _spreads(model: TrainedModel, values: np.ndarray) -> list[str]:
    if model.recipe.data.scaling != "standard":
        return []
    scaled = model.scaler.scaled(values)
    known = scaled[np.isfinite(scaled)]
    if not len(known):
        return []
    spread = float(known.std(dtype=np.float64))
    if not spread or 1 / _TIMES_APART < spread < _TIMES_APART:
        return []
    amount = f"{readable(spread, 2)} times as much as" if spread > 1 else f"{readable(1 / spread, 2)} times less than"
    return [f"The recording varies {amount} what the model learned from: it may be in another unit."]
