"""Several channels that are seen together, breaks in time, and clean references: read, learned from, cleaned."""

from pathlib import Path

import numpy as np
import pytest
import torch

from aedesk.analysis.denoising import denoise, snr_db
from aedesk.analysis.evaluation import evaluate
from aedesk.data.dataset import Dataset
from aedesk.data.loading import load
from aedesk.data.sampling import Sampling
from aedesk.data.source import Recording
from aedesk.data.windowed import whole_stretches, whole_windows, windows
from aedesk.errors import DataError
from aedesk.files.model_file import load as load_model
from aedesk.files.model_file import save
from aedesk.recipe import Recipe
from aedesk.training.learner import Batch, Learner
from aedesk.training.run import train
from aedesk.training.trained_model import TrainedModel
from tests import small

COUNT = 600


def clean() -> np.ndarray:
    """Two channels that belong together, on different scales."""
    beat = np.sin(np.arange(COUNT) / 6) ** 3
    return np.column_stack([beat, 40 - 10 * np.roll(beat, 2)])


def noisy() -> np.ndarray:
    return clean() + np.random.default_rng(0).normal(0, 1, (COUNT, 2)) * clean().std(axis=0) / 2


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "two.csv"
    columns = np.column_stack([np.arange(COUNT) / 50, noisy(), clean()])
    np.savetxt(path, columns, "%.6g", ",", header="time,ax,gy,ax_true,gy_true", comments="")
    return path


def recipe(file: Path, column: str, **more: object) -> Recipe:
    source = {"kind": "signal", "file": str(file), "column": column, "window": 16, **more.pop("source", {})}  # type: ignore[dict-item]
    document = small.document("signal") | {"data": {"source": source, "scaling": "standard"}, **more}
    return Recipe.from_document(document)


def learned(chosen: Recipe) -> tuple[TrainedModel, Dataset]:
    dataset = load(chosen.data)
    return list(train(chosen, dataset, small.CPU))[-1].model, dataset  # type: ignore[union-attr]


@pytest.mark.parametrize("column", ["ax;gy", " ax ; gy "])
def test_channels_are_seen_side_by_side_and_scaled_each_by_itself(table: Path, column: str) -> None:
    dataset = load(recipe(table, column).data)
    assert dataset.shape == (16, 2) and dataset.feature_names == ("ax", "gy")
    rows = dataset.inputs[dataset.train].reshape(-1, 2)
    assert rows.mean(0).abs().max() < 0.2 and (rows.std(0) - 1).abs().max() < 0.2
    np.testing.assert_allclose(dataset.scaler.unscaled(dataset.inputs[7].numpy()), noisy()[7:23], rtol=1e-4)


def test_a_star_takes_every_signal_and_no_time(table: Path) -> None:
    assert load(recipe(table, "*").data).feature_names == ("ax", "gy", "ax_true", "gy_true")


@pytest.mark.parametrize(("column", "sentence"), [("ax;no", "has no column “no”"), ("ax;ax", "names “ax” twice"), (";", "names no column")])
def test_names_that_make_no_sense_are_said(table: Path, column: str, sentence: str) -> None:
    with pytest.raises(DataError, match=sentence):
        load(recipe(table, column).data)


@pytest.mark.parametrize(
    "encoder",
    [
        {"kind": "dense", "layers": [{"width": 8}]},
        {"kind": "convolutional", "layers": [{"channels": 4}]},
        {"kind": "recurrent"},
        {"kind": "hybrid"},
    ],
    ids=lambda encoder: encoder["kind"],
)
def test_every_architecture_learns_channels_and_cleans_them(table: Path, tmp_path: Path, encoder: dict) -> None:
    model, dataset = learned(recipe(table, "ax;gy", model={"encoder": encoder, "code_size": 4}))
    assert evaluate(model, dataset)["snr_after_db"] is not None
    cleaned = denoise(model, noisy())
    assert cleaned.shape == (COUNT, 2) and np.isfinite(cleaned).all()
    save(model, tmp_path / "two.aedesk")
    again = load_model(tmp_path / "two.aedesk")
    np.testing.assert_array_equal(denoise(again, noisy()), cleaned)
    assert again.feature_names == ("ax", "gy") and again.step == pytest.approx(0.02)


def test_blind_learning_of_two_channels(table: Path) -> None:
    model, dataset = learned(recipe(
        table, "ax;gy", corruption={"kind": "hidden"},
        model={"encoder": {"kind": "convolutional", "layers": [{"channels": 16, "kernel": 5, "stride": 1}] * 2}, "bottleneck": {"kind": "spatial"}},
        training={"epochs": 12, "learning_rate": 0.01},
    ))  # fmt: skip
    assert snr_db(clean()[:, :1], denoise(model, noisy())[:, :1]) > snr_db(clean()[:, :1], noisy()[:, :1]) + 2
    assert "estimated_snr_after_db" in evaluate(model, dataset)


def test_a_model_of_one_channel_cleans_each_of_several(table: Path) -> None:
    model, _ = learned(recipe(table, "ax"))
    both = denoise(model, noisy())
    np.testing.assert_array_equal(both[:, 1], denoise(model, noisy()[:, 1]))


def test_other_channels_than_were_learned_are_refused(table: Path) -> None:
    model, _ = learned(recipe(table, "ax;gy"))
    for values in (noisy()[:, 0], np.zeros((COUNT, 3))):
        with pytest.raises(DataError, match="2 channels together.*ax, gy"):
            denoise(model, values)


def test_a_gap_in_one_channel_is_one_in_all(table: Path) -> None:
    model, _ = learned(recipe(table, "ax;gy"))
    values = noisy()
    values[300, 1] = np.nan
    cleaned = denoise(model, values)
    assert np.isnan(cleaned[300, 1]) and cleaned[300, 0] == np.float32(values[300, 0])
    np.testing.assert_array_equal(cleaned[301:], denoise(model, values[301:]))


def test_no_window_reaches_across_a_break() -> None:
    breaks = np.array([0, 4, 9])
    assert whole_stretches(np.zeros(10), breaks) == [slice(0, 4), slice(4, 9), slice(9, 10)]
    found = np.flatnonzero(whole_windows(np.zeros(10), 3, breaks)).tolist()
    assert found == [0, 1, 4, 5, 6]
    holes = np.zeros(10)
    holes[4] = np.nan
    assert whole_stretches(holes, breaks) == [slice(0, 4), slice(5, 9), slice(9, 10)]


def test_what_lies_between_breaks_is_cleaned_by_itself(table: Path) -> None:
    model, _ = learned(recipe(table, "ax"))
    values = noisy()[:, 0]
    cleaned = denoise(model, values, Sampling(breaks=np.array([250])))
    np.testing.assert_array_equal(cleaned[:250], denoise(model, values[:250]))
    np.testing.assert_array_equal(cleaned[250:], denoise(model, values[250:]))


def test_a_part_of_a_recording_keeps_its_breaks() -> None:
    whole = Recording(np.arange(10.0), ("a",), Sampling(0.1, np.array([3, 8])), np.arange(10.0))
    part = whole.part(slice(2, 8))
    assert part.values.tolist() == part.reference.tolist() == [2, 3, 4, 5, 6, 7]  # type: ignore[union-attr]
    assert part.sampling.breaks.tolist() == [1] and part.step == 0.1


def test_windows_of_channels_cost_no_memory() -> None:
    values = np.arange(20.0).reshape(10, 2)
    found = windows(values, 4)
    assert found.shape == (7, 4, 2) and torch.equal(found[3], torch.from_numpy(values[3:7]))


# -- a clean reference ------------------------------------------------------------------------


@pytest.mark.parametrize("elsewhere", [False, True])
def test_a_clean_column_is_learned_from(table: Path, elsewhere: bool) -> None:
    source = {"reference": "ax_true", "reference_file": str(table) if elsewhere else ""}
    chosen = recipe(
        table, "ax", source=source, corruption={"kind": "none"}, training={"epochs": 30, "learning_rate": 0.01}
    )
    assert not chosen.blind and chosen.kept_from_copying_by == "reference"
    model, dataset = learned(chosen)
    np.testing.assert_allclose(dataset.scaler.unscaled(dataset.inputs[3].numpy()), clean()[3:19, 0], atol=1e-4)
    np.testing.assert_allclose(dataset.scaler.unscaled(dataset.given[3].numpy()), noisy()[3:19, 0], atol=1e-4)
    figures = evaluate(model, dataset)
    tested = slice(*dataset.stretches["test"].indices(COUNT))  # type: ignore[index]
    assert figures["snr_before_db"] == pytest.approx(snr_db(clean()[tested, 0], noisy()[tested, 0]), abs=0.01)
    assert figures["snr_after_db"] > figures["snr_before_db"] + 4
    assert figures["measured_on"] == "test data that no step of training saw"


def test_a_clean_column_is_varied_as_the_noisy_one_is(table: Path) -> None:
    source, none = {"reference": "ax_true"}, {"kind": "none"}
    chosen = recipe(table, "ax", source=source, augmentation={"kind": "turned"}, corruption=none, training={"epochs": 1})
    assert not [problem for problem in chosen.problems() if problem.fatal]
    _, dataset = learned(chosen)
    learner = Learner(chosen, dataset, small.CPU, None)
    varied = learner._varied(Batch(dataset.inputs, seen=2 * dataset.inputs))
    assert torch.equal(varied.seen, 2 * varied.x)
    for turned in (dataset.inputs.flip(1), -dataset.inputs, -dataset.inputs.flip(1)):
        assert 0.15 < float((varied.x == turned).all(dim=1).float().mean()) < 0.35


def test_a_reference_of_another_size_is_refused(table: Path) -> None:
    with pytest.raises(DataError, match="600 samples in 2 columns, and the noisy one 600 samples"):
        load(recipe(table, "ax", source={"reference": "ax_true;gy_true"}).data)


def test_a_reference_in_another_file_is_read_again_when_it_changes(table: Path, tmp_path: Path) -> None:
    source = recipe(table, "ax", source={"reference_file": str(tmp_path / "other.csv")}).data.source
    before = source.stamp()
    (tmp_path / "other.csv").write_text("ax\n1\n")
    assert source.stamp() != before
