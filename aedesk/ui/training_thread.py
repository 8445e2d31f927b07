"""The thread that trains, and the mailbox through which the window hears of it."""

import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThread

if TYPE_CHECKING:
    from aedesk.data.dataset import Dataset
    from aedesk.recipe import Recipe
    from aedesk.training.devices import Device
    from aedesk.training.events import Event, Request, Watch
    from aedesk.training.trained_model import TrainedModel


class TrainingThread(QThread):
    """Loops over ``train()``. Events wait in a mailbox until ``take_events`` is called.

    A Snapshot that was not fetched before the next one came is dropped. ``error`` is what ended
    the run early, if anything did.
    """

    def __init__(
        self,
        recipe: "Recipe",
        dataset: "Dataset",
        device: "Device",
        start: "TrainedModel | None",
        watch: "Watch",
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._arguments = (recipe, dataset, device, start, watch)
        self._lock = threading.Lock()
        self._events: list[Event] = []
        self._request: Request = None
        self._going = threading.Event()
        self._going.set()
        self.error: Exception | None = None

    def take_events(self) -> "list[Event]":
        """All that was said since the last call, in order."""
        with self._lock:
            events, self._events = self._events, []
        return events

    def pause(self) -> None:
        """Stop asking for the next event."""
        self._going.clear()

    def go_on(self) -> None:
        """Ask for the next event again."""
        self._going.set()

    def watch(self, watch: "Watch") -> None:
        """Show other rows in the snapshots from now on."""
        from aedesk.training.events import Stop

        with self._lock:
            if not isinstance(self._request, Stop):
                self._request = watch

    def stop(self) -> None:
        """End the run and keep what was learned, also while it pauses."""
        from aedesk.training.events import Stop

        with self._lock:
            self._request = Stop()
        self._going.set()

    def run(self) -> None:
        from aedesk.training.events import Finished
        from aedesk.training.run import train

        recipe, dataset, device, start, watch = self._arguments
        try:
            run = train(recipe, dataset, device, start, watch)
            event = next(run)
            self._post(event)
            while not isinstance(event, Finished):
                self._going.wait()
                event = run.send(self._take_request())
                self._post(event)
        except Exception as error:  # shown by the window, which sees the thread end
            self.error = error

    def _post(self, event: "Event") -> None:
        from aedesk.training.events import Snapshot

        with self._lock:
            if isinstance(event, Snapshot):
                self._events = [older for older in self._events if not isinstance(older, Snapshot)]
            self._events.append(event)

    def _take_request(self) -> "Request":
        with self._lock:
            request, self._request = self._request, None
        return request
