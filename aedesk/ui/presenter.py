"""Tells the panels what happens on the desk, and the desk what is done in the panels."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QDockWidget

from aedesk.ui.anomaly_work import AnomalyWork
from aedesk.ui.desk import Desk
from aedesk.ui.docks import Docks
from aedesk.ui.drawing_answers import DrawingAnswers
from aedesk.ui.generate_work import GenerateWork
from aedesk.ui.health_work import HealthWork
from aedesk.ui.panel_set import PanelSet
from aedesk.ui.panels.anomaly_page import AnomalyPage
from aedesk.ui.panels.pad_answer import PadAnswer
from aedesk.ui.panels.run_bar_text import result_sentence
from aedesk.ui.plane_work import PlaneWork
from aedesk.ui.signal_opening import SignalOpening
from aedesk.ui.signal_work import SignalWork
from aedesk.ui.views.latent_prior import PriorOutline, prior_outline

if TYPE_CHECKING:
    from aedesk.data.dataset import Dataset
    from aedesk.recipe import Recipe
    from aedesk.training.events import Event, Snapshot
    from aedesk.training.trained_model import TrainedModel

_BETWEEN_MARKS_MS = 80
_AFTER_THE_MAP_MS = 10


class Presenter(QObject):
    """Connects a Desk and the panels. A view that cannot be seen is told when it can be."""

    def __init__(self, desk: Desk, panels: PanelSet, docks: Docks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk, self.panels, self._docks = desk, panels, docks
        self.answers = DrawingAnswers(desk, self)
        self.plane_work = PlaneWork(desk, self)
        self.signal_work = SignalWork(desk, panels.signal, panels.builder, self)
        self.signal_opening = SignalOpening(panels.signal, self)
        self.anomaly_work = self._add_anomalies()
        self.generate_work = GenerateWork(desk, panels.generate, self.answers, self)
        self.health_work = HealthWork(desk, panels.health, panels.builder, self)
        self._stale: set[QDockWidget] = set()
        self._behind: set[QDockWidget] = set()
        self._twin_shown: tuple[object, ...] = ()
        # The whole map is painted for its mark: at every movement of the pen that would hold up the pad.
        self._mark: np.ndarray | None = None
        self._mark_timer = QTimer(self, singleShot=True, interval=_BETWEEN_MARKS_MS)
        self._mark_timer.timeout.connect(self._show_mark)
        self._rows_timer = QTimer(self, singleShot=True, interval=_AFTER_THE_MAP_MS)
        self._rows_timer.timeout.connect(self._on_rows_due)
        self._connect_desk()
        self._connect_panels()
        self._on_model_changed(None)

    def _add_anomalies(self) -> AnomalyWork:
        """A page of the signal desk that looks for what is unlike the normal."""
        panel = self.panels.signal
        page = AnomalyPage(panel)
        title, tooltip = self.tr("Anomalies"), self.tr("See where the signal is unlike those that the model learned from.")
        panel.add_page(page, title, tooltip)
        panel.seen_changed.connect(page.show_seen)
        work = AnomalyWork(self.desk, page, self)
        work.notice.connect(panel.notice)
        return work

    def _connect_desk(self) -> None:
        desk = self.desk
        desk.state_changed.connect(self._on_state_changed)
        desk.dataset_changed.connect(self._on_dataset_changed)
        desk.happened.connect(self._on_happened)
        desk.looked.connect(self._on_looked)
        desk.model_changed.connect(self._on_model_changed)
        desk.measured.connect(self._on_measured)

    def _connect_panels(self) -> None:
        desk, panels = self.desk, self.panels
        bar = panels.run_bar
        bar.train_requested.connect(self.train)
        bar.further_requested.connect(self.train_further)
        bar.pause_requested.connect(desk.pause)
        bar.continue_requested.connect(desk.go_on)
        bar.stop_requested.connect(desk.stop)
        bar.device_changed.connect(lambda key: setattr(desk, "device", key))
        panels.builder.problems_changed.connect(self._on_problems_changed)
        panels.latent_map.part_requested.connect(desk.show_part)
        panels.latent_map.sample_selected.connect(self._on_sample_selected)
        panels.latent_map.code_pointed.connect(self._on_code_pointed)
        panels.latent_map.plane_requested.connect(self.plane_work.decode)
        self.plane_work.decoded.connect(panels.latent_map.show_plane)
        panels.reconstructions.choice_changed.connect(desk.show_choice)
        panels.reconstructions.draw_again_requested.connect(self._on_draw_again_requested)
        panels.reconstructions.count_changed.connect(desk.show_count)
        panels.answers.samples_requested.connect(self._on_samples_requested)
        panels.signal.file_opened.connect(lambda _: self._docks.give_signal_room())
        panels.pad.input_drawn.connect(self.answers.answer)
        panels.pad.input_cleared.connect(self._on_input_cleared)
        self.answers.answered.connect(self._on_answered)
        self.health_work.count_changed.connect(self._docks.show_health_count)
        self._docks.generate.visibilityChanged.connect(self.generate_work.set_seen)
        self._docks.health.visibilityChanged.connect(self.health_work.set_seen)
        for dock in (self._docks.latent_map, self._docks.answers, self._docks.reconstructions):
            dock.visibilityChanged.connect(lambda seen, dock=dock: self._on_visibility(dock, seen))
        self._on_problems_changed(panels.builder.problems())

    # -- from the user ------------------------------------------------------------------------

    @Slot()
    def train(self) -> None:
        """Train what the builder shows."""
        recipe = self.panels.builder.recipe()
        if recipe:
            self.desk.train(recipe)

    @Slot()
    def train_further(self) -> None:
        """Go on with the open model for the builder's number of epochs more."""
        recipe = self.panels.builder.recipe()
        if recipe:
            self.desk.train_further(recipe)

    def _on_problems_changed(self, problems: list[Any]) -> None:
        fatal = [problem for problem in problems if problem.fatal]
        self.panels.run_bar.set_problem(fatal[0].text if fatal else "")

    def _on_sample_selected(self, row: int) -> None:
        self.generate_work.choose_row(row)
        self.panels.reconstructions.set_choice("selected")
        self.desk.show_row(row)

    def _on_samples_requested(self, rows: np.ndarray) -> None:
        self.panels.reconstructions.set_choice("selected")
        self.desk.watched.select_alone(rows)
        self.desk.look_again()

    def _on_draw_again_requested(self) -> None:
        self.desk.show_choice("random", draw_again=True)

    def _on_code_pointed(self, code: "np.ndarray | None") -> None:
        model = self.desk.model()
        if code is None or model is None:
            self.panels.latent_map.show_decoded(None)
        else:
            sample = model.scaler.scaled(model.decode(code[None].astype(np.float32))[0])
            self.panels.latent_map.show_decoded(sample)

    def _on_input_cleared(self) -> None:
        self.answers.answer(None)
        self.generate_work.forget_drawing()
        self._mark_timer.stop()
        self._mark = None
        self._show_mark()

    def _show_mark(self) -> None:
        self.panels.latent_map.show_mark(self._mark)

    def _on_answered(self, answer: PadAnswer) -> None:
        self.panels.pad.show_answer(answer)
        self._mark = answer.code
        if not self._mark_timer.isActive():
            self._mark_timer.start()

    # -- from the desk ------------------------------------------------------------------------

    def _on_state_changed(self, state: str) -> None:
        self.panels.run_bar.set_state(state)
        self.panels.signal.set_training(state != "idle")
        self.panels.builder.set_running(state in ("running", "paused", "stopping"))

    def _on_dataset_changed(self, dataset: "Dataset | None") -> None:
        for view in (self.panels.latent_map, self.panels.answers, self.panels.reconstructions):
            view.clear()
            if dataset is not None:
                view.show_dataset(dataset)
        self._twin_shown = ()
        self.panels.builder.set_data_shape(dataset.shape if dataset else None)
        if dataset is not None and dataset.form in ("image", "signal"):
            dock = self._docks.pad if dataset.form == "image" else self._docks.signal
            if not dock.isHidden() and not self.generate_work.is_seen():
                dock.raise_()

    def _on_happened(self, event: "Event") -> None:
        from aedesk.training.events import EpochEnded, Finished, Progress, StageLearned, StageProgress, Started

        bar, loss = self.panels.run_bar, self.panels.loss
        match event:
            case Started():
                bar.show_started(event)
                loss.show_started(event)
            case StageProgress():
                bar.show_stage(event)
            case StageLearned():
                loss.show_stage(event)
            case Progress():
                bar.show_progress(event)
                loss.show_progress(event)
            case EpochEnded():
                loss.show_epoch(event)
            case Finished():
                bar.show_finished(event)
                loss.show_finished(event)

    def _on_looked(self, snapshot: "Snapshot") -> None:
        self._show_if_seen(self._docks.latent_map, snapshot)
        self._show_if_seen(self._docks.answers, snapshot)
        # In a turn of their own, so that a moving pen is not kept waiting for both.
        self._rows_timer.start()

    def _on_rows_due(self) -> None:
        if self.desk.snapshot:
            self._show_if_seen(self._docks.reconstructions, self.desk.snapshot)
        self.answers.answer_again()

    def _on_visibility(self, dock: QDockWidget, seen: bool) -> None:
        # Qt takes a dock behind another tab for visible, and says otherwise only here.
        (self._behind.discard if seen else self._behind.add)(dock)
        if seen and dock in self._stale and self.desk.snapshot:
            self._show_if_seen(dock, self.desk.snapshot)

    def _show_if_seen(self, dock: QDockWidget, snapshot: "Snapshot") -> None:
        if dock in self._behind or not dock.widget().isVisible():
            self._stale.add(dock)
            return
        self._stale.discard(dock)
        if dock is self._docks.latent_map:
            self._show_map(snapshot)
        elif dock is self._docks.answers:
            self.panels.answers.show_snapshot(snapshot)
        else:
            twin = self.desk.twin
            rows = twin.reconstruct(snapshot.corrupted) if twin and len(snapshot.corrupted) else None
            self.panels.reconstructions.show_snapshot(snapshot, rows)

    def _show_map(self, snapshot: "Snapshot") -> None:
        """The codes, and beside a code of two numbers what PCA makes of the same rows."""
        view, loaded = self.panels.latent_map, self.desk.loaded
        view.show_snapshot(snapshot)
        if loaded is None or loaded.plane is None:
            view.show_twin(None)
            self._twin_shown = ()
        elif self._twin_shown != (loaded, self.desk.watched.part, len(snapshot.points)):
            self._twin_shown = (loaded, self.desk.watched.part, len(snapshot.points))
            view.show_twin(loaded.plane[snapshot.points])

    def _on_model_changed(self, model: "TrainedModel | None") -> None:
        pad, bar = self.panels.pad, self.panels.run_bar
        name = (model.recipe.title or model.recipe.name) if model else ""
        bar.set_further_possible(model is not None and not self.desk.is_training(), name)
        if model is None:
            pad.set_available(False, "")
        elif model.form != "image" or model.shape[0] not in (1, 3):
            learned_from = {
                "signal": self.tr("The open model learned from signals, not from images."),
                "table": self.tr("The open model learned from a table, not from images."),
                "words": self.tr("The open model learned from words, not from images."),
            }
            pad.set_available(False, learned_from.get(model.form, ""))
        else:
            pad.set_image_size(model.shape[1:], model.recipe.data.source.drawing_box)
            pad.set_available(True, "")
        self.signal_work.set_model(model)
        self.anomaly_work.set_model(model)
        self.panels.latent_map.show_prior(prior_outline(model.recipe) if model else PriorOutline())
        head = model.recipe.model.head if model else None
        self.panels.answers.show_needs(head.needs if head else None)
        news = self._docks.offer_answers(head.needs if head else None)
        if news and model and model.form not in ("image", "signal"):  # those have a desk of their own
            self._docks.answers.raise_()

    def _on_measured(self, figures: dict[str, Any]) -> None:
        self.panels.run_bar.show_result(*result_sentence(figures))

    def show_recipe(self, recipe: "Recipe") -> None:
        """Put a recipe into the builder."""
        self.panels.builder.set_recipe(recipe)

    def open_model(self, model: "TrainedModel") -> None:
        """Put a model from a file on the desk, and take away what was said of another or of a run."""
        self.show_recipe(model.recipe)
        self.panels.loss.show_history(model.history)
        self.panels.run_bar.forget_run()
        self.panels.signal.forget_problem()
        self.anomaly_work.forget_problem()
        self.desk.open_model(model)

    def open_signal(self, path: Path) -> None:
        """Put a recording on the signal desk and bring that to the front."""
        self._docks.signal.show()
        self._docks.signal.raise_()
        self.panels.signal.open_file(path)

    def open_picture(self, path: Path) -> None:
        """Put a picture on the pad and bring that to the front."""
        self._docks.pad.show()
        self._docks.pad.raise_()
        self.panels.pad.open_picture(path)
