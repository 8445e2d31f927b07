"""What the signal desk does in other threads: one thing at a time, with a bar, that can be given up."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from aedesk.ui.work import Work


class DeskBusy(QObject):
    """Signals: ``changed`` when something begins or ends; ``failed`` carries a sentence."""

    changed = Signal()
    failed = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.bar = QProgressBar(parent, minimum=0, maximum=0, textVisible=False)
        keeping = self.bar.sizePolicy()
        keeping.setRetainSizeWhenHidden(True)
        self.bar.setSizePolicy(keeping)
        self.work: Work | None = None
        self.note = ""

    def start(
        self, note: str, done: Callable[[Any], None], function: Callable[..., Any], *given: Any, progress: bool = False
    ) -> None:
        """Have something done in another thread; what was begun before is not wanted any more."""
        if self.work is not None:
            self.work.drop()
        self.work, self.note = Work(function, *given, parent=self, progress=progress), note
        self.bar.setMaximum(0)
        self.work.progressed.connect(self.show_share)
        self.work.done.connect(lambda result: (self._end(), done(result)))
        self.work.failed.connect(self._on_failed)
        self.work.start()
        self.changed.emit()

    def cancel(self) -> bool:
        """Give up what is being done; whether there was anything."""
        if self.work is None:
            return False
        self.work.drop()
        self._end()
        return True

    def _end(self) -> None:
        self.work = None
        self.changed.emit()

    def _on_failed(self, sentence: str) -> None:
        self._end()
        self.failed.emit(sentence)

    def show_share(self, share: float) -> None:
        """How much is done, 0…1."""
        self.bar.setMaximum(100)
        self.bar.setValue(round(100 * share))
