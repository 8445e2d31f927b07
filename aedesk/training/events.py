"""What a run says as it goes, and what it can be told. All arrays are copies."""

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import torch

from aedesk.training.devices import Device
from aedesk.training.history import History
from aedesk.training.trained_model import TrainedModel


@dataclass(frozen=True)
class Watch:
    """What a run shows in its snapshots: the rows to encode and the rows to reconstruct."""

    points: torch.Tensor
    rows: torch.Tensor


@dataclass(frozen=True)
class Stop:
    """Tells a run to end now and keep what it learned."""


@dataclass(frozen=True)
class Started:
    """The run begins; ``model`` has its first weights."""

    model: TrainedModel
    device: Device
    first_epoch: int
    last_epoch: int
    batches: int


@dataclass(frozen=True)
class Progress:
    """How far the run is.

    ``losses`` are the terms' means since the last time they were read, and ``figures`` those of
    what is watched beside the terms.
    """

    epoch: int
    batch: int
    batches: int
    losses: dict[str, float]
    samples_per_second: float
    seconds_left: float
    figures: dict[str, float] = field(default_factory=dict)

    def epochs_done(self) -> float:
        """Epochs learned so far, with the part of the present one."""
        return self.epoch - 1 + self.batch / self.batches


@dataclass(frozen=True)
class Snapshot:
    """What the network makes of the watched rows now.

    ``codes`` is ``[len(points), code_size]``, and ``log_variances`` of the same shape where codes
    are drawn; ``answers`` ``[len(points), outputs]`` are the head's. ``corrupted``,
    ``reconstructed`` and ``wanted``, what would have been right, are ``[len(rows), *shape]`` in
    scaled units; without ``wanted`` that is the data set's inputs. ``weights`` is a copy of the
    network's state.
    """

    epochs_done: float
    weights: dict[str, torch.Tensor]
    points: np.ndarray
    codes: np.ndarray
    rows: np.ndarray
    corrupted: np.ndarray
    reconstructed: np.ndarray
    log_variances: np.ndarray | None = None
    answers: np.ndarray | None = None
    wanted: np.ndarray | None = None


@dataclass(frozen=True)
class StageProgress:
    """How far what goes before the run is.

    ``stage`` is the layer that learns alone, from 1 to ``stages``, or 0 while the whole network
    learns without pretraining, for comparison. ``share`` (0…1) of all the work is done, the run's
    own included, which ``seconds_left`` is for too.
    """

    stage: int
    stages: int
    epoch: int
    epochs: int
    batch: int
    batches: int
    share: float
    samples_per_second: float
    seconds_left: float


@dataclass(frozen=True)
class StageLearned:
    """One more epoch of what goes before the run: ``history`` ends with the present stage.

    ``stage`` and ``stages`` are as in StageProgress; ``epoch`` counts from 1 to ``epochs`` within
    the stage.
    """

    stage: int
    stages: int
    epoch: int
    epochs: int
    history: History


@dataclass(frozen=True)
class EpochEnded:
    """An epoch is over: the terms' means while learning, and on the validation part after it.

    ``history`` has them all, this epoch's among them. ``figures`` are watched beside the terms.
    """

    epoch: int
    train: dict[str, float]
    validation: dict[str, float]
    learning_rate: float
    history: History = field(default_factory=History)
    figures: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Finished:
    """The run is over and this is its model. ``message`` is a sentence where something went wrong.

    ``diverged`` says that what went wrong is the loss, which stopped being a number.
    """

    model: TrainedModel
    reason: Literal["completed", "stopped", "converged", "failed"]
    message: str = ""
    diverged: bool = False


Event = Started | StageProgress | StageLearned | Progress | Snapshot | EpochEnded | Finished
Request = Watch | Stop | None
