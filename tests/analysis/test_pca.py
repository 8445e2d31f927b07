"""The linear twin: what scikit-learn and the singular value decomposition say."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from sklearn.decomposition import PCA
from small import dataset, recipe

from aedesk.analysis import pca as pca_module
from aedesk.analysis.pca import PcaTwin, fit_twin
from aedesk.data.dataset import Dataset


def flat(data: Dataset, rows: torch.Tensor) -> np.ndarray:
    return data.inputs[rows].reshape(len(rows), -1).numpy().astype(np.float64)


@pytest.mark.parametrize(("form", "size"), [("image", 1), ("image", 8), ("table", 2), ("signal", 3)])
def test_the_twin_is_scikit_learns(form: str, size: int) -> None:
    data = dataset(recipe(form))
    twin = fit_twin(data, size)
    theirs = PCA(size, svd_solver="full").fit(flat(data, data.train))
    x = flat(data, data.test)
    ours = twin.reconstruct(data.inputs[data.test].numpy()).reshape(len(x), -1)
    np.testing.assert_allclose(ours, theirs.inverse_transform(theirs.transform(x)), atol=1e-4)
    codes = twin.encode(data.inputs[data.test].numpy())
    np.testing.assert_allclose(np.abs(codes), np.abs(theirs.transform(x)), atol=2e-3)


@pytest.mark.parametrize("size", [1, 5, 20])
def test_nothing_linear_is_better(size: int) -> None:
    """Eckart and Young (1936): what remains are the smaller singular values."""
    data = dataset(recipe("image"))
    x = flat(data, data.train)
    values = np.linalg.svd(x - x.mean(0), compute_uv=False)
    remains = np.square(values[size:]).sum()
    inputs = data.inputs[data.train].numpy()
    error = np.square(fit_twin(data, size).reconstruct(inputs) - inputs, dtype=np.float64).sum()
    assert error == pytest.approx(remains, rel=1e-4)


def test_the_twin_learns_from_the_training_part_alone() -> None:
    data = dataset(recipe("table"))
    spoilt = data.inputs.clone()
    spoilt[data.test] = 1000
    spoilt[data.validation] = -1000
    for one, other in zip(
        vars(fit_twin(data, 2)).values(), vars(fit_twin(replace(data, inputs=spoilt), 2)).values(), strict=True
    ):
        np.testing.assert_array_equal(one, other)


def test_as_many_numbers_as_there_are_lose_nothing() -> None:
    data = dataset(recipe("table"))
    x = data.inputs.numpy()
    for size in (4, 1000):
        twin = fit_twin(data, size)
        assert twin.components.shape == (4, 4)
        np.testing.assert_allclose(twin.reconstruct(x), x, atol=1e-5)


def test_a_twin_never_has_more_components_than_rows() -> None:
    data = dataset(recipe("image"))
    few = replace(data, train=data.train[:3])
    assert fit_twin(few, 8).components.shape == (3, 64)


@pytest.mark.parametrize("rows", [1, 4])
def test_rows_that_are_all_alike_have_no_directions(rows: int) -> None:
    data = dataset(recipe("image"))
    alike = replace(data, train=data.train[:1].repeat(rows))
    twin = fit_twin(alike, 8)
    x = data.inputs[data.test].numpy()
    assert twin.encode(x).shape == (len(x), 0)
    np.testing.assert_array_equal(twin.reconstruct(x), np.broadcast_to(data.inputs[data.train[0]], x.shape))


def test_wide_data_are_close_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond a few thousand features a random sketch stands in for the exact decomposition."""
    data = dataset(recipe("image"))
    exact = fit_twin(data, 8)
    monkeypatch.setattr(pca_module, "_MOST_FEATURES_FOR_COVARIANCE", 10)
    monkeypatch.setattr(pca_module, "_MOST_ROWS_OF_WIDE_DATA", 200)
    sketch, again = fit_twin(data, 8), fit_twin(data, 8)
    np.testing.assert_array_equal(sketch.components, again.components)
    x = data.inputs[data.test].numpy()
    errors = [np.square(twin.reconstruct(x) - x).mean() for twin in (exact, sketch)]
    assert errors[1] < 1.1 * errors[0]


def test_a_twin_keeps_shapes() -> None:
    twin = PcaTwin(np.zeros(4, np.float32), np.eye(4, dtype=np.float32)[:2])
    x = np.arange(24, dtype=np.float32).reshape(6, 1, 2, 2)
    expected = x.copy()
    expected[:, :, 1] = 0
    np.testing.assert_array_equal(twin.reconstruct(x), expected)
    np.testing.assert_array_equal(twin.encode(x), x.reshape(6, 4)[:, :2])
