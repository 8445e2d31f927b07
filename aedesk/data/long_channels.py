"""What sounds and arrays that are read in blocks have in common."""

from dataclasses import dataclass
from pathlib import Path

from aedesk.data.named_channels import NamedChannels
from aedesk.data.sampling import Sampling


@dataclass(frozen=True)
class LongChannels(NamedChannels):
    """Channels of ``count`` samples in a file that is written again as a whole."""

    path: Path
    names: tuple[str, ...]
    count: int

    def __len__(self) -> int:
        return self.count

    def sampling(self) -> Sampling:
        return Sampling()
