"""Networks and classical filters side by side: each cleans, and is set without the clean signal."""

import numpy as np
import pytest

from aedesk.analysis.cleaners import METHODS, answers, blind_error
from aedesk.analysis.classical_methods.method import Method, odd_lengths
from aedesk.analysis.denoising import denoise, snr_db
from tests import small

NAMES = {"savitzky-golay", "wiener", "wavelet", "moving-median"}
each_method = pytest.mark.parametrize("method", METHODS, ids=lambda method: method.name)


def clean(count: int = 3000) -> np.ndarray:
    time = np.arange(count)
    return np.sin(time / 25) + 0.5 * np.sin(time / 60)


def noisy(count: int = 3000, sigma: float = 0.4) -> np.ndarray:
    return clean(count) + np.random.default_rng(1).normal(0, sigma, count)


def test_the_four_are_there_and_say_what_they_do() -> None:
    assert {method.name for method in METHODS} == NAMES
    assert all(method.title and method.summary.endswith(".") for method in METHODS)


@each_method
def test_every_setting_gives_a_signal_of_the_same_length(method: Method) -> None:
    for count in (40, 41, 500):
        values = noisy(count)
        values.setflags(write=False)  # as those of a table
        before, settings = values.copy(), method.filters(count, 0.4)
        assert len(settings) > 5 and len({one.words for one in settings}) == len(settings)
        for one in settings:
            found = one.clean(values)
            assert found.shape == values.shape and np.isfinite(found).all(), one.words
        assert np.array_equal(values, before)


@each_method
def test_a_filter_says_how_many_samples_it_needs(method: Method) -> None:
    for one in method.filters(3000, 0.4):
        assert one.clean(noisy(one.least)).shape == (one.least,)


@each_method
def test_a_signal_of_a_few_samples_passes_or_has_no_settings(method: Method) -> None:
    for count in range(1, 12):
        for one in method.filters(count, 0.4):
            assert one.clean(noisy(count)).shape == (count,)


def test_the_blind_choice_is_nearly_as_good_as_the_best() -> None:
    values, truth = noisy(), clean()
    model = small.trained("signal")
    found = {answer.method.name if answer.method else "": answer for answer in answers(model, values, truth)}
    assert found.keys() == NAMES | {""}
    for method in METHODS:
        answer = found[method.name]
        best = max(snr_db(truth, one.clean(values)) for one in method.filters(len(values), 0.4))
        assert snr_db(truth, answer.values) > best - 1.5
        assert best > snr_db(truth, values) + 3
        assert 0.8 * float(np.sqrt(np.mean((answer.values - truth) ** 2))) < answer.error < 0.2
    assert found[""].values is truth and found[""].error > 0, "what the network made of it is handed on"


def test_gaps_stay_gaps_and_short_stretches_as_they_are() -> None:
    values = noisy(700)
    values[[3, 300]] = np.nan
    model = small.trained("signal")
    for answer in answers(model, values, denoise(model, values)):
        assert np.array_equal(np.isnan(answer.values), np.isnan(values))
        rest = np.isfinite(values)
        assert np.abs(answer.values - values)[rest][10:].any()


def test_the_blind_error_is_that_of_the_signal_and_that_of_the_noise() -> None:
    """For a filter that gives the clean signal whatever it sees."""
    truth = clean(20_000)
    values = noisy(20_000)
    assert blind_error(lambda seen: truth, values) == pytest.approx(0.16, rel=0.03)


def test_giving_back_what_is_seen_is_not_rewarded() -> None:
    values = noisy()
    assert blind_error(lambda seen: seen, values) > 0.16 * 1.4


def test_the_blind_error_does_not_depend_on_what_a_filter_could_copy() -> None:
    """A filter's answer at a place is formed without the sample of that place."""
    values, seen = noisy(60), []
    blind_error(lambda given: seen.append(given) or given, values)
    for place in range(60):
        assert all(given[place] != values[place] for given in seen[place % 4 :: 4])


def test_lengths_are_odd_and_rise() -> None:
    assert odd_lengths(11) == [3, 5, 7, 9, 11]
    assert odd_lengths(2) == [] and all(length % 2 for length in odd_lengths(151))
    assert odd_lengths(151) == sorted(set(odd_lengths(151)))
