"""The loss view with many curves: they stay apart, and the plot keeps its room."""

import pytest
from PySide6.QtWidgets import QApplication

from aedesk.training.events import EpochEnded, Event
from aedesk.ui import theme
from aedesk.ui.views.loss_key import LossKey
from aedesk.ui.views.loss_key_area import LossKeyArea
from aedesk.ui.views.loss_line import training_style
from aedesk.ui.views.loss_names import ALONE, TOTAL, WITHOUT
from aedesk.ui.views.loss_titles import short_title
from aedesk.ui.views.loss_view import LossView
from tests.small import events_of, recipe
from tests.ui.losses import click, feed, percent_axis, plot_of, shown_view

NAMES = [
    "bce", "code-kl", "code-discriminator", "code-discriminator 2", "l1", "l2", "labels", TOTAL,
    "code-discriminator loss", "code-discriminator 2 loss", "accuracy", WITHOUT, ALONE,
]  # fmt: skip


@pytest.fixture(scope="module")
def classifying() -> list[Event]:
    return events_of(recipe("table", "model.head={kind='classifier', weight=0.5}"))


@pytest.fixture
def view(qtbot) -> LossView:
    return shown_view(qtbot)


@pytest.mark.parametrize("look", ["light", "dark"])
def test_no_two_of_many_curves_look_alike(view, look):
    theme.apply(QApplication.instance(), look)
    plot = plot_of(view)
    looks = {(plot.colour(name).name(), training_style(name)) for name in NAMES}
    assert len(looks) == len(NAMES)
    for kind in ("code-discriminator", "code-discriminator 2"):
        assert plot.colour(kind) == plot.colour(f"{kind} loss"), "a discriminator goes with its adversary"
    others = {plot.colour(name).name() for name in NAMES if name != "accuracy"}
    assert plot.colour("accuracy").name() not in others
    theme.apply(QApplication.instance(), "light")


def test_adversaries_stay_apart_where_there_is_little_room() -> None:
    found = [short_title(name, NAMES) for name in NAMES if "discriminator" in name]
    assert found == ["Adversary 1", "Adversary 2", "Discr. 1", "Discr. 2"]
    assert short_title("code-discriminator", ["mse", "code-discriminator", "code-discriminator loss"]) == ""


def many_curves(view: LossView, events: list[Event], count: int) -> None:
    view.show_started(events[0])
    terms = {f"term-{number}": 10.0**-number for number in range(count)}
    view.show_epoch(EpochEnded(1, terms, terms, 1e-3, figures={"accuracy": 0.951}))
    view.show_epoch(EpochEnded(2, terms, terms, 1e-3, figures={"accuracy": 0.961}))
    view.show_finished(events[-1])
    QApplication.sendPostedEvents()


@pytest.mark.parametrize(("width", "height"), [(431, 240), (300, 240), (431, 500)])
def test_however_many_curves_there_are_most_of_the_view_is_the_plot(view, classifying, width, height):
    view.resize(width, height)
    many_curves(view, classifying, 10)
    area, widget = view.findChild(LossKeyArea), view.findChild(LossKey)
    assert widget.height() >= widget.sizeHint().height()
    assert area.height() <= 0.4 * height + widget.fontMetrics().lineSpacing()
    assert area.verticalScrollBar().isVisible() == (widget.height() > area.height())
    assert plot_of(view).height() >= 0.4 * height


def test_many_curves_ask_for_no_more_room_than_few(view, classifying):
    feed(view, classifying)
    QApplication.sendPostedEvents()
    before = view.minimumSizeHint().height()
    many_curves(view, classifying, 20)
    assert view.minimumSizeHint().height() <= before


def test_a_key_that_scrolls_shows_its_last_entry(view, classifying, qtbot):
    view.resize(431, 240)
    many_curves(view, classifying, 12)
    area = view.findChild(LossKeyArea)
    bar = area.verticalScrollBar()
    assert bar.maximum() > 0
    bar.setValue(bar.maximum())
    widget = view.findChild(LossKey)
    at = widget.mapTo(area, widget.place_of("accuracy").center().toPoint())
    assert area.rect().contains(at)
    click(view, qtbot, "accuracy")
    assert not percent_axis(view).isVisible()


@pytest.mark.parametrize("height", [30.0, 70.0, 150.0])
def test_the_numbers_of_shares_have_room(view, classifying, height):
    feed(view, classifying)
    values = [value for _, level in percent_axis(view).tickValues(31.0, 99.0, height) for value in level]
    assert 1 <= len(values) <= max(2, height / 26)
