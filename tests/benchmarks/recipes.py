"""What the shipped recipes reach, beside what they must.

``python -m tests.benchmarks.recipes [NAME …] [--readme]`` trains them on the CPU with seed 0, prints
recipe, target, reached and seconds, and with ``--readme`` writes the table into README.md.
"""

import argparse
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aedesk.commands.train import chosen_recipe, run_recipe
from aedesk.training.devices import choose

_README = Path(__file__).parents[2] / "README.md"
_BEGIN, _END = "<!-- recipes: begin -->", "<!-- recipes: end -->"


@dataclass(frozen=True)
class Target:
    """A figure that a recipe must reach."""

    recipe: str
    words: str
    bound: float
    figure: Callable[[dict[str, Any]], float]
    at_least: bool = False
    seeds: tuple[int, ...] = (0,)
    beside: Callable[[dict[str, Any]], str] = lambda figures: f"PCA-{figures['code_size']} {figures['pca_mse']:.4f}"

    def reached(self, figures: list[dict[str, Any]]) -> float:
        """The figure, for several seeds the worst of them."""
        return (min if self.at_least else max)(self.figure(one) for one in figures)

    def holds(self, value: float) -> bool:
        return value >= self.bound if self.at_least else value <= self.bound


def _cleaned(figures: dict[str, Any]) -> str:
    return f"noisy {figures['noisy_mse']:.4f}, PCA-{figures['code_size']} {figures['pca_denoised_mse']:.5f}"


TARGETS = (
    Target("digits8-quick", "test MSE below PCA's 0.0247", 0.0247, lambda f: f["test_mse"]),
    Target("digits-map", "test MSE ≤ 0.0396", 0.0396, lambda f: f["test_mse"]),
    Target("digits-map", "10-nearest accuracy of the codes ≥ 0.74", 0.74, lambda f: f["accuracy"], True),
    Target("digits-dense", "test MSE ≤ 0.0067", 0.0067, lambda f: f["test_mse"]),
    Target(
        "iris-map", "MSE on all 150 rows ≤ 0.0419, worst of seeds 0–4", 0.0419,
        lambda f: f["test_mse"], seeds=(0, 1, 2, 3, 4),
    ),
    Target("ramp-denoise", "MSE of the cleaned ramp ≤ 0.0005", 0.0005, lambda f: f["denoised_mse"], beside=_cleaned),
    Target(
        "ramp-pointwise", "(only 0.0084 is possible value by value)", 0.0098,
        lambda f: f["denoised_mse"], beside=_cleaned,
    ),
    Target(
        "ecg-denoise", "SNR of the held-out fifth ≥ 14 dB", 14.0, lambda f: f["snr_after_db"], True,
        beside=lambda f: f"{f['snr_before_db']:.2f} dB before, PCA-{f['code_size']} {f['pca_snr_after_db']:.2f} dB",
    ),
)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="only these recipes")
    parser.add_argument("--readme", action="store_true", help="write the table into README.md")
    options = parser.parse_args()
    lines = [
        "| recipe | must reach | reached | beside it | holds | seconds |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    print("\n".join(lines))
    for line in _rows(set(options.names)):
        print(line, flush=True)
        lines.append(line)
    if options.readme:
        _write_into_readme("\n".join(lines))


def _rows(names: set[str]) -> Iterator[str]:
    known: dict[tuple[str, int], dict[str, Any]] = {}
    for target in TARGETS:
        if names and target.recipe not in names:
            continue
        figures = [_figures(target.recipe, seed, known) for seed in target.seeds]
        value = target.reached(figures)
        seconds = sum(one["seconds"] for one in figures) / len(figures)
        holds = "yes" if target.holds(value) else "**no**"
        yield (
            f"| `{target.recipe}` | {target.words} | {value:.4g} | {target.beside(figures[0])} "
            f"| {holds} | {seconds:.0f} |"
        )


def _figures(name: str, seed: int, known: dict[tuple[str, int], dict[str, Any]]) -> dict[str, Any]:
    if (name, seed) not in known:
        recipe = chosen_recipe(name, [f"training.seed={seed}"])
        known[name, seed] = run_recipe(recipe, choose("cpu"), None, None)[1]
    return known[name, seed]


def _write_into_readme(table: str) -> None:
    text = _README.read_text("utf-8")
    before, rest = text.split(_BEGIN)
    _, after = rest.split(_END)
    _README.write_text(f"{before}{_BEGIN}\n{table}\n{_END}{after}", "utf-8")


if __name__ == "__main__":
    main()
