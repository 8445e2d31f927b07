"""What a model makes of the drawing on the digit pad, in pictures."""

from typing import Literal

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from aedesk.ui import theme
from aedesk.ui.image_label import ArrayImage
from aedesk.ui.panels.code_bars import CodeBars
from aedesk.ui.panels.pad_answer import PadAnswer

MOST_NEIGHBOURS = 5


class PadResults(QWidget):
    """The input as the model gets it and, beside and below it, a sentence or the answer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.input = ArrayImage(self.tr("Input"))
        self.input.setToolTip(
            self.tr(
                "The drawing as the model gets it: scaled to fit, and centred by its weight, "
                "like the digits it was trained on."
            )
        )
        self.reconstruction = ArrayImage(self.tr("Output"))
        self.reconstruction.setToolTip(
            self.tr("The reconstruction: what the model draws from the code alone.")
        )
        self.code = CodeBars()
        self.message = QLabel(wordWrap=True)
        self.neighbours_title = QLabel(self.tr("Nearest training samples"))
        self.neighbours_title.setProperty("role", "muted")
        self.note = QLabel(alignment=Qt.AlignmentFlag.AlignRight)
        self.note.setProperty("role", "muted")
        self.neighbours = [ArrayImage(" ", side=40) for _ in range(MOST_NEIGHBOURS)]
        self._build()
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
        self.reconstruction.hide()
        self.note.clear()
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
        self.note.setText(answer.note)
        self.note.setToolTip(answer.note)

    def _show_neighbours(self, neighbours: list[tuple[np.ndarray, str]]) -> None:
        self.neighbours_title.setVisible(bool(neighbours))
        for place, picture in enumerate(self.neighbours):
            picture.setVisible(place < len(neighbours))
            if place < len(neighbours):
                image, label = neighbours[place]
                picture.show_array(image)
                picture.set_caption(label or " ")

    def _build_neighbours(self) -> QWidget:
        row = QWidget()
        row.setToolTip(
            self.tr("The training samples whose codes lie nearest to the drawing's, nearest first.")
        )
        heading = QHBoxLayout()
        heading.addWidget(self.neighbours_title)
        heading.addWidget(self.note, 1)
        pictures = QHBoxLayout()
        pictures.setSpacing(theme.SPACE_S)
        for picture in self.neighbours:
            pictures.addWidget(picture)
        # The paper above must not move under the pen when an answer comes: its room is kept.
        for widget in (self.neighbours_title, *self.neighbours):
            policy = widget.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            widget.setSizePolicy(policy)
        self.note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        layout = QVBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE_XS)
        layout.addLayout(heading)
        layout.addLayout(pictures, 1)
        return row

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(theme.SPACE_S)
        top.addWidget(self.input, 1)
        top.addWidget(self.message, 3)
        top.addWidget(self.reconstruction, 1)
        top.addWidget(self.code, 2)

        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE_S)
        layout.addLayout(top, 3)
        layout.addWidget(self._build_neighbours(), 2)
