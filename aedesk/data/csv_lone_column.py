"""Whether the commas of a text table are decimal marks of a single column, and not between two of whole numbers."""

import re
from collections.abc import Sequence

from aedesk.data.csv_values import is_mark, is_missing

_NUMBER = re.compile(r"([+\-\u2212]?)(\d+)(?:,(\d+)([eE][+\-\u2212]?\d+)?)?")
_MOST_ABOVE = 3  # lines of names and units
_ENOUGH = 20  # rows, by which it shows that a second part never begins with a zero


def is_decimal_column(lines: Sequence[str]) -> bool:
    """Whether these lines without comments are one column of numbers with decimal commas, below a name or not.

    Below a name alone, as it has no comma, they are, unless what stands behind the commas looks like whole numbers:
    some longer than others, and none of many with a zero before other digits. Without a name one of these tells:
    ``-0``, which is nothing but the beginning of a fraction; zeros before other digits behind the comma, and none
    before it; a mantissa of several digits behind the comma; rows without a comma among others.
    """
    rows = [line.strip() for line in lines]
    first = len(rows)
    while first and (_NUMBER.fullmatch(rows[first - 1]) or is_missing(rows[first - 1]) or is_mark(rows[first - 1])):
        first -= 1
    above, found = rows[:first], [match for row in rows[first:] if (match := _NUMBER.fullmatch(row))]
    fractions = [match for match in found if match[3]]
    if len(found) < 2 or not fractions or (first and len(above) * 2 > len(rows)):
        return False
    behind = [match[3] for match in fractions]
    if any(match[2].startswith("0") and len(match[2]) > 1 for match in found):
        return False  # numbers are filled up with zeros, or are codes
    if any(match[1] not in ("", "+") and match[2] == "0" and match[3].strip("0") for match in fractions):
        return True
    zeros = any(part.startswith("0") and part.strip("0") for part in behind)
    even = len({len(part) for part in behind}) == 1
    named = 0 < len(above) <= _MOST_ABOVE and not any("," in line or _NUMBER.fullmatch(line) for line in above)
    if named:
        return even or zeros or len(fractions) < _ENOUGH
    scientific = all(match[4] and len(match[2]) == 1 for match in fractions) and max(map(len, behind)) > 1
    whole = len(found) - len(fractions)
    cut = all(len(part) == 1 or not part.endswith("0") for part in behind)  # zeros at the end are left out
    return scientific or (zeros and (even or cut)) or (whole > 1 and whole * 20 > len(found))
