"""Wine: a table that comes with scikit-learn."""

from typing import ClassVar, Literal

from aedesk.data.bundled import bundled_table
from aedesk.data.source import Beside, Form, Raw, Source


class Wine(Source):
    """178 wines of three growers, each with thirteen chemical measurements."""

    title: ClassVar[str] = "Wine"
    summary: ClassVar[str] = "178 wines of three growers, each with thirteen chemical measurements."
    brings: ClassVar[tuple[Beside, ...]] = ("labels",)
    kind: Literal["wine"] = "wine"

    @property
    def form(self) -> Form:
        return "table"

    def shape(self) -> tuple[int, ...]:
        return (13,)

    def read(self) -> Raw:
        from sklearn.datasets import load_wine

        return bundled_table(load_wine())
