"""The pages of the signal desk, and the buttons that go from one to another."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from aedesk.ui.panels.generate_segments import Segments
from aedesk.ui.theme import SPACE_S, SPACE_XS


class Pages(QWidget):
    """Widgets of which one is seen, chosen by a button each above them.

    Signals: ``page_changed`` carries the widget that is seen now.
    """

    page_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar = Segments(self.tr("What to look at"), [], self)
        self._stack = QStackedWidget(self)
        self._top = QHBoxLayout()
        self._top.setSpacing(SPACE_S)
        self._top.addWidget(self.bar)
        self._top.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_XS)
        layout.addLayout(self._top)
        layout.addWidget(self._stack, 1)
        self.bar.value_changed.connect(self._on_chosen)

    def add_page(self, widget: QWidget, title: str, tooltip: str) -> None:
        """One more page; the first is seen at once."""
        self.bar.add(str(self._stack.addWidget(widget)), title, tooltip)

    def pages(self) -> list[QWidget]:
        """All pages, in their order."""
        return [self._stack.widget(place) for place in range(self._stack.count())]

    def page(self) -> QWidget:
        """The page that is seen."""
        return self._stack.currentWidget()

    def show_page(self, widget: QWidget) -> None:
        """Turn to a page."""
        self.bar.set_value(str(self._stack.indexOf(widget)))
        self._on_chosen(self.bar.value())

    def offer(self, widget: QWidget, offered: bool) -> None:
        """Whether there is a use for a page just now. Turns to the first from one that is taken away."""
        self.bar.button(str(self._stack.indexOf(widget))).setVisible(offered)
        if not offered and self.page() is widget:
            self.show_page(self._stack.widget(0))

    def add_beside_bar(self, widget: QWidget) -> None:
        """Put a widget at the right of the buttons."""
        self._top.addWidget(widget)

    def _on_chosen(self, place: str) -> None:
        self._stack.setCurrentIndex(int(place))
        self.page_changed.emit(self.page())
