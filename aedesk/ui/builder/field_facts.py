"""What a field of a recipe says of itself: its range, unit and the type of its value."""

import math
from dataclasses import dataclass
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo
from pydantic_core import to_jsonable_python

from aedesk.options import Choice


@dataclass(frozen=True)
class Range:
    """What numbers are allowed; ``open_…`` leaves the end itself out."""

    low: float = -math.inf
    high: float = math.inf
    open_low: bool = False
    open_high: bool = False

    def __contains__(self, number: float) -> bool:
        above = number > self.low if self.open_low else number >= self.low
        under = number < self.high if self.open_high else number <= self.high
        return above and under


def range_of(field: FieldInfo) -> Range:
    """The range from a field's ``ge``, ``gt``, ``le`` and ``lt``."""
    found: dict[str, Any] = {}
    for fact in field.metadata:
        for name in ("ge", "gt", "le", "lt"):
            if hasattr(fact, name):
                found[name] = getattr(fact, name)
    return Range(
        found.get("ge", found.get("gt", -math.inf)),
        found.get("le", found.get("lt", math.inf)),
        "gt" in found,
        "lt" in found,
    )


def length_of(field: FieldInfo) -> tuple[int, int | None]:
    """The least and the largest number of entries or letters; None is without end."""
    least, most = 0, None
    for fact in field.metadata:
        least = getattr(fact, "min_length", None) or least
        most = getattr(fact, "max_length", None) or most
    return least, most


def unit_of(field: FieldInfo) -> str:
    """The field's unit, or nothing."""
    extra = field.json_schema_extra
    return str(extra.get("unit", "")) if isinstance(extra, dict) else ""


def default_of(field: FieldInfo) -> Any:
    """The field's default as a plain value, or None where it has none."""
    default = field.get_default(call_default_factory=True) if not field.is_required() else None
    return to_jsonable_python(default, exclude_none=True)


def bare(annotation: Any) -> tuple[Any, bool]:
    """A type without ``Annotated`` and without ``None``, and whether it allows None."""
    if get_origin(annotation) is Annotated:
        return bare(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType) and NoneType in get_args(annotation):
        rest = tuple(part for part in get_args(annotation) if part is not NoneType)
        return bare(Union[rest])[0], True  # noqa: UP007 - built from a tuple
    return annotation, False


def constant_of(field: FieldInfo) -> Any:
    """The only value that a field can have, or None where there is a choice."""
    annotation = bare(field.annotation)[0]
    values = get_args(annotation) if get_origin(annotation) is Literal else ()
    return values[0] if len(values) == 1 else None


def kinds_of(annotation: Any, first: str | None = None) -> dict[str, type[Choice]]:
    """The kinds that a type lets choose from, ``first`` first and then by title; empty where none."""
    members = get_args(annotation) if get_origin(annotation) in (Union, UnionType) else (annotation,)
    kinds = {}
    for member in members:
        kind = bare(member)[0]
        if not (isinstance(kind, type) and issubclass(kind, Choice) and "kind" in kind.model_fields):
            return {}
        kinds[kind.model_fields["kind"].default] = kind
    return dict(sorted(kinds.items(), key=lambda entry: (entry[0] != first, entry[1].title or entry[0])))
