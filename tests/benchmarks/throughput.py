"""How many samples are cleaned per second on the CPU, beside classical filters at settings that suit."""

from collections.abc import Callable, Iterator
from time import perf_counter

import numpy as np

from aedesk import paths
from aedesk.analysis.classical_methods import savitzky_golay, wavelet
from aedesk.analysis.denoising import denoise
from aedesk.commands.train import chosen_recipe
from aedesk.data.csv_table import read_csv
from tests.benchmarks.added import trained

COUNT = 10_000_000
_SECONDS = 15
TITLE = f"Samples per second, denoising {COUNT // 1_000_000} million samples on the CPU, or as many as take about {_SECONDS} s:"

_TRIED = 20_000  # samples, to see how long it would take
_RECIPES = ("ecg-denoise", "ecg-denoise-conv", "signal-blind")


def table() -> Iterator[str]:
    """The table's lines."""
    yield "| method | samples per second | million samples | seconds |"
    yield "| --- | --- | --- | --- |"
    clean = read_csv(paths.resource("examples", "ecg.csv")).column("ecg_mV")
    values = np.tile(clean, -(-COUNT // len(clean)))[:COUNT]
    values += np.random.default_rng(0).normal(0, clean.std() / 2, COUNT)
    for name, clean_up in _cleaners(values):
        tried = _seconds(clean_up, values[:_TRIED])
        count = min(COUNT, max(_TRIED, int(_TRIED * _SECONDS / tried)))
        seconds = _seconds(clean_up, values[:count])
        yield f"| {name} | {count / seconds:,.0f} | {count / 1e6:.3g} | {seconds:.1f} |"


def _seconds(clean_up: Callable[[np.ndarray], np.ndarray], values: np.ndarray) -> float:
    start = perf_counter()
    clean_up(values)
    return perf_counter() - start


def _cleaners(values: np.ndarray) -> Iterator[tuple[str, Callable[[np.ndarray], np.ndarray]]]:
    """Networks that have hardly learned, which makes them no quicker, and the middle settings of two filters."""
    for name in _RECIPES:
        model, _ = trained(chosen_recipe(name, ["data.source.hop=4096", "training.epochs=1"]))
        yield f"`{name}`", lambda given, model=model: denoise(model, given)
    sigma = float(values.std()) / 2
    for method in (savitzky_golay.METHOD, wavelet.METHOD):
        filters = method.filters(len(values), sigma)
        one = filters[len(filters) // 2]
        yield f"{method.title} ({one.words})", one.clean
