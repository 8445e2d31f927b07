"""A bug does not close the window: it is logged and can be copied."""

import logging
import sys
import threading
import traceback
from logging.handlers import RotatingFileHandler
from platform import platform
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QMessageBox

from aedesk import __version__, paths

_log = logging.getLogger("aedesk")


class CrashReporter(QObject):
    """Shows unforeseen errors of any thread in a dialog of the window's thread, one at a time."""

    _reported = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._dialog: QMessageBox | None = None
        self._reported.connect(self._show)

    def install(self) -> None:
        """Catch what nobody else catches, and begin the log file."""
        _begin_log()
        sys.excepthook = self.report
        threading.excepthook = lambda given: self.report(
            given.exc_type, given.exc_value, given.exc_traceback
        )

    def report(
        self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Log an error and show it; an interruption from the keyboard closes the window instead."""
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        details = "".join(traceback.format_exception(kind, error, trace))
        _log.error("%s", details)
        self._reported.emit(f"AEDesk {__version__}, {platform()}\n\n{details}")

    def _show(self, details: str) -> None:
        if self._dialog is not None:
            return
        self._dialog = dialog = QMessageBox(QApplication.activeWindow())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setIcon(QMessageBox.Icon.Warning)
        dialog.setWindowTitle(self.tr("Something went wrong"))
        dialog.setText(self.tr("AEDesk made a mistake. Your work is still here; you can go on."))
        dialog.setInformativeText(
            self.tr("The details are below and in {folder}. Please send them to the developers.").format(
                folder=paths.logs()
            )
        )
        dialog.setDetailedText(details)
        copy = dialog.addButton(self.tr("Copy details"), QMessageBox.ButtonRole.ActionRole)
        copy.clicked.connect(lambda: QApplication.clipboard().setText(details))
        dialog.addButton(QMessageBox.StandardButton.Close)
        dialog.finished.connect(self._on_finished)
        dialog.open()

    def _on_finished(self) -> None:
        self._dialog = None


def _begin_log() -> None:
    if _log.handlers:
        return
    try:
        handler = RotatingFileHandler(
            paths.logs() / "aedesk.log", maxBytes=500_000, backupCount=2, encoding="utf-8", delay=True
        )
    except OSError:
        return  # a folder that cannot be written to must not keep the window from opening
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    _log.addHandler(handler)
