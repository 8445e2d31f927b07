"""What the signal desk shows of a signal: three lanes, how much of the noise is taken off, its pages."""

from pathlib import Path

import numpy as np
import pandas
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from aedesk.ui.panels import signal_plot
from aedesk.ui.panels.signal_desk import SignalDesk
from aedesk.ui.panels.signal_plot import SignalPlot
from aedesk.ui.panels.signal_seen import Seen
from aedesk.ui.views.extremes import Extremes
from tests.ui.signals import choose, click, curve, opened


@pytest.fixture
def desk(qtbot, tmp_path: Path) -> SignalDesk:
    """With a noisy sine of 400 samples at 100 Hz in ``flow (kPa)``."""
    desk = SignalDesk()
    qtbot.addWidget(desk)
    desk.resize(560, 460)
    desk.set_model(True, "“A model” will clean it.")
    desk.show()
    time = np.arange(400) / 100
    noisy = np.sin(7 * time) + 0.2 * np.random.default_rng(0).normal(size=400)
    table = {"time_s": time, "flow (kPa)": noisy, "beat_mV": time**2}
    pandas.DataFrame(table).to_csv(tmp_path / "recording.csv", index=False)
    opened(desk, tmp_path / "recording.csv", qtbot)
    yield desk
    qtbot.waitUntil(lambda: desk._background.work is None)


def test_three_lanes_stand_apart_and_move_together(desk):
    lanes = desk.plot.lanes
    assert not lanes.is_apart() and not desk.plot.mix.isVisible()
    desk.show_cleaned(np.zeros(400))
    assert lanes.is_apart()
    assert lanes.curve("clean").getViewBox() is lanes.middle.getViewBox()
    assert [plot.getAxis("left").labelText for plot in lanes.plots] == ["Before", "After", "Removed"]
    lanes.lower.getViewBox().setXRange(1, 2, padding=0)
    desk.grab()
    for plot in lanes.plots:
        assert plot.getViewBox().viewRange()[0] == pytest.approx([1, 2], abs=0.02)
    drawn = lanes.curve("clean").getData()[0]
    assert drawn.min() == pytest.approx(0.99, abs=0.011) and drawn.max() == pytest.approx(2.01, abs=0.021)
    assert lanes.middle.getViewBox().viewRange()[1] == lanes.upper.getViewBox().viewRange()[1], "one scale for both"


def test_in_a_low_place_the_clean_one_lies_over_the_noisy_one(desk):
    desk.show_cleaned(np.zeros(400))
    lanes = desk.plot.lanes
    desk.resize(560, 320)
    desk.grab()
    assert not lanes.is_apart() and lanes.lower.isVisible()
    assert lanes.curve("clean").getViewBox() is lanes.upper.getViewBox()
    assert lanes.upper.getAxis("left").labelText == "flow (kPa)"
    desk.resize(560, 460)
    desk.grab()
    assert lanes.is_apart()
    choose_before = lanes.curve("clean").samples()
    assert len(choose_before) == 400


def test_the_slider_mixes_before_and_after(desk, qtbot, tmp_path):
    noisy = desk._column.values
    desk.show_cleaned(np.zeros(400))
    slider = desk.plot.mix.slider
    assert slider.value() == 100 and slider.toolTip().endswith(".")
    full = float(desk.numbers().partition("removed ")[2].split()[0])
    slider.setFocus()
    for _ in range(2):
        qtbot.keyClick(slider, Qt.Key.Key_PageDown)
    assert "80\u202f%" in [label.text() for label in desk.plot.mix.findChildren(QLabel)]
    np.testing.assert_allclose(curve(desk, "clean")[1], 0.2 * noisy)
    np.testing.assert_allclose(curve(desk, "removed")[1], 0.8 * noisy, rtol=1e-6)
    assert f"removed {0.8 * full:.2g} kPa" in desk.numbers()
    with qtbot.waitSignal(desk.notice):
        desk.export(tmp_path / "out.csv")
    np.testing.assert_allclose(pandas.read_csv(tmp_path / "out.csv")["flow_clean (kPa)"], 0.2 * noisy)


def test_each_column_has_its_own_mixture_and_a_new_answer_is_taken_whole(desk, qtbot):
    desk.show_cleaned(np.zeros(400))
    desk.plot.mix.slider.setValue(30)
    choose(desk, "beat_mV", qtbot)
    assert not desk.plot.mix.isVisible()
    choose(desk, "flow (kPa)", qtbot)
    assert desk.plot.mix.share() == 0.3
    desk.show_cleaned(np.ones(400))
    assert desk.plot.mix.share() == 1


def test_how_a_file_was_read_can_be_asked_for_once_somebody_listens(desk, qtbot, tmp_path):
    assert desk.file_line.reading.isVisible() and not desk.file_line.reading.isEnabled()
    desk.file_line.offer_reading()
    with qtbot.waitSignal(desk.import_requested) as said:
        click(qtbot, desk.file_line.reading)
    assert said.args == [str(tmp_path / "recording.csv")]


def test_pages_of_others_learn_what_is_to_be_seen(desk, qtbot):
    page, seen = QLabel("Anomalies"), []
    desk.seen_changed.connect(seen.append)
    desk.add_page(page, "Anomalies", "Find what is odd.")
    desk.show_cleaned(np.zeros(400))
    assert seen[-1].name == "flow (kPa)" and seen[-1].unit == "kPa" and not seen[-1].after.any()
    button = [button for button in desk.views.pages.bar.findChildren(type(desk.file_line.reading))][-1]
    assert button.text() == "Anomalies" and button.toolTip() == "Find what is odd."
    click(qtbot, button)
    assert page.isVisible() and not desk.plot.isVisible()
    desk.views.pages.offer(page, False)
    assert desk.plot.isVisible() and not button.isVisible()


def test_a_reference_of_another_length_is_none(desk):
    seen = []
    desk.seen_changed.connect(seen.append)
    desk.set_reference(np.ones(400))
    assert seen[-1].reference.all()
    desk.set_reference(np.ones(3))
    assert seen[-1].reference.all() and len(seen) == 1
    desk.set_reference(None)
    assert seen[-1].reference is None


def test_lanes_of_very_long_signals_are_made_ready_in_another_thread(qtbot, monkeypatch):
    monkeypatch.setattr(signal_plot, "_AT_ONCE", 100)
    plot = SignalPlot()
    qtbot.addWidget(plot)
    plot.resize(500, 400)
    plot.show()
    before = np.sin(np.arange(1000) / 9)
    for share in (1.0, 0.5, 0.25):  # as while the slider is moved
        plot.show_seen(Seen("level", "", None, before, np.zeros(1000), share=share))
    assert not len(plot.lanes.curve("clean").samples())
    qtbot.waitUntil(lambda: not plot._later.is_busy())
    np.testing.assert_allclose(plot.lanes.curve("removed").samples(), 0.25 * before, rtol=1e-5)
    plot.show_seen(None)
    assert not plot.lanes.lower.isVisible()


@pytest.mark.parametrize("span", [(0, 100_000), (777, 60_001), (5000, 5100), (99_950, 200_000)])
def test_the_highest_and_lowest_samples_are_drawn_however_many_there_are(span):
    values = np.random.default_rng(0).normal(size=99_999)
    values[[1234, 50_000]] = 40, -40
    values[3000:3400] = np.nan
    places, drawn = Extremes(values).drawn(*span, 300)
    assert len(places) == len(drawn) <= 4 * 300 + 4
    assert (np.diff(places) >= 0).all() and places[0] <= span[0] + 400
    inside = values[slice(*span)]
    assert np.nanmax(drawn) >= np.nanmax(inside) and np.nanmin(drawn) <= np.nanmin(inside)


def test_groups_stay_where_they_are_while_the_view_moves():
    series = Extremes(np.random.default_rng(0).normal(size=50_000))
    first, second = (dict(zip(*series.drawn(start, start + 20_000, 200), strict=True)) for start in (100, 131))
    both = first.keys() & second.keys()
    assert len(both) > 300 // 2
    assert all(first[place] == second[place] for place in both)


def test_tab_goes_through_the_desk_as_it_is_read(desk, qtbot):
    desk.show_cleaned(np.zeros(400))
    desk.add_page(QLabel("Anomalies"), "Anomalies", "Find what is odd.")
    desk.activateWindow()
    lanes, actions = desk.plot.lanes, desk.actions
    wanted = [desk.file_line.open, desk.file_line.column, desk.views.pages.bar, lanes.key, desk.views.stretch]
    wanted += [desk.plot.mix, lanes, actions.denoise, actions.way, actions.train, actions.replace, actions.export]
    desk.file_line.open.setFocus()
    met = [desk.file_line.open]
    for _ in range(20):
        qtbot.keyClick(desk.focusWidget(), Qt.Key.Key_Tab)
        now = next((one for one in wanted if one is desk.focusWidget() or one.isAncestorOf(desk.focusWidget())), None)
        if now is not None and now is not met[-1]:
            met.append(now)
    assert met[: len(wanted)] == wanted


def test_the_keys_move_along_the_lanes(desk, qtbot):
    lanes = desk.plot.lanes
    lanes.setFocus(Qt.FocusReason.TabFocusReason)
    assert lanes._focus.isVisible()

    def span() -> tuple[float, float]:
        start, end = lanes.upper.getViewBox().viewRange()[0]
        return (start + end) / 2, end - start

    whole = span()
    for _ in range(4):
        qtbot.keyClick(lanes, Qt.Key.Key_Plus)
    nearer = span()
    assert nearer[1] == pytest.approx(whole[1] * 0.8**4, rel=0.02) and nearer[0] == pytest.approx(whole[0], abs=0.05)
    qtbot.keyClick(lanes, Qt.Key.Key_Right)
    assert span()[0] == pytest.approx(nearer[0] + 0.2 * nearer[1], abs=0.05) and span()[1] == pytest.approx(nearer[1])
    for _ in range(30):
        qtbot.keyClick(lanes, Qt.Key.Key_Right)
    assert span()[1] == pytest.approx(nearer[1]) and span()[0] + span()[1] / 2 == pytest.approx(3.99, abs=0.1)
    qtbot.keyClick(lanes, Qt.Key.Key_Home)
    assert span() == pytest.approx(whole, abs=0.01)
    desk.file_line.open.setFocus()
    assert not lanes._focus.isVisible()
    qtbot.keyClick(lanes, Qt.Key.Key_A)  # is none of its keys
    assert span() == pytest.approx(whole, abs=0.01)


def test_the_button_stands_out_that_comes_next(desk):
    assert desk.actions.denoise.property("primary") and not desk.actions.train.property("primary")
    desk.set_model(False, "Train first.")
    assert desk.actions.train.property("primary") and not desk.actions.denoise.property("primary")


def test_a_frequency_is_written_once(desk, qtbot):
    page = desk.views.spectrum
    desk.views.pages.show_page(page)
    qtbot.waitUntil(page.key.button("before").isVisible)
    desk.grab()
    texts = [text for _, _, text in page.plot.getAxis("bottom").picture[2]]
    assert len(texts) >= 3 and len(set(texts)) == len(texts)


@pytest.mark.parametrize("height", [120, 360, 1200])
def test_a_high_lane_has_no_more_numbers_than_are_read_at_a_glance(desk, height):
    axis = desk.plot.lanes.upper.getAxis("left")
    for low, high in ((-2.6, 2.6), (0.0, 1.0), (-1e-7, 3e-7), (-4321.0, 98765.0)):
        levels = axis.tickSpacing(low, high, height)
        finest = min(spacing for spacing, _ in levels)
        assert 1 <= (high - low) / finest <= 10 and (height < 300 or (high - low) / finest >= 3)
