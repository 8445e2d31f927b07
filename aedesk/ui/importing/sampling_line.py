"""When the rows of a file were taken: what is to be known about it, and the offer to even it out."""

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from aedesk.data.csv_reading import CsvReading
from aedesk.ui.builder.caption import Caption
from aedesk.ui.builder.field_facts import range_of
from aedesk.ui.builder.field_widgets import FloatEditor
from aedesk.ui.builder.labels import tooltip
from aedesk.ui.theme import SPACE_S, SPACE_XS

if TYPE_CHECKING:
    from aedesk.data.sampling import Sampling


class SamplingLine(QWidget):
    """Says how even the rows are and where rows are missing; offers "Resample evenly" where they are uneven."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._note = Caption()
        self.resample = QCheckBox(self.tr("Resample evenly at"))
        self.resample.setToolTip(
            tooltip(self.tr("Values between the rows are reckoned at even distances in time. Gaps are kept as gaps."))
        )
        self.rate = FloatEditor(range_of(CsvReading.model_fields["rate"]), 1.0, "Hz")
        self.rate.setAccessibleName(self.tr("Rate to resample at"))
        self.rate.setToolTip(
            tooltip(self.tr("How many samples a second there will be. The usual rate of the file is proposed."))
        )
        self.rate.setMinimumWidth(self.fontMetrics().averageCharWidth() * 16)
        self._typed = False
        self._offer = QWidget()
        line = QHBoxLayout(self._offer)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SPACE_S)
        for widget in (self.resample, self.rate):
            line.addWidget(widget)
        line.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_XS)
        column.addWidget(self._note)
        column.addWidget(self._offer)
        self.rate.value_changed.connect(self._on_typed)
        self.resample.toggled.connect(self.rate.setEnabled)
        self.rate.setEnabled(False)
        self.clear()

    def show_sampling(self, sampling: "Sampling") -> None:
        """Say what is to be known; propose the usual rate unless a person has given one."""
        gaps = len(sampling.breaks)
        told = {0: "", 1: self.tr("1 gap in time; it is kept.")}.get(
            gaps, self.tr("{count} gaps in time; they are kept.").format(count=gaps)
        )
        self._note.say(" ".join(filter(None, (sampling.note, told))), "warning" if sampling.note else "muted")
        uneven = sampling.times is not None and len(sampling.times) > 1
        self._offer.setVisible(uneven)
        if uneven and not self._typed:
            self.rate.set_value(_usual_rate(sampling))

    def clear(self) -> None:
        """Nothing is known."""
        self._note.say("", "muted")
        self._offer.hide()

    def note(self) -> str:
        """What is said."""
        return self._note.text()

    def resample_rate(self) -> float | None:
        """The rate in Hz at which a person wants even samples, or None where the rows stay as they are."""
        wanted = not self._offer.isHidden() and self.resample.isChecked()
        return self.rate.value() if wanted else None

    def _on_typed(self) -> None:
        self._typed = True


def _usual_rate(sampling: "Sampling") -> float:
    """The rate of most rows in Hz, to as many digits as are worth typing."""
    step = sampling.step or float(np.median(np.diff(sampling.times)))
    return float(f"{1 / step:.4g}") if step > 0 else 1.0
