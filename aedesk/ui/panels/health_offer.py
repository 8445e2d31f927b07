"""Whether and how a finding's advice can be taken over into the recipe of the builder."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication
from pydantic import ValidationError

from aedesk.analysis.health_checks.finding import value_at, with_changes
from aedesk.options import Choice, Options
from aedesk.recipe import Recipe
from aedesk.ui.builder.labels import recipe_text, value_label

if TYPE_CHECKING:
    from aedesk.analysis.health_checks.finding import Finding

Document = dict[str, Any]


@dataclass(frozen=True)
class Offer:
    """What a finding's card offers.

    With ``recipe`` it can be applied, and that is what the recipe would be; ``words`` say what
    changes. ``applied`` says that the builder has it already, and ``reason`` why nothing can be done.
    """

    recipe: Recipe | None = None
    words: str = ""
    applied: bool = False
    reason: str = ""


def offer_for(finding: "Finding", learned: Recipe, shown: Document) -> Offer | None:
    """The offer of a finding on a model that ``learned`` by a recipe, while the builder shows a document.

    None where there is nothing to change.
    """
    if not finding.changes:
        return None
    before = learned.document()
    if not _is_same_work(before, shown):
        return Offer(reason=_tr("The builder shows another recipe than the one this model learned by."))
    try:
        shown_recipe = Recipe.model_validate(shown)
    except ValidationError:
        reason = _tr("A choice in the recipe is impossible; correct what is marked in the builder first.")
        return Offer(reason=reason)
    try:
        wanted = Recipe.model_validate(with_changes(shown, finding.changes))
        moved = any(value_at(shown, path) != value_at(before, path) for path in finding.changes)
    except (LookupError, ValidationError):
        return Offer(reason=_tr("That part of the recipe in the builder is another one by now."))
    if wanted.document() == shown:
        return Offer(words=change_words(learned, wanted, finding), applied=True)
    if moved:
        return Offer(reason=_tr("You have changed that in the recipe already. Train to see what it brings."))
    known = shown_recipe.problems()
    for problem in wanted.problems():
        if problem.fatal and problem not in known:
            return Offer(reason=_tr("It would not go with the rest: {problem}").format(problem=problem.text))
    return Offer(wanted, change_words(shown_recipe, wanted, finding))


def taken_back(finding: "Finding", learned: Recipe, shown: Document) -> Recipe:
    """The builder's recipe with the finding's fields as they were when the model learned."""
    before = learned.document()
    back = {path: value_at(before, path) for path in finding.changes}
    return Recipe.from_document(with_changes(shown, back))


def change_words(before: Recipe, after: Recipe, finding: "Finding") -> str:
    """“Learning rate 0.01 → 0.001”, for each of the changes."""
    return "; ".join(_one_change(before, after, path.split(".")) for path in finding.changes)


def _is_same_work(one: Document, other: Document) -> bool:
    """Whether two documents are the same recipe, apart from what a person may have adjusted."""
    sources = [document.get("data", {}).get("source", {}).get("kind") for document in (one, other)]
    return one.get("name") == other.get("name") and sources[0] == sources[1]


def _one_change(before: Recipe, after: Recipe, steps: list[str]) -> str:
    place, title = _place(after, steps)
    change = _tr("{field} {before} → {after}").format(
        field=title,
        before=_value(_follow(before, steps), steps[-1]),
        after=_value(_follow(after, steps), steps[-1]),
    )
    return _tr("{place}: {change}").format(place=place, change=change) if place else change


def _place(node: Any, steps: list[str]) -> tuple[str, str]:
    """Where a field stands, nothing for one right in its section, and the field's title."""
    place, title = "", ""
    for depth, step in enumerate(steps):
        if step.isdecimal():
            node = node[int(step)]
            if isinstance(node, Choice):
                place = recipe_text(type(node).title)
            else:
                place = _tr("{place}, layer {number}").format(place=place, number=int(step) + 1)
            continue
        title = recipe_text(type(node).model_fields[step].title or step)
        node = getattr(node, step)
        last = depth == len(steps) - 1
        if depth and not last and isinstance(node, Options):
            place = title
    return place, title


def _follow(node: Any, steps: list[str]) -> Any:
    for step in steps:
        node = node[int(step)] if step.isdecimal() else getattr(node, step)
    return node


def _value(value: Any, field: str) -> str:
    if isinstance(value, Choice):
        return recipe_text(type(value).title)
    if isinstance(value, bool) or isinstance(value, str):
        return value_label(field, value)
    return f"{value:g}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("HealthPanel", text)
