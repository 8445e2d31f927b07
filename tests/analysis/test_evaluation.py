"""The figures of a run: right for networks whose figures are known beforehand."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch
from small import dataset, recipe, trained

from aedesk.analysis.denoising import snr_db
from aedesk.analysis.evaluation import evaluate, neighbour_accuracy
from aedesk.analysis.pca import fit_twin
from aedesk.models.autoencoder import Autoencoder
from aedesk.recipe import Recipe
from aedesk.training.trained_model import TrainedModel

PLAIN = ("model.encoder.layers=[]", "model.code_size=4", "corruption.kind=none")
"""A network of two matrices, as wide as the four features of an iris."""


def made_by_hand(chosen: Recipe, encoder: torch.Tensor, decoder: torch.Tensor, bias: float = 0) -> TrainedModel:
    """A model of a code layer and an output layer with these weights."""
    data = dataset(chosen)
    network = Autoencoder(chosen.model, data.shape)
    with torch.no_grad():
        for parameter, value in zip(
            network.parameters(), (encoder, torch.zeros(len(encoder)), decoder, torch.full((len(decoder),), bias)),
            strict=True,
        ):  # fmt: skip
            parameter.copy_(value)
    return TrainedModel(chosen, data.shape, data.form, data.scaler, network.weights())


def figures_of(chosen: Recipe, model: TrainedModel) -> dict[str, Any]:
    return evaluate(model, dataset(chosen))


def test_a_network_that_copies_makes_no_error() -> None:
    chosen = recipe("table", *PLAIN)
    figures = figures_of(chosen, made_by_hand(chosen, torch.eye(4), torch.eye(4)))
    assert figures["test_mse"] == pytest.approx(0, abs=1e-12)
    assert figures["pca_mse"] == pytest.approx(0, abs=1e-9)
    assert (figures["code_size"], figures["parameters"], figures["test_rows"]) == (4, 40, 30)


def test_a_network_that_is_off_by_a_half_has_a_quarter() -> None:
    chosen = recipe("table", *PLAIN)
    figures = figures_of(chosen, made_by_hand(chosen, torch.eye(4), torch.eye(4), bias=0.5))
    assert figures["test_mse"] == pytest.approx(0.25, rel=1e-5)


def test_a_network_that_says_nothing_has_the_power_of_the_test_rows() -> None:
    chosen = recipe("table", *PLAIN)
    data = dataset(chosen)
    figures = figures_of(chosen, made_by_hand(chosen, torch.zeros(4, 4), torch.zeros(4, 4)))
    assert figures["test_mse"] == pytest.approx(float(data.inputs[data.test].square().mean()), rel=1e-5)


def test_a_network_that_is_pca_has_pcas_error() -> None:
    chosen = recipe("table", *PLAIN, "model.code_size=2")
    data = dataset(chosen)
    twin = fit_twin(data, 2)
    components = torch.from_numpy(twin.components)
    model = made_by_hand(chosen, components, components.T)
    figures = evaluate(model, data, twin)
    assert figures["test_mse"] == pytest.approx(figures["pca_mse"], rel=1e-3), "the mean of scaled rows is 0"
    x = data.inputs[data.test].numpy()
    assert figures["pca_mse"] == pytest.approx(np.square(twin.reconstruct(x) - x).mean(), rel=1e-5)


def test_only_test_rows_are_measured() -> None:
    chosen = recipe("table")
    data, model = dataset(chosen), trained("table")
    spoilt = data.inputs.clone()
    spoilt[data.train] = 1e6
    spoilt[data.validation] = -1e6
    twin = fit_twin(data, 2)
    before, after = evaluate(model, data, twin), evaluate(model, replace(data, inputs=spoilt), twin)
    assert before == after


def test_errors_are_those_of_corrupted_inputs_against_clean_targets() -> None:
    chosen = recipe("table", *PLAIN, "corruption.kind=gaussian", "corruption.sigma=0.5", "data.split.held_out=false")
    figures = figures_of(chosen, made_by_hand(chosen, torch.eye(4), torch.eye(4)))
    assert figures["test_mse"] == pytest.approx(0.25, rel=0.15)
    assert figures == figures_of(chosen, made_by_hand(chosen, torch.eye(4), torch.eye(4))), "the same noise again"


def test_pca_has_no_more_components_than_the_data_have_features() -> None:
    for size, components in ((2, 2), (9, 4)):
        chosen = recipe("table", "model.encoder.layers=[]", f"model.code_size={size}")
        network = Autoencoder(chosen.model, (4,))
        data = dataset(chosen)
        model = TrainedModel(chosen, data.shape, data.form, data.scaler, network.weights())
        figures = figures_of(chosen, model)
        assert (figures["code_size"], figures["pca_components"]) == (size, components)


def test_losses_come_from_the_history() -> None:
    figures = figures_of(recipe("table"), trained("table"))
    history = trained("table").history
    assert figures["train_loss"] == history.train["mse"][-1]
    assert figures["validation_loss"] == history.validation["mse"][-1]


@pytest.mark.parametrize(
    ("form", "options", "words"),
    [
        ("table", [], "no step of training saw"),
        ("table", ["data.split.held_out=false"], "the rows it learned from"),
        ("table", ["data.split.test=0"], "the rows it learned from"),
        ("signal", [], "no step of training saw"),
        ("signal", ["data.split.held_out=false"], "under noise it never saw"),
    ],
)
def test_it_is_said_what_was_measured_on(form: str, options: list[str], words: str) -> None:
    chosen = recipe(form, *options)
    assert words in figures_of(chosen, trained(form, *options))["measured_on"]


def test_codes_apart_by_label_are_named_rightly() -> None:
    random = np.random.default_rng(0)
    labels = np.repeat(np.arange(3), 40)
    apart = 100 * np.eye(3)[labels][:, :2] + random.normal(size=(120, 2))
    assert neighbour_accuracy(apart, labels) == 1
    guessed = neighbour_accuracy(random.normal(size=(120, 2)), labels)
    assert guessed is not None and 0.15 < guessed < 0.55


@pytest.mark.parametrize(
    "labels", [np.repeat([0, 1], [96, 4]), np.repeat([0, 1], [9, 9])], ids=["a rare label", "too few rows"]
)
def test_too_few_rows_have_no_accuracy(labels: np.ndarray) -> None:
    assert neighbour_accuracy(np.zeros((len(labels), 2)), labels) is None


def test_the_accuracy_is_that_of_the_test_codes() -> None:
    chosen = recipe("table", *PLAIN)
    data = dataset(chosen)
    assert data.labels is not None
    figures = figures_of(chosen, made_by_hand(chosen, torch.eye(4), torch.eye(4)))
    assert figures["accuracy"] == neighbour_accuracy(data.inputs[data.test].numpy(), data.labels[data.test])
    assert figures["accuracy"] > 0.8
    assert "accuracy" not in figures_of(recipe("signal"), trained("signal"))


COPY_WINDOWS = ("model.encoder.layers=[]", "model.code_size=16", "data.source.points=2000")


def test_a_signal_that_is_copied_stays_as_noisy_as_it_was() -> None:
    chosen = recipe("signal", *COPY_WINDOWS)
    figures = figures_of(chosen, made_by_hand(chosen, torch.eye(16), torch.eye(16)))
    assert figures["noisy_mse"] == pytest.approx(0.01, rel=0.25)
    assert figures["denoised_mse"] == pytest.approx(figures["noisy_mse"], rel=1e-4)
    assert figures["snr_after_db"] == pytest.approx(figures["snr_before_db"], abs=1e-3)


def test_a_signal_that_is_averaged_loses_noise() -> None:
    """The mean of sixteen values has a sixteenth of their noise, and joining windows takes more."""
    chosen = recipe("signal", *COPY_WINDOWS)
    averaging = torch.full((16, 16), 1 / 16)
    figures = figures_of(chosen, made_by_hand(chosen, averaging, torch.eye(16)))
    assert figures["snr_after_db"] > figures["snr_before_db"] + 10
    assert figures["denoised_mse"] < figures["noisy_mse"] / 10


def test_a_noise_level_is_met_in_the_test_stretch() -> None:
    noise = ("corruption.kind=noise-level", "corruption.snr_db=6")
    options = (*noise, "data.scaling=standard", "data.source.points=20000")
    chosen = recipe("signal", *options)
    figures = figures_of(chosen, replace(trained("signal"), recipe=chosen))
    assert figures["snr_before_db"] == pytest.approx(6, abs=0.15)


def test_errors_of_a_signal_are_in_its_own_units() -> None:
    """The noise is as strong in scaled units, where the ramp is wider by its standard deviation."""
    options = ("data.scaling=standard", *COPY_WINDOWS)
    chosen = recipe("signal", *options)
    figures = figures_of(chosen, made_by_hand(chosen, torch.eye(16), torch.eye(16)))
    unit = float(dataset(chosen).scaler.scale)
    assert unit < 0.5
    assert figures["noisy_mse"] == pytest.approx(0.01 * unit**2, rel=0.25)


def test_the_figures_of_a_signal_are_of_its_whole_test_stretch(monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = recipe("signal")
    lengths = []

    def note(clean: np.ndarray, other: np.ndarray) -> float:
        lengths.append((len(clean), len(other)))
        return snr_db(clean, other)

    monkeypatch.setattr("aedesk.analysis.evaluation.snr_db", note)
    figures_of(chosen, trained("signal"))
    assert set(lengths) == {(80, 80)}, "a fifth of 400, to its first and last sample"


@pytest.mark.parametrize(
    "options", [["corruption.sigma=0"], ["corruption.kind=none"], ["data.split.test=0.02"]],
    ids=["no noise", "no corruption", "too short a stretch"],
)  # fmt: skip
def test_without_signal_or_noise_there_is_no_ratio(options: list[str]) -> None:
    figures = figures_of(recipe("signal", *options), trained("signal", *options))
    assert not [name for name in figures if "snr" in name or "denoised" in name]
    assert figures["test_mse"] > 0


def test_an_output_that_is_no_number_has_no_figures() -> None:
    chosen = recipe("table", *PLAIN)
    wild = torch.full((4, 4), 1e30)
    figures = figures_of(chosen, made_by_hand(chosen, wild, wild))
    assert figures["test_mse"] is None and figures["pca_mse"] >= 0


def test_figures_are_plain_values() -> None:
    for form in ("image", "table", "signal"):
        for name, value in figures_of(recipe(form), trained(form)).items():
            assert value is None or type(value) in (int, float, str), name
