"""The preview of a text table: what was guessed, in a sentence and field by field, from the file's beginning alone."""

from pathlib import Path

import numpy as np
import pytest

from aedesk import paths
from aedesk.data import csv_encoding
from aedesk.data.csv_explanation import every_text, step_text
from aedesk.data.csv_preview import preview
from aedesk.data.csv_reading import CsvReading
from aedesk.data.csv_table import read_csv
from aedesk.errors import DataError

EXPORT = "Scope 7\nNo. 5\nZeit;U;leer;Wort\ns;V;;\n" + "".join(
    f"{row / 360:.5f};{row % 7},5;;ok\n".replace(".", ",") for row in range(500)
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "log.csv"
    found.write_text(EXPORT, "utf-8")
    return found


def test_the_guess_is_explained_and_filled_in(path: Path) -> None:
    seen = preview(path)
    assert seen.problem == ""
    assert seen.explanation == (
        "Semicolons, decimal comma, 2 lines above the table, a row of units, times every 2.78 ms (360 Hz). “leer” has no value in any row."
    )
    assert seen.guessed == set(CsvReading.model_fields)
    assert seen.reading == CsvReading(
        encoding="utf-8", delimiter=";", decimal=",", thousands="none", quote='"', comment="#", skip=2, header="yes",
        units="yes", missing="none", time="Zeit", rate=360,
    )  # fmt: skip
    assert seen.names == ("Zeit", "U", "leer", "Wort") and seen.units == ("s", "V", "", "")
    assert seen.roles == ("time", "channel", "empty", "text")
    assert len(seen.rows) == 100 and seen.rows[1] == ("0,00278", "1,5", "", "ok")
    np.testing.assert_array_equal(seen.values[:, 0], np.arange(500) % 7 + 0.5)
    assert seen.sampling.step == pytest.approx(1 / 360, rel=1e-4)


def test_what_was_found_reads_the_file_the_same_way(path: Path) -> None:
    again = preview(path, preview(path).reading)
    assert again.guessed == {"day_first"} and again.problem == "", "nothing is claimed of days where there are no dates"
    assert again.names == preview(path).names and again.explanation.endswith("360 Hz as given. “leer” has no value in any row.")
    np.testing.assert_array_equal(again.values, preview(path).values)


def test_a_wrong_word_shows_its_lines(path: Path) -> None:
    seen = preview(path, CsvReading(skip=0))
    assert seen.problem.startswith("log.csv") and seen.rows[:2] == (("Scope 7",), ("No. 5",))
    assert "skip" not in seen.guessed and seen.reading.skip == 0
    with pytest.raises(DataError) as caught:
        read_csv(path, CsvReading(skip=0))
    assert str(caught.value) == seen.problem


@pytest.mark.parametrize(
    ("content", "said", "rows"),
    [
        (b"", "is empty", 0),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not a text file", 0),
        (b"RIFF\x24\x08\x00\x00WAVEfmt ", "zero byte", 0),
        (b"\x1f\x8b\x08abc", "compressed", 1),
        (b"a,b\nx,y\n", "no column of numbers", 2),
        (b't,v\n0,"1\n1,2\n', "quotation mark opened in line 2", 3),
    ],
)
def test_what_cannot_be_read_is_said(content: bytes, said: str, rows: int, path: Path) -> None:
    path.write_bytes(content)
    seen = preview(path)
    assert said in seen.problem and seen.problem.startswith("log.csv") and len(seen.rows) == rows


def test_only_the_beginning_is_read(path: Path) -> None:
    with path.open("wb") as file:
        file.write(EXPORT.encode() * 1)
        for row in range(500, 60_000):
            file.write(f"{row / 360:.5f};{row % 7},5;;ok\n".replace(".", ",").encode())
        file.truncate(1_500_000_000)  # the rest is no text
    seen = preview(path)
    assert seen.problem == "" and 10_000 < len(seen.values) < 60_000


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "cp1251"])
def test_the_beginning_ends_with_a_line_in_any_encoding(encoding: str, path: Path) -> None:
    path.write_bytes(("время;сигнал\n" + "0,125;1,5\n1,125;2,5\n" * 60_000).encode(encoding))
    seen = preview(path)
    assert seen.problem == "" and seen.names == ("время", "сигнал")
    assert np.isfinite(seen.values).all() and len(seen.values) < 120_000


def test_one_line_without_end_is_refused_early(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_encoding, "LONGEST_LINE", 2_000_000)
    with path.open("wb") as file:
        file.write(b"1,2;" * 600_000)
        file.truncate(1_500_000_000)
    for said in (preview(path).problem, str(pytest.raises(DataError, read_csv, path).value)):
        assert "log.csv, line 1 goes on for more than 2 MB" in said


def test_the_shipped_recording() -> None:
    seen = preview(paths.resource("examples", "ecg.csv"))
    assert seen.explanation == "Commas, decimal point, times every 2.78 ms (360 Hz)."


@pytest.mark.parametrize(
    ("step", "said"),
    [(1 / 360.004, "2.78 ms (360 Hz)"), (1 / 44_100, "22.7 µs (44.1 kHz)"), (1, "1 s (1 Hz)"), (3600, "1 h"), (9e4, "1.04 days"), (86_400, "1 day"), (1e-11, "0.01 ns (100 GHz)")],
)
def test_steps_in_words(step: float, said: str) -> None:
    assert step_text(step) == said


@pytest.mark.parametrize(
    ("step", "said"),
    [(86_400, "every day"), (3600, "every hour"), (60, "every minute"), (900, "every 15 min"), (0.01, "every 10 ms (100 Hz)")],
)
def test_how_often_there_is_a_row(step: float, said: str) -> None:
    assert every_text(step) == said


def test_the_marks_for_missing_values_that_are_told_are_those_filled_in(tmp_path: Path) -> None:
    path = tmp_path / "gaps.csv"
    path.write_text("v\n" + "".join(f"{'---' if row % 9 == 4 else row % 7}\n" for row in range(90)), "utf-8")
    seen = preview(path)
    assert "--- for missing values" in seen.explanation and seen.reading.missing == "---"
    again = preview(path, seen.reading)
    assert again.problem == "" and "--- for missing values" in again.explanation and again.reading.missing == "---"
    np.testing.assert_array_equal(again.values, seen.values)


# -- where something is wrong ---------------------------------------------------------------------


def _far(tmp_path: Path, line: str, ending: str = "\n") -> Path:
    """A table of 3000 rows under two lines of comments and the names, with ``line`` in line 1501."""
    lines = ["# a", "# b", "t;v;w", *(f"{row / 100:.2f};{row % 7};{row % 5}" for row in range(3000))]
    lines[1500] = line
    path = tmp_path / "far.csv"
    path.write_text(ending.join(lines) + ending, encoding="utf-8", newline="")
    return path


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_a_wrong_line_far_down_is_among_those_shown(tmp_path, ending):
    seen = preview(_far(tmp_path, "14.97;1;2;3", ending))
    assert "line 1501" in seen.problem
    assert seen.rows[seen.problem_row] == ("14.97;1;2;3",) and seen.problem_row == 1500
    assert 1510 < len(seen.rows) < 1600


def test_a_cell_that_is_no_number_is_told_with_its_row(tmp_path):
    seen = preview(_far(tmp_path, "14.97;abc;2"))
    assert seen.problem == "" and set(seen.bad_cells) == {"v"}
    cell = seen.bad_cells["v"]
    assert "“abc” in line 1501" in cell.sentence and seen.rows[cell.row] == ("14.97", "abc", "2")
    assert preview(_far(tmp_path, "14.97;abc;2"), CsvReading(missing="abc")).bad_cells == {}


def test_a_cell_that_is_infinite_is_told_too(tmp_path):
    seen = preview(_far(tmp_path, "14.97;1;1e999"))
    assert set(seen.bad_cells) == {"w"} and seen.rows[seen.bad_cells["w"].row][2] == "1e999"


def test_a_sound_table_shows_its_first_hundred_rows_and_marks_none(tmp_path):
    seen = preview(_far(tmp_path, "14.97;1;2"))
    assert len(seen.rows) == 100 and seen.bad_cells == {} and seen.problem_row is None


def test_a_problem_in_no_one_line_marks_none(tmp_path):
    path = tmp_path / "words.csv"
    path.write_text("a;b\n" + "x;y\n" * 30, "utf-8")
    seen = preview(path)
    assert seen.problem and seen.problem_row is None
