"""From a recipe's data section to a Dataset."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from aedesk.data.scaling import Scaler, Scaling, fit
from aedesk.data.source import Raw, Recording, Source
from aedesk.data.sources.digits import Digits
from aedesk.data.splitting import Split, SplitOptions, split_rows, split_time
from aedesk.data.windowed import WindowedSource, whole_rows, whole_windows, windows
from aedesk.errors import DataError
from aedesk.options import Options, one_of, option

if TYPE_CHECKING:
    import torch

    from aedesk.data.dataset import Dataset


class DataOptions(Options):
    """What to learn from."""

    source: one_of(Source, "aedesk.data.sources") = option(
        Digits(), "Data", "Where the samples come from."
    )
    limit: int = option(
        0,
        "Use at most",
        "Learn from a random handful of this many samples, to try things out quickly. 0 uses all.",
        unit="samples",
        ge=0,
        le=1_000_000_000,
    )
    scaling: Scaling = option(
        "unit",
        "Scaling",
        "Brings all values to a range a network learns well from. It is fitted on the training "
        "part alone and undone wherever you see or save results.",
    )
    split: SplitOptions = option(SplitOptions(), "Split", "Which rows are kept aside.")


def load(options: DataOptions) -> "Dataset":
    """Read, split and scale. DataError where the data cannot be read or are too few."""
    raw = options.source.read()
    return _signal(options, raw) if isinstance(raw, Recording) else _samples(options, raw)


def _samples(options: DataOptions, raw: Raw) -> "Dataset":
    import torch

    if len(raw.values) < 2:
        raise DataError(f"There are {len(raw.values)} usable rows; at least 2 are needed.")
    if options.limit and options.limit < len(raw.values):
        raw = _some(raw, options.limit, options.split.seed)
    split = split_rows(options.split, len(raw.values), raw.labels, raw.test)
    per_feature = options.source.form == "table"
    scaler = fit(raw.values[split.train], options.scaling, per_feature)
    inputs = torch.from_numpy(scaler.scaled(raw.values))
    return _dataset(
        options,
        inputs,
        split,
        scaler,
        spread=float(inputs[torch.from_numpy(split.train)].std(correction=0)),
        labels=raw.labels,
        label_names=raw.label_names,
        feature_names=raw.feature_names,
        note=raw.note,
        **_targets(raw, split),
    )


def _targets(raw: Raw, split: Split) -> dict[str, Any]:
    """The numbers to tell, with a mean of 0 and a spread of 1 over the training part."""
    import torch

    if raw.targets is None:
        return {}
    scaler = fit(raw.targets[split.train], "standard", per_feature=False)
    return {
        "targets": torch.from_numpy(scaler.scaled(raw.targets)),
        "target_name": raw.target_name,
        "target_scaler": scaler,
    }


def _some(raw: Raw, limit: int, seed: int) -> Raw:
    """A random ``limit`` rows, with the source's own test rows in about their old proportion."""
    rows = np.sort(np.random.default_rng(seed).permutation(len(raw.values))[:limit])
    test = None if raw.test is None else np.flatnonzero(np.isin(rows, raw.test))
    labels = None if raw.labels is None else raw.labels[rows]
    targets = None if raw.targets is None else raw.targets[rows]
    return replace(raw, values=raw.values[rows], labels=labels, test=test, targets=targets)


def _signal(options: DataOptions, recording: Recording) -> "Dataset":
    """Windows that lie whole inside their stretch of time, so that no part sees another's samples."""
    import torch

    source = options.source
    assert isinstance(source, WindowedSource)
    if options.limit:
        recording = recording.part(slice(0, options.limit))
    values, holes, breaks = recording.values, int(np.isnan(recording.values).sum()), recording.sampling.breaks
    whole = whole_windows(_known(recording), source.window, breaks)
    learn, watch, test = split_time(options.split, len(values))
    split = Split(*(_starts(part, source, whole) for part in (learn, watch, test)))
    if not len(split.train):
        lacks = "has no stretch without a gap as long as" if holes or len(breaks) else "is shorter than"
        raise DataError(
            f"The part of the signal to learn from {lacks} one window of {source.window} "
            "samples. Choose a shorter window, keep less aside, or bring a longer recording."
        )
    known = values[learn][whole_rows(values[learn])]
    scaler = fit(known, options.scaling, per_feature=values.ndim > 1)
    seen = windows(scaler.scaled(values), source.window)
    clean = None if recording.reference is None else windows(scaler.scaled(recording.reference), source.window)
    return _dataset(
        options,
        seen if clean is None else clean,
        split,
        scaler,
        spread=float(scaler.scaled(known).std()),
        feature_names=recording.names if values.ndim > 1 else (),
        recording=recording,
        stretches={"train": learn, "validation": watch, "test": test},
        whole=None if whole.all() else torch.from_numpy(np.flatnonzero(whole)),
        note=_gaps_note(holes, len(breaks)),
        seen=None if clean is None else seen,
    )


def _known(recording: Recording) -> np.ndarray:
    """The values ``[t, …]``, beside them those of the reference where there is one: gaps of either are gaps."""
    if recording.reference is None:
        return recording.values
    count = len(recording.values)
    return np.column_stack([recording.values.reshape(count, -1), recording.reference.reshape(count, -1)])


def _starts(stretch: slice, source: WindowedSource, whole: np.ndarray) -> np.ndarray:
    """Where the windows of a stretch start, without those that hold a gap: see ``whole_windows``."""
    starts = np.arange(stretch.start, max(stretch.start, stretch.stop - source.window + 1), source.hop)
    return starts[whole[starts]]


def _gaps_note(holes: int, breaks: int) -> str:
    parts = []
    if holes:
        parts.append("1 value is missing" if holes == 1 else f"{holes} values are missing")
    if breaks:
        parts.append("time jumps once" if breaks == 1 else f"time jumps {breaks} times")
    return f"{' and '.join(parts)}; no window reaches across a gap." if parts else ""


def _dataset(
    options: DataOptions,
    inputs: "torch.Tensor",
    split: Split,
    scaler: Scaler,
    **more: Any,
) -> "Dataset":
    import torch

    from aedesk.data.dataset import Dataset

    return Dataset(
        name=options.source.kind,
        form=options.source.form,
        inputs=inputs,
        train=torch.from_numpy(split.train),
        validation=torch.from_numpy(split.validation),
        test=torch.from_numpy(split.test),
        scaler=scaler,
        held_out=options.split.held_out,
        **more,
    )
