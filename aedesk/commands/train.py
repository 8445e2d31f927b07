"""``aedesk train``: a recipe in the terminal, from data to figures."""

import json
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tqdm import tqdm

from aedesk.analysis.comparison import compared
from aedesk.analysis.evaluation import evaluate
from aedesk.analysis.pca import fit_twin
from aedesk.data.dataset import Dataset
from aedesk.data.loading import load
from aedesk.errors import AedeskError, RecipeError, TrainingError
from aedesk.files import model_file
from aedesk.files.recipe_file import read_document, recipe_from, shipped, with_options
from aedesk.paths import resource
from aedesk.recipe import Recipe
from aedesk.training.devices import Device, choose
from aedesk.training.events import Finished, Progress, StageProgress, Stop
from aedesk.training.run import train

_INTERRUPTED = 130


def train_command(
    name: str,
    assignments: list[str],
    device: str,
    out: Path | None,
    pictures: Path | None,
    as_json: bool,
    resample: float = 0.0,
) -> int:
    """Train, measure, save; exit status 0, or 130 after an interruption, with what was learned saved.

    ``resample`` is the rate in Hz that a recording is brought to before anything learns from it, 0 for its own.
    """
    recipe = chosen_recipe(name, assignments)
    if resample:
        source = recipe.data.source
        if "resample" not in type(source).model_fields:
            raise AedeskError(
                f"--resample is for recipes that learn from a recording in a file, and {recipe.name} learns from "
                f"“{source.title}”. Leave it out, or choose another recipe."
            )
        recipe = chosen_recipe(name, [*assignments, f"data.source.resample={resample}"])
    for problem in recipe.problems():
        print(f"warning: {problem}", file=sys.stderr)
    target = out or free_name(Path.cwd() / f"{recipe.name}{model_file.SUFFIX}")
    check_writable(target)
    finished, figures = run_recipe(recipe, choose(device), target, pictures)
    if finished.reason == "failed":
        raise TrainingError(f"{finished.message} Saved as {target}.")
    if as_json:
        print(json.dumps(figures))
    else:
        print("\n".join(sentences(figures)))
        print(f"Saved as {target}")
    return _INTERRUPTED if finished.reason == "stopped" else 0


def chosen_recipe(name: str, assignments: list[str]) -> Recipe:
    """A shipped recipe or a TOML file, with options set. RecipeError where there is none or it is impossible."""
    path = Path(name)
    if name in shipped():
        path = resource("recipes", f"{name}.toml")
    elif path.suffix != ".toml":
        raise AedeskError(
            f"There is no recipe called “{name}”. Shipped are: {', '.join(shipped())}. "
            "A recipe of your own is a file that ends in .toml."
        )
    recipe = recipe_from(with_options(read_document(path), assignments), path)
    for problem in recipe.problems():
        if problem.fatal:
            raise RecipeError(f"{path.name}: {problem}")
    return recipe


def run_recipe(
    recipe: Recipe, device: Device, target: Path | None, pictures: Path | None
) -> tuple[Finished, dict[str, Any]]:
    """Load, train, measure, and save at ``target`` if one is given: the last event and all figures."""
    dataset = load(recipe.data)
    finished, started_on = learn(recipe, dataset, device)
    if target:
        model_file.save(finished.model, target)  # before it is measured, which may be interrupted
    twin = fit_twin(dataset, recipe.model.code_width(dataset.shape))
    model = finished.model
    figures = {
        "recipe": recipe.name,
        "device": started_on.key,
        "device_name": started_on.name,
        "epochs": model.history.epochs,
        "seconds": round(model.history.seconds, 3),
        "samples_per_second": round(model.history.samples_per_second, 1),
        "ended": finished.reason,
        "note": dataset.note,
        **evaluate(model, dataset, twin),
    }
    if target:
        model_file.save(model.with_metrics(figures), target)
    if pictures:
        from aedesk.files.pictures import write_pictures

        write_pictures(model, dataset, twin, pictures)
    return finished, figures


def learn(recipe: Recipe, dataset: Dataset, device: Device) -> tuple[Finished, Device]:
    """Run to the end, or to the first Ctrl+C; the last event."""
    run = train(recipe, dataset, device)
    bar = tqdm(
        total=1.0, disable=not sys.stderr.isatty(), leave=False,
        bar_format="{percentage:3.0f}%|{bar}| {desc} [{elapsed}<{remaining}]{postfix}",
    )  # fmt: skip
    with interruption() as interrupted, bar:
        event, before = next(run), 0.0
        while not isinstance(event, Finished):
            if isinstance(event, StageProgress):
                before = event.share
                _show(bar, before, _stage_in_words(event), {})
            elif isinstance(event, Progress):
                done, epochs = event.epochs_done(), recipe.training.epochs
                share = before + (1 - before) * done / epochs
                _show(bar, share, f"epoch {done:.1f}/{epochs}", event.losses | event.figures)
            event = run.send(Stop() if interrupted.is_set() else None)
    return event, device


def _show(bar: tqdm, share: float, words: str, losses: dict[str, float]) -> None:
    """Move the bar. Where nothing was read the last losses stay."""
    bar.n = share
    bar.set_description_str(words, refresh=False)
    if losses:
        bar.set_postfix_str(", ".join(f"{name} {value:.4g}" for name, value in losses.items()), refresh=False)
    bar.update(0)


def _stage_in_words(event: StageProgress) -> str:
    epochs = f"epoch {event.epoch} of {event.epochs}"
    if not event.stage:
        return f"without pretraining: {epochs}"
    return f"layer {event.stage} of {event.stages} alone: {epochs}"


@contextmanager
def interruption() -> Iterator[threading.Event]:
    """Within it Ctrl+C sets the event instead of breaking in; a second Ctrl+C breaks in."""
    interrupted = threading.Event()

    def on_interrupt(number: int, frame: object) -> None:
        if interrupted.is_set():
            raise KeyboardInterrupt
        interrupted.set()

    if threading.current_thread() is not threading.main_thread():
        yield interrupted
        return
    before = signal.signal(signal.SIGINT, on_interrupt)
    try:
        yield interrupted
    finally:
        signal.signal(signal.SIGINT, before)


def free_name(path: Path) -> Path:
    """The path, or the first of ``name-2``, ``name-3`` … that does not exist yet."""
    candidate, number = path, 2
    while candidate.exists():
        candidate = path.with_stem(f"{path.stem}-{number}")
        number += 1
    return candidate


def check_writable(target: Path) -> None:
    """AedeskError before the work rather than after it, where the result could not be saved."""
    folder = target.absolute().parent
    if target.is_dir():
        raise AedeskError(f"{target} is a folder. Give the model a file name.")
    if not folder.is_dir():
        raise AedeskError(f"There is no folder {folder} to save into. Make it first.")


def sentences(figures: dict[str, Any]) -> Iterator[str]:
    """The figures in words."""
    epochs = figures["epochs"]
    yield (
        f"{figures['recipe']}: {epochs} {'epoch' if epochs == 1 else 'epochs'} in {figures['seconds']:.1f} s on "
        f"{figures['device_name']} ({figures['samples_per_second']:,.0f} samples/s), "
        f"{figures['parameters']:,} parameters"
    )
    if figures["note"]:
        yield figures["note"]
    yield f"Measured on {figures['measured_on']} ({figures['test_rows']:,} samples):"
    ours, theirs = figures["test_mse"], figures["pca_mse"]
    if ours is None:
        yield "  its output is no number any more: the learning rate is probably too large"
        return
    components = figures.get("pca_components", figures["code_size"])
    beside = "" if theirs is None else f", PCA-{components} {theirs:.4g}: {comparison(ours, theirs)}"
    yield f"  mean squared error {ours:.4g}{beside}"
    yield from _more_sentences(figures)
    if figures.get("accuracy") is not None:
        yield f"  10 nearest codes name the right label for {figures['accuracy']:.1%}"
    if "estimated_snr_after_db" in figures:
        yield (
            f"  whole signal: about {figures['estimated_snr_before_db']:.1f} dB before and "
            f"{figures['estimated_snr_after_db']:.1f} dB after, estimated; noise {figures['noise']:.3g}"
        )
    if "snr_after_db" in figures:
        yield (
            f"  whole signal: {figures['snr_before_db']:.2f} dB before, {figures['snr_after_db']:.2f} dB after "
            f"(PCA {figures['pca_snr_after_db']:.2f} dB)"
        )
        yield f"  mean squared error {figures['noisy_mse']:.4g} noisy, {figures['denoised_mse']:.4g} cleaned"


def _more_sentences(figures: dict[str, Any]) -> Iterator[str]:
    """What only some kinds of recipes have."""
    if figures.get("psnr_db") is not None:
        yield f"  peak signal-to-noise ratio {figures['psnr_before_db']:.2f} dB before, {figures['psnr_db']:.2f} dB after"
    if figures.get("test_bce") is not None:
        yield f"  binary cross-entropy per value {figures['test_bce']:.4f}"
    if figures.get("bound") is not None:
        yield (
            f"  evidence bound {figures['bound']:.2f} nats per sample: reconstruction "
            f"{figures['bound_reconstruction']:.2f} + KL {figures['bound_kl']:.2f}"
        )
    yield from _code_sentences(figures)
    if figures.get("hamming") is not None:
        yield f"  {figures['hamming']:.2%} of the values on the wrong side of one half (Hamming distance)"
    if figures.get("head_accuracy") is not None:
        yield f"  labels told right: {figures['head_accuracy']:.1%}, macro F1 {figures['macro_f1']:.3f}"
    if figures.get("r2") is not None:
        yield f"  the number told with R² {figures['r2']:.3f}, mean error {figures['number_error']:.4g}"
    if figures.get("words") is not None:
        yield f"  letters right {figures['characters']:.2%}, whole words right {figures['words']:.2%}"
    if figures.get("repaired") is not None:
        yield (
            f"  corrupted words repaired {figures['repaired']:.1%}; the nearest word of the whole list "
            f"is right for {figures['nearest_word']:.1%}"
        )


def _code_sentences(figures: dict[str, Any]) -> Iterator[str]:
    """What the recipe asked of the codes."""
    if figures.get("near_zero") is not None:
        yield f"  {figures['near_zero']:.1%} of the code's values near 0"
    if figures.get("jacobian") is not None:
        yield f"  squared norm of the encoder's derivatives {figures['jacobian']:.4g}"
    if figures.get("told_apart") is not None:
        yield f"  codes told from draws of the prior with an AUC of {figures['told_apart']:.3f} (0.5 is a guess)"


def comparison(ours: float, theirs: float) -> str:
    """How much better or worse than PCA, in words."""
    found = compared(ours, theirs)
    return {
        "both perfect": "both lose nothing",
        "pca perfect": "PCA is perfect here",
        "same": "the same",
        "better": f"{found.amount:.0f} % better",
        "worse": f"{found.amount:.0f} % worse",
        "times": f"{found.amount:.1f} times PCA's error",
    }[found.kind]
