"""The style sheet laid over the Fusion style: shapes and distances, in a theme's colours."""

from string import Template

from aedesk import paths
from aedesk.ui.theme import RADIUS, SPACE_L, SPACE_M, SPACE_S, SPACE_XS, Theme

# Text keeps the system's size: no font size is set here. Lengths are device-independent pixels.
# Numbers stand at the right of their fields: Qt 6.11 and 6.12 ignore the left padding of a spin
# box with a styled border.
_SHEET = Template("""
QToolTip { background: $base; color: $text; border: 1px solid $outline; padding: ${xs}px; }

QPushButton {
    background: $raised; color: $text; border: 1px solid $outline; border-radius: ${radius}px;
    padding: ${xs}px ${m}px; min-height: 1.25em;
}
QPushButton:hover { background: $hover; }
QPushButton:pressed, QPushButton:checked { background: $pressed; }
QPushButton:focus { border-color: $accent; }
QPushButton:default, QPushButton[primary="true"] {
    background: $accent; color: $accent_text; border-color: $accent; font-weight: 600;
}
QPushButton:default:hover, QPushButton[primary="true"]:hover {
    background: $accent_hover; border-color: $accent_hover;
}
QPushButton:disabled, QPushButton[primary="true"]:disabled {
    background: $window; color: $disabled; border-color: $border;
}

QToolButton {
    background: transparent; color: $text; border: 1px solid transparent;
    border-radius: ${radius}px; padding: ${xs}px;
}
QToolButton:hover { background: $hover; }
QToolButton:pressed, QToolButton:checked { background: $pressed; }
QToolButton:focus { border-color: $accent; }
QToolButton:disabled { background: transparent; color: $disabled; }
QToolButton[popupMode="1"] { padding-right: ${l}px; }
QToolButton::menu-button { border: none; width: ${m}px; }
QToolButton::menu-arrow, QToolButton::menu-indicator { image: url("$down"); width: 10px; }
QToolButton[popupMode="2"]::menu-indicator { subcontrol-origin: border; subcontrol-position: center; }

QLineEdit, QAbstractSpinBox, QComboBox, QPlainTextEdit, QTextEdit {
    background: $base; color: $text; border: 1px solid $outline; border-radius: ${radius}px;
    selection-background-color: $accent; selection-color: $accent_text;
}
QLineEdit, QAbstractSpinBox, QComboBox { padding: 2px ${s}px; min-height: 1.3em; }
QLineEdit:hover, QAbstractSpinBox:hover, QComboBox:hover { border-color: $muted; }
QLineEdit:focus, QAbstractSpinBox:focus, QComboBox:focus, QPlainTextEdit:focus, QTextEdit:focus {
    border-color: $accent;
}
QLineEdit:disabled, QAbstractSpinBox:disabled, QComboBox:disabled {
    background: $window; color: $disabled; border-color: $border;
}
QLineEdit[invalid="true"], QAbstractSpinBox[invalid="true"], QComboBox[invalid="true"] {
    border-color: $error;
}
QAbstractSpinBox { padding-right: 0; qproperty-alignment: 'AlignRight | AlignVCenter'; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {
    subcontrol-origin: border; width: 20px; border: none; background: transparent;
}
QAbstractSpinBox::up-button { subcontrol-position: top right; margin: 2px 2px 0 0; }
QAbstractSpinBox::down-button { subcontrol-position: bottom right; margin: 0 2px 2px 0; }
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover {
    background: $hover; border-radius: 3px;
}
QAbstractSpinBox::up-arrow { image: url("$up"); width: 10px; height: 10px; }
QAbstractSpinBox::down-arrow { image: url("$down"); width: 10px; height: 10px; }
QComboBox { padding-right: 22px; }
QComboBox::drop-down { border: none; width: 22px; }
QComboBox::down-arrow { image: url("$down"); width: 12px; height: 12px; }
QComboBox QLineEdit { border: none; padding: 0; min-height: 0; background: transparent; }
QComboBox QAbstractItemView { border: 1px solid $outline; padding: ${xs}px; outline: none; }

QCheckBox, QRadioButton { spacing: ${s}px; background: transparent; }
QCheckBox::indicator, QRadioButton::indicator {
    width: 14px; height: 14px; border: 1px solid $outline; background: $base;
}
QCheckBox::indicator { border-radius: 4px; }
QRadioButton::indicator { border-radius: 8px; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover,
QCheckBox::indicator:focus, QRadioButton::indicator:focus { border-color: $accent; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent; image: url("$check"); }
QRadioButton::indicator:checked { border: 5px solid $accent; width: 6px; height: 6px; }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled {
    background: $window; border-color: $border;
}
QCheckBox::indicator:checked:disabled { background: $disabled; border-color: $disabled; }

QGroupBox {
    border: none; border-top: 1px solid $border; font-weight: 600;
    margin-top: 2em; padding: ${s}px 0 0 0;
}
QGroupBox::title { subcontrol-origin: margin; subcontrol-position: top left; padding: ${xs}px 0; }

QDockWidget { font-weight: 600; }
QDockWidget::title { background: $window; padding: 6px ${s}px; text-align: left; }
QDockWidget::close-button, QDockWidget::float-button { border: none; background: transparent; }
QDockWidget::close-button:hover, QDockWidget::float-button:hover {
    background: $hover; border-radius: ${xs}px;
}
QMainWindow::separator { background: $border; width: 1px; height: 1px; margin: 2px; }
QMainWindow::separator:hover { background: $accent; }
QSplitter::handle { background: transparent; }
QSplitter::handle:hover { background: $border; }

QTabWidget::pane { border: none; border-top: 1px solid $border; }
QTabBar { qproperty-drawBase: 0; }
QTabBar::tab {
    background: transparent; color: $muted; border: none; border-bottom: 2px solid transparent;
    padding: 6px ${s}px; margin-right: ${xs}px;
}
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; }
QTabBar::tab:disabled { color: $disabled; }

QSlider { background: transparent; }
QSlider:horizontal { min-height: 20px; }
QSlider:vertical { min-width: 20px; }
QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: $pressed; }
QSlider::groove:vertical { width: 4px; border-radius: 2px; background: $pressed; }
QSlider::sub-page:horizontal, QSlider::add-page:vertical {
    background: $accent; border-radius: 2px;
}
QSlider::handle {
    width: 14px; height: 14px; border-radius: 8px; background: $base; border: 1px solid $muted;
}
QSlider::handle:horizontal { margin: -6px 0; }
QSlider::handle:vertical { margin: 0 -6px; }
QSlider::handle:hover, QSlider::handle:focus { border-color: $accent; }
QSlider::sub-page:horizontal:disabled, QSlider::add-page:vertical:disabled {
    background: $outline;
}

QProgressBar {
    background: $pressed; border: none; border-radius: 3px; max-height: 6px; text-align: center;
}
QProgressBar::chunk { background: $accent; border-radius: 3px; }

QScrollArea, QScrollArea > QWidget > QWidget#page { background: transparent; border: none; }
QScrollBar { background: transparent; border: none; margin: 0; }
QScrollBar:vertical { width: 10px; }
QScrollBar:horizontal { height: 10px; }
QScrollBar::handle { background: $outline; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QAbstractItemView { border: 1px solid $border; border-radius: ${radius}px; outline: none; }
QListView::item, QTreeView::item, QTableView::item { padding: 3px ${xs}px; }
QHeaderView { background: $window; border: none; border-radius: 0; }
QTableCornerButton::section { background: $window; border: none; border-bottom: 1px solid $border; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QHeaderView::section {
    background: $window; color: $muted; border: none; border-bottom: 1px solid $border;
    padding: ${xs}px ${s}px;
}

QMenuBar { background: $window; border: none; }
QMenuBar::item { padding: 5px ${s}px; border-radius: ${xs}px; background: transparent; }
QMenuBar::item:selected { background: $hover; }
QMenu { background: $base; border: 1px solid $outline; padding: ${xs}px; }
QMenu::item { padding: 5px ${l}px; border-radius: ${xs}px; }
QMenu::item:selected { background: $hover; color: $text; }
QMenu::item:disabled { color: $disabled; }
QMenu::separator { height: 1px; background: $border; margin: ${xs}px ${s}px; }
QToolBar { background: $window; border: none; spacing: ${xs}px; padding: ${xs}px; }
QStatusBar { background: $window; color: $muted; }
QStatusBar::item { border: none; }

QLabel[role="muted"] { color: $muted; }
QLabel[role="error"] { color: $error; }
QLabel[role="warning"] { color: $warning; }
QLabel[role="good"] { color: $good; }
QLabel[role="heading"] { font-weight: 600; }
QLabel[headline="true"] { font-weight: 600; }
QFrame#NoticeBar { background: $base; border: 1px solid $border; border-left: 4px solid $accent; border-radius: ${radius}px; }
QFrame#NoticeBar[kind="problem"] { border-left: 4px solid $error; }
QFrame[role="focus"] { background: transparent; border: 1px solid $accent; border-radius: ${radius}px; }
QFrame[role="card"] { background: $base; border: 1px solid $border; border-radius: 8px; }
""")


def stylesheet(theme: Theme) -> str:
    """The application's style sheet in the theme's colours.

    Widgets choose a variant with a dynamic property: a `QLabel` with ``role`` "muted", "error",
    "warning", "good" or "heading", or ``headline``; a `QFrame` with ``role`` "card"; a `QPushButton` with
    ``primary``; a field with ``invalid``.
    """
    icon = {
        "up": paths.resource("icons", "chevron-up.svg").as_posix(),
        "down": paths.resource("icons", "chevron-down.svg").as_posix(),
        "check": paths.resource("icons", f"check-{theme.name}.svg").as_posix(),
    }
    lengths = {"xs": SPACE_XS, "s": SPACE_S, "m": SPACE_M, "l": SPACE_L, "radius": RADIUS}
    colours = {name: value for name, value in vars(theme).items() if isinstance(value, str)}
    return _SHEET.substitute(**colours, **icon, **lengths)
