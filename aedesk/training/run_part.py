"""The parts of a run: what goes before it, each part with its own work, and the run itself."""

from dataclasses import dataclass

from aedesk.training.devices import Device
from aedesk.training.events import Progress, StageProgress
from aedesk.training.history import Stage
from aedesk.training.learner import Learner
from aedesk.training.pretraining import LayerLearner, layer_pairs
from aedesk.training.running_means import Terms

_STEP = 4_000_000
"""Multiplications that take as long as a step's fixed costs, by measurement on CPUs."""


@dataclass(eq=False)
class Part:
    """What learns, for how many epochs, and for how many seconds it did.

    ``stage`` is the layer that learns alone, 0 the comparison, None the run itself.
    """

    learner: Learner | LayerLearner
    epochs: int
    first: int = 1
    stage: int | None = None
    seconds: float = 0.0

    @property
    def work(self) -> int:
        """All of it, in multiplications."""
        learner = self.learner
        return self.epochs * learner.batches_per_epoch * (learner.step_cost() + _STEP)

    def share(self, epoch: int, batch: int) -> float:
        """How much of the part is done (0…1) after a batch of an epoch."""
        return (epoch - self.first + batch / self.learner.batches_per_epoch) / self.epochs

    def speed(self, epoch: int) -> float:
        """Samples learned from per second."""
        done = (epoch - self.first) * len(self.learner.rows) + self.learner.seen
        return done / max(self.seconds, 1e-9)

    def progress(self, epoch: int, batch: int, losses: Terms, figures: Terms) -> Progress:
        """Of the run itself, how far it is."""
        speed, rows = self.speed(epoch), len(self.learner.rows)
        left = (self.first + self.epochs - epoch) * rows - self.learner.seen
        batches = self.learner.batches_per_epoch
        return Progress(epoch, batch, batches, losses, speed, left / max(speed, 1e-9), figures)

    def learned(self, train: list[float], validation: list[float]) -> Stage:
        """Of what goes before the run, what came of it so far."""
        name = self.learner.name if isinstance(self.learner, LayerLearner) else ""
        return Stage(self.stage or 0, [*train], [*validation], name)

    def not_a_number(self, epoch: int) -> str:
        """Why the run has failed, and what to do."""
        options = self.learner.options
        if self.stage and options.pretraining:
            rate = options.pretraining.learning_rate
            what, whose = f"layer {self.stage}'s epoch {epoch} alone", "pretraining's learning rate"
        else:
            rate, what, whose = options.learning_rate, f"epoch {epoch}", "learning rate"
        return (
            f"The loss stopped being a number in {what}: the {whose} {rate:g} is "
            f"probably too large. Try {rate / 10:g}. The last good weights are kept."
        )


class PartsBefore:
    """What goes before a run, in order, and how much of all the work is done."""

    def __init__(self, learner: Learner, run: Part, device: Device) -> None:
        options = learner.options.pretraining
        assert options is not None
        self.layers = len(layer_pairs(learner.network))
        self.parts: list[Part] = []
        if options.compare:
            same = Learner(learner.recipe, learner.dataset, device, None)
            self.parts.append(Part(same, learner.options.epochs, stage=0))
        for layer in range(1, self.layers + 1):
            self.parts.append(Part(LayerLearner(learner, layer), options.epochs, stage=layer))
        self._work = [part.work for part in (*self.parts, run)]

    def progress(self, part: Part, epoch: int, batch: int) -> StageProgress:
        """How far a part is, and all of them together."""
        place = self.parts.index(part)
        done = sum(self._work[:place]) + part.share(epoch, batch) * self._work[place]
        seconds = sum(known.seconds for known in self.parts[: place + 1])
        left = seconds * (sum(self._work) / done - 1) if done else 0.0
        return StageProgress(
            part.stage or 0, self.layers, epoch, part.epochs, batch, part.learner.batches_per_epoch,
            done / sum(self._work), part.speed(epoch), left,
        )  # fmt: skip
