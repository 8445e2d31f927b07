"""What the loss view knows of one run. It knows no Qt."""

from dataclasses import dataclass, field
from math import ceil
from typing import TYPE_CHECKING

from aedesk.ui.views.loss_curves import PARTS, Band, Curve, Part, bands_of
from aedesk.ui.views.loss_names import ALONE, DISCRIMINATOR, TOTAL, WITHOUT, is_per_epoch, is_watched

if TYPE_CHECKING:
    from aedesk.training.history import History, Stage

_FINE = 3


@dataclass
class LossRun:
    """The curves of one run: for each term and figure one while learning and one for validation.

    Where there are several terms their sum has curves too. What went before the first epoch is in
    ``bands``, left of 0.
    """

    number: int
    last_epoch: int
    running: bool = True
    history: "History | None" = None
    curves: dict[tuple[str, Part], Curve] = field(default_factory=dict)
    bands: list[Band] = field(default_factory=list)
    _read_at: float = 0.0
    _stretch: float = 0.0

    @property
    def terms(self) -> list[str]:
        """The terms of the objective seen so far, in their order."""
        return [name for name in self._names() if name not in (TOTAL, WITHOUT) and not is_watched(name)]

    @property
    def names(self) -> list[str]:
        """All that is drawn, in the order of the key: terms, their total, what is watched, the stages."""
        known = self._names()
        total, without = ([name] if name in known else [] for name in (TOTAL, WITHOUT))
        alone = [ALONE] if self.bands else []
        return [*self.terms, *total, *filter(is_watched, known), *alone, *without]

    def _names(self) -> list[str]:
        return list(dict.fromkeys(name for name, _ in self.curves))

    @property
    def start(self) -> float:
        """Where the first band begins, at most 0."""
        return self.bands[0].start if self.bands else 0.0

    @property
    def end(self) -> float:
        """How many epochs the run's curves span."""
        return max((curve.end for (name, _), curve in self.curves.items() if name != WITHOUT), default=0.0)

    @property
    def drawn_end(self) -> float:
        """How far to the right anything is drawn."""
        return max((curve.end for curve in self.curves.values()), default=0.0)

    def add_progress(
        self, epochs_done: float, losses: dict[str, float], figures: dict[str, float] | None = None
    ) -> None:
        """Means over what was learned of this epoch since the last time.

        The ends of an epoch may cut off a stretch of a few samples, whose mean would be a spike in
        the curve: it is left out.
        """
        stretch = epochs_done - max(self._read_at, ceil(epochs_done) - 1)
        self._read_at = epochs_done
        if stretch < 0.25 * self._stretch:
            self._stretch /= 2
            return
        self._stretch = stretch
        watched = {name: value for name, value in (figures or {}).items() if not is_per_epoch(name)}
        for name, value in (_with_total(losses) | watched).items():
            self._curve(name, "train").append(epochs_done, value)

    def add_epoch(
        self,
        epoch: int,
        train: dict[str, float],
        validation: dict[str, float],
        figures: dict[str, float] | None = None,
    ) -> None:
        """The end of an epoch. Its mean while learning takes the place of only one or two readings.

        Figures are validation's where there are any, but for those of a discriminator.
        """
        learned, measured = _with_total(train), _with_total(validation)
        for name, value in (figures or {}).items():
            (measured if validation and not name.endswith(DISCRIMINATOR) else learned)[name] = value
        for name, value in learned.items():
            curve = self._curve(name, "train")
            if curve.count_after(epoch - 1) < _FINE:
                curve.cut(epoch - 1)
                curve.append(epoch, value)
        for name, value in measured.items():
            self._curve(name, "validation").append(epoch, value)

    def add_stages(self, stages: "list[Stage]", layers: int = 0, epochs: int = 0) -> None:
        """What went before the first epoch; more may come while ``layers`` of ``epochs`` are planned."""
        self.bands = bands_of([stage for stage in stages if stage.layer], layers, epochs)
        for stage in stages:
            if stage.layer:
                continue
            for part in PARTS:
                values: list[float] = getattr(stage, part)
                for epoch in range(int(self._end_of(WITHOUT, part)) + 1, len(values) + 1):
                    self._curve(WITHOUT, part).append(epoch, values[epoch - 1])

    def band_at(self, x: float) -> Band | None:
        """The band at a place left of 0, or where none is, the last that has begun."""
        return next((band for band in self.bands if x <= band.end), self.bands[-1] if self.bands else None)

    def nearest(self, name: str, part: Part, x: float) -> tuple[float, float] | None:
        """The point of a curve that is nearest to ``x`` along the axis, with its true loss, or None."""
        if name == ALONE:
            band = self.band_at(x)
            return band.nearest(part, x) if band and x <= 0 else None
        curve = self.curves.get((name, part))
        return curve.nearest(x) if curve and (x >= 0 or not self.bands) else None

    def add_history(self, history: "History") -> None:
        """The epochs of an earlier sitting, and what went before them."""
        for index in range(history.epochs):
            parts = (history.train, history.validation, history.figures)
            self.add_epoch(index + 1, *(_at(part, index) for part in parts))
        self.add_stages(history.stages)

    def go_on(self, first_epoch: int, last_epoch: int) -> None:
        """Learning continues; what a stop in the middle of an epoch left is forgotten."""
        self.running, self.last_epoch = True, last_epoch
        self._read_at, self._stretch = first_epoch - 1, 0.0
        for (name, _), curve in self.curves.items():
            if name != WITHOUT:
                curve.cut(first_epoch - 1)

    def _end_of(self, name: str, part: Part) -> float:
        curve = self.curves.get((name, part))
        return curve.end if curve else 0.0

    def _curve(self, name: str, part: Part) -> Curve:
        if (name, part) not in self.curves:
            self.curves[name, part] = Curve()
        return self.curves[name, part]


def _with_total(terms: dict[str, float]) -> dict[str, float]:
    return terms | ({TOTAL: sum(terms.values())} if len(terms) > 1 else {})


def _at(part: dict[str, list[float]], index: int) -> dict[str, float]:
    return {name: values[index] for name, values in part.items() if index < len(values)}
