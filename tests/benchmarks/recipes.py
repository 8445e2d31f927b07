"""What the shipped recipes reach, beside what they must.

``python -m tests.benchmarks.recipes [NAME …] [--keep DIR] [--readme]`` trains them on the CPU, prints
recipe, target, reached and seconds, and with ``--readme`` writes the table into README.md. With
``--keep`` models are kept in a folder, and those of the very same recipe found there are measured
instead of trained again; all together they train for about two hours.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

from aedesk.files.recipe_file import shipped
from tests.benchmarks.readme import write_into_readme
from tests.benchmarks.samples import TITLE, sample_rows
from tests.benchmarks.targets import TARGETS, Target
from tests.benchmarks.trained import Bench, Trained


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="only these recipes")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="a folder for trained models")
    parser.add_argument("--readme", action="store_true", help="write the table into README.md")
    options = parser.parse_args()
    if options.names and options.readme:
        parser.error("the table in the README is that of all recipes: leave the names out")
    unknown = set(options.names) - set(shipped())
    if unknown:
        parser.error(f"there is no recipe {', '.join(sorted(unknown))}")
    if options.keep:
        options.keep.mkdir(parents=True, exist_ok=True)
    lines = [
        "| recipe | must reach | reached | beside it | holds | seconds |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    print("\n".join(lines))
    bench, names = Bench(options.keep), set(options.names)
    for line in _after(_rows(names, bench), names, bench):
        print(line, flush=True)
        lines.append(line)
    if options.readme:
        write_into_readme("recipes", "\n".join(lines))


def _after(rows: Iterator[str], names: set[str], bench: Bench) -> Iterator[str]:
    """The rows, the table of samples where it was asked for, and what marks mean."""
    outdated = False
    for row in rows:
        outdated = outdated or "†" in row
        yield row
    if not names or "digits-vae" in names:
        yield (
            "\n\\* each pixel of a test digit drawn once as black or white, with its grey value as the "
            "probability; while learning it was drawn anew at every batch."
        )
    if not names or names & {"digits-regularised", "digits-vaegan"}:
        yield f"\n{TITLE}\n"
        for row in sample_rows(bench):
            outdated = outdated or "†" in row
            yield row
    if outdated:
        yield "\n† trained by an earlier state of the code, measured again by this one."


def _rows(names: set[str], bench: Bench) -> Iterator[str]:
    for target in TARGETS:
        if names and target.recipe not in names:
            continue
        bench.used.clear()
        runs = [bench.trained(target.recipe, f"training.seed={seed}") for seed in target.seeds]
        values = [target.figure(run, bench) for run in runs]
        value = (min if target.at_least else max)(values)
        holds, beside = _holds(target, value, runs[0], bench), target.beside(runs[0], bench)
        seconds = sum(run.seconds for run in runs) / len(runs)
        late = f" (over {target.minutes} min)" if seconds > 60 * target.minutes else ""
        old = " †" if any(run.outdated for run in bench.used) else ""
        yield (
            f"| `{target.recipe}` | {target.words} | {value:.4g} | {beside} "
            f"| {holds}{late} | {seconds:.0f}{old} |"
        )


def _holds(target: Target, value: float, run: Trained, bench: Bench) -> str:
    bound = target.bound(run, bench) if callable(target.bound) else target.bound
    if bound is None:
        return "–"
    return "yes" if (value >= bound if target.at_least else value <= bound) else "**no**"


if __name__ == "__main__":
    main()
