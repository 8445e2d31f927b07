"""The choices of how a text is read: what was guessed, and what a person has set."""

from collections.abc import Collection
from copy import copy
from typing import Any, Literal, get_args, get_origin

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget
from pydantic.fields import FieldInfo

from aedesk.data.csv_reading import CsvReading
from aedesk.ui.builder.editor import Editor
from aedesk.ui.builder.editor_for import editor_for
from aedesk.ui.builder.field_facts import bare, default_of, length_of, range_of
from aedesk.ui.builder.field_widgets import LiteralEditor
from aedesk.ui.builder.form import Form
from aedesk.ui.importing.guess_editor import GuessEditor
from aedesk.ui.importing.known_text_editor import Known, KnownTextEditor
from aedesk.ui.importing.rate_editor import RateEditor
from aedesk.ui.theme import SPACE_M, SPACE_S

NO_TIME = "-"
_NONE, _NONE_TITLE = "none", QT_TRANSLATE_NOOP("ReadingForm", "None")

_KNOWN: dict[str, Known] = {
    "encoding": [
        (name, name)
        for name in ("utf-8", "utf-16", "cp1252", "cp1250", "cp1251", "latin-1", "mac_roman", "shift_jis", "gb18030")
    ],
    "delimiter": [
        (",", QT_TRANSLATE_NOOP("ReadingForm", "Comma  ,")),
        (";", QT_TRANSLATE_NOOP("ReadingForm", "Semicolon  ;")),
        ("\t", QT_TRANSLATE_NOOP("ReadingForm", "Tab")),
        (" ", QT_TRANSLATE_NOOP("ReadingForm", "Space")),
        ("|", QT_TRANSLATE_NOOP("ReadingForm", "Bar  |")),
        (":", QT_TRANSLATE_NOOP("ReadingForm", "Colon  :")),
    ],
    "comment": [(_NONE, _NONE_TITLE), *((mark, mark) for mark in ("#", "%", "//", ";", "!"))],
    "missing": [(_NONE, _NONE_TITLE), *((mark, mark) for mark in ("-200", "-999", "9999", "Inf"))],
}
"""What texts are offered for a field; others can be typed."""


class ReadingForm(QWidget):
    """Edits a `CsvReading`; every field says whether it is guessed or set, and leads back to the guess.

    Signals: ``value_changed`` when a person has set something, or has gone back to a guess.
    """

    value_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form = Form(CsvReading, _editor_for)
        self.form.layout().setContentsMargins(0, 0, SPACE_S, 0)
        self.guess_all = QPushButton(self.tr("Guess everything again"))
        self.guess_all.setToolTip(self.tr("Forget all that you have set here, and go by the file alone."))
        self.guess_all.setAutoDefault(False)
        area = QScrollArea(widgetResizable=True, frameShape=QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        page = QWidget(objectName="page")
        inside = QVBoxLayout(page)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.form)
        inside.addStretch()
        area.setWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_M)
        column.addWidget(area, 1)
        column.addWidget(self.guess_all, 0, Qt.AlignmentFlag.AlignLeft)
        self.setFocusProxy(self.editor("encoding"))
        self.form.value_changed.connect(self._on_edited)
        self.guess_all.clicked.connect(self._on_guess_all)
        self._show_whether_set()

    def value(self) -> CsvReading:
        """What a person has set; the rest is left to the guess."""
        return CsvReading(**self.form.value())

    def set_value(self, reading: CsvReading) -> None:
        """Show a reading: what it leaves open is guessed."""
        self.form.set_value(reading.model_dump())
        self._show_whether_set()

    def editor(self, name: str) -> GuessEditor:
        """The editor of a field."""
        return self.form.rows[name].editor

    def set_field(self, name: str, value: Any) -> None:
        """Set one field on behalf of a person who chose it elsewhere."""
        self.editor(name).set_value(value)
        self._on_edited()

    def show_guess(self, found: CsvReading, guessed: Collection[str], names: Collection[str]) -> None:
        """Show what was found in the file, ``names`` being those of its columns."""
        time = [(NO_TIME, self.tr("None")), *((name, name) for name in names)]
        self.editor("time").editor.set_known(time)
        for name in self.form.rows:
            if name in guessed or not self.editor(name).is_set():
                self.editor(name).show_guess(getattr(found, name))

    def _show_whether_set(self) -> None:
        self.guess_all.setEnabled(any(self.editor(name).is_set() for name in self.form.rows))

    def _on_edited(self) -> None:
        self._show_whether_set()
        self.value_changed.emit()

    def _on_guess_all(self) -> None:
        self.form.set_value(CsvReading().model_dump())
        self._on_edited()


def _editor_for(name: str, field: FieldInfo) -> Editor:
    """The builder's editor of a field, without the choice to guess, which `GuessEditor` gives."""
    annotation, unset = bare(field.annotation)[0], default_of(field)
    if get_origin(annotation) is Literal:
        inner = LiteralEditor(name, tuple(value for value in get_args(annotation) if value != unset))
    elif name in _KNOWN:
        known = [(value, QCoreApplication.translate("ReadingForm", title)) for value, title in _KNOWN[name]]
        inner = KnownTextEditor(known, longest=length_of(field)[1])
    elif name == "time":
        inner = KnownTextEditor([(NO_TIME, QCoreApplication.translate("ReadingForm", "None"))], free=False)
    elif name == "rate":
        inner = RateEditor(range_of(field))
    else:
        always = copy(field)
        always.annotation = annotation  # None is the guess
        inner = editor_for(name, always)
    return GuessEditor(inner, unset)
