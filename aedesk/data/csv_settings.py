"""What instruments write about a recording above its table or beside it: a sampling rate, names, units."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from aedesk.data.csv_time import unit_of
from aedesk.data.csv_values import is_number

_NUMBER = r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?"
_BETWEEN = r"\s*(?:[(\[](?P<in>[^()\[\]]{1,9})[)\]])?[\"']?\s*[:=,;\t ][:=,;\t \"']*"
_VALUE = rf"(?P<value>{_NUMBER})(?![\d.]|,\d{{3}}(?!\d))[\"']?\s*(?P<apart>[,;\t]?)[\"' ]*(?P<unit>[A-Za-zµμ/]*)"
_STEP = re.compile(
    r"(?<![\w.])(?P<key>x[ _-]?inc(?:rement)?|t[ _-]?inc|delta[ _]x|(?:time|horizontal)[ _]increment|sampl(?:e|ing)[ _-]?(?:interval|period))"
    rf"{_BETWEEN}{_VALUE}",
    re.IGNORECASE,
)
_RATE = re.compile(rf"(?<![\w.])(?P<key>(?:sampl(?:e|ing)|measurement|acquisition)[ _-]?(?:rate|frequency)|fs){_BETWEEN}{_VALUE}", re.IGNORECASE)
_INTERVAL = re.compile(rf"^[\"']?(?P<key>interval){_BETWEEN}{_VALUE}", re.IGNORECASE)  # needs a unit
_EACH = re.compile(rf"(?<![\w.])(?P<value>{_NUMBER})\s*(?P<key>(?P<unit>[A-Za-zµμ]+)\s*/\s*sample)(?P<in>)(?P<apart>)\b", re.IGNORECASE)
_ACTIGRAPH = re.compile(rf"ActiGraph.*\b(?P<key>at\s+(?P<value>{_NUMBER})\s*(?P<unit>Hz))(?P<in>)(?P<apart>)")
_RATES = {"": 1.0, "hz": 1.0, "khz": 1e3, "mhz": 1e6, "ghz": 1e9, "s/s": 1.0, "sa/s": 1.0, "sps": 1.0, "samples/s": 1.0}
_LINES = 200  # above the table that are looked at
_LONGEST = 500  # letters of a line
_NEARLY = 0.9  # of the rows beside settings
_FORWARD = ("start", "increment")
_RUNS_ON = re.compile(r"^TIMESERIES\b.*\bSLIST\b", re.MULTILINE)


@dataclass(frozen=True)
class Told:
    """What is told of the rows: ``step`` seconds from one to the next, None where nothing is, by the word ``key``."""

    step: float | None = None
    key: str = ""


def told_step(above: str, decimal_comma: bool = False) -> Told:
    """The sampling rate or interval among the lines above a table."""
    for line in above.splitlines()[:_LINES]:
        text = re.sub(r"(?<=\d),(?=\d)", ".", line[:_LONGEST]) if decimal_comma else line[:_LONGEST]
        for pattern in (_STEP, _RATE, _INTERVAL, _EACH, _ACTIGRAPH):
            match = pattern.search(text)
            step = _step(match, pattern in (_RATE, _ACTIGRAPH)) if match else None
            if match and step and (pattern is not _INTERVAL or match["unit"] or match["in"]):
                return Told(step, match["key"])
    return Told()


def runs_on(above: str) -> bool:
    """Whether samples go on from line to line below these lines, so that columns are no signals: a list of IRIS's kind."""
    return bool(_RUNS_ON.search(above))


@dataclass(frozen=True)
class ForwardHead:
    """Two rows of which the first names columns, then “Start” and “Increment”, and the second their units and values."""

    names: tuple[str, ...]
    units: tuple[str, ...]
    told: Told


def forward_head(names: Sequence[str], values: Sequence[str]) -> ForwardHead | None:
    """The head that some oscilloscopes write: ``X,CH1,Start,Increment,`` above ``Sequence,Volt,-6e-3,2e-6``; else None."""
    lower = [name.strip().lower() for name in names]
    if not all(word in lower for word in _FORWARD) or len(values) < 2:
        return None
    place = lower.index("increment")
    if place >= len(values) or not re.fullmatch(_NUMBER, values[place].strip()):
        return None
    step = float(values[place])
    if not 0 < step < float("inf"):
        return None
    units = ["" if re.fullmatch(_NUMBER, value.strip()) else value.strip() for value in values]
    units[0] = "" if units[0].lower() == "sequence" else units[0]
    return ForwardHead(tuple(names), tuple(units), Told(step, names[place].strip()))


@dataclass(frozen=True)
class SettingsBeside:
    """Columns of settings beside the data: their places, and what they say of the names and units of the others."""

    aside: frozenset[int]
    names: dict[int, str]
    units: dict[int, str]


def settings_beside(rows: Sequence[Sequence[str]], width: int) -> SettingsBeside | None:
    """Where the first rows hold settings in columns of their own, as of “Record Length”, left of times and values; else None.

    Times and values are numbers in nearly all rows; settings have names, values and, with some instruments, units.
    """
    if not rows:
        return None
    begins = [place for place, cell in enumerate(rows[0]) if cell.strip().lower() == "record length"]
    if not begins:
        return None
    aside: set[int] = set()
    names: dict[int, str] = {}
    units: dict[int, str] = {}
    for begin, end in zip(begins, [*begins[1:], width], strict=True):
        said = {row[begin].strip().lower(): row[begin + 1].strip() for row in rows if len(row) > begin + 1 and row[begin].strip()}
        filled = [place for place in range(begin + 2, end) if _are_numbers([row[place] for row in rows if len(row) > place])]
        aside |= set(range(begin, end)) - set(filled)
        if len(filled) < 2:
            continue
        names |= {filled[0]: "time", filled[1]: said.get("source", "")}
        units |= {filled[0]: said.get("horizontal units", "s"), filled[1]: said.get("vertical units", "")}
    return SettingsBeside(frozenset(aside), names, units)


def _are_numbers(cells: Sequence[str]) -> bool:
    """Whether nearly all of the cells are numbers."""
    return sum(map(is_number, cells)) > _NEARLY * len(cells)


def _step(match: re.Match[str], is_rate: bool) -> float | None:
    """The seconds from row to row that a setting says; None where its unit is none of them, or it is no such number."""
    value, unit, size = float(match["value"]), match["unit"] or match["in"] or "", None
    for one in (unit, match["in"] or "") if match["apart"] else (unit,):  # what stands apart may be another setting
        size = size or (_RATES.get(one.lower()) if is_rate else unit_of(one) if one else 1.0)
    if not size or not 1e-15 < value * size < 1e15:
        return None
    return 1 / (value * size) if is_rate else value * size
