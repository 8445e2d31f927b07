"""A change to a recipe that can be taken back."""

from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QUndoCommand

_MERGING = 1


class DocumentEdit(QUndoCommand):
    """From one document to another; ``show`` is called with the one that is to be seen.

    Edits with the same ``merge_key`` that follow each other become one; None never merges.
    """

    def __init__(
        self,
        show: Callable[[dict[str, Any]], None],
        before: dict[str, Any],
        after: dict[str, Any],
        text: str,
        merge_key: tuple[str, ...] | None = None,
    ) -> None:
        super().__init__(text)
        self._show, self._before, self._after, self._merge_key = show, before, after, merge_key

    def undo(self) -> None:
        self._show(self._before)

    def redo(self) -> None:
        self._show(self._after)

    def id(self) -> int:
        return -1 if self._merge_key is None else _MERGING

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, DocumentEdit) or other._merge_key != self._merge_key:
            return False
        self._after = other._after
        self.setObsolete(self._after == self._before)
        return True
