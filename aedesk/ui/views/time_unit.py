"""The unit that a length of time is read in."""

from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication


@dataclass(frozen=True)
class TimeUnit:
    """A unit of so many ``seconds``."""

    seconds: float
    _name: str

    def name(self) -> str:
        """Its short name."""
        return QCoreApplication.translate("TimeUnit", self._name)


SECONDS = TimeUnit(1.0, QT_TRANSLATE_NOOP("TimeUnit", "s"))
_LONGER = (  # from more than so many seconds on
    (2 * 86_400, TimeUnit(86_400.0, QT_TRANSLATE_NOOP("TimeUnit", "d"))),
    (5 * 3600, TimeUnit(3600.0, QT_TRANSLATE_NOOP("TimeUnit", "h"))),
    (1000, TimeUnit(60.0, QT_TRANSLATE_NOOP("TimeUnit", "min"))),
)


def time_unit(seconds: float) -> TimeUnit:
    """The unit for times that lie so many seconds apart: there are neither very many nor very few of them."""
    return next((unit for least, unit in _LONGER if seconds > least), SECONDS)
