"""Recipes: what may be in them, what is said of what may not, and that one new file adds a kind."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from aedesk.errors import RecipeError
from aedesk.files.recipe_file import read_shipped, shipped, with_options
from aedesk.options import Choice
from aedesk.recipe import SECTIONS, Recipe
from aedesk.recipe_problems import Problem, explain


def problems_with(*assignments: str) -> list[Problem]:
    """What is said of the default recipe with options set."""
    return Recipe.problems_of(with_options(Recipe().document(), list(assignments)))


def test_the_default_recipe_can_be_trained() -> None:
    assert Recipe().problems() == []


def test_every_section_has_its_field() -> None:
    assert set(SECTIONS) <= set(Recipe.model_fields)


@pytest.mark.parametrize("name", shipped())
def test_a_shipped_recipe_survives_its_document(name: str) -> None:
    recipe = read_shipped(name)
    assert Recipe.from_document(recipe.document()) == recipe
    assert Recipe.model_validate_json(recipe.model_dump_json()) == recipe


@pytest.mark.parametrize("name", shipped())
def test_a_shipped_recipe_is_possible_and_presents_itself(name: str) -> None:
    recipe = read_shipped(name)
    assert not [problem for problem in recipe.problems() if problem.fatal]
    assert recipe.name == name
    assert recipe.title
    assert recipe.summary.endswith(".") and len(recipe.summary) > 20


def test_a_document_keeps_the_kind_of_every_choice() -> None:
    document = with_options({}, ["data.source.kind=ramp", "corruption.kind=masking", "corruption.share=0.5"])
    recipe = Recipe.from_document(document)
    assert recipe.document()["data"]["source"]["kind"] == "ramp"
    assert recipe.document()["corruption"] == {"kind": "masking", "share": 0.5}


def test_a_recipe_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        Recipe().training.epochs = 3  # type: ignore[misc]


def _kinds() -> list[type[Choice]]:
    """Every kind of every choice that AEDesk has; other tests add kinds of their own."""
    kinds = [kind for family in Choice.__subclasses__() for kind in family.kinds().values()]
    return [kind for kind in kinds if kind.__module__.startswith("aedesk.")]


def option_groups(model: type[BaseModel] = Recipe) -> list[type[BaseModel]]:
    """A group of options and all groups inside it, with every kind of every choice."""
    found, waiting = [], [model, *_kinds()]
    while waiting:
        group = waiting.pop()
        if group not in found:
            found.append(group)
            annotations = [field.annotation for field in group.model_fields.values()]
            waiting += [a for a in annotations if isinstance(a, type) and issubclass(a, BaseModel)]
    return found


def test_every_option_explains_itself() -> None:
    """Forms, help and reference are made of titles and descriptions, so none may be missing."""
    silent = [
        f"{group.__name__}.{name}"
        for group in option_groups()
        for name, field in group.model_fields.items()
        if name not in ("kind", "format") and (not field.title or len(field.description or "") < 10)
    ]
    assert len(option_groups()) > 10
    assert not silent


def test_every_kind_presents_itself() -> None:
    for family in Choice.__subclasses__():
        for name, kind in family.kinds().items():
            assert kind.title and kind.summary, f"{name} has no title or summary"


@pytest.mark.parametrize(
    ("assignment", "path", "words"),
    [
        ("training.epochs=0", "training.epochs", "0 is too small; it must be at least 1"),
        ("training.epochs=2.5", "training.epochs", "2.5 is not a whole number"),
        ("training.epochs=many", "training.epochs", "'many' is not a whole number"),
        ("training.epochs=2000000", "training.epochs", "2000000 is too large; it may be at most 1000000"),
        ("training.batch_size=-1", "training.batch_size", "-1 is too small"),
        ("training.learning_rate=0", "training.learning_rate", "0 is too small; it must be more than 0"),
        ("training.learning_rate=nan", "training.learning_rate", "nan is not a number"),
        ("training.learning_rate=inf", "training.learning_rate", "inf is"),
        ("training.learning_rate=fast", "training.learning_rate", "'fast' is not a number"),
        ("training.momentum=1", "training.momentum", "1 is too large; it must be less than 1"),
        ("training.optimiser=magic", "training.optimiser", "'magic' is not one of 'adam', 'adamw' or 'sgd'"),
        ("training.speed=3", "training.speed", "there is no option called “speed”"),
        ("colour=3", "colour", "there is no option called “colour”"),
        ("name=two words", "name", "'two words' may hold only letters, digits"),
        ("format=2", "format", "2 is not one of 1"),
        ("model.mirror=perhaps", "model.mirror", "'perhaps' is neither true nor false"),
        ("model.code_size=0", "model.code_size", "0 is too small; it must be at least 1"),
        ("model.encoder.layers.0.width=-5", "model.encoder.layers.0.width", "-5 is too small"),
        ("model.encoder.layers.1.activation=step", "model.encoder.layers.1.activation", "'step' is not one of"),
        ("model.encoder.layers=12", "model.encoder.layers", "valid tuple"),
        ("model.bottleneck=variational", "model.bottleneck", "write model.bottleneck.kind=variational."),
        ('objective.penalties=["l1"]', "objective.penalties.0", "write objective.penalties.0.kind=l1."),
        ("model.bottleneck=12", "model.bottleneck", "12 stands where several options belong"),
        ("training=fast", "training", "name the one, as in training.NAME=VALUE"),
        ("model.encoder.kind=quantum", "model.encoder", "'quantum' is not one of"),
        ("data.source.kind=moon", "data.source", "'moon' is not one of"),
        ("data.source.window=16", "data.source.window", "there is no option called “window”"),
        ("data.split.test=1", "data.split.test", "1 is too large; it must be less than 1"),
        ("data.split.test=-0.1", "data.split.test", "-0.1 is too small"),
        ("data.scaling=big", "data.scaling", "'big' is not one of"),
        ("data.limit=-1", "data.limit", "-1 is too small"),
        ("objective.reconstruction=love", "objective.reconstruction", "'love' is not one of"),
    ],
)
def test_a_bad_value_is_named_at_its_place(assignment: str, path: str, words: str) -> None:
    (problem,) = problems_with(assignment)
    assert problem.fatal
    assert ".".join(problem.path).startswith(path)
    assert words in problem.text
    assert problem.text.endswith(".")
    with pytest.raises(RecipeError, match=path):
        Recipe.from_document(with_options(Recipe().document(), [assignment]))


@pytest.mark.parametrize("section", ["data.source", "corruption"])
def test_a_choice_without_a_kind_is_asked_for_it(section: str) -> None:
    outer, _, inner = section.partition(".")
    document: dict[str, Any] = {outer: {inner: {}}} if inner else {outer: {}}
    (problem,) = Recipe.problems_of(document)
    assert ".".join(problem.path) == section
    assert problem.text == "its “kind” is not given."


def test_a_kind_of_a_choice_is_no_step_of_a_problems_path() -> None:
    found = problems_with("corruption.kind=gaussian", "corruption.sigma=-1")
    assert [problem.path for problem in found] == [("corruption", "sigma")]


def test_several_bad_values_are_all_named() -> None:
    found = problems_with("training.epochs=0", "model.code_size=0", "data.limit=-1")
    assert {problem.path[-1] for problem in found} == {"epochs", "code_size", "limit"}


def test_an_unknown_complaint_still_becomes_a_sentence() -> None:
    try:
        Recipe.model_validate({"title": [3]})
    except ValidationError as error:
        (problem,) = explain(error)
    assert str(problem) == "title: input should be a valid string."


NEW_KINDS = """
from typing import ClassVar, Literal
from aedesk.data.corruption import Corruption
from aedesk.models.architecture import Architecture, LayerPlan
from aedesk.options import option

class Doubling(Corruption):
    title: ClassVar[str] = "Doubling"
    summary: ClassVar[str] = "Every value is doubled."
    kind: Literal["doubling"] = "doubling"
    times: int = option(2, "Times", "How many times each value is taken.", ge=2)

    def apply(self, x, generator, spread):
        return x * self.times

class Bare(Architecture):
    title: ClassVar[str] = "Bare"
    summary: ClassVar[str] = "No layers at all."
    kind: Literal["bare"] = "bare"

    def plan_encoder(self, shape):
        return []

    def plan_decoder(self, code_shape, shape):
        return [LayerPlan("bare", "output", shape, (code_shape[0] + 1) * shape[0])]

    def build_encoder(self, shape, generator):
        from torch import nn
        return nn.Identity()

    def build_decoder(self, code_shape, shape, generator):
        from aedesk.models.linear import linear
        return linear(code_shape[0], shape[0], generator)

    def mirrored(self):
        return self

from aedesk.recipe import Recipe

recipe = Recipe.from_document({
    "data": {"source": {"kind": "iris"}, "scaling": "standard"},
    "corruption": {"kind": "doubling", "times": 3},
    "model": {"encoder": {"kind": "bare"}},
    "training": {"epochs": 1},
})
assert type(recipe.corruption) is Doubling and type(recipe.model.encoder) is Bare
assert Recipe.from_document(recipe.document()) == recipe
assert Recipe.from_document({"model": {"encoder": {"kind": "dense"}}}).model.encoder.kind == "dense"
(problem,) = Recipe.problems_of({"corruption": {"kind": "doubling", "times": 1}})
assert problem.path == ("corruption", "times"), problem
(problem,) = Recipe.problems_of({"model": {"encoder": {"kind": "bear"}}})
assert problem.path == ("model", "encoder") and "bare" in problem.text, problem

from aedesk.data.loading import load
from aedesk.models.model_options import plan
from aedesk.training.devices import choose
from aedesk.training.run import train

finished = list(train(recipe, load(recipe.data), choose("cpu")))[-1]
count = finished.model.autoencoder.parameter_count()
assert finished.reason == "completed" and count == sum(layer.parameters for layer in plan(recipe.model, (4,)))
"""


def test_a_new_kind_needs_one_new_file_only(tmp_path: Path) -> None:
    """Defined before the recipe is put together, as a file in its folder is; told, trained and planned."""
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[1])}
    done = subprocess.run(
        [sys.executable, "-c", NEW_KINDS], cwd=tmp_path, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def test_every_file_of_a_family_is_found() -> None:
    """What ``one_of`` imports by itself is every module of the family's folder."""
    package = Path(sys.modules["aedesk"].__file__ or "").parent
    for family, folder in (
        ("Source", "data/sources"),
        ("Corruption", "data/corruptions"),
        ("Augmentation", "data/augmentations"),
        ("Architecture", "models/architectures"),
        ("Bottleneck", "models/bottlenecks"),
        ("Penalty", "models/penalties"),
        ("Prior", "models/priors"),
        ("Adversary", "models/adversaries"),
        ("Head", "models/heads"),
    ):
        (kinds,) = [each.kinds() for each in Choice.__subclasses__() if each.__name__ == family]
        homes = {kind.__module__.rpartition(".")[2] for kind in kinds.values()}
        files = {file.stem for file in (package / folder).glob("*.py")} - {"__init__"}
        assert files <= homes, family


@pytest.mark.parametrize(("said", "text"), [("1", "1"), ("-200", "-200"), ("2.5", "2.5"), ("CH1", "CH1"), ('"1"', "1")])
def test_a_number_stands_for_itself_where_a_text_is_asked_for(said: str, text: str) -> None:
    assignments = ["data.source.kind=signal", f"data.source.column={said}", f"data.source.reading.missing={said}"]
    source = Recipe.from_document(with_options(Recipe().document(), assignments)).data.source
    assert (source.column, source.reading.missing) == (text, text)


def test_what_is_no_number_is_no_text_either() -> None:
    assert problems_with("data.source.kind=signal", "data.source.column=true")
    assert problems_with("data.source.kind=signal", "data.source.column=[1]")
