"""The page on which a table in text is opened: how it is read, and what comes of it."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from aedesk.data.csv_reading import CsvReading
from aedesk.ui.builder.labels import grouped
from aedesk.ui.importing.column_roles import roles_of
from aedesk.ui.importing.preview_plot import PreviewPlot
from aedesk.ui.importing.preview_rows import MOST_COLUMNS
from aedesk.ui.importing.preview_table import PreviewTable
from aedesk.ui.importing.preview_work import PreviewWork
from aedesk.ui.importing.reading_form import NO_TIME, ReadingForm
from aedesk.ui.importing.sampling_line import SamplingLine
from aedesk.ui.theme import SPACE_L, SPACE_M, SPACE_S

if TYPE_CHECKING:
    from aedesk.data.csv_preview import Preview

_LONG_MS = 500


@dataclass(frozen=True)
class ImportChoice:
    """What a person chose on the import page.

    ``columns`` are the names of the channels, in the order of the file. ``resample_rate`` is the
    rate in Hz at which even samples are wanted, None where the rows stay as they are.
    """

    path: Path
    reading: CsvReading
    columns: tuple[str, ...]
    resample_rate: float | None = None


class ImportPage(QDialog):
    """Shows the first rows and curves of a text file as they are read, and lets the reading be corrected.

    It is for text only: sounds and arrays leave nothing to choose.

    Signals: ``chosen`` carries an `ImportChoice` when the person opens the file.
    """

    chosen = Signal(object)

    def __init__(
        self,
        path: Path,
        reading: CsvReading | None = None,
        parent: QWidget | None = None,
        resample_rate: float | None = None,
    ) -> None:
        super().__init__(parent)
        self._path, self._preview = Path(path), None
        self._left_out: set[str] = set()
        self._is_opening = False
        self.setWindowTitle(self.tr("Open {name}").format(name=self._path.name))
        self._says = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._says.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.form, self.table, self.plot = ReadingForm(), PreviewTable(), PreviewPlot()
        self.sampling = SamplingLine()
        self._bar = QProgressBar(minimum=0, maximum=0, textVisible=False)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Open | QDialogButtonBox.StandardButton.Cancel)
        self.open_button = self._buttons.button(QDialogButtonBox.StandardButton.Open)
        cancel = self._buttons.button(QDialogButtonBox.StandardButton.Cancel)
        cancel.setToolTip(self.tr("Open nothing, and leave what is open as it is."))
        for button, text in ((self.open_button, self.tr("Open")), (cancel, self.tr("Cancel"))):
            button.setText(text)
        self.open_button.setDefault(True)
        cancel.setAutoDefault(False)  # or the return key would close the page when Open cannot be pressed
        self._work = PreviewWork(self._path, self)
        self._waiting = QTimer(self, singleShot=True, interval=_LONG_MS)  # a bar for each key would flicker
        self._waiting.timeout.connect(self._bar.show)
        self._lay_out()
        self.form.set_value(reading or CsvReading())
        self.sampling.set_rate(resample_rate)
        self.form.value_changed.connect(self._on_reading_changed)
        self.table.role_chosen.connect(self._on_role_chosen)
        self.table.all_chosen.connect(self._on_all_chosen)
        self._work.previewed.connect(self._on_previewed)
        self._work.failed.connect(self._on_failed)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self._say(self.tr("Looking at {name}…").format(name=self._path.name))
        self._work.ask(self.form.value(), at_once=True)
        self._refresh()

    # -- what was chosen ----------------------------------------------------------------------

    def value(self) -> CsvReading:
        """How the file is to be read: what the person has set; the rest is guessed as here."""
        return self.form.value()

    def columns_chosen(self) -> tuple[str, ...]:
        """The names of the channels that are wanted, in the order of the file."""
        if self._preview is None:
            return ()
        roles = roles_of(self._preview, self._left_out)
        return tuple(name for name, role in zip(self._preview.names, roles, strict=True) if role == "channel")

    def resample_rate(self) -> float | None:
        """The rate in Hz at which even samples are wanted, None where the rows stay as they are."""
        return self.sampling.resample_rate()

    def preview(self) -> "Preview | None":
        """What is shown, None until the file has been looked at."""
        return self._preview

    def is_busy(self) -> bool:
        """Whether what is shown is about to be replaced."""
        return self._work.is_busy()

    def says(self) -> str:
        """The sentence above the choices: how the file is read, or what is wrong."""
        return self._says.text()

    # -- what the person does -----------------------------------------------------------------

    def accept(self) -> None:
        """Open the file; where a change is still being looked at, once that is done."""
        if self._work.is_busy():
            self._is_opening = True
            return
        if not self.columns_chosen():
            return
        self.chosen.emit(ImportChoice(self._path, self.value(), self.columns_chosen(), self.resample_rate()))
        super().accept()

    def done(self, result: int) -> None:
        self._work.drop()
        super().done(result)

    def _on_reading_changed(self) -> None:
        self._is_opening = False
        self._work.ask(self.form.value())
        self._refresh()

    def _on_role_chosen(self, column: int, role: str) -> None:
        name, preview = self._preview.names[column], self._preview
        time = preview.reading.time
        if role == "only":
            self._left_out = {other for other in preview.names if other != name}
        elif role == "out":
            self._left_out.add(name)
        else:
            self._left_out.discard(name)
        if role == "time" and name != time:
            self.form.set_field("time", name)
        elif role != "time" and name == time:
            self.form.set_field("time", NO_TIME)
        elif role == "channel" and preview.roles[column] == "time":
            self.form.set_field("time", time)  # where the time is given, another is no time by its name alone
        self._show_roles()

    def _on_all_chosen(self) -> None:
        self._left_out.clear()
        self._show_roles()

    # -- showing ------------------------------------------------------------------------------

    def _on_previewed(self, preview: "Preview") -> None:
        self._preview = preview
        self.form.show_guess(preview.reading, preview.guessed, preview.names)
        roles = roles_of(preview, self._left_out)
        self.table.show_preview(preview, roles)
        self.plot.show_channels(preview, roles)
        problem = self._problem_of(preview)
        self.plot.setHidden(bool(problem))
        if problem:
            self.sampling.clear()
        else:
            self.sampling.show_sampling(preview.sampling)
        self._say_what_is_read()
        self._settle()

    def _say_what_is_read(self) -> None:
        """How the file is read, or what is wrong with it, and where that is."""
        preview, problem = self._preview, self._problem_of(self._preview)
        name = next((name for name in self.columns_chosen() if name in preview.bad_cells), None)
        if problem:
            self._say(problem, "error")
            if preview.problem_row is not None:
                self.table.show_wrong(preview.problem_row)
        elif name:
            cell = preview.bad_cells[name]
            self._say(f"{self._explained(preview)} {cell.sentence}", "warning")
            self.table.show_wrong(cell.row, name)
        else:
            self._say(self._explained(preview))
            self.table.show_wrong(None)

    def _explained(self, preview: "Preview") -> str:
        """How the file is read, and how much of it is shown where that is not all."""
        count = len(preview.names)
        if count <= MOST_COLUMNS:
            return preview.explanation
        more = self.tr("Of {count} columns the first {shown} are shown.")
        return f"{preview.explanation} {more.format(count=grouped(count), shown=MOST_COLUMNS)}"

    def _problem_of(self, preview: "Preview") -> str:
        """What keeps the file from being opened as it is read now, or ""."""
        if preview.problem or "channel" in preview.roles:
            return preview.problem
        return self.tr(
            "As it is read now, {name} has no column of numbers. "
            "Check the delimiter, the decimal mark and the lines to skip."
        ).format(name=self._path.name)

    def _on_failed(self, sentence: str) -> None:
        self._preview = None
        self.table.clear()
        self.plot.hide()
        self.sampling.clear()
        self._say(sentence, "error")
        self._settle()

    def _settle(self) -> None:
        self._refresh()
        if self._is_opening:
            self._is_opening = False
            if self.open_button.isEnabled():
                self.accept()

    def _show_roles(self) -> None:
        roles = roles_of(self._preview, self._left_out)
        self.table.set_roles(roles)
        self.plot.show_channels(self._preview, roles)
        self._say_what_is_read()
        self._refresh()

    def _say(self, sentence: str, role: str = "") -> None:
        self._says.setText(sentence)
        self._says.setProperty("role", role)
        self._says.style().unpolish(self._says)
        self._says.style().polish(self._says)

    def _refresh(self) -> None:
        """What can be pressed."""
        problem = self._preview is None or bool(self._problem_of(self._preview))
        # While a change is being looked at, it may be opened already: it waits for the answer.
        can_open = self._work.is_busy() or not problem and bool(self.columns_chosen())
        if self.open_button.hasFocus() and not can_open:
            self.form.setFocus()  # Qt would go on to Cancel
        self.open_button.setEnabled(can_open)
        if problem:
            self.open_button.setToolTip(self.tr("This cannot be opened as it is read now; correct the reading."))
        elif not self.columns_chosen():
            self.open_button.setToolTip(self.tr("Choose at least one channel; click the name of a column."))
        else:
            self.open_button.setToolTip(self.tr("Open the file as it is shown here."))
        if self._work.is_busy():
            self._waiting.start()
        else:
            self._waiting.stop()
            self._bar.hide()

    def _lay_out(self) -> None:
        keeping = self._bar.sizePolicy()
        keeping.setRetainSizeWhenHidden(True)
        self._bar.setSizePolicy(keeping)
        self._bar.hide()
        shown = QSplitter(Qt.Orientation.Vertical, childrenCollapsible=False)
        for widget, share in ((self.table, 3), (self.plot, 2)):
            shown.addWidget(widget)
            shown.setStretchFactor(shown.count() - 1, share)
        shown.setSizes([330, 220])
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_S)
        column.addWidget(shown, 1)
        column.addWidget(self.sampling)
        sides = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False)
        sides.addWidget(self.form)
        sides.addWidget(right)
        sides.setStretchFactor(1, 1)
        sides.setSizes([450, 590])
        foot = QHBoxLayout()
        foot.setSpacing(SPACE_M)
        foot.addWidget(self._bar, 1)
        foot.addWidget(self._buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_L, SPACE_L, SPACE_L, SPACE_L)
        layout.setSpacing(SPACE_M)
        layout.addWidget(self._says)
        layout.addWidget(sides, 1)
        layout.addLayout(foot)
        self.open_button.setFocus()  # what is typed by mistake changes nothing
        self.resize(1040, 700)


def ask_reading(
    path: Path,
    reading: CsvReading | None = None,
    parent: QWidget | None = None,
    resample_rate: float | None = None,
) -> ImportPage:
    """Open the import page over ``parent`` and return at once; its ``chosen`` signal brings the answer.

    The page deletes itself when it is closed; ``rejected`` says that nothing was chosen.
    """
    page = ImportPage(path, reading, parent, resample_rate)
    page.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    page.open()
    return page
