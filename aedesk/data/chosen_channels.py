"""Which columns or channels of a file are meant by a few words."""

from typing import TYPE_CHECKING

import numpy as np

from aedesk.errors import DataError

if TYPE_CHECKING:
    from aedesk.data.recording_file import RecordingFile

EVERY = "*"
BETWEEN = ";"


def chosen_names(table: "RecordingFile", words: str) -> tuple[str, ...]:
    """The names that ``words`` stand for: one, several with ; between them, * for all signals.

    Nothing stands for the one that is looked at first. DataError where there is none of that name.
    """
    if not words.strip():
        return (table.default_name(),)
    if words.strip() == EVERY:
        table.default_name()  # says so where there is none
        return table.signal_names()
    if words in table.names or BETWEEN not in words:
        return (words,)
    names = tuple(name.strip() for name in words.split(BETWEEN) if name.strip())
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice or not names:
        raise DataError(f"“{words}” names {f'“{twice}” twice' if twice else 'no column'}. Name each column once.")
    return names


def clean_names(table: "RecordingFile", words: str, noisy: tuple[str, ...]) -> tuple[str, ...]:
    """The columns of a table with the clean signals of the ``noisy`` ones: those that ``words`` stand for.

    Where there are no words, those of the same names, or else what is looked at first.
    """
    return chosen_names(table, words or (joined(noisy) if set(noisy) <= set(table.names) else ""))


def joined(names: tuple[str, ...]) -> str:
    """The words that ``chosen_names`` takes for these."""
    return BETWEEN.join(names)


def side_by_side(table: "RecordingFile", names: tuple[str, ...]) -> np.ndarray:
    """The values of one column ``[t]``, or of several ``[t, c]``, as float64. DataError as ``RecordingFile.column``."""
    if len(names) == 1:
        return table.column(names[0])
    return np.column_stack([table.column(name) for name in names])
