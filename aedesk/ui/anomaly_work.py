"""What the page of anomalies asks for: a signal scored by the open model, a threshold, a list saved."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from aedesk.ui.latest_work import LatestWork
from aedesk.ui.panels.anomaly_found import AnomaliesFound, odd_samples
from aedesk.ui.views.extremes import Extremes
from aedesk.ui.work import Work

if TYPE_CHECKING:
    from aedesk.training.trained_model import TrainedModel
    from aedesk.ui.desk import Desk
    from aedesk.ui.panels.anomaly_page import AnomalyPage
    from aedesk.ui.panels.signal_seen import Seen


class AnomalyWork(QObject):
    """Scores in another thread with the desk's model; what was scored once is only marked anew.

    Signals: ``notice`` is a sentence about something that went well.
    """

    notice = Signal(str)

    def __init__(self, desk: "Desk", page: "AnomalyPage", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._page = desk, page
        self._scored: _Scored | None = None
        self._later = LatestWork(self)
        self._later.done.connect(self._on_found)
        self._later.failed.connect(self._on_failed)
        page.scores_requested.connect(lambda rate: self._ask(rate, None))
        page.threshold_chosen.connect(lambda threshold: self._ask(None, threshold))
        page.cancel_requested.connect(self._on_cancel_requested)
        page.export_requested.connect(self._on_export_requested)

    def set_model(self, model: "TrainedModel | None") -> None:
        """Say on the page whether the open model can tell what is normal."""
        self._page.set_model(model is not None and model.form == "signal")

    def forget_problem(self) -> None:
        """What went wrong was another model's matter."""
        self._page.show_problem("")

    def export(self, path: Path) -> None:
        """Save the list of what was found as a table in text."""
        found, seen = self._page.found(), self._page.seen()
        if found is None or seen is None:
            return
        work = Work(_save, path, seen, found, parent=self)
        work.done.connect(lambda _: self.notice.emit(self.tr("Saved {name}.").format(name=path.name)))
        work.failed.connect(self._page.show_problem)
        work.start()

    def _ask(self, rate: float | None, threshold: float | None) -> None:
        model, seen = self._desk.model(), self._page.seen()
        if model is None or seen is None:
            return
        scored = self._scored
        if scored is not None and not scored.is_of(model, seen):
            scored = None
        self._page.set_busy(True)
        self._later.ask(_find, model, seen, scored, rate, threshold)

    def _on_cancel_requested(self) -> None:
        self._later.forget()
        self._page.set_busy(False)

    def _on_found(self, answer: "tuple[_Scored, AnomaliesFound]") -> None:
        self._scored, found = answer
        self._page.set_busy(False)
        self._page.show_scores(found)

    def _on_failed(self, sentence: str) -> None:
        self._page.set_busy(False)
        self._page.show_problem(sentence)

    def _on_export_requested(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self._page, self.tr("Save the marked stretches"), "anomalies.csv", self.tr("Tables (*.csv);;All files (*)")
        )
        if chosen:
            self.export(Path(chosen))


@dataclass(frozen=True, eq=False)
class _Scored:
    """The scores of a signal by a model, made ready to be drawn, and those of what is normal, if there is any.

    ``strange`` are sentences on what is unlike the recording that the model learned from.
    """

    model: "TrainedModel"
    values: np.ndarray
    scores: Extremes
    normal: np.ndarray | None
    rate: float = 0.0
    strange: tuple[str, ...] = ()

    def is_of(self, model: "TrainedModel", seen: "Seen") -> bool:
        """Whether this is what the model says of that signal, at the rate that it is to be given it at."""
        return self.model is model and self.values is seen.before and self.rate == seen.rate


def _find(
    model: "TrainedModel",
    seen: "Seen",
    scored: _Scored | None,
    rate: float | None,
    threshold: float | None,
) -> tuple[_Scored, AnomaliesFound]:
    from aedesk.analysis.anomalies import MOST, marked, share_marked, threshold_of_most, threshold_of_normal
    from aedesk.analysis.denoising import window_of

    scored, values = scored or _score(model, seen), seen.before
    window = window_of(model)
    if rate is not None:
        if scored.normal is None:
            threshold = threshold_of_most(scored.scores.values, rate).threshold
        else:
            threshold = threshold_of_normal(scored.normal, rate, window).threshold
    assert threshold is not None
    stretches = marked(scored.scores.values, threshold, window, seen.sampling.breaks)
    odd, misfit = odd_samples(values, stretches), share_marked(scored.scores.values, stretches) > MOST
    found = AnomaliesFound(values, scored.scores, threshold, rate, stretches, odd, scored.normal is None, misfit, scored.strange)
    return scored, found


def _score(model: "TrainedModel", seen: "Seen") -> _Scored:
    from aedesk.analysis.anomalies import normal_scores
    from aedesk.analysis.channels_taken import taken_together
    from aedesk.analysis.denoising import channels_of
    from aedesk.analysis.rows import score_rows, step_seen, wanted_rate
    from aedesk.analysis.strangeness import lost_at, strangeness
    from aedesk.data.chosen_channels import side_by_side
    from aedesk.errors import AedeskError

    names, values = (seen.name,), seen.before
    if channels_of(model) is not None and seen.table is not None:
        names = taken_together(model, seen.table, None)
        values = side_by_side(seen.table, names)
    strange = lost_at(wanted_rate(model, seen.rate), values, seen.sampling.step)
    strange += strangeness(model, names, values, step_seen(model, seen.sampling, seen.rate), "check the box of that rate below")
    found = score_rows(model, values, seen.sampling, seen.rate)
    try:
        normal = normal_scores(model)
    except AedeskError:
        normal = None  # what it learned from is gone, and the page says what is taken to be normal
    return _Scored(model, seen.before, Extremes(found), normal, seen.rate, tuple(strange))


def _save(path: Path, seen: "Seen", found: AnomaliesFound) -> None:
    from aedesk.files.atomic import write_whole
    from aedesk.files.marked_stretches import stretches_as_csv
    from aedesk.files.result_place import check_place

    if seen.table is not None:
        check_place(seen.table.path, path, ".csv")
    write_whole(path, stretches_as_csv([(seen.name, found.threshold, found.stretches)], seen.sampling))
