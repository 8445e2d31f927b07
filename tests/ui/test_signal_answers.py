"""The network beside classical filters on the signal desk: listed, chosen, shown and exported."""

from pathlib import Path

import numpy as np
import pandas
import pytest

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
    qtbot.waitUntil(lambda: desk._work is None)


def compared(desk: SignalDesk, network: np.ndarray) -> list[CleanedBy]:
    answers = [
        CleanedBy("My network", network, 0.5, note="It looks like noise."),
        CleanedBy("Wiener", np.full(200, 1.0), 0.75, "5 samples"),
        CleanedBy("Wavelet", np.full(200, 2.0), 0.25, "sym8", "About half of it is no chance noise."),
    ]
    desk.show_answers(answers)
    return answers


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
    assert entries(desk) == ["Wavelet: 0.25 kPa", "My network: 0.5 kPa", "Wiener: 0.75 kPa"]
    assert desk.chooser.list.currentText() == "My network: 0.5 kPa"
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
    assert set(pandas.read_csv(tmp_path / "out.csv")["flow (kPa)_clean"]) == {2.0}
    pick(desk, "My network")
    assert set(curve(desk, "clean")[1]) == {0.0}


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
