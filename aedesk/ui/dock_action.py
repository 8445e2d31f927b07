"""The entry of a panel in the menu of views."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDockWidget


class DockAction(QAction):
    """Shows a hidden panel, brings one forward that is behind another, and hides one that is in front."""

    def __init__(self, dock: QDockWidget) -> None:
        super().__init__(dock)
        self._dock = dock
        self.setCheckable(True)
        dock.toggleViewAction().changed.connect(self._follow)
        self.triggered.connect(self._on_triggered)
        self._follow()

    def _on_triggered(self) -> None:
        dock = self._dock
        if dock.isVisible() and not self._is_behind():
            dock.hide()
        else:
            dock.show()
            dock.raise_()
        self._follow()

    def _is_behind(self) -> bool:
        """Whether another panel of the same place is in front: Qt moves those behind out of the window."""
        return not self._dock.isFloating() and self._dock.geometry().right() <= 0

    def _follow(self) -> None:
        """Qt's own action knows how the panel is called, and whether it is offered and shown."""
        own = self._dock.toggleViewAction()
        self.setText(own.text())
        self.setVisible(own.isVisible())
        self.setChecked(own.isChecked())
