"""The Builder panel: a recipe to look at, to change and to check before it runs."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QUndoStack
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget
from pydantic import ValidationError

from aedesk.errors import AedeskError
from aedesk.files.recipe_file import read_shipped
from aedesk.models.model_options import plan
from aedesk.recipe import Recipe
from aedesk.recipe_problems import Problem, explain
from aedesk.ui.builder.applicability import Document, unused_fields
from aedesk.ui.builder.caption import Caption
from aedesk.ui.builder.document_edit import DocumentEdit
from aedesk.ui.builder.editor import Edit, Editor
from aedesk.ui.builder.funnel import FunnelPicture
from aedesk.ui.builder.gallery import GalleryButton, title_of
from aedesk.ui.builder.mirroring import with_decoder
from aedesk.ui.builder.sections import Sections
from aedesk.ui.theme import SPACE_M, SPACE_S

_FUNNEL_SHARE = 0.24


class Builder(QWidget):
    """Edits one recipe.

    ``recipe_changed`` carries the Recipe after every change, or None while it cannot be run;
    ``problems_changed`` the list of its problems, the impossible ones first;
    ``recipe_chosen`` the name of a shipped recipe that was picked and is shown by now.
    """

    recipe_changed = Signal(object)
    problems_changed = Signal(list)
    recipe_chosen = Signal(str)

    def __init__(self, recipe: Recipe, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._type = type(recipe)
        self._document = recipe.document()
        self._valid: Recipe | None = recipe
        self._problems: list[Problem] = []
        self._data_shape: tuple[int, ...] | None = None
        self._undo_stack = QUndoStack(self)
        self.gallery_button = GalleryButton(recipe, self)
        self.funnel = FunnelPicture(self)
        self._running_hint = Caption(parent=self)
        self._running_hint.setContentsMargins(SPACE_M, 0, SPACE_M, 0)
        self._scroll = QScrollArea(self)
        self._lay_out()
        self.sections.sections["model"].set_open(True)
        self.sections.value_changed.connect(self._on_edited)
        self.gallery_button.recipe_chosen.connect(self._on_recipe_chosen)
        self.sections.set_value(self._document)
        self._refresh()

    def recipe(self) -> Recipe | None:
        """The recipe, or None while a choice in it is impossible."""
        return None if any(problem.fatal for problem in self._problems) else self._valid

    def document(self) -> Document:
        """The recipe as plain values, whether possible or not."""
        return self._document

    def problems(self) -> list[Problem]:
        """What is impossible or unwise, the impossible first."""
        return list(self._problems)

    def undo_stack(self) -> QUndoStack:
        """Takes back and repeats what was changed, recipes that were opened included."""
        return self._undo_stack

    def set_recipe(self, recipe: Recipe) -> None:
        """Show another recipe; this can be undone."""
        self._push(recipe.document(), self.tr("Open “{title}”").format(title=title_of(recipe)))

    def set_data_shape(self, shape: tuple[int, ...] | None) -> None:
        """The shape of one sample, for a source that knows it only after reading."""
        self._data_shape = shape
        self._draw_network()

    def set_running(self, running: bool) -> None:
        """Say that changes wait for the next run, while one is under way."""
        hint = self.tr("A run is under way: what you change here counts for the next one.")
        self._running_hint.say(hint if running else "", "muted")

    def editor(self, path: tuple[str, ...]) -> Editor:
        """The editor of the field at ``path``, as in ``("training", "epochs")``."""
        return self.sections.at(path)

    def show_field(self, path: tuple[str, ...]) -> None:
        """Open the section of a field, scroll to it and give it the keyboard."""
        self.sections.open_for(path)
        editor = self.editor(path)
        self._scroll.widget().adjustSize()
        self._scroll.ensureWidgetVisible(editor)
        editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        least, usual = self.funnel.minimumSizeHint().height(), self.funnel.sizeHint().height()
        self.funnel.setFixedHeight(max(least, min(usual, round(self.height() * _FUNNEL_SHARE))))

    def _lay_out(self) -> None:
        # From the outside in: a widget put into another is styled anew with all it holds.
        head = QVBoxLayout()
        head.setContentsMargins(SPACE_S, SPACE_S, SPACE_S, 0)
        head.setSpacing(SPACE_S)
        for widget in (self.gallery_button, self.funnel, self._running_hint):
            head.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_S)
        column.addLayout(head)
        column.addWidget(self._scroll, 1)
        page = QWidget(self._scroll)
        page.setObjectName("page")
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(page)
        self._page = QVBoxLayout(page)
        self._page.setContentsMargins(SPACE_S, 0, SPACE_S, SPACE_S)
        self.sections = Sections(self._type, page)
        self._page.addWidget(self.sections)
        self._scroll.verticalScrollBar().rangeChanged.connect(self._on_scroll_range_changed)

    def _push(self, document: Document, text: str, merge_key: tuple[str, ...] | None = None) -> None:
        if document != self._document:
            self._undo_stack.push(DocumentEdit(self._show, self._document, document, text, merge_key))

    def _show(self, document: Document) -> None:
        self._document = document
        if self.sections.value() != document:
            self.sections.set_value(document)
        self._refresh()
        self.problems_changed.emit(self.problems())
        self.recipe_changed.emit(self.recipe())

    def _refresh(self) -> None:
        """Everything that is told from the document: what is wrong, what counts, the pictures."""
        try:
            self._valid = self._type.model_validate(self._document)
            self._problems = self._valid.problems()
        except ValidationError as error:
            self._valid, self._problems = None, explain(error)
        self.sections.show_unused(unused_fields(self._document))
        self.sections.show_problems(self._problems)
        if self._valid:
            self.gallery_button.show_recipe(self._valid)
        self._draw_network()

    def _draw_network(self) -> None:
        if self._valid is None:
            return  # the last possible network stays in sight
        shape = self._valid.data.source.shape() or self._data_shape
        if shape is None:
            self.funnel.clear()
            return
        try:
            self.funnel.show_plan(plan(self._valid.model, shape))
        except AedeskError as error:
            self.funnel.clear(str(error))

    def _on_scroll_range_changed(self, low: int, high: int) -> None:
        # The cards keep their width: a scroll bar takes the place of the margin beside them.
        self._page.setContentsMargins(SPACE_S, 0, 0 if high > low else SPACE_S, SPACE_S)

    def _on_edited(self, edit: Edit) -> None:
        document = with_decoder(self._document, self.sections.value())
        text = self.tr("Change {title}").format(title=edit.title)
        self._push(document, text, edit.path if edit.merges else None)

    def _on_recipe_chosen(self, name: str) -> None:
        self.set_recipe(read_shipped(name))
        self.recipe_chosen.emit(name)
