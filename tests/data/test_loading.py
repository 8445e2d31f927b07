"""From a recipe's data section to a Dataset: scaling from the training part, parts that do not touch."""

from typing import Any

import numpy as np
import pytest
import torch
from small import dataset, recipe

from aedesk.data.loading import DataOptions, load
from aedesk.data.scaling import fit
from aedesk.data.windowed import windows
from aedesk.errors import DataError


def ramp(points: int, window: int, hop: int = 1, **more: Any) -> DataOptions:
    source = {"kind": "ramp", "points": points, "window": window, "hop": hop}
    return DataOptions.model_validate({"source": source, **more})


def test_a_table_is_scaled_on_its_training_part_alone() -> None:
    data = dataset(recipe("table"))
    scaled = data.inputs.numpy()
    raw = data.scaler.unscaled(scaled)
    train = data.train.numpy()
    expected = fit(raw[train], "standard", per_feature=True)
    np.testing.assert_allclose(data.scaler.offset, expected.offset, rtol=1e-5)
    np.testing.assert_allclose(data.scaler.scale, expected.scale, rtol=1e-5)
    np.testing.assert_allclose(scaled[train].mean(0), 0, atol=1e-5)
    assert np.abs(scaled.mean(0)).max() > 1e-3, "all rows together have another mean"
    assert data.spread == pytest.approx(float(scaled[train].std()), rel=1e-3)


def test_a_signal_is_scaled_on_its_training_part_alone() -> None:
    data = load(ramp(100, 4, scaling="unit"))
    assert data.recording is not None and data.stretches is not None
    scaled = data.scaler.scaled(data.recording.values)
    learn = scaled[data.stretches["train"]]
    assert (learn.min(), learn.max()) == (0, 1)
    assert scaled.max() == pytest.approx(99 / 71, rel=1e-5), "the test part lies outside"
    assert data.spread == pytest.approx(float(learn.std()), rel=1e-6)


def test_images_share_one_scale() -> None:
    data = dataset(recipe("image"))
    assert data.scaler.scale.shape == ()
    assert float(data.inputs.min()) == 0 and float(data.inputs.max()) == 1


def test_the_parts_of_a_table_share_its_rows_out() -> None:
    data = dataset(recipe("table"))
    together = torch.cat([data.train, data.validation, data.test]).sort().values
    assert torch.equal(together, torch.arange(150))
    assert (len(data.train), len(data.validation), len(data.test)) == (108, 12, 30)
    assert data.labels is not None
    assert np.bincount(data.labels[data.test]).tolist() == [10, 10, 10], "stratified"


@pytest.mark.parametrize("window", [1, 2, 7, 16, 40])
@pytest.mark.parametrize("hop", [1, 3, 16])
@pytest.mark.parametrize("split", [{}, {"test": 0.5, "validation": 0.5}, {"test": 0.33, "validation": 0.0}])
def test_no_window_touches_samples_of_another_part(window: int, hop: int, split: dict[str, float]) -> None:
    data = load(ramp(211, window, hop, split=split, scaling="none"))
    assert data.stretches is not None
    seen = {}
    for name in ("train", "validation", "test"):
        stretch = data.stretches[name]
        starts = getattr(data, name)
        touched = {int(start) + step for start in starts for step in range(window)}
        assert touched <= set(range(stretch.start, stretch.stop))
        assert torch.equal(starts.diff(), torch.full((max(0, len(starts) - 1),), hop))
        if hop <= window and stretch.stop - stretch.start >= window:
            assert len(touched) > stretch.stop - stretch.start - hop, "no more is lost than one hop"
        seen[name] = touched
    assert not seen["train"] & seen["validation"] and not (seen["train"] | seen["validation"]) & seen["test"]


def test_a_window_holds_the_samples_from_its_row_on() -> None:
    data = load(ramp(100, 5, scaling="none"))
    assert data.recording is not None
    assert data.inputs.shape == (96, 5)
    np.testing.assert_array_equal(data.inputs[37].numpy(), data.recording.values[37:42])


def test_windows_cost_no_memory_of_their_own() -> None:
    every = windows(np.zeros(1000, np.float32), 100)
    assert every.shape == (901, 100)
    assert every.untyped_storage().nbytes() == 4000


def test_a_signal_as_long_as_a_window_has_one() -> None:
    data = load(ramp(16, 16, split={"held_out": False}, scaling="none"))
    assert data.inputs.shape == (1, 16)
    assert data.train.tolist() == data.validation.tolist() == data.test.tolist() == [0]


@pytest.mark.parametrize("scaling", ["unit", "centred", "standard", "none"])
@pytest.mark.parametrize(
    "options",
    [
        {"points": 20, "window": 30, "split": {"held_out": False}},
        {"points": 30, "window": 30},
        {"points": 16, "window": 16, "split": {"test": 0.99}},
        {"points": 100, "window": 8, "limit": 5},
    ],
    ids=["signal", "training part", "no training part at all", "limit"],
)
def test_a_signal_shorter_than_a_window_is_an_error(scaling: str, options: dict[str, Any]) -> None:
    with pytest.raises(DataError, match=r"shorter than one window of \d+ samples. Choose a shorter window"):
        load(ramp(**options, scaling=scaling))


def test_too_short_for_windows_says_so() -> None:
    with pytest.raises(DataError, match="has 3 samples, fewer than one window of 4"):
        windows(np.zeros(3, np.float32), 4)


def test_short_test_and_validation_parts_are_empty() -> None:
    data = load(ramp(100, 30, scaling="none"))
    assert len(data.validation) == len(data.test) == 0
    assert torch.equal(data.rows("test"), data.train), "the training part stands in"


def test_the_rows_of_a_part() -> None:
    data = dataset(recipe("table"))
    assert torch.equal(data.rows("validation"), data.validation)
    assert torch.equal(data.rows("all"), torch.arange(150))


def test_a_limit_takes_a_random_handful_and_keeps_the_order() -> None:
    few, many = (dataset(recipe("table", f"data.limit={limit}")) for limit in (40, 0))
    raw = many.scaler.unscaled(many.inputs.numpy())
    taken = few.scaler.unscaled(few.inputs.numpy())
    rows = [int(np.abs(raw - row).sum(1).argmin()) for row in taken]
    np.testing.assert_allclose(raw[rows], taken, atol=1e-4)
    assert few.labels is not None and many.labels is not None
    np.testing.assert_array_equal(few.labels, many.labels[rows])
    assert len(taken) == 40 and set(few.labels) == {0, 1, 2}, "not just the first forty, which are all of one kind"


def test_a_limit_repeats_by_the_split_seed() -> None:
    first, other = (dataset(recipe("table", "data.limit=40", f"data.split.seed={seed}")) for seed in (0, 1))
    again = load(recipe("table", "data.limit=40").data)
    assert torch.equal(first.inputs, again.inputs)
    assert not torch.equal(first.inputs, other.inputs)


def test_a_limit_beyond_the_data_takes_all() -> None:
    assert len(dataset(recipe("table", "data.limit=1000")).inputs) == 150


def test_a_limit_shortens_a_signal() -> None:
    data = load(ramp(100, 4, limit=50))
    assert data.recording is not None and len(data.recording.values) == 50
    assert len(data.inputs) == 47


def test_nothing_kept_aside() -> None:
    data = dataset(recipe("table", "data.split.held_out=false"))
    assert not data.held_out
    assert torch.equal(data.train, torch.arange(150)) and torch.equal(data.test, data.train)


@pytest.mark.parametrize("limit", [1, 2])
def test_a_limit_to_hardly_any_row_still_loads(limit: int) -> None:
    data = load(recipe("table", f"data.limit={limit}").data)
    assert len(data.train) >= 1 and torch.isfinite(data.inputs).all() and np.isfinite(data.spread)


@pytest.mark.parametrize(
    ("assignments", "parts", "shown"),
    [
        ([], ("validation", "test", "train", "all"), "validation"),
        (["data.split.validation=0"], ("test", "train", "all"), "train"),
        (["data.split.test=0", "data.split.validation=0"], ("train",), "train"),
        (["data.split.held_out=false"], ("train",), "train"),
    ],
)
def test_training_stands_in_for_a_part_that_was_not_kept_and_says_so(
    assignments: list[str], parts: tuple[str, ...], shown: str
) -> None:
    data = dataset(recipe("table", *assignments))
    assert data.parts == parts and data.part_shown("validation") == shown
    rows = data.rows("validation")
    assert torch.equal(rows, data.train if shown == "train" else data.validation)
    assert data.part_of(rows.numpy()) == shown
    assert data.part_of(rows.numpy()[1:]) is None
