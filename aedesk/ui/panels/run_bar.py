"""The run bar: start, pause and stop a run, and see how far it is and how good it became."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from aedesk.ui import theme
from aedesk.ui.elided_label import ElidedLabel
from aedesk.ui.panels.device_picker import DevicePicker
from aedesk.ui.panels.run_bar_text import duration, epochs_in_words
from aedesk.ui.panels.run_icons import Sign, run_icon
from aedesk.ui.panels.run_progress import RunProgress
from aedesk.ui.theme import SPACE_L, SPACE_S, SPACE_XL, SPACE_XS

if TYPE_CHECKING:
    from aedesk.training.events import Finished, Progress, StageProgress, Started

_ROOM = 42  # characters that the middle of the bar should have room for in a line
_LINES = 3

State = Literal["idle", "loading", "running", "paused", "stopping"]


class RunBar(QWidget):
    """The buttons of a run, its progress, its result, and the device.

    It decides nothing: it says what was asked for and shows the state it is told.

    Signals: ``train_requested``, ``pause_requested``, ``continue_requested``, ``stop_requested``,
    ``further_requested``, and ``device_changed`` with a device's key.
    """

    train_requested = Signal()
    pause_requested = Signal()
    continue_requested = Signal()
    stop_requested = Signal()
    further_requested = Signal()
    device_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state: State = "idle"
        self._ready, self._note, self._problem = True, "", ""
        self._ended, self._ended_role = "", "text"
        self._further_possible, self._further_name = False, ""
        self._result_role = "text"
        self._make_buttons()
        self._message = ElidedLabel(self, lines=_LINES, characters=_ROOM)
        self._result = ElidedLabel(self, characters=_ROOM)
        self._result.hide()
        self._progress = RunProgress(self)
        self._devices = DevicePicker(self)
        self._devices.value_changed.connect(self.device_changed)
        self._lay_out()
        self._refresh_icons()
        self._refresh()

    def _make_buttons(self) -> None:
        self._train = QPushButton(self.tr("Train"), self)
        self._train.setProperty("primary", True)
        self._pause = QPushButton(self.tr("Pause"), self)
        self._pause.setToolTip(self.tr("Hold the run. Continue goes on from the same place."))
        self._stop = QPushButton(self.tr("Stop"), self)
        self._stop.setToolTip(self.tr("End the run now and keep what was learned so far."))
        self._further = QPushButton(self.tr("Train further"), self)
        self._words = {button: button.text() for button in (self._pause, self._stop, self._further)}
        self._train.clicked.connect(self._on_train_clicked)
        self._pause.clicked.connect(self.pause_requested)
        self._stop.clicked.connect(self.stop_requested)
        self._further.clicked.connect(self.further_requested)
        for button in (self._train, self._pause, self._stop, self._further):
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setAccessibleName(button.text())

    def _lay_out(self) -> None:
        message_page, self._middle = QWidget(self), QWidget(self)
        lines = QVBoxLayout(message_page)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addStretch()
        lines.addWidget(self._message)
        lines.addWidget(self._result)
        lines.addStretch()
        self._middle.installEventFilter(self)
        self._pages = QStackedLayout(self._middle)
        self._pages.addWidget(message_page)
        self._pages.addWidget(self._progress)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE_S, SPACE_XS, SPACE_S, SPACE_XS)
        row.setSpacing(SPACE_S)
        for button in (self._train, self._pause, self._stop, self._further):
            row.addWidget(button)
        row.addSpacing(SPACE_S)
        row.addWidget(self._middle, 1)
        row.addSpacing(SPACE_L)
        row.addWidget(self._devices)

    # -- what it is told ----------------------------------------------------------------------

    def set_state(self, state: State) -> None:
        """What the desk is doing."""
        if state == "running" and self._state in ("idle", "loading"):
            self._progress.begin()
        self._state = state
        self._refresh()

    def set_ready(self, ready: bool, note: str) -> None:
        """Whether a run can start at all; the note says why not yet."""
        self._ready, self._note = ready, note
        self._refresh()

    def set_problem(self, text: str) -> None:
        """Why what the builder shows cannot be trained, or "" where it can."""
        self._problem = text
        self._refresh()

    def set_further_possible(self, possible: bool, name: str = "") -> None:
        """Whether there is a model that can go on learning, and its title."""
        self._further_possible, self._further_name = possible, name
        self._refresh()

    def set_devices(self, devices: Sequence[tuple[str, str]]) -> None:
        """The keys and names of this machine's devices, the fastest first."""
        self._devices.set_devices(devices)

    def device(self) -> str:
        """The key of the chosen device, ``auto`` to begin with."""
        return self._devices.value()

    def set_device(self, key: str) -> None:
        """Choose a device, as soon as it is known."""
        self._devices.set_value(key)

    def show_started(self, event: "Started") -> None:
        self._ended = ""
        self._progress.begin(event.first_epoch, event.last_epoch)
        self.show_result("", None)
        if self._state in ("idle", "loading"):
            self._state = "running"
        self._refresh()

    def show_progress(self, event: "Progress") -> None:
        self._progress.show_progress(event)
        if self._state != "running":
            self._show_word()

    def show_stage(self, event: "StageProgress") -> None:
        self._progress.show_stage(event)
        if self._state != "running":
            self._show_word()

    def show_finished(self, event: "Finished") -> None:
        self._ended, self._ended_role = self._words_for(event)
        self._state = "idle"
        self._further_possible = event.model.history.epochs > 0
        self._refresh()

    def forget_run(self) -> None:
        """Another model is open than that of the last run."""
        self._ended = ""
        self.show_result("", None)
        self._refresh()

    def show_result(self, text: str, better: bool | None) -> None:
        """How good the model became: in green where better, in amber where worse, else plain."""
        self._result_role = {True: "good", False: "warning", None: "text"}[better]
        # In this order the two never ask for more room than there is, not even in passing.
        self._result.hide()
        self._result.set_text(text, self._shown_result_role())
        self._share_lines()
        self._result.setVisible(bool(text))

    # -- what it shows ------------------------------------------------------------------------

    def _refresh(self) -> None:
        state = self._state
        idle, paused = state == "idle", state == "paused"
        self._train.setEnabled(paused or (idle and self._ready and not self._problem))
        self._train.setText(self.tr("Continue") if paused else self.tr("Train"))
        self._train.setToolTip(self._train_tooltip())
        self._pause.setEnabled(state == "running")
        self._stop.setEnabled(state in ("loading", "running", "paused"))
        further = self._ready and not self._problem and self._further_possible
        self._further.setEnabled(idle and further)
        self._further.setToolTip(self._further_tooltip())
        self._devices.setEnabled(idle)
        self._pages.setCurrentIndex(1 if state in ("running", "paused", "stopping") else 0)
        self._message.set_text(*self._message_words())
        self._result.set_text(self._result.text(), self._shown_result_role())
        self._share_lines()
        self._show_word()

    def _train_tooltip(self) -> str:
        if self._state == "paused":
            return self.tr("Go on from where the run was held.")
        if not self._ready:
            return self._note
        return self._problem or self.tr("Learn from the start with what the builder shows.")

    def _further_tooltip(self) -> str:
        if not self._ready:
            return self._note
        if self._problem:
            return self._problem
        if self._further_name:
            text = self.tr("Go on training “{name}” for as many epochs as the builder says.")
            return text.format(name=self._further_name)
        return self.tr("Go on training the open model for as many epochs as the builder says.")

    def _shown_result_role(self) -> str:
        """An older result steps back beside the reason why there cannot be a new one."""
        return "muted" if self._problem else self._result_role

    def _message_words(self) -> tuple[str, str]:
        """What there is to say while nothing is learned, and its colour."""
        if self._state == "loading":
            return self.tr("Loading the data…"), "muted"
        if not self._ready:
            return self._note, "muted"
        if self._problem:
            return self._problem, "error"
        if self._ended:
            return self._ended, self._ended_role
        return self.tr("Ready to train."), "muted"

    def _show_word(self) -> None:
        if self._state == "paused":
            self._progress.show_word(self.tr("Paused"))
        elif self._state == "stopping":
            self._progress.show_word(self.tr("Stopping…"))

    def _words_for(self, event: "Finished") -> tuple[str, str]:
        if event.reason == "failed":
            return event.message, "error"
        history = event.model.history
        if not history.epochs:
            if self._progress.in_stage():
                return self.tr("Stopped before all layers learned together."), "text"
            return self.tr("Stopped in the first epoch."), "text"
        text = {
            "completed": self.tr("Trained for {epochs} in {time}."),
            "stopped": self.tr("Stopped after {epochs}, {time}."),
            "converged": self.tr(
                "Stopped early after {epochs}, {time}: the loss no longer fell. The best weights are kept."
            ),
        }[event.reason]
        return text.format(epochs=epochs_in_words(history.epochs), time=duration(history.seconds)), "text"

    @Slot()
    def _on_train_clicked(self) -> None:
        (self.continue_requested if self._state == "paused" else self.train_requested).emit()

    # -- looks --------------------------------------------------------------------------------

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._refresh_icons()

    def _refresh_icons(self) -> None:
        look, side = theme.current(), round(self.fontMetrics().height() * 0.9)
        signs: list[tuple[QPushButton, Sign, str]] = [
            (self._train, "play", look.accent_text),
            (self._pause, "pause", look.text),
            (self._stop, "stop", look.text),
            (self._further, "further", look.text),
        ]
        for button, sign, colour in signs:
            button.setIconSize(QSize(side, side))
            button.setIcon(run_icon(sign, side, colour, look.disabled))
        self._keep_train_width()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._middle and event.type() == QEvent.Type.Resize:
            self._share_lines()
        return super().eventFilter(watched, event)

    def minimumSizeHint(self) -> QSize:
        """The room for the bar with signs alone on the buttons."""
        return QSize(self._least_width(), super().minimumSizeHint().height())

    def _least_width(self) -> int:
        signs = self._train.minimumWidth() + 3 * (self._pause.iconSize().width() + SPACE_XL + SPACE_S)
        gaps = 4 * SPACE_S + SPACE_L
        return signs + gaps + self._middle.minimumWidth() + self._devices.minimumSizeHint().width()

    def _fit(self) -> None:
        """Leave the words off the buttons where they and the middle do not fit beside each other."""
        metrics = self.fontMetrics()
        self._middle.setMinimumWidth(metrics.averageCharWidth() * _ROOM)
        self._middle.setMinimumHeight(metrics.lineSpacing() * _LINES)
        words = sum(metrics.horizontalAdvance(word) + SPACE_XS for word in self._words.values())
        narrow = self.width() < self._least_width() + words
        for button, word in self._words.items():
            button.setText("" if narrow else word)

    def _share_lines(self) -> None:
        """The message and the result have three lines together, and take no more than they need."""

        def fits(label: ElidedLabel) -> bool:
            return self.fontMetrics().horizontalAdvance(label.text()) <= self._middle.width()

        result = (1 if fits(self._result) else 2) if self._result.text() else 0
        self._result.set_lines(max(1, result))
        self._message.set_lines(1 if fits(self._message) else _LINES - result)

    def _keep_train_width(self) -> None:
        """Room for both of its words, so that nothing moves when a run is held."""
        words = (self.tr("Train"), self.tr("Continue"))
        spare = self._train.sizeHint().width() - self.fontMetrics().horizontalAdvance(self._train.text())
        self._train.setMinimumWidth(spare + max(self.fontMetrics().horizontalAdvance(word) for word in words) + 4)
