"""How the objective went, epoch by epoch."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class History:
    """One value per epoch and term, in ``train`` (mean while learning) and ``validation`` (after)."""

    train: dict[str, list[float]] = field(default_factory=dict)
    validation: dict[str, list[float]] = field(default_factory=dict)
    seconds: float = 0.0
    samples: int = 0

    @property
    def epochs(self) -> int:
        """How many epochs were learned."""
        return max((len(values) for values in self.train.values()), default=0)

    @property
    def samples_per_second(self) -> float:
        """Samples learned from per second of learning; 0 before the first."""
        return self.samples / self.seconds if self.seconds else 0.0

    def extended(
        self, train: dict[str, float], validation: dict[str, float], seconds: float, samples: int
    ) -> "History":
        """The history with one more epoch."""
        return History(
            {name: [*self.train.get(name, []), value] for name, value in train.items()},
            {name: [*self.validation.get(name, []), value] for name, value in validation.items()},
            self.seconds + seconds,
            self.samples + samples,
        )

    def last(self, part: str = "train") -> float | None:
        """The sum of the terms at the last epoch, or None where that part was not measured."""
        terms: dict[str, list[float]] = getattr(self, part)
        return sum(values[-1] for values in terms.values()) if terms else None
