"""Columns that tell when a row was taken in parts: a year, a month, a day, an hour, a minute, a second."""

import re
from collections.abc import Callable, Sequence

import numpy as np

from aedesk.data.csv_date_forms import days_since_1970

PARTS = ("year", "month", "day", "hour", "minute", "second")
_NAMES = (
    ("year", r"(?i:year|yr|yyyy|jahr|año|année)|YY"),
    ("quarter", r"(?i:quarter|qtr|quartal|trimestre)"),
    ("month", r"(?i:month|mon|mo|monat|mes|mois)|MM"),
    ("day of year", r"(?i:doy|day of year|julian day|jday|yday)"),
    ("day", r"(?i:day|dy|day of month|dom|tag|jour)|DD|dd"),
    ("hour", r"(?i:hour|hr|hours|stunde|hora|heure|utc hour)|HH|hh"),
    ("minute", r"(?i:minute|min|mn|minutes)|mm"),
    ("second", r"(?i:second|sec|seconds|sekunde)|ss"),
)
_PATTERNS = tuple((part, re.compile(pattern)) for part, pattern in _NAMES)
_RANGES = {
    "year": (1700, 2200), "quarter": (1, 4), "month": (1, 12), "day of year": (1, 366), "day": (1, 31), "hour": (0, 24), "minute": (0, 59),
    "second": (0, 61),
}  # fmt: skip
_LEAP, _PLAIN = 2000, 2001  # for dates that do not tell the year


def calendar_of(numeric: Sequence[str], values_of: Callable[[str], np.ndarray]) -> dict[str, str]:
    """The columns of numbers that are parts of a date, by their names and values, and which part each is.

    Nothing where they do not make a date: a year with a quarter, a month, a month and a day or with the day of the year,
    or a month, a day and an hour.
    """
    found: dict[str, str] = {}
    for name in numeric:
        part = part_of(name)
        if part and part not in found.values():
            found[name] = part
    parts = set(found.values())
    for needed in ("minute", "second"):  # that stand alone are durations
        if PARTS[PARTS.index(needed) - 1] not in parts:
            parts.discard(needed)
    dated = {"year", "month", "day"} <= parts or {"year", "day of year"} <= parts or {"month", "day", "hour"} <= parts
    monthly = "year" in parts and {"month", "quarter"} & parts and "hour" not in parts
    if not (dated or monthly):
        return {}
    found = {name: part for name, part in found.items() if part in parts}
    return found if all(_within(values_of(name), part) for name, part in found.items()) else {}


def part_of(name: str) -> str:
    """The part of a date that a column of this name may be, "" where it is none."""
    word = re.sub(r"[\s_\[\]()#.:-]+", " ", name).strip()
    return next((part for part, pattern in _PATTERNS if pattern.fullmatch(word)), "")


def seconds_of_parts(parts: dict[str, np.ndarray]) -> np.ndarray:
    """Seconds since 1970 of dates by their parts ``[rows]``: float64 ``[rows]``, NaN where one is missing."""
    count = len(next(iter(parts.values())))
    known = np.all([np.isfinite(values) for values in parts.values()], axis=0)
    whole = {part: np.where(known, values, 1) for part, values in parts.items()}
    ones = np.ones(count)
    month, day = whole.get("month", 3 * whole.get("quarter", ones) - 2), whole.get("day", ones)
    leap = bool(np.any((month == 2) & (day == 29)))
    year = whole.get("year", np.full(count, _LEAP if leap else _PLAIN))
    if "day of year" in whole and "day" not in whole:
        month, day = ones, whole["day of year"]
    days = days_since_1970(np.where(year < 70, year + 2000, np.where(year < 100, year + 1900, year)), month, day)
    zeros = np.zeros(count)
    clock = [whole.get(part, zeros) * size for part, size in (("hour", 3600), ("minute", 60), ("second", 1))]
    return np.where(known, days * 86_400.0 + sum(clock), np.nan)


def _within(values: np.ndarray, part: str) -> bool:
    known = values[np.isfinite(values)]
    low, high = _RANGES[part]
    if part == "year" and len(known) and known.max() < 100:
        low, high = 0, 99
    whole = part == "second" or np.all(known == np.round(known))
    return bool(len(known) and whole and known.min() >= low and known.max() <= high)
