"""Signals with missing values: learned from, without a window that reaches across a gap."""

from pathlib import Path

import numpy as np
import pytest
import torch

from aedesk.analysis.evaluation import evaluate
from aedesk.data.dataset import Dataset
from aedesk.data.loading import load
from aedesk.data.windowed import longest_whole, whole_windows
from aedesk.errors import DataError
from aedesk.files.recipe_file import with_options
from aedesk.recipe import Recipe
from aedesk.training.run import train
from tests import small


def values(*gaps: int, count: int = 400) -> np.ndarray:
    found = np.sin(np.arange(count) / 5) * 3 + 10
    found[list(gaps)] = np.nan
    return found


def recipe(folder: Path, signal: np.ndarray, *assignments: str) -> Recipe:
    path = folder / "gaps.csv"
    rows = (f"{at},{'' if np.isnan(value) else round(value, 5)}" for at, value in enumerate(signal))
    path.write_text("time,level\n" + "\n".join(rows))
    source = {"kind": "signal", "file": str(path), "window": 16, "hop": 1}
    document = small.document("signal") | {"data": {"source": source, "scaling": "standard"}}
    return Recipe.from_document(with_options(document, list(assignments)))


def dataset(folder: Path, signal: np.ndarray, *assignments: str) -> Dataset:
    return load(recipe(folder, signal, *assignments).data)


@pytest.mark.parametrize("gaps", [(0,), (399,), (100,), (20, 36, 37, 200, 300, 390)], ids=str)
def test_no_row_holds_a_gap_and_no_other_is_lost(gaps: tuple[int, ...], tmp_path: Path) -> None:
    whole, data = dataset(tmp_path, values()), dataset(tmp_path, values(*gaps))
    for part in ("train", "validation", "test", "all"):
        rows = data.rows(part)
        assert torch.isfinite(data.inputs[rows]).all()
        left_out = set(whole.rows(part).tolist()) - set(rows.tolist())
        assert left_out == {row for row in whole.rows(part).tolist() for gap in gaps if row <= gap < row + 16}


def test_scaling_and_spread_are_those_of_what_is_there(tmp_path: Path) -> None:
    data = dataset(tmp_path, values(5, 50, 51))
    known = values(5, 50, 51)[data.stretches["train"]]
    known = known[np.isfinite(known)]
    assert float(data.scaler.offset) == pytest.approx(known.mean(), rel=1e-4)
    assert float(data.scaler.scale) == pytest.approx(known.std(), rel=1e-4)
    assert data.spread == pytest.approx(1, rel=1e-4)


def test_it_is_said_what_is_missing(tmp_path: Path) -> None:
    assert dataset(tmp_path, values()).note == ""
    assert dataset(tmp_path, values(7)).note == "1 value is missing; no window reaches across a gap."
    assert dataset(tmp_path, values(7, 9)).note == "2 values are missing; no window reaches across a gap."


def test_a_run_learns_and_its_figures_are_numbers(tmp_path: Path) -> None:
    chosen = recipe(tmp_path, values(3, 100, 330, 395), "training.epochs=4")
    data = load(chosen.data)
    *_, last = train(chosen, data, small.CPU)
    assert last.reason == "completed"
    figures = evaluate(last.model, data)
    assert all(np.isfinite(figures[name]) for name in ("test_mse", "pca_mse", "snr_before_db", "snr_after_db"))


def test_where_no_window_is_whole_it_is_said(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no stretch without a gap as long as one window of 16"):
        dataset(tmp_path, values(*range(0, 400, 10)))


def test_whole_windows_and_the_longest_stretch() -> None:
    signal = np.array([1, np.nan, 2, 3, 4, np.inf, 5, 6])
    assert whole_windows(signal, 2).tolist() == [False, False, True, True, False, False, True]
    assert np.flatnonzero(whole_windows(signal, 3)).tolist() == [2]
    assert whole_windows(signal, 9).tolist() == []
    assert longest_whole(signal).tolist() == [2, 3, 4]
    assert longest_whole(np.full(3, np.nan)).tolist() == []
