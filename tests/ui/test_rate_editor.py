"""A rate that is slow is written as a person reads it, and the day is only asked about where a date needs it."""

from pathlib import Path

import pytest
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QStyle, QStyleOptionSpinBox

from aedesk.data.csv_preview import preview
from aedesk.data.csv_reading import CsvReading
from aedesk.data.sampling import Sampling
from aedesk.ui.builder.field_facts import range_of
from aedesk.ui.importing.rate_editor import RateEditor
from aedesk.ui.importing.reading_form import ReadingForm
from aedesk.ui.importing.sampling_line import SamplingLine


@pytest.mark.parametrize(
    ("rate", "said"),
    [(360.0, "360 Hz"), (0.5, "0.5 Hz"), (0.001111, "0.001111 Hz, every 15 min"), (0.0002778, "0.0002778 Hz, every hour")],
)
def test_a_slow_rate_says_how_often_there_is_a_sample(rate: float, said: str, qtbot) -> None:
    editor = RateEditor(range_of(CsvReading.model_fields["rate"]))
    qtbot.addWidget(editor)
    editor.set_value(rate)
    assert editor.text() == editor.widget.text() == said and editor.value() == rate
    qtbot.keyClicks(editor.widget.lineEdit(), "")
    editor.widget.selectAll()
    qtbot.keyClicks(editor.widget, "20")
    editor.widget.editingFinished.emit()
    assert editor.value() == 20 and editor.text() == "20 Hz"


def test_the_rate_to_resample_at_is_not_cut_off(qtbot) -> None:
    line = SamplingLine()
    qtbot.addWidget(line)
    line.show_sampling(Sampling(900.0))
    line.show()
    spin = line.rate.widget
    option = QStyleOptionSpinBox()
    spin.initStyleOption(option)
    field = spin.style().subControlRect(QStyle.ComplexControl.CC_SpinBox, option, QStyle.SubControl.SC_SpinBoxEditField, spin)
    assert spin.text() == "0.001111 Hz, every 15 min"
    assert QFontMetricsF(spin.font()).horizontalAdvance(spin.text()) <= field.width()


@pytest.mark.parametrize(
    ("form", "said"),
    [("2026-05-{:02d}", "guess"), ("{} May 2026", "guess"), ("{:02d}.05.2026", "yes"), ("05/{:02d}/2026", "no")],
)
def test_nothing_is_said_of_the_day_where_no_date_needs_it(form: str, said: str, qtbot, tmp_path: Path) -> None:
    path = tmp_path / "days.csv"
    path.write_text("when,v\n" + "".join(f"{form.format(day)},{day % 7}\n" for day in range(1, 29)), "utf-8")
    seen = preview(path)
    assert seen.reading.day_first == said and seen.sampling.step == 86_400
    widget = ReadingForm()
    qtbot.addWidget(widget)
    widget.show_guess(seen.reading, seen.guessed, seen.names)
    assert widget.editor("day_first").text() == {"guess": "", "yes": "Yes", "no": "No"}[said]
