"""Recipes as TOML files, and single options set from a command line."""

from pathlib import Path

import pytest

from aedesk.errors import RecipeError
from aedesk.files.recipe_file import (
    DEFAULT_RECIPE,
    read_document,
    read_recipe,
    read_shipped,
    shipped,
    with_option,
    with_options,
    write_recipe,
)
from aedesk.recipe import Recipe


@pytest.mark.parametrize("name", shipped())
def test_a_shipped_recipe_survives_toml(name: str, tmp_path: Path) -> None:
    recipe = read_shipped(name)
    write_recipe(recipe, tmp_path / "again.toml")
    assert read_recipe(tmp_path / "again.toml") == recipe


def test_names_and_numbers_survive_toml(tmp_path: Path) -> None:
    recipe = Recipe.from_document(
        {"name": "a.b-c_1", "title": 'Größe "α" = \\ 5\n2', "training": {"learning_rate": 1.2345678901234e-7}}
    )
    write_recipe(recipe, tmp_path / "r.toml")
    assert read_recipe(tmp_path / "r.toml") == recipe


def test_the_shipped_recipes_are_all_listed_once() -> None:
    assert len(set(shipped())) == len(shipped()) >= 7
    assert DEFAULT_RECIPE in shipped()


def test_an_unknown_shipped_recipe_lists_those_there_are() -> None:
    with pytest.raises(RecipeError, match="no recipe called “digit-maps”.*digits-map"):
        read_shipped("digit-maps")


@pytest.mark.parametrize(
    ("assignment", "path", "value"),
    [
        ("training.epochs=2", ("training", "epochs"), 2),
        (" training.epochs = 2 ", ("training", "epochs"), 2),
        ("training.learning_rate=1e-3", ("training", "learning_rate"), 0.001),
        ("model.mirror=false", ("model", "mirror"), False),
        ("title=A map = a plane", ("title",), "A map = a plane"),
        ('title="quoted"', ("title",), "quoted"),
        ("title=", ("title",), ""),
        ("data.source.file=C:\\signals\\a.csv", ("data", "source", "file"), "C:\\signals\\a.csv"),
        ("new.section.option=[1, 2]", ("new", "section", "option"), [1, 2]),
        ("model.encoder={ kind = 'dense', layers = [] }", ("model", "encoder"), {"kind": "dense", "layers": []}),
    ],
)
def test_an_option_is_set(assignment: str, path: tuple[str, ...], value: object) -> None:
    found: object = with_option({"training": {"epochs": 9, "seed": 4}}, assignment)
    for step in path:
        assert isinstance(found, dict)
        found = found[step]
    assert found == value and type(found) is type(value)


def test_setting_changes_only_that_option_and_not_the_original() -> None:
    before = {"training": {"epochs": 9, "seed": 4}, "layers": [{"width": 1}, {"width": 2}]}
    after = with_options(before, ["training.epochs=2", "layers.1.width=3"])
    assert after == {"training": {"epochs": 2, "seed": 4}, "layers": [{"width": 1}, {"width": 3}]}
    assert before == {"training": {"epochs": 9, "seed": 4}, "layers": [{"width": 1}, {"width": 2}]}


def test_another_kind_starts_its_section_anew() -> None:
    document = {"source": {"kind": "ramp", "window": 8}}
    assert with_option(document, "source.kind=iris") == {"source": {"kind": "iris"}}
    assert with_option(document, "source.kind=ramp") == document


def test_later_options_win() -> None:
    assert with_options({}, ["a.b=1", "a.b=2", "a.kind=x", "a.c=3"]) == {"a": {"kind": "x", "c": 3}}


@pytest.mark.parametrize(
    ("assignment", "words"),
    [
        ("training.epochs", "does not set an option. Write it like training.epochs=2"),
        ("=2", "does not set an option"),
        ("training..epochs=2", "does not set an option"),
        (".=2", "does not set an option"),
        ("layers.7.width=2", "there is no entry 7; the list has 2"),
        ("layers.last.width=2", "there is no entry last"),
        ("layers.-1.width=2", "there is no entry -1"),
        ("training.epochs.more=2", "there is nothing called “more” there"),
    ],
)
def test_what_sets_nothing_is_refused(assignment: str, words: str) -> None:
    document = {"training": {"epochs": 9}, "layers": [{"width": 1}, {"width": 2}]}
    with pytest.raises(RecipeError) as caught:
        with_option(document, assignment)
    assert words in str(caught.value) and assignment in str(caught.value)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"[training\nepochs = 2", "is not a recipe in TOML"),
        (b"epochs = = 2", "line 1"),
        (b"a = 1\na = 2\n", "Cannot overwrite a value"),
        (b"\xff\xfe\x00\x01", "is not a text file"),
        (b"[training]\nepochs = 0", "mine.toml: training.epochs: 0 is too small"),
        (b"[training]\nspeed = 0", "mine.toml: training.speed: there is no option called “speed”"),
        (
            b"[model.encoder]\nkind = 'dense'\nlayers = [{ width = -1 }]",
            "model.encoder.layers.0.width: -1 is too small",
        ),
        (b"[model.encoder]\nlayers = []", "model.encoder: its “kind” is not given"),
    ],
)
def test_a_bad_file_is_named_with_its_fault(content: bytes, words: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(content)
    with pytest.raises(RecipeError) as caught:
        read_recipe(path)
    assert words in str(caught.value) and "mine.toml" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(RecipeError, match=r"gone\.toml cannot be read: No such file"):
        read_document(tmp_path / "gone.toml")
    with pytest.raises(RecipeError, match="cannot be read"):
        read_document(tmp_path)


def test_an_empty_file_is_the_default_recipe(tmp_path: Path) -> None:
    (tmp_path / "empty.toml").write_text("")
    assert read_recipe(tmp_path / "empty.toml") == Recipe()
