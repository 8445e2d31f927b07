"""How a CSV file is written is guessed from its bytes, and kept when it is written again."""

import codecs
from pathlib import Path

import numpy as np
import pytest

from aedesk.data.csv_dialect import guess_delimiter
from aedesk.data.csv_values import guess_decimal, has_header
from aedesk.data.csv_saving import as_text
from aedesk.data.csv_table import read_csv
from aedesk.errors import DataError

RUSSIAN = "время;сигнал\r\n0;1,5\r\n1;2,5\r\n"
WESTERN = "t,Größe à côté\n0,1.5\n1,2.5\n"


@pytest.mark.parametrize(
    ("text", "encoding", "bom", "guessed"),
    [
        (RUSSIAN, "utf-8", b"", "utf-8"),
        (RUSSIAN, "utf-8", codecs.BOM_UTF8, "utf-8"),
        (RUSSIAN, "utf-16-le", codecs.BOM_UTF16_LE, "utf-16-le"),
        (RUSSIAN, "utf-16-be", codecs.BOM_UTF16_BE, "utf-16-be"),
        (RUSSIAN, "utf-32-le", codecs.BOM_UTF32_LE, "utf-32-le"),
        (RUSSIAN, "cp1251", b"", "cp1251"),
        (WESTERN, "utf-8", b"", "utf-8"),
        (WESTERN, "cp1252", b"", "cp1252"),
        ("t;T in °C\n0;1,5\n", "cp1252", b"", "cp1252"),
        ("t,v\n0,1\n", "ascii", b"", "utf-8"),
        ("t,v\x81é\n0,1\n", "latin-1", b"", "latin-1"),
    ],
)
def test_encodings(text: str, encoding: str, bom: bytes, guessed: str, tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_bytes(bom + text.encode(encoding))
    table = read_csv(path)
    assert (table.dialect.encoding, table.dialect.bom) == (guessed, bom)
    mark = table.dialect.delimiter
    lines = text.splitlines()
    assert table.names == tuple(text.partition("\n")[0].strip().split(mark))
    assert as_text(table, {}) == path.read_bytes()
    rows = len(table)
    added = as_text(table, {"new": np.arange(rows)})
    assert added.startswith(bom)
    again = added[len(bom) :].decode(encoding)
    assert text.count("\r") == again.count("\r")
    if guessed != "latin-1":
        assert again.splitlines()[0] == f"{lines[0]}{mark}new"
        assert again.splitlines()[-1] == f"{lines[-1]}{mark}{rows - 1}"


def test_a_new_name_that_the_encoding_lacks_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_bytes(RUSSIAN.encode("cp1251"))
    with pytest.raises(DataError, match="cp1251, has no letter “é”"):
        as_text(read_csv(path), {"nettoyé": np.zeros(2)})


def test_the_dialect_says_where_the_data_begin(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_bytes(b"# a\r\n\r\nt;v\r\n0;1,5\r\n")
    dialect = read_csv(path).dialect
    assert (dialect.first_line, dialect.has_header, dialect.line_ending) == (4, True, "\r\n")
    assert (dialect.delimiter, dialect.decimal, dialect.quote) == (";", ",", '"')


@pytest.mark.parametrize(
    ("lines", "delimiter"),
    [
        (["a,b", "1,2"], ","),
        (["a;b", "1,5;2,5"], ";"),
        (["a\tb", "1,5\t2,5"], "\t"),
        (["a|b", "1|2"], "|"),
        (["1 2", "3 4"], " "),
        (["signal in mV", "1", "2"], ","),
        (['"a;b;c",d', '"e;f;g",1'], ","),
        (["a;b;c", "1;2;3", "1;2", "1;2;3"], ";"),
        (["v", "1,5", "2"], ";"),
        (["v"], ","),
    ],
)
def test_delimiters(lines: list[str], delimiter: str) -> None:
    assert guess_delimiter(lines) == delimiter


@pytest.mark.parametrize(
    ("content", "delimiter", "decimal"),
    [
        (b"a;b\n1,5;2\n", ";", ","),
        (b"a;b\n1.5;2\n", ";", "."),
        (b"a;b, c\n1.5;2\n", ";", "."),
        (b"a;b\n1,5;x, y\n", ";", ","),
        (b"a;b\n1;02.03.2024\n", ";", "."),
        (b"a\tb\r1,5\t,5\r", "\t", ","),
        (b'a,b\n"1,5",2\n', ",", ","),
        (b'a,b\n"x",2.5\n', ",", "."),
        (b"a,b\n1,2\n", ",", "."),
        (b"a;b\n1.5;1,5\n2.5;3\n", ";", "."),
    ],
)
def test_decimal_marks(content: bytes, delimiter: str, decimal: str) -> None:
    assert guess_decimal(content, 0, delimiter) == decimal


@pytest.mark.parametrize(
    ("rows", "named"),
    [
        (["t,v", "0,1"], True),
        (["0,1", "1,2"], False),
        (["who,what", "Ann,tea"], True),
        (["who,2019,2020", "Ann,1,2"], True),
        (["5.1,setosa", "4.9,setosa"], False),
        (["2024-01-01 00:00:00,1.5", "2024-01-01 00:00:01,1.6"], False),
        (["12:00:01,1.5", "12:00:02,1.6"], False),
        (["1,v", "1,2", "2,3"], True),
        (["-inf,NaN", "1,2"], False),
        (["NaN,--", "1,2"], False),
        (["t,v"], True),
    ],
)
def test_headers(rows: list[str], named: bool) -> None:
    first, *below = [row.split(",") for row in rows]
    assert has_header(first, below, ".") is named
