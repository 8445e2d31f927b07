"""Rows of a file are treated as what the model learned from: its grid of times and its remedies."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from aedesk.analysis import cleaners
from aedesk.analysis.cleaners import METHODS, Answer, Comparison
from aedesk.analysis.denoising import denoise, snr_db
from aedesk.analysis.rows import clean_rows, needs_all_rows, score_rows, silent_rows
from aedesk.data.loading import load
from aedesk.data.sampling import Sampling
from aedesk.files.recipe_file import with_options
from aedesk.recipe import Recipe
from aedesk.training.run import train
from aedesk.training.trained_model import TrainedModel
from tests import small

RATE, COUNT = 100.0, 1200


def wave(times: np.ndarray) -> np.ndarray:
    return np.sin(2 * np.pi * 3 * times) ** 3


def hummed(times: np.ndarray) -> np.ndarray:
    return wave(times) + 0.5 * np.sin(2 * np.pi * 20 * times + 1)


def learned(folder: Path, values: np.ndarray, *assignments: str) -> TrainedModel:
    path = folder / "a.csv"
    rows = "\n".join(f"{row / RATE:.3f},{value:.5f}" for row, value in enumerate(values))
    path.write_text(f"time_s,level\n{rows}\n")
    source = {"kind": "signal", "file": str(path), "window": 32}
    document = small.document("signal") | {
        "data": {"source": source, "scaling": "standard"}, "model": {"code_size": 8},
        "training": {"epochs": 6, "learning_rate": 5e-3},
    }  # fmt: skip
    recipe = Recipe.from_document(with_options(document, list(assignments)))
    return list(train(recipe, load(recipe.data), small.CPU))[-1].model  # type: ignore[union-attr]


def test_without_either_it_is_just_cleaning(tmp_path: Path) -> None:
    values = wave(np.arange(COUNT) / RATE)
    model = learned(tmp_path, values)
    np.testing.assert_array_equal(clean_rows(model, values, Sampling(1 / RATE)), denoise(model, values))
    assert not needs_all_rows(model)


def test_what_a_remedy_takes_off_is_missing_from_the_answer(tmp_path: Path) -> None:
    times = np.arange(COUNT) / RATE
    model = learned(tmp_path, hummed(times), "data.source.remedies.notch=20")
    assert needs_all_rows(model)
    before, after = hummed(times), clean_rows(model, hummed(times), Sampling(1 / RATE))
    assert snr_db(wave(times), after) > snr_db(wave(times), before) + 6
    scored = score_rows(model, before, Sampling(1 / RATE))
    assert scored.shape == (COUNT,) and np.nanmedian(scored) < 0.1


@pytest.mark.parametrize("breaks", [(), (500,)])
def test_uneven_rows_go_to_the_grid_and_back(tmp_path: Path, breaks: tuple[int, ...]) -> None:
    model = learned(tmp_path, wave(np.arange(COUNT) / RATE), f"data.source.resample={RATE:g}")
    assert model.step == pytest.approx(1 / RATE)
    times = np.cumsum(np.random.default_rng(0).uniform(0.5, 1.5, 900)) / 80
    for place in breaks:
        times[place:] += 2.0
    sampling = Sampling(1 / 80, np.array(breaks, np.int64), 0.5, times - times[0])
    cleaned = clean_rows(model, wave(times), sampling)
    assert cleaned.shape == times.shape and np.isfinite(cleaned).all()
    assert snr_db(wave(times), cleaned) > 12
    assert score_rows(model, wave(times), sampling).shape == times.shape
    both = clean_rows(replace(model), np.column_stack([wave(times), -wave(times)]), sampling)
    np.testing.assert_allclose(both[:, 0], cleaned)


def filters(compared: Comparison) -> list[Answer]:
    found = [answer for answer in compared.answers() if answer.method]
    assert {answer.method for answer in found} == set(METHODS)
    return found


def test_filters_are_given_what_the_network_is_given(tmp_path: Path) -> None:
    times = np.arange(COUNT) / RATE
    values = hummed(times) + np.random.default_rng(0).normal(0, 0.1, COUNT)
    model = learned(tmp_path, values, "data.source.remedies.notch=20", "training.epochs=1")
    compared = Comparison(model, values, clean_rows(model, values, Sampling(1 / RATE)), sampling=Sampling(1 / RATE))
    for answer in filters(compared):
        assert snr_db(wave(times), compared.values_by(answer)) > snr_db(wave(times), values) + 5
        assert answer.removed.kind == "hum" and answer.removed.line * RATE == pytest.approx(20, abs=0.5)
        assert answer.left < 0.2, "the hum that is taken off is no error"


def test_filters_are_given_the_grid_of_times_and_their_answers_come_back(tmp_path: Path) -> None:
    model = learned(tmp_path, wave(np.arange(COUNT) / RATE), f"data.source.resample={RATE:g}", "training.epochs=1")
    times = np.cumsum(np.random.default_rng(0).uniform(0.5, 1.5, COUNT)) / 80
    values = wave(times) + np.random.default_rng(1).normal(0, 0.3, COUNT)
    times[900:] += 2.0
    sampling = Sampling(1 / 80, np.array([900]), 0.5, times - times[0])
    compared = Comparison(model, values, clean_rows(model, values, sampling), sampling=sampling)
    for answer in filters(compared):
        cleaned = compared.values_by(answer)
        assert cleaned.shape == values.shape and np.isfinite(cleaned).all()
        assert snr_db(wave(times)[:900], cleaned[:900]) > snr_db(wave(times)[:900], values[:900]) + 1.5


def test_silent_rows_are_treated_as_the_others_are(tmp_path: Path) -> None:
    times = np.arange(COUNT) / RATE
    hum = 0.5 * np.sin(2 * np.pi * 20 * times + 1)
    model = learned(tmp_path, hummed(times), "data.source.remedies.notch=20", "training.epochs=1")
    silent = silent_rows(model, hum, Sampling(1 / RATE), slice(100, 500))
    assert silent.shape == (400,) and silent.std() < 0.05 < hum.std()
    assert silent_rows(model, hum, Sampling(1 / RATE), None) is None


def test_a_coarse_grid_of_times_still_has_windows_in_the_piece_that_is_judged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cleaners, "_MOST", 500)
    model = learned(tmp_path, wave(np.arange(COUNT) / RATE), f"data.source.resample={RATE:g}", "training.epochs=1")
    sampling = Sampling(1 / (32 * RATE))
    values = wave(np.arange(40_000) * sampling.step) + np.random.default_rng(1).normal(0, 0.3, 40_000)
    compared = Comparison(model, values, clean_rows(model, values, sampling), sampling=sampling)
    assert len(filters(compared)) == 4 and compared.network.removed is not None
