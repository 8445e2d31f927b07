"""A straight ramp: the simplest signal that noise can be taken from."""

from typing import ClassVar, Literal

import numpy as np

from aedesk.data.source import Form, Recording
from aedesk.data.windowed import WindowedSource
from aedesk.options import option


class Ramp(WindowedSource):
    """A clean ramp from 0 to 1, to which the corruption adds its noise."""

    title: ClassVar[str] = "Ramp (made up)"
    summary: ClassVar[str] = "A clean line from 0 to 1; the recipe's corruption adds the noise."
    kind: Literal["ramp"] = "ramp"
    points: int = option(
        1000,
        "Points",
        "How many samples the ramp has from 0 to 1.",
        unit="samples",
        ge=16,
        le=1_000_000,
    )

    @property
    def form(self) -> Form:
        return "signal"

    def read(self) -> Recording:
        return Recording(np.linspace(0, 1, self.points, dtype=np.float32), ("ramp",))
