"""Slow work that is asked for again and again, of which only the newest counts."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from aedesk.ui.work import Work


class LatestWork(QObject):
    """Does one thing at a time in another thread; what is asked for meanwhile waits, and only the newest of it.

    Signals:
        done: what was made of the newest that was asked for. Nothing else is signalled.
        failed: a sentence on why that could not be done.
    """

    done = Signal(object)
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work: Work | None = None
        self._waiting: tuple[Callable[..., Any], tuple[Any, ...]] | None = None
        self._wanted = False

    def ask(self, function: Callable[..., Any], *given: Any) -> None:
        """Have this done, and forget what was asked for before."""
        self._wanted = False
        if self._work is not None:
            self._waiting = function, given
            return
        self._wanted = True
        self._work = Work(function, *given, parent=self)
        self._work.done.connect(self._on_done)
        self._work.failed.connect(self._on_failed)
        self._work.start()

    def forget(self) -> None:
        """Nothing that was asked for is wanted any more."""
        self._wanted, self._waiting = False, None

    def is_busy(self) -> bool:
        """Whether something is being done."""
        return self._work is not None

    def _on_done(self, result: Any) -> None:
        wanted = self._end()
        if wanted:
            self.done.emit(result)

    def _on_failed(self, sentence: str) -> None:
        wanted = self._end()
        if wanted:
            self.failed.emit(sentence)

    def _end(self) -> bool:
        """Go on with what waits; whether what has ended was wanted still."""
        wanted, self._work, waiting = self._wanted, None, self._waiting
        self._waiting = None
        if waiting is not None:
            self.ask(waiting[0], *waiting[1])
        return wanted
