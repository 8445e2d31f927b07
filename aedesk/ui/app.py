"""Starting the window."""

import sys
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QWidget

from aedesk import __version__, paths
from aedesk.ui import theme
from aedesk.ui.dialogs.crash import CrashReporter
from aedesk.ui.settings import Settings

_BETWEEN_HEARINGS_MS = 300


def run_window(files: list[Path]) -> int:
    """Show the window, open the given files in it, and return its exit status when it is closed."""
    app = make_application()
    reporter = CrashReporter(app)
    reporter.install()
    settings = Settings()
    theme.apply(app, settings.theme())

    from aedesk.ui.main_window import MainWindow

    def begin() -> None:
        window.load_engine()
        for file in files:
            window.files.open_path(file)

    window = MainWindow(settings)
    _FirstPaint(window).over.connect(begin)
    _hear_interruptions(window)
    window.show()
    return app.exec()


def _hear_interruptions(window: QWidget) -> None:
    """Ctrl+C in the terminal closes the window: Python hears of it when it next gets to run."""
    beat = QTimer(window, interval=_BETWEEN_HEARINGS_MS)
    beat.timeout.connect(lambda: None)
    beat.start()


class _FirstPaint(QObject):
    """Says that a window can be seen: loading torch holds Python's lock, and would keep it empty."""

    over = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        window.installEventFilter(self)

    def eventFilter(self, window: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            window.removeEventFilter(self)
            # The filter comes before the painting itself, of this window and all that is in it.
            QTimer.singleShot(0, self, self.over.emit)
        return False


def make_application() -> QApplication:
    """The QApplication with AEDesk's name, version and icon."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    app.setApplicationName("aedesk")
    app.setApplicationDisplayName("AEDesk")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("aedesk")
    app.setWindowIcon(QIcon(str(paths.resource("icons", "aedesk.svg"))))
    return app
