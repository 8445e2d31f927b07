"""Feeding a loss view with events and reading what it draws."""

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from aedesk.training.events import EpochEnded, Event, Finished, Progress, StageLearned, Started
from aedesk.ui import theme
from aedesk.ui.views.loss_axis import PercentAxis
from aedesk.ui.views.loss_key import LossKey
from aedesk.ui.views.loss_plot import LossPlot
from aedesk.ui.views.loss_view import LossView


def shown_view(qtbot: QtBot) -> LossView:
    """A loss view on the screen, in the light theme."""
    theme.apply(QApplication.instance(), "light")
    view = LossView()
    qtbot.addWidget(view)
    view.resize(500, 300)
    view.show()
    return view


def feed(view: LossView, events: list[Event]) -> None:
    """Show a view all events that are for it."""
    shown = {
        Started: view.show_started,
        StageLearned: view.show_stage,
        Progress: view.show_progress,
        EpochEnded: view.show_epoch,
        Finished: view.show_finished,
    }
    for event in events:
        if type(event) in shown:
            shown[type(event)](event)


def progress(epoch: int, part: float, **losses: float) -> Progress:
    return Progress(epoch, round(100 * part), 100, losses, 1000.0, 1.0)


def plot_of(view: LossView) -> LossPlot:
    return view.findChild(LossPlot)


def lines(view: LossView, *, earlier: bool = False) -> list[pg.PlotCurveItem]:
    """The curves with something to draw: those of this run, or the faint ones behind it."""
    items = [item for item in plot_of(view).scene().items() if isinstance(item, pg.PlotCurveItem)]
    shown = [item for item in items if item.yData is not None and len(item.yData)]
    return [item for item in shown[::-1] if (item.zValue() < -1) == earlier]


def line(view: LossView, style: Qt.PenStyle, colour: str = "") -> pg.PlotCurveItem:
    """The curve in this style, and in this colour where one is named."""
    found = [item.opts["pen"] for item in lines(view)]
    [place] = [
        place
        for place, pen in enumerate(found)
        if pen.style() == style and (not colour or pen.color().name() == colour)
    ]
    return lines(view)[place]


def key(view: LossView) -> str:
    return view.findChild(LossKey).text().replace("\u202f", " ")


def hover(view: LossView, qtbot: QtBot, epoch: float) -> None:
    """Put the pointer over an epoch, in the middle of the height."""
    for _ in range(2):  # until the axes have the width that their numbers need
        view.grab()
        QApplication.processEvents()
    plot = plot_of(view)
    middle = np.mean(plot.getViewBox().viewRange()[1])
    scene = plot.getViewBox().mapViewToScene(QPointF(epoch, middle))
    qtbot.mouseMove(plot.viewport(), plot.mapFromScene(scene))


def percent_axis(view: LossView) -> PercentAxis:
    axis = plot_of(view).getAxis("right")
    assert isinstance(axis, PercentAxis)
    return axis


def click(view: LossView, qtbot: QtBot, name: str) -> None:
    """Press the left button on a curve's entry in the key."""
    widget = view.findChild(LossKey)
    view.grab()
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton, pos=widget.place_of(name).center().toPoint())
