"""Channels by their names, in a file that is written again as a whole."""

from pathlib import Path

from aedesk.errors import DataError


class NamedChannels:
    """The channels of a sound or an array, whether it is held in memory or read in blocks."""

    path: Path
    names: tuple[str, ...]

    def signal_names(self) -> tuple[str, ...]:
        return self.names

    def default_name(self) -> str:
        return self.signal_names()[0]

    def names_to_clean(self) -> tuple[str, ...]:
        return self.signal_names()

    def check_ending(self, out: Path) -> None:
        """DataError where ``out`` is named like another kind of file."""
        if out.suffix.lower() != self.path.suffix.lower():
            raise DataError(
                f"{self.path.name} is written again as it came. Give {out.name} the ending {self.path.suffix}."
            )

    def place(self, name: str) -> int:
        """Which channel that is, from 0. DataError where there is none of that name."""
        if name not in self.names:
            raise DataError(f"{self.path.name} has no channel “{name}”. Choose one of: {', '.join(self.names)}.")
        return self.names.index(name)
