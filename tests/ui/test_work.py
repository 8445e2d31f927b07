"""Work in other threads: what it signals, and what it does not after it was dropped."""

import threading

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QThread, QThreadPool
from pytestqt.qtbot import QtBot

from aedesk.errors import DataError
from aedesk.ui.work import Work
from tests.ui.driving import quiet


@pytest.fixture
def owner() -> QObject:
    return QObject()


def refuse() -> None:
    raise DataError("The file is empty. Choose another one.")


def test_it_is_done_elsewhere_and_told_in_the_windows_thread(owner, qtbot):
    here, elsewhere, told = QThread.currentThread(), [], []

    def add(one: int, other: int) -> int:
        elsewhere.append(QThread.currentThread())
        return one + other

    work = Work(add, 2, 3, parent=owner)
    work.done.connect(lambda result: told.append((result, QThread.currentThread())))
    with qtbot.waitSignal(work.done):
        assert work.start() is work
    assert told == [(5, here)]
    assert elsewhere[0] != here


def test_the_window_lives_on_meanwhile(owner, qtbot):
    gate = threading.Event()
    work = Work(gate.wait, 5, parent=owner)
    beats: list[int] = []
    with qtbot.waitSignal(work.done) as heard:
        work.start()
        qtbot.wait(30)
        beats.append(1)
        gate.set()
    assert heard.args == [True] and beats


def test_what_a_person_can_mend_is_a_sentence(owner, qtbot):
    work = Work(refuse, parent=owner)
    with qtbot.assertNotEmitted(work.done), qtbot.waitSignal(work.failed) as heard:
        work.start()
    assert heard.args == ["The file is empty. Choose another one."]


def test_a_bug_is_reported_and_whoever_waits_is_told(owner, qtbot):
    work = Work(lambda: {}["missing"], parent=owner)
    with qtbot.capture_exceptions() as bugs, qtbot.waitSignal(work.failed) as heard:
        work.start()
    kind, error, trace = bugs[0]
    assert kind is KeyError and error.args == ("missing",)
    assert trace is not None, "with the place where it happened"
    assert heard.args[0].endswith(".")


@pytest.mark.parametrize("function", [lambda: 1, refuse, lambda: 1 / 0])
def test_nothing_is_heard_of_what_was_dropped(owner, qtbot, function):
    work, heard = Work(function, parent=owner), []
    work.done.connect(heard.append)
    work.failed.connect(heard.append)
    work.start()
    work.drop()
    quiet(qtbot)
    assert not heard and not owner.findChildren(Work)


def test_it_goes_away_when_it_is_told(owner, qtbot):
    work = Work(lambda: 1, parent=owner)
    with qtbot.waitSignal(work.destroyed):
        work.start()
    assert not owner.findChildren(Work)


def test_a_window_that_is_gone_need_not_be_told(owner, qtbot):
    gate = threading.Event()
    Work(gate.wait, 5, parent=owner).start()
    owner.deleteLater()
    QCoreApplication.sendPostedEvents(owner, QEvent.Type.DeferredDelete)
    gate.set()
    quiet(qtbot)


def test_much_work_at_once_is_all_done(owner, qtbot: QtBot):
    results: list[int] = []
    for number in range(50):
        work = Work(lambda number: number * number, number, parent=owner)
        work.done.connect(results.append)
        work.start()
    qtbot.waitUntil(lambda: len(results) == 50)
    assert sorted(results) == [number * number for number in range(50)]


def test_progress_is_told_and_ends_what_is_not_wanted(qtbot):
    seen, reached, going = [], [], threading.Event()

    def counted(count, progress):
        for number in range(count):
            progress(number / count)
            reached.append(number)
            if number == 5:
                going.wait(5)
        return count

    work = Work(counted, 20, progress=True)
    work.progressed.connect(seen.append)
    going.set()
    with qtbot.waitSignal(work.done) as done:
        work.start()
    assert done.args == [20] and seen == pytest.approx([number / 20 for number in range(20)])
    reached.clear()
    going.clear()
    dropped = Work(counted, 20, progress=True)
    dropped.start()
    qtbot.waitUntil(lambda: 5 in reached)
    dropped.drop()
    going.set()
    QThreadPool.globalInstance().waitForDone()
    assert reached == [0, 1, 2, 3, 4, 5]


def test_a_window_may_go_at_the_moment_its_work_ends(qtbot):
    """Hundreds of times over, so that now and then the one happens in the midst of the other."""
    for _ in range(600):
        owner = QObject()
        for _ in range(8):  # close together
            Work(lambda: 1, parent=owner).start()
        owner.deleteLater()
        QCoreApplication.sendPostedEvents(owner, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents()
    quiet(qtbot)
