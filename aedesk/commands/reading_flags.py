"""The flags that say how a text table is to be read: one for each field of `CsvReading`."""

import argparse
from typing import Literal, get_args, get_origin

from pydantic import ValidationError

from aedesk.data.csv_reading import CsvReading
from aedesk.errors import AedeskError


def add_reading_flags(parser: argparse.ArgumentParser) -> None:
    """A flag for every field, such as ``--day-first``."""
    group = parser.add_argument_group("how a text table is read (what is not said is guessed)")
    for name, field in CsvReading.model_fields.items():
        kinds = get_args(field.annotation) if get_origin(field.annotation) is Literal else ()
        choices = [kind for kind in kinds if kind and kind != field.default]
        group.add_argument(
            _flag(name),
            choices=choices or None,
            metavar=None if choices else name.upper(),
            help=(field.description or "").replace("%", "%%"),
        )


def reading_of(options: argparse.Namespace) -> CsvReading:
    """The reading that the flags tell. AedeskError where one has a value that it cannot have."""
    given = {name: getattr(options, name) for name in CsvReading.model_fields if getattr(options, name) is not None}
    try:
        return CsvReading.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        raise AedeskError(f"{_flag(str(first['loc'][0]))}: {first['msg']}.") from error


def _flag(name: str) -> str:
    return f"--{name.replace('_', '-')}"
