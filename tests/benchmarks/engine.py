"""The trainer beside a bare PyTorch loop, without a window and with one.

``python -m tests.benchmarks.engine`` prints samples per second of ``digits-dense`` for three batch
sizes, the median of several runs that take turns in one process, and their ratios to the bare loop.
All use the same resident tensor, network and fused optimiser, and the same number of threads: the
one that the trainer takes. The first column is the bare loop with all of torch's threads, for
comparison. None validates.
"""

import argparse
import os
from statistics import median
from time import perf_counter

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import torch
from torch import nn

from aedesk.commands.train import chosen_recipe
from aedesk.data.dataset import Dataset
from aedesk.data.loading import load
from aedesk.models.autoencoder import Autoencoder
from aedesk.recipe import Recipe
from aedesk.training.devices import choose
from aedesk.training.run import train
from aedesk.training.threads import threads_worth
from tests.benchmarks.live_window import LiveWindow

_EPOCHS = {32: 2, 256: 4, 1024: 6}
"""For each batch size as many epochs as take some seconds."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--no-window", action="store_true", help="measure without a window only")
    options = parser.parse_args()
    dataset = load(_recipe(32, 1).data)
    live = None if options.no_window else LiveWindow()
    print(f"{torch.get_num_threads()} threads, median of {options.repeats} turns")
    print("| batch | bare loop, all threads | bare loop | headless | ratio | window live | ratio |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for batch, epochs in _EPOCHS.items():
        recipe = _recipe(batch, epochs)
        ways = {"all threads": _bare, "bare": _bare_with_our_threads, "headless": _headless}
        if live:
            ways["live"] = lambda recipe, dataset: live.train(recipe, dataset)
        speeds: dict[str, list[float]] = {name: [] for name in ways}
        samples = len(dataset.train) * epochs
        for _ in range(options.repeats):
            for name, way in ways.items():
                speeds[name].append(samples / way(recipe, dataset))
        print(_row(batch, speeds), flush=True)
    if live:
        live.close()


def _recipe(batch: int, epochs: int) -> Recipe:
    return chosen_recipe(
        "digits-dense",
        ["data.split.validation=0.0", f"training.batch_size={batch}", f"training.epochs={epochs}"],
    )


def _row(batch: int, speeds: dict[str, list[float]]) -> str:
    bare = median(speeds["bare"])
    cells = [f"{batch}", f"{median(speeds['all threads']):,.0f}", f"{bare:,.0f}"]
    for name in ("headless", "live"):
        if name in speeds:
            # Runs that took turns meet the same disturbances: the ratio is taken turn by turn.
            ratios = [mine / other for mine, other in zip(speeds[name], speeds["bare"], strict=True)]
            cells += [f"{median(speeds[name]):,.0f}", f"{median(ratios):.3f}"]
        else:
            cells += ["–", "–"]
    return f"| {' | '.join(cells)} |"


def _bare(recipe: Recipe, dataset: Dataset) -> float:
    """Seconds of a loop as anybody would write it."""
    network = Autoencoder(recipe.model, dataset.shape)
    optimiser = torch.optim.Adam(network.parameters(), lr=recipe.training.learning_rate, fused=True)
    loss_function = nn.MSELoss()
    inputs, rows = dataset.inputs, dataset.train
    began = perf_counter()
    for _ in range(recipe.training.epochs):
        for batch in rows[torch.randperm(len(rows))].split(recipe.training.batch_size):
            x = inputs[batch]
            loss = loss_function(network(x), x)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
    return perf_counter() - began


def _bare_with_our_threads(recipe: Recipe, dataset: Dataset) -> float:
    """The same with as many threads as the trainer takes."""
    cost = recipe.training.batch_size * Autoencoder(recipe.model, dataset.shape).parameter_count()
    with threads_worth(cost):
        return _bare(recipe, dataset)


def _headless(recipe: Recipe, dataset: Dataset) -> float:
    """Seconds of the trainer alone."""
    began = perf_counter()
    for _ in train(recipe, dataset, choose("cpu")):
        pass
    return perf_counter() - began


if __name__ == "__main__":
    main()
