"""Whether a recording is of the kind that a model for signals learned from."""

from collections.abc import Sequence

import numpy as np

from aedesk.analysis.signal_band import MUCH_LOST, lost_share
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
    out where that would make too many samples of one (see ``resample``), or lose much of the signal.
    """
    return [*_rates(model, values, step, bring), *(_units(model, names) or _spreads(model, values))]


def lost_at(rate: float, values: np.ndarray, step: float | None) -> list[str]:
    """That much of the signal ``values``, ``[t]`` or ``[t, c]``, is lost at a ``rate`` in Hz, where it is: a sentence or none."""
    lost = lost_share(values, step * rate) if step and rate else 0.0
    if lost < MUCH_LOST:
        return []
    return [
        f"{_percent(lost).capitalize()} of the signal is too fast for {_paced(1 / rate)} and was lost. Train on the recording instead."
    ]


def _rates(model: TrainedModel, values: np.ndarray, step: float | None, bring: str) -> list[str]:
    rate = other_rate(step, model.step)
    if rate is None or not step or not model.step:
        return []
    own = f"at {rate_text(1 / step, 1 / model.step)}" if step <= 1 else every_text(step)
    learned = f"at {rate_text(1 / model.step, 1 / step)}" if model.step <= 1 else f"from one sample {every_text(model.step)}"
    lost = lost_share(values, step * rate)
    if lost >= MUCH_LOST:
        advice = f"train on it. Brought to the model’s rate, {_percent(lost)} of the signal would be lost."
    else:
        advice = f"{bring.format(rate=f'{rate:.6g}')}, or train on it." if can_reach(step, rate) else "train on it."
    return [f"The recording is sampled {own}, and the model learned {learned}: {advice}"]


def _paced(step: float) -> str:
    return rate_text(1 / step) if step <= 1 else f"one sample {every_text(step)}"


def _percent(share: float) -> str:
    if share > 0.99:
        return "nearly all"
    return f"about {max(1, round(100 * share))}\u202f%"


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
