"""Starting the window."""

import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from aedesk import __version__, paths
from aedesk.ui import theme
from aedesk.ui.dialogs.crash import CrashReporter
from aedesk.ui.settings import Settings


def run_window(files: list[Path]) -> int:
    """Show the window, open the given files in it, and return its exit status when it is closed.

    The window is on the screen before torch is imported.
    """
    app = make_application()
    reporter = CrashReporter(app)
    reporter.install()
    settings = Settings()
    theme.apply(app, settings.theme())

    from aedesk.ui.main_window import MainWindow

    window = MainWindow(settings)
    window.show()
    QTimer.singleShot(0, window, window.load_engine)
    for file in files:
        QTimer.singleShot(0, window, lambda file=file: window.files.open_path(file))
    return app.exec()


def make_application() -> QApplication:
    """The QApplication with AEDesk's name, version and icon."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    app.setApplicationName("aedesk")
    app.setApplicationDisplayName("AEDesk")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("aedesk")
    app.setWindowIcon(QIcon(str(paths.resource("icons", "aedesk.svg"))))
    return app
