"""``aedesk denoise``: the noise taken off recordings, by a model or by what they teach themselves."""

import sys
from pathlib import Path

import numpy as np
from tqdm import tqdm

from aedesk.analysis.denoising import denoise, is_doubtful, untouched, window_of
from aedesk.commands.train import learn
from aedesk.data.csv_reading import CsvReading
from aedesk.data.csv_table import CsvTable
from aedesk.data.loading import load
from aedesk.data.recording_file import RecordingFile, read_recording
from aedesk.errors import AedeskError, TrainingError
from aedesk.files import model_file
from aedesk.files.atomic import write_whole
from aedesk.files.signal_recipes import recipe_for
from aedesk.training.devices import choose
from aedesk.training.trained_model import TrainedModel

_FAILED, _INTERRUPTED = 2, 130


def denoise_command(
    words: list[Path], column: str | None, out: Path, blind: bool, reading: CsvReading = CsvReading()
) -> int:
    """Clean files with the model that is the first of the ``words``, or ``blind``, each from itself.

    Each is written in the form it came in, a table with the cleaned column added: one at ``out``,
    several into that folder.
    Of several, one that cannot be cleaned is named and the others go on; the exit status is then 2.
    """
    model_path, files = (None, words) if blind else (words[0], words[1:])
    if not files:
        raise AedeskError("Name the file to clean as well, or use --blind to clean one without a model.")
    model = model_file.load(model_path) if model_path else None
    if len(files) == 1 and not out.is_dir():
        return denoise_file(model, files[0], column, out, reading)
    return _clean_each(model, files, column, _folder(out, files), reading)


def _folder(out: Path, files: list[Path]) -> Path:
    """The folder that several files are written to. AedeskError where they would replace each other."""
    names = [file.name for file in files]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise AedeskError(f"Two of the files are called {twice}. Clean them one after the other.")
    if any(file.parent.resolve() == out.resolve() for file in files):
        raise AedeskError(f"The files themselves are in {out}. Choose another folder, so that they stay as they are.")
    try:
        out.mkdir(exist_ok=True)
    except OSError as error:
        raise AedeskError(f"{out} is no folder to write into: {error.strerror or error}.") from error
    return out


def _clean_each(
    model: TrainedModel | None, files: list[Path], column: str | None, folder: Path, reading: CsvReading
) -> int:
    status = 0
    for file in tqdm(files, disable=not sys.stderr.isatty() or len(files) < 2, leave=False, unit="file"):
        try:
            ended = denoise_file(model, file, column, folder / file.name, reading)
        except AedeskError as error:
            print(f"aedesk: error: {error}", file=sys.stderr)
            ended = _FAILED
        if ended == _INTERRUPTED:
            return ended
        status = max(status, ended)
    return status


def denoise_file(
    model: TrainedModel | None, source: Path, column: str | None, out: Path, reading: CsvReading = CsvReading()
) -> int:
    """Write the file again, in the form it came in, with what was cleaned; without a model, by what it teaches."""
    recording, found = read_recording(source, reading), {}
    if isinstance(recording, CsvTable):
        _note(f"{source.name}: {recording.explanation()} {recording.sampling().note}".rstrip())
    recording.check_ending(out)  # before the work
    names = (column,) if column else recording.names_to_clean()
    for name in names:
        values, cleaner = recording.column(name), model
        if len(names) > 1 and _is_silent(values):
            _note(f"{source.name}: “{name}” never changes and was left as it is.")
            continue
        if cleaner is None:
            cleaner = _learned_blindly(recording, name, values, reading)
        if cleaner is None:
            return _INTERRUPTED
        found[name] = denoise(cleaner, values, recording.sampling())
        _tell(source.name, cleaner, values, found[name])
    write_whole(out, recording.cleaned(found, out))
    return 0


def _is_silent(values: np.ndarray) -> bool:
    known = values[np.isfinite(values)]
    return not len(known) or bool((known == known[0]).all())


def _tell(name: str, model: TrainedModel, values: np.ndarray, cleaned: np.ndarray) -> None:
    """Say what is to be known about a cleaned signal."""
    left = untouched(values, window_of(model))
    if left:
        _note(f"{name}: {left} values lie between gaps and were left as they were.")
    if not model.recipe.blind and is_doubtful(values, cleaned):
        _note(f"{name}: most of the signal was taken away; the model learned from other signals.")


def _learned_blindly(
    recording: RecordingFile, name: str, values: np.ndarray, reading: CsvReading
) -> TrainedModel | None:
    """A model that learned from the signal itself, or None after Ctrl+C."""
    recipe = recipe_for("blind", str(recording.path.absolute()), name, values)
    source = recipe.data.source.model_copy(update={"reading": reading})
    recipe = recipe.model_copy(update={"data": recipe.data.model_copy(update={"source": source})})
    finished, _ = learn(recipe, load(recipe.data), choose("auto"))
    if finished.reason == "failed":
        raise TrainingError(f"{recording.path.name}: {finished.message}")
    return None if finished.reason == "stopped" else finished.model


def _note(sentence: str) -> None:
    print(f"aedesk: note: {sentence}", file=sys.stderr)
