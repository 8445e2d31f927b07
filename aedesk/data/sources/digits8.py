"""Small digits: 8×8 images that come with scikit-learn."""

from typing import ClassVar, Literal

import numpy as np

from aedesk.data.source import Beside, Form, Raw, Source


class Digits8(Source):
    """1797 handwritten digits of 8×8 pixels: the quickest images to learn."""

    title: ClassVar[str] = "Small digits (8×8)"
    summary: ClassVar[str] = "1797 handwritten digits of 8×8 pixels: the quickest images to learn."
    brightest: ClassVar[float] = 16.0
    drawing_box: ClassVar[float] = 1.0
    brings: ClassVar[tuple[Beside, ...]] = ("labels",)
    kind: Literal["digits8"] = "digits8"

    @property
    def form(self) -> Form:
        return "image"

    def shape(self) -> tuple[int, ...]:
        return (1, 8, 8)

    def read(self) -> Raw:
        from sklearn.datasets import load_digits

        bunch = load_digits()
        values = np.asarray(bunch.images, dtype=np.float32)[:, None]
        return Raw(values, np.asarray(bunch.target), tuple("0123456789"))
