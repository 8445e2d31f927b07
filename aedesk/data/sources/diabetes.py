"""Diabetes: a table with a number to tell that comes with scikit-learn."""

from typing import ClassVar, Literal

import numpy as np

from aedesk.data.source import Beside, Form, Raw, Source


class Diabetes(Source):
    """442 patients, each with ten measurements; how far the disease was a year later is the target.

    The measurements are in their own units (Efron, Hastie, Johnstone and Tibshirani 2004).
    """

    title: ClassVar[str] = "Diabetes"
    summary: ClassVar[str] = "442 patients with ten measurements, and how far the disease was a year later."
    brings: ClassVar[tuple[Beside, ...]] = ("targets",)
    kind: Literal["diabetes"] = "diabetes"

    @property
    def form(self) -> Form:
        return "table"

    def shape(self) -> tuple[int, ...]:
        return (10,)

    def read(self) -> Raw:
        from sklearn.datasets import load_diabetes

        bunch = load_diabetes(scaled=False)
        return Raw(
            values=np.asarray(bunch.data, dtype=np.float32),
            feature_names=tuple(str(name) for name in bunch.feature_names),
            targets=np.asarray(bunch.target, dtype=np.float64),
            target_name="disease progression",
        )
