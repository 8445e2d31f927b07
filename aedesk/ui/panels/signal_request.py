"""What the signal desk asks for: how a file was read, and what is to be learned from."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from aedesk.data.csv_reading import CsvReading
from aedesk.data.remedies import Remedies
from aedesk.data.sampling import Sampling

if TYPE_CHECKING:
    from aedesk.data.corruption import Corruption


@dataclass(frozen=True)
class HowRead:
    """What a person has said of a file: its ``reading``, the ``columns`` that are wanted, all where there are none
    named, and the rate in Hz at which even samples are wanted, 0 where the rows stay as they are."""

    reading: CsvReading = CsvReading()
    columns: tuple[str, ...] = ()
    resample: float = 0.0


@dataclass(frozen=True, eq=False)
class LearnRequest:
    """Learn from columns ``names`` of a file and clean them: see ``recipe_for``.

    ``read`` gives their values, ``[t]``, or ``[t, c]`` of several that are seen together; of a long file that
    takes a while, and ``sampling`` says when they were taken. ``way`` is ``blind``, ``added-noise`` or
    ``reference``; the clean column is then ``reference``, in ``reference_file`` where that is another file. Blindly, each sample is foretold from those ``hide`` samples away
    or farther; ``noise`` is what is added to a clean recording.
    """

    path: Path
    names: tuple[str, ...]
    read: Callable[[], np.ndarray] = field(repr=False)
    way: str = "blind"
    reference: str = ""
    reference_file: str = ""
    remedies: Remedies = Remedies()
    how: HowRead = HowRead()
    sampling: Sampling = Sampling()
    hide: int = 1
    noise: "Corruption | None" = None
