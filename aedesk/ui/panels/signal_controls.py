"""The controls of the signal desk: those about the file, and those about what to do with it."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from aedesk.ui.elided_label import ElidedLabel
from aedesk.ui.panels.signal_file import OpenColumn
from aedesk.ui.panels.signal_learning import LearnLine
from aedesk.ui.panels.signal_rate import RateBox
from aedesk.ui.theme import SPACE_S

if TYPE_CHECKING:
    from aedesk.data.recording_file import RecordingFile

_WIDEST_NAME = 18  # letters of a column's name that are always in view
_ROOM_FOR_CAPTION = 600
_ROOM_FOR_ALL = 760


class FileLine(QWidget):
    """Open a file or the example, its name, how it was read, and the choice of its column.

    Signals: ``column_chosen`` carries the name of a column.
    """

    column_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.open = QPushButton(self.tr("Open…"), self)
        self.open.setToolTip(self.tr("Open a table, a sound or an array with a signal in it."))
        self.folder = QPushButton(self.tr("Folder…"), self)
        self.folder.setAccessibleName(self.tr("Open a folder of recordings…"))
        self.folder.setToolTip(
            self.tr("Open a folder of recordings of one kind: they are learned from and cleaned together, file by file.")
        )
        self.example = QPushButton(self.tr("Example"), self)
        self.example.setToolTip(
            self.tr("Open a minute of a real electrocardiogram with noise on it, which comes with AEDesk.")
        )
        self.more = QToolButton(self)
        self.more.setFixedWidth(self.fontMetrics().height() + SPACE_S)
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setAccessibleName(self.tr("More to open"))
        self.more.setToolTip(self.tr("Open a folder of recordings, or the example that comes with AEDesk."))
        menu = QMenu(self.more)
        menu.setToolTipsVisible(True)
        for text, button in (
            (self.tr("Open a &folder of recordings…"), self.folder),
            (self.tr("Open the &example"), self.example),
        ):
            menu.addAction(text, button.clicked.emit).setToolTip(button.toolTip())
        self.more.setMenu(menu)
        self._name = ElidedLabel(self, characters=14)
        self._reading_offered = False
        self.reading = QToolButton(self)
        self.reading.setText(self.tr("How it was read…"))
        self.reading.setToolTip(
            self.tr("See how the file was read – columns, numbers, times – and correct it where that is wrong.")
        )
        self._caption = QLabel(self.tr("Column"), self)
        self.column = QComboBox(self)
        self.column.setAccessibleName(self.tr("Column"))
        self.column.setMinimumContentsLength(6)
        self.column.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.column.setMaximumWidth(self.fontMetrics().averageCharWidth() * _WIDEST_NAME + 48)
        self._caption.setBuddy(self.column)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_S)
        for widget in (self.open, self.more, self.folder, self.example):
            widget.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            layout.addWidget(widget)
        layout.addSpacing(SPACE_S)
        layout.addWidget(self._name, 1)
        layout.addWidget(self.reading)
        layout.addWidget(self._caption)
        layout.addWidget(self.column)
        self.column.textActivated.connect(self.column_chosen)
        self.show_file("", [], "")

    def show_file(self, name: str, columns: Sequence[str], column: str, readable: bool = True) -> None:
        """Show what is open, or with "" that nothing is, and whether there is a choice in how it is read."""
        self._name.set_text(name)
        told = self.tr("The column of the file that holds the signal: {name}.") if column else self.tr("The column of the file that holds the signal.")
        self.column.setToolTip(told.format(name=column))
        self.reading.setVisible(bool(name) and readable)
        self.reading.setEnabled(self._reading_offered)
        self.column.setVisible(bool(columns))
        self._give_room()
        with QSignalBlocker(self.column):
            self.column.clear()
            self.column.addItems(list(columns))
            self.column.setCurrentIndex(self.column.findText(column))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_room()

    def _give_room(self) -> None:
        """In a narrow place the name of an open file needs the room more than a caption, and some buttons become a menu."""
        is_open = self.column.isVisibleTo(self)
        self._caption.setVisible(is_open and self.width() >= _ROOM_FOR_CAPTION)
        roomy = not is_open or self.width() >= _ROOM_FOR_ALL
        for button in (self.folder, self.example):
            button.setVisible(roomy)
        self.more.setVisible(not roomy)

    def offer_reading(self) -> None:
        """From now on it can be asked how a file was read."""
        self._reading_offered = True
        self.reading.setEnabled(True)


class ActionLine(QWidget):
    """Denoise, train, export, and above them a note on the model that would do it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.denoise = QPushButton(self.tr("Denoise"), self)
        self.denoise.setProperty("primary", True)
        self.denoise.setToolTip(self.tr("Take the noise off this signal with the model that is open."))
        self.train = QPushButton(self.tr("Train on it"), self)
        self._training = self.tr("Put this signal into the builder, train a new model on it, and clean it with that.")
        self.train.setToolTip(self._training)
        self.way = QComboBox(self)
        self.way.setAccessibleName(self.tr("What the recording is"))
        self.way.setToolTip(
            self.tr(
                "What a model is to learn from: a noisy recording, of which it foretells each sample from the "
                "others; a clean one, to which it adds noise and takes it off again; or a noisy one and the same "
                "signal without its noise."
            )
        )
        self.way.addItem(self.tr("It is noisy"), "blind")
        self.way.addItem(self.tr("It is clean"), "added-noise")
        self.way.addItem(self.tr("I have both"), "reference")
        self._table: RecordingFile | None = None
        self._clean_of: Callable[[OpenColumn], tuple[str, str] | None] = lambda _: None
        self.replace = QCheckBox(self.tr("Replace"), self)
        self.replace.setToolTip(
            self.tr("Cleaned columns take the place of the old ones in the saved table. Otherwise they are added.")
        )
        self.cancel = QPushButton(self.tr("Cancel"), self)
        self.cancel.setToolTip(self.tr("Give up what is being done; what is open stays as it is."))
        self.cancel.hide()
        self.learning, self.match = LearnLine(self), RateBox(self)
        self.way.currentIndexChanged.connect(lambda: self.learning.set_way(self.way.currentData()))
        self.export = QPushButton(self.tr("Export…"), self)
        self.export.setToolTip(
            self.tr(
                "Save the file again in the form it came in: a table with the cleaned columns at its right, a "
                "sound or an array with its channels cleaned."
            )
        )
        self.note = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.note.setProperty("role", "muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_S)
        noted = QHBoxLayout()
        noted.addWidget(self.note, 1)
        noted.addWidget(self.match)
        noted.addWidget(self.cancel)
        layout.addLayout(noted)
        layout.addWidget(self.learning)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE_S)
        buttons.addWidget(self.denoise)
        buttons.addWidget(self.way)
        buttons.addWidget(self.train)
        buttons.addStretch()
        buttons.addWidget(self.replace)
        buttons.addWidget(self.export)
        layout.addLayout(buttons)

    def show_column(self, column: OpenColumn | None) -> None:
        """What there is to choose for a column. A box that was ticked for one file is not for the next."""
        anew = column is None or column.table is not self._table
        if anew:
            self.replace.setChecked(False)
        self._table = column.table if column else None
        self.learning.show_column(column)
        self.match.show_column(column)
        self._take_clean(anew)

    def set_clean_of(self, clean_of: Callable[[OpenColumn], tuple[str, str] | None]) -> None:
        """What the open model learned to make of a column: a clean column and its file, see `LearnLine.reference`."""
        self._clean_of = clean_of
        self._take_clean(True)

    def _take_clean(self, anew: bool) -> None:
        """Choose what the model names, where nobody chose. The way of a person stays while file and model do."""
        column = self.learning.column()
        by_reference = self.way.currentData() == "reference"
        if column is None or not column.usable() or any(self.learning.reference()) or not (anew or by_reference):
            return
        named = self._clean_of(column)
        if named is not None:
            self.way.setCurrentIndex(self.way.findData("reference"))
            self.learning.choose_clean(*named)

    def show_usable(self, usable: bool, why_not: str, training: bool, cleanable: bool, busy: bool) -> None:
        """What can be done with the signal now.

        It can be learned from, or ``why_not``, unless a run is under way already; a model can clean it; work can be
        given up.
        """
        self.way.setEnabled(usable and not why_not)
        self.train.setEnabled(usable and not why_not and not training)
        wait = self.tr("A run is under way. Wait for its end or stop it, then train on this signal.") if training else ""
        self.train.setToolTip(why_not or wait or self._training)
        self.denoise.setEnabled(cleanable)
        self.cancel.setVisible(busy)

    def set_next(self, button: QPushButton) -> None:
        """Have the button stand out that a person would press next."""
        for one in (self.denoise, self.train):
            if one.property("primary") is not (one is button):
                one.setProperty("primary", one is button)
                one.style().polish(one)

    def show_cleaned(self, cleaned: bool, working: bool, has_room: bool) -> None:
        """Whether there is something to save, and whether it can be added to what is there or take its place."""
        self.export.setEnabled(cleaned and not working)
        self.replace.setVisible(cleaned and has_room)

    def show_note(self, note: str) -> None:
        """A sentence above the buttons, or none."""
        self.note.setText(note)
        self.note.setVisible(bool(note))

    def tab_stops(self) -> list[QWidget]:
        """What can be reached by Tab, in the order in which it is read."""
        return [self.match, self.cancel, self.learning, self.denoise, self.way, self.train, self.replace, self.export]
