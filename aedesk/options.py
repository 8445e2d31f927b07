"""The stuff recipes are made of: validated values whose fields carry their own explanation.

A field is written down once, with its title, description, range and unit. The builder's forms,
the command line's ``--set``, TOML files and model files all derive from it.
"""

import importlib
import pkgutil
from typing import Annotated, Any, ClassVar, Self, Union

from pydantic import BaseModel, ConfigDict, Field


class Options(BaseModel):
    """A frozen group of fields; an unknown key is an error. A number stands for itself where a text is asked for,
    such as the name of a column."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", validate_default=True, allow_inf_nan=False, coerce_numbers_to_str=True
    )


def option(default: Any, title: str, description: str, *, unit: str = "", **constraints: Any) -> Any:
    """A field of :class:`Options`.

    ``title`` labels it in a form and ``description`` teaches it in one or two sentences.
    ``constraints`` are pydantic's (``ge``, ``le``, ``gt``, ``lt``, ``min_length`` …).
    """
    extra = {"unit": unit} if unit else None
    return Field(default, title=title, description=description, json_schema_extra=extra, **constraints)


class Choice(Options):
    """One of several kinds of something: a data source, a corruption, an architecture.

    A direct subclass is the family (``Source``); below it each kind has a ``kind`` field, a
    ``Literal`` that names it, and the class variables ``title`` and ``summary`` for people.
    """

    title: ClassVar[str] = ""
    summary: ClassVar[str] = ""

    @classmethod
    def kinds(cls) -> dict[str, type[Self]]:
        """All kinds of this family known so far, by name."""
        found: dict[str, type[Self]] = {}
        for child in cls.__subclasses__():
            if "kind" in child.model_fields:
                found[child.model_fields["kind"].default] = child
            found.update(child.kinds())
        return found


def one_of(family: type[Choice], package: str) -> Any:
    """The type of a field that holds any kind of ``family``, told apart by its ``kind``.

    Every module of ``package`` is imported first, so that a new kind needs only its own file.
    """
    home = importlib.import_module(package)
    for module in pkgutil.iter_modules(home.__path__, f"{package}."):
        importlib.import_module(module.name)
    kinds = tuple(family.kinds().values())
    if len(kinds) == 1:
        return kinds[0]
    return Annotated[Union[kinds], Field(discriminator="kind")]  # noqa: UP007 - built from a tuple
