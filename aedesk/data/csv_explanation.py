"""What was found in a text table, in a sentence for people."""

from typing import TYPE_CHECKING

from aedesk.data.csv_date_forms import has_name
from aedesk.data.rates import plain_rate
from aedesk.data.readable import readable

if TYPE_CHECKING:
    from aedesk.data.csv_table import CsvTable

_DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars", " ": "spaces", ":": "colons"}
_DECIMALS = {".": "decimal point", ",": "decimal comma"}
_THOUSANDS = {".": "points", ",": "commas", " ": "spaces", "'": "apostrophes", "_": "underscores"}
_RATES = ((1e9, 1e9, "GHz"), (1e6, 1e6, "MHz"), (1e4, 1e3, "kHz"), (0.0, 1.0, "Hz"))  # from how many a second on
_STEPS = ((86_400.0, "days"), (3600.0, "h"), (60.0, "min"), (1.0, "s"), (1e-3, "ms"), (1e-6, "µs"), (1e-9, "ns"))
_ONE = {"days": "day", "h": "hour", "min": "minute"}
_MARKS = 5  # for missing values, or columns without a value, that are named
_WHOLE = 0.01  # as far as a number of rows may be from a whole one
_THOUSAND = 1000.0
_SLOWEST = 10.0  # seconds from row to row, above which nobody speaks of Hz


def explanation_of(table: "CsvTable") -> str:
    """Such as “Semicolons, decimal comma, 2 lines above the table, times every 2.78 ms (360 Hz).”"""
    dialect = table.dialect
    alone = len(table.names) == 1
    parts = ["one column" if alone else _DELIMITERS.get(dialect.delimiter, f"“{dialect.delimiter}” between values")]
    parts.append(_DECIMALS[dialect.decimal])
    if dialect.thousands:
        parts.append(f"{_THOUSANDS[dialect.thousands]} between thousands")
    if dialect.encoding != "utf-8":
        parts.append(f"letters in {dialect.encoding}")
    if dialect.skip:
        parts.append("1 line above the table" if dialect.skip == 1 else f"{dialect.skip} lines above the table")
    if not dialect.has_header and all(name == f"column {place}" for place, name in enumerate(table.names, 1)):
        parts.append("no names")
    if dialect.has_units:
        parts.append("a row of units")
    missing = missing_marks(table)
    if missing:
        more = " and others" if len(missing) > _MARKS else ""
        parts.append(f"{' and '.join(missing[:_MARKS])}{more} for missing values")
    parts.append(_times(table))
    text = ", ".join(parts)
    return " ".join(filter(None, (f"{text[0].upper()}{text[1:]}.", _without_values(table), table.left_out)))


def _without_values(table: "CsvTable") -> str:
    """Which columns have no value anywhere, in a sentence; those without a name are none."""
    places = {f"column {place}" for place in range(1, len(table.names) + 1)}
    empty = [f"“{name}”" for name in table.empty_names() if name not in places]
    if not empty:
        return ""
    more = f" and {len(empty) - _MARKS} others" if len(empty) > _MARKS else ""
    listed = f"{', '.join(empty[:_MARKS])}{more}"
    return f"{listed} has no value in any row." if len(empty) == 1 else f"{listed} have no value in any row."


def missing_marks(table: "CsvTable") -> list[str]:
    """The cells that stand for no value, given or found, but for the word none, which tells by itself."""
    return [mark for mark in (*table.dialect.missing, *table.marks) if mark.lower() != "none"]


def order_matters(table: "CsvTable") -> bool:
    """Whether it has to be known which comes first of day and month to read the times."""
    if not table.times or table.times.day_first is None or table.times.kinds[0] == "time":
        return False
    cells = table.texts(table.times.names[0])[:1]
    return not (cells and (cells[0][:4].isdigit() or has_name(cells[0])))


def step_text(step: float) -> str:
    """Seconds from row to row with a fitting unit, and how many rows that is in a second."""
    return f"{length_text(step)} ({rate_text(1 / step)})" if step <= _SLOWEST else length_text(step)


def length_text(seconds: float) -> str:
    """A length of time with a fitting unit: 2.78 ms, 15 min, 1 day."""
    count, unit = _counted(seconds)
    return f"{count} {'day' if (count, unit) == ('1', 'days') else unit}"


def every_text(step: float) -> str:
    """How often there is a row, ``step`` seconds from one to the next: “every day”, “every 15 min”."""
    count, unit = _counted(step)
    return f"every {_ONE[unit] if count == '1' and unit in _ONE else step_text(step)}"


def shared_text(rows: float) -> str:
    """How many rows a time stands for: “2 rows”, “about 24.7 rows”."""
    whole = round(rows)
    return f"{whole} rows" if abs(rows - whole) < _WHOLE * whole else f"about {readable(rows)} rows"


def rate_text(rate: float, beside: float = 0.0) -> str:
    """A number of rows in a second, in the unit that suits it, or from a thousand on the one ``beside`` it."""
    rate = plain_rate(rate)
    told = max(rate, beside) if rate >= _THOUSAND else rate
    size, unit = next((size, unit) for least, size, unit in _RATES if told >= least)
    return f"{rate / size:.6g} {unit}"


def _counted(step: float) -> tuple[str, str]:
    size, unit = next(((size, unit) for size, unit in _STEPS if step >= 0.9995 * size), _STEPS[-1])
    return readable(step / size), unit


def _times(table: "CsvTable") -> str:
    sampling = table.sampling()
    if table.reading.rate:
        return f"{rate_text(table.reading.rate)} as given"
    if table.told.step and table.goes_by_settings():
        return f"rows {every_text(table.told.step)} by “{table.told.key}” above them"
    if not table.times:
        return "no times"
    if sampling.step is None:
        return "times that do not tell the sampling rate"
    kinds = [kind for kind in table.times.kinds if kind]
    word = "dates" if {"number", "part"} & {*kinds} else "times"
    if table.times.day_first is not None and kinds[0] != "time":
        word = "dates with the day first" if table.times.day_first else "dates with the month first"
        word = word if order_matters(table) else "dates"
        if table.times.ambiguous:
            word += f" ({table.times.ambiguous} could be either)"
    breaks = len(sampling.breaks)
    jumps = "" if not breaks else " with one jump" if breaks == 1 else f" with {breaks} jumps"
    taken = " if they are in seconds" if table.times.kinds == (None,) and not table.time_unit() else ""
    about = "about " if sampling.unevenness else ""
    each = f", each time for {shared_text(sampling.sharing)}" if sampling.coarse else ""
    return f"{word} {about}{every_text(sampling.step)}{taken}{jumps}{each}"
