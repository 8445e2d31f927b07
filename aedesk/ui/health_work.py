"""Has the desk's model examined, and takes advice over into the builder's recipe."""

from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from aedesk.ui.panels.health_offer import offer_for, taken_back
from aedesk.ui.work import Work

if TYPE_CHECKING:
    from aedesk.analysis.health_checks.finding import Finding
    from aedesk.analysis.pca import PcaTwin
    from aedesk.data.dataset import Dataset
    from aedesk.training.events import Event, Snapshot
    from aedesk.training.trained_model import TrainedModel
    from aedesk.ui.builder.builder import Builder
    from aedesk.ui.desk import Desk
    from aedesk.ui.panels.health import HealthPanel

_BETWEEN_LOOKS_MS = 2000
_MOST_CODES = 4000  # whose divergence takes well under a millisecond or two


class HealthWork(QObject):
    """Examines after an epoch, now and then while the panel is seen, and always at the end of a run.

    What drawn codes hold is shown with every snapshot, while the panel is seen.

    ``count_changed`` carries how many findings ask for something.
    """

    count_changed = Signal(int)

    def __init__(
        self, desk: "Desk", panel: "HealthPanel", builder: "Builder", parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._panel, self._builder = desk, panel, builder
        self._seen = self._due = self._diverged = False
        self._snapshot: Snapshot | None = None
        self._work: Work | None = None
        self._weights: object = None
        self._model: TrainedModel | None = None
        self._findings: dict[str, Finding] = {}
        self._applied_at: dict[str, int] = {}
        self._rest = QTimer(self, singleShot=True, interval=_BETWEEN_LOOKS_MS)
        self._rest.timeout.connect(self._look_if_due)
        desk.happened.connect(self._on_happened)
        desk.looked.connect(self._on_looked)
        desk.model_changed.connect(self._on_model_changed)
        desk.dataset_changed.connect(self._on_dataset_changed)
        builder.recipe_changed.connect(self._offer)
        panel.apply_requested.connect(self._on_apply_requested)
        panel.undo_requested.connect(self._on_undo_requested)

    def set_seen(self, seen: bool) -> None:
        """Whether a person can see the panel."""
        self._seen = seen
        self._show_latents()
        self._look_if_due()

    # -- when to look ---------------------------------------------------------------------------

    def _on_happened(self, event: "Event") -> None:
        from aedesk.training.events import EpochEnded, Finished, Started

        match event:
            case Started():
                self._diverged = False
                self._forget_latents()
                self._wait(self.tr("The network is learning. The first look comes after an epoch."))
            case EpochEnded():
                self._due = True
                self._look_if_due()
            case Finished():
                self._diverged = event.diverged
                self._look()

    def _on_looked(self, snapshot: "Snapshot") -> None:
        self._snapshot = snapshot
        self._show_latents()
        if not self._desk.is_training() and self._is_new():
            self._look()  # a model from a file, whose data are there

    def _on_model_changed(self, model: "TrainedModel | None") -> None:
        if model is None:
            self._forget()
            self._snapshot = None
            self._panel.clear()
        elif not self._desk.is_training() and self._is_new():
            self._diverged = False
            self._forget_latents()
            self._wait(self.tr("The model's data are being read."))

    def _on_dataset_changed(self, dataset: "Dataset | None") -> None:
        if dataset is None and self._desk.state == "idle" and self._is_new():
            self._look()  # a model from a file, whose data are not there

    def _is_new(self) -> bool:
        """Whether the desk has a model that was not looked at."""
        model = self._desk.model()
        return model is not None and model.weights is not self._weights

    def _look_if_due(self) -> None:
        if self._due and self._seen and not self._work and not self._rest.isActive():
            self._look()

    # -- what codes hold ------------------------------------------------------------------------

    def _show_latents(self) -> None:
        if self._seen and self._snapshot:
            self._panel.show_latents(_nats(self._snapshot))

    def _forget_latents(self) -> None:
        self._snapshot = None
        self._panel.show_latents(None)

    # -- looking --------------------------------------------------------------------------------

    def _look(self) -> None:
        """Examine the desk's model now; what is under way is not wanted any more."""
        model, dataset = self._desk.model(), self._desk.dataset
        if model is None:
            return
        twin = self._desk.twin
        if dataset is not None and dataset.shape != model.shape:
            dataset = twin = None
        self._drop()
        self._weights = model.weights
        self._work = Work(_findings, model, dataset, twin, self._diverged, parent=self)
        self._work.done.connect(lambda found: self._on_found(model, dataset is not None, found))
        self._work.failed.connect(self._on_failed)
        self._work.start()
        self._rest.start()

    def _on_found(self, model: "TrainedModel", has_data: bool, found: "list[Finding]") -> None:
        self._work = None
        self._model = model
        self._findings = {finding.key: finding for finding in found}
        if found or model.history.epochs:
            self._panel.show_findings(found, self._note(model, has_data))
        else:
            self._panel.show_waiting(self.tr("The network has not learned for a whole epoch yet."))
        self._offer()
        self.count_changed.emit(sum(finding.severity != "fine" for finding in found))
        self._look_if_due()

    def _note(self, model: "TrainedModel", has_data: bool) -> str:
        if not has_data:
            return self.tr("Its data are not here: told by its history alone")
        return self.tr("After epoch {n}").format(n=model.history.epochs)

    def _on_failed(self, sentence: str) -> None:
        self._wait(sentence)

    def _wait(self, text: str) -> None:
        self._forget()
        self._panel.show_waiting(text)

    def _forget(self) -> None:
        self._drop()
        self._findings, self._applied_at, self._model = {}, {}, None
        self.count_changed.emit(0)

    def _drop(self) -> None:
        self._due = False
        if self._work:
            self._work.drop()
        self._work = None

    # -- the recipe -----------------------------------------------------------------------------

    def _offer(self, _: Any = None) -> None:
        """Tell the cards what can be done with the recipe that the builder shows now."""
        if self._model and self._findings:
            learned, shown = self._model.recipe, self._builder.document()
            offers = {key: offer_for(finding, learned, shown) for key, finding in self._findings.items()}
            self._panel.show_offers(offers)

    def _on_apply_requested(self, key: str) -> None:
        if self._model is None or key not in self._findings:
            return
        offer = offer_for(self._findings[key], self._model.recipe, self._builder.document())
        if offer and offer.recipe:
            self._builder.set_recipe(offer.recipe)
            self._applied_at[key] = self._builder.undo_stack().index()

    def _on_undo_requested(self, key: str) -> None:
        if self._model is None or key not in self._findings:
            return
        stack = self._builder.undo_stack()
        if self._applied_at.pop(key, -1) == stack.index():
            stack.undo()
        else:  # something else was changed since, which stays
            shown = self._builder.document()
            self._builder.set_recipe(taken_back(self._findings[key], self._model.recipe, shown))


def _nats(snapshot: "Snapshot") -> np.ndarray | None:
    """The mean KL of each number of the code ``[k]``; None where codes are not drawn."""
    from aedesk.analysis.divergence import latent_divergence

    if snapshot.log_variances is None or not len(snapshot.codes):
        return None
    some = slice(None, None, -(-len(snapshot.codes) // _MOST_CODES))
    return latent_divergence(snapshot.codes[some], snapshot.log_variances[some])


def _findings(
    model: "TrainedModel", dataset: "Dataset | None", twin: "PcaTwin | None", diverged: bool
) -> "list[Finding]":
    from aedesk.analysis.health import findings

    return findings(model, dataset, twin, diverged)
