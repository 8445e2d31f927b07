"""Networks that learned with noise added anew to clean recordings, on a part of the recording they never saw."""

from collections.abc import Iterator
from dataclasses import dataclass
from time import perf_counter

import numpy as np

from aedesk.analysis.cleaners import METHODS
from aedesk.analysis.denoising import denoise, snr_db
from aedesk.analysis.evaluation import unseen_noise
from aedesk.analysis.noise_level import noise_level
from aedesk.commands.train import chosen_recipe, learn
from aedesk.data.corruption import AddedNoise
from aedesk.data.loading import load
from aedesk.errors import TrainingError
from aedesk.recipe import Recipe
from aedesk.training.devices import choose
from aedesk.training.trained_model import TrainedModel

TITLE = "Learned from the clean first four fifths with noise added anew at every batch, measured on the last fifth (of `ramp-denoise` the error, on the ramp itself):"


@dataclass(frozen=True)
class Row:
    """A shipped recipe, perhaps with options set, and what it must reach in dB; ``error`` asks for a mean squared error."""

    words: str
    recipe: str
    options: tuple[str, ...] = ()
    must: float | None = None
    error: bool = False

    @property
    def white(self) -> bool:
        return not self.options


ROWS = (
    Row("white at 6 dB on `ecg.csv`, `ecg-denoise`", "ecg-denoise", must=18.0),
    Row("white at 6 dB on `ecg.csv`, `ecg-denoise-conv`", "ecg-denoise-conv", must=18.0),
    Row("pink at 6 dB on `ecg.csv`, `ecg-denoise-conv` with pink noise", "ecg-denoise-conv", ('corruption={kind="coloured",snr_db=6.0}',)),
    Row("`ramp-denoise`, mean squared error", "ramp-denoise", must=0.0005, error=True),
)  # fmt: skip


def table(rows: tuple[Row, ...] = ROWS) -> Iterator[str]:
    """The table's lines."""
    names = [method.title for method in METHODS]
    yield "| noise | must reach | noisy | network | " + " | ".join(names) + " | ahead | noise found | seconds |"
    yield "| " + " | ".join(["---"] * (len(names) + 7)) + " |"
    for row in rows:
        recipe, start = chosen_recipe(row.recipe, list(row.options)), perf_counter()
        model, clean = trained(recipe)
        seconds = perf_counter() - start
        noisy = model.scaler.unscaled(_noisy(recipe, model.scaler.scaled(clean)))
        sigma = float((noisy - clean).std())
        figure = _squared_error if row.error else snr_db
        best = min if row.error else max
        theirs = [best(figure(clean, one.clean(noisy)) for one in method.filters(len(noisy), sigma)) for method in METHODS]
        ours = figure(clean, denoise(model, noisy))
        ahead = best([ours, *theirs]) == ours
        shown = "{:.3g}" if row.error else "{:.2f}"
        must = f"{'≤' if row.error else '≥'} {row.must:g}{'' if row.error else ' dB'}" if row.must else "–"
        level = f"{100 * (noise_level(noisy) / sigma - 1):+.1f} %" if row.white else "–"
        figures = [shown.format(value) for value in (figure(clean, noisy), ours, *theirs)]
        yield f"| {row.words} | {must} | " + " | ".join(figures) + f" | {'yes' if ahead else '**no**'} | {level} | {seconds:.0f} |"


def trained(recipe: Recipe) -> tuple[TrainedModel, np.ndarray]:
    """A model that learned from a recipe's data, and the clean part of them that it is measured on."""
    dataset = load(recipe.data)
    finished, _ = learn(recipe, dataset, choose("cpu"))
    if finished.reason != "completed":
        raise TrainingError(f"{recipe.name}: {finished.message or finished.reason}")
    assert dataset.recording is not None and dataset.stretches is not None
    return finished.model, dataset.recording.values[dataset.stretches["test"]]


def _noisy(recipe: Recipe, clean: np.ndarray) -> np.ndarray:
    """A scaled stretch ``[t]`` with noise that no step of training drew, all of it in one piece."""
    import torch

    signal = torch.from_numpy(clean)[None]
    corruption = recipe.corruption
    spread = float(clean.std()) if isinstance(corruption, AddedNoise) else 1.0
    return corruption.apply(signal, unseen_noise(recipe), spread)[0].numpy()


def _squared_error(clean: np.ndarray, other: np.ndarray) -> float:
    return float(np.mean(np.square(other - clean, dtype=np.float64)))
