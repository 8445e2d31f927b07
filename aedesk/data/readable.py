"""Numbers as people read them."""

from math import isfinite, isnan

_PLAIN = (1e-3, 99_999)
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def readable(number: float, digits: int = 3) -> str:
    """A number rounded to so many significant ``digits``: 0.012, 270, 5 400, and 4.2 × 10⁻⁵ where plain digits are too many.

    Between its thousands are narrow spaces at which no line breaks. What is unknown, NaN, is a dash.
    """
    if isnan(number):
        return "–"
    sign = "−" if number < 0 else ""
    if not isfinite(number):
        return f"{sign}∞"
    mantissa, exponent = f"{abs(number):.{digits - 1}e}".split("e")
    rounded = float(f"{mantissa}e{exponent}")
    if rounded and not _PLAIN[0] <= rounded <= _PLAIN[1]:
        power = str(int(exponent)).translate(_RAISED)
        return f"{sign}{_short(mantissa)}\u202f×\u202f10{power}"
    return sign * bool(rounded) + _short(f"{rounded:,.{max(0, digits - 1 - int(exponent))}f}").replace(",", "\u202f")


def _short(text: str) -> str:
    """Without the zeros that end it behind a decimal point."""
    return text.rstrip("0").rstrip(".") if "." in text else text
