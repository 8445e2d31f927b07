"""Driving a desk without a window."""

from typing import Any

import numpy as np
import torch
from pytestqt.qtbot import QtBot

from aedesk.recipe import Recipe
from aedesk.training.events import EpochEnded
from aedesk.training.trained_model import TrainedModel
from aedesk.ui.desk import Desk
from tests.ui.driving import LONG, quiet

LONG_RUN = "training.epochs=100000"


def train(qtbot: QtBot, desk: Desk, recipe: Recipe) -> TrainedModel:
    with qtbot.waitSignal(desk.measured, timeout=LONG):
        desk.train(recipe)
    quiet(qtbot)
    return desk.model()


def begin(qtbot: QtBot, desk: Desk, recipe: Recipe) -> None:
    """Train until there is something to see."""
    with qtbot.waitSignal(desk.looked, timeout=LONG):
        desk.train(recipe)
    assert desk.state == "running"


def stop(qtbot: QtBot, desk: Desk) -> None:
    desk.stop()
    qtbot.waitUntil(lambda: desk.state == "idle", timeout=LONG)
    quiet(qtbot)


def assert_looks_like(desk: Desk, model: TrainedModel) -> None:
    """The views were told of this model's codes and reconstructions."""
    shot = desk.snapshot
    codes = model.autoencoder.encode(desk.dataset.inputs[shot.points]).numpy()
    assert np.allclose(shot.codes, codes, atol=1e-5)
    outputs = model.autoencoder(torch.from_numpy(shot.corrupted)).numpy()
    assert np.allclose(shot.reconstructed, outputs, atol=1e-5)


def epochs_in(heard: list[Any]) -> int:
    """How many epochs ended among the events."""
    return sum(isinstance(event, EpochEnded) for event in heard)
