"""Which choices do not go together: named at the field where each can be mended."""

import pytest

from aedesk.files.recipe_file import with_options
from aedesk.recipe import Recipe
from aedesk.recipe_problems import Problem


def problems_with(*assignments: str) -> list[Problem]:
    """What is said of the default recipe with options set."""
    return Recipe.problems_of(with_options(Recipe().document(), list(assignments)))


def fatal(*assignments: str) -> list[Problem]:
    return [problem for problem in problems_with(*assignments) if problem.fatal]


def advice(*assignments: str) -> list[Problem]:
    return [problem for problem in problems_with(*assignments) if not problem.fatal]


@pytest.mark.parametrize(
    ("kind", "field", "value"), [("signal", "file", "heart.csv"), ("images", "folder", "pictures")]
)
def test_a_source_says_what_is_to_be_filled_in(kind: str, field: str, value: str) -> None:
    (problem,) = fatal(f"data.source.kind={kind}")
    assert problem.path == ("data", "source", field)
    assert problem.text.startswith("Choose the ")
    assert not fatal(f"data.source.kind={kind}", f"data.source.{field}={value}")


def test_learning_from_everything_is_remarked() -> None:
    (problem,) = advice("data.split.held_out=false")
    assert problem.path == ("data", "split", "held_out")


@pytest.mark.parametrize(
    ("scaling", "activation", "possible"),
    [
        ("unit", "sigmoid", True),
        ("unit", "relu", True),
        ("unit", "tanh", True),
        ("unit", "linear", True),
        ("centred", "tanh", True),
        ("centred", "elu", True),
        ("centred", "leaky_relu", True),
        ("centred", "sigmoid", False),
        ("centred", "relu", False),
        ("centred", "silu", False),
        ("standard", "tanh", False),
        ("standard", "elu", False),
        ("standard", "sigmoid", False),
        ("standard", "linear", True),
        ("none", "sigmoid", True),
    ],
)
def test_an_output_must_reach_the_data(scaling: str, activation: str, possible: bool) -> None:
    found = fatal(f"data.scaling={scaling}", f"model.output_activation={activation}")
    assert [problem.path for problem in found] == ([] if possible else [("model", "output_activation")])
    if found:
        assert activation in found[0].text and "linear" in found[0].text


@pytest.mark.parametrize(
    ("scaling", "activation", "possible"),
    [("unit", "sigmoid", True), ("unit", "linear", False), ("none", "sigmoid", False)],
)
def test_cross_entropy_wants_values_from_0_to_1(scaling: str, activation: str, possible: bool) -> None:
    choices = [f"data.scaling={scaling}", f"model.output_activation={activation}"]
    found = fatal(*choices, "objective.reconstruction=bce")
    assert [problem.path for problem in found] == ([] if possible else [("objective", "reconstruction")])
    assert not fatal(*choices, "objective.reconstruction=mse")


@pytest.mark.parametrize("scaling", ["standard", "centred"])
@pytest.mark.parametrize("activation", ["linear", "sigmoid", "softmax"])
def test_divergence_wants_values_that_are_never_negative(scaling: str, activation: str) -> None:
    """And it alone speaks: a linear output, which suits such data, would not suit it."""
    (problem,) = fatal(
        f"data.scaling={scaling}", f"model.output_activation={activation}", "objective.reconstruction=kl"
    )
    assert problem.path == ("objective", "reconstruction")
    assert "scale the data to 0…1" in problem.text


def test_divergence_wants_an_output_of_shares() -> None:
    (problem,) = fatal("model.output_activation=linear", "objective.reconstruction=kl")
    assert problem.path == ("objective", "reconstruction") and "softmax or sigmoid" in problem.text
    assert not fatal("model.output_activation=sigmoid", "objective.reconstruction=kl")


def test_what_divergence_and_softmax_make_of_pictures_is_remarked() -> None:
    (problem,) = advice("model.output_activation=sigmoid", "objective.reconstruction=kl")
    assert problem.path == ("objective", "reconstruction") and "how high" in problem.text
    for loss in ("mse", "bce"):
        (problem,) = advice("model.output_activation=softmax", f"objective.reconstruction={loss}")
        assert problem.path == ("model", "output_activation") and "each row of a picture" in problem.text
    assert not advice("data.source.kind=words", "model.output_activation=softmax", "objective.reconstruction=kl")


@pytest.mark.parametrize("head", ["classifier", "regressor"])
def test_a_head_reads_no_feature_maps(head: str) -> None:
    source = {"classifier": "digits8", "regressor": "diabetes"}[head]
    choices = (f"data.source.kind={source}", "data.scaling=none", f"model.head.kind={head}")
    maps = ("model.encoder.kind=convolutional", "model.bottleneck.kind=spatial")
    (problem,) = fatal(*choices, *maps)
    assert problem.path == ("model", "head") and "feature maps" in problem.text
    assert not fatal(*choices, *maps[:1])


def test_a_decoder_that_does_not_mirror_needs_layers() -> None:
    (problem,) = fatal("model.mirror=false")
    assert problem.path == ("model", "decoder")
    assert not fatal("model.mirror=false", "model.decoder.kind=dense")


WIDE = ("data.source.kind=iris", "model.code_size=4")


def test_a_code_as_wide_as_the_data_is_remarked() -> None:
    (problem,) = advice(*WIDE)
    assert problem.path == ("model", "code_size")
    assert "(4 values)" in problem.text
    assert not advice("data.source.kind=iris", "model.code_size=3")


@pytest.mark.parametrize(
    ("guard", "idle"),
    [
        ("corruption={kind='gaussian'}", "corruption={kind='gaussian', sigma=0}"),
        ("corruption={kind='masking', share=0, least=0.1}", "corruption={kind='masking', share=0, least=0}"),
        ("model.bottleneck={kind='variational'}", "model.bottleneck={kind='variational', beta=0}"),
        ("objective.penalties=[{kind='l1', weight=0.1}]", "objective.penalties=[{kind='l1', weight=0}]"),
        ("objective.penalties=[{kind='contractive'}]", "objective.penalties=[{kind='decoder-l2'}]"),
    ],
)
def test_it_is_not_where_something_keeps_it_from_copying(guard: str, idle: str) -> None:
    def remarks(choice: str) -> list[Problem]:
        return [problem for problem in advice(*WIDE, choice) if problem.path == ("model", "code_size")]

    assert not remarks(guard)
    assert len(remarks(idle)) == 1


def test_feature_maps_as_wide_as_the_data_are_remarked_at_the_encoder_they_follow_from() -> None:
    maps = ("data.source.kind=digits8", "model.encoder.kind=convolutional", "model.bottleneck.kind=spatial")
    (problem,) = advice(*maps)
    assert problem.path == ("model", "encoder")
    assert "(64 values)" in problem.text and "strides" in problem.text
    assert not advice(*maps, "model.encoder.layers=[{channels=2}]")


@pytest.mark.parametrize(
    ("source", "head", "words"),
    [
        ("{kind='digits8'}", "regressor", "The regressor learns a number"),
        ("{kind='diabetes'}", "classifier", "The classifier learns labels"),
        ("{kind='ramp'}", "classifier", "learns labels"),
        ("{kind='words'}", "classifier", "learns labels"),
        ("{kind='table', file='a.csv', target='b'}", "classifier", "name the label column"),
        ("{kind='table', file='a.csv', label='b'}", "regressor", "name the target column"),
        ("{kind='images', folder='a'}", "regressor", "learns a number"),
        ("{kind='digits8'}", "classifier", ""),
        ("{kind='diabetes'}", "regressor", ""),
        ("{kind='table', file='a.csv', label='b'}", "classifier", ""),
        ("{kind='images', folder='a'}", "classifier", ""),
    ],
)
def test_a_head_needs_data_that_bring_its_answers(source: str, head: str, words: str) -> None:
    """Where only reading can tell whether they do, nothing is said before."""
    found = [
        problem
        for problem in problems_with(f"data.source={source}", "data.scaling=none", f"model.head.kind={head}")
        if problem.path == ("model", "head")
    ]
    assert [problem.fatal for problem in found] == ([True] if words else [])
    assert words in "".join(problem.text for problem in found)


def test_stopping_early_needs_validation_data() -> None:
    (problem,) = fatal("training.patience=3", "data.split.validation=0")
    assert problem.path == ("training", "patience")
    assert not fatal("training.patience=3")
    assert not fatal("training.patience=3", "data.split.validation=0", "data.split.held_out=false")


def test_the_impossible_comes_before_the_unwise() -> None:
    found = problems_with("data.split.held_out=false", "model.mirror=false")
    assert [problem.fatal for problem in found] == [True, False]
