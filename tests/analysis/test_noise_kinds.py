"""Noise of a known kind on a real heartbeat is recognised for what it is, and none where there is none."""

from functools import cache

import numpy as np
import pytest
import torch
from scipy.signal import resample_poly

from aedesk import paths
from aedesk.analysis.denoising import snr_db
from aedesk.analysis.noise_colour import alike_neighbours
from aedesk.analysis.noise_kinds import noise_kinds, remedies_for
from aedesk.analysis.noise_spectra import NoiseKind
from aedesk.data.corruption import AddedNoise
from aedesk.data.corruptions.coloured import Coloured
from aedesk.data.corruptions.hum import Hum
from aedesk.data.corruptions.impulses import Impulses
from aedesk.data.corruptions.mixed import Mixed
from aedesk.data.corruptions.noise_level import NoiseLevel
from aedesk.data.corruptions.wander import Wander
from aedesk.data.csv_table import read_csv
from aedesk.data.remedies import Remedies, remedied

STEP = 1 / 360


@cache
def heartbeat() -> np.ndarray:
    """The shipped recording without the drift that it has of its own."""
    values = read_csv(paths.resource("examples", "ecg.csv")).column("ecg_mV")
    return remedied(values, STEP, Remedies(detrend=1.5))


def noisy(noise: AddedNoise) -> np.ndarray:
    clean = heartbeat()
    signal = torch.from_numpy(clean - clean.mean())[None]
    return noise.apply(signal, torch.Generator().manual_seed(3), float(clean.std()))[0].numpy() + clean.mean()


def found(values: np.ndarray, step: float | None = STEP) -> dict[str, NoiseKind]:
    return {one.kind: one for one in noise_kinds(values, step)}


def test_the_clean_heartbeat_has_none() -> None:
    assert found(heartbeat()) == {}


def test_the_drift_of_the_real_recording_is_found() -> None:
    values = read_csv(paths.resource("examples", "ecg.csv")).column("ecg_mV")
    kinds = found(values)
    assert list(kinds) == ["wander"] and 5 < kinds["wander"].period * STEP < 15


@pytest.mark.parametrize("level", [0, 6, 12, 18])
def test_chance_noise_is_nothing_else(level: int) -> None:
    kinds = found(noisy(NoiseLevel(snr_db=level)))
    assert list(kinds) == ["white"] and kinds["white"].independent
    assert kinds["white"].share == pytest.approx(1 / (1 + 10 ** (level / 10)), rel=0.2)


@pytest.mark.parametrize(("level", "hertz"), [(0, 50.0), (6, 50.0), (20, 50.0), (6, 60.0), (6, 16.7)])
def test_hum_is_found_with_its_frequency(level: int, hertz: float) -> None:
    kinds = found(noisy(Hum(snr_db=level, period=360 / hertz)))
    hum = kinds.pop("hum")
    assert not kinds and not hum.independent
    assert hum.remedies["notch"] == pytest.approx(hertz, abs=0.05)
    assert hum.remedies["harmonics"] >= 2
    assert f"{hum.remedies['notch']:g} Hz" in hum.sentence and f"{hum.remedies['notch']:g} Hz" in hum.advice


@pytest.mark.parametrize(
    ("noise", "least"),
    [(Hum(snr_db=6), 35), (Wander(snr_db=6, period=2000), 12), (Impulses(snr_db=6), 25)], ids=lambda one: str(getattr(one, "kind", one)),
)  # fmt: skip
def test_its_remedies_take_it_off(noise: AddedNoise, least: float) -> None:
    values = noisy(noise)
    kinds = noise_kinds(values, STEP)
    assert kinds[0].kind == noise.kind and not {one.kind for one in kinds[1:]} - {"white"}
    assert snr_db(heartbeat(), remedied(values, STEP, remedies_for(kinds))) > least


@pytest.mark.parametrize("level", [6, 18])
def test_impulses_are_found(level: int) -> None:
    kinds = found(noisy(Impulses(snr_db=level)))
    assert "impulses" in kinds and not kinds.keys() - {"impulses", "white"}


@pytest.mark.parametrize("level", [0, 6, 12])
def test_coloured_noise_is_found_with_its_length(level: int) -> None:
    kinds = found(noisy(Coloured(snr_db=level)))
    assert "coloured" in kinds and "white" not in kinds and "hum" not in kinds
    assert 10 <= kinds["coloured"].alike <= 64 and kinds["coloured"].hide == 1, "nobody foretells over so many"


@pytest.mark.parametrize("rate", [360, 1000])
@pytest.mark.parametrize("times", [1.0, 3.0, 10.0])
@pytest.mark.parametrize("hertz", [50.02, 59.9])
def test_hum_of_the_mains_is_found_however_strong_it_is(hertz: float, times: float, rate: int) -> None:
    clean = resample_poly(heartbeat(), rate, 360)
    time = np.arange(len(clean)) / rate
    noise = np.random.default_rng(0).normal(0, 0.1 * clean.std(), len(clean))
    values = clean + noise + 2 * times * clean.std() * np.sin(2 * np.pi * hertz * time)
    kinds = noise_kinds(values, 1 / rate)
    assert [one.kind for one in kinds if not one.independent] == ["hum"], "and no drift"
    assert kinds[0].remedies["notch"] == pytest.approx(hertz, abs=0.05) and "or the signal itself" in kinds[0].sentence
    assert snr_db(clean, remedied(values, 1 / rate, remedies_for(kinds))) > 17


@pytest.mark.parametrize("hertz", [50.0, 60.0, 440.0])
@pytest.mark.parametrize("noise", [0.0, 0.1, 0.5])
def test_a_recording_of_nothing_but_a_tone_is_a_signal_at_any_frequency(hertz: float, noise: float) -> None:
    time = np.arange(40_000) / 5000
    wavers = np.sin(2 * np.pi * hertz * time) * (1 + 0.1 * np.sin(3 * time)) + 0.1 * np.sin(6 * np.pi * hertz * time)
    kinds = found(wavers + np.random.default_rng(0).normal(0, noise, len(time)), 1 / 5000)
    assert not kinds.keys() - {"white"}


def test_a_strong_tone_that_is_not_of_the_mains_may_be_the_signal() -> None:
    values = heartbeat() + 0.1 * np.random.default_rng(0).normal(size=len(heartbeat()))
    tone = 3 * values.std() * np.sin(2 * np.pi * 44 * STEP * np.arange(len(values)))
    assert "hum" not in found(values + tone) and "hum" in found(values + tone / 6)


def test_several_are_told_apart() -> None:
    mixed = Mixed(snr_db=3, noises=(NoiseLevel(), Hum(), Impulses(snr_db=3), Wander(snr_db=3, period=2000)))
    assert list(found(noisy(mixed))) == ["impulses", "hum", "wander", "white"]


def test_without_times_all_is_told_in_samples() -> None:
    kinds = noise_kinds(noisy(Hum(snr_db=6)), None)
    assert "cycles per sample" in kinds[0].sentence and kinds[0].period == pytest.approx(7.2, rel=1e-3)
    rest = remedied(noisy(Hum(snr_db=6)), None, remedies_for(kinds))
    assert snr_db(heartbeat(), rest) > 35
    assert "samples" in noise_kinds(noisy(Wander(snr_db=6, period=2000)), None)[0].sentence


def test_a_daily_course_is_told_by_its_period_and_called_no_hum() -> None:
    hours = np.arange(6000)
    noise = np.random.default_rng(0).normal(0, 0.6, len(hours))
    swing = found(0.6 * np.sin(2 * np.pi * hours / 24) + noise, 3600.0)["hum"]
    assert swing.sentence.startswith("The recording swings steadily, once every day: most likely that is your signal.")
    assert "hum" not in swing.sentence and "Hz" not in swing.sentence + swing.advice


def test_a_signal_that_is_a_tone_is_no_noise() -> None:
    time = np.arange(20_000)
    tone = np.sin(time / 9) + 0.3 * np.sin(time / 21) ** 3
    assert found(tone) == {}
    assert list(found(tone + np.random.default_rng(0).normal(0, 0.3, len(time)))) == ["white"]


def test_what_was_taken_off_is_asked_too() -> None:
    values = heartbeat()
    smooth = np.convolve(np.random.default_rng(0).normal(0, 0.2, len(values)), np.ones(5) / 5, "same")
    kinds = noise_kinds(values + smooth, STEP, cleaned=values)
    assert [one.kind for one in kinds] == ["coloured"] and kinds[0].hide in (4, 5)


@pytest.mark.parametrize("values", [np.zeros(1000), np.arange(20.0), np.full(500, np.nan), np.empty(0)], ids=len)
def test_of_too_little_nothing_is_said(values: np.ndarray) -> None:
    assert noise_kinds(values, STEP) == ()


def test_every_kind_says_what_it_is_and_what_to_do() -> None:
    for noise in (Hum(), Coloured(), Impulses(), NoiseLevel(), Wander(period=2000)):
        for one in noise_kinds(noisy(noise), STEP):
            assert one.sentence.endswith(".") and one.advice.endswith(".") and 0 < one.share <= 1
            assert one.hide >= 1


def smoothed(length: int, level: float, seed: int = 0) -> np.ndarray:
    """The heartbeat with noise of which so many neighbours have something in common, as behind a low-pass filter."""
    clean = heartbeat()
    noise = np.convolve(np.random.default_rng(seed).normal(size=len(clean)), np.ones(length), "same")
    return clean + noise * clean.std() / noise.std() * 10 ** (-level / 20)


@pytest.mark.parametrize("level", [0, 6])
@pytest.mark.parametrize("length", [3, 4])
def test_noise_behind_a_low_pass_filter_is_found_with_its_length(length: int, level: float) -> None:
    kinds = found(smoothed(length, level))
    assert "coloured" in kinds and "white" not in kinds
    assert abs(kinds["coloured"].hide - length) <= 1 and kinds["coloured"].hide == kinds["coloured"].alike > 1
    assert "farther away" in kinds["coloured"].advice


@pytest.mark.parametrize("shape", ["heartbeat", "tone", "steps", "saw", "ramp"])
def test_signals_and_white_noise_on_them_are_not_taken_for_noise_of_neighbours(shape: str) -> None:
    count = np.arange(8000)
    clean = {
        "heartbeat": heartbeat()[:8000],
        "tone": np.sin(count / 9),
        "steps": np.repeat(np.random.default_rng(1).normal(size=80), 100),
        "saw": count % 50 / 50,
        "ramp": count / 8000,
    }[shape]
    assert alike_neighbours(clean) is None
    for level in (0, 6, 12, 18):
        noise = np.random.default_rng(level).normal(0, clean.std() * 10 ** (-level / 20), len(clean))
        assert alike_neighbours(clean + noise) is None
    assert alike_neighbours(np.zeros(5000) + 1e-9 * noise[:5000]) is None and alike_neighbours(clean[:500]) is None
