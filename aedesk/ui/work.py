"""Slow work outside the window's thread."""

import sys
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, Slot

from aedesk.errors import AedeskError


class Work(QObject):
    """One call of a function in another thread; its signals come in the window's thread.

    Signals: ``done(result)``, or ``failed(sentence)``. What the user cannot mend is a bug, and goes
    to ``sys.excepthook`` as well. After ``drop()`` nothing is signalled. With ``progress`` the function
    is given an argument of that name to call with the share that is done, 0…1: it is signalled as
    ``progressed(share)``, and ends the call where the result is not wanted any more.
    """

    done = Signal(object)
    failed = Signal(str)
    progressed = Signal(float)
    _ended = Signal(object, object)

    def __init__(
        self,
        function: Callable[..., Any],
        *arguments: Any,
        parent: QObject | None = None,
        progress: bool = False,
    ) -> None:
        super().__init__(parent)
        self._dropped = False
        self._told = -1.0
        named = {"progress": self._tell} if progress else {}
        self._job = _Job(self._ended, function, arguments, named)
        self._ended.connect(self._on_ended)

    def start(self) -> "Work":
        """Begin; returns itself."""
        QThreadPool.globalInstance().start(self._job)
        return self

    def drop(self) -> None:
        """The result is not wanted any more."""
        self._dropped = True

    def _tell(self, share: float) -> None:
        """Called in the other thread; says every hundredth once."""
        if self._dropped:
            raise _NotWanted
        if share - self._told >= 0.01:
            self._told = share
            self.progressed.emit(share)

    @Slot(object, object)
    def _on_ended(self, result: Any, error: Exception | None) -> None:
        self.deleteLater()
        if self._dropped:
            return
        if error is None:
            self.done.emit(result)
        elif isinstance(error, AedeskError):
            self.failed.emit(str(error))
        else:
            sys.excepthook(type(error), error, error.__traceback__)
            self.failed.emit(self.tr("AEDesk made a mistake, and could not finish what it was doing."))


class _NotWanted(Exception):
    """Ends a call whose result nobody waits for any more."""


class _Job(QRunnable):
    def __init__(
        self, ended: Any, function: Callable[..., Any], arguments: tuple[Any, ...], named: dict[str, Any]
    ) -> None:
        super().__init__()
        self._ended, self._function, self._arguments, self._named = ended, function, arguments, named

    def run(self) -> None:
        result, error = None, None
        try:
            result = self._function(*self._arguments, **self._named)
        except Exception as caught:  # handed to the window's thread, which knows what to do with it
            error = caught
        try:
            self._ended.emit(result, error)
        except RuntimeError:
            pass  # the window, and with it the listener, is gone
