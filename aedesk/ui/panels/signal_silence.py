"""A button of the signal desk: that there is nothing but noise in the selected stretch."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QToolButton, QWidget

from aedesk.errors import DataError

Rows = tuple[int, int]


@dataclass(frozen=True)
class Silence:
    """Rows of a column that have nothing but noise, the first and the one behind the last, and its standard deviation."""

    rows: Rows
    level: float


class Silences:
    """Those of the columns of a file by their names."""

    def __init__(self) -> None:
        self._known: dict[str, Silence] = {}

    def of(self, name: str) -> Silence | None:
        """That of a column, where one was named."""
        return self._known.get(name)

    def name(self, name: str, values: np.ndarray, rows: Rows | None) -> str:
        """From now on those rows of a column ``values`` ``[t]``, or none; a sentence where they cannot be."""
        from aedesk.analysis.noise_profile import silence_profile

        self._known.pop(name, None)
        try:
            if rows is not None:
                self._known[name] = Silence(rows, silence_profile(values, slice(*rows)).level)
        except DataError as error:
            return str(error)
        return ""


class SilenceButton(QToolButton):
    """Seen while a stretch is selected, and while one is in use: then it is down, and pressing it again is the way back.

    Signals: ``silence_changed`` carries the first sample of the stretch and the one behind its last, or None when the
    noise is to be estimated again.
    """

    silence_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stretch: Rows | None = None
        self.setText(self.tr("Only noise"))
        self.setCheckable(True)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.toggled.connect(self._on_toggled)
        self.show_stretch(None)
        self.show_silence(None, "", "")

    def show_stretch(self, stretch: Rows | None) -> None:
        """Which samples are selected."""
        self._stretch = stretch
        self._refresh()

    def show_silence(self, silence: Rows | None, place: str, amount: str) -> None:
        """Which samples are in use, if any: where that is, and how strong the noise is there, in words."""
        with QSignalBlocker(self):
            self.setChecked(silence is not None)
        told = self.tr(
            "The noise is known from {place}: {amount} RMS. Press again to have it estimated from the whole signal."
        ).format(place=place, amount=amount)
        offered = self.tr(
            "Say that there is nothing but noise in the selected stretch. How strong it is there is then used to clean "
            "the signal, to set the filters, and to tell the signal-to-noise ratio."
        )
        self.setToolTip(told if silence is not None else offered)
        self._refresh()

    def _on_toggled(self, on: bool) -> None:
        self.silence_changed.emit(self._stretch if on else None)

    def _refresh(self) -> None:
        self.setVisible(self._stretch is not None or self.isChecked())
