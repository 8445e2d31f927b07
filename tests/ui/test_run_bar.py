"""The run bar, pressed and told as the window does."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QHBoxLayout, QPushButton, QWidget

from aedesk.training.events import Event, Finished, Progress
from aedesk.training.history import History
from aedesk.ui import theme
from aedesk.ui.elided_label import ElidedLabel
from aedesk.ui.panels.device_picker import DevicePicker
from aedesk.ui.panels.run_bar import RunBar
from aedesk.ui.panels.run_progress import RunProgress
from tests.small import events_of, of_kind, recipe

DEVICES = [("cuda", "A Graphics Card With Quite A Long Name"), ("cpu", "CPU")]
NUMBERS = Progress(12, 1200, 1875, {}, 18076.3, 130.2)


@pytest.fixture(scope="module")
def events() -> list[Event]:
    return events_of(recipe("table"))


@pytest.fixture
def bar(qtbot) -> RunBar:
    theme.apply(QApplication.instance(), "light")
    bar = RunBar()
    qtbot.addWidget(bar)
    bar.resize(1280, 60)
    bar.show()
    return bar


def button(bar: RunBar, name: str) -> QPushButton:
    [found] = [one for one in bar.findChildren(QPushButton) if one.accessibleName() == name]
    return found


def enabled(bar: RunBar) -> set[str]:
    return {one.accessibleName() for one in bar.findChildren(QPushButton) if one.isEnabled()}


def said(bar: RunBar) -> list[str]:
    """What can be read in the middle of the bar."""
    labels = [label for label in bar.findChildren(ElidedLabel) if label is not device_note(bar)]
    return [label.text() for label in labels if label.isVisible() and label.text()]


def device_note(bar: RunBar) -> ElidedLabel:
    return bar.findChild(DevicePicker).findChild(ElidedLabel)


def plain(text: str) -> str:
    return text.replace("\u202f", " ")


def combo(bar: RunBar) -> QComboBox:
    return bar.findChild(QComboBox)


def finish(bar: RunBar, events: list[Event], reason: str = "completed", message: str = "") -> None:
    bar.show_started(events[0])
    bar.show_finished(Finished(events[-1].model, reason, message))


@pytest.mark.parametrize(
    ("state", "buttons"),
    [
        ("idle", {"Train"}),
        ("loading", {"Stop"}),
        ("running", {"Pause", "Stop"}),
        ("paused", {"Train", "Stop"}),
        ("stopping", set()),
    ],
)
def test_each_state_offers_what_can_be_done(bar, state, buttons):
    bar.set_state(state)
    assert enabled(bar) == buttons
    assert button(bar, "Train").text() == ("Continue" if state == "paused" else "Train")
    assert combo(bar).isEnabled() == (state == "idle")


def test_pressing_says_what_is_wanted(bar, qtbot):
    bar.set_further_possible(True)
    wanted = (
        ("idle", "Train", bar.train_requested),
        ("running", "Pause", bar.pause_requested),
        ("paused", "Train", bar.continue_requested),
        ("paused", "Stop", bar.stop_requested),
        ("loading", "Stop", bar.stop_requested),
        ("idle", "Train further", bar.further_requested),
    )
    for state, name, signal in wanted:
        bar.set_state(state)
        with qtbot.waitSignal(signal, timeout=500):
            qtbot.mouseClick(button(bar, name), Qt.MouseButton.LeftButton)
    bar.set_state("paused")
    with qtbot.assertNotEmitted(bar.train_requested):
        button(bar, "Train").click()


def test_until_torch_is_loaded_it_waits_and_says_so(bar):
    bar.set_ready(False, "Loading PyTorch…")
    assert enabled(bar) == set()
    assert said(bar) == [device_note(bar).text()] == ["Loading PyTorch…"]
    assert button(bar, "Train").toolTip() == "Loading PyTorch…"
    bar.set_devices(DEVICES)
    bar.set_ready(True, "")
    assert enabled(bar) == {"Train"}
    assert said(bar) == ["Ready to train."]
    assert device_note(bar).text() == "Device"


def test_a_problem_is_the_reason_why_training_is_off(bar, events):
    reason = "Model, code size: at least 1 is needed. Make it larger."
    finish(bar, events)
    bar.set_problem(reason)
    assert enabled(bar) == set()
    assert button(bar, "Train").toolTip() == button(bar, "Train further").toolTip() == reason
    assert reason in said(bar)
    bar.set_problem("")
    assert enabled(bar) == {"Train", "Train further"}
    assert reason not in said(bar)
    assert button(bar, "Train").toolTip() != reason


def test_a_problem_and_an_older_result_are_told_apart(bar, events):
    def role(text: str) -> str:
        [label] = [one for one in bar.findChildren(ElidedLabel) if one.text() == text]
        return label.role()

    finish(bar, events)
    bar.show_result("AE 0.0130", False)
    bar.set_problem("Make the code larger.")
    assert (role("Make the code larger."), role("AE 0.0130")) == ("error", "muted")
    bar.show_result("AE 0.0067", True)
    assert role("AE 0.0067") == "muted"
    bar.set_problem("")
    assert role("AE 0.0067") == "good"


def test_train_further_names_the_model_it_goes_on_with(bar):
    bar.set_further_possible(True, "A map of the digits")
    words = "Go on training “A map of the digits” for as many epochs as the builder says."
    assert button(bar, "Train further").toolTip() == words
    bar.set_problem("Make the code larger.")
    assert button(bar, "Train further").toolTip() == "Make the code larger."
    bar.set_problem("")
    bar.set_further_possible(True)
    assert "the open model" in button(bar, "Train further").toolTip()


def test_one_of_a_kind_is_not_several(bar, events):
    bar.show_started(events[0])
    bar.show_progress(replace(NUMBERS, samples_per_second=1.2))
    assert "1 sample/s" in said(bar)
    model = replace(events[-1].model, history=History({"mse": [0.1]}, {}, 3.0, 10))
    bar.show_finished(Finished(model, "completed"))
    assert plain(said(bar)[0]) == "Trained for 1 epoch in 3 s."


def test_progress_is_told_in_words_and_bars(bar, events):
    bar.set_state("running")
    assert said(bar)[0] == "Starting…"
    bar.show_started(replace(events[0], first_epoch=11, last_epoch=20))
    bar.show_progress(NUMBERS)
    words = [plain(text) for text in said(bar)]
    assert words == ["Epoch 12 of 20", "2 min 10 s left", "Batch 1 200 of 1 875", "18 076 samples/s"]
    assert bar.findChild(RunProgress).parts() == (pytest.approx(1.64 / 10), pytest.approx(0.64))


def test_a_run_is_followed_to_its_end(bar, events):
    bar.set_state("loading")
    assert "Loading the data…" in said(bar)
    bar.show_started(events[0])
    for event in of_kind(events, Progress):
        bar.show_progress(event)
    bar.show_finished(events[-1])
    assert enabled(bar) == {"Train", "Train further"}
    assert plain(said(bar)[0]).startswith("Trained for 2 epochs in ")


def test_speed_and_time_that_are_not_known_are_left_out(bar, events):
    bar.show_started(events[0])
    bar.show_progress(replace(NUMBERS, samples_per_second=0.0, seconds_left=float("inf")))
    assert [plain(text) for text in said(bar)] == ["Epoch 12 of 2", "Batch 1 200 of 1 875"]
    bar.show_progress(replace(NUMBERS, seconds_left=float("nan")))
    assert not any("left" in text for text in said(bar))


def test_what_holds_a_run_stays_in_sight(bar, events):
    bar.set_state("running")
    bar.show_started(events[0])
    bar.set_state("paused")
    assert "Paused" in said(bar)
    bar.show_progress(NUMBERS)
    assert "Paused" in said(bar)
    bar.set_state("running")
    bar.show_progress(NUMBERS)
    assert "Paused" not in said(bar)
    bar.set_state("stopping")
    bar.show_progress(NUMBERS)
    assert "Stopping…" in said(bar)


@pytest.mark.parametrize(
    ("reason", "message", "begins"),
    [
        ("stopped", "", "Stopped after 2 epochs, "),
        ("converged", "", "Stopped early after 2 epochs, "),
        ("failed", "The loss stopped being a number in epoch 1.", "The loss stopped being a number"),
    ],
)
def test_every_end_has_its_sentence(bar, events, reason, message, begins):
    finish(bar, events, reason, message)
    assert plain(said(bar)[0]).startswith(begins)
    assert said(bar)[0].endswith(".")


def test_a_run_stopped_in_its_first_epoch_cannot_go_on(bar, events):
    bar.show_started(events[0])
    bar.show_finished(Finished(replace(events[-1].model, history=History()), "stopped"))
    assert said(bar)[0] == "Stopped in the first epoch."
    assert enabled(bar) == {"Train"}


@pytest.mark.parametrize(("better", "role"), [(True, "good"), (False, "warning"), (None, "text")])
def test_the_result_is_coloured_by_what_it_means(bar, better, role):
    bar.show_result("AE 0.0067, PCA-49 0.0117", better)
    [label] = [one for one in bar.findChildren(ElidedLabel) if one.text().startswith("AE")]
    assert label.isVisible()
    assert label.role() == role
    colours = {label.grab().toImage().pixelColor(x, y).name() for x in range(60) for y in range(label.height())}
    assert getattr(theme.LIGHT, role) in colours


def test_a_new_run_takes_the_result_away(bar, events):
    finish(bar, events)
    bar.show_result("AE 0.0067", True)
    assert "AE 0.0067" in said(bar)
    bar.show_started(events[0])
    finish(bar, events)
    assert "AE 0.0067" not in said(bar)


def test_devices_are_offered_by_name(bar, qtbot):
    assert [combo(bar).itemText(index) for index in range(combo(bar).count())] == ["Auto"]
    with qtbot.assertNotEmitted(bar.device_changed):
        bar.set_devices(DEVICES)
    assert [combo(bar).itemText(index) for index in range(combo(bar).count())] == [
        "Auto",
        "CUDA: A Graphics Card With Quite A Long Name",
        "CPU",
    ]
    with qtbot.waitSignal(bar.device_changed) as chosen:
        combo(bar).setFocus()
        qtbot.keyClick(combo(bar), Qt.Key.Key_Down)
    assert chosen.args == ["cuda"]
    assert bar.device() == "cuda"
    assert DEVICES[0][1] in combo(bar).toolTip()


def test_a_device_can_be_chosen_before_it_is_known(bar):
    bar.set_device("cpu")
    assert bar.device() == "auto"
    bar.set_devices(DEVICES)
    assert bar.device() == "cpu"
    bar.set_device("mps")
    assert bar.device() == "auto"


@pytest.mark.parametrize("width", [1280, 900])
def test_everything_fits(bar, events, width):
    bar.set_devices(DEVICES)
    bar.resize(width, bar.sizeHint().height())
    assert bar.minimumSizeHint().width() < 900
    bar.show_started(events[0])
    bar.show_progress(NUMBERS)
    QApplication.sendPostedEvents()
    assert button(bar, "Train further").text() == "Train further"
    for label in bar.findChild(RunProgress).findChildren(ElidedLabel):
        assert label.fontMetrics().horizontalAdvance(label.text()) <= label.width()
    assert combo(bar).geometry().right() <= combo(bar).parentWidget().width()


def test_where_it_is_narrow_signs_take_the_place_of_words(qtbot):
    bar = RunBar()
    bar.set_devices(DEVICES)
    window = QWidget()
    qtbot.addWidget(window)
    row = QHBoxLayout(window)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(bar)
    window.show()
    window.resize(bar.minimumSizeHint())
    assert bar.width() == bar.minimumSizeHint().width() < 700
    assert button(bar, "Pause").text() == ""
    assert not button(bar, "Pause").icon().isNull()
    assert combo(bar).mapTo(bar, combo(bar).rect().topRight()).x() <= bar.width()
    window.resize(1280, 60)
    assert button(bar, "Pause").text() == "Pause"


def test_long_words_do_not_make_the_bar_higher(bar):
    height = bar.sizeHint().height()
    bar.resize(900, height)
    bar.set_problem("This sentence goes on and on, as sentences do. " * 12)
    QApplication.sendPostedEvents()
    assert bar.sizeHint().height() == height
    bar.show_result("AE 0.0067, PCA-49 0.0117: 43 % better, and more that is worth knowing about it", True)
    QApplication.sendPostedEvents()
    assert bar.sizeHint().height() == height


def test_icons_follow_the_theme(bar):
    def colour() -> str:
        image = button(bar, "Stop").icon().pixmap(16, 16).toImage()
        return image.pixelColor(image.rect().center()).name()

    bar.set_state("running")
    assert colour() == theme.LIGHT.text
    theme.apply(QApplication.instance(), "dark")
    assert colour() == theme.DARK.text
    theme.apply(QApplication.instance(), "light")


def test_every_control_says_what_it_does(bar):
    for control in (*bar.findChildren(QPushButton), combo(bar)):
        assert control.toolTip()
        assert control.accessibleName()
