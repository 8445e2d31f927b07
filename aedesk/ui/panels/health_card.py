"""One finding: how grave it is, what it is, what to do, and a button that does it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from aedesk.ui.builder.caption import Caption
from aedesk.ui.builder.labels import tooltip
from aedesk.ui.panels.health_offer import Offer
from aedesk.ui.panels.health_sign import SeveritySign
from aedesk.ui.theme import SPACE_M, SPACE_S, SPACE_XS

if TYPE_CHECKING:
    from aedesk.analysis.health_checks.finding import Finding


class FindingCard(QFrame):
    """Shows a Finding and what can be done about it.

    ``apply_requested`` and ``undo_requested`` carry the finding's key.
    """

    apply_requested = Signal(str)
    undo_requested = Signal(str)

    def __init__(self, finding: "Finding", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._key = finding.key
        self.sign = SeveritySign(finding.severity, self)
        self.sentence = QLabel(wordWrap=True)
        self.sentence.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.advice = Caption(parent=self)
        self.outcome = Caption(parent=self)
        self.apply_button = QPushButton(self.tr("Apply to the recipe"))
        self.undo_button = QPushButton(self.tr("Undo"))
        self.undo_button.setToolTip(tooltip(self.tr("Puts the recipe back to what it was.")))
        self.apply_button.clicked.connect(lambda: self.apply_requested.emit(self._key))
        self.undo_button.clicked.connect(lambda: self.undo_requested.emit(self._key))
        self._lay_out()
        self.show_finding(finding)
        self.show_offer(None)

    def show_finding(self, finding: "Finding") -> None:
        """Say it in newer figures."""
        self.sign.show_severity(finding.severity)
        self.sentence.setText(finding.sentence)
        self.advice.say(finding.advice, "muted")
        self.setAccessibleName(finding.sentence)

    def show_offer(self, offer: Offer | None) -> None:
        """What the button does now; None where there is nothing to press."""
        had_focus = self.apply_button.hasFocus() or self.undo_button.hasFocus()
        applied = offer is not None and offer.applied
        self.apply_button.setEnabled(offer is not None and offer.recipe is not None)
        self.apply_button.setVisible(offer is not None and not applied)
        self.undo_button.setVisible(applied)
        if had_focus:
            (self.undo_button if applied else self.apply_button).setFocus()
        if offer is None:
            self.outcome.say("", "muted")
            return
        if applied:
            done = self.tr("Changed: {changes}. Train to see what it brings.").format(changes=offer.words)
            self.outcome.say(done, "good")
        else:
            self.outcome.say(offer.reason, "muted")
            tip = self.tr("Changes the recipe in the builder: {changes}.").format(changes=offer.words)
            self.apply_button.setToolTip(tooltip(offer.reason or tip))

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(SPACE_XS)
        words.addWidget(self.sentence)
        words.addWidget(self.advice)
        row = QHBoxLayout()
        row.setContentsMargins(0, SPACE_XS, 0, 0)
        row.setSpacing(SPACE_S)
        row.addWidget(self.apply_button)
        row.addWidget(self.undo_button)
        row.addWidget(self.outcome, 1)
        row.addStretch()
        words.addLayout(row)
        column = QHBoxLayout(self)
        column.setContentsMargins(SPACE_M, SPACE_S, SPACE_M, SPACE_S)
        column.setSpacing(SPACE_S)
        # Not a stretch below it: that would have the card grow into the room beneath all cards.
        column.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(words, 1)


class FineLine(QWidget):
    """Something that was looked at and is fine, in one quiet line."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = Caption(text, parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE_M, 0, SPACE_M, 0)
        row.setSpacing(SPACE_S)
        row.addWidget(SeveritySign("fine", self), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._text, 1)

    def text(self) -> str:
        return self._text.text()

    def show_text(self, text: str) -> None:
        """Say it in newer figures."""
        self._text.say(text, "muted")
