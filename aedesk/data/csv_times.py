"""Which columns of a text table tell when its rows were taken, and what they say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from aedesk.data.csv_cells import numbers_of
from aedesk.data.csv_calendar import calendar_of, part_of, seconds_of_parts
from aedesk.data.csv_date_forms import are_dates, seconds_of_dates
from aedesk.data.csv_dates import Kind, day_comes_first, either_way, instants, kind_of, unwrapped
from aedesk.data.csv_dialect import CsvDialect
from aedesk.data.csv_reading import CsvReading
from aedesk.data.csv_sampling import Line, sampling_of, sampling_of_numbers
from aedesk.data.csv_time import counts_on, counts_time, is_index, is_other_axis, is_time
from aedesk.data.sampling import Sampling
from aedesk.errors import DataError

if TYPE_CHECKING:
    import pandas

_LOOKED_AT = 2000  # cells
_COLUMNS = 100  # that may hold dates in whole numbers


@dataclass(frozen=True)
class TimeColumns:
    """A column of times, or one of dates and one of times of day, in this order, or those of a year, a month, a day.

    ``kinds`` are those of dates, ``number`` for dates in whole numbers such as 20230530, ``part`` for parts of a date in
    columns of their own, None for other numbers. ``day_first`` is None where no date needs it. ``ambiguous`` is a
    date where every one in the file may be read either way, "" where that is not so or a person has said it.
    """

    names: tuple[str, ...]
    kinds: tuple[Kind | Literal["number", "part"] | None, ...]
    day_first: bool | None = None
    ambiguous: str = ""


def find_times(
    cells: "pandas.DataFrame", names: Sequence[str], numeric: Sequence[str], dialect: CsvDialect, reading: CsvReading
) -> TimeColumns | None:
    """The columns of times: given, or guessed in this order: dates with times of day, times of day, numbers
    that are called times, dates, a first column that rises. DataError where a given one is not there."""
    if reading.time == "-":
        return None
    if reading.time and reading.time not in names:
        raise DataError(f"There is no column “{reading.time}” for the time. Choose one of: {', '.join(names[:20])}.")
    numbers, places = set(numeric), {name: place for place, name in enumerate(names)}
    kinds: dict[Kind, list[str]] = {}
    for place, name in enumerate(names):
        if name not in numbers and (kind := kind_of(_texts(cells, place))):
            kinds.setdefault(kind, []).append(name)
    both, dates, clocks = (kinds.get(kind, []) for kind in ("date and time", "date", "time"))
    counted = "" if both else _dates_in_numbers(cells, places, numeric, dialect)
    if counted:
        (dates if dates or clocks else both).append(counted)
    calendar = tuple(calendar_of(numeric, lambda name: numbers_of(cells.iloc[:, places[name]], dialect)))
    fine = any(is_time(name) and name not in calendar for name in numeric) and "hour" not in map(part_of, calendar)
    if calendar and (reading.time in calendar or not (reading.time or both or clocks or fine)):
        return TimeColumns(calendar, ("part",) * len(calendar))
    if reading.time and reading.time not in (*both, *dates, *clocks):
        return TimeColumns((reading.time,), (None,))
    if reading.time in dates and clocks or reading.time in clocks and dates:
        chosen = (dates[0], clocks[0])
    elif reading.time:
        chosen = (reading.time,)
    elif both:
        chosen = (both[0],)
    elif clocks:
        chosen = (dates[0], clocks[0]) if dates else (clocks[0],)
    else:
        called = [name for name in numeric if is_time(name)]
        rising = len(numeric) > 1 and numeric[0] == names[0] and not is_index(names[0]) and not is_other_axis(names[0])
        if called:
            return TimeColumns((called[0],), (None,))
        if dates:
            chosen = (dates[0],)
        elif rising and counts_time(first := numbers_of(cells.iloc[:, 0], dialect)) and not counts_on(first):
            return TimeColumns((names[0],), (None,))
        else:
            return None
    by_name: dict[str, Kind | Literal["number"]] = {name: kind for kind, several in kinds.items() for name in several}
    by_name |= {counted: "number"}
    dated = [name for name in chosen if by_name[name] not in ("time", "number")]
    day_first, ambiguous = None, ""
    if dated:
        place = list(names).index(dated[0])
        texts, all_over = _texts(cells, place), _texts_all_over(cells, place)
        if reading.day_first == "guess":
            day_first, ambiguous = day_comes_first(texts, dialect.decimal, all_over), either_way(texts, all_over)
        else:
            day_first = reading.day_first == "yes"
    return TimeColumns(chosen, tuple(by_name[name] for name in chosen), day_first, ambiguous)


def sampling_by(
    times: TimeColumns,
    cells: "pandas.DataFrame",
    names: Sequence[str],
    units: Sequence[str],
    dialect: CsvDialect,
    line: Line,
    alone: bool,
) -> Sampling:
    """What the columns of times say."""
    places = [list(names).index(name) for name in times.names]
    if times.kinds[0] is None:
        values = numbers_of(cells.iloc[:, places[0]], dialect)
        return sampling_of_numbers(times.names[0], units[places[0]], values, alone, line)
    if times.kinds[0] == "part":
        columns = {part_of(names[place]): numbers_of(cells.iloc[:, place], dialect) for place in places}
        return sampling_of(seconds_of_parts(columns), 1.0, line)
    parts = []
    for place, kind in zip(places, times.kinds, strict=True):
        if kind == "number":
            parts.append(seconds_of_dates(numbers_of(cells.iloc[:, place], dialect)))
        elif kind:
            parts.append(instants(cells.iloc[:, place], kind, bool(times.day_first)))
    seconds = unwrapped(parts[0]) if times.kinds == ("time",) else np.sum(parts, axis=0)
    return sampling_of(seconds, 1.0, line)


def _dates_in_numbers(cells: "pandas.DataFrame", places: Mapping[str, int], numeric: Sequence[str], dialect: CsvDialect) -> str:
    """The first column of dates in whole numbers, "" where there is none."""
    for name in numeric[:_COLUMNS]:
        some, column = cells.iloc[:_LOOKED_AT, places[name]], cells.iloc[:, places[name]]
        if are_dates(name, numbers_of(some, dialect)) and are_dates(name, numbers_of(column, dialect)):
            return name
    return ""


def _texts(cells: "pandas.DataFrame", place: int) -> list[str]:
    """The first filled cells of a column that is no column of numbers."""
    column = cells.iloc[:_LOOKED_AT, place].dropna()
    return [cell for cell in column.tolist() if isinstance(cell, str)]


def _texts_all_over(cells: "pandas.DataFrame", place: int) -> list[str]:
    """Filled cells of such a column from all of its length, the last among them."""
    column = cells.iloc[:: max(1, len(cells) // _LOOKED_AT), place]
    return [cell for cell in (*column.dropna().tolist(), *cells.iloc[-1:, place].dropna().tolist()) if isinstance(cell, str)]
