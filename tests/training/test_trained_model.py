"""A trained model asked questions, and its history."""

import numpy as np
import pytest
import torch
from small import dataset, recipe, trained

from aedesk.errors import DataError
from aedesk.training.history import History
from aedesk.training.trained_model import words

FORMS = ["image", "table", "signal"]


def samples(form: str, count: int = 20) -> np.ndarray:
    """Samples in the units they were read in."""
    data = dataset(recipe(form))
    return data.scaler.unscaled(data.inputs[:count].numpy())


@pytest.mark.parametrize("form", FORMS)
def test_answers_are_the_networks_in_the_datas_own_units(form: str) -> None:
    model, x = trained(form), samples(form)
    with torch.no_grad():
        scaled = torch.from_numpy(model.scaler.scaled(x))
        codes, outputs = model.autoencoder.encode(scaled).numpy(), model.autoencoder(scaled).numpy()
    np.testing.assert_allclose(model.encode(x), codes, rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(model.scaler.scaled(model.reconstruct(x)), outputs, atol=1e-5)
    np.testing.assert_allclose(model.decode(codes), model.reconstruct(x), rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("form", FORMS)
def test_answers_are_plain_arrays(form: str) -> None:
    model, x = trained(form), samples(form)
    code = model.encode(x)
    assert code.shape == (20, model.recipe.model.code_size)
    for answer in (code, model.decode(code), model.reconstruct(x), model.score(x)):
        assert type(answer) is np.ndarray and answer.dtype == np.float32
    assert model.reconstruct(x).shape == x.shape


@pytest.mark.parametrize("form", FORMS)
def test_a_score_is_the_error_of_each_sample(form: str) -> None:
    model, x = trained(form), samples(form)
    difference = model.scaler.scaled(model.reconstruct(x)) - model.scaler.scaled(x)
    expected = np.square(difference).reshape(20, -1).mean(1)
    np.testing.assert_allclose(model.score(x), expected, rtol=1e-3)
    odd = x.copy()
    odd[3] = 10 * np.abs(x).max()
    assert model.score(odd).argmax() == 3


def test_many_samples_are_answered_like_few() -> None:
    model, x = trained("table"), np.tile(samples("table"), (500, 1))
    assert len(x) == 10_000
    np.testing.assert_allclose(model.encode(x)[-20:], model.encode(x[:20]), atol=1e-6)


def test_no_samples_have_no_answers() -> None:
    model = trained("table")
    assert model.encode(samples("table")[:0]).shape == (0, 2)


def test_whole_numbers_are_taken() -> None:
    model = trained("image")
    pixels = samples("image").astype(np.uint8)
    np.testing.assert_array_equal(model.encode(pixels), model.encode(pixels.astype(np.float64)))


@pytest.mark.parametrize("shape", [(20, 8, 8), (20, 64), (1, 8, 8), (20, 1, 28, 28), (20, 3, 8, 8)])
@pytest.mark.parametrize("question", ["encode", "reconstruct", "score"])
def test_samples_of_another_shape_are_refused(shape: tuple[int, ...], question: str) -> None:
    with pytest.raises(DataError, match="takes samples of shape 1×8×8, and these are"):
        getattr(trained("image"), question)(np.zeros(shape, np.float32))


def test_asking_does_not_learn() -> None:
    model = trained("table")
    before = {name: value.clone() for name, value in model.weights.items()}
    model.reconstruct(samples("table"))
    assert not model.autoencoder.training
    assert all(torch.equal(value, model.weights[name]) for name, value in before.items())
    assert all(parameter.grad is None for parameter in model.autoencoder.parameters())


def test_a_model_knows_what_it_learned_from() -> None:
    model = trained("table")
    assert model.label_names == ("setosa", "versicolor", "virginica")
    assert len(model.feature_names) == 4 and model.form == "table" and model.shape == (4,)
    assert model.with_metrics({"test_mse": 1.0}).metrics == {"test_mse": 1.0} and model.metrics == {}


def test_shapes_in_words() -> None:
    assert words((1, 28, 28)) == "1×28×28" and words((4,)) == "4"


def test_a_history_grows_without_changing_the_old_one() -> None:
    none = History()
    one = none.extended({"mse": 2.0, "kl": 0.5}, {"mse": 3.0, "kl": 0.25}, {"accuracy": 0.5}, 1.5, 100)
    two = one.extended({"mse": 1.0, "kl": 0.5}, {"mse": 2.0, "kl": 0.25}, {"accuracy": 0.75}, 0.5, 100)
    assert (none.epochs, one.epochs, two.epochs) == (0, 1, 2)
    assert one.train == {"mse": [2.0], "kl": [0.5]} and two.train == {"mse": [2.0, 1.0], "kl": [0.5, 0.5]}
    assert one.figures == {"accuracy": [0.5]} and two.figures == {"accuracy": [0.5, 0.75]}
    assert (two.last("train"), two.last("validation"), none.last()) == (1.5, 2.25, None)
    assert (none.samples_per_second, two.samples_per_second) == (0.0, 100.0)
