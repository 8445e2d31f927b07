"""The network beside classical filters on the signal desk: listed, chosen, shown and exported."""

from collections.abc import Callable
from pathlib import Path
from threading import Event

import numpy as np
import pandas
import pytest
from PySide6.QtCore import Qt

from aedesk.errors import DataError
from aedesk.ui.panels.signal_answers import CleanedBy
from aedesk.ui.panels.signal_desk import SignalDesk
from tests.ui.signals import choose, curve, opened


@pytest.fixture
def desk(qtbot, tmp_path: Path) -> SignalDesk:
    """With a sine of 200 samples in two columns, of which ``flow (kPa)`` was cleaned."""
    desk = SignalDesk()
    qtbot.addWidget(desk)
    desk.resize(500, 400)
    desk.set_model(True, "“A model” will clean it.")
    desk.show()
    time = np.arange(200) / 100
    table = {"time_s": time, "flow (kPa)": np.sin(7 * time), "beat_mV": time**2}
    pandas.DataFrame(table).to_csv(tmp_path / "recording.csv", index=False)
    opened(desk, tmp_path / "recording.csv", qtbot)
    yield desk
    qtbot.waitUntil(lambda: desk._background.work is None)


def compared(desk: SignalDesk, network: np.ndarray) -> list[CleanedBy]:
    answers = [
        CleanedBy("My network", network, 0.5, note="It looks like noise."),
        CleanedBy("Wiener", np.full(200, 1.0), 0.75, "5 samples"),
        CleanedBy("Wavelet", np.full(200, 2.0), 0.25, "sym8", "About half of it is no chance noise."),
    ]
    desk.show_answers(answers)
    return answers


def cells(desk: SignalDesk) -> list[list[str]]:
    table = desk.views.table
    return [[table.item(row, column).text() for column in range(5)] for row in range(table.rowCount())]


def entries(desk: SignalDesk) -> list[str]:
    return [desk.chooser.list.itemText(place) for place in range(desk.chooser.list.count())]


def pick(desk: SignalDesk, name: str) -> None:
    """As by hand."""
    place = next(place for place, text in enumerate(entries(desk)) if text.startswith(name))
    desk.chooser.list.setCurrentIndex(place)
    desk.chooser.list.activated.emit(place)


def test_answers_are_listed_the_nearest_first_and_the_networks_is_shown(desk):
    assert not desk.chooser.isVisible()
    network = np.zeros(200)
    desk.show_cleaned(network)
    compared(desk, network)
    assert desk.chooser.isVisible()
    assert entries(desk) == ["Wavelet", "My network", "Wiener"]
    assert desk.chooser.list.currentText() == "My network"
    assert desk.chooser.list.toolTip().endswith(".")


def test_the_chosen_answer_is_shown_and_exported(desk, tmp_path, qtbot):
    network = np.zeros(200)
    desk.show_cleaned(network)
    compared(desk, network)
    pick(desk, "Wavelet")
    assert set(curve(desk, "clean")[1]) == {2.0}
    assert desk.chooser.list.currentText().startswith("Wavelet")
    with qtbot.waitSignal(desk.notice):
        desk.export(tmp_path / "out.csv")
    assert set(pandas.read_csv(tmp_path / "out.csv")["flow_clean (kPa)"]) == {2.0}
    pick(desk, "My network")
    assert set(curve(desk, "clean")[1]) == {0.0}


def test_a_verdict_is_said_once_where_it_stands_above_its_figures(desk, qtbot):
    network = np.zeros(200)
    desk.show_cleaned(network, "Two were left. It looks like noise.", remark="Two were left.")
    assert desk.numbers().endswith("RMS. Two were left. It looks like noise.")
    desk.views.pages.show_page(desk.views.removed)
    assert desk.numbers().endswith("RMS. Two were left.")
    compared(desk, network)
    pick(desk, "Wavelet")
    assert desk.numbers().endswith("RMS")
    desk.views.pages.show_page(desk.views.plot)
    assert desk.numbers().endswith("RMS. About half of it is no chance noise.")


def test_what_is_said_of_the_removed_part_is_that_of_the_answer_in_view(desk):
    network = np.zeros(200)
    desk.show_cleaned(network, "It looks like noise.")
    compared(desk, network)
    pick(desk, "Wavelet")
    assert desk.numbers().endswith("RMS. About half of it is no chance noise.")
    pick(desk, "Wiener")
    assert desk.numbers().endswith("RMS")
    pick(desk, "My network")
    assert desk.numbers().endswith("RMS. It looks like noise.")


def test_each_column_has_its_own(desk, qtbot):
    network = np.zeros(200)
    desk.show_cleaned(network)
    compared(desk, network)
    pick(desk, "Wiener")
    choose(desk, "beat_mV", qtbot)
    assert not desk.chooser.isVisible()
    choose(desk, "flow (kPa)", qtbot)
    assert desk.chooser.isVisible() and desk.chooser.list.currentText().startswith("Wiener")
    assert set(curve(desk, "clean")[1]) == {1.0}


def test_answers_that_come_too_late_are_not_shown(desk, qtbot):
    network = np.zeros(200)
    desk.show_cleaned(network)
    choose(desk, "beat_mV", qtbot)
    compared(desk, network)
    assert not desk.chooser.isVisible()
    desk.show_cleaned(np.ones(200))
    compared(desk, network)
    assert not desk.chooser.isVisible(), "another model has cleaned it since"
    desk.show_answers([])
    assert not desk.chooser.isVisible()


def test_cleaning_anew_forgets_them(desk):
    network = np.zeros(200)
    desk.show_cleaned(network)
    compared(desk, network)
    desk.show_cleaned(np.ones(200))
    assert not desk.chooser.isVisible()


def test_in_a_low_place_the_table_has_a_page_of_its_own(desk, qtbot):
    network, pages = np.zeros(200), desk.views.pages
    desk.show_cleaned(network)
    button = pages.bar.button(str(pages.pages().index(desk.views.compare)))
    assert not button.isVisible()
    compared(desk, network)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert desk.views.table.isVisible() and desk.views.compare.isAncestorOf(desk.views.table)
    desk.resize(800, 700)
    desk.grab()
    assert not button.isVisible() and not desk.chooser.isVisible()
    assert desk.plot.isVisible() and desk.views.table.isVisible(), "below the page"
    desk.resize(500, 400)
    desk.grab()
    assert button.isVisible() and desk.chooser.isVisible() and not desk.views.table.isVisible()


def test_the_table_tells_all_and_is_gone_through_with_the_keyboard(desk, qtbot):
    desk.resize(800, 700)
    network, table = np.zeros(200), desk.views.table
    desk.show_cleaned(network)
    assert not table.isVisible()
    answers = [
        CleanedBy("My network", network, 0.5, note="It looks like noise.", verdict="Noise", ratio=12.34),
        CleanedBy("Wavelet", np.ones(200), 0.25, "sym8", "About half of it is no chance noise.", 0.3, "Hum"),
    ]
    desk.show_answers(answers)
    assert cells(desk) == [
        ["Wavelet", "0.25 kPa", "–", "Hum", "sym8"],
        ["My network", "0.5 kPa", "12.3 dB", "Noise", "–"],
    ]
    assert table.currentRow() == 1
    assert table.item(0, 3).toolTip() == "About half of it is no chance noise."
    assert all(table.horizontalHeaderItem(column).toolTip().endswith(".") for column in range(5))
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Up)
    assert set(curve(desk, "clean")[1]) == {1.0}
    assert desk.numbers().endswith("About half of it is no chance noise.")
    place = table.visualItemRect(table.item(1, 2)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert set(curve(desk, "clean")[1]) == {0.0}


def test_long_settings_have_the_room_that_names_leave(desk):
    desk.resize(900, 700)
    network = np.zeros(200)
    desk.show_cleaned(network)
    setting = "Symlet 8, 5 levels, soft thresholds at 1.2 of the noise"
    desk.show_answers([CleanedBy("Net", network, 0.5), CleanedBy("Wiener", np.ones(200), 0.2, setting)])
    desk.grab()
    table = desk.views.table
    widths = [table.columnWidth(column) for column in range(5)]
    assert sum(widths) == table.viewport().width() and widths[4] > 2 * widths[0]
    assert widths[0] >= table.sizeHintForColumn(0)
    assert all(table.rowHeight(row) >= table.sizeHintForRow(row) for row in range(2))


def test_what_is_cut_in_the_short_list_ends_in_dots(desk):
    desk.resize(500, 400)
    network = np.zeros(200)
    desk.show_cleaned(network)
    title = "Network: a name that nobody has room for anywhere"
    desk.show_answers([CleanedBy(title, network, 0.5), CleanedBy("Wiener", np.ones(200), 0.7)])
    desk.grab()
    shown = desk.chooser.list.shown_text()
    assert desk.chooser.isVisible() and shown.endswith("…") and title.startswith(shown[:-1])
    desk.chooser.list.setMaximumWidth(2000)
    desk.chooser.list.setMinimumWidth(1500)
    desk.grab()
    assert desk.chooser.list.shown_text() == title


def test_with_a_reference_the_ratios_are_true(desk):
    desk.resize(800, 700)
    clean = desk._column.values
    network = clean + np.where(np.arange(200) % 2, 0.1, -0.1)
    desk.show_cleaned(network)
    desk.show_answers([CleanedBy("My network", network, 0.5, ratio=4.0), CleanedBy("Wavelet", clean, 0.6, ratio=3.0)])
    table = desk.views.table
    assert table.horizontalHeaderItem(2).text() == "SNR\n(estimated)" and cells(desk)[0][2] == "4.0 dB"
    desk.set_reference(clean)
    assert table.horizontalHeaderItem(2).text() == "SNR\n(true)"
    assert cells(desk)[0][2] == "∞ dB", "the best comes first"
    assert cells(desk)[1][2] == f"{10 * np.log10(clean.var() / 0.01):.1f} dB"
    assert entries(desk) == ["Wavelet", "My network"]


def test_the_order_is_that_of_the_ratios_that_are_told(desk):
    desk.resize(800, 700)
    network = np.zeros(200)
    desk.show_cleaned(network)
    others = [CleanedBy("Wiener", np.ones(200), 0.2, ratio=10.4), CleanedBy("Wavelet", np.ones(200), 0.3, ratio=13.5)]
    desk.show_answers([CleanedBy("My network", network, 0.5, ratio=12.0), *others])
    assert [row[0] for row in cells(desk)] == ["Wavelet", "My network", "Wiener"] == entries(desk)
    assert desk.views.table.currentRow() == 1, "the network's stays in view"
    desk.show_answers([CleanedBy("My network", network, 0.5), *others])
    assert [row[0] for row in cells(desk)] == ["Wiener", "Wavelet", "My network"], "where one has none, by the errors"


def test_long_names_are_read_in_full(desk):
    name = "A network with a name that is longer than the others, for it says all that it learned from"
    values = np.zeros(200)
    desk.show_cleaned(values)
    desk.show_answers([CleanedBy(name, values, 0.5), CleanedBy("Wiener", np.ones(200), 0.75, "5 samples")])
    table = desk.views.table
    desk.views.pages.show_page(desk.views.compare)
    desk.grab()
    assert table.item(0, 0).text() == name and name in table.item(0, 0).toolTip()
    assert table.rowHeight(0) >= 2 * table.fontMetrics().height() > table.rowHeight(1) * 0.9
    assert not table.horizontalScrollBar().isVisible() and table.horizontalScrollBar().maximum() == 0
def made(value: float) -> Callable[[Callable[[float], None]], np.ndarray]:
    def make(progress: Callable[[float], None]) -> np.ndarray:
        progress(0.5)
        return np.full(200, value)

    return make


def to_be_made(desk: SignalDesk, network: np.ndarray, make: Callable[..., np.ndarray]) -> list[CleanedBy]:
    answers = [
        CleanedBy("My network", network, 0.5),
        CleanedBy("Wiener", None, 0.75, make=make),
        CleanedBy("Wavelet", None, 0.25, make=made(2.0)),
    ]
    desk.show_answers(answers)
    return answers


def values_held(desk: SignalDesk) -> list[bool]:
    return [answer.values is not None for answer in desk._known.cleaned["flow (kPa)"].answers]


def test_an_answer_of_a_long_signal_is_made_when_it_is_wanted_and_only_one_is_kept(desk, qtbot, tmp_path):
    network = np.zeros(200)
    desk.show_cleaned(network)
    to_be_made(desk, network, made(1.0))
    desk.set_reference(np.full(200, 2.0))
    assert len(entries(desk)) == 3 and values_held(desk) == [True, False, False]
    pick(desk, "Wavelet")
    qtbot.waitUntil(lambda: desk._background.work is None)
    assert set(curve(desk, "clean")[1]) == {2.0} and values_held(desk) == [True, False, True]
    pick(desk, "Wiener")
    qtbot.waitUntil(lambda: desk._background.work is None)
    assert set(curve(desk, "clean")[1]) == {1.0} and values_held(desk) == [True, True, False]
    pick(desk, "My network")
    assert set(curve(desk, "clean")[1]) == {0.0}
    with qtbot.waitSignal(desk.notice):
        desk.export(tmp_path / "out.csv")
    assert set(pandas.read_csv(tmp_path / "out.csv")["flow_clean (kPa)"]) == {0.0}


def test_while_an_answer_is_made_it_can_be_given_up(desk, qtbot):
    network, going = np.zeros(200), Event()

    def slowly(progress: Callable[[float], None]) -> np.ndarray:
        while not going.wait(0.01):
            progress(0.1)
        return np.full(200, 1.0)

    desk.show_cleaned(network)
    to_be_made(desk, network, slowly)
    pick(desk, "Wiener")
    qtbot.waitUntil(desk.actions.cancel.isVisible)
    assert desk.actions.note.text() == "Cleaning by Wiener…" and not desk.actions.export.isEnabled()
    qtbot.mouseClick(desk.actions.cancel, Qt.MouseButton.LeftButton)
    assert desk._background.work is None and desk.chooser.list.currentText() == "My network"
    assert set(curve(desk, "clean")[1]) == {0.0} and values_held(desk) == [True, False, False]
    pick(desk, "Wiener")
    pick(desk, "Wavelet")  # another is wanted meanwhile
    qtbot.waitUntil(lambda: desk._background.work is None)
    going.set()
    assert set(curve(desk, "clean")[1]) == {2.0} and values_held(desk) == [True, False, True]


def test_an_answer_that_cannot_be_made_leaves_the_one_in_view(desk, qtbot):
    def fails(progress: Callable[[float], None]) -> np.ndarray:
        raise DataError("It cannot be made.")

    network = np.zeros(200)
    desk.show_cleaned(network)
    to_be_made(desk, network, fails)
    pick(desk, "Wiener")
    qtbot.waitUntil(lambda: desk.problem() == "It cannot be made.")
    assert desk.chooser.list.currentText() == "My network" and set(curve(desk, "clean")[1]) == {0.0}
