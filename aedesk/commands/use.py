"""``aedesk encode`` and ``reconstruct``: a saved model put to work."""

from pathlib import Path

import numpy as np

from aedesk.analysis.channels_taken import taken_together
from aedesk.analysis.denoising import channels_of, long_stretches, window_of
from aedesk.commands.denoise import Cleaning, denoise_file
from aedesk.data.chosen_channels import side_by_side
from aedesk.data.csv_reading import CsvReading
from aedesk.data.recording_file import MATS, PARQUETS, SOUNDS, TABLES, RecordingFile, read_recording
from aedesk.data.windowed import windows
from aedesk.files import model_file
from aedesk.files.samples import read_samples, write_samples, write_table
from aedesk.training.trained_model import TrainedModel

_RECORDINGS = (*TABLES, *SOUNDS, *MATS, *PARQUETS)  # an array may hold samples in rows as well


def encode(
    model_path: Path, source: Path, column: str | None, out: Path, reading: CsvReading = CsvReading()
) -> int:
    """Write one row of codes per sample; of a signal, per window laid end to end."""
    model = model_file.load(model_path)
    if model.form == "signal" and source.suffix.lower() in _RECORDINGS:
        samples = _windows_of(model, source, column, reading)
    else:
        samples = read_samples(source, model)
    codes = model.encode(samples)
    write_table(codes, [f"code_{index + 1}" for index in range(codes.shape[1])], out)
    return 0


def _windows_of(model: TrainedModel, source: Path, column: str | None, reading: CsvReading) -> np.ndarray:
    recording = read_recording(source, reading)
    with np.errstate(over="ignore"):  # a value too large for float32 is as good as missing
        values = _signal(model, recording, column).astype(np.float32)
    window = window_of(model)
    parts = [values[part] for part in long_stretches(values, window, recording.sampling().breaks)]
    return np.concatenate([windows(part, window)[::window].numpy() for part in parts])


def _signal(model: TrainedModel, recording: RecordingFile, column: str | None) -> np.ndarray:
    """What the model takes of a file: ``[t]``, or ``[t, c]`` where it takes several channels together."""
    if channels_of(model) is None:
        return recording.column(column)
    return side_by_side(recording, taken_together(model, recording, column))


def reconstruct(
    model_path: Path, source: Path, column: str | None, out: Path, reading: CsvReading = CsvReading()
) -> int:
    """Write what the model gives back of each sample; of a signal's CSV, the denoised CSV."""
    model = model_file.load(model_path)
    if model.form == "signal" and source.suffix.lower() in _RECORDINGS:
        return denoise_file(Cleaning(model, column, reading=reading), source, out)
    write_samples(model.reconstruct(read_samples(source, model)), model, out)
    return 0
