"""``aedesk encode`` and ``reconstruct``: a saved model put to work."""

from pathlib import Path

import numpy as np

from aedesk.analysis.denoising import long_stretches, window_of
from aedesk.commands.denoise import denoise_file
from aedesk.data.csv_reading import CsvReading
from aedesk.data.recording_file import SOUNDS, TABLES, read_recording
from aedesk.data.windowed import windows
from aedesk.files import model_file
from aedesk.files.samples import read_samples, write_samples, write_table
from aedesk.training.trained_model import TrainedModel

_RECORDINGS = (*TABLES, *SOUNDS)  # an array may hold samples in rows as well


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
    with np.errstate(over="ignore"):  # a value too large for float32 is as good as missing
        values = read_recording(source, reading).column(column).astype(np.float32)
    window = window_of(model)
    parts = [values[part] for part in long_stretches(values, window)]
    return np.concatenate([windows(part, window)[::window].numpy() for part in parts])


def reconstruct(
    model_path: Path, source: Path, column: str | None, out: Path, reading: CsvReading = CsvReading()
) -> int:
    """Write what the model gives back of each sample; of a signal's CSV, the denoised CSV."""
    model = model_file.load(model_path)
    if model.form == "signal" and source.suffix.lower() in _RECORDINGS:
        return denoise_file(model, source, column, out, reading)
    write_samples(model.reconstruct(read_samples(source, model)), model, out)
    return 0
