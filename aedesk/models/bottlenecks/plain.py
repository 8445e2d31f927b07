"""The plain code: one number per unit, the same every time."""

from typing import ClassVar, Literal

from aedesk.models.bottleneck import Bottleneck


class Plain(Bottleneck):
    """A dense layer of as many units as the code is wide."""

    title: ClassVar[str] = "Plain"
    summary: ClassVar[str] = "Each sample has one code: a few numbers, the same every time."
    kind: Literal["plain"] = "plain"
