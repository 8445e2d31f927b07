"""Model files: everything comes back to the bit, and whatever is not whole is told in one sentence."""

import json
import random
import struct
from collections.abc import Callable, Iterable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import save_file
from small import dataset, recipe, trained

from aedesk.errors import ModelFileError
from aedesk.files import model_file
from aedesk.files.model_file import FORMAT, load, save
from aedesk.training.trained_model import TrainedModel

FORMS = ["image", "table", "signal"]
BLANK = "0" * 64


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The content of a good file."""
    path = tmp_path_factory.mktemp("model") / "model.aedesk"
    save(trained("table").with_metrics({"test_mse": 0.5, "accuracy": None, "device": "cpu"}), path)
    return path.read_bytes()


def refused(content: bytes, folder: Path) -> str:
    """The sentence with which a file of this content is refused."""
    path = folder / "model.aedesk"
    path.write_bytes(content)
    with pytest.raises(ModelFileError) as caught:
        load(path)
    sentence = str(caught.value)
    assert sentence.startswith("model.aedesk") and sentence.endswith(".") and "\n" not in sentence
    return sentence


def header_length(content: bytes) -> int:
    return int(struct.unpack("<Q", content[:8])[0])


def remade(content: bytes, change: Callable[[dict[str, Any], dict[str, Any]], None]) -> bytes:
    """The file with its document and its tensors' entries changed, and properly sealed again."""
    length = header_length(content)
    header = json.loads(content[8 : 8 + length])
    document = json.loads(header.pop("__metadata__")["aedesk"])
    change(document, header)
    if document.get("seal"):
        document["seal"] = BLANK
    text = json.dumps({"__metadata__": {"aedesk": json.dumps(document)}, **header}).encode()
    text += b" " * (-len(text) % 8)
    blank = struct.pack("<Q", len(text)) + text + content[8 + length :]
    return blank.replace(BLANK.encode(), sha256(blank).hexdigest().encode(), 1)


@pytest.mark.parametrize("form", FORMS)
def test_a_reopened_model_answers_the_same_to_the_bit(form: str, tmp_path: Path) -> None:
    model = trained(form)
    save(model, tmp_path / "m.aedesk")
    again = load(tmp_path / "m.aedesk")
    data = dataset(recipe(form))
    x = data.scaler.unscaled(data.inputs[:50].numpy())
    for question in ("encode", "reconstruct", "score"):
        np.testing.assert_array_equal(getattr(again, question)(x), getattr(model, question)(x))
    np.testing.assert_array_equal(again.decode(model.encode(x)), model.decode(model.encode(x)))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("optimiser", ["adam", "sgd"])
def test_everything_comes_back(form: str, optimiser: str, tmp_path: Path) -> None:
    model = trained(form, f"training.optimiser={optimiser}").with_metrics({"a": 1.5, "b": None, "c": "ä"})
    save(model, tmp_path / "m.aedesk")
    again = load(tmp_path / "m.aedesk")
    for field in ("recipe", "shape", "form", "history", "label_names", "feature_names", "metrics"):
        assert getattr(again, field) == getattr(model, field), field
    for field in ("offset", "scale"):
        one, other = getattr(model.scaler, field), getattr(again.scaler, field)
        assert one.dtype == other.dtype and one.shape == other.shape
        np.testing.assert_array_equal(one, other)
    assert model.optimiser and again.optimiser
    for ours, theirs in ((model.weights, again.weights), (model.optimiser, again.optimiser)):
        assert ours.keys() == theirs.keys()
        assert all(torch.equal(value, theirs[name]) for name, value in ours.items())


def test_a_model_without_its_optimiser_comes_back(tmp_path: Path) -> None:
    save(replace(trained("table"), optimiser=None), tmp_path / "m.aedesk")
    assert load(tmp_path / "m.aedesk").optimiser is None


def test_a_saved_file_is_saved_again_the_same(whole: bytes, tmp_path: Path) -> None:
    (tmp_path / "one.aedesk").write_bytes(whole)
    save(load(tmp_path / "one.aedesk"), tmp_path / "two.aedesk")
    assert (tmp_path / "two.aedesk").read_bytes() == whole


def test_a_file_is_plain_safetensors_with_one_document(whole: bytes) -> None:
    header = json.loads(whole[8 : 8 + header_length(whole)])
    assert set(header.pop("__metadata__")) == {"aedesk"}
    assert all(entry["dtype"] in ("F32", "I64") for entry in header.values())


@pytest.mark.parametrize("change", [lambda byte: byte ^ 1, lambda byte: byte ^ 0x80, lambda byte: 32], ids="abc")
def test_any_byte_of_the_header_altered_is_noticed(
    change: Callable[[int], int], whole: bytes, tmp_path: Path
) -> None:
    end = 8 + header_length(whole)
    altered = [place for place in range(end) if change(whole[place]) != whole[place]]
    assert len(altered) > end / 2
    assert_each_alteration_is_noticed(whole, altered, change, tmp_path)


def test_any_byte_of_the_tensors_altered_is_noticed(whole: bytes, tmp_path: Path) -> None:
    places = range(8 + header_length(whole), len(whole))
    assert_each_alteration_is_noticed(whole, places, lambda byte: byte ^ 0x10, tmp_path)


def assert_each_alteration_is_noticed(
    whole: bytes, places: Iterable[int], change: Callable[[int], int], folder: Path
) -> None:
    """One byte at a time, in one file, since writing thousands of files takes long."""
    path = folder / "model.aedesk"
    path.write_bytes(whole)
    with path.open("r+b", buffering=0) as file:
        for place in places:
            file.seek(place)
            file.write(bytes([change(whole[place])]))
            with pytest.raises(ModelFileError, match=r"^model\.aedesk.*\.$"):
                load(path)
            file.seek(place)
            file.write(whole[place : place + 1])
    assert load(path).metrics == {"test_mse": 0.5, "accuracy": None, "device": "cpu"}


def test_a_file_cut_short_is_noticed(whole: bytes, tmp_path: Path) -> None:
    lengths = {*range(0, 40), *range(0, len(whole), 101), *range(len(whole) - 20, len(whole))}
    for length in sorted(lengths):
        refused(whole[:length], tmp_path)
    assert "cut short" in refused(whole[:-1], tmp_path)


@pytest.mark.parametrize("more", [b"\0", b"more", bytes(100)])
def test_a_file_with_something_behind_it_is_noticed(more: bytes, whole: bytes, tmp_path: Path) -> None:
    refused(whole + more, tmp_path)


def test_a_file_remade_without_change_is_read(whole: bytes, tmp_path: Path) -> None:
    """Guards the tests below: what ``remade`` seals is good."""
    (tmp_path / "m.aedesk").write_bytes(remade(whole, lambda document, header: None))
    assert load(tmp_path / "m.aedesk").recipe == trained("table").recipe


@pytest.mark.parametrize("sealed", [True, False])
def test_a_newer_version_asks_for_a_newer_program(sealed: bool, whole: bytes, tmp_path: Path) -> None:
    """Also where that version is sealed in another way."""

    def change(document: dict[str, Any], header: dict[str, Any]) -> None:
        document["format"] = FORMAT + 1
        if not sealed:
            document["seal"] = ""

    sentence = refused(remade(whole, change), tmp_path)
    assert f"version {FORMAT + 1}" in sentence and "Install a newer AEDesk" in sentence


@pytest.mark.parametrize("version", [0, -1, "1", None, 1.5, [1]])
def test_a_version_that_makes_no_sense(version: object, whole: bytes, tmp_path: Path) -> None:
    refused(remade(whole, lambda document, header: document.update(format=version)), tmp_path)


WEIGHT = "network.encoder.0.1.weight"


def rename(header: dict[str, Any], name: str, new: str) -> None:
    header[new] = header.pop(name)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda d, h: rename(h, WEIGHT, "optimiser.0.exp"), "encoder.0.1.weight is missing"),
        (lambda d, h: h[WEIGHT].update(shape=[4, 8]), "has shape [4, 8] instead of [8, 4]"),
        (lambda d, h: h[WEIGHT].update(shape=[32]), "has shape [32] instead of [8, 4]"),
        (lambda d, h: d["recipe"]["model"]["encoder"]["layers"][0].update(width=9), "instead of [9, 4]"),
        (lambda d, h: d["recipe"]["model"].update(code_size=65_536), "instead of [65536, 8]"),
        (lambda d, h: d.update(shape=[5]), "instead of [8, 5]"),
        (lambda d, h: d["recipe"]["model"]["encoder"]["layers"].append({"width": 3}), "is missing"),
        (lambda d, h: rename(h, "optimiser.0.step", "network.more"), "not those of its recipe"),
        (lambda d, h: rename(h, "optimiser.0.step", "scaler.more"), "not those of its recipe"),
        (lambda d, h: rename(h, "scaler.offset", "optimiser.0.offset"), "not those of its recipe"),
        (lambda d, h: h["scaler.scale"].update(shape=[2, 2]), "scaler.scale has shape [2, 2]"),
        (lambda d, h: h["optimiser.0.exp_avg"].update(shape=[4, 8]), "optimiser.0.exp_avg has shape [4, 8]"),
        (lambda d, h: rename(h, "optimiser.0.step", "optimiser.99.step"), "makes no sense"),
        (lambda d, h: rename(h, "optimiser.0.step", "optimiser.first.step"), "makes no sense"),
        (lambda d, h: d["recipe"]["training"].update(speed=3), "training.speed: there is no option"),
        (lambda d, h: d["recipe"]["training"].update(epochs=0), "training.epochs: 0 is too small"),
        (lambda d, h: d.update(form="music"), "kind of data is unknown"),
        (lambda d, h: d.update(shape=[]), ""),
        (lambda d, h: d.update(shape=[-4]), ""),
        (lambda d, h: d.update(shape=[10**15, 10**15]), ""),
        (lambda d, h: d.update(shape="four"), ""),
        (lambda d, h: d.update(recipe=[]), ""),
        (lambda d, h: d.update(history=3), "makes no sense"),
        (lambda d, h: d.update(history={"mood": 3}), "makes no sense"),
        (lambda d, h: d.update(label_names=None), "makes no sense"),
        (lambda d, h: d.pop("metrics"), "makes no sense"),
        (lambda d, h: d.pop("seal"), "makes no sense"),
        (lambda d, h: d.pop("format"), "makes no sense"),
        (lambda d, h: h[WEIGHT].update(dtype="Q7"), ""),
        (lambda d, h: h[WEIGHT].update(data_offsets=[0, 4]), ""),
        (lambda d, h: h[WEIGHT].pop("shape"), "makes no sense"),
    ],
)
def test_a_sealed_file_that_contradicts_itself_is_noticed(
    change: Callable[[dict[str, Any], dict[str, Any]], None], words: str, whole: bytes, tmp_path: Path
) -> None:
    assert words in refused(remade(whole, change), tmp_path)


def test_a_network_of_absurd_size_is_refused_without_memory_for_it(
    whole: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its weights alone would take a gigabyte; they are never made, not even to be thrown away."""

    def change(document: dict[str, Any], header: dict[str, Any]) -> None:
        document["recipe"]["model"]["encoder"]["layers"] = [{"width": 8192}] * 4

    drawn: list[torch.Tensor] = []
    monkeypatch.setattr("torch.nn.init.xavier_uniform_", lambda tensor, **more: drawn.append(tensor))
    assert "instead of [8192, 4]" in refused(remade(whole, change), tmp_path)
    assert len(drawn) == 10 and {tensor.device.type for tensor in drawn} == {"meta"}


def with_header(text: bytes) -> bytes:
    return struct.pack("<Q", len(text)) + text


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0" * 8,
        b"\xff" * 100,
        b"name = 'a recipe'\n" * 10,
        b"\x89PNG\r\n\x1a\n" + bytes(100),
        b"PK\x03\x04" + bytes(100),
        with_header(b""),
        with_header(b"5"),
        with_header(b"null"),
        with_header(b'"text"'),
        with_header(b"[1, 2]"),
        with_header(b"{}"),
        with_header(b"[" * 100_000),
        with_header(b"\xff\xfe{}"),
        with_header(b'{"__metadata__": 3}'),
        with_header(b'{"__metadata__": {"aedesk": 3}}'),
        with_header(b'{"__metadata__": {"aedesk": "3"}}'),
        with_header(b'{"__metadata__": {"aedesk": "[]"}}'),
        with_header(b'{"__metadata__": {"aedesk": "{}"}, "a": 3}'),
        with_header(b'{"__metadata__": {"aedesk": "{}"}, "a": {"data_offsets": ["x", "y"]}}'),
        with_header(b'{"__metadata__": {"aedesk": "{\\"format\\": 1, \\"seal\\": 7}"}}'),
        with_header(b'{"__metadata__": {"aedesk": "{\\"format\\": 1, \\"seal\\": \\"\\"}"}}'),
    ],
)
def test_what_is_no_model_is_refused(content: bytes, tmp_path: Path) -> None:
    assert "is damaged or is not an AEDesk model" in refused(content, tmp_path)


def test_random_bytes_are_refused(tmp_path: Path) -> None:
    source = random.Random(0)
    for length in (1, 7, 8, 9, 100, 5000):
        for _ in range(20):
            refused(source.randbytes(length), tmp_path)


def test_other_files_of_tensors_are_refused(tmp_path: Path) -> None:
    for metadata in (None, {"format": "pt"}):
        save_file({"weight": torch.zeros(3, 3)}, tmp_path / "other.safetensors", metadata)
        refused((tmp_path / "other.safetensors").read_bytes(), tmp_path)
    torch.save({"weight": torch.zeros(3)}, tmp_path / "model.pt")
    refused((tmp_path / "model.pt").read_bytes(), tmp_path)


def test_a_folder_and_a_missing_file_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(ModelFileError, match="is a folder. Choose a model file"):
        load(tmp_path)
    with pytest.raises(ModelFileError, match=r"gone\.aedesk cannot be read: No such file"):
        load(tmp_path / "gone.aedesk")


@pytest.mark.parametrize("version", range(1, FORMAT + 1))
def test_a_file_of_every_version_is_still_read(version: int) -> None:
    """Kept as it was written when that version was the newest, with its answers."""
    folder = Path(__file__).parent / "versions"
    model = load(folder / f"version-{version}.aedesk")
    kept = json.loads((folder / f"version-{version}.json").read_text())
    samples = np.array(kept["samples"], np.float32)
    np.testing.assert_allclose(model.encode(samples), kept["codes"], rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(model.reconstruct(samples), kept["reconstructed"], rtol=1e-4, atol=1e-5)
    assert model.recipe.name == "small-table" and model.history.epochs == 2 and model.optimiser
    assert model.metrics == {"test_mse": 0.5}


def test_a_failed_save_keeps_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "m.aedesk"
    save(trained("table"), path)
    before = path.read_bytes()

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(Exception, match="cannot be written: No space left on device"):
        save(trained("image"), path)
    assert path.read_bytes() == before and list(tmp_path.iterdir()) == [path]


def test_the_name_of_the_format_has_a_file() -> None:
    """A new version needs a file of the old one here, and a function that brings it up to date."""
    versions = {path.stem for path in (Path(__file__).parent / "versions").glob("*.aedesk")}
    assert versions == {f"version-{number}" for number in range(1, FORMAT + 1)}
    assert model_file.SUFFIX == ".aedesk"


def make_version_file(model: TrainedModel, folder: Path) -> None:
    """How the files in ``versions`` were made."""
    data = dataset(recipe("table"))
    samples = data.scaler.unscaled(data.inputs[:5].numpy())
    save(model.with_metrics({"test_mse": 0.5}), folder / f"version-{FORMAT}.aedesk")
    answers = {"samples": samples, "codes": model.encode(samples), "reconstructed": model.reconstruct(samples)}
    document = {name: values.tolist() for name, values in answers.items()}
    (folder / f"version-{FORMAT}.json").write_text(json.dumps(document, indent=1) + "\n")
