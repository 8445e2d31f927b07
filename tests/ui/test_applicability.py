"""Which fields count beside the others."""

import pytest

from aedesk.ui.builder.applicability import unused_fields

TEST_SHARE = ("data", "split", "test")


def document(kind: str, held_out: bool = True) -> dict:
    return {"data": {"source": {"kind": kind}, "split": {"held_out": held_out}}}


@pytest.mark.parametrize(
    ("kind", "held_out", "reason"),
    [
        ("digits", True, "These data bring their own test part."),
        ("digits8", True, None),
        ("iris", True, None),
        ("signal", True, None),
        ("nothing of the kind", True, None),
        ("digits", False, ""),  # hidden: the switch above says why
        ("iris", False, ""),
    ],
)
def test_the_test_share_counts_where_the_data_bring_no_test_part(kind, held_out, reason):
    assert unused_fields(document(kind, held_out))[TEST_SHARE] == reason


def test_the_validation_share_counts_beside_a_test_part_of_the_datas_own():
    assert unused_fields(document("digits"))[("data", "split", "validation")] is None
