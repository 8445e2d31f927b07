"""The file dialogs of the signal desk."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from aedesk.data.recording_file import SUFFIXES


def recording_to_open(parent: QWidget, folder: Path | None) -> str:
    """The file that a person chooses, or ""."""
    endings = " ".join(f"*{suffix}" for suffix in SUFFIXES)
    kinds = parent.tr("Signals ({endings});;All files (*)").format(endings=endings)
    return QFileDialog.getOpenFileName(parent, parent.tr("Open a signal"), str(folder or ""), kinds)[0]


def folder_to_open(parent: QWidget, folder: Path | None) -> str:
    """The folder of recordings that a person chooses, or ""."""
    title = parent.tr("Open a folder of recordings")
    return QFileDialog.getExistingDirectory(parent, title, str(folder or ""))


def cleaned_to_save(parent: QWidget, path: Path) -> str:
    """Where a person wants the cleaned file of ``path``, or for a folder the cleaned files, or ""."""
    if path.is_dir():
        return QFileDialog.getExistingDirectory(parent, parent.tr("Save the cleaned files in a folder"), str(path.parent))
    offered = str(path.with_name(f"{path.stem}_clean{path.suffix}"))
    kinds = parent.tr("Files of this kind (*{ending});;All files (*)").format(ending=path.suffix)
    return QFileDialog.getSaveFileName(parent, parent.tr("Save the cleaned signal"), offered, kinds)[0]
