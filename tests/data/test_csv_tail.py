"""The end of a file: a line that was cut off, a sum, a word that says that it is over; all of it named and left out."""

from pathlib import Path

import numpy as np
import pytest

from aedesk.data import long_table
from aedesk.data.csv_preview import preview
from aedesk.data.csv_saving import as_text, as_text_replaced
from aedesk.data.csv_table import read_csv
from aedesk.data.long_table import open_table
from aedesk.errors import DataError

COUNT = 40
ROWS = "time_s,u,i\n" + "".join(f"{row / 100:.2f},{row % 7}.25,{row % 5}.1250\n" for row in range(COUNT))
AFTER = COUNT + 2  # the line after the last row


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "log.csv"


@pytest.mark.parametrize("end", ["0.40", "0.4", "0.40,5.2", "0.40,5.25,", "0.40,5.25,0.1", '"0.40","5', "0.40,5.2" + "\0" * 512])
def test_a_line_that_was_cut_off(end: str, path: Path) -> None:
    path.write_bytes((ROWS + end).encode())
    table = read_csv(path)
    assert len(table) == COUNT and np.isfinite(table.column("i")).all()
    assert f"Line {AFTER} is cut off and was left out." in table.explanation()
    assert preview(path).explanation == table.explanation()


@pytest.mark.parametrize("end", ["0.40,5.25,3.1250", "0.40,5.25,3.1250\n", "0.40,5.25,3.12\n", "0.40,-5.25,13.1250"])
def test_a_whole_last_line_stays(end: str, path: Path) -> None:
    path.write_text(ROWS + end)
    table = read_csv(path)
    assert len(table) == COUNT + 1 and "left out" not in table.explanation()


def test_decimals_that_differ_say_nothing(path: Path) -> None:
    path.write_text("t,u\n" + "".join(f"{row},{row / 8:g}\n" for row in range(40)) + "40,5")
    assert len(read_csv(path)) == 41


@pytest.mark.parametrize(
    ("end", "said"),
    [
        ("END\n", f"Line {AFTER}, “END”, is no row"), ("END", f"Line {AFTER}, “END”, is no row"),
        ("Sum,12.3,45.6\n", f"Line {AFTER}, “Sum,12.3,45.6”"), ("Mean;all of it\n", "no row"), ("<EOF>\n\x1a", "“<EOF>”"),
        ("\nMean,1,2\nMax,3,4\n", f"Lines {AFTER + 1} to {AFTER + 2}, from “Mean,1,2” on, are no rows"),
        ("// the end of it, by device 5, all well\n", "“// the end of it, by device 5, all well”"),
        ("Total\n0.4", f"Lines {AFTER} to {AFTER + 1}"),
    ],
)  # fmt: skip
def test_words_below_the_table(end: str, said: str, path: Path) -> None:
    path.write_text(ROWS + end)
    table = read_csv(path)
    assert len(table) == COUNT and said in table.explanation()
    assert table.time_step() == pytest.approx(0.01) and not table.sampling().note


def test_comments_below_it_need_no_word(path: Path) -> None:
    path.write_text(ROWS + "# that was it\n\n")
    assert len(read_csv(path)) == COUNT and "left out" not in read_csv(path).explanation()


def test_a_word_below_a_lone_column(path: Path) -> None:
    path.write_text("u\n" + "".join(f"{row % 9}.5\n" for row in range(30)) + "Average\n4.5\n")
    with pytest.raises(DataError, match="“Average” in line 32"):
        read_csv(path).column()  # a number follows it, so that it is none of those
    path.write_text("u\n" + "".join(f"{row % 9}.5\n" for row in range(30)) + "Done.\n")
    assert len(read_csv(path)) == 30


@pytest.mark.parametrize("rows", ["OVLD,1\n", "OL,1\n", ",1\n", "---,1\n"])
def test_a_last_value_that_is_missing_is_a_row(rows: str, path: Path) -> None:
    path.write_text("u,v\n" + "1.5,2\n2.5,3\n" * 20 + rows)
    assert len(read_csv(path)) == 41


def test_a_word_in_a_column_of_words_and_numbers_is_a_row(path: Path) -> None:
    path.write_text("name,u\n" + "".join(f"{'x' if row % 9 == 4 else row},{row % 7}\n" for row in range(39)) + "y,5\n")
    assert len(read_csv(path)) == 40


def test_a_short_line_amidst_is_still_refused(path: Path) -> None:
    path.write_text(ROWS + "0.40\n0.41,1,2\n")
    with pytest.raises(DataError, match=f"line {AFTER}: found 1 value"):
        read_csv(path)


def test_a_cell_over_several_lines_is_no_end(path: Path) -> None:
    path.write_text("t,u,note\n" + "".join(f"{row},{row % 3},ok\n" for row in range(30)) + '30,1,"first\nsecond"\n')
    assert read_csv(path).texts("note")[-1] == "first\nsecond"


def test_what_was_left_out_stays_where_it_was(path: Path) -> None:
    text = ROWS + "Sum,1,2\n0.4"
    path.write_text(text)
    table = read_csv(path)
    added = as_text(table, {"w": np.arange(COUNT)}).decode()
    assert added.endswith("\n0.39,4.25,4.1250,39\nSum,1,2\n0.4") and as_text(table, {}).decode() == text
    changed = as_text_replaced(table, {"u": np.full(COUNT, 7.0)}).decode()
    assert changed.endswith("Sum,1,2\n0.4") and "0.39,7" in changed


def test_the_end_of_a_long_file_is_looked_at_too(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long_table, "LONG_BYTES", 100)
    monkeypatch.setattr(long_table, "_HEAD", 400)
    path.write_text(ROWS + "0.40,3")
    table = open_table(path)
    assert table is not None and len(table) == COUNT
    assert table.head.left_out == f"Line {AFTER} is cut off and was left out."
    assert sum(len(block) for block in table.blocks(["u"])) == COUNT


def test_a_preview_of_a_part_leaves_nothing_out(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from aedesk.data import csv_preview

    monkeypatch.setattr(csv_preview, "_HEAD", 400)
    path.write_text(ROWS + "0.40,3")
    assert "left out" not in preview(path).explanation
