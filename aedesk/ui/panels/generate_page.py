"""The samples of the Generate panel, below them those to choose from, and a line about them."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from aedesk.ui.elided_label import ElidedLabel
from aedesk.ui.panels.generate_grid import CellGrid
from aedesk.ui.panels.generate_request import Made, Shown
from aedesk.ui.panels.generate_table import SampleTable
from aedesk.ui.theme import SPACE_S, SPACE_XS

_LEAST_OFFER = 34


class GeneratePage(QWidget):
    """Rows of a table stand in a table, everything else in a grid of small pictures."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grid = CellGrid(self)
        self.grid.setAccessibleName(self.tr("Generated samples"))
        self.table = SampleTable(self)
        self.offered = CellGrid(self, pickable=True)
        self.offered.setAccessibleName(self.tr("Samples of the data to choose from"))
        self.line = ElidedLabel(self, role="muted")
        self.clear()

    def show_made(self, made: Made) -> None:
        """Show the answer to a request."""
        shown, mode = made.shown, made.request.mode
        numbers = shown.form == "table" or shown.samples[0].size == 1
        in_table = mode == "samples" and numbers and not shown.words
        self.grid.setVisible(not in_table)
        self.table.setVisible(in_table)
        if in_table:
            self.table.show_samples(shown)
        else:
            self.grid.show_samples(shown, made.row_names, strip=mode == "interpolation")
        self.line.set_text(made.sentence, "muted")
        self._arrange()

    def show_offered(self, shown: Shown | None) -> None:
        """Offer samples to choose from, or none."""
        self.offered.setVisible(shown is not None)
        if shown is not None:
            self.offered.show_samples(shown)
        self._arrange()

    def clear(self) -> None:
        """Show nothing."""
        self.grid.clear()
        self.table.clear()
        self.table.hide()
        self.offered.hide()
        self.line.set_text("")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """A strip is as high as it has to be, and what is offered below gets the rest."""
        width, line = self.width(), self.line.sizeHint().height()
        room = self.height() - line - SPACE_XS
        self.line.setGeometry(0, self.height() - line, width, line)
        view = room
        if not self.offered.isHidden():
            wanted = self.grid.strip_height(width)
            view = max(0, min(wanted, room - SPACE_S - _LEAST_OFFER))
            self.offered.setGeometry(0, view + SPACE_S, width, max(0, room - view - SPACE_S))
        self.grid.setGeometry(0, 0, width, view)
        self.table.setGeometry(0, 0, width, view)
