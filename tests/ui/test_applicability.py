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


def network(part: str, architecture: dict, **model: object) -> dict:
    return {"model": {"mirror": True, part: architecture, **model}}


@pytest.mark.parametrize(
    ("field", "model", "shown"),
    [
        ("up", network("encoder", {}), True),
        ("up", network("encoder", {}, mirror=False), False),
        ("feed", network("encoder", {}), True),
        ("feed", network("encoder", {}, mirror=False), False),
        ("teacher_forcing", network("encoder", {"feed": "fed-back"}), True),
        ("teacher_forcing", network("encoder", {"feed": "repeated"}), False),
        ("teacher_forcing", network("encoder", {"feed": "fed-back"}, mirror=False), False),
    ],
)
def test_how_an_encoder_would_be_mirrored_counts_where_it_is(field, model, shown):
    assert unused_fields(model)[("model", "encoder", field)] == (None if shown else "")


@pytest.mark.parametrize(("feed", "reason"), [("fed-back", None), ("repeated", "")])
def test_teacher_forcing_counts_where_the_output_is_fed_back(feed, reason):
    document = network("decoder", {"feed": feed}, mirror=False)
    assert unused_fields(document)[("model", "decoder", "teacher_forcing")] == reason


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ({"kind": "digits"}, ""),
        ({"kind": "digits8"}, ""),
        ({"kind": "iris"}, None),
        ({"kind": "ramp", "window": 16}, None),
        ({"kind": "ramp", "window": "no number"}, None),
        ({"kind": "nothing of the kind"}, None),
    ],
)
def test_signals_and_tables_are_cut_into_steps(source, reason):
    assert unused_fields({"data": {"source": source}})[("model", "encoder", "step")] == reason


def code(kind: str, activation: str = "linear") -> dict:
    return {"model": {"bottleneck": {"kind": kind}, "code_activation": activation}}


@pytest.mark.parametrize(
    ("field", "document", "reason"),
    [
        ("code_size", code("plain"), None),
        ("code_size", code("variational"), None),
        ("code_size", code("spatial"), "It follows from the encoder's last layer."),
        ("code_size", {}, None),
        ("code_activation", code("plain"), None),
        ("code_activation", code("variational"), "Codes of this kind are always linear."),
        ("code_activation", code("variational", "relu"), None),  # it is to be mended
    ],
)
def test_the_kind_of_code_decides_what_counts_of_it(field, document, reason):
    assert unused_fields(document)["model", field] == reason


@pytest.mark.parametrize(("loss", "counts"), [("huber", True), ("mse", False), ("bce", False)])
def test_hubers_delta_counts_for_hubers_loss(loss, counts):
    document = {"objective": {"reconstruction": loss}}
    assert (unused_fields(document)["objective", "huber_delta"] is None) is counts
