"""How much of the noise is taken off: a slider from nothing to all of it."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QSlider, QWidget

from aedesk.ui.theme import SPACE_S


class MixSlider(QWidget):
    """Mixes before and after. Signals: ``share_changed`` carries the share of the noise taken off, 0 to 1."""

    share_changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        tooltip = self.tr(
            "How much of the noise is taken off: at 0\u202f% the signal is as recorded, at 100\u202f% as the answer "
            "has it. What you see after cleaning is what is exported."
        )
        self.caption = QLabel(self.tr("Noise taken off"), self)
        self.caption.setProperty("role", "muted")
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self.slider.setRange(0, 100)
        self.slider.setValue(100)
        self.slider.setPageStep(10)
        self.slider.setAccessibleName(self.tr("Noise taken off"))
        self.slider.setMinimumWidth(56)
        self.slider.setMaximumWidth(200)
        self.slider.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.caption.setBuddy(self.slider)
        self._percent = QLabel(self)
        self._percent.setFixedWidth(self.fontMetrics().horizontalAdvance("100\u202f%") + 2)
        self._percent.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_S)
        for widget in (self.caption, self.slider, self._percent):
            widget.setToolTip(tooltip)
            layout.addWidget(widget)
        self.slider.valueChanged.connect(self._on_moved)
        self._say()

    def share(self) -> float:
        """The share of the noise that is taken off, from 0 to 1."""
        return self.slider.value() / 100

    def set_share(self, share: float) -> None:
        """Show a share without saying so."""
        with QSignalBlocker(self.slider):
            self.slider.setValue(round(100 * share))
        self._say()

    def _on_moved(self) -> None:
        self._say()
        self.share_changed.emit(self.share())

    def _say(self) -> None:
        self._percent.setText(self.tr("{n}\u202f%").format(n=self.slider.value()))
