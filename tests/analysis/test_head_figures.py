"""What a head tells of samples that no step of learning saw."""

import numpy as np
import pytest
import torch
from sklearn.metrics import f1_score
from small import dataset, trained

from aedesk.analysis.heads import head_figures

CLASSIFIER = ("model.head.kind=classifier", "training.epochs=60")
REGRESSOR = (
    "data.source.kind=diabetes", "model.head.kind=regressor", "model.code_size=4", "training.epochs=60",
)  # fmt: skip


def test_a_classifiers_figures_are_those_of_what_it_tells() -> None:
    model = trained("table", *CLASSIFIER)
    data = dataset(model.recipe)
    rows = data.rows("test")
    figures = head_figures(model, data, rows)
    assert set(figures) == {"head_accuracy", "macro_f1", "confusion"}
    shares = model.predict(data.scaler.unscaled(data.inputs[rows].numpy()))
    assert shares is not None and shares.sum(1) == pytest.approx(1, abs=1e-5)
    true, told = data.labels[rows.numpy()], shares.argmax(1)  # type: ignore[index]
    assert figures["head_accuracy"] == pytest.approx(np.mean(true == told)) and figures["head_accuracy"] > 0.7
    assert figures["macro_f1"] == pytest.approx(f1_score(true, told, average="macro"))
    counts = np.array(figures["confusion"])
    assert counts.shape == (3, 3) and counts.sum(1).tolist() == np.bincount(true).tolist()
    assert np.trace(counts) == (true == told).sum()


def test_the_confusion_has_a_place_for_labels_that_are_not_there() -> None:
    model = trained("table", *CLASSIFIER)
    data = dataset(model.recipe)
    rows = torch.from_numpy(np.flatnonzero(data.labels == 1))
    counts = np.array(head_figures(model, data, rows)["confusion"])
    assert counts.shape == (3, 3) and counts[0].sum() == counts[2].sum() == 0


def test_a_regressors_figures_are_in_the_numbers_own_units() -> None:
    model = trained("table", *REGRESSOR)
    data = dataset(model.recipe)
    rows = data.rows("test")
    figures = head_figures(model, data, rows)
    assert set(figures) == {"r2", "number_error"}
    told = model.predict(data.scaler.unscaled(data.inputs[rows].numpy()))
    true = data.target_scaler.unscaled(data.targets[rows].numpy())  # type: ignore[union-attr, index]
    assert told is not None and 25 <= true.min() and true.max() <= 346
    assert figures["r2"] == pytest.approx(1 - np.sum((true - told) ** 2) / np.sum((true - true.mean()) ** 2), rel=1e-4)
    assert figures["number_error"] == pytest.approx(np.abs(true - told).mean(), rel=1e-4)
    assert figures["r2"] > 0.2


def test_one_row_has_no_r2() -> None:
    model = trained("table", *REGRESSOR)
    data = dataset(model.recipe)
    figures = head_figures(model, data, data.test[:1])
    assert figures["r2"] is None and figures["number_error"] > 0


def test_without_a_head_or_rows_there_is_nothing_to_say() -> None:
    model = trained("table")
    data = dataset(model.recipe)
    assert head_figures(model, data, data.rows("test")) == {}
    assert head_figures(trained("table", *CLASSIFIER), data, data.test[:0]) == {}


@pytest.mark.parametrize("options", [CLASSIFIER, REGRESSOR], ids=["labels", "number"])
def test_a_network_that_has_diverged_has_no_figures(options: tuple[str, ...]) -> None:
    model = trained("table", *options)
    broken = model.with_weights({name: value * float("nan") for name, value in model.weights.items()})
    data = dataset(model.recipe)
    figures = head_figures(broken, data, data.rows("test"))
    assert figures and set(figures.values()) == {None}
