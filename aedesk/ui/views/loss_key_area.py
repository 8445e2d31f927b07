"""Room for the loss view's key that leaves most of the view to the plot."""

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt, Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from aedesk.ui.views.loss_key import LossKey

_SHARE = 0.4
_LEAST_LINES = 2
_PLOT_LINES = 9  # that the plot and what is below it have at least


class LossKeyArea(QScrollArea):
    """The key, which scrolls where it would take more than two fifths of the view, or the plot's least room.

    However many entries it has, it never asks for more than two lines, so that a panel beside it
    keeps its room.
    """

    def __init__(self, key: LossKey, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._room = 0
        self.setWidget(key)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for surface in (self.viewport(), key):  # the view's own colour is behind it
            surface.setAutoFillBackground(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        key.lines_changed.connect(self._on_lines_changed)

    def set_view_height(self, height: int) -> None:
        """How high the view is that the key is part of."""
        room = int(min(_SHARE * height, height - _PLOT_LINES * self.fontMetrics().lineSpacing()))
        if room != self._room:
            self._room = room
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        wanted = self.widget().sizeHint()
        line = self.widget().fontMetrics().lineSpacing()
        whole = max(self._room // line, _LEAST_LINES) * line + line // 2  # half a line says that there is more
        return QSize(wanted.width(), min(wanted.height(), whole))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, min(self.widget().sizeHint().height(), _LEAST_LINES * self.fontMetrics().lineSpacing()))

    @Slot()
    def _on_lines_changed(self) -> None:
        self.updateGeometry()
        QCoreApplication.postEvent(self, QEvent(QEvent.Type.LayoutRequest))  # whether the scroll bar is needed
