"""The Health panel: what is wrong with a network, what to do about it, and what is well."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from aedesk.ui.builder.caption import Caption
from aedesk.ui.elided_label import ElidedLabel
from aedesk.ui.panels.health_card import FindingCard, FineLine
from aedesk.ui.panels.health_latents import LatentBars
from aedesk.ui.panels.health_offer import Offer
from aedesk.ui.theme import SPACE_L, SPACE_M, SPACE_S, SPACE_XS

if TYPE_CHECKING:
    from aedesk.analysis.health_checks.finding import Finding


class HealthPanel(QWidget):
    """Findings as cards, the gravest first, and what is fine as a list below them.

    Above them are the nats that each number of a drawn code holds, as the network learns.

    ``apply_requested`` and ``undo_requested`` carry a finding's key.
    """

    apply_requested = Signal(str)
    undo_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards: dict[str, FindingCard] = {}
        self.lines: dict[str, FineLine] = {}
        self.summary = ElidedLabel(self, characters=24)
        self.note = QLabel(self)
        self.note.setProperty("role", "muted")
        self.latents = LatentBars(self)
        self.latents.hide()
        self._fine_heading = Caption(parent=self)
        self._empty = QLabel(self, wordWrap=True, alignment=Qt.AlignmentFlag.AlignCenter)
        self._empty.setProperty("role", "muted")
        self._scroll = QScrollArea(self)
        self._lay_out()
        self.clear()

    def clear(self) -> None:
        """There is no model."""
        self.show_latents(None)
        self.show_waiting(self.tr("Train a network, or open a model: here you read how it is doing."))

    def show_waiting(self, text: str) -> None:
        """Say why there is nothing to read yet."""
        self._show([])
        self._empty.setText(text)
        self._set_empty(True)

    def text(self) -> str:
        """What stands in place of findings, or above them."""
        return self._empty.text() if self.summary.isHidden() else self.summary.text()

    def show_findings(self, findings: "list[Finding]", note: str) -> None:
        """Show these and no others; ``note`` says when, or of what, they were found."""
        self._show(findings)
        wanting = len(self.cards)
        if not wanting:
            self.summary.set_text(self.tr("Nothing found that asks for a change."), "text")
        elif wanting == 1:
            self.summary.set_text(self.tr("One thing to look at."), "text")
        else:
            self.summary.set_text(self.tr("{n} things to look at.").format(n=wanting), "text")
        self.note.setText(note)
        self._set_empty(False)

    def show_latents(self, nats: np.ndarray | None) -> None:
        """Show the mean KL of each number of the code ``[k]``, or no bars where codes are not drawn."""
        if nats is not None:
            self.latents.show_nats(nats)
        self.latents.setVisible(nats is not None)
        self._scroll.setHidden(nats is None and not self._empty.isHidden())

    def show_offers(self, offers: dict[str, Offer | None]) -> None:
        """What can be done about the findings, by their keys."""
        for key, offer in offers.items():
            if key in self.cards:
                self.cards[key].show_offer(offer)

    def _show(self, findings: "list[Finding]") -> None:
        cards = {finding.key: finding for finding in findings if finding.severity != "fine"}
        fine = {finding.key: finding for finding in findings if finding.severity == "fine"}
        for shown, wanted in ((self.cards, cards), (self.lines, fine)):
            for key in shown.keys() - wanted.keys():
                _remove(shown.pop(key))
        self.cards = {key: self._card(finding) for key, finding in cards.items()}
        self.lines = {key: self._line(finding) for key, finding in fine.items()}
        _order(self._card_column, list(self.cards.values()))
        _order(self._line_column, list(self.lines.values()))
        self._fine_heading.say(self.tr("Looked at and fine:") if cards and fine else "", "muted")

    def _card(self, finding: "Finding") -> FindingCard:
        """The finding's card: the one that is there in newer figures, or a new one."""
        card = self.cards.get(finding.key)
        if card:
            card.show_finding(finding)
        else:
            card = FindingCard(finding, self._page)
            card.apply_requested.connect(self.apply_requested)
            card.undo_requested.connect(self.undo_requested)
        return card

    def _line(self, finding: "Finding") -> FineLine:
        line = self.lines.get(finding.key)
        if line:
            line.show_text(finding.sentence)
        return line or FineLine(finding.sentence, self._page)

    def _set_empty(self, empty: bool) -> None:
        self._empty.setVisible(empty)
        self.summary.setVisible(not empty)
        self.note.setVisible(not empty)
        self._scroll.setHidden(empty and self.latents.isHidden())

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(SPACE_M, SPACE_S, SPACE_M, 0)
        head.addWidget(self.summary, 1)
        head.addWidget(self.note)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_S)
        column.addLayout(head)
        column.addWidget(self._scroll, 1)
        column.addWidget(self._empty, 1)
        self._empty.setContentsMargins(SPACE_L, SPACE_L, SPACE_L, SPACE_L)
        self._page = QWidget(self._scroll)
        self._page.setObjectName("page")
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self._page)
        page = QVBoxLayout(self._page)
        page.setContentsMargins(SPACE_S, 0, SPACE_S, SPACE_S)
        page.setSpacing(SPACE_S)
        self._card_column, self._line_column = QVBoxLayout(), QVBoxLayout()
        self._card_column.setSpacing(SPACE_S)
        self._line_column.setSpacing(SPACE_XS)
        self._fine_heading.setContentsMargins(SPACE_M, SPACE_XS, 0, 0)
        bars = QHBoxLayout()
        bars.setContentsMargins(SPACE_XS, 0, SPACE_XS, 0)
        bars.addWidget(self.latents)
        page.addLayout(bars)
        page.addLayout(self._card_column)
        page.addWidget(self._fine_heading)
        page.addLayout(self._line_column)
        page.addStretch()


def _order(column: QVBoxLayout, widgets: Sequence[QWidget]) -> None:
    """Have these in the column in this order; one that is in its place already is left alone."""
    for place, widget in enumerate(widgets):
        if column.indexOf(widget) != place:
            column.insertWidget(place, widget)


def _remove(widget: QWidget) -> None:
    widget.setParent(None)
    widget.deleteLater()
