"""Numbers as people read them."""

from math import inf, nan

import pytest

from aedesk.data.readable import readable


@pytest.mark.parametrize(
    ("number", "digits", "read"),
    [
        (0, 2, "0"),
        (0.5, 2, "0.5"),
        (0.012345, 3, "0.0123"),
        (0.001, 2, "0.001"),
        (1, 2, "1"),
        (9.96, 2, "10"),
        (100, 2, "100"),
        (271.3, 2, "270"),
        (1000, 3, "1\u202f000"),
        (54_321, 3, "54\u202f300"),
        (99_949, 3, "99\u202f900"),
        (99_999, 5, "99\u202f999"),
        (99_999, 3, "1\u202f×\u202f10⁵"),
        (123_456_789, 3, "1.23\u202f×\u202f10⁸"),
        (0.00099, 2, "9.9\u202f×\u202f10⁻⁴"),
        (4.2e-12, 2, "4.2\u202f×\u202f10⁻¹²"),
        (-271.3, 2, "−270"),
        (-0.0, 2, "0"),
        (inf, 2, "∞"),
        (-inf, 2, "−∞"),
        (nan, 2, "–"),
    ],
)
def test_numbers_are_written_as_a_person_would(number: float, digits: int, read: str) -> None:
    assert readable(number, digits) == read
