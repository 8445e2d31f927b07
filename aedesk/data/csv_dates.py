"""Dates and times of day in text, as seconds."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

import numpy as np

from aedesk.data.csv_date_forms import MONTHS, spelled_out
from aedesk.data.csv_values import is_missing

if TYPE_CHECKING:
    import pandas

Kind = Literal["date and time", "date", "time"]
"""What texts are."""

_TIME = r"(?P<H>\d{1,2}):(?P<M>\d{2})(?::(?P<S>\d{2})(?:[.,:](?P<f>\d{1,9}))?)?\s*(?P<p>[AaPp]\.?[Mm]\.?)?\s*(?P<z>Z|UTC|GMT|[+-]\d{2}:?\d{2})?"
_DATE = r"(?P<a>\d{1,4})(?P<s>[-/. ])\s?(?P<b>\d{1,2}|[A-Za-zäé]{3,9})\.?[-/. ](?P<c>\d{1,4})"
_MINUTES = re.compile(r"(?P<M>\d{1,3}):(?P<S>\d{2})[.,](?P<f>\d{1,9})")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{2})\.(\d{2})")  # a time of day, where it can be no date
_FORMS: dict[Kind, re.Pattern[str]] = {
    "date and time": re.compile(rf"{_DATE}(?:[T_,]\s*|\s+){_TIME}"),
    "date": re.compile(_DATE),
    "time": re.compile(_TIME),
}
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?")
_DAY = 86_400.0
_EVEN = 0.5  # of a day
_SAMPLE = 200  # cells that the guesses look at


def kind_of(cells: Sequence[str]) -> Kind | None:
    """Whether these cells are dates, times of day or both; None where they are something else."""
    filled = [spelled_out(cell.strip()) for cell in [cell for cell in cells if not is_missing(cell)][:_SAMPLE]]
    for kind, form in _FORMS.items():
        fitting = sum(bool(form.fullmatch(cell) or (kind == "time" and _MINUTES.fullmatch(cell))) for cell in filled)
        if filled and fitting >= 0.9 * len(filled) and (kind == "time" or _are_dates(filled, form)):
            return kind
    return "time" if filled and all(_DOTTED.fullmatch(cell) for cell in filled) else None


def day_comes_first(cells: Sequence[str], decimal: str, others: Sequence[str] = ()) -> bool:
    """Whether 03/04 is the third of April in these neighbouring cells, and in ``others`` from all over the column.

    A number above 12 tells, or a name of a month, or which reading has the more even steps; where
    neither does, points and decimal commas are a sign of it.
    """
    found, spread = _matches(cells), _matches(others)
    if any(match["b"].isalpha() or len(match["a"]) > 2 for match in found):
        return True
    every = [*found, *spread]
    first = max((int(match["a"]) for match in every if match["b"].isdigit()), default=0)
    second = max((int(match["b"]) for match in every if match["b"].isdigit()), default=0)
    if (first > 12) != (second > 12):
        return first > 12
    for some in (found, spread):
        days, months = (_uneven(some, day_first) for day_first in (True, False))
        if days != months:
            return days < months
    noon = any(match.groupdict().get("p") for match in found)
    return not noon and (any(match["s"] == "." for match in found) or decimal == ",")


def either_way(cells: Sequence[str], others: Sequence[str] = ()) -> str:
    """The first date of these neighbouring cells where every one, and every one of ``others``, may have its day or its
    month first, else "". Where days pass evenly in one reading alone, that is the one."""
    found, spread = _matches(cells), _matches(others)
    for match in (*found, *spread):
        if not match["b"].isdigit() or len(match["a"]) > 2 or max(int(match["a"]), int(match["b"])) > 12:
            return ""
    for some in (found, spread):
        if len({_uneven(some, day_first) < _EVEN for day_first in (True, False)}) > 1:
            return ""
    different = next((match for match in found if int(match["a"]) != int(match["b"])), None)
    return re.split(r"[T_,\s]", different[0])[0] if different else ""


def instants(cells: "pandas.Series", kind: Kind, day_first: bool) -> np.ndarray:
    """Seconds of dates since the first of them, or of times of day since midnight: float64 ``[rows]``.

    NaN where a cell is no such date. Times of day go on rising when midnight passes.
    """
    import pandas

    text = cells.astype("str").str.strip()
    if kind != "time" and any(spelled_out(cell) != cell for cell in text.dropna()[:_SAMPLE]):
        text = text.map(spelled_out, na_action="ignore")
    if kind == "date and time" and text.str.fullmatch(_ISO.pattern, na=False).sum() * 2 > len(text):
        text = text.str.replace(",", ".", regex=False)
        parsed = pandas.to_datetime(text, format="ISO8601", utc=True, errors="coerce")
        return _since_first(parsed.dt.tz_localize(None).to_numpy().astype("datetime64[us]"))
    if kind == "time":
        text = text.str.replace(f"^{_DOTTED.pattern}$", r"\1:\2:\3", regex=True)
    parts = text.str.extract(f"^{_FORMS[kind].pattern}$")
    if kind == "time":
        seconds = _seconds(parts)
        short = text.str.extract(f"^{_MINUTES.pattern}$").apply(pandas.to_numeric, errors="coerce")
        if short["M"].notna().any():
            digits = text.str.extract(r"[.,](\d+)$")[0].str.len().to_numpy(np.float64, na_value=np.nan)
            seconds = (short["M"] * 60 + short["S"] + short["f"] / 10**digits).to_numpy(np.float64)
        return seconds
    dates = _dates(parts, day_first)
    if kind == "date":
        return _since_first(dates)
    moments = np.nan_to_num(_seconds(parts), nan=0.0)
    zone = parts["z"].where(parts["z"].str.contains(r"[+-]", na=False))
    if zone.notna().any():
        hours = pandas.to_numeric(zone.str.slice(1, 3), errors="coerce") * 3600 + pandas.to_numeric(zone.str.slice(-2)) * 60
        moments -= np.nan_to_num((hours * np.where(zone.str.startswith("-", na=False), -1, 1)).to_numpy(np.float64))
    return _since_first(dates + (moments * 1e6).round().astype("timedelta64[us]"))


def unwrapped(seconds: np.ndarray) -> np.ndarray:
    """Times of day that go on rising when midnight passes."""
    steps = np.diff(seconds, prepend=seconds[:1])
    return seconds + _DAY * np.cumsum(np.nan_to_num(steps) < -_DAY / 2)


def _since_first(dates: np.ndarray) -> np.ndarray:
    """Seconds since the first known date."""
    known = ~np.isnat(dates)
    seconds = np.full(len(dates), np.nan)
    if known.any():
        seconds[known] = (dates[known] - dates[known][0]).astype(np.int64) / 1e6
    return seconds


def _dates(parts: "pandas.DataFrame", day_first: bool) -> np.ndarray:
    """Dates from their parts: datetime64[us] ``[rows]``, NaT where they are none."""
    import pandas

    first, second, third = (parts[name] for name in "abc")
    year_first = first.str.len() == 4
    months = second.str.slice(0, 3).str.lower().map({name: place for place, name in enumerate(MONTHS, 1)})
    a, b, c = (pandas.to_numeric(part, errors="coerce") for part in (first, second, third))
    year = np.where(year_first, a, c)
    year = np.where(year < 70, year + 2000, np.where(year < 100, year + 1900, year))
    b = b.fillna(months)
    month = np.where(year_first | months.notna() | day_first, b, a)
    day = np.where(year_first, c, np.where(months.notna() | day_first, a, b))
    valid = (month >= 1) & (month <= 12) & (day >= 1) & (day <= 31) & (year >= 1) & (year <= 9999)
    filled = [np.where(valid, part, 1).astype(np.int64) for part in (year, month, day)]
    dates = (filled[0] - 1970).astype("datetime64[Y]") + (filled[1] - 1).astype("timedelta64[M]")
    dates = (dates.astype("datetime64[D]") + (filled[2] - 1).astype("timedelta64[D]")).astype("datetime64[us]")
    dates[~valid] = np.datetime64("NaT")
    return dates


def _seconds(parts: "pandas.DataFrame") -> np.ndarray:
    """Seconds since midnight: float64 ``[rows]``."""
    import pandas

    hours, minutes, seconds = (pandas.to_numeric(parts[name], errors="coerce").to_numpy(np.float64) for name in "HMS")
    fraction = pandas.to_numeric("0." + parts["f"], errors="coerce").to_numpy(np.float64)
    noon = parts["p"].str.lower().str.slice(0, 1)
    hours = np.where(noon.notna(), hours % 12, hours) + np.where((noon == "p").to_numpy(bool, na_value=False), 12, 0)
    return hours * 3600 + minutes * 60 + np.nan_to_num(seconds) + np.nan_to_num(fraction)


def _matches(cells: Sequence[str]) -> list[re.Match[str]]:
    return [match for cell in cells if (match := _match(cell.strip()))]


def _match(cell: str) -> re.Match[str] | None:
    cell = spelled_out(cell)
    return _FORMS["date and time"].fullmatch(cell) or _FORMS["date"].fullmatch(cell)


def _are_dates(cells: Sequence[str], form: re.Pattern[str]) -> bool:
    """Whether their numbers may be days, months and years: none is too large, and one is long enough for a year."""
    for cell in cells:
        match = form.fullmatch(cell)
        if not match:
            continue
        first, middle, last = match["a"], match["b"], match["c"]
        if max(len(first), len(last)) < 2 or 3 in (len(first), len(last)):
            return False
        if middle.isalpha() and middle[:3].lower() not in MONTHS:
            return False
        days = last if len(first) == 4 else first
        numbers = [int(days), *([int(middle)] if middle.isdigit() else [])]
        if min(numbers) < 1 or max(numbers) > 31:
            return False
    return True


def _uneven(matches: Sequence[re.Match[str]], day_first: bool) -> float:
    """How uneven the days are that pass from one date to the next when read so; infinite where one is none."""
    days = []
    for match in matches:
        day, month = (int(match["a"]), int(match["b"])) if day_first else (int(match["b"]), int(match["a"]))
        if month > 12:
            return np.inf
        year = int(match["c"])
        year += 0 if year > 99 else 2000 if year < 70 else 1900
        date = np.datetime64(f"{year:04d}-{month:02d}-01") + np.timedelta64(day - 1, "D")
        days.append(date.astype(int))
    steps = np.diff(days)
    moved = steps[steps != 0]
    if not len(moved):
        return 0.0
    return float(np.std(moved) + 1000 * np.mean(moved < 0) + np.abs(moved).mean() / 1000)
