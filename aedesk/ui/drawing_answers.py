"""What the open model makes of a drawing."""

from time import monotonic
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal

from aedesk.ui.panels.pad_answer import PadAnswer
from aedesk.ui.work import Work

if TYPE_CHECKING:
    from aedesk.analysis.neighbours import Neighbourhood
    from aedesk.data.dataset import Dataset
    from aedesk.training.trained_model import TrainedModel
    from aedesk.ui.desk import Desk

_NEIGHBOURS = 5
_SECONDS_BETWEEN_NEIGHBOURHOODS = 2.0


class DrawingAnswers(QObject):
    """Encodes drawings with the desk's newest weights, at once and in the window's thread.

    The training samples' codes, for the nearest of them, are made in another thread and renewed
    while drawings come in and the weights change. Signals: ``answered(PadAnswer)``.
    """

    answered = Signal(object)

    def __init__(self, desk: "Desk", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._image: np.ndarray | None = None
        self._neighbourhood: tuple[object, Neighbourhood] | None = None
        self._made_at = 0.0
        self._work: Work | None = None
        desk.dataset_changed.connect(self._forget)

    def answer(self, image: np.ndarray | None) -> None:
        """Answer to a drawing ``[h, w]`` in 0…1; None forgets the last one."""
        self._image = image
        model = self._desk.model()
        if image is None or model is None or model.form != "image" or image.shape != model.shape[1:]:
            return
        white = model.recipe.data.source.brightest
        sample = np.broadcast_to(image * white, (1, *model.shape)).astype(np.float32)
        code = model.encode(sample)[0]
        picture = np.clip(model.decode(code[None])[0] / white, 0, 1)
        self.answered.emit(PadAnswer(_picture(picture), code, self._neighbours(model, code)))

    def answer_again(self) -> None:
        """Answer to the same drawing with newer weights."""
        if self._image is not None:
            self.answer(self._image)

    def _forget(self) -> None:
        self._neighbourhood, self._made_at = None, 0.0
        if self._work:
            self._work.drop()
            self._work = None

    def _neighbours(self, model: "TrainedModel", code: np.ndarray) -> list[tuple[np.ndarray, str]]:
        dataset = self._desk.dataset
        if dataset is None or dataset.shape != model.shape:
            return []
        self._renew(model, dataset)
        if self._neighbourhood is None or self._neighbourhood[1].codes.shape[1] != len(code):
            return []
        rows = self._neighbourhood[1].nearest(code, _NEIGHBOURS)
        white = model.recipe.data.source.brightest
        images = dataset.scaler.unscaled(dataset.inputs[rows].numpy()) / white
        labels = ["" if dataset.labels is None else dataset.label_names[dataset.labels[row]] for row in rows]
        return [(_picture(image), label) for image, label in zip(images, labels, strict=True)]

    def _renew(self, model: "TrainedModel", dataset: "Dataset") -> None:
        known = self._neighbourhood and self._neighbourhood[0] is model.weights
        if known or self._work or monotonic() - self._made_at < _SECONDS_BETWEEN_NEIGHBOURHOODS:
            return
        self._work = Work(_neighbourhood, model, dataset, parent=self)
        self._work.done.connect(self._on_neighbourhood)
        self._work.start()

    def _on_neighbourhood(self, made: "tuple[object, Neighbourhood]") -> None:
        self._neighbourhood, self._made_at, self._work = made, monotonic(), None
        self.answer_again()


def _neighbourhood(model: "TrainedModel", dataset: "Dataset") -> "tuple[object, Neighbourhood]":
    from aedesk.analysis.neighbours import neighbourhood

    return model.weights, neighbourhood(model, dataset)


def _picture(image: np.ndarray) -> np.ndarray:
    """``[1, h, w]`` as ``[h, w]``, ``[3, h, w]`` as ``[h, w, 3]``."""
    return image[0] if image.shape[0] == 1 else image.transpose(1, 2, 0)
