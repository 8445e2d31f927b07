"""Dates as they are also written: without marks between their parts, with the month's name first, of months alone.

Each is spelled out as one that ``csv_dates`` reads: 20180101:0010 as 2018-01-01 00:10, Jan 1, 2000 as 1 Jan 2000.
"""

import re

import numpy as np

MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()

_DENSE = re.compile(r"(\d{4})(\d\d)(\d\d)(?:[T:_ -]?(\d\d):?(\d\d)(?::?(\d\d(?:[.,]\d{1,9})?))?\s*(Z|[+-]\d\d:?\d\d)?)?")
_NAME_FIRST = re.compile(r"([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b,?(.*)")
_MONTH = re.compile(r"(\d{4})[-/](\d{1,2})|(\d{1,2})/(\d{4})")
_NAMED_MONTH = re.compile(r"(\d{4})[- ]([A-Za-z]{3,9})|([A-Za-z]{3,9})\.?[- ](\d{4})")
_QUARTER = re.compile(r"(\d{4})[- ]?Q([1-4])")
_CALLED = re.compile(r"date|datum|fecha|time|zeit|yyyymmdd|timestamp", re.IGNORECASE)
_DIGITS = (6, 8, 10, 12, 14)  # of a month, of a date, and with hours, minutes and seconds
_MONTHS_OF_A_YEAR = 12
_FIRST_YEAR, _LAST_YEAR = 1700, 2200
_MANY = 8  # different ones


def spelled_out(cell: str) -> str:
    """The date in a cell with marks between day, month and year, or the cell as it is."""
    if match := _DENSE.fullmatch(cell):
        year, month, day, hour, minute, second, zone = match.groups()
        if not (_FIRST_YEAR < int(year) < _LAST_YEAR and 1 <= int(month) <= 12 and 1 <= int(day) <= 31):
            return cell
        time = f" {hour}:{minute}" + (f":{second}" if second else "") + (zone or "") if hour else ""
        return f"{year}-{month}-{day}{time}"
    if (match := _NAME_FIRST.fullmatch(cell)) and _is_month(match[1]):
        return f"{match[2]} {match[1]} {match[3]} {match[4].strip()}".strip()
    if match := _MONTH.fullmatch(cell):
        year, month = match[1] or match[4], int(match[2] or match[3])
        return f"{year}-{month:02d}-01" if 1 <= month <= 12 else cell
    if (match := _NAMED_MONTH.fullmatch(cell)) and _is_month(name := match[2] or match[3]):
        return f"1 {name} {match[1] or match[4]}"
    if match := _QUARTER.fullmatch(cell):
        return f"{match[1]}-{3 * int(match[2]) - 2:02d}-01"
    return cell


def has_name(cell: str) -> bool:
    """Whether a date names its month."""
    return bool(re.match(r"[\d\s.,/-]*[A-Za-z]{3}", spelled_out(cell)))


def are_dates(name: str, values: np.ndarray) -> bool:
    """Whether the whole numbers ``[rows]`` of a column are dates: 20230530, or 20230530231500.

    Where the column is not called a date, they have to be many and never to fall; months, 202305, always many.
    """
    known = values[np.isfinite(values)]
    if len(known) < 2 or np.isnan(seconds_of_dates(known)).any():
        return False
    if known.max() < 1e6 and len(np.unique(known)) <= _MONTHS_OF_A_YEAR:  # as likely counted
        return False
    return bool(_CALLED.search(name)) or (len(np.unique(known)) >= _MANY and not np.any(np.diff(known) < 0))


def seconds_of_dates(values: np.ndarray) -> np.ndarray:
    """Seconds since 1970 of dates in whole numbers of equally many digits: float64 ``[rows]``, NaN where one is none."""
    known = np.isfinite(values)
    largest = float(values[known].max()) if known.any() else 0.0
    digits = len(f"{largest:.0f}")
    if digits not in _DIGITS:
        return np.full(len(values), np.nan)
    known &= (values >= 10 ** (digits - 1)) & (values == np.round(values))
    rest = np.where(known, values, 0).astype(np.int64)
    parts = []
    if digits == _DIGITS[0]:
        rest, digits = rest * 100 + known, _DIGITS[1]
    for _ in range((digits - _DIGITS[1]) // 2):
        parts.append(rest % 100)
        rest = rest // 100
    day, month, year = rest % 100, rest // 100 % 100, rest // 10_000
    hour, minute, second = [*parts[::-1], *[np.zeros_like(rest)] * 3][:3]
    known &= (year > _FIRST_YEAR) & (year < _LAST_YEAR) & (month >= 1) & (month <= 12) & (day >= 1) & (day <= 31)
    known &= (hour <= 24) & (minute < 60) & (second < 61)
    days = days_since_1970(np.where(known, year, 2000), np.where(known, month, 1), np.where(known, day, 1))
    return np.where(known, days * 86_400.0 + hour * 3600 + minute * 60 + second, np.nan)


def days_since_1970(year: np.ndarray, month: np.ndarray, day: np.ndarray) -> np.ndarray:
    """Days from 1970-01-01 to these: int64 ``[rows]``."""
    months = (year.astype(np.int64) - 1970).astype("datetime64[Y]") + (month.astype(np.int64) - 1).astype("timedelta64[M]")
    return months.astype("datetime64[D]").astype(np.int64) + day.astype(np.int64) - 1


def _is_month(word: str) -> bool:
    return word[:3].lower() in MONTHS
