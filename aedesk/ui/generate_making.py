"""What the Generate panel shows, made in another thread: samples, ways and traversals, decoded."""

from dataclasses import dataclass, replace
from math import prod
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QCoreApplication

from aedesk.analysis.interpolation import between, most_used, prior_spans, spans_of, traversal
from aedesk.data.words import decode_words
from aedesk.errors import AedeskError
from aedesk.ui.panels.generate_request import Interpolation, Made, Request, Samples, Shown, Traversal
from aedesk.ui.views.compared import typical_range

if TYPE_CHECKING:
    from pathlib import Path

    from aedesk.analysis.sampling import Sampler
    from aedesk.data.dataset import Dataset
    from aedesk.training.trained_model import TrainedModel

MOST_ROWS = 64  # of a traversal

_MOST_NUMBERS = 20_000_000  # in the samples of one traversal
_BLANK = "·"  # stands for a word without letters
_DRAWN = 2000  # codes that tell how far a prior reaches


@dataclass(frozen=True, eq=False)
class Known:
    """What was found out about a model with these ``weights`` from at most so many rows of its data.

    ``codes`` ``[n, k]`` are those of training samples, where there are data.
    """

    weights: object
    dataset: "Dataset | None"
    most: int
    codes: np.ndarray | None = None
    sampler: "Sampler | None" = None


@dataclass(frozen=True, eq=False)
class Wanted:
    """All that an answer is made of: ``rows`` of the data that are chosen, and the ``drawing``'s code."""

    model: "TrainedModel"
    dataset: "Dataset | None"
    request: Request
    rows: tuple[int, ...]
    drawing: np.ndarray | None
    most: int

    def same(self, other: "Wanted | None") -> bool:
        """Whether the other would give the same answer."""
        return (
            other is not None
            and self.model.weights is other.model.weights
            and self.dataset is other.dataset
            and self.drawing is other.drawing
            and (self.request, self.rows, self.most) == (other.request, other.rows, other.most)
        )


def make(wanted: Wanted, known: Known | None) -> tuple[Known, Made]:
    """The answer, and what was found out on the way. AedeskError where there cannot be one."""
    maker = _Maker(wanted, known)
    made = {"samples": maker.samples, "interpolation": maker.interpolation, "traversal": maker.traversal}
    return maker.known, made[wanted.request.mode]()


def offered(dataset: "Dataset", rows: list[int], marks: dict[int, str], model: "TrainedModel") -> Shown:
    """Some rows of the data as they are, to choose from; ``marks`` are letters by row."""
    samples = dataset.scaler.unscaled(dataset.inputs.numpy()[rows])
    tips = tuple(_named(dataset, row) for row in rows)
    letters = {rows.index(row): letter for row, letter in marks.items() if row in rows}
    return replace(_shown(model, dataset, samples), tips=tips, marks=letters)


def save(made: Made, model: "TrainedModel", path: "Path", columns: int) -> None:
    """Write what is shown: as a picture with so many samples side by side, or as numbers."""
    from aedesk.files.samples import check_kind, write_samples

    check_kind(model, path)
    write_samples(made.shown.samples, model, path, columns)


class _Maker:
    """Answers one request."""

    def __init__(self, wanted: Wanted, known: Known | None) -> None:
        self._model, self._data, self._wanted = wanted.model, wanted.dataset, wanted
        fits = known and known.weights is wanted.model.weights and known.dataset is wanted.dataset
        if known and fits and known.most >= wanted.most:
            self.known = known
        else:
            self.known = Known(wanted.model.weights, wanted.dataset, wanted.most)

    # -- the three modes ----------------------------------------------------------------------

    def samples(self) -> Made:
        request = self._wanted.request
        assert isinstance(request, Samples)
        codes = self._sampler().draw(request.count, request.temperature, request.seed)
        return Made(request, self._decoded(codes), self._origin())

    def interpolation(self) -> Made:
        request = self._wanted.request
        assert isinstance(request, Interpolation)
        start, end = self._ends(request)
        codes = between(start, end, request.steps, request.route)
        last = request.steps - 1
        tips = tuple(
            _tr("Step {n} of {count}").format(n=place + 1, count=request.steps) for place in range(request.steps)
        )
        shown = replace(self._decoded(codes), marks={0: "A", last: "B"}, tips=tips)
        return Made(request, shown, self._between(request))

    def traversal(self) -> Made:
        request = self._wanted.request
        assert isinstance(request, Traversal)
        base, spans = self._base(request), self._spans()
        room = _MOST_NUMBERS // (request.steps * prod(self._model.shape))
        order = most_used(self._codes()) if self._data is not None else np.arange(len(base))
        numbers = order[: max(1, min(MOST_ROWS, room))]
        ways = traversal(base, spans, request.steps, numbers)
        marks, tips = {}, []
        for row, number in enumerate(numbers):
            values = ways[row, :, number]
            marks[row * request.steps + int(np.abs(values - base[number]).argmin())] = " "
            text = _tr("Number {n} of the code at {value}. The base, framed, has {base}.")
            tips += [text.format(n=number + 1, value=f"{value:.3g}", base=f"{base[number]:.3g}") for value in values]
        shown = self._decoded(ways.reshape(-1, len(base)))
        shown = replace(shown, marks=marks, tips=tuple(tips))
        names = tuple(str(number + 1) for number in numbers)
        return Made(request, shown, self._rows_sentence(len(names), len(base)), names)

    # -- codes --------------------------------------------------------------------------------

    def _codes(self) -> np.ndarray:
        """Codes of training samples; those that are no numbers are left out."""
        from aedesk.analysis.sampling import training_codes

        if self.known.codes is None:
            assert self._data is not None
            codes = training_codes(self._model, self._data, self._wanted.most)
            codes = codes[np.isfinite(codes).all(1)]
            if not len(codes):
                raise _diverged()
            self.known = replace(self.known, codes=codes)
        assert self.known.codes is not None
        return self.known.codes

    def _sampler(self) -> "Sampler":
        from aedesk.analysis.sampling import needs_codes, sampler_for

        if self.known.sampler is None:
            codes = self._codes() if self._data is not None and needs_codes(self._model.recipe) else None
            self.known = replace(self.known, sampler=sampler_for(self._model, codes))
        assert self.known.sampler is not None
        return self.known.sampler

    def _ends(self, request: Interpolation) -> tuple[np.ndarray, np.ndarray]:
        if request.ends == "drawn":
            start, end = self._sampler().draw(2, 1.0, request.seed)
            return start, end
        if request.ends == "pad":
            drawing = self._wanted.drawing
            assert drawing is not None
            if len(drawing) != self._model.autoencoder.code_size:  # of the model before this one
                drawing = np.zeros(self._model.autoencoder.code_size, np.float32)
            return drawing, self._encoded(self._wanted.rows[-1:])[0]
        start, end = self._encoded(self._wanted.rows)
        return start, end

    def _encoded(self, rows: tuple[int, ...]) -> np.ndarray:
        from aedesk.training.trained_model import apply_in_chunks

        assert self._data is not None
        return apply_in_chunks(self._model.autoencoder.encode, self._data.inputs[list(rows)])

    def _base(self, request: Traversal) -> np.ndarray:
        if request.base == "data":
            return self._encoded(self._wanted.rows[-1:])[0]
        if request.base == "drawn":
            return self._sampler().draw(1, 1.0, request.seed)[0]
        if self._data is not None:
            return self._codes().mean(0)
        return self._sampler().draw(_DRAWN).mean(0)

    def _spans(self) -> np.ndarray:
        from aedesk.analysis.sampling import prior_of
        from aedesk.models.priors.gaussian import GaussianPrior

        known = prior_of(self._model.recipe)
        if known and isinstance(known[0], GaussianPrior):
            return prior_spans(self._model.autoencoder.code_size)
        return spans_of(self._codes() if self._data is not None else self._sampler().draw(_DRAWN))

    # -- what is shown, and what is said ------------------------------------------------------

    def _decoded(self, codes: np.ndarray) -> Shown:
        with np.errstate(over="ignore", invalid="ignore"):
            samples = self._model.decode(codes)
        if not np.isfinite(samples).any():
            raise _diverged()
        return _shown(self._model, self._data, samples)

    def _origin(self) -> str:
        return _tr("Drawn from {source}.").format(source=self._sampler().title)

    def _between(self, request: Interpolation) -> str:
        if request.ends == "drawn":
            return self._origin()
        assert self._data is not None
        names = [_named(self._data, row) for row in self._wanted.rows]
        if request.ends == "pad":
            text = _tr("From your drawing to {end}. Click another to go there.")
            return text.format(end=names[-1])
        text = _tr("From {start} to {end}. Click others to change.")
        return text.format(start=names[0], end=names[-1])

    def _rows_sentence(self, rows: int, width: int) -> str:
        if rows < width:
            text = _tr("A row for each of the {rows} most used of the code's {width} numbers.")
            return text.format(rows=rows, width=width)
        if self._data is not None:
            return _tr("A row for each number of the code, the most used first.")
        return _tr("A row for each number of the code.")


def _shown(model: "TrainedModel", dataset: "Dataset | None", samples: np.ndarray) -> Shown:
    """Samples with the scale that they are drawn on."""
    low: np.ndarray | float
    high: np.ndarray | float
    if model.form == "image":
        low, high = 0.0, model.recipe.data.source.brightest
    elif model.form == "words":
        low, high = 0.0, 1.0
    elif dataset is not None:
        low, high = typical_range(dataset, per_feature=model.form == "table" or samples.ndim == 3)
    else:
        axis = 0 if model.form == "table" or samples.ndim == 3 else None
        low, high = np.nanmin(samples, axis), np.nanmax(samples, axis)
    words: tuple[str, ...] = ()
    if model.form == "words":
        words = tuple(word.strip() or _BLANK for word in decode_words(samples, model.feature_names))
    plain = model.recipe.data.source.kind == "images"
    return Shown(model.form, samples, low, high, model.feature_names, words, plain=plain)


def _named(dataset: "Dataset", row: int) -> str:
    if dataset.labels is None:
        return _tr("sample {row}").format(row=row)
    label = dataset.label_names[int(dataset.labels[row])]
    return _tr("sample {row} ({label})").format(row=row, label=label)


def _diverged() -> AedeskError:
    return AedeskError(
        _tr(
            "What the network makes are no numbers any more: it has diverged. Train again with a smaller "
            "learning rate."
        )
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("GeneratePanel", text)
