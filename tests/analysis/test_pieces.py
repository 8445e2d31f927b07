"""Signals that come in pieces: cleaned as they would be in one."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import torch
from small import CPU, document, trained

from aedesk.analysis import denoising, overlapping
from aedesk.analysis.cleaners import Comparison
from aedesk.analysis.denoising import denoise, denoised
from aedesk.analysis.overlapping import joined
from aedesk.data.blocks import Reader, abreast, some_of, stretches_of
from aedesk.data.loading import load
from aedesk.data.sampling import Sampling
from aedesk.data.windowed import whole_stretches
from aedesk.errors import DataError
from aedesk.recipe import Recipe
from aedesk.training.run import train
from aedesk.training.trained_model import TrainedModel


def wave(count: int) -> np.ndarray:
    time = np.arange(count, dtype=np.float32)
    return (0.4 + 0.3 * np.sin(time / 7) + 0.1 * np.random.default_rng(0).normal(size=count)).astype(np.float32)


def cut(values: np.ndarray, size: int) -> Iterator[np.ndarray]:
    return (values[start : start + size] for start in range(0, len(values), size))


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that short signals take many blocks of windows."""
    monkeypatch.setattr(overlapping, "_AT_ONCE", 5)


@pytest.mark.parametrize(("window", "overlaps"), [(16, 16), (16, 4), (17, 4), (7, 16), (1, 4), (30, 7)])
@pytest.mark.parametrize("count", [30, 31, 100, 333])
@pytest.mark.parametrize("size", [1, 13, 1000])
def test_however_it_is_cut_the_same_comes_out(window: int, overlaps: int, count: int, size: int) -> None:
    """The mean over windows is that of its definition, to the last bit whatever the pieces."""

    def cleaner(x: torch.Tensor) -> torch.Tensor:
        return x.cumsum(1) + torch.arange(len(x))[:, None]  # depends on the place in the window and in the block

    values = wave(count)
    whole = np.concatenate(list(joined(cleaner, [values], window, overlaps)))
    assert whole.shape == values.shape
    np.testing.assert_array_equal(np.concatenate(list(joined(cleaner, cut(values, size), window, overlaps))), whole)
    expected = np.concatenate(list(joined(lambda x: x.cumsum(1), cut(values, size), window, overlaps)))
    np.testing.assert_allclose(expected, slowly(values, window, max(1, window // overlaps)), rtol=1e-5)


def slowly(values: np.ndarray, window: int, hop: int) -> np.ndarray:
    """Every window's cumulative sums, averaged sample by sample."""
    starts = sorted({*range(0, len(values) - window + 1, hop), len(values) - window})
    weight = np.hanning(window + 2)[1:-1] + 1e-3
    total, weights = np.zeros(len(values)), np.zeros(len(values))
    for start in starts:
        total[start : start + window] += weight * np.cumsum(values[start : start + window])
        weights[start : start + window] += weight
    return total / weights


def test_channels_are_joined_side_by_side() -> None:
    values = np.stack([wave(100), 3 * wave(100)], axis=1)
    both = np.concatenate(list(joined(lambda x: x * 2, cut(values, 9), 16, 4)))
    np.testing.assert_allclose(both, 2 * values, rtol=1e-5)
    one = np.concatenate(list(joined(lambda x: x.sum(2), cut(values, 9), 16, 4)))
    np.testing.assert_allclose(one, values.sum(1), rtol=1e-5)


BLIND = {
    "blind spot": {
        "corruption": {"kind": "none"},
        "model": {"bottleneck": {"kind": "spatial"}, "encoder": {"kind": "two-sided", "channels": 4, "depth": 2}},
    },
    "hidden": {
        "corruption": {"kind": "hidden", "share": 0.2},
        "model": {"code_size": 24, "encoder": {"kind": "dense", "layers": [{"width": 16}]}},
    },
}


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> dict[str, TrainedModel]:
    path = tmp_path_factory.mktemp("pieces") / "in.csv"
    path.write_text("a,b\n" + "\n".join(f"{one:.6g},{one * one:.6g}" for one in wave(600)))
    found = {"plain": trained("signal")}
    for name, changed in BLIND.items():
        found[name] = learned(path, "a", changed)
    return found | {"together": learned(path, "a;b", {}), "blind together": learned(path, "a;b", BLIND["blind spot"])}


def learned(path: Path, column: str, changed: dict[str, object]) -> TrainedModel:
    source = {"kind": "signal", "file": str(path), "column": column, "window": 16}
    recipe = Recipe.from_document(document("signal") | {"data": {"source": source, "scaling": "standard"}} | changed)
    *_, last = train(recipe, load(recipe.data), CPU)
    return last.model


@pytest.mark.parametrize("name", ["plain", "blind spot", "hidden", "together", "blind together"])
@pytest.mark.parametrize("judged_by", [50, 10_000])
def test_a_stream_is_cleaned_as_in_one(
    name: str, judged_by: int, models: dict[str, TrainedModel], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(denoising, "_JUDGED_BY", judged_by)
    values = wave(700).astype(np.float64)
    values[[0, 40, 41, 50, 300]] = [np.nan, np.nan, np.inf, np.nan, 1e300]
    breaks = np.array([100, 420, 500])
    values = np.stack([values, 2 - values], axis=1) if "together" in name else values
    whole = denoise(models[name], values, Sampling(breaks=breaks))
    assert whole.shape == values.shape and whole.dtype == np.float32
    assert not np.allclose(whole[60:90], values[60:90]), "something was done"
    for size in (1, 64, 699, 5000):
        pieces = list(denoised(models[name], lambda size=size: cut(values, size), breaks))
        np.testing.assert_allclose(np.concatenate(pieces), whole, rtol=0, atol=1e-6)


def test_a_stream_that_does_not_fit_is_an_error(models: dict[str, TrainedModel]) -> None:
    with pytest.raises(DataError, match="has 15 samples in a row, and the model needs 16"):
        next(denoised(models["plain"], lambda: cut(wave(15), 4)))
    with pytest.raises(DataError, match="cleans 2 channels together, and here is 1"):
        next(denoised(models["together"], lambda: cut(wave(100), 4)))
    with pytest.raises(DataError, match="no stretch of 16 samples"):
        next(denoised(models["plain"], lambda: iter(())))


def test_stretches_are_found_across_pieces() -> None:
    values = wave(60)
    values[[0, 20, 21, 39, 40]] = np.nan
    breaks = np.array([10, 30, 50])
    for size in (1, 7, 10, 20, 100):
        assert stretches_of(cut(values, size), breaks) == whole_stretches(values, breaks)


def test_pieces_are_cut_anew() -> None:
    values = np.arange(50)
    reader = Reader(cut(values, 8))
    assert np.concatenate(list(reader.until(20))).tolist() == list(range(20))
    assert list(reader.until(20)) == [] and reader.at == 20
    assert np.concatenate(list(reader.until(99))).tolist() == list(range(20, 50))
    assert some_of(cut(values, 8), slice(5, 31)).tolist() == list(range(5, 31))


def test_signals_go_abreast_until_the_shortest_ends() -> None:
    pairs = list(abreast(cut(np.arange(20), 3), cut(np.arange(17) * 2, 5)))
    first, second = (np.concatenate(parts) for parts in zip(*pairs, strict=True))
    assert first.tolist() == list(range(17)) and (second == 2 * first).all()


def test_of_several_channels_that_are_cleaned_together_one_is_compared(models: dict[str, TrainedModel]) -> None:
    """With the noise of all of them, as each has a part in what is made of it."""
    noise = np.random.default_rng(2).normal(0, 0.2, (700, 2))
    values = np.stack([wave(700), 2 - wave(700)], axis=1) + noise
    compared = Comparison(models["blind together"], values[:, 1], denoise(models["blind together"], values)[:, 1], values, 1)
    found = list(compared.answers())
    assert found[0].method is None and found[0].error > 0 and len(found) > 1
    assert all(answer.removed is not None and answer.removed.lost is not None for answer in found)
    assert all(compared.values_by(answer).shape == (700,) for answer in found)
