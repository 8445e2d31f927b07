"""Plots in the look of the theme."""

import shiboken6
from PySide6.QtWidgets import QApplication, QWidget

from aedesk.ui import theme
from aedesk.ui.views.loss_plot import LossPlot
from aedesk.ui.views.plots import themed_plot


def test_a_plot_follows_the_theme(qtbot):
    app = QApplication.instance()
    theme.apply(app, "light")
    plot = themed_plot()
    qtbot.addWidget(plot)
    assert plot.backgroundBrush().color() == theme.LIGHT.plot_background
    theme.apply(app, "dark")
    assert plot.backgroundBrush().color() == theme.DARK.plot_background
    assert plot.getAxis("left").textPen().color() == theme.DARK.muted
    theme.apply(app, "light")
    assert plot.backgroundBrush().color() == theme.LIGHT.plot_background


def test_a_plot_has_no_menu_of_its_own(qtbot):
    plot = themed_plot()
    qtbot.addWidget(plot)
    assert not plot.getPlotItem().menuEnabled()
    assert not plot.getViewBox().menuEnabled()


def test_a_plot_that_is_gone_is_not_dressed(qtbot):
    parent = QWidget()
    plots = [themed_plot(parent), LossPlot(parent)]
    shiboken6.delete(parent)
    theme.apply(QApplication.instance(), "dark")  # an error in a slot fails the test
    theme.apply(QApplication.instance(), "light")
    assert not any(shiboken6.isValid(plot) for plot in plots)
