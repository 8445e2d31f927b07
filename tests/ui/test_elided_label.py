"""Text that never moves what is around it."""

from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip

from aedesk.ui import theme
from aedesk.ui.elided_label import ElidedLabel

LONG = "This sentence goes on and on, as sentences do when nobody stops them in time. " * 4


def shown(qtbot, text: str, lines: int = 1) -> ElidedLabel:
    label = ElidedLabel(lines=lines)
    qtbot.addWidget(label)
    label.set_text(text)
    label.resize(160, label.sizeHint().height())
    label.show()
    label.grab()
    return label


def hint(label: ElidedLabel) -> str:
    """What a tooltip says when the pointer rests on the label."""
    QToolTip.hideText()
    QApplication.sendEvent(label, QHelpEvent(QEvent.Type.ToolTip, QPoint(3, 3), label.mapToGlobal(QPoint(3, 3))))
    return QToolTip.text() if QToolTip.isVisible() else ""


def ink(label: ElidedLabel, colour: str) -> list[int]:
    """The rows of pixels that have a colour."""
    image = label.grab().toImage()
    return [
        y for y in range(image.height()) if any(image.pixelColor(x, y).name() == colour for x in range(image.width()))
    ]


def test_text_that_is_too_long_can_be_read_in_a_tooltip(qtbot):
    assert hint(shown(qtbot, LONG)) == LONG
    assert hint(shown(qtbot, LONG, lines=3)) == LONG
    assert hint(shown(qtbot, "Short.")) == ""


def test_the_room_it_asks_for_depends_on_lines_alone(qtbot):
    label = shown(qtbot, "Short.")
    before = label.sizeHint()
    label.set_text(LONG)
    assert label.sizeHint() == before
    label.set_lines(2)
    assert label.sizeHint().height() == 2 * before.height()
    assert label.minimumSizeHint().width() == 0


def test_it_wraps_into_its_lines(qtbot):
    theme.apply(QApplication.instance(), "light")
    label = shown(qtbot, LONG, lines=3)
    rows = ink(label, theme.LIGHT.text)
    line = label.fontMetrics().lineSpacing()
    assert rows[0] < line
    assert rows[-1] > 2 * line


def test_its_colour_is_a_role_of_the_theme(qtbot):
    theme.apply(QApplication.instance(), "light")
    label = shown(qtbot, LONG)
    label.set_text(LONG, "error")
    assert label.role() == "error"
    assert ink(label, theme.LIGHT.error)
    theme.apply(QApplication.instance(), "dark")
    assert ink(label, theme.DARK.error)
    theme.apply(QApplication.instance(), "light")
    assert label.accessibleName() == label.text() == LONG
