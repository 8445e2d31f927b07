"""The signal desk: a recording opened, its signal cleaned and saved."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from aedesk import paths
from aedesk.ui.latest_work import LatestWork
from aedesk.ui.panels.recording_drop import Invitation, RecordingDropTarget
from aedesk.ui.panels.signal_answers import CleanedBy
from aedesk.ui.panels.signal_busy import DeskBusy
from aedesk.ui.panels.signal_choice import AnswerChoice
from aedesk.ui.panels.signal_controls import ActionLine, FileLine
from aedesk.ui.panels.signal_dialogs import cleaned_to_save, folder_to_open, recording_to_open
from aedesk.ui.panels.signal_file import OpenColumn, is_text, kinds_of_noise, open_column, read_signal
from aedesk.ui.panels.signal_known import KnownColumns
from aedesk.ui.panels.signal_lines import SignalLines
from aedesk.ui.panels.signal_reference import CleanSignal
from aedesk.ui.panels.signal_request import HowRead, LearnRequest
from aedesk.ui.panels.signal_saving import CleanedSaving
from aedesk.ui.panels.signal_views import SignalViews
from aedesk.ui.panels.signal_words import text_line
from aedesk.ui.tab_order import put_in_tab_order
from aedesk.ui.theme import SPACE_M, SPACE_S

if TYPE_CHECKING:
    from aedesk.analysis.removed import Removed

EXAMPLE = ("examples", "ecg_noisy.csv")


class SignalDesk(RecordingDropTarget):
    """Opens a recording, shows a column or channel, has it cleaned by the current model, and saves the result.

    What goes wrong is said in a sentence above the plot, and what is open stays open. A dialog begins in the ``folder``
    where nothing is open.

    Signals:
        denoise_requested: the values ``[t]`` to clean, NaN where one is missing; the answer is
            expected in `show_cleaned` or `show_problem`.
        train_requested: a `LearnRequest`.
        cancel_requested: what was asked for and is being done is not wanted any more.
        file_opened: the path of the file that is open now.
        import_requested: the path of a text table whose reading is to be looked at and corrected: the
            one that is open, or one that could not be read.
        seen_changed: the `Seen` that every page is to show from now on, or None.
        notice: a sentence about something that went well.
    """

    denoise_requested = Signal(object)
    train_requested = Signal(object)
    cancel_requested = Signal()
    file_opened = Signal(str)
    import_requested = Signal(str)
    seen_changed = Signal(object)
    notice = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column: OpenColumn | None = None
        self._known, self._how, self._opening = KnownColumns(), HowRead(), None
        self._stretch: tuple[int, int] | None = None
        self._asked_for: OpenColumn | None = None
        self._model_available = self._busy = self._training = False
        self._model_note = self._busy_note = ""
        self.folder: Path | None = None
        self._background, self._recognition = DeskBusy(self), LatestWork(self)
        self._choice, self._saving = AnswerChoice(self._background, self), CleanedSaving(self._background, self)
        self.show_progress = self._background.show_share  # of what was asked for, 0…1
        self.file_line, self.actions = FileLine(self), ActionLine(self)
        self.views = SignalViews(self)
        self.plot, self.chooser = self.views.plot, self.views.chooser
        self._invitation = Invitation(self)
        self.hovering.connect(self._invitation.set_wanted)
        self.dropped.connect(self.open_file)
        self._problem, self._lines = text_line(self, "error"), SignalLines(self)
        self._lay_out()
        self.file_line.open.clicked.connect(lambda: self.choose(recording_to_open))
        self.file_line.folder.clicked.connect(lambda: self.choose(folder_to_open))
        self.file_line.example.clicked.connect(lambda: self.open_file(paths.resource(*EXAMPLE)))
        self.file_line.column_chosen.connect(self._on_column_chosen)
        self.actions.denoise.clicked.connect(self._on_denoise)
        self.actions.train.clicked.connect(self._on_train)
        self.actions.cancel.clicked.connect(self._on_cancel)
        self._background.changed.connect(self._refresh)
        self._background.failed.connect(self._on_work_failed)
        self._recognition.done.connect(self.actions.learning.show_kinds)
        self._clean = CleanSignal(self.actions.learning, self)
        self._clean.changed.connect(self.set_reference)
        self._clean.unfit.connect(self._say)
        self.actions.export.clicked.connect(self._on_export)
        self._saving.saved.connect(self._on_saved)
        self.actions.match.toggled.connect(self._show_column)
        self.file_line.reading.clicked.connect(lambda: self.import_requested.emit(str(self._column.table.path)))
        self.views.answer_chosen.connect(lambda place: self._choice.choose(self._known.of(self._column), place))
        self._choice.changed.connect(self._show_column)
        self.views.share_changed.connect(self._on_share_changed)
        self.views.stretch_changed.connect(self._on_stretch_changed)
        self.views.silence_changed.connect(self._on_silence_changed)
        self.views.problem.connect(self._say)
        self.views.pages.page_changed.connect(self._refresh)
        self._refresh()

    # -- what others tell ---------------------------------------------------------------------

    def open_file(self, path: Path | str, how: HowRead = HowRead()) -> None:  # noqa: B008 - frozen
        """Read a file in the background and show it. Until then, what is open stays."""
        self._opening, self._how = Path(path), how
        note = self.tr("Reading {name}…").format(name=self._opening.name)
        self._background.start(note, self._on_opened, read_signal, self._opening, how, progress=True)

    def choose(self, ask: Callable[[QWidget, Path | None], str] = recording_to_open) -> None:
        """Ask for a recording, or for a folder of them, and open it; a dialog that is cancelled changes nothing."""
        chosen = ask(self, self._column.table.path.parent if self._column else self.folder)
        if chosen:
            self.open_file(chosen)

    def how_read(self) -> HowRead:
        """What was said of the file that was opened last."""
        return self._how

    def column(self) -> OpenColumn | None:
        """The column in view."""
        return self._column

    def show_cleaned(
        self,
        values: np.ndarray,
        note: str = "",
        beside: dict[str, tuple[np.ndarray, np.ndarray]] | None = None,
        removed: "Removed | None" = None,
        remark: str = "",
    ) -> None:
        """The answer to `denoise_requested`: the clean signal ``[t]``, and what to know about it (``remark``, ``note``).

        ``beside`` are the columns that were cleaned with it, each as it was and as it is now, and ``removed`` is what
        was found in what was taken off, where the model was asked.
        """
        asked, self._asked_for = self._asked_for, None
        column = self._column
        # Another file or column may have been opened since.
        if column is None or column.values is None or asked not in (None, column):
            return
        if np.shape(values) != column.values.shape:
            return
        answer = CleanedBy(self.tr("Network"), values, float("nan"), note=note, removed=removed, remark=remark)
        self._known.take(column, answer, beside or {}, self._model_note)
        self._say("")
        self._show_column()

    def show_answers(self, answers: list[CleanedBy]) -> None:
        """All that can be compared with what `show_cleaned` showed last, which is the first of them."""
        cleaned = self._known.of(self._column)
        if cleaned is not None and cleaned.compare(answers):
            self._show_column()

    def set_reference(self, values: np.ndarray | None) -> None:
        """The clean signal ``[t]`` that the shown one is a noisy copy of, where there is one.

        Signal-to-noise ratios are true with it, and estimated without.
        """
        if self._known.set_reference(self._column, values):
            self._show_column()

    def add_page(self, widget: QWidget, title: str, tooltip: str) -> None:
        """One more page beside the signal's; what it is to show it learns from `seen_changed`."""
        self.views.add_page(widget, title, tooltip)

    def clean_now(self, asked: LearnRequest) -> None:
        """Have the column in view cleaned as by the button, where it is of what was asked to be learned from."""
        column = self._column
        shown = column is not None and column.table.path.absolute() == asked.path and column.name in asked.names
        if shown and self.actions.denoise.isEnabled():
            self._on_denoise()

    def show_problem(self, sentence: str) -> None:
        """Something went wrong, in one sentence; what is shown stays."""
        self._asked_for = None
        self._say(sentence)

    def forget_problem(self) -> None:
        """What went wrong was another model's matter; what is wrong with the column itself is said on."""
        self._say(self._column.problem if self._column else "")

    def set_model(self, available: bool, note: str) -> None:
        """Whether the current model can clean signals, and a sentence about that."""
        self._model_available, self._model_note = available, note
        self._refresh()

    def set_training(self, training: bool) -> None:
        """Whether a run is under way, beside which there is no room for another."""
        self._training = training
        self._refresh()

    def set_busy(self, busy: bool, note: str = "") -> None:
        """Whether what was asked for is being done just now, and a word about that."""
        self._busy, self._busy_note = busy, note
        self._background.bar.setMaximum(0)
        self._refresh()

    def export(self, path: Path | str) -> None:
        """Write the open file again to ``path``, with every column that was cleaned added."""
        self._saving.save(self._column, self._known, Path(path), self.actions.replace.isChecked())

    def problem(self) -> str:
        """The sentence about what went wrong last, or "" where nothing did."""
        return self._problem.text()

    def silence(self) -> slice | None:
        """The rows of the column in view that have nothing but noise, where they were named."""
        return self._known.silence(self._column)

    def step(self) -> float | None:
        """The seconds between samples of the column in view, where they are known."""
        return self._column.step if self._column else None

    def numbers(self) -> str:
        """The line of numbers below the plot, and what is said below it."""
        return self._lines.text()

    # -- what the user does -------------------------------------------------------------------

    def _on_column_chosen(self, name: str) -> None:
        if self._column is not None and name != self._column.name:
            note = self.tr("Reading column “{name}”…").format(name=name)
            column = self._column
            self._background.start(note, self._on_column_read, open_column, column.table, name, column.how)

    def _on_denoise(self) -> None:
        self._asked_for = self._column
        self._say("")
        self.denoise_requested.emit(self._column.values)

    def _on_cancel(self) -> None:
        """The column and the answer in view are still those that they were."""
        if self._background.cancel():
            self._show_choice()
        else:
            self._asked_for = None
            self.cancel_requested.emit()

    def _on_train(self) -> None:
        request = self.actions.learning.request()
        self._say("" if request else self.tr("Choose the column or the file with the clean signal first."))
        if request:
            self.train_requested.emit(request)

    def _on_export(self) -> None:
        chosen = cleaned_to_save(self, self._column.table.path)
        if chosen:
            self.export(chosen)

    def _on_share_changed(self, share: float) -> None:
        self._known.of(self._column).share = share
        self._show_column()

    def _on_stretch_changed(self, stretch: tuple[int, int] | None) -> None:
        self._stretch = stretch
        self._show_column()

    def _on_silence_changed(self, rows: tuple[int, int] | None) -> None:
        """Clean anew by the noise that is known now, what was cleaned before."""
        self._say(problem := self._known.set_silence(self._column, rows))
        self._show_column()
        if not problem and self._known.of(self._column) is not None and self.actions.denoise.isEnabled():
            self._on_denoise()

    # -- work in the background ---------------------------------------------------------------

    def _on_work_failed(self, sentence: str) -> None:
        self._show_choice()
        self._say(sentence)
        if self._opening is not None and is_text(self._opening):
            self.import_requested.emit(str(self._opening))
        self._opening = None

    def _on_opened(self, column: OpenColumn) -> None:
        self._known = KnownColumns()
        self._on_column_read(column)
        self.file_opened.emit(str(column.table.path))

    def _on_column_read(self, column: OpenColumn) -> None:
        self._column, self._stretch, self._opening = column, None, None
        self.actions.show_column(column)
        self._recognition.forget()
        if column.usable():
            self._recognition.ask(kinds_of_noise, column.values, column.step)
        self._show_choice()
        self._say(column.problem)

    def _on_saved(self, sentence: str) -> None:
        self._say("")
        self.notice.emit(sentence)

    # -- showing ------------------------------------------------------------------------------

    def _show_choice(self) -> None:
        if self._column is not None:
            path = self._column.table.path
            self.file_line.show_file(path.name, self._column.names, self._column.name, is_text(path))
            self._show_column()

    def _show_column(self) -> None:
        seen = self._known.seen(self._column, self._stretch, self.actions.match.rate())
        self._places.setCurrentWidget(self._invitation if seen is None else self.views)
        self.views.show_seen(seen, self._known.of(self._column))
        self.seen_changed.emit(seen)
        self._refresh()

    def _say(self, sentence: str) -> None:
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))

    def _refresh(self) -> None:
        """What can be pressed, and what stands in the lines below."""
        column, working = self._column, self._background.work is not None
        busy = self._busy or working
        usable = column is not None and column.usable()
        too_short = column.too_short if column else ""
        self.actions.show_usable(usable, too_short, self._training, usable and self._model_available and not busy, busy)
        self.actions.set_next(self.actions.denoise if self._model_available else self.actions.train)
        self.actions.show_cleaned(bool(self._known.cleaned), working, column is not None and column.has_room)
        note = self._background.note if working else self._busy_note or f"{self._model_note} {too_short}".strip()
        # What a model will do is no news where it has done it, and the plot needs the room.
        cleaned = self._known.of(self._column)
        done = cleaned is not None and not busy and cleaned.model_note == self._model_note
        self.actions.show_note("" if done else note)
        self.actions.learning.set_brief(cleaned is not None)
        self._background.bar.setVisible(busy)
        self._lines.show_column(column, cleaned, self.views.pages.page() is self.views.removed)

    def _lay_out(self) -> None:
        self._places = QStackedWidget(self)
        self._places.addWidget(self._invitation)
        self._places.addWidget(self.views)
        shown, layout = QVBoxLayout(spacing=0), QVBoxLayout(self)
        layout.setContentsMargins(SPACE_M, SPACE_S, SPACE_M, SPACE_S)
        layout.setSpacing(SPACE_S)
        for widget in (self.file_line, self._problem):
            layout.addWidget(widget)
        for widget in (self._places, self._background.bar, self._lines):
            shown.addWidget(widget)
        shown.setStretchFactor(self._places, 1)
        layout.addLayout(shown, 1)
        layout.addWidget(self.actions)
        put_in_tab_order([self.file_line, *self.views.tab_stops(), *self.actions.tab_stops()])
