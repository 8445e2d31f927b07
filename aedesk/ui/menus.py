"""The menu bar, as tables."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QApplication, QMenu

from aedesk.ui import theme

if TYPE_CHECKING:
    from aedesk.ui.main_window import MainWindow

Key = QKeySequence.StandardKey


@dataclass(frozen=True)
class _Item:
    text: str
    tip: str
    do: Callable[[], object]
    key: QKeySequence | QKeySequence.StandardKey | str | None = None


def fill_menu_bar(window: "MainWindow") -> None:
    """Add every menu to the window."""
    _add_file_menu(window)
    _add_edit_menu(window)
    _add_run_menu(window)
    _add_view_menu(window)
    _add_help_menu(window)


def _menu(window: "MainWindow", title: str, items: list[_Item | None]) -> QMenu:
    menu = window.menuBar().addMenu(title)
    menu.setToolTipsVisible(True)
    for item in items:
        if item is None:
            menu.addSeparator()
            continue
        action = QAction(item.text, window)
        action.setToolTip(item.tip)
        action.setStatusTip(item.tip)
        if isinstance(item.key, Key):
            action.setShortcuts(item.key)  # all that the system knows for it
        elif item.key is not None:
            action.setShortcut(item.key)
        action.triggered.connect(lambda _=False, do=item.do: do())
        menu.addAction(action)
    return menu


def _add_file_menu(window: "MainWindow") -> None:
    tr, files = window.tr, window.files
    menu = _menu(
        window,
        tr("&File"),
        [
            _Item(tr("&Open…"), tr("Open a model, a recipe, a signal or a picture."), files.open, Key.Open),
            _Item(
                tr("Open a &folder of recordings…"),
                tr("Open recordings of one kind together: tables, sounds or arrays in one folder."),
                files.open_folder,
                "Ctrl+Shift+O",
            ),
            None,
            _Item(tr("&Save model…"), tr("Save the trained model as a file."), files.save_model, Key.Save),
            _Item(
                tr("Save &recipe…"),
                tr("Save what the builder shows as a recipe."),
                files.save_recipe,
                "Ctrl+Shift+S",
            ),
            None,
        ],
    )
    recent = menu.addMenu(tr("Recent &files"))
    recent.aboutToShow.connect(lambda: files.fill_recent(recent))
    kept = menu.addMenu(tr("&Models of earlier runs"))
    kept.setToolTip(tr("AEDesk keeps the last twenty models by itself."))
    kept.aboutToShow.connect(lambda: files.fill_kept(kept))
    menu.addSeparator()
    leave = QAction(tr("&Quit"), window)
    leave.setShortcut(Key.Quit)
    leave.triggered.connect(window.close)
    menu.addAction(leave)


def _add_edit_menu(window: "MainWindow") -> None:
    """Undo and redo of the builder, and of the pad's strokes while the pad has the focus."""
    tr, pad, stack = window.tr, window.panels.pad, window.panels.builder.undo_stack()

    def undo() -> None:
        pad.undo() if pad.isAncestorOf(QApplication.focusWidget() or window) else stack.undo()

    _menu(
        window,
        tr("&Edit"),
        [
            _Item(tr("&Undo"), tr("Take the last change back."), undo, Key.Undo),
            _Item(tr("&Redo"), tr("Make the change again."), stack.redo, Key.Redo),
        ],
    )


def _add_run_menu(window: "MainWindow") -> None:
    tr, presenter, desk = window.tr, window.presenter, window.desk

    def pause_or_go_on() -> None:
        desk.go_on() if desk.state == "paused" else desk.pause()

    _menu(
        window,
        tr("&Run"),
        [
            _Item(tr("&Train"), tr("Train what the builder shows, from the start."), presenter.train, "F5"),
            _Item(
                tr("Train &further"),
                tr("Go on with the open model for as many epochs as the builder says."),
                presenter.train_further,
                "Shift+F5",
            ),
            _Item(tr("&Pause or continue"), tr("Rest, or go on."), pause_or_go_on, "F6"),
            _Item(tr("&Stop"), tr("End the run and keep what was learned."), desk.stop, "F7"),
        ],
    )


def _add_view_menu(window: "MainWindow") -> None:
    tr = window.tr
    menu = window.menuBar().addMenu(tr("&View"))
    for number, action in enumerate(window.docks.toggles(), 1):
        action.setShortcut(f"Ctrl+{number}")
        menu.addAction(action)
    menu.addSeparator()
    themes = menu.addMenu(tr("&Theme"))
    group = QActionGroup(themes)
    names = {"system": tr("Like the system"), "light": tr("Light"), "dark": tr("Dark")}
    for name, text in names.items():
        action = themes.addAction(text, lambda name=name: window.set_theme(name))
        action.setCheckable(True)
        action.setChecked(theme.choice() == name)
        group.addAction(action)
    menu.addAction(tr("&Reset layout"), window.reset_layout)


def _add_help_menu(window: "MainWindow") -> None:
    tr = window.tr
    menu = window.menuBar().addMenu(tr("&Help"))
    menu.addAction(tr("&About AEDesk"), window.show_about)
    menu.addAction(tr("About &Qt"), QApplication.aboutQt)
