"""Training as a plain generator of events."""

from collections.abc import Generator
from dataclasses import replace
from time import perf_counter
from typing import Any

from torch import Tensor

from aedesk.data.dataset import Dataset
from aedesk.errors import TrainingError
from aedesk.recipe import Recipe
from aedesk.training.devices import Device, choose, trouble
from aedesk.training.events import (
    EpochEnded,
    Event,
    Finished,
    Progress,
    Request,
    StageLearned,
    StageProgress,
    Started,
    Stop,
    Watch,
)
from aedesk.training.history import History
from aedesk.training.learner import Learner
from aedesk.training.optimisation import learning_rate
from aedesk.training.pretraining import LayerLearner
from aedesk.training.run_part import Part, PartsBefore
from aedesk.training.running_means import Terms, are_finite, weights_are_finite
from aedesk.training.snapshot import look
from aedesk.training.threads import threads_worth
from aedesk.training.trained_model import TrainedModel

_BETWEEN_EVENTS = 1 / 30
_BETWEEN_READINGS_OF_A_GPU = 0.2
_BETWEEN_GOOD_WEIGHTS = 2.0
_BETWEEN_SNAPSHOTS = 1 / 15
_SNAPSHOT_SHARE = 0.03

Run = Generator[Event, Request, Any]


def train(
    recipe: Recipe,
    dataset: Dataset,
    device: Device | None = None,
    start: TrainedModel | None = None,
    watch: Watch | None = None,
) -> Run:
    """Learn, and say how it goes.

    Sending a Watch changes what the snapshots show; sending Stop ends the run soon with a Finished
    that has what was learned. Not asking for the next event is a pause; closing the generator
    abandons the run. ``start`` goes on from an earlier run for the recipe's number of epochs more.
    Without a ``watch`` no snapshots are taken.

    TrainingError where the recipe cannot be trained. What goes wrong on the way ends the run with
    a Finished of reason ``failed`` that has the last good weights.
    """
    fatal = [problem for problem in recipe.problems() if problem.fatal]
    if fatal:
        raise TrainingError(str(fatal[0]))
    device = device or choose()
    try:
        run = _Run(Learner(recipe, dataset, device, start), device, start, watch)
    except RuntimeError as error:
        sentence = trouble(error, recipe.training.batch_size)
        raise TrainingError(sentence) if sentence else error from error
    with threads_worth(run.learner.step_cost()):
        yield from run.events()


class _Run:
    """One run: what has been said and heard, and what is kept of the weights."""

    def __init__(
        self, learner: Learner, device: Device, start: TrainedModel | None, watch: Watch | None
    ) -> None:
        self.learner, self.device, self.watch = learner, device, watch
        self.shown = learner
        self.options = learner.options
        self.history = start.history if start else History()
        self.part = Part(learner, self.options.epochs, self.history.epochs + 1)
        self.pretraining = None if start else self.options.pretraining
        self.stopping = False
        self.failure = ""
        batches = learner.batches_per_epoch
        self.sign: Progress | StageProgress = Progress(self.part.first, 0, batches, {}, 0.0, 0.0)
        self.spoke_at = self.reported_at = self.read_at = self.kept_at = perf_counter()
        self.next_snapshot = 0.0
        self.good = learner.network.weights()
        self.best: tuple[float, int, dict[str, Tensor]] = (float("inf"), 0, self.good)

    def events(self) -> Run:
        diverged = True
        try:
            reason = yield from self._learn()
            model = self._model()
            if not self.failure and not weights_are_finite(model.weights):
                self.failure = self.part.not_a_number(self.sign.epoch)
        except RuntimeError as error:
            sentence = trouble(error, self.options.batch_size)
            if sentence is None:
                raise
            self.failure, diverged = sentence, False
        if self.failure:
            model = self.learner.model(self.history, self.good, None)
            yield Finished(model, "failed", self.failure, diverged)
        else:
            yield Finished(model, reason)

    def _learn(self) -> Generator[Event, Request, str]:
        learner, part = self.learner, self.part
        first, last = part.first, part.first + part.epochs - 1
        model = learner.model(self.history, self.good, None)
        yield from self._say(Started(model, self.device, first, last, learner.batches_per_epoch))
        yield from self._show(first - 1, always=True)
        yield from self._before()
        if self.stopping or self.failure:
            return "failed" if self.failure else "stopped"
        for epoch in range(first, last + 1):
            before = part.seconds
            ended = yield from self._epoch(part, epoch)
            if ended is None:
                return "failed" if self.failure else "stopped"
            train, validation, figures = ended
            self._keep_good()
            self.history = self.history.extended(
                train, validation, figures, part.seconds - before, learner.seen
            )
            rate = learning_rate(self.options, part.share(epoch, learner.batches_per_epoch))
            yield from self._say(EpochEnded(epoch, train, validation, rate, self.history, figures))
            if self._converged(epoch, sum((validation or train).values())):
                self._restore_best()
                yield from self._show(epoch, always=True)
                return "converged"
            if self.stopping:
                return "stopped"
        if self.options.patience:
            self._restore_best()
        yield from self._show(last, always=True)
        return "completed"

    def _before(self) -> Run:
        """Let what goes before the run learn: the comparison, then every layer by itself."""
        if self.pretraining is None:
            return
        before = PartsBefore(self.learner, self.part, self.device)
        for part in before.parts:
            self.sign = before.progress(part, 1, 0)
            yield from self._say(self.sign)
            if isinstance(part.learner, LayerLearner):
                yield from self._in_pieces(part.learner.prepare())
            else:
                self.shown = part.learner
            yield from self._stage(part, before)
            if part.stage == 0:
                self.failure = ""  # that the network fails without pretraining is what was asked
            self.shown = part.learner = self.learner  # what a part needed is let go
            if self.stopping or self.failure:
                return
            yield from self._show(0, always=True)

    def _stage(self, part: Part, before: PartsBefore) -> Run:
        """Let one part that goes before the run learn for its epochs."""
        losses: tuple[list[float], list[float]] = ([], [])
        for epoch in range(1, part.epochs + 1):
            seconds = part.seconds
            ended = yield from self._epoch(part, epoch, before)
            if ended is None:
                return
            for values, terms in zip(losses, ended, strict=False):
                values += [sum(terms.values())] if terms else []
            self._keep_good()
            self.history = self.history.with_stage(
                part.learned(*losses), part.seconds - seconds, part.learner.seen
            )
            place = before.progress(part, epoch, part.learner.batches_per_epoch)
            yield from self._say(
                StageLearned(place.stage, place.stages, epoch, part.epochs, self.history)
            )
            if self.stopping:
                return

    def _epoch(
        self, part: Part, epoch: int, before: PartsBefore | None = None
    ) -> Generator[Event, Request, tuple[Terms, Terms, Terms] | None]:
        """Learn an epoch and measure: terms while learning and in validation, and figures.

        None where it was stopped before its end, or failed.
        """
        yield from self._batches(part, epoch, before)
        learner = part.learner
        train = learner.epoch_losses()
        if learner.seen < len(learner.rows) and self.stopping and not self.failure:
            return None
        validation: Terms = {}
        figures: Terms = learner.epoch_figures() if isinstance(learner, Learner) else {}
        if len(self.learner.dataset.validation):
            validation, measured = yield from self._in_pieces(learner.validate())
            figures |= measured
        if self.failure or not (are_finite(train) and are_finite(validation)):
            self.failure = self.failure or part.not_a_number(epoch)
            return None
        return train, validation, figures

    def _batches(self, part: Part, epoch: int, before: PartsBefore | None) -> Run:
        """Learn from all training rows once, reporting about 30 times a second."""
        learner, batches = part.learner, part.learner.batches_per_epoch
        began = perf_counter()
        for number, batch in enumerate(learner.batches(epoch), 1):
            learner.learn(batch, part.share(epoch, number - 1))
            now = perf_counter()
            if now - self.reported_at < _BETWEEN_EVENTS:
                continue
            part.seconds += now - began
            yield from self._report(part, epoch, number, before)
            yield from self._show(0 if before else epoch - 1 + number / batches)
            if self.stopping or self.failure:
                return
            began = perf_counter()
        part.seconds += perf_counter() - began

    def _report(self, part: Part, epoch: int, number: int, before: PartsBefore | None) -> Run:
        """Say how far the run is. A GPU's losses are read less often, since reading them waits for it."""
        learner, now = part.learner, perf_counter()
        losses: Terms = {}
        figures: Terms = {}
        if self.device.key == "cpu" or now - self.read_at > _BETWEEN_READINGS_OF_A_GPU:
            self.read_at = now
            losses = learner.recent_losses()
            figures = learner.recent_figures() if isinstance(learner, Learner) else {}
            if not are_finite(losses):
                self.failure = part.not_a_number(epoch)
            elif now - self.kept_at > _BETWEEN_GOOD_WEIGHTS:
                self._keep_good()
        if before:
            self.sign = before.progress(part, epoch, number)
            yield from self._say(self.sign)
        else:
            said = part.progress(epoch, number, losses, figures)
            self.sign = replace(said, losses={}, figures={})
            yield from self._say(said)
        self.reported_at = self.spoke_at

    def _show(self, epochs_done: float, always: bool = False) -> Run:
        """Take a snapshot if it is time: all together they cost a small share of the run."""
        began = perf_counter()
        if self.watch is None or (began < self.next_snapshot and not always):
            return
        learner, watch = self.shown, self.watch
        pieces = look(learner.network, learner.recipe, learner.given, learner.dataset, watch, epochs_done)
        snapshot = yield from self._in_pieces(pieces)
        now = perf_counter()
        if self.watch is watch:  # one that came meanwhile is not to wait
            self.next_snapshot = now + max(_BETWEEN_SNAPSHOTS, (now - began) / _SNAPSHOT_SHARE)
        yield from self._say(snapshot)

    def _in_pieces(self, pieces: Generator[None, None, Any]) -> Generator[Event, Request, Any]:
        """Do something long, giving signs of life so that the listener can speak meanwhile."""
        while True:
            try:
                next(pieces)
            except StopIteration as done:
                return done.value
            if perf_counter() - self.spoke_at >= _BETWEEN_EVENTS:
                yield from self._say(self.sign)

    def _say(self, event: Event) -> Run:
        heard = yield event
        self.spoke_at = perf_counter()
        if isinstance(heard, Stop):
            self.stopping = True
        elif isinstance(heard, Watch):
            self.watch, self.next_snapshot = heard, 0.0

    def _keep_good(self) -> None:
        """Remember the weights as good, unless the last step has spoilt them already."""
        weights = self.learner.network.weights()
        self.kept_at = perf_counter()
        if weights_are_finite(weights):
            self.good = weights

    def _converged(self, epoch: int, loss: float) -> bool:
        """Whether the loss has not improved for as many epochs as the recipe has patience."""
        if loss < self.best[0]:
            self.best = (loss, epoch, self.good)
        return bool(self.options.patience) and epoch - self.best[1] >= self.options.patience

    def _restore_best(self) -> None:
        self.learner.network.load_state_dict(self.best[2])

    def _model(self) -> TrainedModel:
        learner = self.learner
        return learner.model(self.history, learner.network.weights(), learner.state())
