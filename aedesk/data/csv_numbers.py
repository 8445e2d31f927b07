"""How the numbers of a column are written, so that cleaned ones can be written like them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from aedesk.data.csv_values import PERCENT, bare_number

_MORE = 2
"""Digits that a cleaned number has more than those it came of: rounding to one more would still add a tenth of the
error that the file's own rounding makes, which is what is left where cleaning takes nine tenths of the noise off."""

_NUMBER = re.compile(r"[+-]?(\d*)(?:\.(\d*))?(?:([eE])([+-]?\d+))?")
_MOST = 9  # digits; more than those that give a float32 back exactly


@dataclass(frozen=True)
class NumberForm:
    """At most so many ``digits`` behind the decimal point, or just so many of the mantissa where there is an
    ``exponent`` mark (e or E).

    Without ``digits`` it is the fewest that give a number back exactly. ``behind`` stands after it: a percent sign.
    """

    digits: int | None = None
    exponent: str = ""
    behind: str = ""

    def texts(self, values: np.ndarray) -> Iterator[str]:
        """Each of the values ``[n]`` as text with a decimal point; NaN as nan."""
        return (f"{text}{self.behind}" for text in self._numbers(values)) if self.behind else self._numbers(values)

    def _numbers(self, values: np.ndarray) -> Iterator[str]:
        if self.digits is None:
            # As a Python float, a float32 would show digits that it does not have.
            yield from map(str, values if values.dtype == np.float32 else values.tolist())
            return
        if self.exponent:
            form = f"%.{self.digits}{self.exponent}"
            yield from (form % number for number in values.tolist())
            return
        plain = f"%.{self.digits}f"
        for number in (np.round(values.astype(np.float64), self.digits) + 0.0).tolist():  # no -0.0
            text = repr(number)
            yield plain % number if "e" in text else text


SHORTEST = NumberForm()


def form_of(cells: Iterable[str], decimal: str, thousands: str = "") -> NumberForm:
    """The form for what is cleaned of a column with these cells: two digits more than the most exact of them has.

    The fewest that are exact where that would be more digits than a float32 holds, or no cell is a number.
    """
    before, behind, mantissa, exponents, signs, count = 0, 0, 0, [], [], 0
    for cell in cells:
        percent = PERCENT.search(cell)
        bare = bare_number(cell)
        bare = bare.replace(thousands, "") if thousands else bare
        match = None if decimal != "." and "." in bare else _NUMBER.fullmatch(bare.replace(decimal, "."))
        if not match or not (match[1] or match[2]):
            continue
        count += 1
        signs += [percent[1]] if percent else []
        fraction, power = len(match[2] or ""), int(match[4] or 0)
        before, mantissa = max(before, len(match[1].lstrip("0")) + max(0, power)), max(mantissa, fraction)
        behind = max(behind, fraction - power)
        if match[3]:
            exponents.append(match[3])
    if not count:
        return SHORTEST
    sign = signs[0] if len(signs) * 2 > count else ""
    if len(exponents) * 2 > count:
        return NumberForm(mantissa + _MORE if mantissa + 1 + _MORE <= _MOST else None, exponents[0], sign)
    return NumberForm(behind + _MORE if before + behind + _MORE <= _MOST else None, behind=sign)
