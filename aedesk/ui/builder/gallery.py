"""Choosing a recipe: a button that shows the current one, and cards of all that ship."""

from typing import TypeVar

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from aedesk.files.recipe_file import read_shipped, shipped
from aedesk.recipe import Recipe
from aedesk.ui import theme
from aedesk.ui.builder.caption import Caption
from aedesk.ui.builder.gallery_picture import RecipePicture
from aedesk.ui.builder.labels import recipe_text, tooltip
from aedesk.ui.theme import SPACE_M, SPACE_S, SPACE_XS

_COLUMNS = 3
_CARD_WIDTH = 15  # this and the next in lines of text
_HIGHEST = 42

_W = TypeVar("_W", bound=QWidget)


class Card(QAbstractButton):
    """A button painted as a card: lit while hovered, ringed by the keyboard's focus or when ``chosen``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chosen = False
        self._by_keyboard = False
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def focusInEvent(self, event: QFocusEvent) -> None:
        by_tab = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        self._by_keyboard = event.reason() in by_tab
        super().focusInEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        ringed = self.chosen or (self.hasFocus() and self._by_keyboard)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(look.hover if self.underMouse() else look.base))
        painter.setPen(QPen(QColor(look.accent if ringed else look.border), 1.5 if ringed else 1))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)


class GalleryButton(Card):
    """The current recipe's picture and title; pressing it opens the gallery.

    ``recipe_chosen`` carries the name of a shipped recipe.
    """

    recipe_chosen = Signal(str)

    def __init__(self, recipe: Recipe, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._recipe = recipe
        self._picture = RecipePicture(recipe)
        line = self.fontMetrics().height()
        self._picture.setFixedSize(5 * line, round(2.4 * line))
        self._title = _heading()
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch()
        words.addWidget(self._title)
        words.addWidget(_passive(Caption(self.tr("Choose another recipe"))))
        words.addStretch()
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE_M, SPACE_S, SPACE_M, SPACE_S)
        row.setSpacing(SPACE_M)
        row.addWidget(self._picture)
        row.addLayout(words, 1)
        self.clicked.connect(self._on_clicked)
        self.show_recipe(recipe)

    def show_recipe(self, recipe: Recipe) -> None:
        """Show another recipe."""
        self._recipe = recipe
        self._picture.show_recipe(recipe)
        self._title.setText(title_of(recipe))
        self.setAccessibleName(self.tr("Recipe: {title}").format(title=title_of(recipe)))
        self.setToolTip(tooltip(recipe_text(recipe.summary), self.tr("Click to choose another recipe.")))

    def _on_clicked(self) -> None:
        gallery = Gallery([read_shipped(name) for name in shipped()], self._recipe.name, self)
        gallery.recipe_chosen.connect(self.recipe_chosen)
        gallery.open()


class RecipeCard(Card):
    """One recipe of the gallery: picture, title and its one sentence."""

    def __init__(self, recipe: Recipe, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.recipe = recipe
        self.setAccessibleName(title_of(recipe))
        self.setAccessibleDescription(recipe_text(recipe.summary))
        teaching = self.tr("Puts the recipe “{name}” into the builder.").format(name=recipe.name)
        self.setToolTip(tooltip(teaching))
        picture = RecipePicture(recipe)
        picture.setFixedHeight(round(3.4 * self.fontMetrics().height()))
        title = _heading()
        title.setText(title_of(recipe))
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_M, SPACE_M, SPACE_M, SPACE_M)
        column.setSpacing(SPACE_XS)
        column.addWidget(picture)
        column.addSpacing(SPACE_XS)
        column.addWidget(title)
        column.addWidget(_passive(Caption(recipe_text(recipe.summary))))
        column.addStretch()


class Gallery(QDialog):
    """Cards of recipes; ``recipe_chosen`` carries the name of the one that was clicked."""

    recipe_chosen = Signal(str)

    def __init__(self, recipes: list[Recipe], current: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Recipes"))
        self.cards = [RecipeCard(recipe) for recipe in recipes]
        line = self.fontMetrics().height()
        wide = _CARD_WIDTH * line
        high = max((card.heightForWidth(wide) for card in self.cards), default=0)
        page = QWidget()
        page.setObjectName("page")
        grid = QGridLayout(page)
        grid.setContentsMargins(SPACE_M, SPACE_M, SPACE_M, SPACE_M)
        grid.setSpacing(SPACE_S)
        for number, card in enumerate(self.cards):
            card.setFixedSize(wide, high)
            card.chosen = card.recipe.name == current
            card.clicked.connect(self._on_card_clicked)
            grid.addWidget(card, number // _COLUMNS, number % _COLUMNS)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll)
        bar = scroll.verticalScrollBar().sizeHint().width()
        self.resize(page.sizeHint().width() + bar, min(page.sizeHint().height(), _HIGHEST * line))
        first = next((card for card in self.cards if card.chosen), self.cards[0] if self.cards else None)
        if first:
            first.setFocus()

    def _on_card_clicked(self) -> None:
        card = self.sender()
        assert isinstance(card, RecipeCard)
        self.recipe_chosen.emit(card.recipe.name)
        self.accept()


def title_of(recipe: Recipe) -> str:
    """What a person calls the recipe."""
    return recipe_text(recipe.title) or recipe.name


def _heading() -> QLabel:
    label = QLabel()
    label.setProperty("role", "heading")
    label.setWordWrap(True)
    return _passive(label)


def _passive(widget: _W) -> _W:
    """The widget, leaving the mouse to the card it lies on."""
    widget.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    return widget
