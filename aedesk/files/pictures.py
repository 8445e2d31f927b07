"""Pictures of a run as PNG files: the loss, the map of the codes, the reconstructions."""

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from aedesk.analysis.pca import PcaTwin
from aedesk.data.dataset import Dataset
from aedesk.data.words import decode_words
from aedesk.errors import AedeskError
from aedesk.files.atomic import write_whole
from aedesk.training.events import Watch
from aedesk.training.snapshot import look_now
from aedesk.training.trained_model import TrainedModel

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_COLUMNS = 10
_POINTS = 10_000


def write_pictures(model: TrainedModel, dataset: Dataset, twin: PcaTwin, folder: Path) -> list[Path]:
    """Write ``loss.png``, ``map.png`` and ``reconstructions.png``; the folder is made if missing."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise AedeskError(f"The folder {folder} cannot be made: {error.strerror}. Choose another.") from error
    figures = {
        "loss.png": loss_figure(model),
        "map.png": map_figure(model, dataset),
        "reconstructions.png": reconstructions_figure(model, dataset, twin),
    }
    for name, figure in figures.items():
        content = BytesIO()
        figure.savefig(content, format="png", dpi=120)
        write_whole(folder / name, content.getvalue())
    return [folder / name for name in figures]


def _figure(width: float, height: float) -> "Figure":
    from matplotlib.figure import Figure

    return Figure((width, height), layout="constrained")


def loss_figure(model: TrainedModel) -> "Figure":
    """Every term of the objective, epoch by epoch, while learning and on validation data."""
    figure = _figure(7, 4)
    axes = figure.add_subplot(xlabel="epoch", ylabel="loss", title=model.recipe.title or model.recipe.name)
    for style, part in (("-", "train"), ("--", "validation")):
        for term, values in getattr(model.history, part).items():
            axes.plot(range(1, len(values) + 1), values, style, label=f"{term}, {part}")
    if axes.lines:
        axes.set_yscale("log")
        axes.legend()
    axes.grid(alpha=0.3)
    return figure


def map_figure(model: TrainedModel, dataset: Dataset) -> "Figure":
    """The test codes in the plane, coloured by label; PCA of them where there are more than two numbers."""
    rows = dataset.rows("test")[:_POINTS]
    codes = look_now(
        model.autoencoder, model.recipe, dataset, Watch(rows, rows[:0]), model.history.epochs
    ).codes
    figure = _figure(7, 6)
    axes = figure.add_subplot(title="Codes of the test data")
    plane, names = _plane(codes)
    axes.set(xlabel=names[0], ylabel=names[1])
    if dataset.labels is None:
        axes.scatter(*plane.T, s=4, c=np.arange(len(plane)), cmap="viridis", linewidths=0)
    else:
        labels = dataset.labels[rows]
        for label, name in enumerate(dataset.label_names):
            axes.scatter(*plane[labels == label].T, s=4, color=f"C{label % 10}", label=name, linewidths=0)
        axes.legend(markerscale=4, ncols=1 + len(dataset.label_names) // 16)
    return figure


def _plane(codes: np.ndarray) -> tuple[np.ndarray, tuple[str, str]]:
    """Codes ``[n, k]`` as points ``[n, 2]``, and what the two axes are."""
    if codes.shape[1] == 1:
        return np.column_stack([codes[:, 0], np.arange(len(codes))]), ("code 1", "row")
    if codes.shape[1] == 2:
        return codes, ("code 1", "code 2")
    centred = codes - codes.mean(0)
    directions = np.linalg.eigh(centred.T @ centred)[1][:, :-3:-1]
    return centred @ directions, ("first principal component", "second principal component")


def reconstructions_figure(model: TrainedModel, dataset: Dataset, twin: PcaTwin) -> "Figure":
    """Some test samples: as they are, as the network saw them, and as it and PCA give them back."""
    rows = dataset.rows("test")
    rows = rows[:: max(1, len(rows) // _COLUMNS)][:_COLUMNS]
    shot = look_now(model.autoencoder, model.recipe, dataset, Watch(rows[:0], rows), model.history.epochs)
    original = dataset.inputs[rows].numpy() if shot.wanted is None else shot.wanted
    kinds = {"original": original, "corrupted": shot.corrupted, "reconstruction": shot.reconstructed}
    kinds["PCA"] = twin.reconstruct(shot.corrupted)
    if np.array_equal(original, shot.corrupted):
        del kinds["corrupted"]
    if dataset.form == "words":
        return _word_rows(kinds, dataset)
    return _image_rows(kinds) if dataset.form == "image" else _curves(kinds, dataset)


def _image_rows(kinds: dict[str, np.ndarray]) -> "Figure":
    low, high = float(kinds["original"].min()), float(kinds["original"].max())
    figure = _figure(9, 1.0 * len(kinds))
    grid = figure.subplots(len(kinds), len(kinds["original"]), squeeze=False)
    for line, (name, samples) in zip(grid, kinds.items(), strict=True):
        for axes, sample in zip(line, samples, strict=True):
            image = np.clip((sample - low) / max(high - low, 1e-12), 0, 1).transpose(1, 2, 0)
            axes.imshow(image.squeeze(), cmap="gray", vmin=0, vmax=1)
            axes.set_axis_off()
        line[0].set_title(name, fontsize=9, loc="left")
    return figure


def _word_rows(kinds: dict[str, np.ndarray], dataset: Dataset) -> "Figure":
    """The words in a table, a line each, and bold where they came back right."""
    kinds = {name: samples for name, samples in kinds.items() if name != "PCA"}
    columns = [decode_words(samples, dataset.feature_names) for samples in kinds.values()]
    lines = list(zip(*columns, strict=True))
    figure = _figure(2.4 * len(columns), 0.3 * (len(lines) + 2))
    axes = figure.add_subplot()
    axes.set_axis_off()
    table = axes.table(lines, colLabels=list(kinds), loc="center", cellLoc="left", colLoc="left", edges="horizontal")
    for line, (wanted, *_, given) in enumerate(lines, 1):
        if given == wanted:
            table[line, len(columns) - 1].set_text_props(weight="bold")
    return figure


def _curves(kinds: dict[str, np.ndarray], dataset: Dataset) -> "Figure":
    """The first few samples as curves (a signal) or values per feature (a table), in scaled units."""
    shown = min(4, len(kinds["original"]))
    figure = _figure(9, 1.8 * shown)
    for axes, index in zip(figure.subplots(shown, 1, squeeze=False)[:, 0], range(shown), strict=True):
        for name, samples in kinds.items():
            marker = "." if dataset.form == "table" or samples.shape[1] == 1 else ""
            values = samples[index].T.ravel() if samples.ndim == 3 else samples[index]  # channels end to end
            axes.plot(values, marker=marker, label=name, lw=0.8 if name == "corrupted" else 1.3)
        if dataset.feature_names and dataset.form == "table":
            axes.set_xticks(range(len(dataset.feature_names)), dataset.feature_names, rotation=20)
    figure.axes[0].legend(ncols=4, fontsize=8)
    return figure
