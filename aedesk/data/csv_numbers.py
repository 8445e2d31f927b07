"""How the numbers of a column are written, so that cleaned ones can be written like them."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from aedesk.data.csv_values import PERCENT, SPACES, bare_number, number_pattern

_MORE = 2
"""Digits that a cleaned number has more than those it came of: rounding to one more would still add a tenth of the
error that the file's own rounding makes, which is what is left where cleaning takes nine tenths of the noise off."""

_NUMBER = re.compile(r"[+-]?(\d*)(?:\.(\d*))?(?:([eE])([+-]?\d+))?")
_WHOLE = re.compile(r"[+-]?(\d+)(?![\d.,]*[eE])")
_BETWEEN_GROUPS = re.compile(r"(?<=\d)(?=(?:\d{3})+$)")
_MOST = 9  # digits; more than those that give a float32 back exactly


@dataclass(frozen=True)
class NumberForm:
    """At most so many ``digits`` behind the decimal point, or just so many of the mantissa where there is an
    ``exponent`` mark (e or E).

    Without ``digits`` it is the fewest that give a number back exactly. ``behind`` stands after it: a percent sign.
    ``thousands`` is the mark between groups of three digits of numbers that have ``grouped_from`` of them or more
    before the decimal mark, "" for none.
    """

    digits: int | None = None
    exponent: str = ""
    behind: str = ""
    thousands: str = ""
    grouped_from: int = 4

    def texts(self, values: np.ndarray) -> Iterator[str]:
        """Each of the values ``[n]`` as text with a decimal point and without marks between thousands; NaN as nan."""
        return (f"{text}{self.behind}" for text in self._numbers(values)) if self.behind else self._numbers(values)

    def grouped(self, text: str) -> str:
        """One of these texts, with whatever decimal mark, with the marks between its thousands."""
        whole = _WHOLE.match(text)
        if not whole or len(whole[1]) < self.grouped_from:
            return text
        return f"{text[: whole.start(1)]}{_BETWEEN_GROUPS.sub(self.thousands, whole[1])}{text[whole.end(1) :]}"

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
    mark = _MarkBetweenThousands(decimal, thousands)
    for cell in cells:
        percent = PERCENT.search(cell)
        bare = bare_number(cell)
        bare = mark.taken_out(bare)
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
    digits = behind + _MORE if before + behind + _MORE <= _MOST else None
    return NumberForm(digits, "", sign, mark.used(), mark.used_from())


class _MarkBetweenThousands:
    """Which mark a column has between thousands, by its cells: most of those that are long enough have it."""

    def __init__(self, decimal: str, thousands: str) -> None:
        self._pattern = re.compile(number_pattern(decimal, thousands)) if thousands else None
        self._marks = SPACES if thousands == " " else thousands
        self._four = re.compile(r"[+-]?\d{4}(?!\d)")
        self._found: Counter[str] = Counter()
        self._plain = re.compile(rf"[+-]?(\d{{4,}})(?:{re.escape(decimal)}\d*)?")
        self._grouped_fours = self._plain_fours = self._plain_longer = 0

    def taken_out(self, cell: str) -> str:
        """A number without it; that it was there, or could have been, is noted."""
        if self._pattern is None:
            return cell
        if self._pattern.fullmatch(cell):
            mark = next(letter for letter in cell if letter in self._marks)
            self._found[mark] += 1
            taken = cell.replace(mark, "")
            self._grouped_fours += bool(self._four.match(taken))
            return taken
        plain = self._plain.fullmatch(cell)
        if plain:
            self._plain_fours += len(plain[1]) == 4
            self._plain_longer += len(plain[1]) > 4
        return cell

    def used_from(self) -> int:
        """The digits that a number has before its decimal mark where this begins: some leave four together."""
        return 5 if self._plain_fours > self._grouped_fours else 4

    def used(self) -> str:
        """The mark that most long numbers have, "" for none."""
        total = self._found.total()
        return self._found.most_common(1)[0][0] if total > self._plain_longer else ""
