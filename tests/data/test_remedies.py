"""Remedies: tones, drift and single strays come off, and nothing else does."""

from pathlib import Path

import numpy as np
import pytest

from aedesk.analysis.denoising import snr_db
from aedesk.data.remedies import Remedies, despiked, remedied, remedies_of, struck
from aedesk.data.sources.ramp import Ramp
from aedesk.data.sources.signal import Signal

STEP = 1 / 250
TIME = np.arange(5000) * STEP


def pulses() -> np.ndarray:
    """Something like a heartbeat: a narrow bump once a second, around 2."""
    return 2 + np.exp(-((((TIME % 1) - 0.5) / 0.03) ** 2))


def hum(hertz: float = 50.0) -> np.ndarray:
    return 0.5 * np.sin(2 * np.pi * hertz * TIME + 1) + 0.2 * np.sin(4 * np.pi * hertz * TIME)


def drift(seconds: float = 5.0) -> np.ndarray:
    return np.sin(2 * np.pi * TIME / seconds + 0.5)


def spikes(share: float = 0.02) -> np.ndarray:
    chance = np.random.default_rng(0)
    return chance.choice([-3.0, 3.0], len(TIME)) * (chance.random(len(TIME)) < share)


NOTCH = Remedies(notch=50, harmonics=2)
CASES = {
    "notch": (NOTCH, hum(), 40),
    "detrend": (Remedies(detrend=1.5), drift(), 15),
    "despike": (Remedies(despike=True), spikes(), 20),
}
each = pytest.mark.parametrize(("remedies", "noise", "least"), CASES.values(), ids=CASES)


@each
def test_the_noise_comes_off_up_to_the_ends(remedies: Remedies, noise: np.ndarray, least: float) -> None:
    clean = pulses()
    found = remedied(clean + noise, STEP, remedies)
    assert snr_db(clean, found) > least
    assert snr_db(clean[:200], found[:200]) > least - 8 and snr_db(clean[-200:], found[-200:]) > least - 8


@each
def test_without_such_noise_the_signal_stays(remedies: Remedies, noise: np.ndarray, least: float) -> None:
    assert snr_db(pulses(), remedied(pulses(), STEP, remedies)) > least


@each
def test_nothing_reaches_across_a_gap(remedies: Remedies, noise: np.ndarray, least: float) -> None:
    values = pulses() + noise
    values[2000:2005] = np.nan
    found = remedied(values, STEP, remedies)
    assert np.array_equal(np.isnan(found), np.isnan(values))
    other = values.copy()
    other[2005:] = remedied(values[2005:], STEP, Remedies(notch=3)) + np.nanmean(values[2005:])
    moved = remedied(other, STEP, remedies)
    shift = np.nanmean(other) - np.nanmean(values) if remedies.detrend else 0
    assert moved[:2000] - shift == pytest.approx(found[:2000], abs=1e-9)


@each
def test_nothing_reaches_across_a_break_in_time(remedies: Remedies, noise: np.ndarray, least: float) -> None:
    values, rest = pulses() + noise, remedies.model_copy(update={"detrend": 0.0})
    found = remedied(values, STEP, rest, np.array([2000]))
    apart = np.concatenate([remedied(values[:2000], STEP, rest), remedied(values[2000:], STEP, rest)])
    assert np.array_equal(found, apart)


@each
def test_every_channel_is_treated_by_itself(remedies: Remedies, noise: np.ndarray, least: float) -> None:
    both = np.stack([pulses() + noise, noise], axis=1)
    found = remedied(both, STEP, remedies)
    for channel in range(2):
        assert np.array_equal(found[:, channel], remedied(both[:, channel], STEP, remedies))


def test_a_notch_follows_a_tone_that_wavers() -> None:
    off = hum(50.08)
    assert snr_db(pulses(), remedied(pulses() + off, STEP, NOTCH)) > 9
    wider = NOTCH.model_copy(update={"width": 3.0})
    assert snr_db(pulses(), remedied(pulses() + off, STEP, wider)) > 20


def test_tones_beyond_the_sampling_rate_are_no_matter() -> None:
    assert np.array_equal(remedied(pulses(), STEP, Remedies(notch=130)), pulses())
    found = remedied(pulses() + hum(), STEP, Remedies(notch=50, harmonics=50))
    assert snr_db(pulses(), found) > 35


def test_the_mean_stays() -> None:
    found = remedied(pulses() + drift(), STEP, Remedies(detrend=1.5))
    assert found.mean() == pytest.approx((pulses() + drift()).mean(), abs=0.01)


@pytest.mark.parametrize("count", [1, 2, 4, 7, 30])
def test_short_stretches_pass(count: int) -> None:
    values = np.r_[np.nan, pulses()[:count], np.nan]
    found = remedied(values, STEP, Remedies(despike=True, notch=50, detrend=2.0))
    assert np.array_equal(np.isnan(found), np.isnan(values))
    assert found[1:-1] == pytest.approx(values[1:-1], abs=0.2)


def test_nothing_but_gaps_stays_that() -> None:
    assert np.isnan(remedied(np.full(10, np.nan), STEP, Remedies(despike=True, detrend=1.0))).all()


def test_without_remedies_the_values_are_the_same() -> None:
    values = pulses()
    assert remedied(values, STEP, Remedies()) is values


def test_without_times_seconds_are_samples() -> None:
    values = pulses() + hum()
    assert np.array_equal(remedied(values, None, Remedies(notch=0.2, width=STEP)), remedied(values, STEP, Remedies(notch=50)))


@pytest.mark.parametrize("sigma", [0.0, 0.05, 1.0])
def test_chance_noise_and_pulses_are_not_struck(sigma: float) -> None:
    values = pulses() + np.random.default_rng(1).normal(0, sigma, len(TIME))
    assert struck(values).mean() < 5e-4


def test_what_is_struck_is_found_in_noise() -> None:
    values = pulses() + np.random.default_rng(1).normal(0, 0.05, len(TIME))
    found = struck(values + spikes())
    assert found[spikes() != 0].mean() > 0.9 and found[spikes() == 0].mean() < 0.002
    assert snr_db(values, despiked(values + spikes())) > 20


def test_a_signal_is_read_with_its_remedies(tmp_path: Path) -> None:
    path = tmp_path / "hum.csv"
    rows = zip(TIME, pulses() + hum(), strict=True)
    path.write_text("time_s,x\n" + "\n".join(f"{time:.4f},{value:.6f}" for time, value in rows))
    source = Signal(file=str(path), remedies=NOTCH)
    assert snr_db(pulses(), source.read().values) > 35 > 10 > snr_db(pulses(), Signal(file=str(path)).read().values)
    assert remedies_of(source) == NOTCH and remedies_of(Ramp()) == Remedies()
    assert Signal.model_validate(source.model_dump(mode="json")) == source
