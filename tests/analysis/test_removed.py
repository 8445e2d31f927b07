"""Whether what was removed is told apart: pure chance, a remainder of the signal, hum."""

from functools import partial

import numpy as np
import pytest
from scipy.ndimage import median_filter
from scipy.signal import savgol_filter

from aedesk.analysis.noise_profile import estimated_profile
from aedesk.analysis.noise_through import Clean, NoiseThrough, noise_through
from aedesk.analysis.removed import Removed, look_at_removed
from aedesk.data.remedies import Remedies, remedied

COUNT = 4000


def white(count: int = COUNT, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=count)


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("count", [60, 300, COUNT])
def test_pure_chance_looks_like_noise(seed: int, count: int) -> None:
    found = look_at_removed(3.0 + 0.01 * white(count, seed))
    assert found.looks_like_noise
    assert (np.abs(found.autocorrelation) < 2.5 * found.band).all()


@pytest.mark.parametrize("share", [0.25, 0.5, 0.9])
@pytest.mark.parametrize("period", [7.0, 40.0, 300.0], ids="period {}".format)
def test_a_remainder_of_the_signal_is_found_and_its_share_told(share: float, period: float) -> None:
    wave = np.sqrt(2 * share) * np.sin(np.arange(COUNT) * 2 * np.pi / period)
    found = look_at_removed(np.sqrt(1 - share) * white() + wave)
    assert not found.looks_like_noise
    assert found.structured == pytest.approx(share, abs=0.12)


def test_noise_that_goes_on_from_sample_to_sample_is_found() -> None:
    pink = np.convolve(white(), np.ones(5) / 5, mode="same")
    assert not look_at_removed(pink).looks_like_noise


def test_the_autocorrelation_is_its_definition() -> None:
    values = white(200)
    found = look_at_removed(values).autocorrelation
    centred = values - values.mean()
    wanted = [float(centred[lag:] @ centred[:-lag]) / float(centred @ centred) for lag in range(1, len(found) + 1)]
    np.testing.assert_allclose(found, wanted, atol=1e-12)


def test_gaps_are_left_out() -> None:
    values = white()
    values[1000:1003] = np.nan
    assert look_at_removed(values).band == pytest.approx(1.96 / np.sqrt(COUNT - 1003))


@pytest.mark.parametrize("values", [np.empty(0), white(10), np.zeros(500), np.full(90, np.nan)])
def test_of_nothing_nothing_is_said(values: np.ndarray) -> None:
    assert look_at_removed(values) is None


def beats(count: int = 20_000) -> np.ndarray:
    """Steep peaks, one in 300 samples, on a slow wave."""
    places = np.arange(count)
    return np.exp(-(((places % 300 - 150) / 4) ** 2)) + 0.3 * np.sin(places / 90)


def smoothed(values: np.ndarray, length: int) -> np.ndarray:
    return np.convolve(values, np.ones(length) / length, mode="same")


NOISE = 0.1 * white(20_000)
HUM = 0.2 * np.sin(2 * np.pi * 50 / 360 * np.arange(20_000))
DRIFT = 0.004 * np.cumsum(white(20_000, 5))


@pytest.mark.parametrize(
    ("kind", "noisy", "cleaned"),
    [
        ("noise", beats() + NOISE, beats()),
        ("signal", beats() + NOISE, smoothed(beats() + NOISE, 21)),
        ("signal", beats() + NOISE, 0.3 * beats()),
        ("signal", np.sin(np.arange(20_000) / 9) + NOISE, 0.6 * np.sin(np.arange(20_000) / 9)),
        ("hum", beats() + HUM, beats()),
        ("hum", beats() + NOISE + HUM, beats()),
        ("drift", beats() + DRIFT, beats()),
        ("coloured", beats() + np.diff(white(20_001)), beats()),
    ],
    ids=["noise", "smoothed", "weakened", "tone", "hum", "hum and noise", "drift", "coloured"],
)
def test_what_was_removed_is_told_apart(kind: str, noisy: np.ndarray, cleaned: np.ndarray) -> None:
    found = look_at_removed(noisy - cleaned, cleaned)
    assert found.kind == kind
    assert found.looks_like_noise == (kind == "noise")
    if kind == "hum":
        assert found.line * 360 == pytest.approx(50, abs=0.5)


def test_a_cleaned_signal_that_never_changes_resembles_nothing() -> None:
    assert look_at_removed(HUM, np.zeros(20_000)).kind == "signal", "there is nothing else in the recording"
    assert look_at_removed(HUM + beats(), np.zeros(20_000)).kind != "noise"


@pytest.mark.parametrize("cycles", [700 * 2e-5, 440 / 16_000, 0.2], ids="{} cycles per sample".format)
@pytest.mark.parametrize("kept", [0.0, 0.3])
def test_a_tone_that_is_the_recording_itself_is_the_signal(cycles: float, kept: float) -> None:
    signal = np.sin(2 * np.pi * cycles * np.arange(20_000))
    rest = kept * white(20_000, 7)  # a network that learned nothing leaves anything, but none of the tone
    found = look_at_removed(signal + NOISE - rest, rest, step=2e-5)
    assert found.kind == "signal" and found.structured > 0.6
    found = judged(lambda values: 0.3 * smoothed(values, 501) + rest, signal + NOISE)
    assert found.kind == "signal" and found.lost > 0.7


def test_a_tone_that_was_notched_is_a_hum_though_it_is_nearly_all_of_the_recording() -> None:
    strong = 30 * HUM
    for recorded in (beats() + NOISE + strong, NOISE + strong):
        cleaned = remedied(recorded, 1 / 360, Remedies(notch=50.0))
        assert look_at_removed(recorded - cleaned, cleaned, step=1 / 360, notched=[50 / 360]).kind == "hum"


def test_hum_of_the_mains_is_no_signal_however_strong_it_is() -> None:
    recorded = beats() + NOISE + 10 * HUM
    assert look_at_removed(recorded - beats(), beats(), step=1 / 360).kind == "hum"


def test_a_tone_beside_a_hum_is_none_of_its_harmonics() -> None:
    hum = HUM + 0.1 * np.sin(2 * np.pi * 100 / 360 * np.arange(20_000))
    tone = 0.1 * np.sin(2 * np.pi * 128 / 360 * np.arange(20_000))
    recorded = beats() + 0.1 * NOISE + hum + tone
    assert look_at_removed(hum, recorded - hum).kind == "hum"
    assert look_at_removed(tone, recorded - tone).kind == "signal"


def judged(clean: Clean, noisy: np.ndarray, best: Clean | None = None) -> Removed:
    """With the method at hand, and perhaps a better one, and no more known of the noise than the noisy signal tells."""
    cleaned, draws = clean(noisy), estimated_profile(noisy).draws(len(noisy))
    centre = (best or clean)(noisy)
    rest = noise_through(best, centre, draws).kept if best else None
    through = noise_through(clean, centre, draws, rest)
    return look_at_removed(noisy - cleaned, cleaned, through)


def fitted(window: int) -> Clean:
    return partial(savgol_filter, window_length=window, polyorder=2)


def medians(length: int) -> Clean:
    return partial(median_filter, size=length, mode="nearest")


def at(decibels: float, seed: int = 0) -> tuple[np.ndarray, np.ndarray, float]:
    """Beats, the same with noise, and the noise's standard deviation."""
    clean = beats()
    level = float(clean.std() * 10 ** (-decibels / 20))
    return clean, clean + level * white(len(clean), seed), level


@pytest.mark.parametrize("clean", [fitted(5), fitted(7), fitted(9), medians(3), medians(5)], ids=["5", "7", "9", "m3", "m5"])
def test_a_weak_filter_takes_off_noise_though_it_goes_with_the_noise_that_is_left(clean: Clean) -> None:
    _, noisy, _ = at(6, seed=1)
    assert look_at_removed(noisy - clean(noisy), clean(noisy)).kind != "noise", "as it is seen without the method"
    found = judged(clean, noisy)
    assert found.looks_like_noise and found.lost < 0.08


@pytest.mark.parametrize("clean", [fitted(75), fitted(151), medians(51)], ids=["75", "151", "median"])
@pytest.mark.parametrize("seed", [2, 3])
def test_what_too_wide_a_filter_takes_off_is_signal_though_noise_is_as_strong(clean: Clean, seed: int) -> None:
    assert judged(clean, at(0, seed)[1], best=fitted(25)).kind == "signal"


@pytest.mark.parametrize("decibels", [0, 6, 18])
@pytest.mark.parametrize(
    "clean", [fitted(9), fitted(31), fitted(75), medians(9), medians(25)], ids=["9", "31", "75", "m9", "m25"]
)
def test_the_share_of_signal_in_what_was_removed_is_told(clean: Clean, decibels: float) -> None:
    truth, noisy, level = at(decibels, seed=4)
    one, other = (values - clean(values) for values in (truth + level * white(20_000, seed) for seed in (8, 9)))
    share = float(np.mean(one * other) / np.mean(one * one))  # the noise of the two has nothing in common
    assert judged(clean, noisy).lost == pytest.approx(share, abs=0.05)


@pytest.mark.parametrize(
    ("kind", "recorded"),
    [
        ("hum", beats() + NOISE + HUM),
        ("drift", beats() + NOISE + DRIFT),
        ("coloured", beats() + 0.3 * np.diff(white(20_001, 3))),
    ],
    ids=["hum", "drift", "coloured"],
)
def test_other_noise_is_no_signal_with_the_method_at_hand(kind: str, recorded: np.ndarray) -> None:
    remedies = Remedies(notch=50.0, width=1.0) if kind == "hum" else Remedies(detrend=4.0)

    def clean(values: np.ndarray) -> np.ndarray:
        return beats() if kind == "coloured" else savgol_filter(remedied(values, 1 / 360, remedies), 9, 2)

    assert judged(clean, recorded).kind == kind


def test_a_method_that_takes_nothing_off_or_everything() -> None:
    _, noisy, _ = at(6)
    assert judged(lambda values: values, noisy) is None
    assert judged(np.zeros_like, noisy).lost == pytest.approx(0.8, abs=0.03), "of what was recorded, at 6 dB"


@pytest.mark.parametrize(("share", "kind"), [(0.02, "little"), (0.08, "little"), (0.3, "noise")])
def test_what_hardly_changes_anything_is_no_noise_that_came_off(share: float, kind: str) -> None:
    """Though it is nothing but noise: nearly all of it was kept."""
    truth, noisy, _ = at(6)
    found = judged(lambda values: values - share * (values - truth), noisy)
    assert found.kind == kind and found.looks_like_noise is (kind == "noise")


def test_gaps_are_left_out_of_the_noise_that_was_drawn_as_well() -> None:
    _, noisy, _ = at(6)
    cleaned = fitted(9)(noisy)
    through = noise_through(fitted(9), cleaned, estimated_profile(noisy).draws(len(noisy)))
    removed = noisy - cleaned
    removed[5000:5003] = np.nan
    assert look_at_removed(removed, cleaned, through).looks_like_noise


@pytest.mark.parametrize("clean", [fitted(5), fitted(9), medians(5)], ids=["5", "9", "median"])
def test_the_band_is_that_of_what_is_judged_by(clean: Clean) -> None:
    found = judged(clean, at(6, seed=1)[1])
    assert found.looks_like_noise
    strays = np.abs(found.autocorrelation - found.expected) > found.band
    assert strays.mean() < 0.2, "and not as those of a band around nothing"
    assert look_at_removed(white()).expected is None


def test_a_band_around_noise_holds_most_of_other_noise() -> None:
    shares = []
    for seed in range(20):
        one, other = (np.diff(white(3001, seed + offset)) for offset in (100, 200))
        nothing = np.zeros(3000)
        found = look_at_removed(one, None, NoiseThrough(nothing, other, nothing, nothing))
        shares.append((np.abs(found.autocorrelation - found.expected) <= found.band).mean())
    assert np.mean(shares) == pytest.approx(0.95, abs=0.03)
