"""The titles above the columns of a list."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from aedesk.ui.builder.caption import Caption
from aedesk.ui.builder.inline_form import InlineForm
from aedesk.ui.builder.layer_row import LayerRow
from aedesk.ui.theme import SPACE_XS


class ColumnHeadings(QWidget):
    """Titles over the columns of rows like ``pattern``; not ``useful`` where it has no columns."""

    def __init__(self, pattern: LayerRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        titles = pattern.item.headings if isinstance(pattern.item, InlineForm) else []
        self.useful = bool(titles)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SPACE_XS)
        line.addSpacing(pattern.grip.sizeHint().width() + SPACE_XS)
        for title in titles:
            line.addWidget(Caption(title), 1)
        if titles and not pattern.item.more.isHidden():
            line.addSpacing(pattern.item.more.sizeHint().width() + SPACE_XS)
        line.addSpacing(pattern.remove_button.sizeHint().width() + SPACE_XS)
