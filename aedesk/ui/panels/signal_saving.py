"""What the signal desk saves: the file that is open, once more, with what was cleaned."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from aedesk.ui.panels.signal_busy import DeskBusy
from aedesk.ui.panels.signal_file import OpenColumn, save_cleaned
from aedesk.ui.panels.signal_known import KnownColumns
from aedesk.ui.panels.signal_words import saved_line


class CleanedSaving(QObject):
    """Writes in the background; what goes wrong is said by that.

    Signals: ``saved`` carries a sentence on what was written.
    """

    saved = Signal(str)

    def __init__(self, background: DeskBusy, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = background

    def save(self, column: OpenColumn | None, known: KnownColumns, path: Path, replace: bool) -> None:
        """Write the file of a column to ``path`` with every column that was cleaned, in its place or added."""
        if column is None or not known.cleaned:
            return
        note = self.tr("Writing {name}…").format(name=path.name)
        cleaned = {name: one.values() for name, one in known.cleaned.items()}
        instead = replace or not column.has_room
        said = saved_line(path.name, cleaned, known.left(column))
        self._background.start(
            note, lambda _: self.saved.emit(said), save_cleaned, column.table, cleaned, path, instead
        )
