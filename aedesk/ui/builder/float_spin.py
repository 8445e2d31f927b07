"""A spin box for numbers of any size: 0.25 as well as 1e-5."""

import math
from decimal import Decimal

from PySide6.QtGui import QValidator, QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox, QDoubleSpinBox, QWidget

from aedesk.ui.builder.field_facts import Range

_PARTIAL = set("0123456789.,eE+-−")
_SMALLEST_STEP = 1e-5


def number_text(number: float) -> str:
    """A number as short as it can be without changing it: 0.25, 3e-4, 1.5e6."""
    if number == 0:
        return "0"
    if 1e-3 <= abs(number) < 1e6:
        return repr(float(number)).removesuffix(".0")
    return format(Decimal(repr(float(number))).normalize(), "e").replace("e+", "e")


class FloatSpin(QDoubleSpinBox):
    """Keeps every digit it is given, and steps in a way that suits the number.

    Small positive numbers such as a learning rate step 1, 2, 5, 10 …; others step by a round
    amount. The mouse wheel is left to the panel around it.
    """

    def __init__(self, allowed: Range, usual: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._allowed = allowed
        self._by_factor = allowed.low >= 0 and abs(usual) < 0.01
        self._step = 10 ** math.floor(math.log10(abs(usual))) / 2 if usual else 0.5
        self.setDecimals(323)  # as many as Qt allows: nothing is rounded away
        self.setRange(max(allowed.low, -1e300), min(allowed.high, 1e300))
        self.setCorrectionMode(QAbstractSpinBox.CorrectionMode.CorrectToPreviousValue)

    def textFromValue(self, value: float) -> str:
        return number_text(value)

    def valueFromText(self, text: str) -> float:
        number = self._number(text)
        return self.value() if number is None else number

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        number = self._number(text)
        if number is not None and number in self._allowed:
            return QValidator.State.Acceptable, text, position
        known = set(self._bare(text)) <= _PARTIAL
        return QValidator.State.Intermediate if known else QValidator.State.Invalid, text, position

    def stepBy(self, steps: int) -> None:
        number = self.value()
        for _ in range(abs(steps)):
            number = self._stepped(number, up=steps > 0)
        if number in self._allowed:
            self.setValue(number)
            self.selectAll()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def _bare(self, text: str) -> str:
        return text.removesuffix(self.suffix()).strip()

    def _number(self, text: str) -> float | None:
        try:
            number = float(self._bare(text).replace(",", ".").replace("−", "-"))
        except ValueError:
            return None
        return number if math.isfinite(number) else None

    def _stepped(self, number: float, *, up: bool) -> float:
        if not self._by_factor:
            moved = round(number + (self._step if up else -self._step), 12)
            return min(max(moved, self.minimum()), self.maximum())
        if number <= 0 or (not up and number <= _SMALLEST_STEP and 0 in self._allowed):
            return _SMALLEST_STEP if up else 0.0
        exponent = math.floor(math.log10(number) + 1e-9)
        rungs = [float(f"{digit}e{exponent + shift}") for shift in (-1, 0, 1) for digit in (1, 2, 5)]
        if up:
            return next(rung for rung in rungs if rung > number * (1 + 1e-9))
        return next(rung for rung in reversed(rungs) if rung < number * (1 - 1e-9))
