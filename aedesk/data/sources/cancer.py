"""Breast cancer: a table that comes with scikit-learn."""

from typing import ClassVar, Literal

from aedesk.data.bundled import bundled_table
from aedesk.data.source import Beside, Form, Raw, Source


class Cancer(Source):
    """569 biopsies, benign or malignant, each with thirty measurements of cell nuclei."""

    title: ClassVar[str] = "Breast cancer"
    summary: ClassVar[str] = "569 biopsies, benign or malignant, each with thirty measurements of cell nuclei."
    brings: ClassVar[tuple[Beside, ...]] = ("labels",)
    kind: Literal["cancer"] = "cancer"

    @property
    def form(self) -> Form:
        return "table"

    def shape(self) -> tuple[int, ...]:
        return (30,)

    def read(self) -> Raw:
        from sklearn.datasets import load_breast_cancer

        return bundled_table(load_breast_cancer())
