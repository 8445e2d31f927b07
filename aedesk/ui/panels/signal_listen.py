"""Hear a sound before and after cleaning, and what was removed."""

import numpy as np
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from aedesk.ui import theme
from aedesk.ui.panels.run_icons import run_icon
from aedesk.ui.panels.signal_seen import Seen
from aedesk.ui.sound_output import SoundOutput
from aedesk.ui.theme import SPACE_S


class ListenBar(QWidget):
    """Buttons that play before, after and removed, one at a time, and one that stops.

    Signals: ``problem`` carries a sentence on why nothing can be heard, or "" when something can.
    """

    problem = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seen: Seen | None = None
        self.output = SoundOutput(self)
        tr = self.tr
        texts = {
            "before": (tr("Before"), tr("Hear what was recorded, or the selected stretch of it.")),
            "after": (tr("After"), tr("Hear what is left after cleaning, or the selected stretch of it.")),
            "removed": (tr("Removed"), tr("Hear what was removed, or the selected stretch of it.")),
        }
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_S)
        caption = QLabel(tr("Listen"), self)
        caption.setProperty("role", "muted")
        layout.addWidget(caption)
        self.buttons: dict[str, QPushButton] = {}
        for name, (text, tooltip) in texts.items():
            button = self.buttons[name] = QPushButton(text, self)
            button.setToolTip(tooltip)
            button.clicked.connect(lambda _=False, name=name: self._play(name))
            layout.addWidget(button)
        self.stop = QPushButton(tr("Stop"), self)
        self.stop.setToolTip(tr("Stop playing."))
        self.stop.setEnabled(False)
        layout.addWidget(self.stop)
        layout.addStretch()
        self.stop.clicked.connect(self.output.stop)
        self.output.ended.connect(self._on_ended)
        theme.signals().changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def show_seen(self, seen: Seen | None) -> None:
        """What can be heard from now on; what is being played goes on while it is of the same signal."""
        former, self._seen = self._seen, seen
        if former is not None and (seen is None or seen.before is not former.before):
            self.output.stop()
        parts = ("before", "after", "removed") if seen is not None and seen.full is not None else ("before",)
        for name, button in self.buttons.items():
            button.setEnabled(name in parts and seen is not None)

    def _play(self, name: str) -> None:
        seen = self._seen
        values: np.ndarray = getattr(seen, name)
        if seen.stretch is not None:
            values = values[slice(*seen.stretch)]
        problem = self.output.play(values, round(1 / seen.step))
        self.stop.setEnabled(not problem)
        self.problem.emit(problem)

    def _on_ended(self) -> None:
        self.stop.setEnabled(False)

    @Slot()
    def _on_theme_changed(self) -> None:
        look, side = theme.current(), round(self.fontMetrics().height() * 0.8)
        for button in self.buttons.values():
            button.setIcon(run_icon("play", side, look.text, look.disabled))
        self.stop.setIcon(run_icon("stop", side, look.text, look.disabled))
