"""How the panels share the window's room."""

import pytest
from PySide6.QtCore import QSize, Qt

from aedesk.paths import resource
from aedesk.ui import main_window, window_height
from tests.ui.driving import action

ALMOST = 8  # pixels: the edges between panels do not grow


def widths(window) -> list[int]:
    docks = window.docks
    return [dock.width() for dock in (docks.builder, docks.latent_map, docks.reconstructions)]


def resized(qtbot, window, width: int, height: int = 720) -> list[int]:
    window.resize(width, height)
    qtbot.wait(150)
    return widths(window)


def test_what_a_window_grows_by_is_the_datas_and_not_the_forms(make_window, qtbot):
    window = make_window(ready=False)
    form, middle, right = resized(qtbot, window, 1280)
    large = resized(qtbot, window, 1600, 1000)
    assert large[0] == pytest.approx(form, abs=ALMOST)
    assert large[1:] == pytest.approx([middle + 160, right + 160], abs=ALMOST), "both sides get their share"
    assert resized(qtbot, window, 1280) == pytest.approx([form, middle, right], abs=ALMOST)


def test_dragging_the_windows_edge_does_not_wear_the_builder_down(make_window, qtbot):
    window = make_window(ready=False)
    before = resized(qtbot, window, 1280)[0]
    for width in [*range(1280, 1440, 7), *range(1440, 1200, -11)]:
        window.resize(width, 720)
        qtbot.wait(1)
    assert resized(qtbot, window, 1280)[0] == pytest.approx(before, abs=ALMOST)


def test_the_width_a_person_gave_the_builder_is_kept(make_window, qtbot):
    window = make_window(ready=False)
    resized(qtbot, window, 1280)
    docks = window.docks
    window.resizeDocks([docks.builder, docks.latent_map, docks.reconstructions], [280, 500, 494], Qt.Orientation.Horizontal)
    qtbot.wait(150)
    wanted = widths(window)[0]
    assert wanted == pytest.approx(280, abs=ALMOST)
    assert resized(qtbot, window, 1600)[0] == pytest.approx(wanted, abs=ALMOST)
    action(window, "Reset layout").trigger()
    qtbot.wait(150)
    again = widths(window)[0]
    assert again > wanted + ALMOST and resized(qtbot, window, 1400)[0] == pytest.approx(again, abs=ALMOST)


def test_the_builder_cannot_be_squeezed_to_a_strip(make_window, qtbot):
    window = make_window(ready=False)
    resized(qtbot, window, 1280)
    docks = window.docks
    window.resizeDocks([docks.builder, docks.latent_map, docks.reconstructions], [60, 600, 600], Qt.Orientation.Horizontal)
    qtbot.wait(150)
    assert widths(window)[0] >= 25 * window.fontMetrics().averageCharWidth()
    assert window.minimumSizeHint().width() < 800, "and the window still fits on a small screen"


def test_a_builder_that_floats_or_is_hidden_is_left_alone(make_window, qtbot):
    window = make_window(ready=False)
    resized(qtbot, window, 1280)
    window.docks.builder.setFloating(True)
    qtbot.wait(150)
    floating = window.docks.builder.width()
    assert resized(qtbot, window, 1500)[0] == floating
    window.docks.builder.close()
    middle, right = resized(qtbot, window, 1600)[1:]
    assert middle + right > 1500


@pytest.mark.parametrize(("height", "together"), [(720, False), (1300, True)])
def test_the_signal_desk_has_room_for_three_lanes_in_a_low_window_as_well(make_window, qtbot, height, together):
    window = make_window(ready=False)
    window.resize(1280, height)
    window.docks.signal.raise_()
    with qtbot.waitSignal(window.panels.signal.file_opened):
        window.files.open_path(resource("examples", "ecg_noisy.csv"))
    qtbot.wait(150)
    desk, above = window.docks.signal, window.docks.reconstructions
    assert desk.height() >= 34 * window.fontMetrics().height() and desk.visibleRegion().boundingRect().height() > 300
    assert (above.visibleRegion().isEmpty() or above.y() >= desk.y()) is not together
    assert (above in window.tabifiedDockWidgets(desk)) is not together
    action(window, "Reset layout").trigger()
    assert above not in window.tabifiedDockWidgets(desk)


@pytest.mark.parametrize(("room", "size"), [((1920, 1080), (1280, 800)), ((1280, 720), (1280, 720)), ((1024, 600), (1024, 600))])
def test_the_first_window_is_no_higher_than_a_low_screen(window, room, size):
    wide, high = main_window._first_size(QSize(*room)).toTuple()
    assert wide == size[0] and 0 <= size[1] - high <= (0 if room[1] >= 800 else 60) and (high < room[1])


def test_a_window_does_not_grow_out_of_its_screen(make_window, qtbot, monkeypatch):
    window = make_window(ready=False)
    wanted = window.minimumSizeHint().height()
    assert window.minimumHeight() == wanted, "a screen has room for what the panels need"
    room = wanted - 20
    monkeypatch.setattr(window_height, "room_in", lambda _: QSize(1280, room))
    window.notices.show_news("One.")
    qtbot.wait(20)
    window.resize(1280, room)
    qtbot.wait(20)
    assert window.height() == room
    window.notices.show_problem("A sentence more that asks for a line.")
    window.docks.signal.raise_()
    qtbot.wait(20)
    assert window.minimumSizeHint().height() > room == window.height()
    window.notices.hide()
    qtbot.wait(20)
    assert window.height() == room and window.minimumHeight() <= room
