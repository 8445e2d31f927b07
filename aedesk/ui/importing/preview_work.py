"""Previews made outside the window's thread, one for the last of quick changes."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from aedesk.data.csv_reading import CsvReading
from aedesk.ui.work import Work

if TYPE_CHECKING:
    from aedesk.data.csv_preview import Preview

_SETTLED_MS = 150


class PreviewWork(QObject):
    """Reads the beginning of a file again after each change; answers to older questions are dropped.

    Signals:
        previewed: the `Preview` of the reading that was asked for last.
        failed: a sentence, where there is not even a preview.
    """

    previewed = Signal(object)
    failed = Signal(str)

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path, self._reading = path, CsvReading()
        self._work: Work | None = None
        self._settling = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._settling.timeout.connect(self._begin)

    def is_busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._settling.isActive() or self._work is not None

    def ask(self, reading: CsvReading, *, at_once: bool = False) -> None:
        """Ask for the preview of a reading; changes that follow each other quickly make one question."""
        self.drop()
        self._reading = reading
        if at_once:
            self._begin()
        else:
            self._settling.start()

    def drop(self) -> None:
        """No answer is wanted any more."""
        self._settling.stop()
        if self._work is not None:
            self._work.drop()
            self._work = None

    def _begin(self) -> None:
        self._work = Work(_preview, self._path, self._reading, parent=self)
        self._work.done.connect(self._on_done)
        self._work.failed.connect(self._on_failed)
        self._work.start()

    def _on_done(self, preview: "Preview") -> None:
        self._work = None
        self.previewed.emit(preview)

    def _on_failed(self, sentence: str) -> None:
        self._work = None
        self.failed.emit(sentence)


def _preview(path: Path, reading: CsvReading) -> "Preview":
    from aedesk.data.csv_preview import preview

    return preview(path, reading)
