"""Problems of a recipe, each at its field and in a sentence."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from aedesk.options import Choice

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails


@dataclass(frozen=True)
class Problem:
    """Something wrong at a field: ``path`` is like ``("training", "epochs")``.

    An impossible choice keeps the recipe from being trained; an unwise one (``fatal=False``)
    is only advice.
    """

    path: tuple[str, ...]
    text: str
    fatal: bool = True

    def __str__(self) -> str:
        return f"{'.'.join(self.path)}: {self.text}" if self.path else self.text


def explain(error: ValidationError) -> list[Problem]:
    """The problems of a pydantic error, in words for people."""
    kinds = {kind for family in Choice.__subclasses__() for kind in family.kinds()}
    return [
        # A union's location also names the kind it took, which is no field.
        Problem(_path(detail, kinds), _sentence(detail, _path(detail, kinds), kinds))
        for detail in error.errors(include_url=False)
    ]


def _path(detail: "ErrorDetails", kinds: set[str]) -> tuple[str, ...]:
    return tuple(str(step) for step in detail["loc"] if step not in kinds)


def _sentence(detail: "ErrorDetails", path: tuple[str, ...], kinds: set[str]) -> str:
    given: Any = detail.get("input")
    context: dict[str, Any] = detail.get("ctx", {})
    key = detail["loc"][-1] if detail["loc"] else ""
    match detail["type"]:
        case "extra_forbidden":
            return f"there is no option called “{key}”; check its spelling or remove it."
        case "missing":
            return "this is needed and is not given."
        case "greater_than_equal":
            return f"{given} is too small; it must be at least {context['ge']}."
        case "greater_than":
            return f"{given} is too small; it must be more than {context['gt']}."
        case "less_than_equal":
            return f"{given} is too large; it may be at most {context['le']}."
        case "less_than":
            return f"{given} is too large; it must be less than {context['lt']}."
        case "literal_error":
            return f"{given!r} is not one of {context['expected']}."
        case "union_tag_invalid":
            return f"{context['tag']!r} is not one of {context['expected_tags']}."
        case "union_tag_not_found":
            return "its “kind” is not given."
        case "int_parsing" | "int_type" | "int_from_float":
            return f"{given!r} is not a whole number."
        case "float_parsing" | "float_type" | "finite_number":
            return f"{given!r} is not a number."
        case "bool_parsing" | "bool_type":
            return f"{given!r} is neither true nor false."
        case "model_type" | "model_attributes_type" | "dict_type":
            if isinstance(given, str) and given in kinds:
                return f"{given!r} is a kind; write {'.'.join((*path, 'kind'))}={given}."
            return f"{given!r} stands where several options belong; name the one, as in {'.'.join(path)}.NAME=VALUE."
        case "string_pattern_mismatch":
            return f"{given!r} may hold only letters, digits, dots, hyphens and underscores."
        case _:
            return f"{detail['msg'][:1].lower()}{detail['msg'][1:]}."
