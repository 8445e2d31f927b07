"""Networks and classical filters side by side: each cleans, and is set without the clean signal."""

import numpy as np
import pytest

from aedesk.analysis.blind_error import blind_error
from aedesk.analysis.classical_methods.method import Method, odd_lengths
from aedesk.analysis.cleaners import METHODS, Comparison
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
    compared = Comparison(model, values, truth)
    found = {answer.method.name: answer for answer in compared.answers() if answer.method}
    assert found.keys() == NAMES
    for method in METHODS:
        answer = found[method.name]
        best = max(snr_db(truth, one.clean(values)) for one in method.filters(len(values), 0.4))
        cleaned = compared.values_by(answer)
        assert snr_db(truth, cleaned) > best - 1.5
        assert best > snr_db(truth, values) + 3
        assert 0.8 * float(np.sqrt(np.mean((cleaned - truth) ** 2))) < answer.error < 0.2
        assert answer.left == pytest.approx(float(np.sqrt(np.mean((cleaned - truth) ** 2))), abs=0.04)
    network = compared.network
    assert compared.values_by(network) is truth and network.error > 0, "what the network made of it is handed on"


def test_gaps_stay_gaps_and_short_stretches_as_they_are() -> None:
    values = noisy(700)
    values[[3, 300]] = np.nan
    model = small.trained("signal")
    compared = Comparison(model, values, denoise(model, values))
    for answer in compared.answers():
        cleaned = compared.values_by(answer)
        assert np.array_equal(np.isnan(cleaned), np.isnan(values))
        rest = np.isfinite(values)
        assert np.abs(cleaned - values)[rest][10:].any()


@each_method
def test_in_pieces_a_signal_comes_out_as_in_one(method: Method) -> None:
    values = noisy(5000)
    for one in method.filters(5000, 0.4)[::5]:
        whole = one.clean(values)
        parts = list(one.pieces(values, length=700))
        assert len(parts) > 1 and [part.start for part, _ in parts[1:]] == [part.stop for part, _ in parts[:-1]]
        np.testing.assert_allclose(np.concatenate([piece for _, piece in parts]), whole, atol=1e-9, err_msg=one.words)


@each_method
def test_a_last_piece_of_a_few_samples_passes(method: Method) -> None:
    one = method.filters(3000, 0.4)[-1]
    for count in range(1, 4):
        length = next(one.pieces(noisy(3000), length=700))[0].stop
        values = noisy(2 * length + count)
        joined = np.concatenate([piece for _, piece in one.pieces(values, length=700)])
        np.testing.assert_allclose(joined, one.clean(values), atol=1e-9)


@each_method
def test_nothing_reaches_across_a_gap_or_a_break(method: Method) -> None:
    one, values = method.filters(3000, 0.4)[0], noisy()
    values[1200] = np.nan
    found = {part.start: piece for part, piece in one.pieces(values, np.array([2000]))}
    assert found.keys() == {0, 1201, 2000}
    np.testing.assert_array_equal(found[1201], one.clean(values[1201:2000]))


def test_progress_is_told_while_a_long_signal_is_cleaned() -> None:
    values = noisy(400_000)
    compared, told = Comparison(small.trained("signal"), values, values.astype(np.float32)), []
    answer = next(answer for answer in compared.answers() if answer.method and answer.method.name == "savitzky-golay")
    cleaned = compared.values_by(answer, told.append)
    assert len(told) > 1 and told == sorted(told) and told[-1] == 1
    assert cleaned.dtype == np.float32, "as long as the signal, and no longer than what the network made of it"
    np.testing.assert_allclose(cleaned, answer.filter.clean(values), atol=1e-5)


def test_the_best_answer_shows_what_a_poor_network_loses() -> None:
    """One that takes all off explains nothing by itself, and by what a filter leaves it does."""
    values = noisy()
    compared = Comparison(small.trained("signal", "training.epochs=1"), values, np.zeros(3000, np.float32))
    network = next(compared.answers())
    assert network.method is None and network.removed.kind == "signal" and network.removed.lost > 0.5


def test_where_single_samples_stray_what_was_removed_is_judged_without_drawn_noise() -> None:
    values = clean() + np.random.default_rng(1).normal(0, 0.02, 3000)
    values[::97] += 3
    for answer in Comparison(small.trained("signal"), values, values).answers():
        assert answer.removed is None or answer.removed.lost is None


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
