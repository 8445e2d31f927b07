"""Where the panels stand in the window."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

from aedesk.ui.dock_action import DockAction
from aedesk.ui.panel_set import PanelSet

if TYPE_CHECKING:
    from aedesk.models.head import Needs

_SIGNAL_SHARE = 2 / 3  # of its column, for lanes above each other
_SIGNAL_LINES = 34  # of text: the height that it needs for them
_BUILDER_LETTERS = 28  # so that a window of 800 points still has room for the other columns
_SETTLES_MS = 100  # that a window takes to lay itself out after its size has changed
_LEFT = Qt.DockWidgetArea.LeftDockWidgetArea
_RIGHT = Qt.DockWidgetArea.RightDockWidgetArea


class Docks:
    """A dock for each panel: movable, floatable, closable, and back in place by ``reset()``."""

    def __init__(self, window: QMainWindow, panels: PanelSet) -> None:
        self._window = window
        tr = window.tr
        self.builder = self._dock("builder", tr("Builder"), panels.builder)
        panels.builder.setMinimumWidth(_BUILDER_LETTERS * window.fontMetrics().averageCharWidth())
        self._builder_width, self._window_width = 0, window.width()
        self._settling = QTimer(window, singleShot=True, interval=_SETTLES_MS)
        self.builder.resized.connect(self._on_builder_resized)
        self.latent_map = self._dock("latent_map", tr("Latent map"), panels.latent_map)
        self.loss = self._dock("loss", tr("Loss"), panels.loss)
        self.reconstructions = self._dock("reconstructions", tr("Reconstructions"), panels.reconstructions)
        self.pad = self._dock("pad", tr("Digit pad"), panels.pad)
        self.signal = self._dock("signal", tr("Signal desk"), panels.signal)
        self.answers = self._dock("answers", tr("Labels"), panels.answers)
        self._answers_offered, self._answers_wanted = False, True
        self._needs: Needs | None = None
        self.generate = self._dock("generate", tr("Generate"), panels.generate)
        self.health = self._dock("health", tr("Health"), panels.health)
        window.setDockNestingEnabled(True)
        window.setDockOptions(window.dockOptions() | QMainWindow.DockOption.GroupedDragging)
        self.reset()

    def all(self) -> list[QDockWidget]:
        """Every dock that there is a use for, in the order of the View menu."""
        return self._every() if self._answers_offered else self._every()[:-1]

    def show_health_count(self, count: int) -> None:
        """Say in the title how many findings ask for something; the menu keeps the bare name."""
        name = self._window.tr("Health")
        self.health.setWindowTitle(f"{name} ({count})" if count else name)
        self.health.toggleViewAction().setText(name)

    def offer_answers(self, needs: "Needs | None") -> bool:
        """Have the dock of a head's answers while the model has a head, unless a person has closed it.

        Returns whether it is open and has just appeared, or tells of something else from now on.
        """
        tr = self._window.tr
        self.answers.setWindowTitle(tr("Numbers") if needs == "targets" else tr("Labels"))
        offered, before = needs is not None, self._answers_offered
        if offered != before:
            self._answers_wanted = self._answers_wanted if offered else not self.answers.isHidden()
            self._answers_offered = offered
            self.settle()
        others, self._needs = needs != self._needs, needs
        return offered and others and not self.answers.isHidden()

    def settle(self) -> None:
        """Once more hide what the model has no use for: a layout of another model was restored."""
        self.answers.toggleViewAction().setVisible(self._answers_offered)
        self.answers.setVisible(self._answers_offered and self._answers_wanted)

    def give_signal_room(self) -> None:
        """Two thirds of its column for the signal desk, where it stands below something and has less.

        In a window too low for both, what stood above it becomes a tab beside it.
        """
        above, desk = self.reconstructions, self.signal
        if desk.isFloating() or above.isFloating() or not above.isVisible() or above.x() != desk.x():
            return
        whole = above.height() + desk.height()
        if whole - above.minimumSizeHint().height() < _SIGNAL_LINES * self._window.fontMetrics().height():
            self._window.tabifyDockWidget(desk, above)
            desk.raise_()
            return
        wanted = round(_SIGNAL_SHARE * whole)
        if desk.height() < wanted:
            self._window.resizeDocks([above, desk], [whole - wanted, wanted], Qt.Orientation.Vertical)

    def keep_builder_width(self) -> None:
        """The window has another size: give what it grew by to what is watched, not to the form.

        There is nothing in the window's middle, and Qt would give all of it to the left side.
        """
        width = self._builder_width or self.builder.width()
        right = [dock for dock in self._every() if self._is_seen_in(dock, _RIGHT)]
        if right and self._is_seen_in(self.builder, _LEFT):
            taken = self.builder.geometry().right() + 1
            times = 1 + (taken - self.builder.x() - width) / max(1, self._window.width() - taken)
            widths = [width, *(max(1, round(dock.width() * times)) for dock in right)]
            self._window.resizeDocks([self.builder, *right], widths, Qt.Orientation.Horizontal)
        self._builder_width, self._window_width = width, self._window.width()
        self._settling.start()

    def _is_seen_in(self, dock: QDockWidget, area: Qt.DockWidgetArea) -> bool:
        """Whether a dock is at this side, and not behind another: Qt moves those out of the window."""
        there = not dock.isFloating() and self._window.dockWidgetArea(dock) == area
        return there and dock.isVisible() and dock.geometry().right() > 0

    def _on_builder_resized(self) -> None:
        # Otherwise a person has moved the edge, or the panels are arranged anew.
        of_window = self._settling.isActive() or self._window.width() != self._window_width
        if not of_window and not self.builder.isFloating():
            self._builder_width = self.builder.width()

    def toggles(self) -> list[QAction]:
        """An action per dock that shows it, brings it forward or hides it."""
        return [DockAction(dock) for dock in self._every()]

    def reset(self) -> None:
        """The arrangement of the first start: builder left, map over loss, reconstructions over pads."""
        window = self._window
        for dock in self._every():
            dock.setFloating(False)  # once it is removed, this has no effect any more
            window.removeDockWidget(dock)
        window.addDockWidget(_LEFT, self.builder)
        window.addDockWidget(_RIGHT, self.latent_map)
        window.splitDockWidget(self.latent_map, self.reconstructions, Qt.Orientation.Horizontal)
        window.splitDockWidget(self.latent_map, self.loss, Qt.Orientation.Vertical)
        window.splitDockWidget(self.reconstructions, self.pad, Qt.Orientation.Vertical)
        window.tabifyDockWidget(self.pad, self.signal)
        window.tabifyDockWidget(self.signal, self.generate)
        window.tabifyDockWidget(self.generate, self.answers)
        window.tabifyDockWidget(self.loss, self.health)
        for dock in self.all():
            dock.show()
        self._answers_wanted = True
        self.settle()
        self.pad.raise_()
        self.loss.raise_()
        width, height = max(window.width(), 1000), max(window.height(), 600)
        left = min(380, width * 3 // 10)
        rest = (width - left) // 2
        window.resizeDocks(
            [self.builder, self.latent_map, self.reconstructions],
            [left, rest, rest],
            Qt.Orientation.Horizontal,
        )
        window.resizeDocks(
            [self.latent_map, self.loss], [height * 54 // 100, height * 46 // 100], Qt.Orientation.Vertical
        )
        window.resizeDocks(
            [self.reconstructions, self.pad], [height // 2, height // 2], Qt.Orientation.Vertical
        )

    def _every(self) -> list[QDockWidget]:
        work = [self.pad, self.signal, self.generate]
        watched = [self.health, self.answers]
        return [self.builder, self.latent_map, self.loss, self.reconstructions, *work, *watched]

    def _dock(self, name: str, title: str, panel: QWidget) -> "_Dock":
        dock = _Dock(title, self._window)
        dock.setObjectName(name)
        dock.setWidget(panel)
        return dock


class _Dock(QDockWidget):
    """Says that it is ``resized``."""

    resized = Signal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()
