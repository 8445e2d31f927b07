"""The controls of the page of anomalies."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from aedesk.ui.builder.field_facts import Range
from aedesk.ui.builder.float_spin import FloatSpin
from aedesk.ui.theme import SPACE_S

_USUAL = 0.1  # percent
_RARE, _OFTEN = 1e-4, 50.0


class AnomalyControls(QWidget):
    """Look for anomalies, how many false alarms are allowed, and the list saved.

    Signals: ``rate_changed`` carries the share of normal samples that may be marked as well.
    """

    rate_changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.find = QPushButton(self.tr("Find anomalies"), self)
        self.find.setToolTip(self.tr("Score every sample by how well the open model gives it back, and mark what stands out."))
        self.cancel = QPushButton(self.tr("Cancel"), self)
        self.cancel.setToolTip(self.tr("Give up looking for anomalies; what is shown stays as it is."))
        self.cancel.hide()
        caption = QLabel(self.tr("False alarms"), self)
        self.spin = FloatSpin(Range(_RARE, _OFTEN), _RARE, self)
        self.spin.setSuffix(self.tr("\u202f%"))
        self.spin.setValue(_USUAL)
        self.spin.setKeyboardTracking(False)
        self.spin.setAccessibleName(self.tr("False alarms"))
        self.spin.setToolTip(
            self.tr("The share of normal samples that may be marked as well. A smaller one marks less, and misses more.")
        )
        caption.setBuddy(self.spin)
        self.export = QPushButton(self.tr("Save list…"), self)
        self.export.setToolTip(self.tr("Save the list of marked stretches as a table in text."))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_S)
        for widget in (self.find, self.cancel, caption, self.spin):
            layout.addWidget(widget)
        layout.addStretch()
        layout.addWidget(self.export)
        self.spin.valueChanged.connect(lambda percent: self.rate_changed.emit(percent / 100))

    def rate(self) -> float:
        """The share of normal samples that may be marked."""
        return self.spin.value() / 100
