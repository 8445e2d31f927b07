"""What is known of the first rows of some makers' recorders: where the names stand, and which rows are no samples."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from aedesk.data.csv_settings import Told
from aedesk.data.csv_values import is_number

_LABVIEW = b"LabVIEW Measurement"
_LABVIEW_ENDS = re.compile(rb"\*\*\*End_of_Header\*\*\*[^\r\n]*(?:\r\n|\n|\r)")
_HEADS = 2  # of a file of LabVIEW's: its own, and that of the channels
_LISTED = re.compile(r'"columns?"\s*:\s*\[([^\[\]]*)\]')
_EPOCH = (0.9e9, 3e9)  # seconds, from 1998 to 2065
_FASTEST = 10_000.0  # samples in a second of what is worn
_PLAIN = re.compile(r"[+-]?\d+(?:\.\d*)?")
_LEAST = 3  # rows that tell what a row looks like
_LINES = 50  # that may hold settings


@dataclass(frozen=True)
class KnownHead:
    """The data begin in row ``first``. ``names`` and ``units`` stand in these rows, if in any; ``told`` is the rate."""

    first: int
    names: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    names_row: int | None = None
    units_row: int | None = None
    told: Told = Told()


def known_head(rows: Sequence[Sequence[str]], width: int) -> KnownHead | None:
    """The head of a recorder that is known by its rows of this ``width``; None where it is another."""
    return _worn(rows) or _charted(rows, width)


def are_counts(rows: Sequence[Sequence[str]], place: int) -> bool:
    """Whether a row counts the samples of each channel, with nothing for the time that all rows below it have."""
    below = rows[place + 1 : place + 1 + _LEAST]
    row = [cell.strip() for cell in rows[place]]
    counts = [cell for cell in row if cell]
    if len(below) < _LEAST or len(row) < 2 or row[0] or len({*counts}) != 1 or not counts[0].isdigit():
        return False
    return int(counts[0]) >= _LEAST and all(is_number(other[0]) for other in below if other)


def below_labview(content: bytes) -> tuple[int, int]:
    """Where the names stand in a file of LabVIEW's, below its heads, and how many lines are above; zeros in others."""
    if not content.startswith(_LABVIEW):
        return 0, 0
    ends = [match.end() for match in _LABVIEW_ENDS.finditer(content, 0, 1 << 20)][:_HEADS]
    above = content[: ends[-1]] if ends else b""
    return len(above), above.count(b"\n") or above.count(b"\r")


def listed_names(above: str, count: int) -> tuple[str, ...]:
    """The names of so many columns that are listed above a table as JSON: ``"column": ["nSeq", "A2"]``."""
    for match in _LISTED.finditer(above):
        names = tuple(re.findall(r'"([^"]+)"', match[1]))
        if len(names) == count:
            return names
    return ()


def _worn(rows: Sequence[Sequence[str]]) -> KnownHead | None:
    """What wristbands write: when it began, in every column, then how many samples there are in a second."""
    if len(rows) < 2 + _LEAST or not len(rows[0]) == len(rows[1]) <= len(rows[2]):  # cleaned columns may be beside
        return None
    began, rates = ({cell.strip() for cell in row} for row in rows[:2])
    if len(began) != 1 or len(rates) != 1:
        return None
    time, rate = began.pop(), rates.pop()
    if not (_PLAIN.fullmatch(time) and _PLAIN.fullmatch(rate)):
        return None
    fits = _EPOCH[0] < float(time) < _EPOCH[1] and 0 < float(rate) <= _FASTEST
    samples = [float(cell) for row in rows[2 : 2 + _LEAST] for cell in row if _PLAIN.fullmatch(cell.strip())]
    if not fits or not samples or max(samples) > _EPOCH[0]:
        return None
    return KnownHead(2, told=Told(1 / float(rate), rate))


def _charted(rows: Sequence[Sequence[str]], width: int) -> KnownHead | None:
    """What LabChart writes: rows that begin with ``ChannelTitle=``, ``UnitName=`` and others, then the samples, with a
    column of times or without."""
    keys = [row[0].strip().lower() if row else "" for row in rows[:_LINES]]
    place = next((place for place, key in enumerate(keys) if key == "channeltitle="), None)
    if place is None:
        return None
    first = next((at for at in range(place, len(keys)) if not keys[at].endswith("=")), None)
    titles = [cell.strip() for cell in rows[place][1:]]
    if first is None or len(rows[first]) != width or len(titles) not in (width, width - 1):
        return None
    timed = len(titles) == width - 1
    unit_row = next((at for at in range(place, first) if keys[at] == "unitname="), None)
    units = [cell.strip().strip("*") for cell in rows[unit_row][1:]] if unit_row is not None else []
    return KnownHead(first, tuple([*(["time"] * timed), *titles]), tuple([*(["s"] * timed), *units]), place, unit_row)
