"""The .aedesk file: tensors and one JSON document in a safetensors file, sealed by a checksum."""

import hashlib
import json
import struct
from dataclasses import asdict
from pathlib import Path
from typing import Any, get_args

import numpy as np
import torch
from safetensors import SafetensorError
from safetensors.torch import load as load_tensors
from safetensors.torch import save as save_tensors

from aedesk.data.scaling import Scaler
from aedesk.data.source import Form
from aedesk.errors import ModelFileError, RecipeError
from aedesk.files.atomic import write_whole
from aedesk.models.autoencoder import Autoencoder
from aedesk.recipe import Recipe
from aedesk.training.history import history_from
from aedesk.training.opponent import Opponent
from aedesk.training.opponents import opponents_of
from aedesk.training.trained_model import TrainedModel

SUFFIX = ".aedesk"
FORMAT = 3

_KEY = "aedesk"
_BLANK_SEAL = "0" * 64
_MOST_HEADER_BYTES = 100_000_000
_FORMS = get_args(Form)
_TARGET = {"target.offset", "target.scale"}


def save(model: TrainedModel, path: Path) -> None:
    """Write a model; an older file of that name is replaced in one step or kept. AedeskError if not."""
    document = {
        "format": FORMAT,
        "seal": _BLANK_SEAL,
        "recipe": model.recipe.document(),
        "shape": list(model.shape),
        "form": model.form,
        "label_names": list(model.label_names),
        "feature_names": list(model.feature_names),
        "history": asdict(model.history),
        "metrics": model.metrics,
        "target_name": model.target_name,
        "step": model.step,
    }
    tensors = {
        "scaler.offset": torch.from_numpy(np.array(model.scaler.offset)),
        "scaler.scale": torch.from_numpy(np.array(model.scaler.scale)),
        **_target_tensors(model),
        **{f"network.{name}": value.contiguous() for name, value in model.weights.items()},
        **{f"optimiser.{name}": value.contiguous() for name, value in (model.optimiser or {}).items()},
    }
    content = save_tensors(tensors, {_KEY: json.dumps(document, allow_nan=False)})
    write_whole(path, content.replace(_BLANK_SEAL.encode(), _seal(content).encode(), 1))


def _target_tensors(model: TrainedModel) -> dict[str, torch.Tensor]:
    scaler = model.target_scaler
    if scaler is None:
        return {}
    return {
        "target.offset": torch.from_numpy(np.array(scaler.offset)),
        "target.scale": torch.from_numpy(np.array(scaler.scale)),
    }


def load(path: Path) -> TrainedModel:
    """Read a model. ModelFileError, before anything is allocated, where the file is not whole or not one."""
    content = _read(path)
    try:
        document, sizes = _header(content)
        _check_version(document)
        document = _upgraded(document)
        seal = document["seal"]
        if content.count(seal.encode()) != 1 or _seal(content.replace(seal.encode(), _BLANK_SEAL.encode(), 1)) != seal:
            raise _Broken("its checksum does not fit its content")
        shape = tuple(int(length) for length in document["shape"])
        recipe = Recipe.from_document(document["recipe"])
        _check_tensors(recipe, shape, len(document["label_names"]), sizes)
        return _model(document, recipe, shape, load_tensors(content))
    except ModelFileError as error:
        raise ModelFileError(f"{path.name}: {error}") from error
    except _SIGNS_OF_DAMAGE as error:
        raise ModelFileError(
            f"{path.name} is damaged or is not an AEDesk model ({_reason(error)}). Use another copy of it."
        ) from error


class _Broken(Exception):
    """What is wrong with a file."""


# What reading a document of any other make can end in: RuntimeError is torch's for absurd sizes and
# Python's for lists within lists within lists.
_SIGNS_OF_DAMAGE = (
    _Broken, RecipeError, SafetensorError, LookupError, TypeError, ValueError, AttributeError,
    OverflowError, RuntimeError,
)  # fmt: skip


def _reason(error: Exception) -> str:
    return str(error) if isinstance(error, _Broken | RecipeError) else "its content makes no sense"


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except IsADirectoryError as error:
        raise ModelFileError(f"{path} is a folder. Choose a model file.") from error
    except OSError as error:
        raise ModelFileError(f"{path} cannot be read: {error.strerror or error}.") from error


def _header(content: bytes) -> tuple[dict[str, Any], dict[str, list[int]]]:
    """The JSON document and the shapes of the tensors, after checking that the file is whole."""
    if len(content) < 8:
        raise _Broken("it is too short")
    (length,) = struct.unpack("<Q", content[:8])
    if length > min(_MOST_HEADER_BYTES, len(content) - 8):
        raise _Broken("it is cut short, or no safetensors file")
    header = json.loads(content[8 : 8 + length])
    document = json.loads(header.pop("__metadata__")[_KEY])
    end = max((entry["data_offsets"][1] for entry in header.values()), default=0)
    if len(content) != 8 + length + end:
        raise _Broken("it is cut short")
    return document, {name: entry["shape"] for name, entry in header.items()}


def _seal(blank: bytes) -> str:
    """The checksum of a file whose place for the checksum holds zeros."""
    return hashlib.sha256(blank).hexdigest()


def _check_version(document: dict[str, Any]) -> None:
    version = document["format"]
    if not isinstance(version, int) or version < 1:
        raise _Broken("its version makes no sense")
    if version > FORMAT:
        raise ModelFileError(
            f"the file is of version {version}, and this AEDesk reads up to {FORMAT}. Install a newer AEDesk."
        )


def _upgraded(document: dict[str, Any]) -> dict[str, Any]:
    """The document of an older file as the present version has it."""
    if document["format"] == 1:
        document = _upgrade_1_to_2(document)
    return _upgrade_2_to_3(document) if document["format"] == 2 else document


def _upgrade_1_to_2(document: dict[str, Any]) -> dict[str, Any]:
    """Version 2 knows numbers that a head tells; its recipes have more options, all with defaults."""
    return {**document, "format": 2, "target_name": ""}


def _upgrade_2_to_3(document: dict[str, Any]) -> dict[str, Any]:
    """Version 3 knows how far apart a signal's samples are, and signals of several channels."""
    return {**document, "format": 3, "step": None}


def _check_tensors(
    recipe: Recipe, shape: tuple[int, ...], classes: int, sizes: dict[str, list[int]]
) -> None:
    """Compare the tensors with those of the recipe's networks, built without memory for their weights."""
    with torch.device("meta"):
        network = Autoencoder(recipe.model, shape, classes=classes)
        opponents = opponents_of(recipe, shape)
    expected = network.state_dict()
    for name, tensor in expected.items():
        found = sizes.get(f"network.{name}")
        if found is None:
            raise _Broken(f"the tensor {name} is missing")
        if found != list(tensor.shape):
            raise _Broken(f"the tensor {name} has shape {found} instead of {list(tensor.shape)}")
    known = {f"network.{name}" for name in expected} | {"scaler.offset", "scaler.scale"} | _TARGET
    strange = [name for name in sizes if name not in known and not name.startswith("optimiser.")]
    if strange or not {"scaler.offset", "scaler.scale"} <= sizes.keys():
        raise _Broken("its tensors are not those of its recipe")
    for name in ("scaler.offset", "scaler.scale"):
        if sizes[name] not in ([], list(shape), list(shape[1:]) if len(shape) == 2 else []):
            raise _Broken(f"the tensor {name} has shape {sizes[name]}")
    for name, found in sizes.items():
        if name in _TARGET and found or name.startswith("optimiser.") and found not in _learning_sizes(
            name.removeprefix("optimiser."), network, opponents
        ):
            raise _Broken(f"the tensor {name} has shape {found}")


def _learning_sizes(
    name: str, network: torch.nn.Module, opponents: list[Opponent]
) -> list[list[int]]:
    """The shapes that a tensor of the state of learning may have."""
    owner, steps = network, name.split(".")
    if steps[0] == "opponent":
        owner, part, steps = opponents[int(steps[1])].network, steps[2], steps[3:]
        if part == "network":
            return [list(owner.state_dict()[".".join(steps)].shape)]
    return [[], list(list(owner.parameters())[int(steps[0])].shape)]


def _model(
    document: dict[str, Any], recipe: Recipe, shape: tuple[int, ...], tensors: dict[str, torch.Tensor]
) -> TrainedModel:
    if document["form"] not in _FORMS:
        raise _Broken("its kind of data is unknown")

    def group(prefix: str) -> dict[str, torch.Tensor]:
        return {
            name.removeprefix(prefix): value for name, value in tensors.items() if name.startswith(prefix)
        }

    return TrainedModel(
        recipe=recipe,
        shape=shape,
        form=document["form"],
        scaler=Scaler(tensors["scaler.offset"].numpy(), tensors["scaler.scale"].numpy()),
        weights=group("network."),
        optimiser=group("optimiser.") or None,
        history=history_from(document["history"]),
        label_names=tuple(document["label_names"]),
        feature_names=tuple(document["feature_names"]),
        metrics=document["metrics"],
        target_name=document["target_name"],
        target_scaler=_target_scaler(tensors),
        step=None if document["step"] is None else float(document["step"]),
    )


def _target_scaler(tensors: dict[str, torch.Tensor]) -> Scaler | None:
    if not _TARGET <= tensors.keys():
        return None
    return Scaler(tensors["target.offset"].numpy(), tensors["target.scale"].numpy())
