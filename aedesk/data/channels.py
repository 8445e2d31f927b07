"""Signals side by side that have no table around them: the channels of a sound or an array."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from aedesk.errors import DataError


@dataclass(frozen=True, eq=False)
class Channels:
    """Channels ``values`` ``[t, c]``, read from a file that is written again as a whole."""

    path: Path
    names: tuple[str, ...]
    values: np.ndarray = field(repr=False)

    def __len__(self) -> int:
        return len(self.values)

    def numeric_names(self) -> tuple[str, ...]:
        return self.names

    def signal_names(self) -> tuple[str, ...]:
        return self.names

    def default_name(self) -> str:
        return self.names[0]

    def names_to_clean(self) -> tuple[str, ...]:
        return self.names

    def column(self, name: str | None = None) -> np.ndarray:
        values = self.values[:, self._place(self.names[0] if name is None else name)].astype(np.float64)
        endless = np.isinf(values)
        if endless.any():
            raise DataError(
                f"{self.path.name}, sample {int(np.argmax(endless)) + 1} is infinite. Save the file without such values."
            )
        return values

    def with_columns(self, columns: Mapping[str, np.ndarray]) -> np.ndarray:
        """All channels ``[t, c]`` with those that were cleaned in place of what they were."""
        found = self.values.copy()
        for name, cleaned in columns.items():
            found[:, self._place(name)] = cleaned
        return found

    def check_ending(self, out: Path) -> None:
        """DataError where ``out`` is named like another kind of file."""
        if out.suffix.lower() != self.path.suffix.lower():
            raise DataError(
                f"{self.path.name} is written again as it came. Give {out.name} the ending {self.path.suffix}."
            )

    def _place(self, name: str) -> int:
        if name not in self.names:
            raise DataError(f"{self.path.name} has no channel “{name}”. Choose one of: {', '.join(self.names)}.")
        return self.names.index(name)


def channel_names(count: int, alone: str) -> tuple[str, ...]:
    """What so many channels are called; a lone one ``alone``."""
    if count == 1:
        return (alone,)
    return ("left", "right") if count == 2 else tuple(f"channel {place}" for place in range(1, count + 1))
