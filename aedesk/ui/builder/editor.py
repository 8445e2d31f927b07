"""What every editor of the builder has in common."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from pydantic.fields import FieldInfo

from aedesk.recipe_problems import Problem


@dataclass(frozen=True)
class Edit:
    """What a person has just changed.

    ``path`` leads to the field from the editor that says so, ``title`` names it to a person, and
    ``merges`` says that it goes with the edit before it to the same field (typing, spinning).
    """

    path: tuple[str, ...] = ()
    title: str = ""
    merges: bool = False

    def under(self, step: str, title: str = "") -> "Edit":
        """The same edit as seen from one level up."""
        return Edit((step, *self.path), self.title or title, self.merges)


Unused = Mapping[tuple[str, ...], str | None]
"""By the path of a field: None where the field is of use, a reason where it is not, and an
empty reason where it is to be hidden."""


class Editor(QWidget):
    """Edits one value of a recipe, in the plain form that its TOML has.

    ``value_changed`` carries an :class:`Edit` and is sent only for what a person does.
    """

    value_changed = Signal(object)

    carries_title = False
    """True where the editor shows its title itself, as a check box does."""
    needs_width = False
    """True where it wants a line of its own under its title."""
    holds_fields = False
    """True where it holds fields with titles of their own."""

    def value(self) -> Any:
        """The value, plain: numbers, texts, lists and dictionaries."""
        raise NotImplementedError

    def set_value(self, value: Any) -> None:
        """Show a value; nothing is sent."""
        raise NotImplementedError

    def text(self) -> str:
        """The value in a few words."""
        return ""

    def wanted_width(self) -> int:
        """How wide it has to be so that no choice is cut off."""
        return 0

    def at(self, path: tuple[str, ...]) -> "Editor":
        """The editor of the field that ``path`` leads to, or the last one on the way."""
        return self

    def show_problems(self, problems: list[Problem]) -> list[Problem]:
        """Mark the fields that have problems; what is returned is still to be put into words.

        Paths are relative to this editor. An empty list clears all marks.
        """
        return problems

    def show_unused(self, unused: Unused) -> None:
        """Dim or hide the fields that have no effect; paths are relative to this editor."""

    def mark(self, widget: QWidget, problems: list[Problem]) -> None:
        """Give ``widget`` the border of an impossible choice, or take it away."""
        invalid = any(problem.fatal for problem in problems)
        if bool(widget.property("invalid")) != invalid:
            widget.setProperty("invalid", invalid)
            widget.style().unpolish(widget)
            widget.style().polish(widget)


MakeEditor = Callable[[str, FieldInfo], Editor]
"""Makes the editor of a field from its name and what is known of it."""


def below(step: str, problems: list[Problem]) -> list[Problem]:
    """The problems under ``step``, with their paths seen from there."""
    return [
        Problem(problem.path[1:], problem.text, problem.fatal)
        for problem in problems
        if problem.path[:1] == (step,)
    ]


def unused_below(step: str, unused: Unused) -> dict[tuple[str, ...], str | None]:
    """The entries of ``unused`` under ``step``, with their paths seen from there."""
    return {path[1:]: reason for path, reason in unused.items() if path[:1] == (step,)}
