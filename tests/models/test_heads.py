"""Heads: what they put out, what they make small, and the figures they are watched by."""

from dataclasses import replace
from typing import Any

import pytest
import torch
from sklearn.metrics import r2_score
from small import dataset, events_of, of_kind, recipe
from torch.nn import functional

from aedesk.errors import TrainingError
from aedesk.models.autoencoder import Autoencoder
from aedesk.models.batch_pass import BatchPass
from aedesk.models.bottleneck import Posterior
from aedesk.models.head import Head
from aedesk.models.heads.classifier import Classifier
from aedesk.models.heads.regressor import Regressor
from aedesk.training.events import EpochEnded

EVERY = [kind() for kind in Head.kinds().values() if kind.__module__.startswith("aedesk.")]
DIABETES = ("data.source.kind=diabetes", "model.head.kind=regressor")


def passed(answers: torch.Tensor, **more: Any) -> BatchPass:
    """A pass of which only the answers and what belongs to them are asked."""
    nothing = torch.zeros(len(answers), 1)
    return BatchPass(None, nothing, nothing, Posterior(nothing), nothing, nothing, torch.Generator(), answers, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("hidden", [0, 5])
@pytest.mark.parametrize("head", EVERY, ids=lambda one: one.kind)
def test_a_head_puts_out_as_much_as_it_says(head: Head, hidden: int) -> None:
    head = head.model_copy(update={"hidden": hidden})
    module = head.build(3, 4, torch.Generator().manual_seed(0))
    answers = module(torch.randn(7, 3))
    assert answers.shape == (7, head.outputs(4))
    widths = [tuple(one.shape) for one in module.parameters() if one.dim() == 2]
    assert widths == ([(5, 3), (head.outputs(4), 5)] if hidden else [(head.outputs(4), 3)])


@pytest.mark.parametrize("hidden", [0, 5])
@pytest.mark.parametrize("head", EVERY, ids=lambda one: one.kind)
def test_first_weights_come_from_the_generator_and_need_no_memory(head: Head, hidden: int) -> None:
    head = head.model_copy(update={"hidden": hidden})
    one, other, third = (head.build(3, 4, torch.Generator().manual_seed(seed)) for seed in (1, 1, 2))
    for a, b in zip(one.parameters(), other.parameters(), strict=True):
        assert torch.equal(a, b)
    assert not torch.equal(next(one.parameters()), next(third.parameters()))
    with torch.device("meta"):
        assert next(head.build(3, 4, torch.Generator()).parameters()).is_meta


def test_a_hidden_layer_tells_apart_what_no_line_can() -> None:
    code = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    labels = torch.tensor([0, 1, 1, 0])

    def reached(head: Classifier) -> float:
        module = head.build(2, 2, torch.Generator().manual_seed(0))
        optimiser = torch.optim.Adam(module.parameters(), 0.1)
        for _ in range(150):
            batch = passed(module(code), labels=labels)
            optimiser.zero_grad()
            head.terms(batch)["labels"].backward()
            optimiser.step()
        return float(head.figures(batch)["accuracy"])

    assert reached(Classifier()) < 1
    assert reached(Classifier(hidden=8)) == 1


def test_a_classifier_counts_the_cross_entropy_and_what_it_gets_right() -> None:
    answers = torch.tensor([[2.0, 0.0, 0.0], [0.0, 2.0, 0.0], [0.0, 3.0, 0.0], [0.0, 0.0, 1.0]])
    batch = passed(answers, labels=torch.tensor([0, 1, 2, 2]))
    wanted = functional.cross_entropy(answers, torch.tensor([0, 1, 2, 2]))
    assert float(Classifier(weight=2).terms(batch)["labels"]) == pytest.approx(2 * float(wanted))
    assert float(Classifier().figures(batch)["accuracy"]) == 0.75


def test_unknown_labels_teach_nothing() -> None:
    answers = torch.randn(6, 3, generator=torch.Generator().manual_seed(0))
    labels = torch.tensor([0, 1, 2, -1, -1, -1])
    some, known = passed(answers, labels=labels), passed(answers[:3], labels=labels[:3])
    for of in (Classifier().terms, Classifier().figures):
        assert [float(value) for value in of(some).values()] == pytest.approx(
            [float(value) for value in of(known).values()]
        )
    none = replace(some, labels=torch.full((6,), -1))
    assert float(Classifier().terms(none)["labels"]) == 0 and float(Classifier().figures(none)["accuracy"]) == 0


def test_a_regressor_counts_the_squared_error() -> None:
    batch = passed(torch.tensor([[1.0], [2.0]]), targets=torch.tensor([0.0, 4.0]))
    assert float(Regressor(weight=3).terms(batch)["number"]) == pytest.approx(3 * (1 + 4) / 2)


def test_the_mean_of_a_regressors_figure_over_batches_is_the_r2_of_the_training_part() -> None:
    data = dataset(recipe("table", *DIABETES))
    assert data.targets is not None
    targets = data.targets[data.train]
    answers = 0.5 * targets[:, None] + 0.3
    batches = zip(answers.split(50), targets.split(50), strict=True)
    parts = [(float(Regressor().figures(passed(a, targets=t))["R²"]), len(t)) for a, t in batches]
    mean = sum(value * count for value, count in parts) / len(targets)
    assert mean == pytest.approx(r2_score(targets, answers[:, 0]), abs=1e-5)


def test_a_run_with_a_classifier_shows_its_term_and_its_accuracy() -> None:
    last = of_kind(events_of(recipe("table", "model.head.kind=classifier", "training.epochs=60")), EpochEnded)[-1]
    assert set(last.train) == {"mse", "labels"}
    assert last.train["labels"] < 0.5
    assert last.figures["accuracy"] > 0.8


def test_a_run_with_a_regressor_shows_its_term_and_its_r2() -> None:
    chosen = recipe("table", *DIABETES, "model.code_size=4", "training.epochs=40")
    last = of_kind(events_of(chosen), EpochEnded)[-1]
    assert set(last.train) == {"mse", "number"}
    assert last.figures["R²"] == pytest.approx(1 - last.validation["number"], abs=1e-5)
    assert last.figures["R²"] > 0.2


def test_a_head_of_no_weight_does_not_move_the_network() -> None:
    """It reads the code that the reconstruction alone made."""
    chosen = recipe("table", "model.head.kind=classifier", "model.head.weight=0")
    with_head = events_of(chosen)[-1].model.weights  # type: ignore[union-attr]
    without = events_of(recipe("table"))[-1].model.weights  # type: ignore[union-attr]
    assert with_head.keys() > without.keys()
    assert all(torch.equal(value, with_head[name]) for name, value in without.items())


def test_the_code_learns_from_the_head() -> None:
    network = Autoencoder(recipe("table", "model.head.kind=classifier").model, (4,), classes=3)
    code = network.encode(torch.randn(5, 4))
    answers = network.answer(code)
    assert answers is not None
    Classifier().terms(passed(answers, labels=torch.tensor([0, 1, 2, 0, 1])))["labels"].backward()
    assert all(one.grad is not None and one.grad.abs().sum() > 0 for one in network.encoder.parameters() if one.dim() == 2)


@pytest.mark.parametrize(
    ("assignments", "words"),
    [
        (["data.source.kind=diabetes", "model.head.kind=classifier"], "learns labels, and these data have none"),
        (["model.head.kind=regressor"], "learns a number, and these data name none"),
    ],
)
def test_data_without_an_answer_are_named(assignments: list[str], words: str) -> None:
    with pytest.raises(TrainingError, match=words):
        events_of(recipe("table", *assignments))
