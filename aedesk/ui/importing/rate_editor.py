"""A sampling rate in Hz that a person can read where it is slow, too."""

from decimal import Decimal

from aedesk.data.csv_explanation import every_text
from aedesk.ui.builder.field_facts import Range
from aedesk.ui.builder.field_widgets import FloatEditor
from aedesk.ui.builder.float_spin import FloatSpin, number_text

_SLOW = 0.1  # Hz, below which the number tells nobody anything


class RateEditor(FloatEditor):
    """A rate in plain digits; behind a slow one stands how often there is a sample: “0.001111 Hz, every 15 min”."""

    def __init__(self, allowed: Range) -> None:
        super().__init__(allowed, 1.0, "Hz", spin=_RateSpin(allowed, 1.0))

    def text(self) -> str:
        return self.widget.text()

    def _suffix(self) -> str:
        rate = self.widget.value()
        return f"{super()._suffix()}, {every_text(1 / rate)}" if 0 < rate < _SLOW else super()._suffix()


class _RateSpin(FloatSpin):
    """A spin box that has no powers of ten for small numbers."""

    def textFromValue(self, value: float) -> str:
        text = number_text(value)
        return f"{Decimal(text):f}" if "e-" in text else text
