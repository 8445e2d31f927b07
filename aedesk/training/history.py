"""How the objective went, epoch by epoch."""

from dataclasses import dataclass, field, replace
from typing import Any


@dataclass(frozen=True)
class Stage:
    """Something learned before the run or beside it: one loss per epoch.

    ``layer`` is the layer that learned alone, from the outermost (1) inwards; 0 is the whole network
    without pretraining, for comparison. ``name`` says how wide a layer is: ``784–128``.
    """

    layer: int
    train: list[float]
    validation: list[float]
    name: str = ""


@dataclass(frozen=True)
class History:
    """One value per epoch and term, in ``train`` (mean while learning) and ``validation`` (after).

    ``figures`` are watched beside the terms and are no part of the objective: in ``validation``'s
    rows where there are any, otherwise in training's. ``stages`` went before the first epoch.
    """

    train: dict[str, list[float]] = field(default_factory=dict)
    validation: dict[str, list[float]] = field(default_factory=dict)
    seconds: float = 0.0
    samples: int = 0
    figures: dict[str, list[float]] = field(default_factory=dict)
    stages: list[Stage] = field(default_factory=list)

    @property
    def epochs(self) -> int:
        """How many epochs were learned."""
        return max((len(values) for values in self.train.values()), default=0)

    @property
    def samples_per_second(self) -> float:
        """Samples learned from per second of learning; 0 before the first."""
        return self.samples / self.seconds if self.seconds else 0.0

    def extended(
        self,
        train: dict[str, float],
        validation: dict[str, float],
        figures: dict[str, float],
        seconds: float,
        samples: int,
    ) -> "History":
        """The history with one more epoch."""
        return History(
            _longer(self.train, train),
            _longer(self.validation, validation),
            self.seconds + seconds,
            self.samples + samples,
            _longer(self.figures, figures),
            self.stages,
        )

    def with_stage(self, stage: Stage, seconds: float, samples: int) -> "History":
        """The history with a stage, in the place of what was known of it, and more of its work."""
        others = [other for other in self.stages if other.layer != stage.layer]
        return replace(
            self,
            seconds=self.seconds + seconds,
            samples=self.samples + samples,
            stages=[*others, stage],
        )

    def last(self, part: str = "train") -> float | None:
        """The sum of the terms at the last epoch, or None where that part was not measured."""
        terms: dict[str, list[float]] = getattr(self, part)
        return sum(values[-1] for values in terms.values()) if terms else None


def _longer(values: dict[str, list[float]], more: dict[str, float]) -> dict[str, list[float]]:
    return {name: [*values.get(name, []), value] for name, value in more.items()}


def history_from(document: dict[str, Any]) -> History:
    """A history from what ``asdict`` made of one. TypeError where it is none."""
    stages = [Stage(**stage) for stage in document.get("stages", [])]
    return History(**{**document, "stages": stages})
