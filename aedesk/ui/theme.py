"""How AEDesk looks: every colour and distance it paints with, light and dark.

No other module names a colour. A widget that paints asks `current()` while painting: Qt repaints
it when the palette changes. What is painted by others, like a plot, is restyled on
`signals().changed`.
"""

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

import numpy as np
from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    import pyqtgraph

# Distances in device-independent pixels: every margin and gap is one of these.
SPACE_XS, SPACE_S, SPACE_M, SPACE_L, SPACE_XL = 4, 8, 12, 16, 24
RADIUS = 6

# Ten colours that stay apart for normal, deuteranopic and protanopic eyes, each visible on the
# light and the dark plot background. Found by a search over OKLab distances (Ottosson, 2020)
# after the colour-blindness matrices of Machado, Oliveira & Fernandes (2009).
_LABEL_COLOURS = (
    "#5f71c1", "#d99a0d", "#088803", "#e20092", "#43b5bf",
    "#fb0023", "#aa8aff", "#0f7371", "#f57b89", "#9c0cfb",
)  # fmt: skip

Choice = Literal["system", "light", "dark"]


@dataclass(frozen=True)
class Theme:
    """A named set of colours, each "#rrggbb"."""

    name: Literal["light", "dark"]
    window: str  # behind everything
    base: str  # fields, lists, cards
    raised: str  # buttons
    hover: str  # what the pointer rests on
    pressed: str  # what is pressed, the selected tab, the unfilled part of a slider
    text: str
    muted: str  # captions, hints and units: still readable
    disabled: str  # text of what cannot be used now
    border: str  # between surfaces
    outline: str  # around what can be used: fields, checks, handles
    accent: str  # the one main action, selection, focus
    accent_hover: str
    accent_text: str  # on the accent
    error: str
    warning: str
    good: str
    plot_background: str
    plot_grid: str
    curve_colours: tuple[str, ...]
    label_colours: tuple[str, ...]  # ten, for classes
    sequential: tuple[str, ...]  # stops from nothing (paper) to most (ink)
    diverging: tuple[str, ...]  # stops from most negative over zero to most positive


LIGHT = Theme(
    name="light",
    window="#f6f6f8",
    base="#ffffff",
    raised="#ffffff",
    hover="#eeeef2",
    pressed="#e3e3ea",
    text="#1d1e24",
    muted="#5d616c",
    disabled="#a3a6b0",
    border="#e1e2e8",
    outline="#c9cbd4",
    accent="#5059d4",
    accent_hover="#434bbf",
    accent_text="#ffffff",
    error="#c22531",
    warning="#8a5800",
    good="#17734a",
    plot_background="#ffffff",
    plot_grid="#d9dbe2",
    curve_colours=("#4a54d8", "#d9640b", "#0b8468", "#c2188f", "#1583b5", "#86701a", "#7a5ae0"),
    label_colours=_LABEL_COLOURS,
    sequential=("#ffffff", "#c5c8e6", "#7b80bd", "#3a3e78", "#14152b"),
    diverging=("#1d5fb0", "#8ab4e0", "#ffffff", "#f0a07a", "#b5330f"),
)

DARK = Theme(
    name="dark",
    window="#18191c",
    base="#202125",
    raised="#2a2c31",
    hover="#33353b",
    pressed="#3d4047",
    text="#e6e7ea",
    muted="#a0a4ae",
    disabled="#666a74",
    border="#2e3036",
    outline="#4a4d56",
    accent="#8c95fb",
    accent_hover="#a2a9ff",
    accent_text="#14152b",
    error="#ff8080",
    warning="#eab54f",
    good="#5ccf96",
    plot_background="#1c1d21",
    plot_grid="#3a3c43",
    curve_colours=("#8c95fb", "#f59a4a", "#3fc7a4", "#ee7cc9", "#5cc0ea", "#cdb65a", "#b79cff"),
    label_colours=_LABEL_COLOURS,
    sequential=("#141518", "#34375c", "#6d73b0", "#b4b8e2", "#f7f7ff"),
    diverging=("#7ab8ff", "#3a638f", "#1c1d21", "#94512f", "#ff9466"),
)


class Signals(QObject):
    """Says when the look changes: ``changed`` carries the new `Theme`."""

    changed = Signal(object)

    @Slot()
    def _on_system_scheme_changed(self) -> None:
        if _choice == "system":
            _dress(QApplication.instance(), _system_theme())


_choice: Choice = "system"
_current: Theme = LIGHT
_followed: QApplication | None = None


@cache
def signals() -> Signals:
    """The one object that says when the look changes."""
    return Signals()


def current() -> Theme:
    """The theme in use (`LIGHT` until `apply` is called)."""
    return _current


def choice() -> Choice:
    """What was asked for last: a theme, or the system's."""
    return _choice


def apply(app: QApplication, choice: Choice) -> None:
    """Dress the application; with "system", follow the system from now on."""
    global _choice, _followed
    _choice = choice
    hints = app.styleHints()
    if _followed is not app:
        app.setStyle("Fusion")
        hints.colorSchemeChanged.connect(signals()._on_system_scheme_changed)
        _followed = app
    # Window frames belong to the system: it is asked to draw them in the same theme.
    if choice == "system":
        hints.unsetColorScheme()
    else:
        dark = choice == "dark"
        hints.setColorScheme(Qt.ColorScheme.Dark if dark else Qt.ColorScheme.Light)
    _dress(app, {"light": LIGHT, "dark": DARK}.get(choice) or _system_theme())


def colour_ramp(stops: tuple[str, ...], count: int = 256) -> np.ndarray:
    """A lookup table through the stops, evenly spaced: uint8 ``[count, 3]`` (RGB)."""
    rgb = np.array([QColor(stop).getRgb()[:3] for stop in stops], dtype=float)
    at, places = np.linspace(0, 1, count), np.linspace(0, 1, len(stops))
    channels = [np.interp(at, places, rgb[:, channel]) for channel in range(3)]
    return np.stack(channels, axis=1).round().astype(np.uint8)


@cache
def colour_table(stops: tuple[str, ...]) -> list[int]:
    """`colour_ramp` as the colour table of an 8-bit `QImage`: 256 numbers 0xffRRGGBB."""
    red, green, blue = colour_ramp(stops).astype(int).T
    return (0xFF000000 + (red << 16) + (green << 8) + blue).tolist()


def style_plot(plot: "pyqtgraph.PlotItem | pyqtgraph.PlotWidget | pyqtgraph.GraphicsView") -> None:
    """Give a plot, or every plot of a graphics layout, the colours and fonts of the theme."""
    import pyqtgraph as pg

    if isinstance(plot, pg.PlotItem):
        _style_plot_item(plot)
        return
    plot.setBackground(_current.plot_background)
    if isinstance(plot, pg.PlotWidget):
        _style_plot_item(plot.getPlotItem())
    else:
        for item in plot.scene().items():
            if isinstance(item, pg.PlotItem):
                _style_plot_item(item)


def _style_plot_item(item: "pyqtgraph.PlotItem") -> None:
    theme = _current
    font = QApplication.font()
    font.setPointSizeF(font.pointSizeF() * 0.9)
    for name in ("left", "bottom", "right", "top"):
        axis = item.getAxis(name)
        axis.setPen(theme.plot_grid)
        axis.setTickPen(theme.plot_grid)
        axis.setTextPen(theme.muted)
        axis.setTickFont(font)
        axis.label.setFont(font)
    item.showGrid(x=True, y=True, alpha=0.5)
    item.hideButtons()
    if item.titleLabel.text:
        item.setTitle(item.titleLabel.text, color=theme.text)
    if item.legend is not None:
        backdrop = QColor(theme.plot_background)
        backdrop.setAlphaF(0.85)
        item.legend.setBrush(backdrop)
        item.legend.setLabelTextColor(theme.text)
        for _, label in item.legend.items:
            label.setText(label.text, color=theme.text)


def _system_theme() -> Theme:
    return DARK if _system_scheme() == Qt.ColorScheme.Dark else LIGHT


def _system_scheme() -> Qt.ColorScheme:
    return QApplication.styleHints().colorScheme()


def _dress(app: QApplication, theme: Theme) -> None:
    from aedesk.ui.stylesheet import stylesheet

    global _current
    _current = theme
    app.setPalette(palette(theme))
    app.setStyleSheet(stylesheet(theme))
    signals().changed.emit(theme)


def palette(theme: Theme) -> QPalette:
    """The theme as Qt's palette, which the Fusion style paints with."""
    roles = {
        QPalette.ColorRole.Window: theme.window,
        QPalette.ColorRole.WindowText: theme.text,
        QPalette.ColorRole.Base: theme.base,
        QPalette.ColorRole.AlternateBase: theme.window,
        QPalette.ColorRole.Text: theme.text,
        QPalette.ColorRole.PlaceholderText: theme.muted,
        QPalette.ColorRole.Button: theme.raised,
        QPalette.ColorRole.ButtonText: theme.text,
        QPalette.ColorRole.BrightText: theme.error,
        QPalette.ColorRole.ToolTipBase: theme.base,
        QPalette.ColorRole.ToolTipText: theme.text,
        QPalette.ColorRole.Highlight: theme.accent,
        QPalette.ColorRole.HighlightedText: theme.accent_text,
        QPalette.ColorRole.Accent: theme.accent,
        QPalette.ColorRole.Link: theme.accent,
        QPalette.ColorRole.LinkVisited: theme.accent,
        QPalette.ColorRole.Light: theme.raised,
        QPalette.ColorRole.Midlight: theme.hover,
        QPalette.ColorRole.Mid: theme.outline,
        QPalette.ColorRole.Dark: theme.outline,
        QPalette.ColorRole.Shadow: theme.border,
    }
    result = QPalette()
    for role, colour in roles.items():
        result.setColor(role, QColor(colour))
    for role in (
        QPalette.ColorRole.WindowText,
        QPalette.ColorRole.Text,
        QPalette.ColorRole.ButtonText,
    ):
        result.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.disabled))
    disabled = QPalette.ColorGroup.Disabled
    result.setColor(disabled, QPalette.ColorRole.Highlight, QColor(theme.outline))
    return result
