"""What each number of a drawn code holds, as bars, alone and in the real window."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from aedesk.analysis.divergence import COLLAPSED_BELOW, latent_divergence
from aedesk.files import model_file
from aedesk.ui import theme
from aedesk.ui.main_window import MainWindow
from aedesk.ui.panels.health_latents import GIVEN_UP, MOST_BARS, LatentBars
from tests import small
from tests.ui.driving import LONG, open_file, press, quiet, show_recipe, train

DRAWN = ("model.code_size=8", 'model.bottleneck={kind="variational",beta=0.01}')


@pytest.fixture
def bars(qtbot: QtBot) -> LatentBars:
    made = LatentBars()
    qtbot.addWidget(made)
    made.resize(300, made.sizeHint().height())
    return made


def test_the_strongest_comes_first_and_the_idle_are_below_the_line(bars: LatentBars) -> None:
    assert GIVEN_UP == COLLAPSED_BELOW
    bars.show_nats(np.array([0.5, 0.002, 4.0, 0.01]))
    tops = [bar.top() for bar in bars.bars()]
    assert tops == sorted(tops) and len(tops) == 4
    assert tops[2] == pytest.approx(bars.line()) and tops[3] > bars.line() > tops[1]
    assert bars.caption() == "3 of 4 in use" and bars.accessibleName().endswith("3 of 4 in use")


def test_bars_stay_within_and_keep_their_scale(bars: LatentBars) -> None:
    bars.show_nats(np.array([500.0, 1.0]))
    before = bars.bars()[1].top()
    assert bars.bars()[0].top() >= 0
    bars.show_nats(np.array([2.0, 1.0]))
    assert bars.bars()[1].top() == before
    bars.show_nats(np.array([1.0, np.nan, np.inf]))
    assert bars.caption() == "1 of 3 in use", "what is no number holds nothing"
    assert bars.bars()[0].top() < before, "another width is another scale"


def test_of_many_the_strongest_are_shown_and_all_are_counted(bars: LatentBars) -> None:
    bars.show_nats(np.r_[np.zeros(100), np.ones(100)])
    assert len(bars.bars()) == MOST_BARS and max(bar.right() for bar in bars.bars()) <= bars.width()
    assert bars.caption() == f"100 of 200 in use, the strongest {MOST_BARS} shown"


@pytest.mark.parametrize("look", ["light", "dark"])
def test_the_idle_have_a_colour_of_their_own(bars: LatentBars, both_looks, look: str) -> None:
    both_looks(look)
    bars.show_nats(np.array([3.0, 0.005]))
    seen = bars.grab().toImage()
    ratio = seen.devicePixelRatio()
    for bar, colour in zip(bars.bars(), (theme.current().curve_colours[0], theme.current().warning), strict=True):
        middle = bar.center() * ratio
        assert seen.pixelColor(middle.toPoint()) == QColor(colour)


# -- in the window ----------------------------------------------------------------------------


def test_they_move_while_a_network_learns(window: MainWindow, qtbot: QtBot, monkeypatch) -> None:
    shown: list[np.ndarray] = []
    panel, show = window.panels.health, LatentBars.show_nats
    monkeypatch.setattr(LatentBars, "show_nats", lambda bars, nats: (shown.append(nats), show(bars, nats)))
    show_recipe(window, small.recipe("image", *DRAWN, "training.epochs=100000"))
    window.docks.health.raise_()
    qtbot.wait(20)
    press(window.panels.run_bar, "Train")
    qtbot.waitUntil(lambda: len(shown) >= 3, timeout=LONG)
    assert panel.latents.isVisible() and not np.array_equal(shown[0], shown[-1])
    window.docks.loss.raise_()
    qtbot.wait(50)
    count = len(shown)
    qtbot.wait(300)
    assert len(shown) == count, "nothing is counted behind another tab"
    press(window.panels.run_bar, "Stop")
    qtbot.waitUntil(lambda: window.desk.state == "idle", timeout=LONG)
    quiet(qtbot)
    window.docks.health.raise_()
    qtbot.wait(50)
    last = window.desk.snapshot
    assert shown[-1] == pytest.approx(latent_divergence(last.codes, last.log_variances))


def test_a_code_that_is_not_drawn_has_none(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    latents = window.panels.health.latents
    window.docks.health.raise_()
    qtbot.wait(20)
    assert not latents.isVisible()
    model_file.save(small.trained("image", *DRAWN), tmp_path / "drawn.aedesk")
    open_file(qtbot, window, tmp_path / "drawn.aedesk")
    assert latents.isVisible() and latents.caption().endswith("of 8 in use")
    show_recipe(window, small.recipe("image"))
    train(qtbot, window)
    assert not latents.isVisible()
