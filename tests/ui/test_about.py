"""The About box names everything that AEDesk stands on."""

import re
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QTextBrowser

from aedesk import __version__
from aedesk.ui.dialogs.about import AboutDialog
from tests.ui.driving import action, press

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.fixture
def about(qtbot) -> AboutDialog:
    dialog = AboutDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def rows(about: AboutDialog) -> dict[str, tuple[str, str]]:
    """The table: version and licence of each library."""
    lines = about.findChild(QTextBrowser).toPlainText().splitlines()
    start = lines.index("Licence") + 1
    cells = lines[start : lines.index("tqdm") + 3]
    return {name: (number, licence) for name, number, licence in zip(*[iter(cells)] * 3, strict=True)}


def test_every_dependency_is_listed_with_its_version_and_licence(about):
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))["project"]
    names = [re.match(r"[\w.-]+", wanted)[0] for wanted in project["dependencies"]]
    table = rows(about)
    assert set(table) == {"Python", *names}
    for name in names:
        number, licence = table[name]
        assert number == version(name)
        assert re.search(r"MIT|BSD|LGPL|Apache|PSF|MPL", licence), name


def test_it_says_which_aedesk_this_is_and_where_its_data_come_from(about):
    assert any(f"AEDesk {__version__}" in label.text() for label in about.findChildren(QLabel))
    text = about.findChild(QTextBrowser).toPlainText()
    assert "MIT licence" in text and "MNIST database" in text and "PhysioNet" in text


class Browser(QObject):
    """Stands in for the web browser of the desktop."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(url.toString())


def test_a_link_opens_in_the_web_browser_and_the_box_stays_as_it_is(about):
    elsewhere = Browser()
    QDesktopServices.setUrlHandler("https", elsewhere, "open")
    browser = about.findChild(QTextBrowser)
    before = browser.toPlainText()
    cursor = browser.document().find("Creative Commons Attribution-ShareAlike")
    cursor.setPosition(cursor.selectionStart() + 4)
    assert cursor.charFormat().isAnchor()
    browser.setTextCursor(cursor)
    browser.ensureCursorVisible()
    QTest.mouseClick(browser.viewport(), Qt.MouseButton.LeftButton, pos=browser.cursorRect(cursor).center())
    QDesktopServices.unsetUrlHandler("https")
    assert browser.toPlainText() == before
    assert elsewhere.opened == ["https://creativecommons.org/licenses/by-sa/3.0/"]


def test_it_opens_from_the_menu_and_goes_when_closed(window, qtbot):
    action(window, "About AEDesk").trigger()
    dialog = window.findChild(AboutDialog)
    assert dialog.isVisible()
    press(dialog, "Close")
    qtbot.waitUntil(lambda: window.findChild(AboutDialog) is None)
