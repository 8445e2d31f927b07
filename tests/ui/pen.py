"""A pen for tests: draws with mouse events, and looks at the ink."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from aedesk.ui.panels.drawing_area import DrawingArea

LEFT = Qt.MouseButton.LeftButton


def at(area: DrawingArea, x: float, y: float) -> QPoint:
    """A place on the paper, 0 to 1 each way, in the widget's pixels."""
    side = min(area.width(), area.height())
    left, top = (area.width() - side) // 2, (area.height() - side) // 2
    return QPoint(round(left + x * side), round(top + y * side))


def draw(area: DrawingArea, *places: tuple[float, float], button=LEFT) -> None:
    QTest.mousePress(area, button, pos=at(area, *places[0]))
    for place in places[1:]:
        QTest.mouseMove(area, at(area, *place))
    QTest.mouseRelease(area, button, pos=at(area, *places[-1]))


def ink_at(area: DrawingArea, x: float, y: float) -> float:
    ink = area.ink()
    return float(ink[round(y * (ink.shape[0] - 1)), round(x * (ink.shape[1] - 1))])
