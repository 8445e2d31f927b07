"""The digit pad: paper to draw on, and live beside it what the model makes of the drawing."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QSlider, QWidget

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
_UNLIMITED = 16777215  # Qt's QWIDGETSIZE_MAX


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
        self._build()
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

    def _build(self) -> None:
        self._controls = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._controls.setSpacing(2)
        buttons = (self._undo, self._clear, self._invert, self._open, self._paste)
        for button in buttons:
            self._controls.addWidget(button, 0, Qt.AlignmentFlag.AlignCenter)
        self._controls.addSpacing(theme.SPACE_S)
        self._controls.addWidget(self._pen, 1)
        self._paper = QBoxLayout(QBoxLayout.Direction.BottomToTop)
        self._paper.setSpacing(theme.SPACE_S)
        self._paper.addLayout(self._controls)
        self._paper.addWidget(self.drawing, 1)
        self._outer = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        # The least size is that of the other direction too, or the pad could never turn.
        self._outer.setSizeConstraint(QBoxLayout.SizeConstraint.SetNoConstraint)
        self._outer.setContentsMargins(*[theme.SPACE_S] * 4)
        self._outer.setSpacing(theme.SPACE_S)
        self._outer.addLayout(self._paper, 1)
        self._outer.addWidget(self.results)
        self._turn(wide=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        height = event.size().height()
        self._turn(wide=height < _LEAST_TALL or event.size().width() > 1.3 * height)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 200)

    def _turn(self, wide: bool) -> None:
        """Lay the pad out side by side, or one below the other."""
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._outer.setDirection(across if wide else down)
        self._paper.setDirection(across if wide else QBoxLayout.Direction.BottomToTop)
        self._controls.setDirection(down if wide else across)
        self._pen.setOrientation(Qt.Orientation.Vertical if wide else Qt.Orientation.Horizontal)
        centred = Qt.AlignmentFlag.AlignHCenter if wide else Qt.AlignmentFlag(0)
        self._controls.setAlignment(self._pen, centred)
        self._outer.setStretch(0, 0 if wide else 1)
        self._outer.setStretch(1, 1 if wide else 0)
        # The paper is square: room it cannot use goes to the results.
        room = self.contentsRect().marginsRemoved(self._outer.contentsMargins())
        self.drawing.setMaximumWidth(
            max(120, min(room.height(), room.width() // 2)) if wide else _UNLIMITED
        )
        self.drawing.setMaximumHeight(_UNLIMITED if wide else max(120, room.width()))
