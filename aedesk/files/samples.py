"""Samples for a model from CSV, NPY, text and picture files, and results written to such files."""

from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import pandas as pd
from PIL import Image, UnidentifiedImageError

from aedesk.data.csv_table import read_csv
from aedesk.data.sources.table import listed_features
from aedesk.data.words import decode_words, encode_words, read_words
from aedesk.errors import DataError
from aedesk.files.atomic import write_whole
from aedesk.training.trained_model import TrainedModel, words

_PICTURES = (".png", ".jpg", ".jpeg", ".bmp", ".webp")


def read_samples(path: Path, model: TrainedModel) -> np.ndarray:
    """Samples ``[n, *shape]`` as the model takes them. DataError says what does not fit."""
    suffix = path.suffix.lower()
    if suffix == ".npy":
        return _fitted(_numbers(path), model, path)
    if suffix in _PICTURES:
        return _fitted(_picture(path, model), model, path)
    if model.form == "words" and suffix == ".txt":
        return _fitted(encode_words(read_words(path), model.feature_names, model.shape[0]), model, path)
    if model.form == "words" and suffix in (".csv", ".tsv"):
        raise DataError(f"{path.name} is a table, and this model learned from words. Use a text file (.txt).")
    if suffix in (".csv", ".tsv", ".txt"):
        return _fitted(_table(path, model), model, path)
    if path.is_dir():
        raise DataError(f"{path} is a folder. Choose a file.")
    raise DataError(f"{path.name} is of no kind that can be read here. Use CSV, NPY or PNG.")


def _numbers(path: Path) -> np.ndarray:
    try:
        with path.open("rb") as file:
            values = np.load(file, allow_pickle=False)
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror or error}.") from error
    except (ValueError, EOFError, MemoryError, BadZipFile) as error:
        raise DataError(f"{path.name} is not an array of numbers in NPY form, or not whole.") from error
    if not isinstance(values, np.ndarray):  # numpy tells an archive by its content, not its name
        raise DataError(f"{path.name} is an archive of arrays. Save one array in NPY form.")
    if values.dtype.kind not in "buif":
        raise DataError(f"{path.name} holds {values.dtype}, not numbers.")
    return _short(values)


def _picture(path: Path, model: TrainedModel) -> np.ndarray:
    try:
        with Image.open(path) as picture:
            picture.load()
    except (UnidentifiedImageError, Image.DecompressionBombError, SyntaxError, ValueError) as error:
        raise DataError(f"{path.name} is not a picture that can be read. Save it as PNG.") from error
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror or error}.") from error
    if model.form != "image":
        raise DataError(f"{path.name} is a picture, and this model learned from {model.form.removesuffix('s')}s.")
    picture = picture.convert("RGBA") if picture.has_transparency_data else picture
    if picture.mode == "RGBA" and picture.getextrema()[3] != (255, 255):
        raise DataError(f"{path.name} is partly transparent. Save it without an alpha channel.")
    if picture.mode.startswith("I;16"):  # which Pillow would cut off at 255
        picture = Image.fromarray((np.asarray(picture) // 257).astype(np.uint8))
    values = np.asarray(picture.convert("L" if model.shape[0] == 1 else "RGB"), np.float32)
    values = values[None] if values.ndim == 2 else values.transpose(2, 0, 1)
    if values.shape != model.shape:
        height, width = model.shape[1:]
        raise DataError(
            f"{path.name} is {picture.width}×{picture.height} pixels, and the model takes "
            f"{width}×{height}. Resize the picture."
        )
    return values[None] * (model.recipe.data.source.brightest / 255)


def _table(path: Path, model: TrainedModel) -> np.ndarray:
    table = read_csv(path)
    listed = listed_features(table, model.feature_names)
    if listed is not None:
        return _short(_complete(listed, model.feature_names, path))
    names = table.numeric_names() or (table.default_name(),)  # which says that there are none
    return _short(_complete(np.column_stack([table.column(name) for name in names]), names, path))


def _complete(values: np.ndarray, names: tuple[str, ...], path: Path) -> np.ndarray:
    """``values`` ``[rows, columns]`` themselves. DataError where one is missing."""
    holes = np.argwhere(~np.isfinite(values))
    if len(holes):
        row, column = holes[0]
        raise DataError(
            f"{path.name}: row {row + 1}, column “{names[column]}” has no value. Fill it in or remove the row."
        )
    return values


def _short(values: np.ndarray) -> np.ndarray:
    """``values`` as float32; what is too large for that becomes infinite, and is found later."""
    with np.errstate(over="ignore"):
        return values.astype(np.float32)


def _fitted(values: np.ndarray, model: TrainedModel, path: Path) -> np.ndarray:
    """``values`` as ``[n, *shape]``, whether they came flat, alone, or without their channel."""
    size = int(np.prod(model.shape))
    shapes = {model.shape, (size,)}
    if len(model.shape) > 1 and model.shape[0] == 1:
        shapes.add(model.shape[1:])
    if values.ndim and (values.shape in shapes or values.shape[1:] in shapes):
        samples = values.reshape(-1, *model.shape)
    else:
        raise DataError(
            f"{path.name} holds {words(values.shape)} values, and the model takes samples of "
            f"{words(model.shape)} ({size} values each). Use data of the kind it learned from."
        )
    if not len(samples):
        raise DataError(f"{path.name} holds no samples. Choose another file.")
    if not np.isfinite(samples).all():
        raise DataError(f"{path.name} has values that are missing or infinite. Fill them in first.")
    return samples


def write_table(values: np.ndarray, names: list[str], path: Path) -> None:
    """Write ``[n, k]`` numbers as NPY, or as CSV with a header. DataError for any other ending."""
    suffix = path.suffix.lower()
    if suffix not in (".npy", ".csv"):
        raise DataError(f"{path.name} has an ending that cannot be written here. Use .csv or .npy.")
    if suffix == ".npy":
        content = BytesIO()
        np.save(content, values, allow_pickle=False)
        write_whole(path, content.getvalue())
    else:
        write_whole(path, pd.DataFrame(values, columns=names).to_csv(index=False).encode())


def check_kind(model: TrainedModel, path: Path) -> None:
    """DataError for a file of a kind that samples of the model cannot be written to."""
    suffix = path.suffix.lower()
    if suffix in _PICTURES and model.form != "image":
        raise DataError(f"{path.name}: only pictures can be written as a picture. Use CSV or NPY.")
    if suffix == ".txt" and model.form == "words":
        return
    if suffix not in (*_PICTURES, ".npy", ".csv"):
        raise DataError(f"{path.name} has an ending that cannot be written here. Use .csv, .npy or .png.")


def write_samples(samples: np.ndarray, model: TrainedModel, path: Path, columns: int = 10) -> None:
    """Write samples ``[n, *shape]`` as NPY, as PNG (pictures, side by side), or as CSV, a row each.

    Words are written as text, a line each, in CSV below the heading “word”.
    """
    suffix = path.suffix.lower()
    if suffix == ".npy":
        write_table(samples, [], path)
    elif suffix in _PICTURES:
        check_kind(model, path)
        write_whole(path, _as_png(samples * (255 / model.recipe.data.source.brightest), columns, suffix))
    elif model.form == "words":
        check_kind(model, path)
        read = decode_words(samples, model.feature_names)
        table = pd.DataFrame({"word": read}).to_csv(index=False) if suffix == ".csv" else "\n".join([*read, ""])
        write_whole(path, table.encode())
    else:
        flat = samples.reshape(len(samples), -1)
        names = list(model.feature_names)
        if len(names) != flat.shape[1]:
            names = [f"value_{index + 1}" for index in range(flat.shape[1])]
        write_table(flat, names, path)


def _as_png(samples: np.ndarray, columns: int, suffix: str) -> bytes:
    import torch
    from torchvision.utils import make_grid

    grid = samples[0] if len(samples) == 1 else make_grid(torch.from_numpy(samples), columns, 0).numpy()
    pixels = np.clip(np.rint(grid), 0, 255).astype(np.uint8).transpose(1, 2, 0)
    content = BytesIO()
    Image.fromarray(pixels.squeeze()).save(content, format=Image.registered_extensions()[suffix])
    return content.getvalue()
