"""Connects the desk, the map and the pad with the Generate panel."""

from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QTimer

from aedesk.ui.generate_making import Known, Wanted, make, offered, save
from aedesk.ui.panels.generate_request import Interpolation, Made, Request
from aedesk.ui.work import Work

if TYPE_CHECKING:
    from aedesk.data.dataset import Dataset
    from aedesk.training.trained_model import TrainedModel
    from aedesk.ui.desk import Desk
    from aedesk.ui.drawing_answers import DrawingAnswers
    from aedesk.ui.panels.generate_panel import GeneratePanel
    from aedesk.ui.panels.pad_answer import PadAnswer

_OFFERED = 24
_MOST_CODES, _MOST_CODES_LIVE = 10_000, 2000
_LEAST_PAUSE, _LONGEST_PAUSE = 0.5, 15.0  # seconds from one look at a learning network to the next
_SHARE = 0.1  # of the time, for those looks
_PATIENCE_MS = 400  # until it is said that something takes a while


class GenerateWork(QObject):
    """Answers the panel's requests in another thread, one at a time and the newest last.

    While a network learns, the panel follows its snapshots as often as it can afford to, and only
    while it is seen.
    """

    def __init__(
        self, desk: "Desk", panel: "GeneratePanel", answers: "DrawingAnswers", parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._panel = desk, panel
        self._seen = False
        self._rows: list[int] = []  # of the data, offered to choose from
        self._chosen: tuple[int, ...] = ()  # the last two that were
        self._draw = 0
        self._drawing: np.ndarray | None = None  # its code
        self._known: Known | None = None
        self._work: Work | None = None
        self._asked: Wanted | None = None  # what is being answered, or was answered last
        self._made: Made | None = None  # what is shown
        self._again = False
        self._began, self._pause = 0.0, _LEAST_PAUSE
        self._live = QTimer(self, singleShot=True)
        self._live.timeout.connect(self._ask_newest)
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._patience.timeout.connect(self._on_long)
        panel.request_changed.connect(self._ask)
        panel.another_requested.connect(self._on_another)
        panel.sample_picked.connect(lambda place: self._choose(self._rows[place]))
        panel.save_requested.connect(self._on_save)
        answers.answered.connect(self._on_drawing)
        desk.looked.connect(self._on_looked)
        desk.model_changed.connect(self._on_model_changed)
        desk.dataset_changed.connect(self._on_dataset_changed)
        desk.state_changed.connect(self._refresh)

    # -- from the window ----------------------------------------------------------------------

    def is_seen(self) -> bool:
        """Whether the panel is in view."""
        return self._seen

    def set_seen(self, seen: bool) -> None:
        """Whether the panel is in view: nothing is made for one that is not."""
        self._seen = seen
        self._refresh()

    def choose_row(self, row: int) -> None:
        """A sample was clicked on the map: it is the newest to go between, or to begin with."""
        if self._seen and self._panel.mode() == "traversal":
            self._panel.traversal.choose_data()
        if self._chosen:
            self._choose(row)

    def forget_drawing(self) -> None:
        """The pad is empty."""
        self._on_code(None)

    # -- from the panel -----------------------------------------------------------------------

    def _on_another(self) -> None:
        self._draw += 1
        self._offer()
        self._ask()

    def _choose(self, row: int) -> None:
        if row not in self._rows:
            self._rows = [row, *self._rows[: _OFFERED - 1]]
        if row != self._chosen[-1]:
            self._chosen = (self._chosen[-1], row)
        self._ask()

    def _on_save(self, path: Path) -> None:
        if self._made is None or self._asked is None:
            return
        columns = max(1, self._panel.page.grid.column_count())
        work = Work(save, self._made, self._asked.model, path, columns, parent=self)
        work.done.connect(lambda _: self._panel.show_saved(path))
        work.failed.connect(self._panel.show_save_problem)
        work.start()

    # -- from the pad and the desk ------------------------------------------------------------

    def _on_drawing(self, answer: "PadAnswer") -> None:
        self._on_code(answer.code)

    def _on_code(self, code: np.ndarray | None) -> None:
        self._drawing = code
        request = self._panel.request()
        if isinstance(request, Interpolation) and request.ends == "pad":
            self._ask()

    def _on_looked(self) -> None:
        if not self._seen or self._live.isActive():
            return
        training = self._desk.is_training() and self._made is not None
        wait = self._began + self._pause - monotonic() if training else 0.0
        self._live.start(max(0, round(wait * 1000)))

    def _on_model_changed(self, model: "TrainedModel | None") -> None:
        # While one learns, its snapshots come often enough; of another one nothing may stay.
        shown = self._asked.model.recipe if self._made and self._asked else None
        if shown is not None and (model is None or model.recipe is not shown):
            self._show_nothing(self.tr("One moment…") if model else "")
        self._refresh()

    def _on_dataset_changed(self) -> None:
        self._offer()
        self._refresh()

    def _refresh(self) -> None:
        """Offer what can be had now, and make what is asked for anew."""
        if not self._seen:
            return
        model, data = self._desk.model(), self._data()
        if model is not None:
            self._panel.set_impossible(*self._impossible(model, data))
            self._panel.set_route_matters(model.autoencoder.code_size > 1)
        self._ask_newest()

    # -- asking -------------------------------------------------------------------------------

    def _ask(self) -> None:
        self._start(newest=False)

    def _ask_newest(self) -> None:
        self._start(newest=True)

    def _start(self, newest: bool) -> None:
        """Begin to answer what is asked for now, once what was asked before is answered."""
        if not self._seen:
            return
        if self._work is not None:
            self._again = True
            return
        wanted = self._wanted(newest)
        if wanted is None or (self._made is not None and wanted.same(self._asked)):
            return
        self._asked, self._began = wanted, monotonic()
        self._work = Work(make, wanted, self._known, parent=self)
        self._work.done.connect(self._on_made)
        self._work.failed.connect(self._on_failed)
        self._work.start()
        self._patience.start()
        if self._made is None:
            self._panel.show_empty(self.tr("One moment…"))

    def _wanted(self, newest: bool) -> Wanted | None:
        """What is asked for now; None where a sentence in its place says why it cannot be."""
        model, data, request = self._desk.model(), self._data(), self._panel.request()
        if model is None:
            self._show_nothing("")
            return None
        reason = self._missing(model, data, request)
        if reason:
            self._show_nothing(reason)
            return None
        learning = self._desk.is_training()
        if learning and not newest and self._asked and self._asked.model.recipe is model.recipe:
            model = self._asked.model  # what is turned now is made at once, and newer weights in their turn
        from_data = getattr(request, "ends", "") in ("data", "pad") or getattr(request, "base", "") == "data"
        return Wanted(
            model,
            data,
            request,
            self._chosen if from_data else (),
            self._drawing if getattr(request, "ends", "") == "pad" else None,
            _MOST_CODES_LIVE if learning else _MOST_CODES,
        )

    def _missing(self, model: "TrainedModel", data: "Dataset | None", request: Request) -> str:
        """Why the request cannot be answered now, or ""."""
        from aedesk.analysis.sampling import needs_codes

        if data is None and needs_codes(model.recipe):
            if self._desk.state == "loading":
                return self.tr("The data that the model learned from are being read…")
            return self.tr(
                "This model was taught no prior: new samples are drawn from a mixture fitted to the codes of "
                "the data it learned from, and those are not here."
            )
        if isinstance(request, Interpolation) and request.ends == "pad" and self._drawing is None:
            return self.tr(
                "Draw a digit on the digit pad, and see here how it turns into the sample you choose."
            )
        return ""

    def _impossible(self, model: "TrainedModel", data: "Dataset | None") -> tuple[dict[str, str], dict[str, str]]:
        """Ends and bases that cannot be had, each with the reason."""
        ends, bases = {}, {}
        if data is None:
            reason = self.tr("The data that the model learned from are not here.")
            ends, bases = {"data": reason, "pad": reason}, {"data": reason}
        if model.form != "image":
            ends["pad"] = self.tr("The open model did not learn from images.")
        return ends, bases

    # -- answers ------------------------------------------------------------------------------

    def _on_made(self, answer: tuple[Known, Made]) -> None:
        known, made = answer
        asked = self._end_work()
        self._known = known
        model = self._desk.model()
        if model is None or model.recipe is not asked.model.recipe or asked.dataset is not self._data():
            self._made, self._again = None, True  # of a model or data that are gone
        elif made.request.mode == self._panel.mode():
            self._made = made
            self._panel.show_made(made, f"{model.recipe.name}-{made.request.mode}")
            self._show_offer()
        self._go_on()

    def _on_failed(self, sentence: str) -> None:
        self._end_work()
        self._known = None
        self._show_nothing(sentence, problem=True)
        self._go_on()

    def _end_work(self) -> Wanted:
        assert self._asked is not None
        self._work = None
        self._patience.stop()
        self._pause = min(max(_LEAST_PAUSE, (monotonic() - self._began) / _SHARE), _LONGEST_PAUSE)
        return self._asked

    def _go_on(self) -> None:
        if self._again:
            self._again = False
            self._start(newest=not self._desk.is_training())

    def _on_long(self) -> None:
        if not self._desk.is_training() or self._made is None:
            self._panel.show_busy(self.tr("Looking at the codes of the data…"))

    def _show_nothing(self, sentence: str, *, problem: bool = False) -> None:
        self._made = None
        self._panel.show_empty(sentence, problem=problem)

    # -- samples of the data ------------------------------------------------------------------

    def _data(self) -> "Dataset | None":
        """The data, where the model can take them."""
        model, data = self._desk.model(), self._desk.dataset
        return data if model is not None and data is not None and data.shape == model.shape else None

    def _offer(self) -> None:
        """Draw other samples to choose from, and take two of them that differ in their label."""
        data = self._desk.dataset
        self._rows, self._chosen = [], ()
        if data is None:
            return
        rows = data.rows("validation")
        rows = rows if len(rows) > 1 else data.rows("all")
        drawn = np.random.default_rng(self._draw).permutation(rows.numpy())[:_OFFERED]
        self._rows = drawn.tolist()
        labels = np.arange(len(drawn)) if data.labels is None else data.labels[drawn]
        other = np.flatnonzero(labels != labels[0])
        self._chosen = self._rows[0], self._rows[other[0] if len(other) else 1]

    def _show_offer(self) -> None:
        model, data = self._desk.model(), self._data()
        request = self._panel.request()
        wanted = isinstance(request, Interpolation) and request.ends != "drawn"
        if not wanted or self._made is None or model is None or data is None or not self._chosen:
            self._panel.show_offered(None)
            return
        pad = request.ends == "pad"
        marks = {self._chosen[-1]: "B"} if pad else {self._chosen[0]: "A", self._chosen[-1]: "B"}
        self._panel.show_offered(offered(data, self._rows, marks, model))
