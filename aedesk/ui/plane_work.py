"""Decoding the background of the latent map."""

from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from aedesk.ui.views.latent_tiles import PlanePicture, PlaneRequest
from aedesk.ui.work import Work

if TYPE_CHECKING:
    from aedesk.training.trained_model import TrainedModel
    from aedesk.ui.desk import Desk


class PlaneWork(QObject):
    """Decodes with the desk's newest weights in another thread, one request after the other.

    Of the requests that come meanwhile the newest is taken next. Signals: ``decoded(PlanePicture)``.
    """

    decoded = Signal(object)

    def __init__(self, desk: "Desk", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._work: Work | None = None
        self._next: PlaneRequest | None = None

    def decode(self, request: PlaneRequest) -> None:
        """Decode this as soon as the one before is done."""
        self._next = request
        if self._work is None:
            self._begin()

    def _begin(self) -> None:
        request, self._next = self._next, None
        model = self._desk.model()
        if request is None or model is None:
            return
        self._work = Work(_picture, model, request, parent=self)
        self._work.done.connect(self._on_done)
        self._work.failed.connect(self._on_failed)
        self._work.start()

    def _on_done(self, picture: PlanePicture | None) -> None:
        self._work = None
        if picture is not None:
            self.decoded.emit(picture)
        self._begin()

    def _on_failed(self) -> None:
        self._work = None
        self._begin()


def _picture(model: "TrainedModel", request: PlaneRequest) -> PlanePicture | None:
    """The request's picture, or None where the model has changed to one with other codes meanwhile."""
    import torch

    from aedesk.training.trained_model import apply_in_chunks

    began = perf_counter()
    network = model.autoencoder
    if request.codes.shape[1] != network.code_size or model.shape != request.style.shape:
        return None
    samples = apply_in_chunks(network.decode, torch.from_numpy(request.codes))
    return PlanePicture(request, request.style.draw(samples, request.grid), perf_counter() - began)
