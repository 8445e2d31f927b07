"""The unit that a column's name ends in."""

import re

_IN_BRACKETS = re.compile(r"[(\[]([^()\[\]]{1,8})[)\]]\s*$")
_AFTER_NAME = re.compile(r"[_\s]([pnuµμmckMG]?(?:V|A|W|g|Hz|Pa|bar|N|m|K|Ohm|Ω)|°C|°F|dB|bpm|%)$")


def unit_of(name: str) -> str:
    """The unit a column's name ends in, as in ``ecg_mV`` and ``pressure (kPa)``, or ""."""
    found = _IN_BRACKETS.search(name) or _AFTER_NAME.search(name)
    return found.group(1) if found else ""
