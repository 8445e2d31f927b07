"""Dates in columns of their parts: a year, a month, a day, an hour."""

from pathlib import Path

import numpy as np
import pytest

from aedesk.data.csv_calendar import calendar_of, seconds_of_parts
from aedesk.data.csv_preview import preview
from aedesk.data.csv_reading import CsvReading
from aedesk.data.csv_table import CsvTable, read_csv

COUNT = 60
MOMENTS = (np.datetime64("2023-12-30T22:00") + np.arange(COUNT) * np.timedelta64(30, "m")).astype(object)
LEVELS = np.round(np.sin(np.arange(COUNT) / 3), 2)


def written(folder: Path, head: str, form: str) -> CsvTable:
    rows = [f"{moment.strftime(form)},{level}" for moment, level in zip(MOMENTS, LEVELS, strict=True)]
    (folder / "station.csv").write_text("\n".join([f"{head},level", *rows, ""]))
    return read_csv(folder / "station.csv")


@pytest.mark.parametrize(
    ("head", "form"),
    [
        ("Year,Month,Day,Hour,Minute", "%Y,%m,%d,%H,%M"),
        ("YY,MM,DD,hh,mm", "%y,%m,%d,%H,%M"),
        ("yr,mo,dy,hr,mn", "%Y,%m,%d,%H,%M"),
        ("Jahr,Monat,Tag,Stunde,Minute", "%Y,%m,%d,%H,%M"),
        ("year,DOY,hour,min,sec", "%Y,%j,%H,%M,%S"),
        (",Year,Month,Day,Hour,Minute", "7,%Y,%m,%d,%H,%M"),
        ("Month,Day,Hour,Minute", "%m,%d,%H,%M"),
    ],
)
def test_parts_of_a_date_are_its_time_and_no_signals(head: str, form: str, tmp_path: Path) -> None:
    table = written(tmp_path, head, form)
    assert table.time_step() == pytest.approx(1800) and "dates every 30 min" in table.explanation()
    assert table.default_name() == "level" and not {"Year", "Hour", "hr", "sec", "mm"} & {*table.signal_names()}
    np.testing.assert_allclose(table.column(), LEVELS)


def test_a_year_of_days_without_one(tmp_path: Path) -> None:
    (tmp_path / "typical.csv").write_text("Month,Day,Hour,level\n" + "".join(f"2,{row // 24 + 27},{row % 24},{row % 5}\n" for row in range(72)))
    assert read_csv(tmp_path / "typical.csv").sampling().step == pytest.approx(3600)  # a leap year then, without a jump


def test_the_preview_calls_all_parts_times_and_opens_the_same(tmp_path: Path) -> None:
    table = written(tmp_path, "Year,Month,Day,Hour,Minute", "%Y,%m,%d,%H,%M")
    found = preview(table.path)
    assert found.roles == ("time",) * 5 + ("channel",) and found.reading.time == "Year"
    assert read_csv(table.path, CsvReading(time="Year")).time_step() == pytest.approx(1800)
    alone = read_csv(table.path, CsvReading(time="-"))
    assert alone.time_step() is None and "Hour" in alone.signal_names()


def test_quarters_of_years(tmp_path: Path) -> None:
    (tmp_path / "gdp.csv").write_text("year,quarter,gdp\n" + "".join(f"{1990 + row // 4},{row % 4 + 1},{row % 7}\n" for row in range(40)))
    table = read_csv(tmp_path / "gdp.csv")
    assert table.default_name() == "gdp" and table.time_step() == pytest.approx(91.3 * 86_400, rel=0.01)


def test_a_whole_date_goes_before_its_parts(tmp_path: Path) -> None:
    table = written(tmp_path, "when,Year,Month,Day,Hour,Minute", "%Y-%m-%d %H:%M,%Y,%m,%d,%H,%M")
    assert table.times and table.times.names == ("when",) and table.signal_names() == ("level",)


def test_finer_times_go_before_days(tmp_path: Path) -> None:
    rows = "".join(f"2023,5,1,{row * 0.01:.2f},{row % 5}\n" for row in range(COUNT))
    (tmp_path / "run.csv").write_text("Year,Month,Day,time_s,level\n" + rows)
    table = read_csv(tmp_path / "run.csv")
    assert table.time_step() == pytest.approx(0.01) and table.default_name() == "level"


def test_words_of_the_calendar_alone_are_no_dates() -> None:
    values = {"month": np.array([1.0, 2.0]), "day": np.array([5.0, 40.0]), "year": np.array([2000.0, 2001.0]), "hour": np.array([0.5, 1.0])}
    assert calendar_of(("month", "day"), values.__getitem__) == {}
    assert calendar_of(("year", "month", "day"), values.__getitem__) == {}  # there is no fortieth
    assert calendar_of(("year", "month", "hour"), values.__getitem__) == {}
    assert calendar_of(("min", "max"), values.__getitem__) == {}
    assert calendar_of(("year", "month"), values.__getitem__) == {"year": "year", "month": "month"}


def test_a_missing_part_is_a_missing_time() -> None:
    seconds = seconds_of_parts({"year": np.array([1970.0, np.nan]), "month": np.array([1.0, 1.0]), "day": np.array([2.0, 2.0])})
    assert seconds[0] == 86_400 and np.isnan(seconds[1])
