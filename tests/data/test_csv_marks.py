"""Words and infinities among numbers, columns that only seem to count rows, dates that may be read two ways."""

from pathlib import Path

import numpy as np
import pytest

from aedesk.data import long_table
from aedesk.data.csv_preview import preview
from aedesk.data.csv_reading import CsvReading
from aedesk.data.csv_saving import as_text
from aedesk.data.csv_table import CsvTable, read_csv
from aedesk.data.long_table import open_table
from aedesk.errors import DataError


def written(folder: Path, word: str, count: int = 40, delimiter: str = ",") -> Path:
    """A recording whose rows 5, 6 and 20 hold a word."""
    rows = [f"{row / 10:.1f}{delimiter}{word if row in (5, 6, 20) else row % 7}{delimiter}x" for row in range(count)]
    (folder / "log.csv").write_text(delimiter.join(("time_s", "u", "note")) + "\n" + "\n".join(rows) + "\n", "utf-8")
    return folder / "log.csv"


@pytest.mark.parametrize(
    "word", ["OVLD", "OL", "+OL", "-OL", "O.L.", "---", "--", "#N/A", "#DIV/0!", "Overload", "over", "***", "n.a.", "NaN", "1.#QNAN", "err", "?"]
)
def test_a_word_for_no_value_is_missing_and_named(word: str, tmp_path: Path) -> None:
    table = read_csv(written(tmp_path, word))
    values = table.column("u")
    assert np.flatnonzero(np.isnan(values)).tolist() == [5, 6, 20] and values[7] == 0
    assert f"{word} for missing values" in table.explanation()
    assert as_text(table, {}) == table.path.read_bytes()
    assert preview(table.path).roles == ("time", "channel", "text")


def test_several_words_and_few_numbers(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text("t,u,v\n" + "".join(f"{row},{'OL' if row % 4 else row},{'OVLD' if row == 3 else '#N/A' if row == 5 else row}\n" for row in range(20)))
    table = read_csv(path)
    assert table.signal_names() == ("u", "v") and np.isfinite(table.column("u")).sum() == 5
    assert np.isfinite(table.column("v")).sum() == 18 and "OL and OVLD and #N/A for missing values" in table.explanation()
    again = preview(path, preview(path).reading)
    assert again.problem == "" and again.roles == preview(path).roles


@pytest.mark.parametrize("word", ["BAD", "1.2.3", "12a"])
def test_any_other_word_is_refused_with_a_way_out(word: str, tmp_path: Path) -> None:
    path = written(tmp_path, word)
    with pytest.raises(DataError) as caught:
        read_csv(path).column("u")
    assert f"log.csv, column “u”: “{word}” in line 7 is not a number" in str(caught.value)
    assert str(caught.value).endswith(f"list {word} under “Missing values”.")
    assert caught.value.in_terminal() == f"{caught.value} Here by --missing {word}."
    assert np.isnan(read_csv(path, CsvReading(missing=word)).column("u")).sum() == 3


def test_a_word_in_a_column_of_text_is_text(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text("t,u,state\n" + "".join(f"{row / 2},{row % 5},{'over' if row % 2 else 'open'}\n" for row in range(20)))
    table = read_csv(path)
    assert table.texts("state")[:2] == ["open", "over"] and "missing" not in table.explanation()


@pytest.mark.parametrize("word", ["Inf", "-inf", "+Inf", "INF", "infinity", "1e999"])
def test_infinities_are_refused_until_they_are_said_to_be_missing(word: str, tmp_path: Path) -> None:
    path = written(tmp_path, word)
    with pytest.raises(DataError, match="in line 7 is infinite or too large.*list Inf under “Missing values”.$") as caught:
        read_csv(path).column("u")
    assert "--missing Inf" in caught.value.in_terminal()
    table = read_csv(path, CsvReading(missing="Inf"))
    assert np.flatnonzero(np.isnan(table.column("u"))).tolist() == [5, 6, 20]
    assert "Inf " in table.explanation() and "for missing values" in table.explanation()
    assert np.isnan(preview(path, CsvReading(missing="Inf")).values[5, 0])


def test_one_sign_alone_may_be_missing(tmp_path: Path) -> None:
    path = written(tmp_path, "-inf")
    assert np.isnan(read_csv(path, CsvReading(missing="-Inf")).column("u")).sum() == 3
    path = written(tmp_path, "inf")
    with pytest.raises(DataError, match="infinite"):
        read_csv(path, CsvReading(missing="-Inf")).column("u")


@pytest.mark.parametrize(("word", "missing"), [("OL", ""), ("Inf", "Inf"), ("BAD", "BAD")])
def test_a_long_file_knows_them_too(word: str, missing: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long_table, "LONG_BYTES", 100)
    table = open_table(written(tmp_path, word), CsvReading(missing=missing))
    assert table is not None and np.isnan(np.concatenate(list(table.blocks(["u"])))).sum() == 3


def test_a_long_file_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long_table, "LONG_BYTES", 100)
    table = open_table(written(tmp_path, "Inf"))
    assert table is not None
    with pytest.raises(DataError, match="list Inf under") as caught:
        list(table.blocks(["u"]))
    assert "--missing Inf" in caught.value.in_terminal()


def of(folder: Path, text: str) -> CsvTable:
    (folder / "log.csv").write_text(text)
    return read_csv(folder / "log.csv")


@pytest.mark.parametrize("name", ["n", "i", "n [1/min]", "sample"])
def test_a_letter_is_a_signal_unless_it_counts_rows(name: str, tmp_path: Path) -> None:
    signal = of(tmp_path, f"t,{name},v\n" + "".join(f"{row / 10},{row * row % 13},{row % 7}\n" for row in range(30)))
    assert signal.signal_names() == (name, "v") and signal.default_name() == name
    for first in (0, 1, 7):
        counting = of(tmp_path, f"{name},v\n" + "".join(f"{row + first},{row % 7}\n" for row in range(30)))
        assert counting.signal_names() == ("v",)
    with_gaps = of(tmp_path, f"{name},v\n" + "".join(f"{row},{row % 7}\n" for row in range(30) if row % 11))
    assert with_gaps.signal_names() == ("v",)
    falling = of(tmp_path, f"t,{name}\n" + "".join(f"{row / 10},{30 - row}.5\n" for row in range(30)))
    assert falling.signal_names() == (name,)


def days(month_first: str) -> str:
    return "date,u\n" + "".join(f"{month_first.format(a=3, b=4)} 10:00:{row:02d},{row % 7}\n" for row in range(60))


@pytest.mark.parametrize(("form", "word"), [("0{a}/0{b}/2025", "month"), ("0{a}.0{b}.2025", "day")])
def test_dates_that_may_be_either_say_so_and_can_be_told(form: str, word: str, tmp_path: Path) -> None:
    text = days(form)
    table = of(tmp_path, text)
    date = form.format(a=3, b=4)
    assert f"dates with the {word} first ({date} could be either)" in table.explanation()
    assert preview(table.path).reading.day_first == ("yes" if word == "day" else "no")
    told = read_csv(table.path, CsvReading(day_first="yes"))
    assert "dates with the day first every 1 s" in told.explanation() and "either" not in told.explanation()


@pytest.mark.parametrize("date", ["2025-03-04", "4 Mar 2025", "13/04/2025", "05/05/2025"])
def test_dates_that_are_clear_say_nothing(date: str, tmp_path: Path) -> None:
    assert "either" not in of(tmp_path, days(date)).explanation()


def test_days_that_pass_evenly_one_way_tell(tmp_path: Path) -> None:
    table = of(tmp_path, "date,u\n" + "".join(f"0{day}/04/2025,{day * day % 7}\n" for day in range(3, 9)))
    assert "dates with the day first every day" in table.explanation() and "either" not in table.explanation()


def test_the_last_day_of_a_long_recording_tells(tmp_path: Path) -> None:
    hours = [f"{1 + row // 360:02d}/04/2025 {row // 15 % 24:02d}:{row % 15 * 4:02d}" for row in range(360 * 13)]
    table = of(tmp_path, "date,u\n" + "".join(f"{hour},{row % 7}\n" for row, hour in enumerate(hours)))
    assert "dates with the day first every 4 min" in table.explanation() and "either" not in table.explanation()


def test_columns_without_a_value_are_named(tmp_path: Path) -> None:
    rows = [f"{row / 10},{row % 7},NaN,," for row in range(30)]
    table = of(tmp_path, "t,u,v,w,\n" + "\n".join(rows) + "\n")
    assert table.empty_names()[:2] == ("v", "w")
    assert table.explanation().endswith(" “v”, “w” have no value in any row.")
    lone = of(tmp_path, "t,u,v\n" + "\n".join(f"{row / 10},{row % 7}," for row in range(30)) + "\n")
    assert lone.explanation().endswith(" “v” has no value in any row.")
    late = of(tmp_path, "t,u,v\n" + "\n".join(f"{row / 10},{row % 7},{'x' if row > 20 else ''}" for row in range(30)) + "\n")
    assert "no value" not in late.explanation()
