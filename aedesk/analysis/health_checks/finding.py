"""What an examination found, and what to do about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Severity = Literal["problem", "notice", "fine"]
Document = dict[str, Any]


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at.

    A ``problem`` keeps the network from learning what it could, a ``notice`` is worth a thought, and
    what is ``fine`` is good to know. ``changes`` are what the advice means for the recipe's document:
    values by their path, as in ``{"model.encoder.layers.0.activation": "leaky_relu"}``, empty where
    there is no such change.
    """

    key: str
    severity: Severity
    sentence: str
    advice: str = ""
    changes: Mapping[str, Any] = field(default_factory=dict)


def percent(share: float) -> str:
    """A share of 1 in words: “12 %”."""
    return f"{100 * share:.0f}\u202f%"


def rounded(value: float) -> float:
    """A number as a person would write it down: 0.0007 for 0.0007000000000000001."""
    return float(f"{value:.3g}")


def value_at(document: Document, path: str) -> Any:
    """The value at a path, None where that is left out. LookupError where the path leads nowhere."""
    node: Any = document
    *before, last = path.split(".")
    for step in before:
        node = node[_key(node, step)]
    return node.get(last) if isinstance(node, dict) else node[_key(node, last)]


def with_changes(document: Document, changes: Mapping[str, Any]) -> Document:
    """A copy of the document with the changes in it. LookupError where a path leads nowhere.

    A value of None takes away what is there.
    """
    for path, value in changes.items():
        document = _with(document, path.split("."), value)
    return document


def _with(node: Any, steps: list[str], value: Any) -> Any:
    step, *rest = steps
    key = step if isinstance(node, dict) and not rest else _key(node, step)
    changed = list(node) if isinstance(node, list) else dict(node)
    if value is None and not rest and isinstance(changed, dict):
        changed.pop(step, None)
    else:
        changed[key] = _with(node[key], rest, value) if rest else value
    return changed


def _key(node: Any, step: str) -> Any:
    """The step as a key of a mapping or an index of a list, if there is such an entry."""
    if isinstance(node, dict) and step in node:
        return step
    if isinstance(node, list) and step.isdecimal() and int(step) < len(node):
        return int(step)
    raise LookupError(step)
