"""What the signal desk asks for: a column cleaned, or a network trained on it."""

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject

from aedesk.ui.work import Work

if TYPE_CHECKING:
    from aedesk.recipe import Recipe
    from aedesk.training.trained_model import TrainedModel
    from aedesk.ui.builder.builder import Builder
    from aedesk.ui.desk import Desk
    from aedesk.ui.panels.signal_desk import SignalDesk

_PATTERN = "ecg-denoise"


class SignalWork(QObject):
    """Cleans in another thread with the desk's model, and fits a recipe to a recording."""

    def __init__(
        self, desk: "Desk", panel: "SignalDesk", builder: "Builder", parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._panel, self._builder = desk, panel, builder
        self._work: Work | None = None
        panel.denoise_requested.connect(self._on_denoise_requested)
        panel.train_requested.connect(self._on_train_requested)

    def set_model(self, model: "TrainedModel | None") -> None:
        """Say on the panel whether the open model can clean signals."""
        if model is None:
            note = self.tr("Train on the signal, or open a model that learned from one.")
        elif model.form != "signal":
            note = self.tr("The open model did not learn from signals. Train on this one to clean it.")
        else:
            note = self.tr("“{name}” will clean it, {window} samples at a time.").format(
                name=model.recipe.title or model.recipe.name, window=model.shape[0]
            )
        self._panel.set_model(model is not None and model.form == "signal", note)

    def _on_denoise_requested(self, values: np.ndarray) -> None:
        model = self._desk.model()
        if model is None or self._work:
            return
        self._panel.set_busy(True, self.tr("Cleaning…"))
        self._work = Work(_denoise, model, values, parent=self)
        self._work.done.connect(self._on_cleaned)
        self._work.failed.connect(self._on_failed)
        self._work.start()

    def _on_cleaned(self, answer: tuple[np.ndarray, int, bool]) -> None:
        cleaned, left, doubtful = answer
        self._work = None
        self._panel.set_busy(False, "")
        notes = []
        if left:
            notes.append(self.tr("Values between close gaps, left as they were: {n}.").format(n=left))
        if doubtful:
            notes.append(
                self.tr("Most of the signal was taken away: the model learned from other signals. Train on it.")
            )
        self._panel.show_cleaned(cleaned, " ".join(notes))

    def _on_failed(self, sentence: str) -> None:
        self._work = None
        self._panel.set_busy(False, "")
        self._panel.show_problem(sentence)

    def _on_train_requested(self, path: str, column: str) -> None:
        if self._desk.state != "idle":
            self._panel.show_problem(self.tr("A run is under way. Stop it first, then train on this signal."))
            return
        self._builder.set_recipe(recipe_for(path, column))
        recipe = self._builder.recipe()
        if recipe:
            self._desk.train(recipe)


def recipe_for(path: str, column: str) -> "Recipe":
    """The shipped recipe for signals, with a person's own file and column in it."""
    from aedesk.files.recipe_file import read_shipped

    pattern = read_shipped(_PATTERN)
    source = pattern.data.source.model_copy(update={"file": path, "column": column})
    return pattern.model_copy(
        update={
            "name": "my-signal",
            "title": "Noise off my signal",
            "summary": f"Learns from the column {column}.",
            "data": pattern.data.model_copy(update={"source": source}),
        }
    )


def _denoise(model: "TrainedModel", values: np.ndarray) -> tuple[np.ndarray, int, bool]:
    from aedesk.analysis.denoising import denoise, is_doubtful, untouched, window_of

    cleaned = denoise(model, values)
    return cleaned, untouched(values, window_of(model)), is_doubtful(values, cleaned)
