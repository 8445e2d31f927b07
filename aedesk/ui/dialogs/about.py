"""What AEDesk is, what it stands on, and under which terms."""

from importlib.metadata import PackageNotFoundError, metadata
from platform import python_version

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QTextBrowser, QVBoxLayout, QWidget

from aedesk import __version__, paths
from aedesk.ui.theme import SPACE_L, SPACE_M

_STANDS_ON = {
    "PySide6": "LGPL-3.0-only",
    "torch": "BSD-3-Clause",
    "torchvision": "BSD-3-Clause",
    "pyqtgraph": "MIT",
    "numpy": "BSD-3-Clause",
    "pandas": "BSD-3-Clause",
    "pyarrow": "Apache-2.0",
    "scikit-learn": "BSD-3-Clause",
    "scipy": "BSD-3-Clause",
    "PyWavelets": "MIT",
    "pydantic": "MIT",
    "safetensors": "Apache-2.0",
    "matplotlib": "PSF-based",
    "pillow": "MIT-CMU",
    "platformdirs": "MIT",
    "rapidfuzz": "MIT",
    "soundfile": "BSD-3-Clause, with libsndfile (LGPL-2.1)",
    "threadpoolctl": "BSD-3-Clause",
    "tomli-w": "MIT",
    "tqdm": "MPL-2.0 and MIT",
}
"""Every dependency and its licence."""


class AboutDialog(QDialog):
    """Versions, licences, and where the shipped data come from."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About AEDesk"))
        heading = QLabel(f"<h2>AEDesk {__version__}</h2>")
        says = QLabel(
            self.tr(
                "Build an autoencoder, watch it learn, and use it. Your data stay on this computer."
            ),
            wordWrap=True,
        )
        browser = QTextBrowser(openExternalLinks=True)
        browser.setMarkdown(self._markdown())
        browser.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_L, SPACE_L, SPACE_L, SPACE_L)
        column.setSpacing(SPACE_M)
        for widget in (heading, says, browser, buttons):
            column.addWidget(widget)
        self.resize(520, 560)

    def _markdown(self) -> str:
        rows = [f"| {name} | {_version(name)} | {licence} |" for name, licence in _STANDS_ON.items()]
        table = "\n".join(
            [
                f"| {self.tr('Library')} | {self.tr('Version')} | {self.tr('Licence')} |",
                "| --- | --- | --- |",
                f"| Python | {python_version()} | PSF-2.0 |",
                *rows,
            ]
        )
        return f"{self.tr('AEDesk is free software under the MIT licence. It stands on:')}\n\n{table}\n\n{_notices()}"


def _version(name: str) -> str:
    try:
        return metadata(name)["Version"]
    except PackageNotFoundError:
        return "–"


def _notices() -> str:
    file = paths.resource("NOTICES.md")
    return file.read_text("utf-8") if file.is_file() else ""
