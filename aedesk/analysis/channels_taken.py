"""Which signals of a file a model takes."""

import numpy as np

from aedesk.analysis.denoising import channels_of
from aedesk.data.chosen_channels import EVERY, chosen_names
from aedesk.data.long_recording import LongRecording
from aedesk.data.recording_file import TABLES, RecordingFile
from aedesk.errors import DataError
from aedesk.training.trained_model import TrainedModel


def taken_together(model: TrainedModel, recording: RecordingFile | LongRecording, words: str | None) -> tuple[str, ...]:
    """The channels of a file that a model of several takes, in the order it learned them in.

    By their names, or those that ``words`` choose: see ``chosen_names``. DataError where they are not there, or
    are too few or too many.
    """
    learned, found = model.feature_names, recording.signal_names()
    if words and words.strip() != EVERY:
        names = chosen_names(recording, words)
        names = learned if set(names) == set(learned) else names
    elif set(learned) <= set(recording.names):
        names = learned
    elif _unnamed(recording) and len(found) == channels_of(model):
        names = found
    else:
        lacking = next(name for name in learned if name not in recording.names)
        raise DataError(
            f"{recording.path.name} has no column “{lacking}”; the model learned {', '.join(learned)} together. "
            "Open a recording that has them, or train on this one.",
            by_flag="Or name the columns to take, in that order, with ; between them, by --column.",
        )
    if len(names) != channels_of(model):
        raise DataError(
            f"The model takes {channels_of(model)} channels of {recording.path.name} together, and {len(names)} "
            f"{'is' if len(names) == 1 else 'are'} named. Name as many, in the order it learned them in: {', '.join(learned)}."
        )
    return names


def taken_alone(recording: RecordingFile | LongRecording, words: str | None) -> tuple[str, ...]:
    """The channels of a file that a model of one takes one by one."""
    return chosen_names(recording, words) if words else recording.names_to_clean()


def is_silent(values: np.ndarray) -> bool:
    """Whether nothing is known of a signal ``[t]``, or it never changes."""
    known = values[np.isfinite(values)]
    return not len(known) or bool((known == known[0]).all())


def _unnamed(recording: RecordingFile | LongRecording) -> bool:
    """Whether a file's names are no more than its channels' places."""
    return recording.path.suffix.lower() not in TABLES
