"""How a text table is read, looked at and corrected before the signal desk opens it."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from aedesk.ui.panels.signal_request import HowRead

if TYPE_CHECKING:
    from aedesk.ui.importing.import_page import ImportChoice, ImportPage
    from aedesk.ui.panels.signal_desk import SignalDesk


class SignalOpening(QObject):
    """Shows the import page where the desk asks for it, and opens the file as was chosen there."""

    def __init__(self, panel: "SignalDesk", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._panel = panel
        self.page: ImportPage | None = None
        panel.file_line.offer_reading()
        panel.import_requested.connect(self._on_import_requested)

    def _on_import_requested(self, path: str) -> None:
        from aedesk.ui.importing.import_page import ask_reading

        if self.page is not None:
            return
        how = self._panel.how_read()
        self.page = ask_reading(Path(path), how.reading, self._panel.window(), how.resample)
        self.page.chosen.connect(self._on_chosen)
        self.page.finished.connect(self._on_finished)

    def _on_chosen(self, choice: "ImportChoice") -> None:
        self._panel.open_file(choice.path, HowRead(choice.reading, choice.columns, choice.resample_rate or 0.0))

    def _on_finished(self) -> None:
        self.page = None
