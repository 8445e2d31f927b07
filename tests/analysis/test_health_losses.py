"""Losses, copies and contests that go wrong, the healthy left alone, and what an examination does."""

from dataclasses import replace

import pytest
import torch

from aedesk.analysis.health import findings, wanting
from aedesk.analysis.health_checks.examination import examine
from aedesk.analysis.health_checks.finding import value_at, with_changes
from aedesk.data.dataset import Dataset
from aedesk.files.recipe_file import read_shipped
from tests import small
from tests.analysis.patients import SMOOTH, TEXTBOOK, VARIATIONAL, WIDE, examined, health, mended

FEW = ("data.limit=100", WIDE, "model.code_size=16", 'model.head={kind="classifier"}', "training.epochs=30")
JUDGED = (
    'objective.adversaries=[{{kind="code-discriminator",weight={weight},width={width},learning_rate={rate}}}]'
)


# -- losses -----------------------------------------------------------------------------------


def test_a_rising_validation_loss_is_overfitting() -> None:
    found = health("image", *FEW)["overfitting-rise"]
    assert found.severity == "problem"
    assert "the validation loss (label error) was best around epoch" in found.sentence
    assert found.changes == {"training.patience": 3}
    assert "overfitting-rise" not in mended("image", "overfitting-rise", *FEW)


def test_a_widening_gap_is_overfitting() -> None:
    few = ("data.limit=60", WIDE, "model.code_size=32", "training.epochs=30")
    found = health("image", *few)["overfitting-gap"]
    assert "times the training loss" in found.sentence
    assert found.changes == {"augmentation": {"kind": "affine"}}
    fine = health("image", SMOOTH, "training.epochs=8")["overfitting"]
    assert fine.severity == "fine" and "new samples: mean squared error 0." in fine.sentence


def test_without_validation_nothing_is_said_of_it() -> None:
    assert not [key for key in health("image", SMOOTH, "data.split.held_out=false") if "overfitting" in key]


def test_a_loss_that_is_no_number_ends_the_run() -> None:
    away = ("model.output_activation=linear", "training.optimiser=sgd", "training.learning_rate=90")
    last = small.finished(small.recipe("image", *away))
    assert last.diverged and last.reason == "failed"
    (found,) = findings(last.model, small.dataset(last.model.recipe), diverged=last.diverged)
    assert found.severity == "problem"
    assert found.sentence.startswith("The loss stopped being a number in epoch 1")
    assert found.changes == {"training.learning_rate": 9.0}


def test_a_loss_that_has_run_away_but_is_a_number() -> None:
    options = (SMOOTH, "model.output_activation=linear")
    start = small.trained("image", *options)
    assert examined(start)["explosion"].severity == "fine"
    further = small.recipe("image", *options, "training.learning_rate=3.0", "training.epochs=1")
    found = examined(small.finished(further, start=start).model)["explosion"]
    assert found.severity == "problem" and found.sentence.startswith("The loss has exploded")
    assert found.changes == {"training.learning_rate": 0.3}


def test_a_run_that_ended_too_soon() -> None:
    model = small.trained("table", SMOOTH, "training.learning_rate=0.005", "training.epochs=8")
    found = examined(model)["underfitting"]
    assert found.severity == "notice" and "still brought the loss down" in found.sentence
    assert found.changes == {"training.epochs": 16}
    longer = model.recipe.training.model_copy(update={"epochs": 9})
    begun = replace(model, recipe=model.recipe.model_copy(update={"training": longer}))
    assert "underfitting" not in examined(begun), "a run that is not over may still fall"


def test_a_network_worse_than_pca_has_not_learned_enough() -> None:
    options = (SMOOTH, 'training.schedule="one-cycle"', "training.epochs=10")
    found = examined(small.trained("image", *options), twin=True)["underfitting"]
    assert "times that of PCA" in found.sentence and found.changes == {"training.epochs": 20}
    with_goal = small.trained("image", *options, VARIATIONAL.format(beta=0.01))
    told = examined(with_goal, twin=True).get("underfitting")
    assert told is None or "PCA" not in told.sentence


DRAWN = VARIATIONAL.format(beta=0.001)


@pytest.mark.parametrize(
    "goal", ["", DRAWN, 'model.head={kind="classifier"}', 'objective.penalties=[{kind="l1",weight=1e-6}]',
             JUDGED.format(weight=0.001, width=8, rate=1e-3), "objective.reconstruction=kl"],
)  # fmt: skip
@pytest.mark.parametrize("schedule", ["constant", "one-cycle"])
def test_a_network_that_learned_nothing_is_told_so_whatever_its_family(goal: str, schedule: str) -> None:
    slow = (SMOOTH, "training.learning_rate=1e-5", "training.epochs=5", f"training.schedule={schedule}")
    output = ("model.output_activation=linear",) if "=kl" not in goal else ("model.output_activation=softmax",)
    found = health("image", *slow, *output, *filter(None, [goal]))
    assert found["underfitting"].severity == "notice" and "hardly learned" in found["underfitting"].sentence
    assert found["underfitting"].changes == {"training.epochs": 10}
    assert "overfitting" not in found or not goal.startswith("objective.reconstruction")


def test_a_network_that_was_not_asked_to_give_samples_back_may_not() -> None:
    slow = (SMOOTH, "training.learning_rate=1e-5", "training.epochs=4", 'model.head={kind="classifier"}')
    assert "underfitting" not in health("image", *slow, "objective.weight=0")


def test_a_loss_that_stood_still_is_not_fine() -> None:
    model = small.trained("image", SMOOTH, "training.epochs=6")
    still = [0.401, 0.4005, 0.4003, 0.4002, 0.4001, 0.4]
    history = replace(model.history, train={"mse": still}, validation={"mse": still})
    (told,) = findings(replace(model, history=history))
    assert told.severity == "notice"
    assert told.sentence == "The loss has hardly moved: 0.401 in the first epoch and 0.4 in the last."
    known = examined(replace(model, history=history))
    assert not {"explosion", "overfitting"} & known.keys() and known["underfitting"].severity == "fine"


def test_more_epochs_are_not_advised_for_what_they_cannot_mend() -> None:
    found = examined(small.trained("table", *TEXTBOOK, "model.code_activation=relu"), twin=True)
    assert found["dead-code"].severity == "problem" and "underfitting" not in found


# -- copies and contests ----------------------------------------------------------------------


def test_a_copy_is_named_and_a_corruption_advised() -> None:
    linear = ("model.code_size=4", "model.encoder.layers=[]")
    copy = (*linear, "training.learning_rate=0.05", "training.epochs=30")
    found = health("table", *copy)["copying"]
    assert found.severity == "problem" and "4 numbers for 4 values" in found.sentence
    assert found.changes == {"corruption": {"kind": "gaussian"}}
    assert mended("table", "copying", *copy)["copying"].severity == "fine"
    assert health("table", *copy, 'objective.penalties=[{kind="l1"}]')["copying"].severity == "fine"
    assert "copying" not in health("table", *copy, "model.code_size=3")
    assert "copying" not in health("table", *copy, "training.epochs=1", "training.learning_rate=1e-4")


def test_a_discriminator_that_tells_all_is_slowed_down() -> None:
    judged = JUDGED.format(weight=0.0, width=256, rate="0.02,steadiness=0")
    told = (SMOOTH, judged, "training.epochs=12")
    found = health("image", *told)["discriminator-0"]
    assert found.severity == "notice" and "has won" in found.sentence
    assert found.changes == {"objective.adversaries.0.learning_rate": 0.004}


def test_a_discriminator_that_is_fooled_is_quickened() -> None:
    fooled = (SMOOTH, JUDGED.format(weight=5, width=8, rate=1e-5), "training.epochs=8")
    found = health("image", *fooled)["discriminator-0"]
    assert found.severity == "notice" and "has lost" in found.sentence
    assert found.changes == {"objective.adversaries.0.learning_rate": 3e-5}


def test_a_discriminator_that_can_only_guess_is_what_is_wanted() -> None:
    even = (SMOOTH, JUDGED.format(weight=0.1, width=16, rate=1e-3), "training.epochs=4")
    assert health("image", *even)["discriminator-0"].severity == "fine"


# -- the healthy, and what an examination does -------------------------------------------------


@pytest.mark.parametrize("name", ["digits8-quick", "iris-map"])
def test_shipped_recipes_are_well(name: str) -> None:
    model = small.finished(read_shipped(name)).model
    assert not wanting(list(examined(model, twin=True).values()))


def test_the_worst_comes_first() -> None:
    options = (SMOOTH, "data.scaling=none", "training.epochs=6")
    grades = [finding.severity for finding in health("image", *options).values()]
    assert grades == sorted(grades, key=["problem", "notice", "fine"].index) and len(set(grades)) > 1


def test_nothing_is_said_of_a_network_that_has_not_learned() -> None:
    model = small.trained("image")
    assert findings(replace(model, history=type(model.history)()), small.dataset(model.recipe)) == []


def test_without_data_the_history_still_tells() -> None:
    model = small.trained("image", *FEW)
    for dataset in (None, small.dataset(small.recipe("table"))):
        assert {finding.key for finding in findings(model, dataset)} == {
            "overfitting-rise", "explosion"
        }  # fmt: skip


def test_test_rows_are_left_alone_and_rows_are_few() -> None:
    model = small.trained("image")
    data: Dataset = small.dataset(model.recipe)
    spoilt = data.inputs.clone()
    spoilt[data.test] = torch.nan
    measured = examine(model, replace(data, inputs=spoilt)).measured
    assert measured is not None and torch.isfinite(measured.clean).all()
    assert len(measured.clean) == len(data.train) + len(data.validation)
    many = replace(data, inputs=data.inputs.repeat(20, 1, 1, 1), train=torch.arange(20 * len(data.inputs)))
    measured = examine(model, many).measured
    assert measured is not None and len(measured.clean) == 2000


def test_an_examination_leaves_no_trace() -> None:
    model = small.trained("image", VARIATIONAL.format(beta=1))
    before = {name: value.clone() for name, value in model.weights.items()}
    first = findings(model, small.dataset(model.recipe))
    assert not any(module._forward_hooks for module in model.autoencoder.modules())
    assert all(torch.equal(value, model.weights[name]) for name, value in before.items())
    assert findings(model, small.dataset(model.recipe)) == first, "and says the same again"


def test_data_that_do_not_vary_kill_no_unit() -> None:
    model = small.trained("image", SMOOTH)
    data = small.dataset(model.recipe)
    keys = {finding.key for finding in findings(model, replace(data, inputs=torch.zeros_like(data.inputs)))}
    assert not keys & {"dead-units", "dead-code"}


# -- changes of documents ---------------------------------------------------------------------


def test_changes_reach_into_lists_and_leave_the_rest() -> None:
    before = {"a": {"list": [{"x": 1, "y": 2}, {"x": 3}]}, "b": 5}
    after = with_changes(before, {"a.list.1.x": 4, "b": {"kind": "new"}, "a.c": 6, "a.list.0.y": None})
    assert after == {"a": {"list": [{"x": 1}, {"x": 4}], "c": 6}, "b": {"kind": "new"}}
    assert before == {"a": {"list": [{"x": 1, "y": 2}, {"x": 3}]}, "b": 5}
    assert value_at(after, "a.list.1.x") == 4 and value_at(after, "a.absent") is None


@pytest.mark.parametrize("path", ["absent.x", "list.2.x", "list.x.x", "list.2", "number.x.y"])
def test_a_path_that_leads_nowhere_is_an_error(path: str) -> None:
    document = {"list": [{"x": 1}], "number": 1}
    with pytest.raises(LookupError):
        with_changes(document, {path: 1})
    with pytest.raises(LookupError):
        value_at(document, path)
