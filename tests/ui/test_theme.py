"""The themes: readable, distinguishable, and followed by everything."""

import re
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

import aedesk.ui
from aedesk.ui import theme
from aedesk.ui.icon_button import IconButton
from aedesk.ui.stylesheet import stylesheet
from aedesk.ui.theme import DARK, LIGHT, Theme

both = pytest.mark.parametrize("look", [LIGHT, DARK], ids=lambda look: look.name)


@pytest.fixture(autouse=True)
def light_again(qapp: QApplication) -> Iterator[None]:
    yield
    theme.apply(qapp, "light")


def linear(colour: str) -> np.ndarray:
    rgb = np.array(QColor(colour).getRgbF()[:3])
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2, 1 to 21."""
    lights = sorted(float(linear(colour) @ [0.2126, 0.7152, 0.0722]) for colour in (one, other))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def test_the_contrast_ratio_is_that_of_the_standard():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@both
@pytest.mark.parametrize("ink", ["text", "muted", "error", "warning", "good"])
@pytest.mark.parametrize("ground", ["window", "base", "raised", "hover", "plot_background"])
def test_text_is_readable(look: Theme, ink: str, ground: str):
    assert contrast(getattr(look, ink), getattr(look, ground)) >= 4.5


@both
def test_text_on_accent_and_pressed_is_readable(look: Theme):
    assert contrast(look.accent_text, look.accent) >= 4.5
    assert contrast(look.accent_text, look.accent_hover) >= 4.5
    assert contrast(look.text, look.pressed) >= 4.5
    assert contrast(look.accent, look.base) >= 4.5  # links


@both
def test_curves_stand_out_from_the_plot(look: Theme):
    for colour in look.curve_colours:
        assert contrast(colour, look.plot_background) >= 3


@both
def test_label_colours_stand_out_from_the_plot(look: Theme):
    for colour in look.label_colours:
        assert contrast(colour, look.plot_background) >= 2.4


# Machado, Oliveira & Fernandes (2009), severity 1, for linear RGB.
_EYES = {
    "normal": np.eye(3),
    "deuteranopic": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "protanopic": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
}


def oklab(rgb: np.ndarray) -> np.ndarray:
    """Linear RGB in the OKLab space (Ottosson, 2020)."""
    cones = np.cbrt(
        np.array(
            [
                [0.4122214708, 0.5363325363, 0.0514459929],
                [0.2119034982, 0.6806995451, 0.1073969566],
                [0.0883024619, 0.2817188376, 0.6299787005],
            ]
        )
        @ rgb.clip(0, 1)
    )
    return (
        np.array(
            [
                [0.2104542553, 0.7936177850, -0.0040720468],
                [1.9779984951, -2.4285922050, 0.4505937099],
                [0.0259040371, 0.7827717662, -0.8086757660],
            ]
        )
        @ cones
    )


@pytest.mark.parametrize(
    ("eyes", "apart"), [("normal", 0.14), ("deuteranopic", 0.09), ("protanopic", 0.09)]
)
def test_ten_label_colours_differ_for_everyone(eyes: str, apart: float):
    colours = [oklab(_EYES[eyes] @ linear(colour)) for colour in LIGHT.label_colours]
    assert len(colours) == 10
    assert min(np.linalg.norm(one - other) for one, other in combinations(colours, 2)) > apart


@both
def test_image_ramps_run_evenly_from_paper_to_ink(look: Theme):
    ramp = theme.colour_ramp(look.sequential)
    assert ramp.shape == (256, 3)
    assert ramp.dtype == np.uint8
    assert QColor(*map(int, ramp[0])) == QColor(look.sequential[0])
    assert QColor(*map(int, ramp[-1])) == QColor(look.sequential[-1])
    lightness = np.array([oklab(linear(QColor(*map(int, rgb)).name()))[0] for rgb in ramp[::8]])
    steps = np.diff(lightness) * (1 if look is DARK else -1)
    assert (steps > 0).all()
    middle = theme.colour_ramp(look.diverging, 5)[2]
    assert QColor(*map(int, middle)) == QColor(look.diverging[2])


def test_a_colour_table_is_the_ramp():
    table = theme.colour_table(LIGHT.sequential)
    assert len(table) == 256
    assert QColor.fromRgb(table[0]) == QColor(LIGHT.sequential[0])
    assert QColor.fromRgb(table[255]) == QColor(LIGHT.sequential[-1])


@both
def test_applying_a_theme_dresses_the_application(qapp: QApplication, qtbot, look: Theme):
    label, button = QLabel("text"), QPushButton("press")
    for widget in (label, button):
        qtbot.addWidget(widget)
    theme.apply(qapp, look.name)
    assert theme.current() is look
    assert theme.choice() == look.name
    assert label.palette().color(QPalette.ColorRole.Window) == QColor(look.window)
    assert label.palette().color(QPalette.ColorRole.WindowText) == QColor(look.text)
    disabled = QPalette.ColorGroup.Disabled
    assert label.palette().color(disabled, QPalette.ColorRole.Text) == QColor(look.disabled)
    button.resize(120, 40)
    middle = button.grab().toImage().pixelColor(12, 20)
    assert middle == QColor(look.raised)


def test_the_change_is_said_with_the_new_theme(qapp: QApplication, qtbot):
    theme.apply(qapp, "light")
    with qtbot.waitSignal(theme.signals().changed) as said:
        theme.apply(qapp, "dark")
    assert said.args == [DARK]


def test_system_follows_the_system_and_a_choice_does_not(qapp: QApplication, monkeypatch):
    scheme = Qt.ColorScheme.Dark
    monkeypatch.setattr(theme, "_system_scheme", lambda: scheme)
    theme.apply(qapp, "system")
    assert theme.current() is DARK
    scheme = Qt.ColorScheme.Light
    qapp.styleHints().colorSchemeChanged.emit(scheme)
    assert theme.current() is LIGHT
    scheme = Qt.ColorScheme.Unknown
    qapp.styleHints().colorSchemeChanged.emit(scheme)
    assert theme.current() is LIGHT
    theme.apply(qapp, "light")
    scheme = Qt.ColorScheme.Dark
    qapp.styleHints().colorSchemeChanged.emit(scheme)
    assert theme.current() is LIGHT


@both
def test_the_style_sheet_is_whole_and_its_pictures_exist(look: Theme):
    sheet = stylesheet(look)
    assert "$" not in sheet
    assert "font-size" not in sheet
    pictures = re.findall(r'url\("([^"]+)"\)', sheet)
    assert len(pictures) >= 5
    assert all(Path(picture).is_file() for picture in pictures)


def test_no_other_module_names_a_colour():
    folder = Path(aedesk.ui.__file__).parent
    named = [
        f"{file.relative_to(folder)}: {found}"
        for file in sorted(folder.rglob("*.py"))
        if file.name != "theme.py"
        for found in re.findall(
            r"""["']#[0-9a-fA-F]{3,8}["']|QColor\(\d+""", file.read_text("utf-8")
        )
    ]
    assert named == []


def test_icons_change_with_the_theme(qapp: QApplication, qtbot):
    theme.apply(qapp, "light")
    button = IconButton("undo", "Undo", "Take back.")
    qtbot.addWidget(button)
    side = button.iconSize().width()

    def ink() -> QColor:
        image = button.icon().pixmap(side, side).toImage()
        return max(
            (image.pixelColor(x, y) for x in range(side) for y in range(side)), key=QColor.alpha
        )

    assert ink().lightness() == pytest.approx(QColor(LIGHT.text).lightness(), abs=8)
    theme.apply(qapp, "dark")
    assert ink().lightness() == pytest.approx(QColor(DARK.text).lightness(), abs=8)


def test_plots_take_the_theme(qapp: QApplication, qtbot):
    import pyqtgraph as pg

    theme.apply(qapp, "dark")
    plot = pg.PlotWidget(title="Loss")
    qtbot.addWidget(plot)
    plot.addLegend()
    plot.plot([1, 2, 3], name="training")
    for look in (DARK, LIGHT):
        theme.apply(qapp, look.name)
        theme.style_plot(plot)
        assert plot.backgroundBrush().color() == QColor(look.plot_background)
        for name in ("left", "bottom"):
            axis = plot.getAxis(name)
            assert axis.textPen().color() == QColor(look.muted)
            assert axis.pen().color() == QColor(look.plot_grid)
        [(_, label)] = plot.getPlotItem().legend.items
        assert label.opts["color"] == look.text


def test_every_plot_of_a_layout_takes_the_theme(qapp: QApplication, qtbot):
    import pyqtgraph as pg

    theme.apply(qapp, "dark")
    layout = pg.GraphicsLayoutWidget()
    qtbot.addWidget(layout)
    plots = [layout.addPlot(), layout.addPlot()]
    theme.style_plot(layout)
    assert layout.backgroundBrush().color() == QColor(DARK.plot_background)
    assert all(plot.getAxis("left").textPen().color() == QColor(DARK.muted) for plot in plots)
