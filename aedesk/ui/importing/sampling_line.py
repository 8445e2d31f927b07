"""When the rows of a file were taken: what is to be known about it, and the offer of another sampling rate."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from aedesk.data.csv_reading import CsvReading
from aedesk.data.rates import plain_rate
from aedesk.ui.builder.caption import Caption
from aedesk.ui.builder.field_facts import range_of
from aedesk.ui.builder.labels import tooltip
from aedesk.ui.importing.rate_editor import RateEditor
from aedesk.ui.theme import SPACE_S, SPACE_XS

if TYPE_CHECKING:
    from aedesk.data.sampling import Sampling


class SamplingLine(QWidget):
    """Says how even the rows are and where rows are missing; offers another rate wherever the time is known."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._note = Caption()
        self.resample = QCheckBox(self.tr("Resample to"))
        self.resample.setToolTip(
            tooltip(
                self.tr(
                    "A model learns from, and cleans, values that are reckoned at even distances in time from the "
                    "rows; the answer comes back to the rows. Gaps are kept as gaps."
                )
            )
        )
        self.rate = RateEditor(range_of(CsvReading.model_fields["rate"]))
        self.rate.setAccessibleName(self.tr("Rate to resample at"))
        self.rate.setToolTip(
            tooltip(
                self.tr(
                    "How many samples a second there will be; the file’s usual rate is proposed. "
                    "For a model that is trained already, give the rate that it learned at."
                )
            )
        )
        self.rate.setMinimumWidth(self.fontMetrics().averageCharWidth() * 34)
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
        timed = sampling.step is not None
        self._offer.setVisible(timed)
        if timed and not self._typed:
            self.rate.set_value(plain_rate(1 / sampling.step))

    def set_rate(self, rate: float | None) -> None:
        """Ask for that rate in Hz, as a person has done before; None for that of the rows."""
        self.resample.setChecked(bool(rate))
        if rate:
            self.rate.set_value(rate)
            self._typed = True

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
