"""The loss view of objectives with several terms: titles, the total, what is watched, and the key."""

from dataclasses import replace

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip

from aedesk.training.events import EpochEnded, Event, Progress, Started
from aedesk.ui import theme
from aedesk.ui.views.loss_key import LossKey
from aedesk.ui.views.loss_names import TOTAL
from aedesk.ui.views.loss_run import LossRun
from aedesk.ui.views.loss_titles import curve_title, short_title
from aedesk.ui.views.loss_view import LossView
from tests.small import events_of, finished, recipe
from tests.ui.losses import click, feed, hover, key, line, lines, percent_axis, plot_of, shown_view

SOLID, DASHED, DOTTED = Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine
INK = theme.LIGHT.text

CLASSIFYING = ("model.head={kind='classifier', weight=0.5}", "training.epochs=4")
FIGHTING = ("objective.adversaries=[{kind='code-discriminator'}]", "training.epochs=4")


@pytest.fixture(scope="module")
def classifying() -> list[Event]:
    return events_of(recipe("table", *CLASSIFYING))


@pytest.fixture(scope="module")
def fighting() -> list[Event]:
    return events_of(recipe("table", *FIGHTING))


@pytest.fixture
def view(qtbot) -> LossView:
    return shown_view(qtbot)


def test_every_term_and_their_total_have_a_colour_of_their_own(view, classifying):
    view.show_started(classifying[0])
    terms = {"mse": 0.5, "code-kl": 0.25}
    view.show_epoch(EpochEnded(1, terms, terms, 1e-3))
    view.show_finished(classifying[-1])
    assert len(lines(view)) == 6
    assert len({item.opts["pen"].color().name() for item in lines(view)}) == 3
    np.testing.assert_allclose(10 ** line(view, SOLID, INK).yData, [0.75])
    assert key(view).splitlines() == [
        "Training  Validation",
        "Mean squared error 0.5 0.5",
        "KL of the code 0.25 0.25",
        "Total 0.75 0.75",
    ]
    assert plot_of(view).getAxis("left").labelText == "Loss"


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("bce", "Binary cross-entropy"),
        ("kl", "KL divergence"),
        ("code-kl", "KL of the code"),
        ("l1", "Sparse code (L1)"),
        ("l1 2", "Sparse code (L1) 2"),
        ("labels", "Label error"),
        ("number", "Error of the number"),
        ("code-discriminator", "Adversary"),
        ("code-discriminator loss", "Discriminator"),
        ("accuracy", "Accuracy"),
        (TOTAL, "Total"),
        ("of-another_kind", "Of another kind"),
    ],
)
def test_curves_are_called_by_what_they_are(name: str, title: str) -> None:
    assert curve_title(name, ["mse", "code-discriminator", "code-discriminator loss"]) == title


def test_several_adversaries_are_told_apart() -> None:
    kind = "code-discriminator"
    names = [kind, f"{kind} 2", f"{kind} loss", f"{kind} 2 loss"]
    titles = [curve_title(name, names) for name in names]
    assert titles == [
        "Adversary: On the codes", "Adversary: On the codes 2",
        "Discriminator: On the codes", "Discriminator: On the codes 2",
    ]  # fmt: skip


def test_names_of_a_real_run_are_known(classifying, fighting) -> None:
    """None of them is shown as it is called within."""
    for model in (classifying[-1].model, fighting[-1].model):
        history = model.history
        names = [*history.train, *history.figures]
        assert len(names) > 2
        for name in names:
            assert curve_title(name, names) not in (name, name.capitalize(), name.replace("-", " ").capitalize()) or (
                name == "accuracy"
            )


def test_what_is_watched_is_no_part_of_the_total(view, fighting):
    feed(view, [event for event in fighting if not isinstance(event, Progress)])
    history = fighting[-1].model.history
    sums = [sum(values) for values in zip(*history.validation.values(), strict=True)]
    assert len(history.validation) == 2 and list(history.figures) == ["code-discriminator loss"]
    np.testing.assert_allclose(10 ** line(view, DASHED, INK).yData, sums)
    dotted = line(view, DOTTED)
    assert dotted.xData[-1] == 4
    assert "Beside the total" in key(view).splitlines()[0]
    assert f"Discriminator {history.figures['code-discriminator loss'][-1]:.4g} –" in key(view)


def test_accuracy_has_an_axis_in_per_cent_of_its_own(view, classifying):
    assert not percent_axis(view).isVisible()
    feed(view, classifying)
    history = classifying[-1].model.history
    accuracy = history.figures["accuracy"]
    assert percent_axis(view).isVisible()
    colour = percent_axis(view).textPen().color().name()
    np.testing.assert_allclose(line(view, DASHED, colour).yData, 100 * np.array(accuracy))
    low, high = percent_axis(view).linkedView().viewRange()[1]
    assert low < 100 * min(accuracy) <= 100 * max(accuracy) < high <= 101
    assert f"{100 * accuracy[-1]:.1f} %" in key(view)
    view.set_log_scale(False)
    np.testing.assert_allclose(line(view, DASHED, colour).yData, 100 * np.array(accuracy))
    assert percent_axis(view).tickStrings([20.0, 22.5], 1, 1) == ["20\u202f%", "22.5\u202f%"]
    feed(view, events_of(recipe("table")))
    assert not percent_axis(view).isVisible()


def test_a_measure_far_below_nothing_does_not_flatten_the_rest(view, classifying):
    view.show_started(classifying[0])
    for epoch, measured in enumerate((-40.0, 0.2, 0.8), 1):
        view.show_epoch(EpochEnded(epoch, {"mse": 1.0}, {"mse": 1.0}, 1e-3, figures={"R²": measured}))
    view.show_finished(classifying[-1])
    low, high = percent_axis(view).linkedView().viewRange()[1]
    assert -30 < low < 20 and 80 < high < 100
    assert "R² (training spread) – 0.80" in key(view)
    assert percent_axis(view).tickStrings([20.0, 67.5], 1, 1) == ["0.2", "0.675"], "R² is no share in per cent"
    feed(view, classifying)
    assert percent_axis(view).tickStrings([20.0], 1, 1) == ["20\u202f%"]


def test_figures_are_drawn_while_an_epoch_goes_on(view, fighting, qtbot):
    view.show_started(replace(fighting[0], last_epoch=2))
    for batch, loss in ((25, 0.9), (50, 0.8), (75, 0.7)):
        terms, figures = {"mse": 0.5, "code-discriminator": 0.1}, {"code-discriminator loss": loss}
        view.show_progress(Progress(1, batch, 100, terms, 100.0, 1.0, figures))
    qtbot.waitUntil(lambda: len(lines(view)) == 4)
    np.testing.assert_allclose(10 ** line(view, DOTTED).yData, [0.9, 0.8, 0.7])


def test_r2_is_drawn_once_an_epoch() -> None:
    """That of a few samples says nothing."""
    for validation in ({"mse": 0.5}, {}):
        run = LossRun(1, 1)
        for done, told in ((0.3, -4.0), (0.6, 0.9), (1.0, -2.0)):
            run.add_progress(done, {"mse": 0.5}, {"R²": told, "accuracy": 0.5})
        run.add_epoch(1, {"mse": 0.5}, validation, {"R²": 0.67})
        [curve] = [curve for (name, _), curve in run.curves.items() if name == "R²"]
        assert curve.y.tolist() == [0.67]
        assert len(run.curves["accuracy", "train"]) == 3


def test_a_run_tells_its_figures_as_it_goes() -> None:
    events = events_of(recipe("image", "training.batch_size=1", *FIGHTING))
    told = [event.figures for event in events if isinstance(event, Progress) and event.losses]
    assert told and all(figures.keys() == {"code-discriminator loss"} for figures in told)
    assert all(0 < figures["code-discriminator loss"] < 10 for figures in told)


def test_a_reopened_model_brings_all_its_curves(view, classifying):
    feed(view, classifying)
    drawn = {item.opts["pen"].color().name(): item.yData for item in lines(view) if item.opts["pen"].style() == DASHED}
    view.clear()
    view.show_history(finished(recipe("table", *CLASSIFYING)).model.history)
    again = {item.opts["pen"].color().name(): item.yData for item in lines(view) if item.opts["pen"].style() == DASHED}
    assert len(drawn) == 4 and drawn.keys() == again.keys()
    for colour, heights in drawn.items():
        np.testing.assert_allclose(heights, again[colour])


def test_a_click_in_the_key_hides_a_curve_and_another_shows_it(view, classifying, qtbot):
    feed(view, classifying)
    count, span = len(lines(view)), plot_of(view).getViewBox().viewRange()[1]
    hidden = line(view, DASHED, INK).yData
    click(view, qtbot, TOTAL)
    assert len(lines(view)) == count - 2
    assert not [item for item in lines(view) if item.opts["pen"].color().name() == INK]
    assert "Total" in key(view), "it can be brought back"
    assert plot_of(view).getViewBox().viewRange()[1] != span, "the rest has the room"
    click(view, qtbot, TOTAL)
    assert np.array_equal(line(view, DASHED, INK).yData, hidden)
    assert plot_of(view).getViewBox().viewRange()[1] == span


def test_the_key_says_that_it_can_be_clicked(view, classifying, qtbot, monkeypatch):
    said: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda at, text, widget: said.append(text))
    feed(view, classifying)
    widget = view.findChild(LossKey)
    for _ in range(2):
        at = widget.place_of("mse").center().toPoint()
        QApplication.sendEvent(widget, QHelpEvent(QEvent.Type.ToolTip, at, widget.mapToGlobal(at)))
        click(view, qtbot, "mse")
    assert said == [
        "Mean squared error. Click to hide this curve.",
        "Mean squared error. Click to show this curve again.",
    ]


def test_a_hidden_curve_stays_hidden_in_the_next_run(view, classifying, qtbot):
    feed(view, classifying)
    click(view, qtbot, "labels")
    feed(view, classifying)
    assert "Label error" in key(view)
    shown = {item.opts["pen"].color().name() for item in lines(view)}
    assert len(shown) == 3
    earlier = {item.opts["pen"].color().name() for item in lines(view, earlier=True)}
    assert len(earlier) == 3


def test_with_all_hidden_it_stays_calm(view, classifying, qtbot):
    feed(view, classifying)
    for name in ("mse", "labels", TOTAL, "accuracy"):
        click(view, qtbot, name)
    assert not lines(view) and not percent_axis(view).isVisible()
    assert np.isfinite(plot_of(view).getViewBox().viewRange()).all()
    hover(view, qtbot, 2)
    view.grab()


def test_the_pointer_reads_every_term(view, classifying, qtbot):
    feed(view, classifying)
    history = classifying[-1].model.history
    hover(view, qtbot, 2.1)
    wanted = history.validation["labels"][1]
    assert any(text.startswith("Label error") and text.endswith(f"{wanted:.4g}") for text in key(view).splitlines())
    dots = [item for item in plot_of(view).scene().items() if isinstance(item, pg.ScatterPlotItem)]
    assert len([item for item in dots if item.zValue() == 4 and len(item.data)]) >= 4


@pytest.mark.parametrize(("width", "rows"), [(447, 4), (250, 7), (900, 3)])
def test_six_curves_have_a_key_that_leaves_room_for_the_plot(view, classifying, width, rows):
    """Where it is wide the entries stand beside each other."""
    view.resize(width, 231)
    view.show_started(classifying[0])
    terms = {"bce": 0.5001, "code-kl": 0.2501, "l1": 1.234e-4, "labels": 0.7501}
    view.show_epoch(EpochEnded(1, terms, terms, 1e-3, figures={"accuracy": 0.951}))
    view.show_finished(classifying[-1])
    QApplication.sendPostedEvents()
    assert len(key(view).splitlines()) == 7
    assert "1.23e-4 1.23e-4" in key(view)
    widget = view.findChild(LossKey)
    assert widget.sizeHint().height() == rows * widget._line_height()


def test_long_titles_have_short_ones_that_differ() -> None:
    assert short_title("bce") == "Cross-entropy" and short_title("accuracy") == ""
    for name in ("mse", "mae", "bce", "number"):
        assert len(short_title(name)) < len(curve_title(name))


def test_one_term_alone_has_no_total() -> None:
    run = LossRun(1, 1)
    run.add_epoch(1, {"mse": 0.5}, {"mse": 0.25})
    assert run.names == run.terms == ["mse"]
    run.add_epoch(2, {"mse": 0.5, "l1": 0.5}, {"mse": 0.25, "l1": 0.25})
    assert run.names == ["mse", "l1", TOTAL]
    assert run.curves[TOTAL, "train"].y.tolist() == [1.0] and run.curves[TOTAL, "validation"].y.tolist() == [0.5]


def test_started_is_needed(view, classifying):
    feed(view, [event for event in classifying if not isinstance(event, Started)])
    assert not lines(view)
