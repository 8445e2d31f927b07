"""Noise along time: as strong as is said, and of the course that it is named for."""

import numpy as np
import pytest
import torch

from aedesk.data.corruption import AddedNoise, Corruption
from aedesk.data.corruptions.coloured import Coloured
from aedesk.data.corruptions.hum import Hum
from aedesk.data.corruptions.impulses import Impulses
from aedesk.data.corruptions.mixed import Mixed
from aedesk.data.corruptions.noise_level import NoiseLevel
from aedesk.data.corruptions.recorded import Recorded
from aedesk.data.corruptions.wander import Wander

KINDS = [
    NoiseLevel(), Coloured(), Coloured(exponent=0), Coloured(exponent=2), Hum(), Hum(period=2, harmonics=9),
    Hum(period=40, harmonics=1), Wander(), Wander(period=30), Impulses(), Impulses(share=0.3),
    Recorded(file="ecg.csv"), Mixed(), Mixed(noises=(Hum(snr_db=20, least=0), Coloured(snr_db=3))),
]  # fmt: skip
each = pytest.mark.parametrize("kind", KINDS, ids=str)


def noise(kind: AddedNoise, count: int = 2000, length: int = 500, spread: float = 1.0) -> np.ndarray:
    """What is added to nothing: ``[count, length]``."""
    return kind.apply(torch.zeros(count, length), torch.Generator().manual_seed(0), spread).numpy()


def test_no_kind_is_left_out() -> None:
    known = {type(kind) for kind in KINDS}
    assert {kind for kind in Corruption.kinds().values() if issubclass(kind, AddedNoise)} == known


@each
@pytest.mark.parametrize("length", [499, 500, 7, 1])
def test_the_power_is_what_the_decibels_say(kind: AddedNoise, length: int) -> None:
    for snr in (-10.0, 6.0, 20.0):
        found = noise(kind.model_copy(update={"snr_db": snr}), 20_000 if length < 100 else 2000, length, spread=3.0)
        assert 10 * np.log10(9 / np.square(found).mean()) == pytest.approx(snr, abs=0.5)


@each
def test_every_sample_has_noise_of_its_own_level_in_a_range(kind: AddedNoise) -> None:
    found = noise(kind.model_copy(update={"snr_db": 20.0, "least": 0.0}), length=4000)
    levels = -10 * np.log10(np.square(found).mean(1))
    assert levels.std() > 3
    assert len(np.unique(found[:50], axis=0)) == 50


@each
def test_it_is_for_signals(kind: AddedNoise) -> None:
    others = [kind.misfit(form) for form in ("image", "table", "words")]
    assert not kind.misfit("signal")
    assert all(text.endswith(".") for text in others) if not isinstance(kind, NoiseLevel) else not any(others)


@pytest.mark.parametrize("exponent", [0.0, 1.0, 2.0])
def test_the_spectrum_falls_as_the_colour_says(exponent: float) -> None:
    power = np.square(np.abs(np.fft.rfft(noise(Coloured(exponent=exponent))))).mean(0)
    place = np.arange(len(power))[2:200]
    slope = np.polyfit(np.log(place), np.log(power[2:200]), 1)[0]
    assert slope == pytest.approx(-exponent, abs=0.05)


def test_hum_has_its_tones_and_nothing_else() -> None:
    power = np.square(np.abs(np.fft.rfft(noise(Hum(period=20.0, harmonics=3))))).mean(0)
    tones = power[[25, 50, 75]]
    assert tones.sum() > 0.999 * power.sum()
    assert tones / tones[0] == pytest.approx([1, 1 / 4, 1 / 9], rel=1e-3)


def test_tones_too_high_for_the_rate_are_left_out() -> None:
    power = np.square(np.abs(np.fft.rfft(noise(Hum(period=5.0, harmonics=50))))).mean(0)
    assert power[[100, 200]].sum() > 0.999 * power.sum()


def test_wander_is_slow() -> None:
    power = np.square(np.abs(np.fft.rfft(noise(Wander(period=50.0), length=5000) * np.hanning(5000)))).mean(0)
    assert power[:103].sum() > 0.999 * power.sum()  # 100 swings of the shortest period


@pytest.mark.parametrize("share", [0.01, 0.3])
def test_impulses_strike_their_share(share: float) -> None:
    assert (noise(Impulses(share=share)) != 0).mean() == pytest.approx(share, rel=0.05)


@each
def test_channels_have_noise_of_their_own(kind: AddedNoise) -> None:
    clean = torch.zeros(400, 300, 2)
    found = kind.apply(clean, torch.Generator().manual_seed(0), 1.0).numpy()
    assert found.shape == clean.shape
    assert -10 * np.log10(np.square(found).mean((0, 1))) == pytest.approx([6, 6], abs=1)
    correlation = [np.corrcoef(sample.T)[0, 1] for sample in found if np.ptp(sample, 0).all()]
    assert abs(np.mean(correlation)) < 0.1
    ranged = kind.model_copy(update={"snr_db": 20.0, "least": 0.0}).apply(clean, torch.Generator().manual_seed(0), 1.0)
    assert ranged.shape == clean.shape


def test_noises_together_have_the_shares_that_their_levels_say() -> None:
    kind = Mixed(noises=(Hum(snr_db=0, period=20.0, harmonics=1), NoiseLevel(snr_db=10)))
    power = np.square(np.abs(np.fft.rfft(noise(kind, length=400)))).mean(0)
    assert power[20] / power.sum() == pytest.approx(10 / 11, rel=0.02)
