"""What each column of a preview is taken for, by the file and by the person."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from aedesk.data.csv_time import is_index
from aedesk.ui.theme import Theme

if TYPE_CHECKING:
    from aedesk.data.csv_preview import Preview

Role = Literal["time", "channel", "index", "text", "empty", "out"]

_WORDS: dict[Role, str] = {
    "time": QT_TRANSLATE_NOOP("ColumnRoles", "time"),
    "channel": QT_TRANSLATE_NOOP("ColumnRoles", "channel"),
    "index": QT_TRANSLATE_NOOP("ColumnRoles", "row number"),
    "text": QT_TRANSLATE_NOOP("ColumnRoles", "text"),
    "empty": QT_TRANSLATE_NOOP("ColumnRoles", "empty"),
    "out": QT_TRANSLATE_NOOP("ColumnRoles", "left out"),
}


def roles_of(preview: "Preview", left_out: Collection[str]) -> tuple[Role, ...]:
    """The role of each column: "out" for a channel that the person leaves out, "index" for what counts rows."""
    return tuple(
        "out"
        if role == "channel" and name in left_out
        else "index"
        if role == "time" and name != preview.reading.time and is_index(name)
        else role
        for name, role in zip(preview.names, preview.roles, strict=True)
    )


def holds_numbers(role: Role | None) -> bool:
    """Whether the cells of such a column are numbers, which stand at the right."""
    return role in ("time", "channel", "index", "out")


def role_word(role: Role) -> str:
    """What a person reads for a role."""
    return QCoreApplication.translate("ColumnRoles", _WORDS[role])


def channel_places(roles: Collection[str]) -> dict[int, int]:
    """Which of the channels, counted from 0, stands in which column; those left out count as well."""
    columns = [place for place, role in enumerate(roles) if role in ("channel", "out")]
    return {column: number for number, column in enumerate(columns)}


def channel_colour(look: Theme, number: int) -> str:
    """The colour of a channel in the table and in the plot."""
    return look.curve_colours[number % len(look.curve_colours)]
