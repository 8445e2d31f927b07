"""One sentence above everything: problems stay, news goes, offers can be taken."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from aedesk.ui import notice_bar
from aedesk.ui.notice_bar import NoticeBar


@pytest.fixture
def bar(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> NoticeBar:
    monkeypatch.setattr(notice_bar, "_PASSING_MS", 60)
    made = NoticeBar()
    qtbot.addWidget(made)
    return made


def test_at_first_it_takes_no_room(bar):
    assert bar.isHidden() and bar.text() == ""


def test_a_problem_stays_until_it_is_dismissed(bar, qtbot):
    bar.show_news("Saved.")
    bar.show_problem("The file is empty.")
    qtbot.wait(120)
    assert bar.text() == "The file is empty." and bar.property("kind") == "problem"
    QTest.mouseClick(bar.findChild(QToolButton), Qt.MouseButton.LeftButton)
    assert bar.isHidden() and bar.text() == ""


def test_news_goes_by_itself(bar, qtbot):
    bar.show_news("Saved.")
    assert bar.text() == "Saved." and bar.property("kind") == "news"
    qtbot.waitUntil(bar.isHidden, timeout=2000)


def test_what_is_opened_next_takes_a_sentence_away_but_no_offer(bar):
    bar.show_problem("The file is empty.")
    bar.forget()
    assert bar.text() == ""
    bar.offer("It was kept.", "Open it", lambda: None)
    bar.forget()
    assert bar.text() == "It was kept."
    bar.show_news("Saved.")
    bar.forget()
    assert bar.text() == ""


def test_an_offer_stays_and_is_taken_once(bar, qtbot):
    taken = []
    bar.offer("A model was kept.", "Open it", lambda: taken.append(bar.isHidden()))
    qtbot.wait(120)
    button = bar.findChild(QPushButton)
    assert bar.text() == "A model was kept." and button.text() == "Open it" and button.isVisible()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert taken == [True], "the bar is gone before what was offered says something itself"
    bar.show_problem("It cannot be read.")
    assert not button.isVisible()


def test_what_is_offered_may_speak_in_the_bar(bar):
    bar.offer("A model was kept.", "Open it", lambda: bar.show_problem("It cannot be read."))
    bar.findChild(QPushButton).click()
    assert bar.text() == "It cannot be read."
