"""Someone who has never seen the desk: an instrument's export is opened, looked at, cleaned and saved, by clicks alone."""

import re
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from aedesk.analysis.denoising import snr_db
from aedesk.data.csv_table import read_csv
from aedesk.files import signal_recipes
from tests.ui.driving import LONG, button, press, quiet

COUNT, RATE = 1600, 360
NOISE = 300  # mV


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """Semicolons, decimal commas, two lines of preamble, a row of units, dates' umlauts, a missing value, Windows' letters."""
    rows = zip(np.arange(COUNT) / RATE, noisy(), strict=True)
    lines = [f"{time:.5f};{value:.4f};{'Ruhe' if row % 100 else 'Übung'}" for row, (time, value) in enumerate(rows)]
    lines[700] = lines[700].split(";")[0] + ";---;Ruhe"
    head = "Messgerät XY-200;Seriennummer 4711\r\nAufnahme vom 31.12.2026\r\nZeit;Spannung;Phase\r\ns;mV;\r\n"
    path = tmp_path / "Messung.csv"
    path.write_bytes((head + "\r\n".join(lines).replace(".", ",") + "\r\n").encode("cp1252"))
    return path


def clean() -> np.ndarray:
    return 1000 * np.sin(np.arange(COUNT) / 11) ** 3


def noisy() -> np.ndarray:
    return clean() + np.random.default_rng(1).normal(0, NOISE, COUNT)


def test_from_an_instruments_export_to_a_clean_file_by_clicks_alone(window, export, tmp_path, qtbot, monkeypatch):
    monkeypatch.setattr(signal_recipes, "_PASSES_OF_SEVERAL", 90)  # enough for so simple a signal
    signal, saved = window.panels.signal, tmp_path / "sauber.csv"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(export), ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(saved), ""))
    window.docks.signal.raise_()

    press(signal, "Open…")
    qtbot.waitUntil(lambda: signal.column() is not None, timeout=LONG)
    quiet(qtbot)
    assert signal.column().name == "Spannung" and signal.column().step == pytest.approx(1 / RATE, rel=1e-3)
    assert "360 Hz" in signal.numbers() and "1 missing" in signal.numbers() and not signal.problem()

    QTest.mouseClick(signal.file_line.reading, Qt.MouseButton.LeftButton)
    page = window.presenter.signal_opening.page
    qtbot.waitUntil(lambda: not page.is_busy(), timeout=LONG)
    for words in ("emicolons", "decimal comma", "2 lines above the table", "360 Hz"):
        assert words in page.says()
    with qtbot.waitSignal(signal.file_opened, timeout=LONG):
        QTest.mouseClick(page.open_button, Qt.MouseButton.LeftButton)
    quiet(qtbot)

    press(signal, "Train on it")
    qtbot.waitUntil(button(signal, "Export…").isEnabled, timeout=4 * LONG)
    quiet(qtbot)
    assert "looks like noise" in signal.numbers()
    removed = re.search(r"removed (\d+) mV RMS", signal.numbers())
    assert removed, "in plain digits, and the unit stands below the name"
    assert NOISE / 2 < float(removed[1]) < 1.1 * NOISE
    press(signal, "Export…")
    qtbot.waitUntil(saved.exists, timeout=LONG)
    quiet(qtbot)

    before, after = export.read_bytes().split(b"\r\n"), saved.read_bytes().split(b"\r\n")
    assert after[:2] == before[:2] and after[2] == b"Zeit;Spannung;Phase;Spannung_clean" and after[3].startswith(b"s;mV;;")
    assert all(new.startswith(old) for new, old in zip(after[4:], before[4:], strict=True)), "what was there stays"
    cleaned = read_csv(saved).column("Spannung_clean")
    known = np.isfinite(cleaned)
    assert known.sum() == COUNT - 1
    assert snr_db(clean()[known], cleaned[known]) > snr_db(clean()[known], noisy()[known]) + 5
