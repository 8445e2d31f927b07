"""The Generate panel: new samples, ways between samples, and what each number of a code does."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from aedesk.ui.panels.generate_controls import InterpolationControls, SampleControls, TraversalControls
from aedesk.ui.panels.generate_flow import FlowLayout
from aedesk.ui.panels.generate_page import GeneratePage
from aedesk.ui.panels.generate_request import Interpolation, Made, Mode, Request, Shown, Traversal
from aedesk.ui.panels.generate_segments import Segments
from aedesk.ui.theme import SPACE_L, SPACE_M, SPACE_S

_SUFFIXES = (".png", ".npy", ".csv", ".txt")

_Controls = SampleControls | InterpolationControls | TraversalControls


class GeneratePanel(QWidget):
    """Asks for samples with a signal, shows the answers, and has saved what is shown.

    Signals:
        request_changed: ``request()`` is another one now; expects `show_made` or `show_empty`.
        another_requested: other samples of the data are wanted, as ends or to begin with.
        sample_picked (int): the place among those of `show_offered` that was clicked.
        save_requested (Path): what is shown is to be written there; expects `show_saved` or
            `show_save_problem`.
    """

    request_changed = Signal()
    another_requested = Signal()
    sample_picked = Signal(int)
    save_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._made: Made | None = None
        self._name = "samples"
        self._folder = Path()
        self.modes = Segments(self.tr("What to make"), self._mode_texts(), self)
        self.again, self.save = QPushButton(self), QPushButton(self.tr("Save…"), self)
        self.samples, self.interpolation = SampleControls(self), InterpolationControls(self)
        self.traversal = TraversalControls(self)
        self._empty = QLabel(self, wordWrap=True, alignment=Qt.AlignmentFlag.AlignCenter)
        self._empty.setMargin(SPACE_L)
        self.page = GeneratePage(self)
        self._pages = QStackedWidget(self)
        self._lay_out()
        self._connect()
        self.show_empty("")

    # -- from outside -------------------------------------------------------------------------

    def mode(self) -> Mode:
        """What is made: samples, the way between two, or a traversal."""
        return self.modes.value()  # type: ignore[return-value]

    def request(self) -> Request:
        """What is asked for now."""
        return self._controls()[self.mode()].value()

    def set_impossible(self, ends: Mapping[str, str], bases: Mapping[str, str]) -> None:
        """Ends of an interpolation and bases of a traversal that cannot be had, each with the reason."""
        self.interpolation.set_impossible(ends)
        self.traversal.set_impossible(bases)
        self._show_controls()

    def set_route_matters(self, matters: bool) -> None:
        """Whether a spherical way can be another than the straight one."""
        self.interpolation.set_route_matters(matters)

    def show_made(self, made: Made, name: str = "samples") -> None:
        """Show the answer to a request; ``name`` is what its file might be called."""
        self._made, self._name = made, name
        self.page.show_made(made)
        self._pages.setCurrentWidget(self.page)
        self._show_save()
        self._show_controls()

    def show_offered(self, shown: Shown | None) -> None:
        """Offer samples of the data to choose from, or none."""
        self.page.show_offered(shown)

    def show_empty(self, sentence: str, *, problem: bool = False) -> None:
        """Show a sentence in place of samples; without one, what will be here."""
        self._made = None
        self._empty.setText(
            sentence
            or self.tr(
                "Train or open a model, and see here what it makes up: new samples, ways between two samples, "
                "and what each number of its code does."
            )
        )
        role = "error" if problem else "muted"
        if self._empty.property("role") != role:
            self._empty.setProperty("role", role)
            self._empty.style().polish(self._empty)
        self.page.clear()
        self._pages.setCurrentWidget(self._empty)
        self._show_save()
        self._show_controls()

    def show_busy(self, sentence: str) -> None:
        """Say what takes a while; what is shown stays."""
        if self._made is None:
            self.show_empty(sentence)
        else:
            self.page.line.set_text(sentence, "muted")

    def show_saved(self, path: Path) -> None:
        """Say that what was shown is in a file now."""
        self.page.line.set_text(self.tr("Saved as {path}.").format(path=path), "good")

    def show_save_problem(self, sentence: str) -> None:
        """Say why it could not be saved; what is shown stays."""
        self.page.line.set_text(sentence, "error")

    def words(self) -> str:
        """The sentence below the samples, or in their place."""
        return self.page.line.text() if self._pages.currentWidget() is self.page else self._empty.text()

    def sizeHint(self) -> QSize:
        return QSize(420, 320)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 200)

    # -- what the user does -------------------------------------------------------------------

    def _on_mode_changed(self) -> None:
        self._show_controls()
        self.request_changed.emit()

    def _on_value_changed(self) -> None:
        self._show_controls()
        self.request_changed.emit()

    def _on_again(self) -> None:
        """Other samples: of the data where these are asked for, otherwise with the next seed."""
        request = self.request()
        of_data = isinstance(request, Interpolation) and request.ends != "drawn"
        if of_data or (isinstance(request, Traversal) and request.base == "data"):
            self.another_requested.emit()
        else:
            self._controls()[self.mode()].draw_again()

    def _on_save(self) -> None:
        if self._made is None:
            return
        kinds = {self.tr("NumPy array (*.npy)"): ".npy", self.tr("CSV table (*.csv)"): ".csv"}
        if self._made.shown.words:
            kinds = {self.tr("Text (*.txt)"): ".txt", **kinds}
        if self._made.shown.form == "image":
            kinds = {self.tr("PNG picture (*.png)"): ".png", **kinds}
        usual = next(iter(kinds.values()))
        chosen, kind = QFileDialog.getSaveFileName(
            self, self.tr("Save the samples"), str(self._folder / f"{self._name}{usual}"), ";;".join(kinds)
        )
        if chosen:
            path = Path(chosen)
            if path.suffix.lower() not in _SUFFIXES:
                path = path.with_name(path.name + kinds.get(kind, usual))
            self._folder = path.parent
            self.save_requested.emit(path)

    # -- showing ------------------------------------------------------------------------------

    def _controls(self) -> dict[str, _Controls]:
        return {"samples": self.samples, "interpolation": self.interpolation, "traversal": self.traversal}

    def _show_controls(self) -> None:
        """The controls of the mode, and what the button for other samples does in it."""
        request = self.request()
        for mode, controls in self._controls().items():
            controls.setVisible(mode == request.mode)
        fixed = isinstance(request, Traversal) and request.base == "mean"
        self.again.setEnabled(self._made is not None and not fixed)
        if isinstance(request, Interpolation) and request.ends == "pad":
            self.again.setText(self.tr("Another"))
            self.again.setToolTip(self.tr("Goes to another sample of the data, taken by chance."))
        elif isinstance(request, Interpolation):
            self.again.setText(self.tr("Random pair"))
            self.again.setToolTip(self.tr("Takes two other samples, by chance."))
        elif isinstance(request, Traversal):
            self.again.setText(self.tr("Another"))
            self.again.setToolTip(
                self.tr("There is only one mean code. Begin with a sample instead.")
                if fixed
                else self.tr("Begins with another sample. A click on the latent map chooses one, too.")
            )
        else:
            self.again.setText(self.tr("Draw again"))
            self.again.setToolTip(self.tr("Draws other samples, with the next seed."))
        if self._made is None:
            self.again.setToolTip(self.tr("There is nothing to draw from yet."))

    def _show_save(self) -> None:
        self.save.setEnabled(self._made is not None)
        self.save.setToolTip(
            self.tr("Saves what is shown as a picture, or as numbers for NumPy or a table.")
            if self._made
            else self.tr("There is nothing to save until samples are shown here.")
        )

    def _connect(self) -> None:
        self.modes.value_changed.connect(self._on_mode_changed)
        for controls in self._controls().values():
            controls.value_changed.connect(self._on_value_changed)
        self.page.offered.picked.connect(self.sample_picked)
        self.again.clicked.connect(self._on_again)
        self.save.clicked.connect(self._on_save)

    def _lay_out(self) -> None:
        for page in (self._empty, self.page):
            self._pages.addWidget(page)
        buttons = QWidget(self)
        line = QHBoxLayout(buttons)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SPACE_S)
        line.addStretch()
        line.addWidget(self.again)
        line.addWidget(self.save)
        head = FlowLayout()
        head.addWidget(self.modes)
        head.addWidget(buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_M, SPACE_S, SPACE_M, SPACE_S)
        layout.setSpacing(SPACE_S)
        layout.addLayout(head)
        for controls in self._controls().values():
            layout.addWidget(controls)
        layout.addWidget(self._pages, 1)

    def _mode_texts(self) -> tuple[tuple[str, str, str], ...]:
        return (
            ("samples", self.tr("Samples"), self.tr("New samples that nobody recorded: codes drawn and decoded.")),
            (
                "interpolation",
                self.tr("Interpolation"),
                self.tr("The way from one sample to another through the codes, step by step."),
            ),
            (
                "traversal",
                self.tr("Traversal"),
                self.tr("What each number of the code does: one row each, moved while the others are held."),
            ),
        )
