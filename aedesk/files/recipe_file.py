"""Recipes as TOML: the shipped ones, a person's own, and single options set from a command line."""

import tomllib
from functools import reduce
from pathlib import Path
from typing import Any

import tomli_w

from aedesk import paths
from aedesk.errors import RecipeError
from aedesk.files.atomic import write_whole
from aedesk.recipe import Recipe

DEFAULT_RECIPE = "digits-map"


def shipped() -> list[str]:
    """The names of the recipes that come with AEDesk, the simplest first."""
    order = (paths.resource("recipes", "order.txt")).read_text("utf-8").split()
    found = {file.stem for file in paths.resource("recipes").glob("*.toml")}
    return [name for name in order if name in found] + sorted(found - set(order))


def read_shipped(name: str) -> Recipe:
    """One of the shipped recipes. RecipeError lists them where there is none of that name."""
    if name not in shipped():
        raise RecipeError(f"There is no recipe called “{name}”. Shipped are: {', '.join(shipped())}.")
    return read_recipe(paths.resource("recipes", f"{name}.toml"))


def read_recipe(path: Path) -> Recipe:
    """A recipe from a TOML file. RecipeError names the file and what is wrong in it."""
    return recipe_from(read_document(path), path)


def recipe_from(document: dict[str, Any], path: Path) -> Recipe:
    """A recipe from a document; RecipeError begins with the name of the file it came from."""
    try:
        return Recipe.from_document(document)
    except RecipeError as error:
        raise RecipeError(f"{path.name}: {error}") from error


def read_document(path: Path) -> dict[str, Any]:
    """The plain values of a TOML file. RecipeError where it is missing or no TOML."""
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise RecipeError(f"{path} cannot be read: {error.strerror}. Check the name and its folder.") from error
    except UnicodeDecodeError as error:
        raise RecipeError(f"{path} is not a text file, so it is no recipe.") from error
    except tomllib.TOMLDecodeError as error:
        raise RecipeError(f"{path} is not a recipe in TOML: {error}.") from error


def write_recipe(recipe: Recipe, path: Path) -> None:
    """Write a recipe as TOML that ``read_recipe`` gives back. AedeskError where it cannot be written."""
    write_whole(path, tomli_w.dumps(recipe.document()).encode())


def with_option(document: dict[str, Any], assignment: str) -> dict[str, Any]:
    """A copy of a document with one option set, as in ``training.epochs=2``.

    The value is read as TOML, and as plain text where it is none. A step may be the index of a
    list. Giving a ``kind`` starts that section anew, since each kind has options of its own.
    """
    name, equals, text = assignment.partition("=")
    steps = name.strip().split(".")
    if not equals or not all(steps):
        raise RecipeError(f"“{assignment}” does not set an option. Write it like training.epochs=2.")
    return _with(document, steps, _value(text.strip()), assignment)


def with_options(document: dict[str, Any], assignments: list[str]) -> dict[str, Any]:
    """A copy of a document with several options set, in order."""
    return reduce(with_option, assignments, document)


def _value(text: str) -> Any:
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return text


def _with(node: Any, steps: list[str], value: Any, assignment: str) -> Any:
    if not steps:
        return value
    step, *rest = steps
    if isinstance(node, list):
        if not step.isdecimal() or int(step) >= len(node):
            raise RecipeError(f"“{assignment}”: there is no entry {step}; the list has {len(node)}.")
        changed = list(node)
        changed[int(step)] = _with(node[int(step)], rest, value, assignment)
        return changed
    if not isinstance(node, dict):
        raise RecipeError(f"“{assignment}”: there is nothing called “{step}” there.")
    if step == "kind" and not rest and node.get("kind") != value:
        return {"kind": value}
    return {**node, step: _with(node.get(step, {}), rest, value, assignment)}
