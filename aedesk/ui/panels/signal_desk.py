"""The signal desk: a recording opened, its signal cleaned and saved."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QLabel,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from aedesk import paths
from aedesk.data.recording_file import SUFFIXES
from aedesk.ui.panels.recording_drop import Invitation, RecordingDropTarget
from aedesk.ui.panels.signal_answers import AnswerChooser, CleanedBy
from aedesk.ui.panels.signal_controls import ActionLine, FileLine
from aedesk.ui.panels.signal_file import (
    OpenColumn,
    open_column,
    read_signal,
    save_cleaned,
    unit_of,
)
from aedesk.ui.panels.signal_plot import SignalPlot
from aedesk.ui.panels.signal_words import missing, numbers_line
from aedesk.ui.theme import SPACE_M, SPACE_S
from aedesk.ui.work import Work

EXAMPLE = ("examples", "ecg_noisy.csv")


class SignalDesk(RecordingDropTarget):
    """Opens a recording, shows a column or channel, has it cleaned by the current model, and saves the result.

    What goes wrong is said in a sentence above the plot, and what is open stays open.

    Signals:
        denoise_requested: the values ``[t]`` to clean, NaN where one is missing; the answer is
            expected in `show_cleaned` or `show_problem`.
        train_requested: the path of the file, the name of the column to learn from, its values
            ``[t]``, and how: ``blind`` or ``added-noise``.
        file_opened: the path of the file that is open now.
        notice: a sentence about something that went well.
    """

    denoise_requested = Signal(object)
    train_requested = Signal(str, str, object, str)
    file_opened = Signal(str)
    notice = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column: OpenColumn | None = None
        self._cleaned: dict[str, np.ndarray] = {}
        self._notes: dict[str, str] = {}
        self._cleaned_by: dict[str, str] = {}
        self._answers: dict[str, list[CleanedBy]] = {}
        self._asked_for: OpenColumn | None = None
        self._model_available, self._model_note = False, ""
        self._busy, self._busy_note = False, ""
        self._work, self._work_note = None, ""
        self.file_line, self.actions = FileLine(self), ActionLine(self)
        self.plot = SignalPlot(self)
        self.chooser = AnswerChooser(self)
        self._invitation = Invitation(self)
        self.hovering.connect(self._invitation.set_wanted)
        self.dropped.connect(self.open_file)
        self._problem = self._line("error")
        self._numbers = self._line("muted")
        self._bar = QProgressBar(self, minimum=0, maximum=0, textVisible=False)
        self._lay_out()
        self.file_line.open.clicked.connect(self._on_open)
        self.file_line.example.clicked.connect(lambda: self.open_file(paths.resource(*EXAMPLE)))
        self.file_line.column_chosen.connect(self._on_column_chosen)
        self.actions.denoise.clicked.connect(self._on_denoise)
        self.actions.train.clicked.connect(self._on_train)
        self.actions.export.clicked.connect(self._on_export)
        self.chooser.chosen.connect(self._on_answer_chosen)
        self._refresh()

    # -- what others tell ---------------------------------------------------------------------

    def open_file(self, path: Path | str) -> None:
        """Read a file in the background and show it. Until then, what is open stays."""
        path = Path(path)
        note = self.tr("Reading {name}…").format(name=path.name)
        self._start(note, self._on_opened, read_signal, path)

    def show_cleaned(self, values: np.ndarray, note: str = "") -> None:
        """The answer to `denoise_requested`: the clean signal ``[t]``, and a sentence to know about it."""
        asked, self._asked_for = self._asked_for, None
        column = self._column
        # Another file or column may have been opened since.
        if column is None or column.values is None or asked not in (None, column):
            return
        if np.shape(values) != column.values.shape:
            return
        self._cleaned[column.name] = values
        self._answers.pop(column.name, None)
        self._notes[column.name] = note
        self._cleaned_by[column.name] = self._model_note
        self._say("")
        self._show_column()

    def show_answers(self, answers: list[CleanedBy]) -> None:
        """All that can be compared with what `show_cleaned` showed last, which is the first of them."""
        column = self._column
        if column is not None and answers and answers[0].values is self._cleaned.get(column.name):
            self._answers[column.name] = answers
            self._show_chooser()

    def clean_now(self, path: str, name: str) -> None:
        """Have a column cleaned as by the button, where it is still the one that is shown."""
        column = self._column
        shown = column is not None and (str(column.table.path.absolute()), column.name) == (path, name)
        if shown and self.actions.denoise.isEnabled():
            self._on_denoise()

    def show_problem(self, sentence: str) -> None:
        """Something went wrong, in one sentence; what is shown stays."""
        self._asked_for = None
        self._say(sentence)

    def set_model(self, available: bool, note: str) -> None:
        """Whether the current model can clean signals, and a sentence about that."""
        self._model_available, self._model_note = available, note
        self._refresh()

    def set_busy(self, busy: bool, note: str = "") -> None:
        """Whether a signal is being cleaned just now, and a word about that."""
        self._busy, self._busy_note = busy, note
        self._refresh()

    def export(self, path: Path | str) -> None:
        """Write the open file again to ``path``, with every column that was cleaned added."""
        if self._column is None or not self._cleaned:
            return
        path, table = Path(path), self._column.table
        note = self.tr("Writing {name}…").format(name=path.name)
        self._start(
            note, lambda _: self._on_exported(path), save_cleaned, table, dict(self._cleaned), path
        )

    def problem(self) -> str:
        """The sentence about what went wrong last, or "" where nothing did."""
        return self._problem.text()

    def numbers(self) -> str:
        """The line of numbers below the plot."""
        return self._numbers.text()

    # -- what the user does -------------------------------------------------------------------

    def _on_open(self) -> None:
        endings = " ".join(f"*{suffix}" for suffix in SUFFIXES)
        chosen, _ = QFileDialog.getOpenFileName(
            self,
            self.tr("Open a signal"),
            str(self._column.table.path.parent) if self._column else "",
            self.tr("Signals ({endings});;All files (*)").format(endings=endings),
        )
        if chosen:
            self.open_file(chosen)

    def _on_column_chosen(self, name: str) -> None:
        if self._column is not None and name != self._column.name:
            note = self.tr("Reading column “{name}”…").format(name=name)
            self._start(note, self._on_column_read, open_column, self._column.table, name)

    def _on_denoise(self) -> None:
        self._asked_for = self._column
        self._say("")
        self.denoise_requested.emit(self._column.values)

    def _on_train(self) -> None:
        self._say("")
        column = self._column
        path, way = str(column.table.path.absolute()), self.actions.way.currentData()
        self.train_requested.emit(path, column.name, column.values, way)

    def _on_export(self) -> None:
        path = self._column.table.path
        chosen, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Save the cleaned signal"),
            str(path.with_name(f"{path.stem}_clean{path.suffix}")),
            self.tr("Files of this kind (*{ending});;All files (*)").format(ending=path.suffix),
        )
        if chosen:
            self.export(chosen)

    def _on_answer_chosen(self, place: int) -> None:
        name = self._column.name
        answer = self._answers[name][place]
        self._cleaned[name], self._notes[name] = answer.values, answer.note
        self._show_column()

    # -- work in the background ---------------------------------------------------------------

    def _start(self, note: str, done: Callable[[Any], None], function: Callable[..., Any], *given: Any) -> None:
        """Have something done in another thread; what was begun before is not wanted any more."""
        if self._work is not None:
            self._work.drop()
        self._work, self._work_note = Work(function, *given, parent=self), note
        self._work.done.connect(lambda result: (self._end_work(), done(result)))
        self._work.failed.connect(self._on_work_failed)
        self._work.start()
        self._refresh()

    def _end_work(self) -> None:
        self._work = None
        self._refresh()

    def _on_work_failed(self, sentence: str) -> None:
        self._end_work()
        self._show_choice()
        self._say(sentence)

    def _on_opened(self, column: OpenColumn) -> None:
        self._cleaned, self._notes, self._cleaned_by, self._answers = {}, {}, {}, {}
        self._on_column_read(column)
        self.file_opened.emit(str(column.table.path))

    def _on_column_read(self, column: OpenColumn) -> None:
        self._column = column
        self._show_choice()
        self._say(column.problem)
        self._show_column()

    def _on_exported(self, path: Path) -> None:
        names = ", ".join(f"“{name}”" for name in self._cleaned)
        self._say("")
        self.notice.emit(self.tr("Saved {name} with {columns} cleaned.").format(name=path.name, columns=names))
        if self._column is not None and path.exists() and path.samefile(self._column.table.path):
            self.open_file(path)  # it has other columns now

    # -- showing ------------------------------------------------------------------------------

    def _show_choice(self) -> None:
        if self._column is not None:
            table = self._column.table
            self.file_line.show_file(table.path.name, table.numeric_names(), self._column.name)

    def _show_column(self) -> None:
        column = self._column
        cleaned = self._cleaned.get(column.name)
        empty = column.values is None or missing(column.values) == len(column.values)
        self._pages.setCurrentWidget(self._invitation if empty else self.plot)
        if empty:
            self.plot.clear()
        elif cleaned is None or self.plot.signal() is not column.values:
            self.plot.show_signal(column.values, column.name, column.step)
        if cleaned is not None:
            self.plot.show_cleaned(cleaned)
        self._show_chooser()
        self._refresh()

    def _show_chooser(self) -> None:
        name = self._column.name
        answers, cleaned = self._answers.get(name, []), self._cleaned.get(name)
        shown = next((place for place, answer in enumerate(answers) if answer.values is cleaned), 0)
        self.chooser.show_answers(answers, unit_of(name), shown)

    def _say(self, sentence: str) -> None:
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))

    def _refresh(self) -> None:
        """What can be pressed, and what stands in the lines below."""
        column, busy = self._column, self._busy or self._work is not None
        usable = column is not None and column.usable()
        self.actions.denoise.setEnabled(usable and self._model_available and not busy)
        self.actions.train.setEnabled(usable)
        self.actions.way.setEnabled(usable)
        self.actions.export.setEnabled(bool(self._cleaned) and self._work is None)
        self.actions.note.setText(self._work_note if self._work else self._busy_note or self._model_note)
        # What a model will do is no news where it has done it, and the plot needs the room.
        done = column is not None and not busy and self._cleaned_by.get(column.name) == self._model_note
        self.actions.note.setVisible(bool(self.actions.note.text()) and not done)
        self._bar.setVisible(busy)
        cleaned = self._cleaned.get(column.name) if column else None
        note = self._notes.get(column.name, "") if column else ""
        self._numbers.setText(numbers_line(column, cleaned, note) if column else "")
        self._numbers.setVisible(bool(self._numbers.text()))

    def _lay_out(self) -> None:
        keeping = self._bar.sizePolicy()
        keeping.setRetainSizeWhenHidden(True)
        self._bar.setSizePolicy(keeping)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self._invitation)
        self._pages.addWidget(self.plot)
        shown = QVBoxLayout()
        shown.setSpacing(0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_M, SPACE_S, SPACE_M, SPACE_S)
        layout.setSpacing(SPACE_S)
        layout.addWidget(self.file_line)
        layout.addWidget(self._problem)
        self.plot.lanes.add_beside_key(self.chooser)
        for widget in (self._pages, self._bar, self._numbers):
            shown.addWidget(widget)
        shown.setStretchFactor(self._pages, 1)
        layout.addLayout(shown, 1)
        layout.addWidget(self.actions)

    def _line(self, role: str) -> QLabel:
        """Text that has as many lines as it needs, and none while there is none."""
        line = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        line.setProperty("role", role)
        line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        line.hide()
        return line
