"""One sentence for the user, above everything else until it is read."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from aedesk.ui.theme import SPACE_M, SPACE_S

_PASSING_MS = 6000


class NoticeBar(QFrame):
    """Shows a problem until it is dismissed, or news for a few seconds; hidden otherwise."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("NoticeBar")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._text = QLabel(wordWrap=True)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._action = QPushButton()
        self._action.clicked.connect(self._on_action)
        close = QToolButton(text="✕", toolTip=self.tr("Hide this message."), autoRaise=True)
        close.setAccessibleName(self.tr("Hide this message"))
        close.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE_M, SPACE_S, SPACE_S, SPACE_S)
        row.addWidget(self._text, 1)
        row.addWidget(self._action)
        row.addWidget(close)
        self._passing = QTimer(self, singleShot=True, interval=_PASSING_MS)
        self._passing.timeout.connect(self.hide)
        self._do: Callable[[], None] | None = None
        self.hide()

    def text(self) -> str:
        """The sentence that is shown, or an empty one."""
        return self._text.text() if not self.isHidden() else ""

    def show_problem(self, sentence: str) -> None:
        """Something went wrong; the sentence stays until it is dismissed."""
        self._show(sentence, "problem")

    def show_news(self, sentence: str) -> None:
        """Something went well; the sentence goes by itself."""
        self._show(sentence, "news")
        self._passing.start()

    def offer(self, sentence: str, action: str, do: Callable[[], None]) -> None:
        """Something can be done at the press of a button."""
        self._show(sentence, "news")
        self._action.setText(action)
        self._action.show()
        self._do = do

    def forget(self) -> None:
        """Something else is open now, of which the sentence does not speak; what can still be done is offered on."""
        if self._do is None:
            self.hide()

    def _show(self, sentence: str, kind: str) -> None:
        self._passing.stop()
        self._action.hide()
        self._do = None
        self._text.setText(sentence)
        self.setProperty("kind", kind)
        self.style().unpolish(self)
        self.style().polish(self)
        self.show()

    def _on_action(self) -> None:
        do, self._do = self._do, None
        self.hide()
        if do:
            do()
