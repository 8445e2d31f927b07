"""Which way of guessing how text tables are written is right most often, on files that nobody here wrote.

``python -m tests.benchmarks.sniffing FOLDER [--readme]`` looks below the folder for the files named here (the npm
package csv-spectrum and the sources of csvkit, heartpy, pyActigraphy and obspy, unpacked) and prints
how often each way finds the delimiter, the names and the encoding. Ways whose library is not installed
are left out.
"""

import argparse
import csv
import importlib
import io
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from aedesk.data.csv_encoding import decoded
from aedesk.data.csv_layout import layout_of
from tests.benchmarks.readme import write_into_readme

_HEAD = 30_000  # bytes
_PATIENCE = 10  # seconds for a file


@dataclass(frozen=True)
class Label:
    """What a file is by eye: its delimiter ("" for one column), its columns, whether they are named."""

    delimiter: str
    columns: int
    named: bool = True
    encoding: str = "utf-8"


LABELS = {
    "csvs/comma_in_quotes.csv": Label(",", 5),
    "csvs/empty.csv": Label(",", 3),
    "csvs/empty_crlf.csv": Label(",", 3),
    "csvs/escaped_quotes.csv": Label(",", 2),
    "csvs/json.csv": Label(",", 2),
    "csvs/location_coordinates.csv": Label(",", 4),
    "csvs/newlines.csv": Label(",", 3),
    "csvs/newlines_crlf.csv": Label(",", 3),
    "csvs/quotes_and_newlines.csv": Label(",", 2),
    "csvs/simple.csv": Label(",", 3),
    "csvs/simple_crlf.csv": Label(",", 3),
    "csvs/utf8.csv": Label(",", 3),
    "examples/blanks.csv": Label(",", 6),
    "examples/date_like_number.csv": Label("", 1),
    "examples/dummy.csv": Label(",", 3),
    "examples/dummy.tsv": Label("\t", 3),
    "examples/dummy3.csv": Label(",", 3),
    "examples/foo1.csv": Label(",", 3),
    "examples/iris.csv": Label(",", 5),
    "examples/irismeta.csv": Label(",", 3),
    "examples/join_a.csv": Label(",", 3),
    "examples/join_short.csv": Label(",", 5),
    "examples/mac_newlines.csv": Label(",", 3),
    "examples/no_header_row.csv": Label(",", 3, False),
    "examples/no_header_row3.csv": Label(",", 3, False),
    "examples/optional_quote_characters.csv": Label(",", 3),
    "examples/sheetsxls_converted.csv": Label(",", 9),
    "examples/sniff_limit.csv": Label(";", 3),
    "examples/test_date_format.csv": Label("", 1),
    "examples/test_geo.csv": Label(",", 12),
    "examples/test_geojson.csv": Label(",", 7),
    "examples/test_latin1.csv": Label(",", 3, True, "latin-1"),
    "examples/test_locale.csv": Label(",", 3),
    "examples/test_skip_lines.csv": Label(",", 3),
    "examples/test_utf16_big.csv": Label(",", 3, True, "utf-16"),
    "examples/test_utf16_little.csv": Label(",", 3, True, "utf-16"),
    "examples/test_utf8.csv": Label(",", 3),
    "examples/test_utf8_bom.csv": Label(",", 3, True, "utf-8-sig"),
    "examples/testdbf_converted.csv": Label(",", 12),
    "examples/testfixed_converted.csv": Label(",", 8),
    "realdata/Datagov_FY10_EDU_recp_by_State.csv": Label(",", 9),
    "realdata/FY09_EDU_Recipients_by_State.csv": Label(",", 9),
    "realdata/README.csv": Label(",", 4),
    "realdata/acs2012_5yr_population.csv": Label(",", 4),
    "realdata/event-notification-rpt-lastmonth.txt": Label("|", 71),
    "realdata/ks_1033_data.csv": Label(",", 14),
    "heartpy/data/data.csv": Label("", 1, False),
    "heartpy/data/data2.csv": Label(",", 2),
    "heartpy/data/data3.csv": Label(",", 2),
    "csv/tests/data/catalog.csv": Label(",", 7),
    "csv/tests/data/events.txt": Label("|", 13),
    "csv/tests/data/external.csv": Label(",", 12),
    "csv/tests/data/incomplete.csv": Label(",", 7),
    "stationtxt/tests/data/channel_level_fdsn.txt": Label("|", 17),
    "stationtxt/tests/data/network_level_fdsn.txt": Label("|", 5),
    "stationtxt/tests/data/station_level_fdsn.txt": Label("|", 8),
    "ascii/tests/data/slist_float.ascii": Label("\t", 6, False),
    "ascii/tests/data/slist_unknown.ascii": Label(" ", 6, False),
    "ascii/tests/data/tspair.ascii": Label(" ", 2, False),
    "ascii/tests/data/tspair_float.ascii": Label(" ", 2, False),
    "zmap/tests/data/templates.txt": Label("\t", 10, False),
    "zmap/tests/data/zmap_events.txt": Label("\t", 10, False),
    "signal/tests/data/TFEM_11a.dat": Label(" ", 60, False),
    "signal/tests/data/TPM_11a.dat": Label("", 1, False),
    "sh/tests/data/TEST_090101_0101.ASC": Label(" ", 4, False),
    "TSG/BRV.TSG.DS.lE21.asc": Label("", 1),
    "geodetics/data/Flinn-Engdahl.csv": Label(";", 2, False),
    "pyActigraphy/tests/data/example_masklog.csv": Label(",", 4),
    "pyActigraphy/tests/data/test_sample.csv": Label(",", 11),
    "pyActigraphy/tests/data/test_sample_atr.txt": Label(";", 21),
    "pyActigraphy/tests/data/test_sample_mesa.csv": Label(",", 15),
    "pyActigraphy/tests/data/test_sample_rpx_eng.csv": Label(",", 8, True, "utf-8-sig"),
    "pyActigraphy/tests/data/test_sample_rpx_fr.csv": Label(",", 11),
    "pyActigraphy/tests/data/test_sample_rpx_ger_no_light.csv": Label(",", 8),
    "pyActigraphy/tests/data/test_sample_rpx_ger_with_light.csv": Label(",", 12),
    "pyActigraphy/tests/data/test_sample_tal.txt": Label(";", 5),
    "pyActigraphy/tests/data/test_sample_aw7.AWD": Label(",", 2, False),
    "pyActigraphy/tests/data/test_sample_dqt.csv": Label(",", 3, False),
}

Guess = tuple[str | None, int | None, bool | None]
"""A delimiter, a number of columns, whether there are names; None where a way does not say."""


def ours(raw: bytes, text: str) -> Guess:
    layout = layout_of(raw, "file")
    return (layout.dialect.delimiter if layout.width > 1 else ""), len(layout.names), layout.dialect.has_header


def sniffer(raw: bytes, text: str) -> Guess:
    return csv.Sniffer().sniff(text).delimiter, None, csv.Sniffer().has_header(text)


def clever(raw: bytes, text: str) -> Guess:
    library = importlib.import_module("clevercsv")
    dialect = library.Detector().detect(text)
    if dialect is None:
        raise ValueError("no dialect")
    return dialect.delimiter, None, library.Detector().has_header(text)


def pandas_python(raw: bytes, text: str) -> Guess:
    import pandas

    return None, pandas.read_csv(io.StringIO(text), sep=None, engine="python").shape[1], None


def our_encoding(raw: bytes) -> str:
    content, encoding, bom = decoded(raw, "file")
    return {"utf-16-le": "utf-16", "utf-16-be": "utf-16"}.get(encoding, "utf-8-sig" if bom else encoding)


def normalizer(raw: bytes) -> str:
    return importlib.import_module("charset_normalizer").detect(raw)["encoding"] or ""


def chardet(raw: bytes) -> str:
    return importlib.import_module("chardet").detect(raw)["encoding"] or ""


WAYS: dict[str, Callable[[bytes, str], Guess]] = {
    "ours": ours,
    "csv.Sniffer": sniffer,
    "clevercsv": clever,
    "pandas sep=None": pandas_python,
}
ENCODINGS = {"ours": our_encoding, "charset_normalizer": normalizer, "chardet": chardet}


@contextmanager
def at_most(seconds: int) -> Iterator[None]:
    """TimeoutError where what is inside takes longer."""

    def end(*_: object) -> None:
        raise TimeoutError

    signal.signal(signal.SIGALRM, end)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)


def judged(name: str, way: Callable[[bytes, str], Guess], raw: bytes, text: str, label: Label) -> tuple[str, str]:
    """Whether the delimiter, and the names, are right, wrong or not told."""
    try:
        with at_most(_PATIENCE):
            delimiter, columns, named = way(raw, text)
    except ImportError:
        raise
    except Exception as error:  # noqa: BLE001 - a library may fail in any way, which is counted
        print(f"  {name}: {type(error).__name__}: {str(error)[:100]}")
        return "none", "none"
    if delimiter is None:
        found = columns == label.columns
    elif not label.delimiter:  # what a way says of one column does no harm where it is nowhere in the file
        found = not delimiter or delimiter not in text
    else:
        found = delimiter == label.delimiter and columns in (None, label.columns)
    if not found or named not in (None, label.named):
        print(f"  {name}: {delimiter!r} {columns} {named} for {label}")
    return "right" if found else "wrong", "none" if named is None else "right" if named == label.named else "wrong"


def spelled(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except (UnicodeError, LookupError):
        return None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--readme", action="store_true", help="write the tables into README.md")
    options = parser.parse_args()
    files = {path.as_posix(): path for path in sorted(options.folder.rglob("*")) if path.is_file()}
    found = {end: next((path for name, path in files.items() if name.endswith(f"/{end}")), None) for end in LABELS}
    there = {end: path for end, path in found.items() if path}
    print(f"{len(there)} of {len(LABELS)} files are there; missing: {', '.join(sorted(set(LABELS) - set(there))) or 'none'}\n")
    table = []
    for name, way in WAYS.items():
        print(name)
        delimiters, names, begin = Counter[str](), Counter[str](), perf_counter()
        try:
            for end, path in there.items():
                raw = path.read_bytes()
                text = raw.decode(LABELS[end].encoding)[:_HEAD].replace("\r\n", "\n").replace("\r", "\n")
                right, named = judged(end, way, raw, text, LABELS[end])
                delimiters[right] += 1
                names[named] += 1
        except ImportError:
            print("  not installed")
            continue
        table.append((name, delimiters, names, perf_counter() - begin))
    lines = [*_guesses(table, len(there)), "", *_encodings(there)]
    print("", *lines, sep="\n")
    if options.readme:
        write_into_readme("sniffing", "\n".join(lines))


def _guesses(table: list[tuple[str, Counter[str], Counter[str], float]], count: int) -> Iterator[str]:
    """How often each way was right about the delimiter and the names."""
    yield f"| {count} files, guessed by | delimiter right | wrong | none told | names right | wrong | seconds |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for name, delimiters, names, seconds in table:
        told = f"{names['right']} | {names['wrong']}" if names["right"] + names["wrong"] else "– | –"
        yield f"| {name} | {delimiters['right']} | {delimiters['wrong']} | {delimiters['none']} | {told} | {seconds:.1f} |"


def _encodings(there: dict[str, Path]) -> Iterator[str]:
    """How often each way reads a file as its true encoding does."""
    yield "| encoding by | right | wrong |"
    yield "| --- | --- | --- |"
    for name, guess in ENCODINGS.items():
        try:
            results = Counter(
                spelled(raw := path.read_bytes(), guess(raw)) == spelled(raw, LABELS[end].encoding)
                for end, path in there.items()
            )
        except ImportError:
            continue
        yield f"| {name} | {results[True]} | {results[False]} |"


if __name__ == "__main__":
    main()
