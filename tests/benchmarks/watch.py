"""How well the watch's six channels come clean together, beside classical filters that were told the truth.

``python -m tests.benchmarks.watch [SEED …]`` puts white noise at 6 dB on every channel of the shipped
recording, learns from the noisy file as ``aedesk denoise --blind`` does, and prints the signal-to-noise
ratios of every channel. Each filter is set to whatever is best for its channel by the clean signal.
"""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

import numpy as np

from aedesk.analysis.cleaners import METHODS
from aedesk.analysis.denoising import denoise, snr_db
from aedesk.analysis.noise_level import noise_level
from aedesk.commands.train import learn
from aedesk.data.csv_table import read_csv
from aedesk.data.loading import load
from aedesk.files.signal_recipes import recipe_for
from aedesk.paths import resource
from aedesk.training.devices import choose
from aedesk.training.trained_model import TrainedModel
from tests.benchmarks.trained import Bench, Trained

TITLE = "The six channels of `watch.csv` with white noise at 6 dB on each, learned blindly together, in dB:"

CHANNELS = ("ax", "ay", "az", "wx", "wy", "wz")


def channels(file: str) -> np.ndarray:
    """The six channels of a shipped recording of the watch, ``[t, 6]``."""
    table = read_csv(resource("examples", file))
    return np.stack([table.column(name) for name in CHANNELS], axis=1)


def best_filters(clean: np.ndarray, noisy: np.ndarray) -> dict[str, list[float]]:
    """What the best setting of each classical method reaches on each channel of ``[t, c]``, by name."""
    found: dict[str, list[float]] = {method.title: [] for method in METHODS}
    for truth, values in zip(clean.T, noisy.T, strict=True):
        for method in METHODS:
            settings = method.filters(len(values), float((values - truth).std()))
            found[method.title].append(max(snr_db(truth, one.clean(values)) for one in settings))
    return found


def per_channel(clean: np.ndarray, other: np.ndarray) -> list[float]:
    return [snr_db(truth, values) for truth, values in zip(clean.T, other.T, strict=True)]


def least_ahead(run: Trained, bench: Bench) -> float:
    """How far the network is ahead of the best filter on the channel where it is least so, in dB."""
    clean, noisy = channels("watch.csv"), channels("watch_noisy.csv")
    best = np.max(list(best_filters(clean, noisy).values()), axis=0)
    return float(np.min(per_channel(clean, denoise(run.model, noisy)) - best))


def watch_beside(run: Trained, bench: Bench) -> str:
    clean, noisy = channels("watch.csv"), channels("watch_noisy.csv")
    best = np.max(list(best_filters(clean, noisy).values()), axis=0)
    ours = np.mean(per_channel(clean, denoise(run.model, noisy)))
    return f"mean of all channels {ours:.2f} dB, best filters {best.mean():.2f} dB, noisy {np.mean(per_channel(clean, noisy)):.2f} dB"


def main() -> None:
    for seed in map(int, sys.argv[1:] or ["0"]):
        for line in table(seed):
            print(line, flush=True)


def table(seed: int = 0) -> Iterator[str]:
    """The noisy channels, what each filter makes of them when told the truth, and the network."""
    yield f"| seed {seed} | " + " | ".join((*CHANNELS, "mean", "seconds")) + " |"
    yield "| --- |" + " --- |" * (len(CHANNELS) + 2)
    yield from _rows(seed)


def _rows(seed: int) -> list[str]:
    clean = channels("watch.csv")
    noisy = clean + np.random.default_rng(seed).normal(size=clean.shape) * clean.std(0) * 10 ** (-6 / 20)
    start = perf_counter()
    cleaned = denoise(_learned(noisy), noisy)
    seconds = perf_counter() - start
    rows = {"noisy": per_channel(clean, noisy), **best_filters(clean, noisy), "blind": per_channel(clean, cleaned)}
    found = []
    for name, values in rows.items():
        cells = [f"{value:.2f}" for value in (*values, np.mean(values))]
        cells.append(f"{seconds:.0f}" if name == "blind" else "–")
        found.append(f"| {name} | " + " | ".join(cells) + " |")
    levels = [noise_level(values) / float((values - truth).std()) - 1 for truth, values in zip(clean.T, noisy.T, strict=True)]
    return [*found, "| noise found | " + " | ".join(f"{100 * level:+.1f} %" for level in levels) + " | – | – |"]


def _learned(noisy: np.ndarray) -> TrainedModel:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "noisy.csv")
        rows = "\n".join(",".join(f"{value:.7g}" for value in row) for row in noisy)
        path.write_text(f"{','.join(CHANNELS)}\n{rows}\n", "utf-8")
        recipe = recipe_for("blind", str(path), "*", noisy)
        return learn(recipe, load(recipe.data), choose("cpu"))[0].model


if __name__ == "__main__":
    main()
