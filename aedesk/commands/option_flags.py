"""Flags of commands that are the fields of options: each is written down once, where the options are."""

import argparse
from typing import Any, Literal, TypeVar, get_args, get_origin

from pydantic import ValidationError

from aedesk.errors import AedeskError
from aedesk.options import Options

BY_RESAMPLE = "bring it to that rate by --resample {rate}"
"""How a recording is brought to another rate in a terminal: see ``strangeness``."""

AnyOptions = TypeVar("AnyOptions", bound=Options)


def add_flags(parser: argparse.ArgumentParser, options: type[Options], heading: str) -> None:
    """A flag for every field, such as ``--day-first`` for ``day_first``, below a heading of the help."""
    group = parser.add_argument_group(heading)
    for name, field in options.model_fields.items():
        words: dict[str, Any] = {"help": (field.description or "").replace("%", "%%"), "default": None}
        if field.annotation is bool:
            group.add_argument(_flag(name), action="store_true", **words)
            continue
        kinds = get_args(field.annotation) if get_origin(field.annotation) is Literal else ()
        choices = [kind for kind in kinds if kind and kind != field.default]
        group.add_argument(_flag(name), choices=choices or None, metavar=name.upper(), **words)


def given(parsed: argparse.Namespace, options: type[AnyOptions]) -> AnyOptions:
    """The options that the flags tell. AedeskError where one has a value that it cannot have."""
    named = {name: getattr(parsed, name) for name in options.model_fields if getattr(parsed, name) is not None}
    try:
        return options.model_validate(named)
    except ValidationError as error:
        first = error.errors()[0]
        raise AedeskError(f"{_flag(str(first['loc'][0]))}: {first['msg']}.") from error


def _flag(name: str) -> str:
    return f"--{name.replace('_', '-')}"
