"""A place data comes from, and what it hands over before scaling and splitting."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar, Literal

import numpy as np

from aedesk.data.sampling import Sampling
from aedesk.options import Choice

Form = Literal["image", "signal", "table", "words"]
Beside = Literal["labels", "targets"]


@dataclass(frozen=True)
class Raw:
    """What a source reads, in the units it was written in.

    ``values`` is ``[n, *shape]``; ``labels`` is ``[n]`` of indices into ``label_names``;
    ``targets`` is ``[n]`` of numbers that belong to the rows and are no inputs; ``test`` holds the
    rows that the source itself sets aside for testing, if it does. Of words, ``feature_names`` are
    the letters of the alphabet, the blank first. ``note`` is a sentence on what was left out.
    """

    values: np.ndarray
    labels: np.ndarray | None = None
    label_names: tuple[str, ...] = ()
    feature_names: tuple[str, ...] = ()
    test: np.ndarray | None = None
    targets: np.ndarray | None = None
    target_name: str = ""
    note: str = ""


@dataclass(frozen=True, eq=False)
class Recording:
    """A signal read whole: ``values`` ``[t]``, or ``[t, c]`` of several channels that are seen together.

    ``names`` are those of its channels, and ``sampling`` says when the samples were taken. Missing
    values are NaN; no window reaches across them, nor across a break in time. ``reference`` is the
    clean signal, of the same shape, where there is one to learn from.
    """

    values: np.ndarray
    names: tuple[str, ...]
    sampling: Sampling = Sampling()
    reference: np.ndarray | None = None

    @property
    def name(self) -> str:
        """Its channels' names in a line."""
        return ", ".join(self.names)

    @property
    def step(self) -> float | None:
        """Seconds between samples, None where that is not known."""
        return self.sampling.step

    def part(self, samples: slice) -> "Recording":
        """Some samples of it alone, from ``samples.start`` to ``samples.stop``."""
        reference = None if self.reference is None else self.reference[samples]
        return replace(self, values=self.values[samples], sampling=self.sampling.part(samples), reference=reference)


class Source(Choice):
    """A family of data sources: one file each in ``aedesk/data/sources``.

    ``own_test`` says that the data bring a test part of their own, ``brings`` what the rows come
    with beside their values, where that is known without reading anything. For sources of images,
    ``brightest`` is the value of a white pixel and ``drawing_box`` the share of the width and
    height that a drawn digit fills (in MNIST 20 of 28 pixels).
    """

    brightest: ClassVar[float] = 255.0
    drawing_box: ClassVar[float] = 20 / 28
    own_test: ClassVar[bool] = False
    brings: ClassVar[tuple[Beside, ...] | None] = None

    @property
    def form(self) -> Form:
        """How a sample is to be looked at."""
        raise NotImplementedError

    def shape(self) -> tuple[int, ...] | None:
        """The shape of one sample without reading anything, or None where only reading can tell."""
        raise NotImplementedError

    def has(self, what: Beside) -> bool | None:
        """Whether the rows come with labels or with numbers to tell; None where only reading can tell."""
        return None if self.brings is None else what in self.brings

    @property
    def has_reference(self) -> bool:
        """Whether a clean signal is known that the network is to make of a noisy one."""
        return False

    def missing(self) -> tuple[str, str] | None:
        """The field that still has to be filled in and a sentence saying so, or None."""
        return None

    def stamp(self) -> object:
        """Something that changes when what would be read has changed since."""
        return None

    def read(self) -> Raw | Recording:
        """Read everything. DataError where that cannot be done."""
        raise NotImplementedError


def file_stamp(path: Path) -> tuple[int, int] | None:
    """When a file was last changed and how large it is; None where it cannot be asked."""
    try:
        facts = path.stat()
    except OSError:
        return None
    return facts.st_mtime_ns, facts.st_size
