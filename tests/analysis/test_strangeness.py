"""A recording of another kind than a model learned from is noticed."""

import re
from dataclasses import replace

import numpy as np
import pytest

from aedesk.analysis.strangeness import lost_at, strangeness
from aedesk.data.units import unit_of
from aedesk.training.trained_model import TrainedModel
from tests.small import trained


@pytest.fixture
def model() -> TrainedModel:
    learned = trained("signal", "data.scaling=standard")
    return replace(learned, step=1 / 360, feature_names=("ecg_mV",))


def wave(times: float = 1.0) -> np.ndarray:
    return 0.5 + times * 0.3 * np.sin(np.arange(500) / 7) * 1.4


def test_the_same_kind_is_not_strange(model: TrainedModel) -> None:
    assert strangeness(model, ["lead_mV"], wave(), 1 / 360.5) == []
    assert strangeness(model, ["lead"], wave(), None) == []


def test_another_rate_and_another_unit_are_named(model: TrainedModel) -> None:
    rate, unit = strangeness(model, ["ecg_V"], wave(), 1 / 250)
    assert "sampled at 250 Hz" in rate and "learned at 360 Hz" in rate
    assert "in V" in unit and "in mV" in unit


def test_only_a_rate_that_can_be_reached_is_advised(model: TrainedModel) -> None:
    (sentence,) = strangeness(model, ["lead"], wave(), 1 / 7, "bring it by --resample {rate}")
    assert sentence.endswith("at 360 Hz: bring it by --resample 360, or train on it.")
    (sentence,) = strangeness(model, ["lead"], wave(), 3600.0, "bring it by --resample {rate}")
    assert sentence == "The recording is sampled every hour, and the model learned at 360 Hz: train on it."
    hourly = replace(model, step=3600.0)
    (sentence,) = strangeness(hourly, ["lead"], wave(), 1 / 16_000)
    assert sentence.startswith("The recording is sampled at 16 kHz, and the model learned from one sample every hour:")


@pytest.mark.parametrize(("times", "words"), [(1000, "times as much as"), (0.001, "times less than")])
def test_values_that_move_otherwise_may_be_in_another_unit(model: TrainedModel, times: float, words: str) -> None:
    (sentence,) = strangeness(model, ["lead"], wave(times), 1 / 360)
    assert words in sentence and "another unit" in sentence
    assert re.search(r" (\d\u202f)?\d+ times ", sentence), "in plain digits"


def test_gaps_say_nothing(model: TrainedModel) -> None:
    assert strangeness(model, ["lead"], np.full(9, np.nan), 1 / 360) == []


@pytest.mark.parametrize(
    ("column", "unit"),
    [
        ("ecg_mV", "mV"), ("flow (kPa)", "kPa"), ("force [N]", "N"), ("speed (m/s)", "m/s"),
        ("temperature °C", "°C"), ("beat", ""), ("pH_a", ""), ("item", ""), ("x_clean", ""),
    ],
)  # fmt: skip
def test_the_unit_is_read_from_the_name(column: str, unit: str) -> None:
    assert unit_of(column) == unit


@pytest.mark.parametrize(("own", "learned", "said"), [(16_000, 8000, "at 16 kHz, and the model learned at 8 kHz:"), (8000, 16_000, "at 8 kHz, and the model learned at 16 kHz:"), (16_000, 5, "at 16 kHz, and the model learned at 5 Hz:")])
def test_rates_in_one_sentence_have_one_unit(own: int, learned: int, said: str, model: TrainedModel) -> None:
    assert said in strangeness(replace(model, step=1 / learned), ["lead"], wave(), 1 / own)[0]


def test_a_rate_that_much_of_the_signal_is_too_fast_for_is_not_advised(model: TrainedModel) -> None:
    tone = 0.3 * np.sin(2 * np.pi * 440 * np.arange(4000) / 16_000)
    (sentence,) = strangeness(model, ["lead"], tone, 1 / 16_000, "bring it by --resample {rate}")
    assert "--resample" not in sentence and "train on it" in sentence and "nearly all of the signal would be lost" in sentence
    (sentence,) = lost_at(360, tone, 1 / 16_000)
    assert sentence == "Nearly all of the signal is too fast for 360 Hz and was lost. Train on the recording instead."
    slow = 2 * np.sin(2 * np.pi * 44 * np.arange(4000) / 16_000)
    (sentence,) = lost_at(360, np.column_stack([slow, slow + tone]), 1 / 16_000)
    assert sentence.startswith("About 2\u202f% of the signal ")
    assert lost_at(360, slow, 1 / 16_000) == lost_at(0, tone, 1 / 16_000) == lost_at(360, tone, None) == []
