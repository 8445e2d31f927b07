"""Recordings longer than memory: read, cleaned and written block by block."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
from tqdm import tqdm

from aedesk.analysis.denoising import DOUBTFUL_SHARE, denoised, window_of
from aedesk.analysis.strangeness import strangeness
from aedesk.commands.option_flags import BY_RESAMPLE
from aedesk.data.blocks import Pieces, abreast, some_of, stretches_of
from aedesk.data.long_recording import LongRecording
from aedesk.files.atomic import written_whole
from aedesk.training.trained_model import TrainedModel

_LOOKED_AT = 500_000  # samples, by which it is told whether the recording is of another kind


def clean_long(
    model: TrainedModel, recording: LongRecording, groups: Sequence[tuple[str, ...]], replace: bool, out: Path
) -> list[str]:
    """Write the file again with these channels cleaned, those in a tuple together; what is to be known, in sentences."""
    breaks, window, notes = recording.sampling().breaks, window_of(model), []
    names = tuple(name for group in groups for name in group)
    cleaned = []
    for group in groups:
        pieces = pieces_of(recording, group)
        left = sum(part.stop - part.start for part in stretches_of(pieces(), breaks) if part.stop - part.start < window)
        if left:
            notes.append(f"{left} values lie between gaps and were left as they were.")
        notes += strangeness(model, group, some_of(pieces(), slice(0, _LOOKED_AT)), recording.sampling().step, BY_RESAMPLE)
        cleaned.append(denoised(model, pieces, breaks))
    amounts = _Amounts(len(names))
    whole = (np.column_stack(parts) for parts in abreast(*cleaned))
    with written_whole(out) as file:
        recording.write(file, names, _shown(amounts.watched(recording.blocks(names), whole), len(recording)), replace)
    if not model.recipe.blind and amounts.doubtful():
        notes.append("most of the signal was taken away; the model learned from other signals.")
    return list(dict.fromkeys(notes))  # the same may be true of each channel


def pieces_of(recording: LongRecording, names: tuple[str, ...]) -> Pieces:
    """These channels in pieces: ``[n]`` of one, ``[n, c]`` of several."""
    if len(names) > 1:
        return lambda: recording.blocks(names)
    return lambda: (block[:, 0] for block in recording.blocks(names))


def silent_names(recording: LongRecording, names: Sequence[str]) -> set[str]:
    """Those channels of which nothing is known or that never change."""
    low, high = np.full(len(names), np.inf), np.full(len(names), -np.inf)
    for block in recording.blocks(names):
        known = np.isfinite(block)
        low = np.minimum(low, np.where(known, block, np.inf).min(axis=0))
        high = np.maximum(high, np.where(known, block, -np.inf).max(axis=0))
    return {name for name, least, most in zip(names, low, high, strict=True) if least >= most}


class _Amounts:
    """How much of the variance of each channel is taken away, found as the blocks go by."""

    def __init__(self, channels: int) -> None:
        self._sums = np.zeros((5, channels))  # count; of the values and of the removed their sums, and of squares
        self._middle: np.ndarray | None = None

    def watched(self, noisy: Iterable[np.ndarray], cleaned: Iterable[np.ndarray]) -> Iterator[np.ndarray]:
        for before, after in abreast(noisy, cleaned):
            if self._middle is None:  # sums of squares are exact near zero alone
                self._middle = np.nan_to_num(before[:1], posinf=0, neginf=0)
            values, removed = before - self._middle, before - after
            known = np.isfinite(removed)
            values, removed = (np.where(known, part, 0.0) for part in (values, removed))
            self._sums += [known.sum(0), values.sum(0), (values**2).sum(0), removed.sum(0), (removed**2).sum(0)]
            yield after

    def doubtful(self) -> bool:
        """Whether most of a channel was taken away: see ``is_doubtful``."""
        count, value, values, gone, all_gone = self._sums
        count = np.maximum(count, 1)
        return bool((all_gone / count - (gone / count) ** 2 > DOUBTFUL_SHARE * (values / count - (value / count) ** 2)).any())


def _shown(pieces: Iterable[np.ndarray], count: int) -> Iterator[np.ndarray]:
    """The pieces, with a bar that shows how far they are."""
    with tqdm(total=count, disable=not sys.stderr.isatty(), leave=False, unit="sample", unit_scale=True) as bar:
        for piece in pieces:
            yield piece
            bar.update(len(piece))
