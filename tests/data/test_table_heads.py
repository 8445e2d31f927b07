"""Where names stand above a table, and what stands between: settings, numbers of columns, formats, rows without a value."""

from pathlib import Path

import numpy as np
import pytest

from aedesk.data.csv_saving import as_text
from aedesk.data.csv_table import CsvTable, read_csv
from aedesk.errors import DataError

COUNT = 40
LEVELS = np.round(np.sin(np.arange(COUNT) / 3), 3)


def written(folder: Path, head: str, row: str = "{time:.2f},{level:.3f},7{place}\n", name: str = "log.csv") -> CsvTable:
    rows = "".join(row.format(time=place / 100, level=level, place=place % 9) for place, level in enumerate(LEVELS))
    (folder / name).write_text(head + rows)
    return read_csv(folder / name)


PADDED = "Report,,\nPlace:,Hill,\nHeight:,1819.6,\nShare,17,\n,,\ntime,level,gas\n"  # as a spreadsheet program saves it
HEADS = {
    "settings filled up": PADDED,
    "settings and units filled up": PADDED + "s,mV,ppm\n",
    "numbers of columns": "1,2,3\ntime,level,gas\n",
    "settings of channels": 'Source,"CH 1","CH 2"\nScale =,0.1,2\nInverted =,NO,NO\ntime,level,gas\n',
    "names in apostrophes": "'time','level','gas'\n'seconds','mV','ppm'\n",
}


@pytest.mark.parametrize("case", HEADS)
def test_names_below_other_rows(case: str, tmp_path: Path) -> None:
    table = written(tmp_path, HEADS[case])
    assert table.names == ("time", "level", "gas") and len(table) == COUNT
    np.testing.assert_allclose(table.column("level"), LEVELS)
    assert table.units[1] == ("mV" if "mV" in HEADS[case] else "")


def test_formats_of_columns_are_no_names(tmp_path: Path) -> None:
    head = "# provisional\nagency\tsite\twhen\t69928_00060\tkind\n5s\t15s\t20d\t14n\t10s\n"
    table = written(tmp_path, head, "USGS\t01646500\t2023-05-30 00:{place:02d}\t{level}\tA\n", "flow.txt")
    assert table.names == ("agency", "site", "when", "69928_00060", "kind")
    assert table.default_name() == "69928_00060" and len(table) == COUNT


@pytest.mark.parametrize(("head", "row"), [(",0\n", "{time},{level}\n"), (",0,1,2\n", "{time},{level},1,2\n"), ("0,1,2\n", "{time},{level},2\n")])
def test_numbers_that_stand_for_names(head: str, row: str, tmp_path: Path) -> None:
    table = written(tmp_path, head, row)
    assert table.dialect.has_header and len(table) == COUNT
    np.testing.assert_allclose(table.column("1" if head == "0,1,2\n" else "0"), LEVELS)


def test_numbers_that_may_be_values_are_none(tmp_path: Path) -> None:
    table = written(tmp_path, "0,1\n", "{time},{level}\n")  # two alone
    assert not table.dialect.has_header and len(table) == COUNT + 1
    whole = written(tmp_path, "0,1,2\n", "{place},1,2\n")
    assert not whole.dialect.has_header and len(whole) == COUNT + 1


def test_rows_whose_values_begin_late_are_rows(tmp_path: Path) -> None:
    table = written(tmp_path, "name,size\n" + "part,\n" * 5, "part,{level}\n")
    assert table.names == ("name", "size") and len(table) == COUNT + 5
    np.testing.assert_allclose(table.column("size"), [np.nan] * 5 + LEVELS.tolist())


def test_a_last_delimiter_may_have_a_space_behind_it(tmp_path: Path) -> None:
    table = written(tmp_path, ",CH1,CH2\nSecond,Volt,Volt\n", "{time:.2f},{level:.3f},{place}, \n")
    assert table.names[1:] == ("CH1", "CH2") and table.units == ("Second", "Volt", "Volt")
    assert table.time_step() == pytest.approx(0.01)
    np.testing.assert_allclose(table.column("CH1"), LEVELS)
    (tmp_path / "again.csv").write_bytes(as_text(table, {"CH1_clean": LEVELS}, {"CH1_clean": "Volt"}))
    again = read_csv(tmp_path / "again.csv")
    assert again.names[1:] == ("CH1", "CH2", "CH1_clean") and again.units[3] == "Volt"
    np.testing.assert_allclose(again.column("CH1_clean"), LEVELS)
    np.testing.assert_allclose(again.column("CH2"), table.column("CH2"))


def test_names_and_units_in_comments(tmp_path: Path) -> None:
    head = "#time  WSPD  GST\n#sec   m/s   m/s\n"
    table = written(tmp_path, head, "{time:.2f}  {level}  {place}\n", "buoy.txt")
    assert table.names == ("time", "WSPD", "GST") and table.units == ("sec", "m/s", "m/s")
    (tmp_path / "again.txt").write_bytes(as_text(table, {"WSPD_clean": LEVELS}, {"WSPD_clean": "m/s"}))
    again = read_csv(tmp_path / "again.txt")
    assert again.names == ("time", "WSPD", "GST", "WSPD_clean") and again.units[3] == "m/s"


@pytest.mark.parametrize(
    ("head", "names"),
    [
        ("# Rate (Hz):= 100\n# Labels:= x\ty\n", ("x", "y")),
        ("# Fields: x\ty\n", ("x", "y")),
        ("# made by\tus\n# a\tb\n", ("a", "b")),  # single letters are names, and not amperes and bels
        ("# x\ty\n# made\tby\n", ("made", "by")),
        ("# Time: x\ty\n", ("Time: x", "y")),
    ],
)
def test_what_comments_say_of_names(head: str, names: tuple[str, ...], tmp_path: Path) -> None:
    assert written(tmp_path, head, "{level}\t{place}.5\n", "bio.txt").names == names


def test_a_lone_column_has_the_name_that_its_comment_labels(tmp_path: Path) -> None:
    assert written(tmp_path, "# Rate (Hz):= 100\n# Labels:= ECG\n", "{level}\n", "ecg.txt").names == ("ECG",)
    assert written(tmp_path, "# recorded\n", "{level}\n", "ecg.txt").names == ("column 1",)


def test_settings_of_a_wide_table_are_no_rows(tmp_path: Path) -> None:
    settings = [["Report"], ["Asked for:", "Hill"], ["Place:", "Hill, North"], ["Height:", "1819.6"], ["Size:", "4"], ["Kind:", "fixed"], ["Tilt:", "20"], [""]]
    names = ["time", "level", *"abcdefgh"]
    head = "".join(",".join([f'"{cell}"' if "," in cell else cell for cell in row] + [""] * (10 - len(row))) + "\n" for row in settings)
    table = written(tmp_path, head + ",".join(names) + "\n", "{time},{level},1,2,3,4,5,6,7,{place}\n")
    assert table.names == tuple(names) and len(table) == COUNT and table.dialect.skip == len(settings)
    np.testing.assert_allclose(table.column("level"), LEVELS)


def test_a_row_of_places_and_texts_is_no_row_above_its_names(tmp_path: Path) -> None:
    names = ["date", "level", "kind", "share", *"abcdef"]
    head = "0,Hill,NA,-5,44.465,-73.2,41,by us,,\n" + ",".join(names) + "\n"
    table = written(tmp_path, head, "2023-05-01 00:{place:02d},{level},,2,1,1.5,2,2.5,{place},7\n")
    assert table.names == tuple(names) and len(table) == COUNT


def test_a_colon_behind_the_first_name_makes_it_no_setting(tmp_path: Path) -> None:
    assert written(tmp_path, "Time:,level,gas\n").names == ("Time:", "level", "gas")


def test_a_row_of_words_among_the_values_is_named_and_not_taken_for_names(tmp_path: Path) -> None:
    text = "time,level,gas\n" + "".join(f"{place},{level},3\n" for place, level in enumerate(LEVELS[:5])) + "restart,restart,restart\n"
    table = written(tmp_path, text)
    assert table.names == ("time", "level", "gas")
    with pytest.raises(DataError, match="“restart” in line 7"):
        table.column("level")
