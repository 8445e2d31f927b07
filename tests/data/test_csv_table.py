"""CSV files as people have them: read right, refused in one clear sentence, written back unharmed."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from aedesk import paths
from aedesk.data.csv_saving import as_text
from aedesk.data.csv_table import read_csv
from aedesk.data.usable import usable
from aedesk.errors import DataError

ECG = paths.resource("examples", "ecg.csv")
Write = Callable[[bytes | str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a file named log.csv."""

    def written(content: bytes | str) -> Path:
        path = tmp_path / "log.csv"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return written


# Content, names, and the columns of numbers, for files that look different and mean something plain.
READ = {
    "plain": (b"t,v\n0,1.5\n1,-2e3\n", ("t", "v"), [[0, 1.5], [1, -2000]]),
    "crlf": (b"t,v\r\n0,1\r\n1,2\r\n", ("t", "v"), [[0, 1], [1, 2]]),
    "carriage returns only": (b"t,v\r0,1\r1,2\r", ("t", "v"), [[0, 1], [1, 2]]),
    "mixed line endings": (b"t,v\r\n0,1\n1,2\r2,3", ("t", "v"), [[0, 1], [1, 2], [2, 3]]),
    "doubled carriage returns": (b"t,v\r\r\n0,1\r\r\n1,2\r\r\n", ("t", "v"), [[0, 1], [1, 2]]),
    "no end of the last line": (b"t,v\n0,1\n1,2", ("t", "v"), [[0, 1], [1, 2]]),
    "decimal commas": (b"t;v\n0;1,5\n1;-2,5e1\n", ("t", "v"), [[0, 1.5], [1, -25]]),
    "decimal commas between tabs": (b"t\tv\n0,5\t1,5\n1,5\t2\n", ("t", "v"), [[0.5, 1.5], [1.5, 2]]),
    "late decimal comma": (b"t;v\n" + b"0;1\n" * 500 + b"0;2,5\n", ("t", "v"), [[0, 1]] * 500 + [[0, 2.5]]),
    "one column of decimal commas": (b"v\n1,5\n2,5\n3\n", ("v",), [[1.5], [2.5], [3]]),
    "one such column, carriage returns": (b"v\r1,5\r2,5\r", ("v",), [[1.5], [2.5]]),
    "quoted decimal commas": (b'"t","v"\n"0","1,5"\n"1","2,5"\n', ("t", "v"), [[0, 1.5], [1, 2.5]]),
    "semicolons and points": (b"t;v\n0;1.5\n1;2.5\n", ("t", "v"), [[0, 1.5], [1, 2.5]]),
    "tabs": (b"t\tv\n0\t1\n1\t2\n", ("t", "v"), [[0, 1], [1, 2]]),
    "bars": (b"t|v\n0|1\n1|2\n", ("t", "v"), [[0, 1], [1, 2]]),
    "spaces": (b"0 1.5\n1 2.5\n", ("column 1", "column 2"), [[0, 1.5], [1, 2.5]]),
    "spaces after commas": (b"t, v\n0, 1 \n 1, 2\n", ("t", "v"), [[0, 1], [1, 2]]),
    "no header": (b"0,1\n1,2\n", ("column 1", "column 2"), [[0, 1], [1, 2]]),
    "no header, a gap at once": (b"0,NA\n1,2\n", ("column 1", "column 2"), [[0, np.nan], [1, 2]]),
    "no header, a name at the end": (
        b"5.1,3,setosa\n4,2,setosa\n",
        ("column 1", "column 2", "column 3"),
        [[5.1, 3], [4, 2]],
    ),
    "years as names": (b"land,2019,2020\nA,1,2\nB,3,4\n", ("land", "2019", "2020"), [[1, 2], [3, 4]]),
    "same names": (b"v,v,v (2)\n1,2,3\n", ("v", "v (2)", "v (2) (2)"), [[1, 2, 3]]),
    "nameless columns": (b",v,\n0,1,2\n1,2,3\n", ("column 1", "v", "column 3"), [[0, 1, 2], [1, 2, 3]]),
    "closing delimiter": (b"t,v,\n0,1,\n1,2,\n", ("t", "v"), [[0, 1], [1, 2]]),
    "closing delimiter in the rows": (b"t,v\n0,1,\n1,2,\n", ("t", "v"), [[0, 1], [1, 2]]),
    "closing delimiter in the header": (b"t,v,\n0,1\n1,2\n", ("t", "v"), [[0, 1], [1, 2]]),
    "quoted fields": (b'"t","a, ""b"""\n0,"1"\n', ("t", 'a, "b"'), [[0, 1]]),
    "quoted line ends": (b'"t\nin s",v,note\n0,1,"x\ny"\n1,2,z\n', ("t in s", "v", "note"), [[0, 1], [1, 2]]),
    "no comment inside quotes": (b't,v,n\n0,1,"x\n# y"\n# "\n1,2,z\n', ("t", "v", "n"), [[0, 1], [1, 2]]),
    "blank lines and mixed line endings": (b"t,v\r\n0,1\n\n1,2\n", ("t", "v"), [[0, 1], [1, 2]]),
    "comments": (b"# made by\n#\n\nt,v\n0,1\n# pause\n1,2\n\n", ("t", "v"), [[0, 1], [1, 2]]),
    "a comment with a quotation mark": (b'# 5" "x\nt,"v"\n0,1\n', ("t", "v"), [[0, 1]]),
    "names in a comment": (b"# t,v\n0,1\n1,2\n", ("t", "v"), [[0, 1], [1, 2]]),
    "gaps": (
        b"t,v\n0,\n1,NaN\n2, \n3,NULL\n4,---\n5,5\n",
        ("t", "v"),
        [[i, np.nan] for i in range(5)] + [[5, 5]],
    ),
    "gaps and decimal commas": (b"t;v\n0;\n1;nan\n2;2,5\n", ("t", "v"), [[0, np.nan], [1, np.nan], [2, 2.5]]),
    "a gap in a single column": (b"v\n1\n\n3\n4\n\n\n", ("v",), [[1], [np.nan], [3], [4]]),
    "a single column, doubly spaced": (b"v\n\n1\n\n2\n\n3\n", ("v",), [[1], [2], [3]]),
    "blank lines": (b"t,v\n\n0,1\n   \n1,2\n", ("t", "v"), [[0, 1], [1, 2]]),
    "one row": (b"t,v\n0,1\n", ("t", "v"), [[0, 1]]),
    "huge whole numbers": (b"v,w\n9123456789012345678901,1\n1,2\n", ("v", "w"), [[9123456789012345678901, 1], [1, 2]]),
}


@pytest.mark.parametrize("case", READ)
def test_reads(case: str, write: Write) -> None:
    content, names, numbers = READ[case]
    table = read_csv(write(content))
    assert table.names == names
    np.testing.assert_array_equal(table.numbers(), np.array(numbers, float))
    assert len(table) == len(numbers)


@pytest.mark.parametrize("case", READ)
def test_is_written_back_byte_for_byte_and_read_again_with_the_new_column(case: str, write: Write) -> None:
    path = write(READ[case][0])
    table = read_csv(path)
    before = table.numbers()
    assert as_text(table, {}) == READ[case][0]
    new = np.arange(len(table)) + 0.25
    new[-1] = -1e-7 / 3
    path.write_bytes(as_text(table, {"new": new}))
    again = read_csv(path)
    assert again.dialect.delimiter == table.dialect.delimiter
    assert again.dialect.line_ending == table.dialect.line_ending
    if table.dialect.has_header:
        assert again.names == (*table.names, "new")
    np.testing.assert_array_equal(again.numbers()[:, :-1], before)
    np.testing.assert_allclose(again.column(again.names[-1]), new, rtol=1e-15)


# Content, and what the sentence has to say beside the file's name.
REFUSED = {
    "empty": (b"", ["log.csv is empty"]),
    "blank": (b"\n \n\n", ["empty"]),
    "a byte-order mark alone": (b"\xef\xbb\xbf", ["empty"]),
    "comments alone": (b"# a\n# b\n", ["no rows"]),
    "a header alone": (b"t,v\n", ["header in line 1", "no rows"]),
    "a header alone, below comments": (b"# a\n\nt,v\n", ["header in line 3", "no rows"]),
    "a short row": (b"t,v\n0,1\n1\n2,3\n", ["line 3", "1 value ", "most lines have 2"]),
    "a long row": (b"# a\nt,v\n0,1\n1,2,3\n2,3\n", ["line 4", "3 values", "most lines have 2"]),
    "a short last row": (b"t,v\n0,1\n1,2\n2\n", ["line 4"]),
    "a long row below a quoted line end": (b't,v\n"0\n",1\n1,2,3\n2,3\n', ["line 4", "3 values"]),
    "a long first row": (b"t,v\n0,1,2\n1,2\n2,3\n", ["line 2", "3 values"]),
    "names too few": (b"t,v\n0,1,2\n1,2,3\n", ["line 1 has 2 column names", "line 2 has 3 values"]),
    "an open quotation mark": (b't,v\n0,"1\n1,2\n2,3\n', ["line 2", "quotation mark"]),
    "a very long open quotation": (b't,v\n0,1\n1,"2\n' + b"2,3\n" * 50_000, ["line 3", "quotation mark"]),
    "a zero byte": (b"t,v\n0,1\n1,\x002\n", ["line 3", "zero byte"]),
    "a spreadsheet": (b"PK\x03\x04\x14\x00\x06", ["spreadsheet", "Export"]),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00", ["not a text file"]),
    "control characters": (b"t,v\n0,\x01\n", ["not a text file"]),
    "UTF-16 cut short": (b"\xff\xfet\x00,\x00v", ["UTF-16", "damaged"]),
    "UTF-8 damaged": (b"\xef\xbb\xbft,v\n0,\xff\n", ["UTF-8", "damaged"]),
    "all in one line": (b"1," * 100_001, ["line 1", "at most 100000 columns"]),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refuses_in_one_sentence_that_says_where(case: str, write: Write) -> None:
    content, words = REFUSED[case]
    with pytest.raises(DataError) as caught:
        read_csv(write(content))
    _check_sentence(str(caught.value), "log.csv", *words)


def test_refuses_what_is_no_file(tmp_path: Path) -> None:
    missing = tmp_path / "none.csv"
    for path, word in [(tmp_path, "folder"), (missing, "does not exist"), ("a\0b.csv", "cannot be read")]:
        with pytest.raises(DataError) as caught:
            read_csv(path)
        _check_sentence(str(caught.value), str(path), word)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no such device here")
def test_refuses_an_endless_device() -> None:
    with pytest.raises(DataError, match="/dev/zero is not an ordinary file"):
        read_csv("/dev/zero")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="this user may read everything")
def test_refuses_a_file_that_may_not_be_read(write: Write) -> None:
    path = write("v\n1\n")
    path.chmod(0)
    with pytest.raises(DataError, match="log.csv may not be read"):
        read_csv(path)


# Content, column, and what the sentence has to say.
BAD_COLUMNS = {
    "text": (b"t,v\n0,1\n1,abc\n2,3\n", "v", ["column “v”", "“abc” in line 3", "not a number"]),
    "text below comments": (b"# a\n\nt,v\n0,1\n# b\n1,2\n2,x\n", "v", ["“x” in line 7"]),
    "text below a quoted line end": (b't,v,n\n0,1,"a\nb"\n1,x,c\n2,3,d\n', "v", ["“x” in line 4"]),
    "a word below the names": (b"t,v\n0,abc\n0,1\n1,2\n2,3\n", "v", ["“abc” in line 2"]),
    "a decimal comma among points": (b't\tv\n0\t1.5\n1\t2.5\n2\t3,5\n', "v", ["“3,5” in line 4"]),
    "a point among decimal commas": (b"t;v\n0;1,5\n1;2,5\n2;1.000\n", "v", ["“1.000” in line 4"]),
    "infinity": (b"t,v\n0,1\n1,-Inf\n", "v", ["“-inf” in line 3", "infinite"]),
    "too large": (b"t,v\n0,1\n1,1e999\n", "v", ["“v”", "line 3"]),
    "a column of text": (b"t,v,who\n0,1,Ann\n1,2,Bob\n", "who", ["“who”", "“Ann” in line 2", ": t, v."]),
    "truths": (b"t,v\n0,True\n1,False\n", "v", ["column “v”", "“True” in line 2"]),
    "no such column": (b"t,v\n0,1\n", "w", ["no column “w”", ": t, v."]),
    "text alone": (b"a,b\nx,y\nz,w\n", None, ["no column of numbers"]),
    "gaps alone": (b"a,b\n,NaN\nNA,\n", None, ["no column of numbers"]),
}


@pytest.mark.parametrize("case", BAD_COLUMNS)
def test_a_column_that_is_not_all_numbers_says_where(case: str, write: Write) -> None:
    content, column, words = BAD_COLUMNS[case]
    table = read_csv(write(content))
    with pytest.raises(DataError) as caught:
        table.column(column)
    _check_sentence(str(caught.value), "log.csv", *words)
    if column in table.numeric_names() or column is None:
        with pytest.raises(DataError, match="log.csv"):
            table.numbers()


def test_text_beside_the_wanted_column_does_no_harm(write: Write) -> None:
    table = read_csv(write("t,v,who\n0,1,Ann\nx,2,\n2,,Bob\n"))
    assert table.numeric_names() == ("t", "v")
    np.testing.assert_array_equal(table.column("v"), [1, 2, np.nan])
    assert table.time_step() is None


def test_an_empty_column_is_read_as_gaps(write: Write) -> None:
    table = read_csv(write("t,v\n0,\n1,\n"))
    assert table.numeric_names() == ("t",)
    assert np.isnan(table.column("v")).all()


def test_many_names_are_not_all_told(write: Write) -> None:
    table = read_csv(write(",".join(f"c{i}" for i in range(500)) + "\n" + ",".join("1" * 500)))
    with pytest.raises(DataError) as caught:
        table.column("x")
    assert len(str(caught.value)) < 300


def test_added_columns_follow_the_file(write: Write) -> None:
    table = read_csv(write("\ufefft;v\r\n0;1,50\r\n1;007\r\n2;+3\r\n"))
    added = {"v": np.array([0.1, np.nan, 1e-9]), "a;b": np.array([0.1, 2, 3], np.float32), "n": np.arange(3)}
    assert as_text(table, added) == (
        '\ufefft;v;v (2);"a;b";n\r\n0;1,50;0,1;0,1;0\r\n1;007;;2,0;1\r\n2;+3;1e-09;3,0;2\r\n'
    ).encode()


def test_comments_and_closing_delimiters_stay_where_they_are(write: Write) -> None:
    table = read_csv(write("# a\n\nt,v,\n0,1,\n# b\n1,2,\n\n"))
    assert as_text(table, {"w": np.array([3, 4])}) == b"# a\n\nt,v,w,\n0,1,3,\n# b\n1,2,4,\n\n"


def test_added_columns_must_have_a_value_for_every_row(write: Write) -> None:
    table = read_csv(write("t,v\n0,1\n1,2\n"))
    for wrong in (np.zeros(1), np.zeros(3), np.zeros((2, 1))):
        with pytest.raises(ValueError, match="the table 2 rows"):
            as_text(table, {"w": wrong})


def test_a_file_changed_meanwhile_is_not_written_over(write: Write) -> None:
    table = read_csv(write("t,v\n0,1\n1,2\n"))
    path = write("t,v\n0,1\n1,3\n")
    with pytest.raises(DataError, match="log.csv has changed"):
        as_text(table, {"w": np.zeros(2)})
    path.unlink()
    with pytest.raises(DataError, match="does not exist"):
        as_text(table, {"w": np.zeros(2)})


def test_usable_rows() -> None:
    np.testing.assert_array_equal(usable(np.array([1, np.nan, 2])), [True, False, True])
    np.testing.assert_array_equal(usable(np.array([[1, np.inf], [1, 2], [1, 3]])), [False, True, True])
    for values, word in [
        (np.array([]), "Column “v” has 0 usable rows"),
        (np.array([np.nan, np.nan]), "0 usable rows"),
        (np.array([1, np.nan]), "1 usable row;"),
        (np.array([[1, np.nan], [np.nan, 1]]), "0 usable rows"),
        (np.array([2.5, 2.5, np.nan]), "never changes: it is 2.5"),
        (np.array([[1, 2], [1, 2]]), "never changes"),
    ]:
        with pytest.raises(DataError) as caught:
            usable(values, "Column “v”")
        _check_sentence(str(caught.value), "Column “v”", word)
    with pytest.raises(DataError, match="at least 5 are needed"):
        usable(np.arange(4.0), least=5)


def test_the_shipped_recording_is_read_and_written_back() -> None:
    begin = time.perf_counter()
    table = read_csv(ECG)
    assert time.perf_counter() - begin < 5  # takes some hundredths of this
    assert len(table) == 108_000
    assert table.numeric_names() == ("time_s", "ecg_mV")
    assert table.default_name() == "ecg_mV"
    assert 1 / table.time_step() == pytest.approx(360, rel=1e-4)
    values = table.column()
    assert values.dtype == np.float64 and values[:3].tolist() == [-0.245, -0.215, -0.185]
    assert as_text(table, {}) == ECG.read_bytes()
    text = as_text(table, {"ecg_mV_clean": (values * 3).astype(np.float32)})
    lines, old = text.splitlines(), ECG.read_bytes().splitlines()
    assert lines[0] == old[0] + b",ecg_mV_clean"
    assert all(line.rpartition(b",")[0] == original for line, original in zip(lines, old, strict=True))
    back = np.array([float(line.rpartition(b",")[2]) for line in lines[1:]], np.float32)
    np.testing.assert_array_equal(back, (values * 3).astype(np.float32))


def test_reading_needs_no_torch_and_importing_no_pandas() -> None:
    code = (
        "import sys; from aedesk.data.csv_table import read_csv; assert 'pandas' not in sys.modules;"
        "read_csv(sys.argv[1]).column(); assert 'torch' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code, str(ECG)], check=True, cwd=Path(__file__).parents[2])


def _check_sentence(text: str, *words: str) -> None:
    for word in words:
        assert word in text
    assert text.endswith(".") and "\n" not in text and "None" not in text and "np." not in text
