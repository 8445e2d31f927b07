"""``aedesk denoise``: the noise taken off recordings, by a model or by what they teach themselves."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from tqdm import tqdm

from aedesk.analysis.channels_taken import is_silent, taken_alone, taken_together
from aedesk.analysis.denoising import channels_of, hardly_changed, is_doubtful, window_of
from aedesk.analysis.noise_kinds import noise_kinds
from aedesk.analysis.rows import clean_rows, needs_all_rows, step_seen, untouched_rows, wanted_rate
from aedesk.analysis.strangeness import lost_at, strangeness
from aedesk.commands.columns_left import columns_left
from aedesk.commands.denoise_long import clean_long, silent_names
from aedesk.commands.option_flags import BY_RESAMPLE
from aedesk.commands.train import learn
from aedesk.commands.uneven import way_to_even
from aedesk.data.chosen_channels import joined, side_by_side
from aedesk.data.csv_reading import CsvReading
from aedesk.data.csv_table import CsvTable
from aedesk.data.loading import load
from aedesk.data.long_recording import LongRecording, open_long
from aedesk.data.long_table import LongTable
from aedesk.data.recording_file import SUFFIXES, RecordingFile, read_recording
from aedesk.data.recording_folder import recordings_in
from aedesk.data.remedies import Remedies
from aedesk.data.sampling import Sampling
from aedesk.errors import AedeskError, DataError, TrainingError
from aedesk.files import model_file
from aedesk.files.atomic import write_whole
from aedesk.files.result_place import check_place
from aedesk.files.signal_recipes import recipe_for
from aedesk.models.architectures.two_sided import FARTHEST_SEEN
from aedesk.training.devices import choose
from aedesk.training.trained_model import TrainedModel

_FAILED, _INTERRUPTED = 2, 130


@dataclass(frozen=True)
class Cleaning:
    """How files are to be cleaned.

    By ``model``, or without one by what each file teaches: blindly, or with ``reference``, a clean column of it
    or another file that holds the clean signal. ``column`` chooses what is cleaned, see ``chosen_names``; a
    model of several channels, and learning from several that are named, takes them together. With
    ``replace`` what was cleaned takes the place of what it was. ``reading`` says how texts are read, as far as
    it is not guessed, and ``remedies`` are taken off before anything is learned. ``resample`` is the rate in Hz
    that they are brought to before they are cleaned, and back to their own afterwards; 0 leaves them at theirs.
    Blindly, each sample is foretold from those ``hide`` samples away or farther.
    """

    model: TrainedModel | None = None
    column: str | None = None
    replace: bool = False
    reference: str = ""
    reading: CsvReading = CsvReading()
    remedies: Remedies = Remedies()
    resample: float = 0.0
    hide: int = 1


def denoise_command(
    words: list[Path],
    column: str | None,
    out: Path,
    blind: bool,
    replace: bool = False,
    reference: str = "",
    reading: CsvReading = CsvReading(),  # noqa: B008 - frozen
    remedies: Remedies = Remedies(),  # noqa: B008 - frozen
    resample: float = 0.0,
    hide: int = 1,
) -> int:
    """Clean files with the model that is the first of the ``words``, or each by what it teaches itself.

    Each is written in the form it came in, a table with the cleaned column added: one at ``out``,
    several into that folder.
    Of several, one that cannot be cleaned is named and the others go on; the exit status is then 2.
    """
    if blind and reference:
        raise AedeskError("Choose one of --blind and --reference: with a clean signal nothing need be learned blindly.")
    model_path, files = (None, words) if blind or reference else (words[0], words[1:])
    given = next((file for file in files if file.suffix.lower() == model_file.SUFFIX), None)
    if given:
        raise AedeskError(f"{given.name} is a model. Name one model first, or learn without one by --blind, not both.")
    several = any(file.is_dir() for file in files)
    if remedies != Remedies() and model_path:
        raise AedeskError("A model takes off what it learned without. Remedies go with --blind or --reference.")
    if not 1 <= hide <= FARTHEST_SEEN:
        raise AedeskError(f"--hide takes a number of samples from 1 to {FARTHEST_SEEN}, not {hide}.")
    if hide > 1 and not blind:
        raise AedeskError("--hide goes with --blind: it is for what each sample is foretold from.")
    files = [one for file in files for one in (recordings_in(file) if file.is_dir() else [file])]
    if not files:
        raise AedeskError("Name the file to clean as well, or use --blind to clean one without a model.")
    model = model_file.load(model_path) if model_path else None
    cleaning = Cleaning(model, column, replace, reference, reading, remedies, resample, hide)
    if len(files) == 1 and not several and not out.is_dir():
        return denoise_file(cleaning, files[0], out)
    return _clean_each(cleaning, files, _folder(out, files))


def _folder(out: Path, files: list[Path]) -> Path:
    """The folder that several files are written to. AedeskError where they would replace each other."""
    names = [file.name for file in files]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise AedeskError(f"Two of the files are called {twice}. Clean them one after the other.")
    if any(file.parent.resolve() == out.resolve() for file in files):
        raise AedeskError(f"The files themselves are in {out}. Choose another folder, so that they stay as they are.")
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise AedeskError(f"{out} is no folder to write into: {error.strerror or error}.") from error
    return out


def _clean_each(cleaning: Cleaning, files: list[Path], folder: Path) -> int:
    status = 0
    for file in tqdm(files, disable=not sys.stderr.isatty() or len(files) < 2, leave=False, unit="file"):
        try:
            ended = denoise_file(cleaning, file, folder / file.name)
        except AedeskError as error:
            print(f"aedesk: error: {error.in_terminal()}", file=sys.stderr)
            ended = _FAILED
        if ended == _INTERRUPTED:
            return ended
        status = max(status, ended)
    return status


def denoise_file(cleaning: Cleaning, source: Path, out: Path) -> int:
    """Write the file again, in the form it came in, with what was cleaned; a long one block by block.

    AedeskError where it would replace itself or a model; DataError names the file.
    """
    check_place(source, out)
    try:
        return _denoised(cleaning, source, out)
    except DataError as error:
        if source.name in str(error):
            raise
        raise DataError(f"{source.name}: {error}", error.line, error.by_flag) from error


def _denoised(cleaning: Cleaning, source: Path, out: Path) -> int:
    by_blocks = cleaning.model is not None and not needs_all_rows(cleaning.model, cleaning.resample)
    long = open_long(source, cleaning.reading) if by_blocks else None
    if long is not None:
        return _denoise_long(cleaning, long, out)
    recording, found, said = read_recording(source, cleaning.reading), {}, set()
    recording.check_ending(out)  # before the work
    sampling = recording.sampling()
    told = [recording.explanation()] if isinstance(recording, CsvTable) else []
    told += filter(None, [sampling.note, way_to_even(sampling, _rate(cleaning), cleaning.model)])
    if told:
        _note(f"{source.name}: {' '.join(told)}")
    for names in _groups(cleaning, recording, lambda names: {name for name in names if is_silent(recording.column(name))}):
        values, model = side_by_side(recording, names), cleaning.model
        if model is None:
            model = _learned(cleaning, recording, names, values)
        if model is None:
            return _INTERRUPTED
        cleaned = clean_rows(model, values, sampling, cleaning.resample)
        for sentence in _to_know(model, names, values, cleaned, sampling, cleaning.resample):
            if sentence not in said:  # the same may be true of each channel
                _note(f"{source.name}: {sentence}")
            said.add(sentence)
        found |= zip(names, cleaned.reshape(len(cleaned), -1).T, strict=True)
    write_whole(out, recording.cleaned(found, out, cleaning.replace))
    return 0


def _rate(cleaning: Cleaning) -> float:
    """The rate in Hz that recordings are brought to, 0 for their own."""
    return cleaning.resample if cleaning.model is None else wanted_rate(cleaning.model, cleaning.resample)


def _denoise_long(cleaning: Cleaning, recording: LongRecording, out: Path) -> int:
    assert cleaning.model is not None
    recording.check_ending(out)
    if isinstance(recording, LongTable):
        _note(f"{recording.path.name}: {recording.explanation()}")
    groups = _groups(cleaning, recording, lambda names: silent_names(recording, names))
    for sentence in clean_long(cleaning.model, recording, groups, cleaning.replace, out):
        _note(f"{recording.path.name}: {sentence}")
    return 0


def _groups(
    cleaning: Cleaning,
    recording: RecordingFile | LongRecording,
    silent_ones: Callable[[tuple[str, ...]], set[str]],
) -> list[tuple[str, ...]]:
    """The channels to clean, those in a tuple that are seen together, without ``silent_ones`` of several."""
    model, column = cleaning.model, cleaning.column
    if model is not None:
        window_of(model)  # says so where it is not one for signals
        if channels_of(model) is not None:
            return [taken_together(model, recording, column)]
    names = taken_alone(recording, column)
    if not column and cleaning.reference in names:
        others = tuple(name for name in recording.signal_names() if name != cleaning.reference)
        names = others[: len(names)]
        if not names:
            raise DataError(f"{recording.path.name} has no column beside the clean one. Name the column to clean as well.")
    if not column:
        others = [name for name in recording.signal_names() if name != cleaning.reference]
        if left := columns_left(others, names, "cleaned"):
            _note(f"{recording.path.name}: {left}")
    if len(names) > 1:
        silent = silent_ones(names)
        for name in (name for name in names if name in silent):
            _note(f"{recording.path.name}: “{name}” never changes and was left as it is.")
        names = tuple(name for name in names if name not in silent)
    together = model is None and bool(column)
    return [names] if together and names else [(name,) for name in names]


def _to_know(
    model: TrainedModel,
    names: tuple[str, ...],
    values: np.ndarray,
    cleaned: np.ndarray,
    sampling: Sampling,
    rate: float,
) -> list[str]:
    """What is to be known about a cleaned signal, in sentences."""
    left = untouched_rows(model, values, sampling, rate)
    notes = [f"{left} values lie between gaps and were left as they were."] if left else []
    notes += lost_at(wanted_rate(model, rate), values, sampling.step)
    notes += strangeness(model, names, values, step_seen(model, sampling, rate), BY_RESAMPLE)
    channels = list(zip(values.reshape(len(values), -1).T, cleaned.reshape(len(cleaned), -1).T, strict=True))
    if any(hardly_changed(*channel) for channel in channels):
        notes.append("Hardly anything was removed: nearly all of the noise is still there.")
    if not model.recipe.blind and any(is_doubtful(*channel) for channel in channels):
        notes.append("most of the signal was taken away; the model learned from other signals.")
    return notes


def _learned(
    cleaning: Cleaning, recording: RecordingFile, names: tuple[str, ...], values: np.ndarray
) -> TrainedModel | None:
    """A model that learned from the signals themselves, or None after Ctrl+C."""
    path, column = str(recording.path.absolute()), joined(names)
    said = {"reading": cleaning.reading, "remedies": cleaning.remedies}
    said |= {"resample": cleaning.resample, "sampling": recording.sampling()}
    if cleaning.reference:
        recipe = recipe_for("reference", path, column, values, **said, **_reference(cleaning.reference))
    else:
        _advise(recording, names, cleaning)
        recipe = recipe_for("blind", path, column, values, **said, hide=cleaning.hide)
    finished, _ = learn(recipe, load(recipe.data), choose("auto"))
    if finished.reason == "failed":
        raise TrainingError(f"{recording.path.name}: {finished.message}")
    return None if finished.reason == "stopped" else finished.model


def _advise(recording: RecordingFile, names: tuple[str, ...], cleaning: Cleaning) -> None:
    """Say what noise there is that blind learning would keep, and what to do about it, where nothing is done yet."""
    for name in names:
        for kind in noise_kinds(recording.column(name), recording.time_step()):
            remedies = kind.remedies if cleaning.remedies == Remedies() else {}
            flags = " ".join(f"--{flag}" if value is True else f"--{flag} {value:.6g}" for flag, value in remedies.items())
            if kind.hide > 1 and cleaning.hide == 1:
                flags = f"--hide {kind.hide}"
            if flags:
                _note(f"{recording.path.name}, “{name}”: {kind.sentence} {kind.advice} Here by {flags}.")


def _reference(words: str) -> dict[str, str]:
    """Where the clean signal is: in the file of that path, or in the column of that name."""
    if words.lower().endswith(SUFFIXES) or Path(words).is_file():
        return {"reference_file": str(Path(words).absolute())}
    return {"reference": words}


def _note(sentence: str) -> None:
    print(f"aedesk: note: {sentence}", file=sys.stderr)
