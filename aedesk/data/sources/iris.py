"""Iris flowers: a table that comes with scikit-learn."""

from typing import ClassVar, Literal

from aedesk.data.bundled import bundled_table
from aedesk.data.source import Beside, Form, Raw, Source


class Iris(Source):
    """150 flowers of three kinds, each with four lengths in centimetres (Fisher 1936)."""

    title: ClassVar[str] = "Iris flowers"
    summary: ClassVar[str] = "150 flowers of three kinds, each with four lengths in centimetres (Fisher 1936)."
    brings: ClassVar[tuple[Beside, ...]] = ("labels",)
    kind: Literal["iris"] = "iris"

    @property
    def form(self) -> Form:
        return "table"

    def shape(self) -> tuple[int, ...]:
        return (4,)

    def read(self) -> Raw:
        from sklearn.datasets import load_iris

        return bundled_table(load_iris())
