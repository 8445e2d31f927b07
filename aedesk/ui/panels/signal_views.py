"""All that the signal desk shows of a signal: its pages, and the choice of an answer."""

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from aedesk.data.readable import readable
from aedesk.ui.counts import grouped
from aedesk.ui.panels.signal_answers import AnswerChooser
from aedesk.ui.panels.signal_cleaned import CleanedColumn
from aedesk.ui.panels.signal_listen import ListenBar
from aedesk.ui.panels.signal_pages import Pages
from aedesk.ui.panels.signal_plot import SignalPlot
from aedesk.ui.panels.signal_removed import RemovedPage
from aedesk.ui.panels.signal_seen import Seen
from aedesk.ui.panels.signal_silence import SilenceButton
from aedesk.ui.panels.signal_spectrogram import SpectrogramPage
from aedesk.ui.panels.signal_spectrum import SpectrumPage
from aedesk.ui.panels.signal_stretch import StretchPicker
from aedesk.ui.panels.signal_table import AnswerTable
from aedesk.ui.tab_order import put_in_tab_order
from aedesk.ui.theme import SPACE_S

_ROOM_FOR_TABLE = 38  # lines of text: with the table below them, three lanes are to be as high as they need to be


class SignalViews(QWidget):
    """Every page shows the same `Seen`.

    Signals:
        answer_chosen: the place of an answer among those of the column.
        share_changed: how much of the noise is to be taken off, 0 to 1.
        stretch_changed: the first sample of a selected stretch and the one behind its last, or None.
        silence_changed: the same of a stretch that has nothing but noise, or None to have that estimated.
        problem: a sentence on what cannot be done, or "".
    """

    answer_chosen = Signal(int)
    share_changed = Signal(float)
    stretch_changed = Signal(object)
    silence_changed = Signal(object)
    problem = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pages = Pages(self)
        self.plot = SignalPlot(self)
        self.chooser = AnswerChooser(self)
        self.stretch = StretchPicker(self.plot.lanes, self)
        self.silence = SilenceButton(self)
        self.listen = ListenBar(self)
        self._seen: Seen | None = None
        for tool in (self.chooser, self.stretch, self.silence):
            self.plot.add_tool(tool)
        tr = self.tr
        self.pages.add_page(
            self.plot, tr("Signal"), tr("See the signal before and after cleaning, and what was removed.")
        )
        self.spectrum, self.spectrogram, self.removed = SpectrumPage(self), SpectrogramPage(self), RemovedPage(self)
        self.pages.add_page(
            self.spectrum, tr("Spectrum"), tr("See how strong before, after and removed are at every frequency.")
        )
        self.pages.add_page(
            self.spectrogram,
            tr("Spectrogram"),
            tr("See how the spectra of before, after and removed change along time."),
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
        layout.addWidget(self.listen)
        for choice in (self.chooser, self.table):
            choice.chosen.connect(self.answer_chosen)
        self.plot.mix.share_changed.connect(self.share_changed)
        self.stretch.stretch_changed.connect(self._on_stretch_changed)
        self.silence.silence_changed.connect(self.silence_changed)
        self.listen.problem.connect(self.problem)
        self.pages.page_changed.connect(self._arrange)
        self._arrange()

    def show_seen(self, seen: Seen | None, cleaned: CleanedColumn | None) -> None:
        """Show a signal with what became of it, or nothing."""
        former, self._seen = self._seen, seen
        for page in (self.plot, self.spectrum, self.spectrogram, self.removed, self.listen):
            page.show_seen(seen)
        if former is not None and (seen is None or seen.before is not former.before):
            self.stretch.take_away()
        self._show_silence(seen)
        self.listen.setVisible(seen is not None and seen.sound)
        answers, place = (cleaned.answers, cleaned.place) if cleaned else ([], 0)
        unit = seen.unit if seen else ""
        known = seen is not None and seen.reference is not None and cleaned is not None
        ratios = cleaned.true_ratios(seen.reference) if known else None
        for choice in (self.chooser, self.table):
            choice.show_answers(answers, unit, place, ratios)
        self._several = len(answers) > 1
        self._arrange()

    def _show_silence(self, seen: Seen | None) -> None:
        self.silence.show_stretch(seen.stretch if seen else None)
        if seen is None or seen.silence is None:
            self.silence.show_silence(None, "", "")
            return
        start, end = (float(seen.timeline.at(row)) for row in seen.silence)
        place = self.tr("{start} s to {end} s") if seen.timeline.in_seconds else self.tr("sample {start} to {end}")
        amount = f"{readable(seen.noise, 2)} {seen.unit}".strip()
        self.silence.show_silence(seen.silence, place.format(start=_place(start), end=_place(end)), amount)

    def add_page(self, widget: QWidget, title: str, tooltip: str) -> None:
        """One more page behind the others."""
        self.pages.add_page(widget, title, tooltip)
        put_in_tab_order([self.table, widget])

    def tab_stops(self) -> list[QWidget]:
        """What can be reached by Tab, in the order in which it is read."""
        plot, pages = self.plot, (self.spectrum, self.spectrogram, self.removed, self.compare)
        above = [self.pages.bar, plot.lanes.key, self.chooser, self.stretch, self.silence, plot.mix]
        return [*above, plot.lanes, *pages, self.table, self.listen]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _on_stretch_changed(self, ends: tuple[float, float] | None) -> None:
        """Tell it in samples, and none that is too short or lies outside."""
        count, timeline = len(self._seen.before), self._seen.timeline
        first, last = (int(np.clip(timeline.rows(end), 0, count)) for end in ends or (0, 0))
        self.stretch_changed.emit((first, last) if last - first > 1 else None)

    def _arrange(self) -> None:
        """The table of answers stands below the pages where there is room, else on a page of its own."""
        roomy = self.height() >= _ROOM_FOR_TABLE * self.fontMetrics().height()
        place = self if roomy else self.compare
        if self.table.parentWidget() is not place or place.layout().indexOf(self.table) < 0:
            place.layout().addWidget(self.table)
        self.table.setSizePolicy(
            QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed if roomy else QSizePolicy.Policy.Expanding
        )
        compares = self.pages.page() in (self.plot, self.spectrum, self.spectrogram, self.removed, self.compare)
        self.table.setVisible(self._several and compares)
        self.pages.offer(self.compare, self._several and not roomy)
        self.chooser.setVisible(self._several and not roomy)


def _place(along: float) -> str:
    """A place along the axis of the plot, in seconds or samples."""
    return grouped(along) if along >= 1000 else readable(along, 4)
