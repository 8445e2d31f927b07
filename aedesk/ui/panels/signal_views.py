"""All that the signal desk shows of a signal: its pages, and the choice of an answer."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from aedesk.ui.panels.signal_answers import AnswerChooser
from aedesk.ui.panels.signal_cleaned import CleanedColumn
from aedesk.ui.panels.signal_pages import Pages
from aedesk.ui.panels.signal_plot import SignalPlot
from aedesk.ui.panels.signal_removed import RemovedPage
from aedesk.ui.panels.signal_seen import Seen
from aedesk.ui.panels.signal_spectrogram import SpectrogramPage
from aedesk.ui.panels.signal_spectrum import SpectrumPage
from aedesk.ui.panels.signal_table import AnswerTable
from aedesk.ui.theme import SPACE_S

_ROOM_FOR_TABLE = 26  # lines of text


class SignalViews(QWidget):
    """Every page shows the same `Seen`.

    Signals:
        answer_chosen: the place of an answer among those of the column.
        share_changed: how much of the noise is to be taken off, 0 to 1.
    """

    answer_chosen = Signal(int)
    share_changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pages = Pages(self)
        self.plot = SignalPlot(self)
        self.chooser = AnswerChooser(self)
        self.plot.add_tool(self.chooser)
        tr = self.tr
        self.pages.add_page(
            self.plot, tr("Signal"), tr("See the signal before and after cleaning, and what was removed.")
        )
        self.spectrum, self.spectrogram, self.removed = SpectrumPage(self), SpectrogramPage(self), RemovedPage(self)
        self.pages.add_page(
            self.spectrum, tr("Spectrum"), tr("See how strong before, after and removed are at every frequency.")
        )
        self.pages.add_page(
            self.spectrogram, tr("Spectrogram"), tr("See how the spectra of before, after and removed change along time.")
        )
        self.pages.add_page(
            self.removed, tr("Removed"), tr("See whether what was removed is noise, and how much better the signal is.")
        )
        self.table = AnswerTable(self)
        self.compare = QWidget(self)
        page = QVBoxLayout(self.compare)
        page.setContentsMargins(0, 0, 0, 0)
        self.pages.add_page(
            self.compare, tr("Compare"), tr("See the network beside classical filters, and choose which to use.")
        )
        self._several = False
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_S)
        layout.addWidget(self.pages, 1)
        for choice in (self.chooser, self.table):
            choice.chosen.connect(self.answer_chosen)
        self.plot.mix.share_changed.connect(self.share_changed)
        self._arrange()

    def show_seen(self, seen: Seen | None, cleaned: CleanedColumn | None) -> None:
        """Show a signal with what became of it, or nothing."""
        for page in (self.plot, self.spectrum, self.spectrogram, self.removed):
            page.show_seen(seen)
        answers, place = (cleaned.answers, cleaned.place) if cleaned else ([], 0)
        unit = seen.unit if seen else ""
        self.chooser.show_answers(answers, unit, place)
        known = seen is not None and seen.reference is not None and cleaned is not None
        self.table.show_answers(answers, unit, place, cleaned.true_ratios(seen.reference) if known else None)
        self._several = len(answers) > 1
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """The table of answers stands below the pages where there is room, else on a page of its own."""
        roomy = self.height() >= _ROOM_FOR_TABLE * self.fontMetrics().height()
        place = self if roomy else self.compare
        if self.table.parentWidget() is not place or place.layout().indexOf(self.table) < 0:
            place.layout().addWidget(self.table)
        self.table.setSizePolicy(
            QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed if roomy else QSizePolicy.Policy.Expanding
        )
        self.table.setVisible(self._several)
        self.pages.offer(self.compare, self._several and not roomy)
        self.chooser.setVisible(self._several and not roomy)
