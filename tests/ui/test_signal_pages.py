"""Pages of the signal desk that look deeper: spectrum, spectrogram, and what was removed."""

import re
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas
import pytest
from PySide6.QtCore import QPoint, Qt

from aedesk.analysis.removed import Removed
from aedesk.ui import theme
from aedesk.ui.panels.signal_desk import SignalDesk
from aedesk.ui.panels.signal_page import SeenPage
from aedesk.ui.panels.signal_verdict import verdict
from tests.ui.signals import click, opened

LONG_MS = 30_000
COUNT, RATE = 6000, 360
TIME = np.arange(COUNT) / RATE
CLEAN = 5 + np.exp(-(((np.arange(COUNT) % 300 - 150) / 4) ** 2))
WHITE = 0.1 * np.random.default_rng(0).normal(size=COUNT)
HUM = 0.2 * np.sin(2 * np.pi * 50 * TIME)


@pytest.fixture
def desk(qtbot) -> SignalDesk:
    desk = SignalDesk()
    qtbot.addWidget(desk)
    desk.resize(520, 420)
    desk.set_model(True, "“A model” will clean it.")
    desk.show()
    yield desk
    qtbot.waitUntil(lambda: desk._background.work is None)


def recorded(desk: SignalDesk, qtbot, folder: Path, values: np.ndarray, timed: bool = True) -> None:
    table = {"time_s": TIME, "beat_mV": values} if timed else {"beat": values}
    pandas.DataFrame(table).to_csv(folder / "beats.csv", index=False)
    opened(desk, folder / "beats.csv", qtbot)


def turned_to(desk: SignalDesk, qtbot, page: SeenPage) -> None:
    desk.views.pages.show_page(page)
    settled(qtbot, page)


def settled(qtbot, page: SeenPage) -> None:
    qtbot.waitUntil(lambda: not page._is_new and not page._later.is_busy(), timeout=LONG_MS)


# -- what was removed ---------------------------------------------------------------------------


def test_the_verdict_stands_out_in_every_theme(qapp, desk, qtbot, tmp_path):
    theme.apply(qapp, "light")
    recorded(desk, qtbot, tmp_path, CLEAN + WHITE)
    page = desk.views.removed
    turned_to(desk, qtbot, page)
    assert not page.verdict.font().bold()
    desk.show_cleaned(CLEAN)
    settled(qtbot, page)
    for look in ("dark", "light"):
        theme.apply(qapp, look)
        font, size = page.verdict.font(), page.detail.font().pointSizeF()
        assert font.bold() and font.pointSizeF() > size, look
        assert not page.detail.font().bold()


def test_before_anything_is_removed_there_is_no_verdict(desk, qtbot, tmp_path):
    recorded(desk, qtbot, tmp_path, CLEAN + WHITE)
    turned_to(desk, qtbot, desk.views.removed)
    assert desk.views.removed.verdict.text() == "Nothing was removed yet."
    assert not desk.views.removed.plot.isVisible()


@pytest.mark.parametrize(
    ("noisy", "cleaned", "said", "role", "why"),
    [
        (CLEAN + WHITE, CLEAN, "What was removed looks like noise.", "good", "nothing to do with each other"),
        (CLEAN + WHITE, 0.2 * CLEAN, "The removed part still contains your signal.", "error", "Take off less"),
        (CLEAN + HUM, CLEAN, "no chance noise, but not your signal either.", "warning", "a hum at 50 Hz"),
    ],
    ids=["noise", "signal", "hum"],
)
def test_the_verdict_is_plain(desk, qtbot, tmp_path, noisy, cleaned, said, role, why):
    recorded(desk, qtbot, tmp_path, noisy)
    desk.show_cleaned(cleaned)
    page = desk.views.removed
    turned_to(desk, qtbot, page)
    assert page.verdict.text().endswith(said) and page.verdict.property("role") == role
    assert why in page.detail.text()
    assert page.plot.isVisible() and page._bars.opts["x"][1] == pytest.approx(2 / RATE)
    assert page._band.getRegion()[1] == pytest.approx(1.96 / np.sqrt(COUNT))


@pytest.mark.parametrize(
    ("kind", "lost", "said", "why"),
    [
        ("noise", 0.004, "What was removed looks like noise.", "hardly any of it is your signal"),
        ("noise", 0.021, "What was removed looks like noise.", "about 2\u202f% of it may be your signal"),
        ("signal", 0.12, "The removed part still contains your signal.", "About 12\u202f% of it is your signal"),
    ],
)
def test_what_the_method_itself_tells_is_told(desk, qtbot, tmp_path, kind, lost, said, why):
    """What was removed here could not be told from the signal by itself."""
    recorded(desk, qtbot, tmp_path, CLEAN + WHITE)
    desk.show_cleaned(0.5 * CLEAN, removed=Removed(np.full(50, 0.5), 0.03, 0.5, kind, lost=lost))
    page = desk.views.removed
    turned_to(desk, qtbot, page)
    assert page.verdict.text() == said and why in page.detail.text()
    desk.plot.mix.slider.setValue(40)
    settled(qtbot, page)
    assert page.verdict.text() == said and why in page.detail.text(), "of a part of it the same is true"
    desk.plot.mix.slider.setValue(0)
    settled(qtbot, page)
    assert page.verdict.text() == "Too little was removed to judge it."


def test_the_band_of_a_method_that_was_asked_is_that_of_noise_cleaned_in_the_same_way(desk, qtbot, tmp_path):
    recorded(desk, qtbot, tmp_path, CLEAN + WHITE)
    expected = 0.5 * 0.8 ** np.arange(50)
    desk.show_cleaned(CLEAN, removed=Removed(expected + 0.01, 0.03, 0.01, "noise", lost=0.0, expected=expected))
    page = desk.views.removed
    turned_to(desk, qtbot, page)
    below, above = (edge.getData()[1] for edge in page._edges)
    np.testing.assert_allclose([below, above], [expected - 0.03, expected + 0.03])
    assert page._between.isVisible() and not page._band.isVisible()
    assert page._band_name.toPlainText().endswith("of noise, cleaned in the same way")
    desk.show_cleaned(CLEAN + 0.1 * WHITE)
    settled(qtbot, page)
    assert page._band.isVisible() and not page._between.isVisible() and not page._edges[0].isVisible()
    assert page._band_name.toPlainText().endswith("of pure chance")


def test_ratios_are_true_with_a_reference_and_said_to_be_estimated_without(desk, qtbot, tmp_path):
    recorded(desk, qtbot, tmp_path, CLEAN + WHITE)
    desk.show_cleaned(CLEAN + 0.1 * WHITE)
    page = desk.views.removed
    turned_to(desk, qtbot, page)
    assert re.fullmatch(
        r"Noise 0\.(09\d?|1) mV RMS; signal-to-noise \d\.\d dB before \(estimated\)\.", page.figures.text()
    )
    desk.set_reference(CLEAN)
    settled(qtbot, page)
    before = 10 * np.log10(CLEAN.var() / np.mean(WHITE**2))
    assert f"{before:.1f} dB before, {before + 20:.1f} dB after (true" in page.figures.text()
    desk.plot.mix.slider.setValue(0)
    settled(qtbot, page)
    assert f"{before:.1f} dB before, {before:.1f} dB after" in page.figures.text()
    assert page.verdict.text() == "Too little was removed to judge it." and not page.plot.isVisible()


def test_a_page_that_is_not_in_view_computes_nothing(desk, qtbot, tmp_path):
    recorded(desk, qtbot, tmp_path, CLEAN + WHITE)
    desk.show_cleaned(CLEAN)
    for page in (desk.views.removed, desk.views.spectrum, desk.views.spectrogram):
        assert page._is_new and not page._later.is_busy()


# -- spectra ------------------------------------------------------------------------------------


def test_a_hum_is_a_peak_in_the_spectrum_of_what_was_removed(desk, qtbot, tmp_path):
    recorded(desk, qtbot, tmp_path, CLEAN + HUM + WHITE)
    page = desk.views.spectrum
    turned_to(desk, qtbot, page)
    assert not page.key.button("removed").isVisible()
    desk.show_cleaned(CLEAN)
    settled(qtbot, page)
    frequency, level = page._curves["removed"].getOriginalDataset()
    assert frequency[level.argmax()] == pytest.approx(50, abs=0.5)
    assert page.key.button("removed").isVisible()
    assert page.plot.getAxis("left").labelText == "dB re mV²/Hz"
    assert page.plot.getAxis("bottom").labelText == "Frequency (Hz)"
    strings = page.plot.getAxis("bottom").logTickStrings(np.log10([0.5, 3, 10, 20, 50, 90]), 1, 1)
    assert strings == ["0.5", "", "10", "20", "50", ""]


def test_without_times_frequencies_are_per_sample(desk, qtbot, tmp_path):
    recorded(desk, qtbot, tmp_path, CLEAN + WHITE, timed=False)
    page = desk.views.spectrum
    turned_to(desk, qtbot, page)
    assert page.plot.getAxis("bottom").labelText == "Frequency (cycles/sample)"
    assert page.plot.getAxis("left").labelText == "dB re 1/(cycle/sample)"
    turned_to(desk, qtbot, desk.views.spectrogram)
    assert desk.views.spectrogram.plots["before"].getAxis("bottom").labelText == "Time (samples)"


def test_spectrograms_are_chosen_in_a_low_place_and_stand_above_each_other_in_a_high_one(desk, qtbot, tmp_path):
    recorded(desk, qtbot, tmp_path, CLEAN + WHITE)
    page = desk.views.spectrogram
    turned_to(desk, qtbot, page)
    shown = lambda: [name for name, plot in page.plots.items() if plot.isVisible()]  # noqa: E731
    assert shown() == ["before"] and not page.choice.isVisible()
    desk.show_cleaned(CLEAN)
    settled(qtbot, page)
    assert page.choice.isVisible()
    click(qtbot, page.choice.button("removed"))
    assert shown() == ["removed"]
    desk.resize(900, 800)
    desk.grab()
    assert shown() == ["before", "after", "removed"] and not page.choice.isVisible()
    assert len({tuple(plot.image.levels) for plot in page.plots.values()}) == 1, "one scale"
    page.plots["removed"].getViewBox().setXRange(2, 4, padding=0)
    desk.grab()
    first = page.plots["before"]
    assert first.getViewBox().viewRange()[0] == pytest.approx([2, 4], abs=0.1)
    qtbot.mouseDClick(first.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(200, 50))
    assert np.ptp(first.getViewBox().viewRange()[0]) > 16


def test_a_signal_too_short_for_a_spectrum_says_so(desk, qtbot, tmp_path):
    pandas.DataFrame({"v": [1.0, 2.0, 1.5, 3.0]}).to_csv(tmp_path / "short.csv", index=False)
    opened(desk, tmp_path / "short.csv", qtbot)
    turned_to(desk, qtbot, desk.views.spectrum)
    assert desk.views.spectrum._empty.isVisible()
    turned_to(desk, qtbot, desk.views.spectrogram)
    desk.show_cleaned(np.ones(4))
    turned_to(desk, qtbot, desk.views.removed)
    assert desk.views.removed.verdict.text() == "Too little was removed to judge it."


def test_every_page_changes_its_look(desk, qtbot, tmp_path, both_looks):
    recorded(desk, qtbot, tmp_path, CLEAN + WHITE)
    desk.show_cleaned(CLEAN)
    for page in (desk.views.spectrum, desk.views.spectrogram, desk.views.removed):
        turned_to(desk, qtbot, page)
        both_looks("light")
        light = page.grab().toImage().pixelColor(100, 150)
        both_looks("dark")
        assert page.grab().toImage().pixelColor(100, 150) != light


@pytest.mark.parametrize("lost", [None, 0.29])
@pytest.mark.parametrize("kind", ["noise", "signal", "hum", "drift", "coloured", "little"])
def test_a_verdict_behind_other_sentences_says_what_it_speaks_of(kind, lost):
    removed = SimpleNamespace(kind=kind, structured=0.5, lost=lost, line=0.1)
    said = verdict(removed, 1 / 100)
    assert "removed" in said and not re.search(r"\b[Ii]t\b", said)
    assert ("looks like noise" in said) is (kind == "noise") and ("still contains your signal" in said) is (kind == "signal")


def test_the_bars_take_all_the_room_below_the_words(desk, qtbot, tmp_path):
    desk.resize(700, 900)
    recorded(desk, qtbot, tmp_path, CLEAN + WHITE)
    page = desk.views.removed
    desk.show_cleaned(CLEAN)
    turned_to(desk, qtbot, page)
    desk.grab()
    assert page.plot.geometry().bottom() >= page.height() - 4
    assert page.plot.height() > 0.7 * page.height()
