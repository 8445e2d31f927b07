"""MNIST: 70 000 handwritten digits, shipped with the program."""

import gzip
import os
import shutil
import tempfile
from pathlib import Path
from typing import ClassVar, Literal

import numpy as np

from aedesk import paths
from aedesk.data.source import Beside, Form, Raw, Source
from aedesk.errors import DataError

_FILES = (
    "train-images-idx3-ubyte",
    "train-labels-idx1-ubyte",
    "t10k-images-idx3-ubyte",
    "t10k-labels-idx1-ubyte",
)


class Digits(Source):
    """The MNIST digits (LeCun, Cortes and Burges), with their own 10 000 test images."""

    title: ClassVar[str] = "Handwritten digits (MNIST)"
    summary: ClassVar[str] = "70 000 grey images of 28×28 pixels, shipped with AEDesk."
    own_test: ClassVar[bool] = True
    brings: ClassVar[tuple[Beside, ...]] = ("labels",)
    kind: Literal["digits"] = "digits"

    @property
    def form(self) -> Form:
        return "image"

    def shape(self) -> tuple[int, ...]:
        return (1, 28, 28)

    def read(self) -> Raw:
        from torchvision.datasets import MNIST

        root = _unpacked()
        parts = [MNIST(root, train=train, download=False) for train in (True, False)]
        values = np.concatenate([part.data.numpy() for part in parts])[:, None]
        labels = np.concatenate([part.targets.numpy() for part in parts])
        test = np.arange(len(parts[0]), len(labels))
        return Raw(values, labels, tuple("0123456789"), test=test)


def _unpacked() -> Path:
    """The folder torchvision reads from, with the shipped files unpacked into the user's cache."""
    root = paths.cache() / "mnist"
    folder = root / "MNIST" / "raw"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in _FILES:
            if not (folder / name).exists():
                _unpack(paths.resource("mnist", f"{name}.gz"), folder / name)
    except OSError as error:
        raise DataError(
            f"The digits cannot be unpacked into {folder}: {error.strerror or error}. "
            "Free some space (55 MB) or make the folder writable."
        ) from error
    return root


def _unpack(packed: Path, target: Path) -> None:
    handle, part = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as out, gzip.open(packed) as source:
            shutil.copyfileobj(source, out)
        os.replace(part, target)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise
