"""What a model makes of the drawing on the digit pad, in pictures."""

from typing import Literal

import numpy as np
from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from aedesk.ui import theme
from aedesk.ui.elided_label import ElidedLabel
from aedesk.ui.image_label import ArrayImage
from aedesk.ui.panels.code_bars import CodeBars
from aedesk.ui.panels.pad_answer import PadAnswer

MOST_NEIGHBOURS = 5

_LARGEST_PICTURE, _LARGEST_NEIGHBOUR = 200, 64
_SHARE_IN_A_ROW = 0.27  # of the width, for each of the two pictures with the code beside them
_NEIGHBOUR_SHARE = 0.17  # of the height
_LEAST_CHART, _MOST_CHART = 36, 120  # high, where the code stands below the pictures
_NARROW = 160  # from here on gaps are smaller
_WIDEST_CHART = 2.6  # times as wide as the pictures beside it


class PadResults(QWidget):
    """The input as the model gets it and, beside and below it, a sentence or the answer.

    Everything has its place from the first: nothing moves when a sentence gives way to an answer.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.input = ArrayImage(self.tr("Input"), self)
        self.input.setToolTip(
            self.tr(
                "The drawing as the model gets it: scaled to fit, and centred by its weight, "
                "like the digits it was trained on."
            )
        )
        self.reconstruction = ArrayImage(self.tr("Output"), self)
        self.reconstruction.setToolTip(
            self.tr("The reconstruction: what the model draws from the code alone.")
        )
        self.code = CodeBars(self)
        self.message = QLabel(self, wordWrap=True, alignment=Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.neighbours_title = ElidedLabel(self, role="muted")
        self.neighbours_title.set_text(self.tr("Nearest training samples"))
        self.note = ElidedLabel(self, role="muted")
        self.neighbours = [ArrayImage(" ", self) for _ in range(MOST_NEIGHBOURS)]
        for widget in (self.neighbours_title, *self.neighbours):
            widget.setToolTip(
                self.tr("The training samples whose codes lie nearest to the drawing's, nearest first.")
            )
        self.show_message("")

    def show_input(self, image: np.ndarray) -> None:
        """Show what the model gets, ``[h, w]``, 0 to 1."""
        self.input.show_array(image)

    def show_message(self, sentence: str, role: Literal["muted", "error"] = "muted") -> None:
        """Show a sentence in place of an answer."""
        self.message.setText(sentence)
        if self.message.property("role") != role:
            self.message.setProperty("role", role)
            self.message.style().polish(self.message)
        self.message.show()
        self.code.clear()
        self.code.hide()
        self.reconstruction.clear()
        self.reconstruction.show()
        self.note.set_text("")
        self._show_neighbours([])

    def show_answer(self, answer: PadAnswer) -> None:
        """Show an answer in place of the last one."""
        self.message.hide()
        self.reconstruction.setVisible(answer.reconstruction is not None)
        if answer.reconstruction is not None:
            self.reconstruction.show_array(answer.reconstruction)
        self.code.setVisible(answer.code is not None)
        if answer.code is not None:
            self.code.show_code(answer.code)
        self._show_neighbours(answer.neighbours[:MOST_NEIGHBOURS])
        self.note.set_text(answer.note)

    def _show_neighbours(self, neighbours: list[tuple[np.ndarray, str]]) -> None:
        self.neighbours_title.setVisible(bool(neighbours))
        for place, picture in enumerate(self.neighbours):
            picture.setVisible(place < len(neighbours))
            if place < len(neighbours):
                image, label = neighbours[place]
                picture.show_array(image)
                picture.set_caption(label or " ")

    # Where everything stands ------------------------------------------------------------------

    def height_for(self, width: int) -> int:
        """The height at which a width is used well, with the code beside the pictures."""
        neighbour = min(_LARGEST_NEIGHBOUR, self._widest_neighbour(width)) * 0.75
        picture = _SHARE_IN_A_ROW * (width - 2 * theme.SPACE_S)
        return round(picture + self._caption() + theme.SPACE_S + self._neighbours_height(neighbour))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._arrange()

    def _arrange(self) -> None:
        """The code stands beside the pictures or below them: where these can be larger."""
        width, height, gap = self.width(), self.height(), theme.SPACE_S
        neighbour = int(
            min(
                _LARGEST_NEIGHBOUR,
                self._widest_neighbour(width),
                max(_NEIGHBOUR_SHARE * height, 2 * self._caption()),
            )
        )
        room = height - self._neighbours_height(neighbour) - theme.SPACE_S - self._caption()
        beside = min(_SHARE_IN_A_ROW * (width - 2 * gap), room)
        above = min((width - gap) / 2, room - gap - self._caption() - _LEAST_CHART)
        side = int(max(theme.SPACE_XL, min(_LARGEST_PICTURE, max(beside, above))))
        high = side + self._caption()
        self.input.setGeometry(0, 0, side, high)
        self.reconstruction.setGeometry(side + gap, 0, side, high)
        if beside >= above:
            left = 2 * (side + gap)
            chart = QRect(left, 0, int(min(width - left, _WIDEST_CHART * side)), high)
        else:
            left = room - side - gap - self._caption()
            chart = QRect(0, high + gap, width, min(_MOST_CHART, left) + self._caption())
            neighbours = MOST_NEIGHBOURS * (neighbour + gap) - gap
            chart.setWidth(min(width, max(2 * side + gap, neighbours)))
        self.code.setGeometry(chart)
        self.message.setGeometry(chart.left(), chart.top(), width - chart.left(), height - chart.top())
        self._arrange_neighbours(max(high, chart.bottom() + 1) + theme.SPACE_S, neighbour)

    def _arrange_neighbours(self, top: int, side: int) -> None:
        line, gap = self.fontMetrics().height(), self._neighbour_gap(self.width())
        title = self.fontMetrics().horizontalAdvance(self.neighbours_title.text()) + 1
        self.neighbours_title.setGeometry(0, top, min(title, self.width()), line)
        pictures = top + line + theme.SPACE_XS
        for place, picture in enumerate(self.neighbours):
            picture.setGeometry(place * (side + gap), pictures, side, side + self._caption())
        begin = min(title + theme.SPACE_L, self.width())
        self.note.setGeometry(begin, top, self.width() - begin, line)

    def _neighbours_height(self, side: float) -> float:
        return self.fontMetrics().height() + theme.SPACE_XS + side + self._caption()

    def _widest_neighbour(self, width: int) -> float:
        return (width - (MOST_NEIGHBOURS - 1) * self._neighbour_gap(width)) / MOST_NEIGHBOURS

    def _neighbour_gap(self, width: int) -> int:
        return theme.SPACE_XS if width < _NARROW else theme.SPACE_S

    def _caption(self) -> int:
        """The room below a picture for the line that belongs to it."""
        return self.fontMetrics().height() + theme.SPACE_XS
