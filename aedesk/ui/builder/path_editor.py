"""A file or folder of this computer."""

from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from aedesk.data.recording_file import SUFFIXES
from aedesk.ui.builder.editor import Edit
from aedesk.ui.builder.field_widgets import TextEditor
from aedesk.ui.builder.labels import tooltip


class PathEditor(TextEditor):
    """A file or folder: typed, or found with a dialog."""

    needs_width = True

    def __init__(self, *, folder: bool, parent: QWidget | None = None) -> None:
        super().__init__(None, parent)
        self._folder = folder
        self.browse = QPushButton(self.tr("Browse…"))
        self.browse.setToolTip(tooltip(self.tr("Find it on this computer.")))
        self.browse.clicked.connect(self._on_browse)
        self.layout().addWidget(self.browse)

    def _on_browse(self) -> None:
        if self._folder:
            chosen = QFileDialog.getExistingDirectory(self, self.tr("Choose a folder"), self.value())
        else:
            chosen, _ = QFileDialog.getOpenFileName(
                self,
                self.tr("Choose a file"),
                self.value(),
                self.tr("Tables and signals ({endings});;All files (*)").format(
                    endings=" ".join(f"*{suffix}" for suffix in SUFFIXES)
                ),
            )
        if chosen and chosen != self.value():
            self.set_value(chosen)
            self.value_changed.emit(Edit())
