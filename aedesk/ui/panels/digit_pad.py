"""The digit pad: paper to draw on, and live beside it what the model makes of the drawing."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
from PySide6.QtCore import QEvent, QMimeData, QRect, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QSlider, QWidget

from aedesk.analysis.drawing import MNIST_BOX, ink_from_image, normalise_drawing
from aedesk.errors import DataError
from aedesk.ui import theme
from aedesk.ui.icon_button import IconButton
from aedesk.ui.panels.drawing_area import DrawingArea
from aedesk.ui.panels.pad_answer import PadAnswer
from aedesk.ui.panels.pad_results import PadResults
from aedesk.ui.panels.picture_input import has_picture, picture_of, picture_suffixes, read_picture

__all__ = ["DigitPad", "PadAnswer"]

_LEAST_TALL = 330  # with less height, paper and results must stand side by side
_LEAST_PAPER, _LEAST_RESULTS = 72, 124
_RESULTS_SHARE = 0.46  # of the width, beside the paper
_LEAST_PEN, _MOST_PEN = 44, 160  # the slider's length


class DigitPad(QWidget):
    """Draws, loads and pastes digits; asks about them with a signal and shows the answers.

    Signals:
        input_drawn (ndarray): the drawing as the model expects it, float32 ``[h, w]``, 0 to 1;
            also mid-stroke, at most once in 16 ms.
        input_cleared: there is no drawing any more.
    """

    input_drawn = Signal(object)
    input_cleared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.image_folder = ""  # where the last image was opened
        self._size, self._box = (28, 28), MNIST_BOX
        self._available, self._reason = False, ""
        # The order in which children are made is the order of the tab key.
        self.drawing = DrawingArea(self)
        self._build_controls()
        self.results = PadResults(self)
        self._tools = (self._undo, self._clear, self._invert, self._open, self._paste)
        self.setFocusProxy(self.drawing)
        self.setAcceptDrops(True)
        self.drawing.drawing_changed.connect(self._on_drawing_changed)
        self._on_drawing_changed()

    # From outside -----------------------------------------------------------------------------

    def set_image_size(self, size: tuple[int, int], box: float = MNIST_BOX) -> None:
        """Choose the model's image size and how much of it a digit fills.

        MNIST's digits fill 20 of 28 pixels; scikit-learn's 8 × 8 digits fill all (``box=1``).
        """
        self._size, self._box = size, box
        self._on_drawing_changed()

    def set_available(self, available: bool, reason: str = "") -> None:
        """Say whether there is a model to ask, and if not, why, in a sentence to show."""
        self._available, self._reason = available, reason
        self._on_drawing_changed()

    def show_answer(self, answer: PadAnswer) -> None:
        """Show what the model makes of the drawing; too late an answer is dropped."""
        if self._available and not self.drawing.is_empty():
            self.results.show_answer(answer)

    def clear(self) -> None:
        """Take a fresh sheet of paper."""
        self.drawing.clear()

    def undo(self) -> None:
        """Take back the last stroke, picture, inverting or clearing."""
        self.drawing.undo()

    def open_picture(self, path: Path) -> None:
        """Put an image file on the paper; what is wrong with it is shown here."""
        self._put(lambda: read_picture(path))
        self.image_folder = str(path.parent)

    def paste(self) -> None:
        """Put the clipboard's picture on the paper."""
        self._put_mime(QGuiApplication.clipboard().mimeData())

    # Drawing ----------------------------------------------------------------------------------

    def _on_drawing_changed(self) -> None:
        self._undo.setEnabled(self.drawing.can_undo())
        self._clear.setEnabled(not self.drawing.is_empty())
        self._invert.setChecked(self.drawing.is_inverted())
        image = normalise_drawing(self.drawing.ink(), self._size, self._box)
        self.results.show_input(image)
        if not self._available:
            self.results.show_message(
                self._reason or self.tr("Train or open an image model to see this digit encoded.")
            )
        if self.drawing.is_empty():
            if self._available:
                self.results.show_message(
                    self.tr("Draw a digit to see what the model makes of it.")
                )
            self.input_cleared.emit()
        else:
            self.input_drawn.emit(image)

    def _on_open_clicked(self) -> None:
        endings = " ".join(f"*.{suffix}" for suffix in picture_suffixes())
        name, _ = QFileDialog.getOpenFileName(
            self,
            self.tr("Open an image of a digit"),
            self.image_folder,
            self.tr("Images ({endings})").format(endings=endings),
        )
        if name:
            self.open_picture(Path(name))

    def _put_mime(self, mime: QMimeData) -> None:
        self._put(lambda: picture_of(mime))

    def _put(self, read: Callable[[], np.ndarray]) -> None:
        try:
            ink = ink_from_image(read())
            if not ink.any():
                raise DataError(
                    self.tr(
                        "No drawing stands out in this picture. Use one with dark lines on light "
                        "paper, or light lines on dark."
                    )
                )
        except DataError as error:
            self.results.show_message(str(error), "error")
        else:
            self.drawing.set_picture(ink)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if has_picture(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self._put_mime(event.mimeData())
        event.acceptProposedAction()

    # Controls and layout ----------------------------------------------------------------------

    def _build_controls(self) -> None:
        self._undo = IconButton(
            "undo",
            self.tr("Undo"),
            self.tr("Take back the last stroke, picture or clearing."),
            self,
        )
        self._undo.clicked.connect(self.undo)
        self._clear = IconButton(
            "clear",
            self.tr("Clear"),
            self.tr("Take a fresh sheet of paper. Undo brings the old one back."),
            self,
        )
        self._clear.clicked.connect(self.clear)
        self._invert = IconButton(
            "invert",
            self.tr("Invert"),
            self.tr("Exchange ink and paper, for a picture that came out the wrong way round."),
            self,
        )
        self._invert.setCheckable(True)
        self._invert.clicked.connect(self.drawing.set_inverted)
        self._open = IconButton(
            "open-image",
            self.tr("Open image…"),
            self.tr("Open a picture of a digit. You can also drop one here."),
            self,
        )
        self._open.clicked.connect(self._on_open_clicked)
        self._paste = IconButton(
            "paste", self.tr("Paste"), self.tr("Paste a picture that you copied elsewhere."), self
        )
        self._paste.clicked.connect(self.paste)
        self._pen = QSlider(self, minimum=2, maximum=16)  # hundredths of the paper's side
        self._pen.setValue(round(self.drawing.pen_width() * 100))
        self._pen.setAccessibleName(self.tr("Pen width"))
        self._pen.setToolTip(self.tr("The width of the pen, for the next strokes."))
        self._pen.valueChanged.connect(lambda value: self.drawing.set_pen_width(value / 100))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._arrange()

    def sizeHint(self) -> QSize:
        return QSize(320, 420)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 200)

    def _arrange(self) -> None:
        """Paper and results side by side or one below the other; the tools where they leave more paper."""
        margin = theme.SPACE_S
        room = self.rect().adjusted(margin, margin, -margin, -margin)
        wide = self.height() < _LEAST_TALL or self.width() > 1.3 * self.height()
        tool = max(max(button.sizeHint().width(), button.sizeHint().height()) for button in self._tools)
        band = tool + theme.SPACE_S
        below = self._paper_side(room.adjusted(0, 0, 0, -band), wide)
        beside = self._paper_side(room.adjusted(band, 0, 0, 0), wide)
        least = len(self._tools) * tool + theme.SPACE_S + _LEAST_PEN
        if wide:
            upright = below < least or beside >= below
        else:
            upright = beside >= max(below, least)
        side = beside if upright else below
        left, high = (band, side) if upright else (0, side + band)
        if not wide:
            left += (room.width() - left - side) // 2
        paper = QRect(room.left() + left, room.top(), side, side)
        self.drawing.setGeometry(paper)
        if upright:
            self._arrange_tools(QRect(paper.left() - band, room.top(), tool, room.height() if wide else side))
        else:
            tools = QRect(paper.left(), paper.bottom() + 1 + theme.SPACE_S, max(side, least), tool)
            tools.moveLeft(max(room.left(), paper.center().x() - tools.width() // 2))
            self._arrange_tools(tools)
        if wide:
            room.setLeft(paper.right() + 1 + theme.SPACE_M)
        else:
            room.setTop(room.top() + high + theme.SPACE_S)
        self.results.setGeometry(room)

    def _paper_side(self, room: QRect, wide: bool) -> int:
        """The side of the paper where it has this room together with the results."""
        if wide:
            width = room.width() - theme.SPACE_M
            side = min(room.height(), width - max(_LEAST_RESULTS, round(_RESULTS_SHARE * width)))
        else:
            height = room.height() - self.results.height_for(self.width() - 2 * theme.SPACE_S)
            side = min(room.width(), height - theme.SPACE_S)
        return max(_LEAST_PAPER, side)

    def _arrange_tools(self, room: QRect) -> None:
        """The buttons and then the slider, downwards in a tall room and to the right in a wide one."""
        upright = room.height() > room.width()
        tool, length = sorted((room.width(), room.height()))
        for place, button in enumerate(self._tools):
            x, y = (0, place * tool) if upright else (place * tool, 0)
            button.setGeometry(room.left() + x, room.top() + y, tool, tool)
        begin = len(self._tools) * tool + theme.SPACE_S
        pen = min(_MOST_PEN, length - begin)
        self._pen.setVisible(pen >= _LEAST_PEN)
        self._pen.setOrientation(Qt.Orientation.Vertical if upright else Qt.Orientation.Horizontal)
        x, y, size = (0, begin, (tool, pen)) if upright else (begin, 0, (pen, tool))
        self._pen.setGeometry(room.left() + x, room.top() + y, *size)
