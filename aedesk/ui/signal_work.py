"""What the signal desk asks for: a column cleaned, or a network trained on it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject

from aedesk.ui.panels.signal_answers import CleanedBy
from aedesk.ui.panels.signal_request import LearnRequest
from aedesk.ui.panels.signal_verdict import verdict, verdict_word
from aedesk.ui.work import Work

if TYPE_CHECKING:
    from aedesk.analysis.cleaners import Answer, Comparison
    from aedesk.analysis.removed import Removed
    from aedesk.data.source import Source
    from aedesk.recipe import Recipe
    from aedesk.training.trained_model import TrainedModel
    from aedesk.ui.builder.builder import Builder
    from aedesk.ui.desk import Desk
    from aedesk.ui.panels.signal_desk import SignalDesk
    from aedesk.ui.panels.signal_file import OpenColumn

_MOST_AT_ONCE = 2_000_000  # samples; each answer is as long as the signal, so that of longer ones one at a time is made


class SignalWork(QObject):
    """Cleans in another thread with the desk's model, and fits a recipe to a recording."""

    def __init__(
        self, desk: "Desk", panel: "SignalDesk", builder: "Builder", parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._panel, self._builder = desk, panel, builder
        self._work: Work | None = None
        self._comparison: Work | None = None
        self._fitting: Work | None = None
        self._awaited: LearnRequest | None = None
        self._source: Source | None = None
        panel.denoise_requested.connect(self._on_denoise_requested)
        panel.train_requested.connect(self._on_train_requested)
        panel.cancel_requested.connect(self._on_cancel_requested)
        desk.finished.connect(self._on_finished)

    def set_model(self, model: "TrainedModel | None") -> None:
        """Say on the panel whether the open model can clean signals."""
        if model is None:
            note = self.tr("Train on the signal, or open a model that learned from one.")
        elif model.form != "signal":
            note = self.tr("The open model did not learn from signals. Train on this one to clean it.")
        else:
            note = self.tr("“{name}” will clean it, {window} samples at a time.").format(
                name=model.recipe.title or model.recipe.name, window=model.shape[0]
            )
        self._panel.set_model(model is not None and model.form == "signal", note)
        self._name_clean(model)
        asks = getattr(model.recipe.data.source, "resample", 0.0) if model else 0.0  # then it needs no offer
        self._panel.actions.match.set_model_step(model.step if model and not asks else None)

    def _name_clean(self, model: "TrainedModel | None") -> None:
        """Tell the panel which clean signals the model learned to make, once for each that learned otherwise."""
        source = model.recipe.data.source if model else None
        if source != self._source:
            self._source = source
            self._panel.actions.set_clean_of(partial(_clean_of, source))

    def _on_denoise_requested(self, values: np.ndarray) -> None:
        model, column = self._desk.model(), self._panel.column()
        if model is None or column is None or self._work:
            return
        self._panel.set_busy(True, self.tr("Cleaning…"))
        match = self._panel.actions.match
        asked = match.rate(), match.text(), self._panel.silence()
        self._work = Work(_denoise, model, column, *asked, parent=self, progress=True)
        self._work.progressed.connect(self._panel.show_progress)
        self._work.done.connect(self._on_cleaned)
        self._work.failed.connect(self._on_failed)
        self._work.start()

    def _on_cancel_requested(self) -> None:
        """Give up what is being done for the panel; a run that has begun is stopped by its own button."""
        for work in (self._work, self._fitting):
            if work:
                work.drop()
        self._work = self._fitting = None
        self._panel.set_busy(False)

    def _on_cleaned(self, answer: "_Cleaned") -> None:
        self._work = None
        self._panel.set_busy(False, "")
        remark = self._remark(answer)
        note = self._note(answer, answer.removed)
        self._panel.show_cleaned(answer.values, note, answer.beside, answer.removed, remark)
        self._compare(answer)

    def _note(self, answer: "_Cleaned", removed: "Removed | None") -> str:
        """What is to be known about the network's answer, and what it removed."""
        judged = not (answer.doubtful or answer.lost)  # that a lost tone is a hum would be no comfort
        said = verdict(removed, self._panel.step()) if judged else ""
        return " ".join(filter(None, (self._remark(answer), said)))

    def _remark(self, answer: "_Cleaned") -> str:
        """What is to be known about the network's answer beside a verdict on what it removed."""
        notes = []
        if answer.untouched:
            notes.append(self.tr("Values between close gaps, left as they were: {n}.").format(n=answer.untouched))
        notes += answer.lost + answer.strange
        if answer.doubtful:
            notes.append(
                self.tr("Most of the signal was taken away: the model learned from other signals. Train on it.")
            )
        return " ".join(notes)

    def _compare(self, answer: "_Cleaned") -> None:
        """Ask the classical filters, too, in the background."""
        if self._comparison:
            self._comparison.drop()
        self._comparison = Work(_answers, answer.comparison, parent=self)
        self._comparison.done.connect(lambda answers: self._on_compared(answer, answers))
        self._comparison.failed.connect(lambda _: self._on_compared(answer, []))  # the network's stands, alone
        self._comparison.start()

    def _on_compared(self, network: "_Cleaned", answers: "list[_Compared]") -> None:
        """Show the network's answer, the first, beside those of the filters, each with its own verdict."""
        self._comparison = None
        recipe, step = network.comparison.model.recipe, self._panel.step()
        title = self.tr("Network: {name}").format(name=recipe.title or recipe.name)
        self._panel.show_answers(
            [
                CleanedBy(
                    one.answer.method.title if one.answer.method else title,
                    one.values,
                    one.answer.error,
                    one.answer.words,
                    verdict(one.answer.removed, step) if one.answer.method else self._note(network, one.answer.removed),
                    one.answer.left,
                    verdict_word(one.answer.removed),
                    one.ratio,
                    one.answer.removed,
                    "" if one.answer.method else self._remark(network),
                    partial(network.comparison.values_by, one.answer) if one.values is None else None,
                )
                for one in answers
            ]
        )

    def _on_failed(self, sentence: str) -> None:
        self._work = None
        self._panel.set_busy(False, "")
        self._panel.show_problem(sentence)

    def _on_train_requested(self, asked: LearnRequest) -> None:
        if self._fitting:
            return
        if self._desk.state != "idle":
            self._panel.show_problem(self.tr("A run is under way. Stop it first, then train on this signal."))
            return
        self._panel.set_busy(True, self.tr("Fitting the network to the signal…"))
        self._fitting = Work(_fitted, asked, parent=self)
        self._fitting.done.connect(lambda fitted: self._on_fitted(asked, fitted))
        self._fitting.failed.connect(self._on_not_fitted)
        self._fitting.start()

    def _on_not_fitted(self, sentence: str) -> None:
        self._fitting = None
        self._panel.set_busy(False)
        self._panel.show_problem(sentence)

    def _on_fitted(self, asked: LearnRequest, fitted: "Recipe") -> None:
        self._fitting = None
        self._panel.set_busy(False)
        if self._desk.state != "idle":
            return  # something else has begun meanwhile
        self._builder.set_recipe(fitted)
        recipe = self._builder.recipe()
        if recipe:
            self._awaited = asked
            self._desk.train(recipe)

    def _on_finished(self, model: "TrainedModel") -> None:
        """Clean what the run was for, if it is that run."""
        awaited, self._awaited = self._awaited, None
        if awaited and str(awaited.path) == getattr(model.recipe.data.source, "file", ""):
            self._panel.clean_now(awaited)


@dataclass(frozen=True)
class _Cleaned:
    """What a model made of a signal, with what can be asked about it, and what is to be said.

    ``beside`` are the other channels that it cleaned together with it, each before and after. ``strange`` are
    sentences on what is unlike the recording that it learned from, and ``lost`` ones on what another rate lost of the
    signal.
    """

    comparison: "Comparison"
    values: np.ndarray
    untouched: int
    doubtful: bool
    removed: "Removed | None"
    beside: dict[str, tuple[np.ndarray, np.ndarray]]
    strange: list[str]
    lost: list[str]


@dataclass(frozen=True)
class _Compared:
    """An answer, its values ``[t]`` unless they are to be made when they are wanted, and its estimated ratio in dB."""

    answer: "Answer"
    values: np.ndarray | None
    ratio: float | None


def _clean_of(source: "Source | None", column: "OpenColumn") -> tuple[str, str] | None:
    """The clean column that a source names for a column of an open file, and its file."""
    if source is None:
        return None
    from aedesk.data.sources.signal import Signal

    return source.clean_column(column.table, column.name) if isinstance(source, Signal) else None


def _fitted(asked: LearnRequest) -> "Recipe":
    from aedesk.data.chosen_channels import joined
    from aedesk.files.signal_recipes import recipe_for

    return recipe_for(
        asked.way, str(asked.path), joined(asked.names), asked.read(), asked.reference, asked.reference_file,
        asked.remedies, asked.how.reading, asked.how.resample, asked.sampling, asked.hide, asked.noise,
    )  # fmt: skip


def _denoise(
    model: "TrainedModel",
    column: "OpenColumn",
    rate: float,
    offer: str,
    silence: slice | None,
    progress: Callable[[float], None],
) -> _Cleaned:
    """What the model makes of a column brought to ``rate``; ``offer`` is what stands beside the box that asks for it."""
    from aedesk.analysis.channels_taken import taken_together
    from aedesk.analysis.cleaners import Comparison
    from aedesk.analysis.denoising import channels_of, is_doubtful
    from aedesk.analysis.rows import clean_rows, silent_rows, step_seen, untouched_rows, wanted_rate
    from aedesk.analysis.strangeness import lost_at, strangeness
    from aedesk.data.chosen_channels import side_by_side
    from aedesk.errors import DataError

    names, noisy, sampling = (column.name,), column.values, column.sampling
    assert noisy is not None
    channel, beside, together = 0, {}, None
    if channels_of(model) is None:
        silent = silent_rows(model, noisy, sampling, silence, rate)
        found = cleaned = clean_rows(model, noisy, sampling, rate, silent, progress=progress)
    else:
        names = taken_together(model, column.table, None)
        if column.name not in names:
            raise DataError(
                f"The open model cleans {', '.join(names)} together, and not “{column.name}”. Choose one of those."
            )
        channel, together = names.index(column.name), side_by_side(column.table, names)
        silent = silent_rows(model, together, sampling, silence, rate)
        found = clean_rows(model, together, sampling, rate, silent, progress=progress)
        cleaned = found[:, channel]
        beside = {
            name: (together[:, place], found[:, place]) for place, name in enumerate(names) if name != column.name
        }
    doubtful = not model.recipe.blind and is_doubtful(noisy, cleaned)
    seen, bring = noisy if together is None else together, f"check “{offer}” below"
    lost = lost_at(wanted_rate(model, rate), seen, sampling.step)
    strange = strangeness(model, names, seen, step_seen(model, sampling, rate), bring)
    left = untouched_rows(model, seen, sampling, rate)
    comparison = Comparison(model, noisy, cleaned, together, channel, sampling, silence, rate)
    return _Cleaned(comparison, cleaned, left, doubtful, comparison.network_removed, beside, strange, lost)


def _answers(comparison: "Comparison") -> list[_Compared]:
    """The network's answer first, then those of the classical filters."""
    from aedesk.analysis.quality import quality_estimated

    found = []
    at_once = len(comparison.values) <= _MOST_AT_ONCE
    for answer in comparison.answers():
        values = comparison.values_by(answer) if at_once or answer.filter is None else None
        quality = quality_estimated(comparison.values, left=answer.left, noise=comparison.known_noise)
        found.append(_Compared(answer, values, quality.after if quality else None))
    return found
