"""Stopping early: when patience ends, and which weights remain."""

from collections.abc import Generator

import pytest
from small import finished, recipe, same_weights

from aedesk.training.learner import Learner
from aedesk.training.running_means import Terms


def validation_goes(monkeypatch: pytest.MonkeyPatch, *losses: float) -> None:
    """Lets the validation loss take these values, one per epoch, the last one for ever."""
    waiting = list(losses)

    def validate(self: Learner) -> Generator[None, None, tuple[Terms, Terms]]:
        yield
        return {"mse": waiting.pop(0) if len(waiting) > 1 else waiting[0]}, {}

    monkeypatch.setattr(Learner, "validate", validate)


@pytest.mark.parametrize(
    ("losses", "patience", "ends_after", "best"),
    [
        ([3, 2, 1, 2, 3], 2, 5, 3),
        ([3, 2, 1, 2, 0.5, 4, 4], 2, 7, 5),
        ([1, 1, 1], 2, 3, 1),
        ([1, 5], 1, 2, 1),
        ([5, 4, 3, 2, 1, 2, 3, 4], 3, 8, 5),
    ],
)
def test_the_best_weights_come_back(
    losses: list[float], patience: int, ends_after: int, best: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = finished(recipe("image", f"training.epochs={best}")).model
    validation_goes(monkeypatch, *losses)
    last = finished(recipe("image", "training.epochs=50", f"training.patience={patience}"))
    assert last.reason == "converged" and last.message == ""
    assert last.model.history.epochs == ends_after
    assert same_weights(last.model, expected)


def test_a_run_that_ends_within_its_patience_has_its_best_weights_too(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = finished(recipe("image", "training.epochs=2")).model
    validation_goes(monkeypatch, 3, 1, 2, 2)
    last = finished(recipe("image", "training.epochs=4", "training.patience=10"))
    assert last.reason == "completed" and last.model.history.epochs == 4
    assert same_weights(last.model, expected)


def test_without_patience_the_last_weights_remain(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = finished(recipe("image", "training.epochs=4")).model
    validation_goes(monkeypatch, 1, 2, 3, 4)
    last = finished(recipe("image", "training.epochs=4"))
    assert last.reason == "completed" and same_weights(last.model, expected)


def test_a_real_run_stops_when_it_learns_nothing_more() -> None:
    last = finished(recipe("table", "training.epochs=400", "training.patience=4", "training.learning_rate=0.05"))
    assert last.reason == "converged"
    curve = last.model.history.validation["mse"]
    best = curve.index(min(curve))
    assert len(curve) == best + 1 + 4
    again = finished(recipe("table", f"training.epochs={best + 1}", "training.learning_rate=0.05")).model
    assert same_weights(last.model, again)
