"""A field of a form: its title, its editor, and what there is to say about them."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from aedesk.recipe_problems import Problem
from aedesk.ui.builder.caption import Caption
from aedesk.ui.builder.editor import Edit, Editor, Unused
from aedesk.ui.builder.labels import tooltip
from aedesk.ui.theme import SPACE_S, SPACE_XS

_TITLE_SHARE = 0.4


class FieldRow(QWidget):
    """One field. ``value_changed`` carries an Edit whose path begins with the field's name.

    The title stands beside the editor while both fit, and above it otherwise.
    """

    value_changed = Signal(object)

    def __init__(
        self,
        name: str,
        title: str,
        description: str,
        editor: Editor,
        parent: QWidget | None = None,
        *,
        untitled: bool = False,
    ) -> None:
        super().__init__(parent)
        self.name, self.title, self.editor = name, title, editor
        self.label = QLabel(title)
        self.label.setWordWrap(True)
        self.label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        if editor.holds_fields:
            self.label.setProperty("role", "heading")
            self.label.setContentsMargins(0, SPACE_S, 0, 0)
        self.label.setBuddy(editor)
        if untitled or editor.carries_title:
            self.label.hide()
        self._message = Caption()
        self._reason = Caption()
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(SPACE_S)
        self._line.addWidget(self.label, round(_TITLE_SHARE * 100))
        self._line.addWidget(editor, round((1 - _TITLE_SHARE) * 100))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_XS)
        column.addLayout(self._line)
        column.addWidget(self._reason)
        column.addWidget(self._message)
        self._stack(editor.needs_width)
        editor.setAccessibleName(title)
        editor.setToolTip(tooltip(description))
        self.label.setToolTip(tooltip(description))
        editor.value_changed.connect(self._on_edited)

    def show_problems(self, problems: list[Problem]) -> None:
        """Mark the editor and say under it what is wrong, worst first."""
        self._message.tell(self.editor.show_problems(problems))

    def show_unused(self, unused: Unused) -> None:
        """Dim the field, or hide it where the reason is empty."""
        reason = unused.get(())
        self.setHidden(reason == "")
        self.editor.setEnabled(reason is None)
        self.label.setEnabled(reason is None)
        self._reason.say(reason or "", "muted")
        self.editor.show_unused(unused)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = (1 - _TITLE_SHARE) * (self.width() - SPACE_S)
        self._stack(self.editor.needs_width or self.editor.wanted_width() > room)

    def _stack(self, stacked: bool) -> None:
        direction = QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight
        if self._line.direction() == direction:
            return
        self._line.setDirection(direction)
        self._line.setSpacing(SPACE_XS if stacked else SPACE_S)
        for place, share in enumerate((_TITLE_SHARE, 1 - _TITLE_SHARE)):
            self._line.setStretch(place, 0 if stacked else round(share * 100))

    def _on_edited(self, edit: Edit) -> None:
        self.value_changed.emit(edit.under(self.name, self.title))
