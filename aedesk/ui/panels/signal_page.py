"""What the pages of the signal desk have in common that look at a signal by slow work."""

from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from aedesk.ui.latest_work import LatestWork
from aedesk.ui.panels.signal_seen import Seen


class SeenPage(QWidget):
    """Looks at what is to be seen while it is in view, in another thread.

    A subclass gives ``look``, which takes a `Seen` and knows no widget, and says what to show of its
    answer in `_show_found`, and of nothing in `_show_nothing`.
    """

    def __init__(self, look: Callable[[Seen], Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._seen: Seen | None = None
        self._is_new = False
        self._later = LatestWork(self)
        self._later.done.connect(self._on_found)
        self._later.failed.connect(self._on_failed)

    def show_seen(self, seen: Seen | None) -> None:
        """Show a signal and what became of it, or nothing."""
        self._seen, self._is_new = seen, True
        self._later.forget()
        if self.isVisible():
            self._refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh()

    def _refresh(self) -> None:
        if not self._is_new:
            return
        self._is_new = False
        if self._seen is None or not self._is_to_be_seen(self._seen):
            self._show_nothing()
        else:
            self._later.ask(self._look, self._seen)

    def _on_found(self, found: Any) -> None:
        self._show_found(found)

    def _on_failed(self, sentence: str) -> None:
        self._show_nothing()

    def _is_to_be_seen(self, seen: Seen) -> bool:
        """Whether there is anything to show of it."""
        return True

    def _show_found(self, found: Any) -> None:
        raise NotImplementedError

    def _show_nothing(self) -> None:
        raise NotImplementedError
