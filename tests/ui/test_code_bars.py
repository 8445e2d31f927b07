"""A code as bars or cells."""

import numpy as np
import pytest
from PySide6.QtGui import QColor

from aedesk.ui import theme
from aedesk.ui.panels.code_bars import MOST_BARS, CodeBars


def test_code_bars_share_a_scale_until_cleared(qtbot):
    bars = CodeBars()
    qtbot.addWidget(bars)
    bars.resize(200, 120)
    assert bars.cells() == []

    def coloured(colour: str) -> int:
        seen = bars.grab().toImage()
        return sum(
            seen.pixelColor(x, y) == QColor(colour)
            for x in range(seen.width())
            for y in range(seen.height())
        )

    above, below = theme.current().curve_colours[:2]
    bars.show_code(np.array([4.0, 4.0]))
    full = coloured(above)
    assert full > 0
    assert coloured(below) == 0
    bars.show_code(np.array([2.0, 2.0]))
    assert coloured(above) == pytest.approx(full / 2, rel=0.1)
    bars.clear()
    bars.show_code(np.array([2.0, 2.0]))
    assert coloured(above) == pytest.approx(full, rel=0.02)
    bars.show_code(np.array([2.0, -2.0]))
    assert coloured(above) == pytest.approx(coloured(below), rel=0.05)
    assert bars.caption() == "Code, 2 wide"


@pytest.mark.parametrize("width", [1, 2, MOST_BARS, MOST_BARS + 1, 784])
def test_every_number_of_a_code_has_its_room(qtbot, width):
    bars = CodeBars()
    qtbot.addWidget(bars)
    bars.resize(160, 90)
    bars.show_code(np.linspace(-1, 1, width))
    cells = bars.cells()
    assert len(cells) == width
    for cell in cells:
        assert bars.rect().toRectF().contains(cell)
    total = sum(cell.width() * cell.height() for cell in cells)
    assert total <= bars.width() * bars.height()
    assert not bars.grab().isNull()


def test_a_code_that_is_not_finite_does_no_harm(qtbot):
    bars = CodeBars()
    qtbot.addWidget(bars)
    bars.show_code(np.array([np.nan, np.inf, -np.inf, 1.0]))
    assert not bars.grab().isNull()
    bars.show_code(np.zeros(4))
    assert not bars.grab().isNull()
