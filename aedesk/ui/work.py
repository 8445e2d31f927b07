"""Slow work outside the window's thread."""

import sys
from collections.abc import Callable
from functools import cache
from itertools import count
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, Slot
from shiboken6 import isValid

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
        self._post, self._number = _post(), next(_NUMBERS)
        self._job = _Job(self._post, self._number, function, arguments, named)

    def start(self) -> "Work":
        """Begin; returns itself."""
        self._post.works[self._number] = self
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
            self._post.told.emit(self._number, share)

    def tell(self, share: float) -> None:
        """So much is done."""
        if not self._dropped:
            self.progressed.emit(share)

    def end(self, result: Any, error: Exception | None) -> None:
        """The function came back, with a result or an error."""
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


_NUMBERS = count()


class _Post(QObject):
    """Carries to the window's thread what is said in others.

    A `Work` goes with the page that asked for it, at any moment, also at the one in which its function ends: what the
    other thread signals with must not go with it.
    """

    ended = Signal(int, object, object)
    told = Signal(int, float)

    def __init__(self) -> None:
        super().__init__()
        self.works: dict[int, Work] = {}
        self.ended.connect(self._on_ended)
        self.told.connect(self._on_told)

    @Slot(int, object, object)
    def _on_ended(self, number: int, result: Any, error: Exception | None) -> None:
        work = self.works.pop(number)
        if isValid(work):
            work.end(result, error)

    @Slot(int, float)
    def _on_told(self, number: int, share: float) -> None:
        work = self.works.get(number)
        if work is not None and isValid(work):
            work.tell(share)


@cache
def _post() -> _Post:
    """The one there is. It is made in the window's thread."""
    return _Post()


class _Job(QRunnable):
    def __init__(
        self, post: _Post, number: int, function: Callable[..., Any], arguments: tuple[Any, ...], named: dict[str, Any]
    ) -> None:
        super().__init__()
        self._post, self._number = post, number
        self._function, self._arguments, self._named = function, arguments, named

    def run(self) -> None:
        result, error = None, None
        try:
            result = self._function(*self._arguments, **self._named)
        except Exception as caught:  # handed to the window's thread, which knows what to do with it
            error = caught
        try:
            self._post.ended.emit(self._number, result, error)
        except RuntimeError:
            pass  # the program is at its end
