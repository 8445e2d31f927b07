"""The offer to bring a recording to the sampling rate that a model learned at."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QWidget

from aedesk.analysis.signal_band import MUCH_LOST
from aedesk.data.csv_explanation import every_text, rate_text
from aedesk.data.rates import other_rate
from aedesk.data.resampling import can_reach

if TYPE_CHECKING:
    from aedesk.ui.panels.signal_file import OpenColumn


class RateBox(QCheckBox):
    """Seen only where the rates of the recording and of the model are known and differ, and the signal is kept."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column: OpenColumn | None = None
        self._model_step: float | None = None
        self._rate: float | None = None
        self.setToolTip(
            self.tr(
                "The model learned from another sampling rate. Bring the recording to that rate before it is "
                "cleaned or looked through; the answer comes back to its own samples."
            )
        )
        self.hide()

    def show_column(self, column: "OpenColumn | None") -> None:
        """What is open now. What is offered for another file is asked for anew; another column of it has the same rate."""
        former, self._column = self._column, column
        if former is None or column is None or column.table.path != former.table.path:
            self.setChecked(False)
        self._refresh()

    def set_model_step(self, step: float | None) -> None:
        """The seconds between the samples that the open model learned from, None where they are not known."""
        self._model_step = step
        self._refresh()

    def rate(self) -> float:
        """The rate in Hz that the recording is to be given to a model at; 0 for its own, or what the model asks for."""
        if self._rate and self.isChecked():
            return self._rate
        return self._column.how.resample if self._column else 0.0

    def _refresh(self) -> None:
        column = self._column
        own = None if column is None else 1 / column.how.resample if column.how.resample else column.step
        self._rate = other_rate(own, self._model_step)
        if self._rate and not (can_reach(column.step, self._rate) and self._keeps_the_signal(self._rate)):
            self._rate = None
        if self._rate:
            self.setText(self._words(self._rate))
        else:
            self.setChecked(False)  # what is not offered any more is not wanted later either
        self.setVisible(bool(self._rate))

    def _keeps_the_signal(self, rate: float) -> bool:
        """Whether hardly anything of the open column is too fast for a rate."""
        band, step = self._column.band, self._column.step
        return band is None or step is None or band.lost(rate * step) < MUCH_LOST

    def _words(self, rate: float) -> str:
        if rate < 1:
            return self.tr("As the model: {every}").format(every=every_text(1 / rate))
        return self.tr("At the model’s {rate}").format(rate=rate_text(rate))
