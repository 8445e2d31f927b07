"""What columns are called that hold others cleaned."""

import re
from collections.abc import Iterable

_UNIT = re.compile(r"\s*(?:\([^()\[\]]{1,20}\)|\[[^()\[\]]{1,20}\])\s*$|[_\s](?:[pnuµμmckMG](?:V|A|W|g|Hz|Pa|bar|N|m|K|Ohm|Ω)|Hz|Pa|bar|Ohm|°C|°F|dB|bpm)$")
"""A unit at the end of a name; a lone letter without brackets may as well number a channel."""


def cleaned_names(names: Iterable[str], taken: Iterable[str] = ()) -> tuple[str, ...]:
    """``NAME_clean`` for each of the names, before the unit that one ends in: ``flow_clean (kPa)``.

    What is ``taken`` gets a number: ``flow_clean (2) (kPa)``.
    """
    known, found = set(taken), []
    for name in names:
        unit = _UNIT.search(name)
        stem, unit_text = (name[: unit.start()], name[unit.start() :]) if unit and unit.start() else (name, "")
        number, free = 1, f"{stem}_clean{unit_text}"
        while free in known:
            number += 1
            free = f"{stem}_clean ({number}){unit_text}"
        known.add(free)
        found.append(free)
    return tuple(found)
