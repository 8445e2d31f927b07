"""What is known of the columns of the file that is open on the signal desk."""

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from aedesk.data.recording_file import SOUNDS
from aedesk.ui.panels.signal_answers import CleanedBy
from aedesk.ui.panels.signal_cleaned import CleanedColumn
from aedesk.ui.panels.signal_file import OpenColumn
from aedesk.ui.panels.signal_seen import Seen
from aedesk.ui.panels.signal_silence import Rows, Silences

if TYPE_CHECKING:
    from collections.abc import Mapping


class KnownColumns:
    """By the columns' names: what became of them, and stretches that are nothing but noise; a clean signal beside one.

    ``cleaned`` are the answers for those that were cleaned.
    """

    def __init__(self) -> None:
        self.cleaned: dict[str, CleanedColumn] = {}
        self._reference: tuple[OpenColumn, np.ndarray] | None = None
        self._silences = Silences()

    def of(self, column: OpenColumn | None) -> CleanedColumn | None:
        """What became of a column, where it was cleaned."""
        return self.cleaned.get(column.name) if column else None

    def left(self, column: OpenColumn | None) -> tuple[str, ...]:
        """The channels of a sound or an array that nobody cleaned yet, though all are heard or read together."""
        if column is None or column.has_room:
            return ()
        return tuple(name for name in column.table.names_to_clean() if name not in self.cleaned)

    def take(
        self,
        column: OpenColumn,
        answer: CleanedBy,
        beside: "Mapping[str, tuple[np.ndarray, np.ndarray]]",
        model_note: str,
    ) -> None:
        """A column was cleaned, and ``beside`` it others, each as it was and as it is now ``[t]``."""
        assert column.values is not None
        self.cleaned[column.name] = CleanedColumn(column.values, answer, model_note)
        for name, (before, after) in beside.items():
            self.cleaned[name] = CleanedColumn(before, replace(answer, values=after, removed=None), model_note)

    def set_reference(self, column: OpenColumn | None, values: np.ndarray | None) -> bool:
        """The clean signal ``[t]`` of a column, until another is opened, or none; whether it is of its length."""
        if column is None or column.values is None or (values is not None and len(values) != len(column.values)):
            return False
        self._reference = None if values is None else (column, values)
        return True

    def set_silence(self, column: OpenColumn, rows: Rows | None) -> str:
        """The rows of a column that are nothing but noise, or none; a sentence where they cannot be."""
        return self._silences.name(column.name, column.values, rows)

    def silence(self, column: OpenColumn | None) -> slice | None:
        """The rows of a column that are nothing but noise, where they were named."""
        known = column and self._silences.of(column.name)
        return slice(*known.rows) if known else None

    def seen(self, column: OpenColumn | None, stretch: Rows | None, rate: float) -> Seen | None:
        """What the pages show of a column and what became of it, or None where there is nothing to see.

        ``stretch`` and ``rate`` are as in ``Seen``.
        """
        if column is None or column.values is None or column.missing == len(column.values):
            return None
        silence, cleaned = self._silences.of(column.name), self.of(column)
        seen = Seen(
            column.name,
            column.unit,
            column.step,
            column.values,
            reference=self._reference[1] if self._reference and self._reference[0] is column else None,
            stretch=stretch,
            silence=None if silence is None else silence.rows,
            noise=None if silence is None else silence.level,
            sound=column.table.path.suffix.lower() in SOUNDS,
            taken=column.sampling,
            table=column.table,
            rate=rate,
        )
        if cleaned is None:
            return seen
        answer = cleaned.answer
        return replace(
            seen, full=answer.values, by=answer.title, share=cleaned.share, left=answer.left, judged=answer.removed
        )
