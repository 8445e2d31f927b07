"""A line of small text that is there only when it has something to say."""

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from aedesk.recipe_problems import Problem
from aedesk.ui.builder.labels import sentence

_SIZE = 0.92


def small(font: QFont) -> QFont:
    """The font a little smaller, as for captions."""
    result = QFont(font)
    if font.pointSizeF() > 0:
        result.setPointSizeF(font.pointSizeF() * _SIZE)
    return result


class Caption(QLabel):
    """Small wrapped text in the colour of its role: "muted", "error", "warning" or "good"."""

    def __init__(self, text: str = "", role: str = "muted", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setFont(small(self.font()))
        self.setProperty("role", role)
        self.say(text, role)

    def say(self, text: str, role: str) -> None:
        """Show the text; hide where it is empty."""
        if self.property("role") != role:
            self.setProperty("role", role)
            self.style().unpolish(self)
            self.style().polish(self)
        self.setText(text)
        if self.parent() or not text:  # without a parent it would be shown as a window
            self.setVisible(bool(text))

    def tell(self, problems: list[Problem]) -> None:
        """Say what is wrong, the impossible first, or nothing where nothing is."""
        worst_first = sorted(problems, key=lambda problem: not problem.fatal)
        role = "error" if any(problem.fatal for problem in problems) else "warning"
        self.say("\n".join(sentence(problem.text) for problem in worst_first), role)
