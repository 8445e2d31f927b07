"""Dates as they are also written: without marks, with the month's name first, of months alone, in whole numbers."""

from pathlib import Path

import numpy as np
import pytest

from aedesk.data.csv_date_forms import are_dates, seconds_of_dates, spelled_out
from aedesk.data.csv_reading import CsvReading
from aedesk.data.csv_table import CsvTable, read_csv

HOUR, DAY, COUNT = 3600.0, 86_400.0, 40
START = np.datetime64("2023-05-20T00:00:00")
LEVELS = np.round(np.sin(np.arange(COUNT) / 3), 2)


def written(folder: Path, form: str, step: float, head: str = "date,level", row: str = "{time},{level}") -> CsvTable:
    moments = (START + np.arange(COUNT) * np.timedelta64(int(step), "s")).astype(object)
    rows = [row.format(time=moment.strftime(form), level=level) for moment, level in zip(moments, LEVELS, strict=True)]
    (folder / "log.csv").write_text("\n".join([head, *rows, ""]))
    return read_csv(folder / "log.csv")


@pytest.mark.parametrize(
    ("form", "step", "word"),
    [
        ("%Y%m%d", DAY, "every day"),  # in whole numbers
        ("%Y%m%d%H", HOUR, "every hour"),
        ("%Y%m%d%H%M", 600, "every 10 min"),
        ("%Y%m%d%H%M%S", 5, "every 5 s"),
        ("%Y%m%d:%H%M", HOUR, "every hour"),
        ("%Y%m%dT%H%M%S", 5, "every 5 s"),
        ("%Y%m%d %H:%M:%S", 5, "every 5 s"),
        ("%b %d %Y", DAY, "every day"),
        ('"%B %d, %Y"', DAY, "every day"),
        ("%b %d %Y %H:%M", HOUR, "every hour"),
        ("%d %b %Y", DAY, "every day"),
    ],
)
def test_dates_tell_the_step(form: str, step: float, word: str, tmp_path: Path) -> None:
    table = written(tmp_path, form, step)
    assert table.times and table.times.names == ("date",) and table.signal_names() == ("level",)
    assert table.time_step() == pytest.approx(step)
    assert f"dates {word}" in table.explanation() and "first" not in table.explanation()
    np.testing.assert_allclose(table.column(), LEVELS)


@pytest.mark.parametrize("form", ["%Y-%m", "%Y %b", "%B %Y", "%m/%Y"])
def test_dates_of_months_alone(form: str, tmp_path: Path) -> None:
    moments = (np.datetime64("2001-11") + np.arange(COUNT)).astype(object)
    rows = [f"{moment.strftime(form)},{level}" for moment, level in zip(moments, LEVELS, strict=True)]
    (tmp_path / "rain.csv").write_text("\n".join(["month,rain", *rows, ""]))
    table = read_csv(tmp_path / "rain.csv")
    assert table.times and table.times.names == ("month",) and table.default_name() == "rain"
    assert table.time_step() == pytest.approx(30.4 * DAY, rel=0.01)


@pytest.mark.parametrize(("form", "first"), [("%d/%m/%Y", True), ("%m/%d/%Y", False), ("%d/%m/%y", True)])
def test_the_first_day_of_months_over_two_centuries_tells_which_is_first(form: str, first: bool, tmp_path: Path) -> None:
    moments = (np.datetime64("1992-12") + np.arange(120)).astype(object)
    rows = [f"{moment.strftime(form)},{row % 7}" for row, moment in enumerate(moments)]
    (tmp_path / "cpi.csv").write_text("\n".join(["DATE,cpi", *rows, ""]))
    table = read_csv(tmp_path / "cpi.csv")
    assert table.times and table.times.day_first is first
    assert table.time_step() == pytest.approx(30.4 * DAY, rel=0.01)


def test_quarters(tmp_path: Path) -> None:
    (tmp_path / "gdp.csv").write_text("when,gdp\n" + "".join(f"{1990 + row // 4} Q{row % 4 + 1},{row % 7}\n" for row in range(24)))
    assert read_csv(tmp_path / "gdp.csv").time_step() == pytest.approx(91.3 * DAY, rel=0.01)


def test_spaces_within_dates_part_no_cells(tmp_path: Path) -> None:
    table = written(tmp_path, "%b %d %Y", DAY, "symbol,date,price", "ABC,{time},{level}")
    assert table.dialect.delimiter == "," and table.names == ("symbol", "date", "price") and table.default_name() == "price"


def test_a_date_in_numbers_has_its_time_of_day_beside_it(tmp_path: Path) -> None:
    table = written(tmp_path, "%Y%m%d;%H:%M", HOUR, "date;clock;level", "{time};{level}")
    assert table.times and table.times.names == ("date", "clock") and table.time_step() == pytest.approx(HOUR)


def test_a_column_that_is_not_called_a_date_has_to_look_like_one(tmp_path: Path) -> None:
    table = written(tmp_path, "%Y%m%d%H", HOUR, "station;stamp_x;level;end", "   77;{time};  {level};end")
    assert table.times and table.times.names == ("stamp_x",) and table.time_step() == pytest.approx(HOUR)
    assert table.default_name() == "level"  # and not the station, which is the same in every row
    rising = np.arange(20230501.0, 20230521.0)
    assert are_dates("x", rising) and not are_dates("x", rising[::-1]) and are_dates("date", rising[::-1])
    months = np.array([year * 100.0 + month for year in (2022, 2023) for month in range(1, 13)])
    assert are_dates("date", months) and not are_dates("date", months[:12]) and not are_dates("date", months + 1)
    assert seconds_of_dates(months)[1] - seconds_of_dates(months)[0] == 31 * DAY
    assert not are_dates("x", rising[:3]) and not are_dates("date", rising + 50)


@pytest.mark.parametrize("values", [[20230532.0, 20230501.0], [20231301.0] * 2, [20230501.5] * 2, [1e9, 2e9], [np.nan] * 2, [123.0] * 2])
def test_other_numbers_are_no_dates(values: list[float]) -> None:
    assert not are_dates("date", np.array(values))


def test_a_missing_date_is_not_known() -> None:
    seconds = seconds_of_dates(np.array([20230530, np.nan, 20230531]))
    assert np.isnan(seconds[1]) and seconds[2] - seconds[0] == DAY


@pytest.mark.parametrize("date", ["Jan {day}, 2020", "202001{day:02d}", "2020-01-{day:02d}", "202001{day:02d}:1200"])
def test_a_missing_date_is_a_note(date: str, tmp_path: Path) -> None:
    cells = ["" if day == 9 else f'"{date.format(day=day)}"' for day in range(1, 21)]
    (tmp_path / "gap.csv").write_text("level,date\n" + "".join(f"{day % 5},{cell}\n" for day, cell in enumerate(cells)))
    table = read_csv(tmp_path / "gap.csv")
    assert table.time_step() == pytest.approx(DAY) and "missing, first in line 10" in table.sampling().note


@pytest.mark.parametrize("cell", ["12345678", "20231350", "Wed 12 2000", "2023-13", "1990 Q5", "about 2000", "3.14", "99999999:0010", ""])
def test_what_is_no_date_stays_as_it_is(cell: str) -> None:
    assert spelled_out(cell) == cell


def test_the_time_column_can_be_chosen_and_left_out(tmp_path: Path) -> None:
    table = written(tmp_path, "%Y%m%d", DAY)
    assert read_csv(table.path, CsvReading(time="date")).time_step() == pytest.approx(DAY)
    assert read_csv(table.path, CsvReading(time="-")).time_step() is None
