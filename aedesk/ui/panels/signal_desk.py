"""The signal desk: a recording opened, its signal cleaned and saved."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from aedesk import paths
from aedesk.data.recording_file import SOUNDS
from aedesk.data.units import unit_of
from aedesk.ui.panels.recording_drop import Invitation, RecordingDropTarget
from aedesk.ui.panels.signal_answers import CleanedBy
from aedesk.ui.panels.signal_cleaned import CleanedColumn
from aedesk.ui.panels.signal_controls import ActionLine, FileLine
from aedesk.ui.panels.signal_dialogs import cleaned_to_save, recording_to_open
from aedesk.ui.panels.signal_file import OpenColumn, open_column, read_signal, save_cleaned
from aedesk.ui.panels.signal_seen import Seen
from aedesk.ui.panels.signal_views import SignalViews
from aedesk.ui.panels.signal_words import numbers_line, text_line
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
        import_requested: the path of the file that is open, whose reading is to be looked at and
            corrected. It can be asked for after `offer_import`.
        seen_changed: the `Seen` that every page is to show from now on, or None.
        notice: a sentence about something that went well.
    """

    denoise_requested = Signal(object)
    train_requested = Signal(str, str, object, str)
    file_opened = Signal(str)
    import_requested = Signal(str)
    seen_changed = Signal(object)
    notice = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column: OpenColumn | None = None
        self._cleaned: dict[str, CleanedColumn] = {}
        self._references: dict[str, np.ndarray] = {}
        self._stretch: tuple[int, int] | None = None
        self._asked_for: OpenColumn | None = None
        self._model_available, self._model_note = False, ""
        self._busy, self._busy_note = False, ""
        self._work, self._work_note = None, ""
        self.file_line, self.actions = FileLine(self), ActionLine(self)
        self.views = SignalViews(self)
        self.plot, self.chooser = self.views.plot, self.views.chooser
        self._invitation = Invitation(self)
        self.hovering.connect(self._invitation.set_wanted)
        self.dropped.connect(self.open_file)
        self._problem = text_line(self, "error")
        self._numbers = text_line(self, "muted")
        self._bar = QProgressBar(self, minimum=0, maximum=0, textVisible=False)
        self._lay_out()
        self.file_line.open.clicked.connect(self._on_open)
        self.file_line.example.clicked.connect(lambda: self.open_file(paths.resource(*EXAMPLE)))
        self.file_line.column_chosen.connect(self._on_column_chosen)
        self.actions.denoise.clicked.connect(self._on_denoise)
        self.actions.train.clicked.connect(self._on_train)
        self.actions.export.clicked.connect(self._on_export)
        self.file_line.reading.clicked.connect(lambda: self.import_requested.emit(str(self._column.table.path)))
        self.views.answer_chosen.connect(self._on_answer_chosen)
        self.views.share_changed.connect(self._on_share_changed)
        self.views.stretch_changed.connect(self._on_stretch_changed)
        self.views.problem.connect(self._say)
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
        title = self.tr("Network")
        answer = CleanedBy(title, values, float("nan"), note=note)
        self._cleaned[column.name] = CleanedColumn(column.values, answer, self._model_note)
        self._say("")
        self._show_column()

    def show_answers(self, answers: list[CleanedBy]) -> None:
        """All that can be compared with what `show_cleaned` showed last, which is the first of them."""
        cleaned = self._cleaned_column()
        if cleaned is not None and cleaned.compare(answers):
            self._show_column()

    def set_reference(self, values: np.ndarray | None) -> None:
        """The clean signal ``[t]`` that the shown one is a noisy copy of, where there is one.

        Signal-to-noise ratios are true with it, and estimated without.
        """
        column = self._column
        if column is None or column.values is None or (values is not None and len(values) != len(column.values)):
            return
        self._references.pop(column.name, None)
        if values is not None:
            self._references[column.name] = values
        self._show_column()

    def offer_import(self) -> None:
        """From now on `import_requested` is listened to, so that it can be asked for."""
        self.file_line.offer_reading()

    def add_page(self, widget: QWidget, title: str, tooltip: str) -> None:
        """One more page beside the signal's; what it is to show it learns from `seen_changed`."""
        self.views.pages.add_page(widget, title, tooltip)

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
        cleaned = {name: column.values() for name, column in self._cleaned.items()}
        self._start(note, lambda _: self._on_exported(path), save_cleaned, table, cleaned, path)

    def problem(self) -> str:
        """The sentence about what went wrong last, or "" where nothing did."""
        return self._problem.text()

    def step(self) -> float | None:
        """The seconds between samples of the column in view, where they are known."""
        return self._column.step if self._column else None

    def numbers(self) -> str:
        """The line of numbers below the plot."""
        return self._numbers.text()

    # -- what the user does -------------------------------------------------------------------

    def _on_open(self) -> None:
        chosen = recording_to_open(self, self._column.table.path.parent if self._column else None)
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
        chosen = cleaned_to_save(self, self._column.table.path)
        if chosen:
            self.export(chosen)

    def _on_answer_chosen(self, place: int) -> None:
        self._cleaned_column().place = place
        self._show_column()

    def _on_share_changed(self, share: float) -> None:
        self._cleaned_column().share = share
        self._show_column()

    def _on_stretch_changed(self, stretch: tuple[int, int] | None) -> None:
        self._stretch = stretch
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
        self._cleaned, self._references = {}, {}
        self._on_column_read(column)
        self.file_opened.emit(str(column.table.path))

    def _on_column_read(self, column: OpenColumn) -> None:
        self._column, self._stretch = column, None
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
        seen = self._seen()
        self._places.setCurrentWidget(self._invitation if seen is None else self.views)
        self.views.show_seen(seen, self._cleaned_column())
        self.seen_changed.emit(seen)
        self._refresh()

    def _seen(self) -> Seen | None:
        """What the pages show, or None where there is nothing to see."""
        column, cleaned = self._column, self._cleaned_column()
        if column is None or column.values is None or column.missing == len(column.values):
            return None
        seen = Seen(
            column.name,
            unit_of(column.name),
            column.step,
            column.values,
            reference=self._references.get(column.name),
            stretch=self._stretch,
            sound=column.table.path.suffix.lower() in SOUNDS,
        )
        if cleaned is None:
            return seen
        answer = cleaned.answer
        return replace(seen, full=answer.values, by=answer.title, share=cleaned.share, left=answer.left)

    def _cleaned_column(self) -> CleanedColumn | None:
        """What became of the column in view, where it was cleaned."""
        return self._cleaned.get(self._column.name) if self._column else None

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
        cleaned = self._cleaned_column()
        done = cleaned is not None and not busy and cleaned.model_note == self._model_note
        self.actions.note.setVisible(bool(self.actions.note.text()) and not done)
        self._bar.setVisible(busy)
        self._numbers.setText(numbers_line(column, cleaned) if column else "")
        self._numbers.setVisible(bool(self._numbers.text()))

    def _lay_out(self) -> None:
        keeping = self._bar.sizePolicy()
        keeping.setRetainSizeWhenHidden(True)
        self._bar.setSizePolicy(keeping)
        self._places = QStackedWidget(self)
        self._places.addWidget(self._invitation)
        self._places.addWidget(self.views)
        shown = QVBoxLayout()
        shown.setSpacing(0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_M, SPACE_S, SPACE_M, SPACE_S)
        layout.setSpacing(SPACE_S)
        layout.addWidget(self.file_line)
        layout.addWidget(self._problem)
        for widget in (self._places, self._bar, self._numbers):
            shown.addWidget(widget)
        shown.setStretchFactor(self._places, 1)
        layout.addLayout(shown, 1)
        layout.addWidget(self.actions)
