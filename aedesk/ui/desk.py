"""The desk without its window: what is open, what is learning, and what came of it."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from aedesk.errors import AedeskError
from aedesk.ui.desk_work import Loaded, load_for, look_at, measure
from aedesk.ui.display_timer import DisplayTimer
from aedesk.ui.training_thread import TrainingThread
from aedesk.ui.watched_rows import WatchedRows, worst_rows
from aedesk.ui.work import Work

if TYPE_CHECKING:
    from aedesk.analysis.pca import PcaTwin
    from aedesk.data.dataset import Dataset
    from aedesk.recipe import Recipe
    from aedesk.training.devices import Device
    from aedesk.training.events import Event, Snapshot
    from aedesk.training.trained_model import TrainedModel


class Desk(QObject):
    """Loads data, trains, and keeps the model that the panels use.

    Signals:
        state_changed: ``idle``, ``loading``, ``running``, ``paused`` or ``stopping``.
        dataset_changed: a Dataset, or None when it does not fit the model any more.
        happened: an event of the run, in the rhythm of the display.
        looked: a Snapshot that is to be shown, of a run or of a finished model.
        model_changed: a TrainedModel has begun, ended or been opened, or None.
        finished: the TrainedModel of a run that is over, not measured yet.
        measured: the figures of a finished or reopened model.
        problem: a sentence for the user.
    """

    state_changed = Signal(str)
    dataset_changed = Signal(object)
    happened = Signal(object)
    looked = Signal(object)
    model_changed = Signal(object)
    finished = Signal(object)
    measured = Signal(dict)
    problem = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.state = "idle"
        self.device = "auto"
        self.loaded: Loaded | None = None
        self.snapshot: Snapshot | None = None
        self.watched = WatchedRows()
        self.unsaved = False
        self._model: TrainedModel | None = None
        self._thread: TrainingThread | None = None
        self._jobs: dict[str, Work] = {}
        self._display = DisplayTimer(self)
        self._display.due.connect(self._on_display_due)

    # -- what there is ------------------------------------------------------------------------

    @property
    def dataset(self) -> "Dataset | None":
        return self.loaded.dataset if self.loaded else None

    @property
    def twin(self) -> "PcaTwin | None":
        return self.loaded.twin if self.loaded else None

    def model(self) -> "TrainedModel | None":
        """The model with its newest weights, also while it learns."""
        if self._model and self.snapshot and self.snapshot.weights is not self._model.weights:
            self._model = self._model.with_weights(self.snapshot.weights)
        return self._model

    def is_training(self) -> bool:
        return self.state in ("running", "paused", "stopping")

    # -- training -----------------------------------------------------------------------------

    def train(self, recipe: "Recipe") -> None:
        """Load the recipe's data where they are not loaded yet, and learn from the start."""
        self._begin(recipe, None)

    def train_further(self, recipe: "Recipe") -> None:
        """Go on with the open model, trained as ``recipe`` says now."""
        model = self.model()
        if model:
            # How to train is the builder's to say, unless it shows another network altogether.
            same = recipe.model == model.recipe.model
            training = recipe.training if same else model.recipe.training
            self._begin(model.recipe.model_copy(update={"training": training}), model)

    def pause(self) -> None:
        if self._thread and self.state == "running":
            self._thread.pause()
            self._set_state("paused")

    def go_on(self) -> None:
        if self._thread and self.state == "paused":
            self._thread.go_on()
            self._set_state("running")

    def stop(self) -> None:
        """End the run and keep what was learned; or give up loading."""
        if self.state == "loading":
            self._drop("load")
            self._set_state("idle")
        elif self._thread:
            self._thread.stop()
            self._set_state("stopping")

    def stop_and_wait(self) -> "TrainedModel | None":
        """End the run now and return what was learned: for closing the window."""
        if self._thread:
            self._thread.stop()
            self._thread.wait()
            self._on_display_due()
        return self.model()

    def _begin(self, recipe: "Recipe", start: "TrainedModel | None") -> None:
        if self.is_training() or self.state == "loading":
            return
        self._set_state("loading")
        self._work(
            "load",
            lambda ready: self._on_loaded(recipe, start, *ready),
            load_for, recipe, self.device, self.loaded,
            failed=self._on_load_failed,
        )  # fmt: skip

    def _on_load_failed(self, sentence: str) -> None:
        self._set_state("idle")
        self.problem.emit(sentence)

    def _on_loaded(
        self, recipe: "Recipe", start: "TrainedModel | None", loaded: Loaded, device: "Device"
    ) -> None:
        self._take(loaded)
        self._drop("look", "measure", "rank")
        watch = self.watched.watch(loaded.dataset)
        self._thread = TrainingThread(recipe, loaded.dataset, device, start, watch, self)
        self._thread.finished.connect(self._on_thread_finished)
        self._thread.start()
        self._set_state("running")
        self._display.start()

    def _take(self, loaded: Loaded) -> None:
        before, self.loaded = self.dataset, loaded
        if loaded.dataset is not before:
            self._model, self.snapshot = self.model(), None  # what was seen of other data
            self.watched.clear()
            self.dataset_changed.emit(loaded.dataset)

    @Slot()
    def _on_display_due(self) -> None:
        if self._thread:
            for event in self._thread.take_events():
                self._on_event(event)

    @Slot()
    def _on_thread_finished(self) -> None:
        thread = self._thread
        if thread is None:
            return
        self._display.stop()
        self._on_display_due()
        self._thread = None
        thread.deleteLater()
        self._set_state("idle")
        if isinstance(thread.error, AedeskError):
            self.problem.emit(str(thread.error))
        elif thread.error:
            raise thread.error
        else:
            self._drop("rank")
            self._look_anew()  # the last weights may be newer than what was seen last
            self._measure()

    def _on_event(self, event: "Event") -> None:
        from aedesk.training.events import EpochEnded, Finished, Snapshot, StageLearned, Started

        match event:
            case Started():
                self.snapshot = None
                self._set_model(event.model, unsaved=False)
            case Snapshot():
                self.snapshot = event
                self.looked.emit(event)
            case EpochEnded() | StageLearned():
                if self._model:
                    self._model = replace(self._model, history=event.history)
                self._rank()
            case Finished():
                self._finish(event.model)
                if event.message:
                    self.problem.emit(event.message)
        if not isinstance(event, Snapshot):
            self.happened.emit(event)

    def _finish(self, model: "TrainedModel") -> None:
        if self.snapshot:
            self.snapshot = replace(self.snapshot, weights=model.weights)
        self._set_model(model, unsaved=True)
        self.finished.emit(model)

    # -- models from files --------------------------------------------------------------------

    def open_model(self, model: "TrainedModel") -> None:
        """Use a model from a file; its data are loaded beside it where they can be."""
        self._drop("look", "measure", "rank")
        if self.loaded and self.loaded.data != model.recipe.data:
            self._forget_dataset()
        self.snapshot = None
        self._set_model(model, unsaved=False)
        if model.metrics:
            self.measured.emit(model.metrics)
        self._set_state("loading")
        self._work(
            "load",
            lambda ready: self._on_data_of_model(model, ready[0]),
            load_for, model.recipe, "cpu", self.loaded,
            failed=self._on_no_data_of_model,
        )  # fmt: skip

    def _on_data_of_model(self, model: "TrainedModel", loaded: Loaded) -> None:
        self._set_state("idle")
        if loaded.dataset.shape == model.shape:
            self._take(loaded)
            self._look_anew()
        else:
            self._on_no_data_of_model(self.tr("Their shape has changed."))

    def _on_no_data_of_model(self, sentence: str) -> None:
        self._set_state("idle")
        self._forget_dataset()
        self.problem.emit(
            self.tr("The model is open, but the data it learned from are not here. {reason}").format(
                reason=sentence
            )
        )

    def _forget_dataset(self) -> None:
        self.loaded = None
        self.dataset_changed.emit(None)

    def saved(self) -> None:
        """The model is in a file now."""
        self.unsaved = False
        self.model_changed.emit(self.model())

    # -- looking ------------------------------------------------------------------------------

    def show_part(self, part: str) -> None:
        """Show another part of the data on the map."""
        self.watched.part = part
        self._look_anew()

    def show_choice(self, choice: str, draw_again: bool = False) -> None:
        """Show other samples in the reconstructions."""
        self.watched.choice = choice
        if draw_again:
            self.watched.draw_again()
        self._look_anew()

    def show_count(self, count: int) -> None:
        """Show so many samples in the reconstructions."""
        if count != self.watched.count:
            self.watched.count = count
            self.look_again()

    def show_row(self, row: int) -> None:
        """Show a clicked row in the reconstructions."""
        self.watched.select(row)
        self.look_again()

    def look_again(self) -> None:
        """Ask the run, or the finished model, for a Snapshot of what is watched now."""
        if self.dataset is None:
            return
        watch = self.watched.watch(self.dataset)
        if self._thread:
            self._thread.watch(watch)
        if self._fits() and (self._thread is None or self.state == "paused"):
            self._work("look", self._on_looked, look_at, self.model(), self.dataset, watch)

    def _look_anew(self) -> None:
        """Look at what may be other rows, or the same with other weights."""
        self._rank()
        self.look_again()

    def _fits(self) -> bool:
        """Whether the data are of the model's shape: after a run that could not begin they may not be."""
        return bool(self._model and self.dataset and self._model.shape == self.dataset.shape)

    def _on_looked(self, snapshot: "Snapshot") -> None:
        self.snapshot = snapshot
        self.looked.emit(snapshot)

    def _rank(self) -> None:
        model = self.model()
        if self.watched.choice == "worst" and self._fits() and "rank" not in self._jobs:
            rows = self.watched.ranked_part(self.dataset)
            self._work("rank", self._on_ranked, worst_rows, model, self.dataset, rows)

    def _on_ranked(self, rows: Any) -> None:
        self.watched.rank(rows)
        self.look_again()

    def _measure(self) -> None:
        if self._model and self.dataset and self.twin:
            self._work("measure", self._on_measured, measure, self._model, self.dataset, self.twin)

    def _on_measured(self, figures: dict[str, Any]) -> None:
        if self._model:
            self._model = self._model.with_metrics(figures)
            self.model_changed.emit(self._model)
        self.measured.emit(figures)

    # -- the rest -----------------------------------------------------------------------------

    def _set_model(self, model: "TrainedModel", unsaved: bool) -> None:
        self._model, self.unsaved = model, unsaved
        self.model_changed.emit(model)

    def _set_state(self, state: str) -> None:
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)

    def _work(self, name: str, done: Any, function: Any, *arguments: Any, failed: Any = None) -> None:
        """Run slow work under a name; a newer one of the same name takes an older one's place."""
        self._drop(name)
        work = Work(function, *arguments, parent=self)
        work.done.connect(lambda result: (self._jobs.pop(name, None), done(result)))
        work.failed.connect(lambda text: (self._jobs.pop(name, None), (failed or self.problem.emit)(text)))
        self._jobs[name] = work.start()

    def _drop(self, *names: str) -> None:
        for name in names:
            if name in self._jobs:
                self._jobs.pop(name).drop()
