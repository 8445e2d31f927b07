"""What sounds and arrays that are read in blocks have in common."""

from dataclasses import dataclass
from pathlib import Path

from aedesk.data.sampling import Sampling
from aedesk.errors import DataError


@dataclass(frozen=True)
class LongChannels:
    """Channels of ``count`` samples in a file that is written again as a whole."""

    path: Path
    names: tuple[str, ...]
    count: int

    def __len__(self) -> int:
        return self.count

    def signal_names(self) -> tuple[str, ...]:
        return self.names

    def default_name(self) -> str:
        return self.names[0]

    def names_to_clean(self) -> tuple[str, ...]:
        return self.names

    def sampling(self) -> Sampling:
        return Sampling()

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
