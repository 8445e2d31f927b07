"""Where the panels stand in the window."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

from aedesk.ui.panel_set import PanelSet

_LEFT = Qt.DockWidgetArea.LeftDockWidgetArea
_RIGHT = Qt.DockWidgetArea.RightDockWidgetArea


class Docks:
    """A dock for each panel: movable, floatable, closable, and back in place by ``reset()``."""

    def __init__(self, window: QMainWindow, panels: PanelSet) -> None:
        self._window = window
        tr = window.tr
        self.builder = self._dock("builder", tr("Builder"), panels.builder)
        self.latent_map = self._dock("latent_map", tr("Latent map"), panels.latent_map)
        self.loss = self._dock("loss", tr("Loss"), panels.loss)
        self.reconstructions = self._dock("reconstructions", tr("Reconstructions"), panels.reconstructions)
        self.pad = self._dock("pad", tr("Digit pad"), panels.pad)
        self.signal = self._dock("signal", tr("Signal desk"), panels.signal)
        window.setDockNestingEnabled(True)
        window.setDockOptions(window.dockOptions() | QMainWindow.DockOption.GroupedDragging)
        self.reset()

    def all(self) -> list[QDockWidget]:
        """Every dock, in the order of the View menu."""
        return [self.builder, self.latent_map, self.loss, self.reconstructions, self.pad, self.signal]

    def toggles(self) -> list[QAction]:
        """An action per dock that shows or hides it."""
        return [dock.toggleViewAction() for dock in self.all()]

    def reset(self) -> None:
        """The arrangement of the first start: builder left, map over loss, reconstructions over pads."""
        window = self._window
        for dock in self.all():
            dock.setFloating(False)  # once it is removed, this has no effect any more
            window.removeDockWidget(dock)
        window.addDockWidget(_LEFT, self.builder)
        window.addDockWidget(_RIGHT, self.latent_map)
        window.splitDockWidget(self.latent_map, self.reconstructions, Qt.Orientation.Horizontal)
        window.splitDockWidget(self.latent_map, self.loss, Qt.Orientation.Vertical)
        window.splitDockWidget(self.reconstructions, self.pad, Qt.Orientation.Vertical)
        window.tabifyDockWidget(self.pad, self.signal)
        for dock in self.all():
            dock.show()
        self.pad.raise_()
        width, height = max(window.width(), 1000), max(window.height(), 600)
        left = min(380, width * 3 // 10)
        rest = (width - left) // 2
        window.resizeDocks(
            [self.builder, self.latent_map, self.reconstructions],
            [left, rest, rest],
            Qt.Orientation.Horizontal,
        )
        window.resizeDocks(
            [self.latent_map, self.loss], [height * 6 // 10, height * 4 // 10], Qt.Orientation.Vertical
        )
        window.resizeDocks(
            [self.reconstructions, self.pad], [height // 2, height // 2], Qt.Orientation.Vertical
        )

    def _dock(self, name: str, title: str, panel: QWidget) -> QDockWidget:
        dock = QDockWidget(title, self._window)
        dock.setObjectName(name)
        dock.setWidget(panel)
        return dock
