"""``aedesk anomalies``: where a recording is unlike what a model learned."""

import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from aedesk.analysis.anomalies import (
    MOST,
    Marked,
    Threshold,
    marked,
    normal_scores,
    share_marked,
    threshold_of_most,
    threshold_of_normal,
)
from aedesk.analysis.channels_taken import taken_alone, taken_together
from aedesk.analysis.denoising import channels_of, window_of
from aedesk.analysis.rows import score_rows, step_seen, wanted_rate
from aedesk.analysis.strangeness import lost_at, strangeness
from aedesk.commands.columns_left import columns_left
from aedesk.commands.option_flags import BY_RESAMPLE
from aedesk.commands.uneven import way_to_even
from aedesk.data.chosen_channels import side_by_side
from aedesk.data.csv_reading import CsvReading
from aedesk.data.csv_saving import as_text
from aedesk.data.csv_table import CsvTable
from aedesk.data.recording_file import RecordingFile, read_recording
from aedesk.errors import AedeskError, DataError
from aedesk.files import model_file
from aedesk.files.atomic import write_whole
from aedesk.files.marked_stretches import stretches_as_csv
from aedesk.files.result_place import check_place
from aedesk.files.samples import write_table
from aedesk.training.trained_model import TrainedModel

_MISFIT = (
    "most of it is unlike what the model learned, so that the model does not fit this recording and the list tells little. "
    "Train on a normal stretch of it, name a normal file by --normal, or check that its sampling rate and unit are those of the model."
)


@dataclass(frozen=True)
class _Found:
    """What was found in a channel, or in several together: ``scores`` ``[t]`` and what lies above the threshold."""

    name: str
    scores: np.ndarray
    threshold: Threshold
    stretches: list[Marked]


def anomalies_command(
    model_path: Path,
    source: Path,
    column: str | None,
    normal: Path | None,
    rate: float,
    out: Path,
    scores_out: Path | None,
    reading: CsvReading = CsvReading(),  # noqa: B008 - frozen
    resample: float = 0.0,
) -> int:
    """Write a table of the marked stretches, and perhaps the scores: beside the columns of a text table.

    The threshold is told from the file ``normal``, or from what was kept aside while the model learned, or where
    that is not to be had from the recording itself, most of which is then taken to be normal. Recordings are
    brought to ``resample`` samples a second before the model sees them, 0 for their own rate.
    """
    if not 0 < rate < 1:
        raise AedeskError(f"The rate of false alarms is a share between 0 and 1, and {rate:g} is not. Try 0.001.")
    for place in filter(None, (out, scores_out)):
        check_place(source, place, ".csv")
    model = model_file.load(model_path)
    window_of(model)
    recording = read_recording(source, reading)
    if scores_out and not isinstance(recording, CsvTable) and scores_out.suffix.lower() not in (".csv", ".npy"):
        raise DataError(f"Scores of {source.name} are written as CSV or NPY. Give {scores_out.name} such an ending.")
    if scores_out and isinstance(recording, CsvTable):
        recording.check_ending(scores_out)
    groups = _groups(model, recording, column)
    kept = None if normal else _kept_aside(model)
    compared = read_recording(normal, reading) if normal else None
    sampling = recording.sampling()
    if uneven := way_to_even(sampling, wanted_rate(model, resample), model):
        _note(f"{source.name}: {sampling.note} {uneven}")
    if not column and len(groups[0]) == 1 and (left := columns_left(recording.signal_names(), [name for name, in groups], "looked through")):
        _note(f"{source.name}: {left}")
    for sentence in dict.fromkeys(one for names in groups for one in _strange(model, recording, names, resample)):
        _note(f"{source.name}: {sentence}")
    found = [_found(model, recording, names, kept, compared, rate, resample) for names in groups]
    channels = [(one.name, one.threshold.threshold, one.stretches) for one in found]
    write_whole(out, stretches_as_csv(channels, recording.sampling()))
    if scores_out:
        _write_scores(recording, found, scores_out)
    for one in found:
        print(_in_words(source.name, one))
        if share_marked(one.scores, one.stretches) > MOST:
            _note(f"{source.name}, {one.name}: {_MISFIT}")
    return 0


def _groups(model: TrainedModel, recording: RecordingFile, column: str | None) -> list[tuple[str, ...]]:
    """The channels to look at, those in a tuple that are seen together."""
    if channels_of(model) is not None:
        return [taken_together(model, recording, column)]
    return [(name,) for name in taken_alone(recording, column)]


def _kept_aside(model: TrainedModel) -> np.ndarray | None:
    """The scores of what the model was watched on while it learned, where that can be read again."""
    try:
        found = normal_scores(model)
        why = "too little was kept aside while the model learned to tell what is normal"
    except AedeskError:  # it was moved or has changed
        found, why = None, "what the model learned from is not there to tell what is normal"
    if found is None:
        _note(f"{why}. Most of the recording is taken to be; --normal names a file that is.")
    return found


def _strange(model: TrainedModel, recording: RecordingFile, names: tuple[str, ...], resample: float) -> list[str]:
    """What is unlike the recording that the model learned from, in sentences."""
    values, sampling = side_by_side(recording, names), recording.sampling()
    lost = lost_at(wanted_rate(model, resample), values, sampling.step)
    return lost + strangeness(model, names, values, step_seen(model, sampling, resample), BY_RESAMPLE)


def _found(
    model: TrainedModel,
    recording: RecordingFile,
    names: tuple[str, ...],
    kept: np.ndarray | None,
    normal: RecordingFile | None,
    rate: float,
    resample: float,
) -> _Found:
    found, window = _scored(model, recording, names, resample), window_of(model)
    if normal is not None:
        kept = _scored(model, normal, _same(normal, names), resample)
    threshold = threshold_of_most(found, rate) if kept is None else threshold_of_normal(kept, rate, window)
    return _Found(", ".join(names), found, threshold, marked(found, threshold.threshold, window, recording.sampling().breaks))


def _scored(model: TrainedModel, recording: RecordingFile, names: tuple[str, ...], resample: float) -> np.ndarray:
    """The scores of channels of a file. DataError that names it."""
    try:
        return score_rows(model, side_by_side(recording, names), recording.sampling(), resample)
    except DataError as error:
        if recording.path.name in str(error):
            raise
        raise DataError(f"{recording.path.name}: {error}", error.line, error.by_flag) from error


def _same(normal: RecordingFile, names: tuple[str, ...]) -> tuple[str, ...]:
    """The same channels in the normal file; a lone one may be called otherwise there."""
    if len(names) == 1 and names[0] not in normal.names:
        return (normal.default_name(),)
    return names


def _write_scores(recording: RecordingFile, found: list[_Found], out: Path) -> None:
    columns = {f"{one.name}_score": one.scores for one in found}
    if isinstance(recording, CsvTable):
        write_whole(out, as_text(recording, columns))
    else:
        write_table(np.column_stack(list(columns.values())), list(columns), out)


def _in_words(name: str, found: _Found) -> str:
    count, share = len(found.stretches), share_marked(found.scores, found.stretches)
    stretches = "1 stretch" if count == 1 else f"{count} stretches"
    return (
        f"{name}, {found.name}: {stretches} marked, {share:.2%} of the samples{'' if np.isfinite(found.scores).all() else ' that could be scored'}; "
        f"scores above {found.threshold.threshold:.4g} are expected of {found.threshold.rate:.3%} of normal ones"
    )


def _note(sentence: str) -> None:
    print(f"aedesk: note: {sentence}", file=sys.stderr)
