"""Which fields have no effect beside the others, and why. The one table of such rules."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP
from pydantic import ValidationError

from aedesk.data.source import Source
from aedesk.data.windowed import WindowedSource
from aedesk.models.bottleneck import Bottleneck
from aedesk.ui.builder.editor import Unused
from aedesk.ui.builder.labels import recipe_text

Document = dict[str, Any]


@dataclass(frozen=True)
class Rule:
    """The field at ``path`` counts only where ``applies`` says so; ``*`` stands for every entry of a list.

    With a ``reason`` it is dimmed otherwise; without one it is hidden, which suits fields whose
    switch stands right above them.
    """

    path: tuple[str, ...]
    applies: Callable[[Document], bool]
    reason: str = ""


def value_at(document: Document, *path: str) -> Any:
    """The value at a path of a document, or None where there is none."""
    node: Any = document
    for step in path:
        node = node.get(step) if isinstance(node, dict) else None
    return node


def _keeps_aside(document: Document) -> bool:
    return value_at(document, "data", "split", "held_out") is not False


def _has_rows(document: Document) -> bool:
    source = Source.kinds().get(value_at(document, "data", "source", "kind"))
    return source is None or not issubclass(source, WindowedSource)


def _parts_are_ours(document: Document) -> bool:
    source = Source.kinds().get(value_at(document, "data", "source", "kind"))
    return not getattr(source, "own_test", False)


def _mirrors(document: Document) -> bool:
    return bool(value_at(document, "model", "mirror"))


def _sees_its_output(document: Document, part: str) -> bool:
    return value_at(document, "model", part, "feed") == "fed-back"


def _is_cut_into_steps(document: Document) -> bool:
    source = value_at(document, "data", "source") or {}
    kind = Source.kinds().get(source.get("kind"))
    try:
        shape = kind.model_validate(source).shape() if kind else None
    except ValidationError:
        return True
    return shape is None or len(shape) == 1


def _bottleneck(document: Document) -> type[Bottleneck]:
    return Bottleneck.kinds().get(value_at(document, "model", "bottleneck", "kind"), Bottleneck)


def _has_a_width(document: Document) -> bool:
    return not _bottleneck(document).keeps_features


def _may_be_bent(document: Document) -> bool:
    """Whether the code takes an activation, or has one that does not go with it and is to be changed."""
    is_linear = value_at(document, "model", "code_activation") in (None, "linear")
    return not (_bottleneck(document).linear_code and is_linear)


RULES = (
    Rule(("data", "split", "test"), _keeps_aside),
    Rule(
        ("data", "split", "test"),
        _parts_are_ours,
        QT_TRANSLATE_NOOP("Recipe", "These data bring their own test part."),
    ),
    Rule(("data", "split", "validation"), _keeps_aside),
    Rule(("data", "split", "stratify"), lambda document: _keeps_aside(document) and _has_rows(document)),
    Rule(("data", "split", "seed"), lambda document: _keeps_aside(document) and _has_rows(document)),
    Rule(
        ("model", "code_size"),
        _has_a_width,
        QT_TRANSLATE_NOOP("Recipe", "It follows from the encoder's last layer."),
    ),
    Rule(
        ("model", "code_activation"),
        _may_be_bent,
        QT_TRANSLATE_NOOP("Recipe", "Codes of this kind are always linear."),
    ),
    Rule(("model", "decoder"), lambda document: not _mirrors(document)),
    Rule(("model", "decoder", "layers", "*", "down"), lambda document: False),
    Rule(("model", "encoder", "up"), _mirrors),
    Rule(("model", "encoder", "feed"), _mirrors),
    Rule(
        ("model", "encoder", "teacher_forcing"),
        lambda document: _mirrors(document) and _sees_its_output(document, "encoder"),
    ),
    Rule(("model", "decoder", "teacher_forcing"), lambda document: _sees_its_output(document, "decoder")),
    Rule(("model", "encoder", "step"), _is_cut_into_steps),
    Rule(("model", "decoder", "step"), _is_cut_into_steps),
    Rule(
        ("objective", "huber_delta"),
        lambda document: value_at(document, "objective", "reconstruction") == "huber",
        QT_TRANSLATE_NOOP("Recipe", "Only Huber's loss uses it."),
    ),
    Rule(
        ("training", "momentum"),
        lambda document: value_at(document, "training", "optimiser") == "sgd",
        QT_TRANSLATE_NOOP("Recipe", "Only SGD uses it."),
    ),
)


def unused_fields(document: Document) -> Unused:
    """For every field with rules: None where it counts, otherwise the first rule's reason against it."""
    unused: Unused = {rule.path: None for rule in RULES}
    for rule in RULES:
        if unused[rule.path] is None and not rule.applies(document):
            unused[rule.path] = recipe_text(rule.reason)
    return unused
