"""Every source: what it hands over, and what it says where it cannot."""

import shutil
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from aedesk import paths
from aedesk.data.loading import DataOptions, load
from aedesk.data.source import Raw, Recording, Source
from aedesk.data.sources.cancer import Cancer
from aedesk.data.sources.diabetes import Diabetes
from aedesk.data.sources.digits import Digits
from aedesk.data.sources.digits8 import Digits8
from aedesk.data.sources.images import Images
from aedesk.data.sources.iris import Iris
from aedesk.data.sources.ramp import Ramp
from aedesk.data.sources.signal import Signal
from aedesk.data.sources.table import Table
from aedesk.data.sources.wine import Wine
from aedesk.data.sources.words import Words
from aedesk.errors import DataError

TABLES = [(Iris(), 150, 3), (Wine(), 178, 3), (Cancer(), 569, 2)]


def raw_of(source: Source) -> Raw:
    raw = source.read()
    assert isinstance(raw, Raw)
    return raw


def recording_of(source: Source) -> Recording:
    recording = source.read()
    assert isinstance(recording, Recording)
    return recording


def test_no_kind_goes_untested() -> None:
    tested = {Iris, Wine, Cancer, Digits, Digits8, Images, Ramp, Signal}
    tested |= {Words, Table, Diabetes}  # in files of their own
    assert set(Source.kinds().values()) == tested


@pytest.mark.parametrize(("source", "rows", "kinds"), TABLES, ids=lambda value: getattr(value, "kind", None))
def test_a_table(source: Source, rows: int, kinds: int) -> None:
    raw = raw_of(source)
    assert source.form == "table" and source.missing() is None
    assert raw.values.shape == (rows, *(source.shape() or ()))
    assert raw.values.dtype == np.float32 and np.isfinite(raw.values).all()
    assert raw.labels is not None and raw.labels.shape == (rows,)
    assert set(raw.labels) == set(range(kinds)) and len(raw.label_names) == kinds
    assert len(set(raw.feature_names)) == raw.values.shape[1]


@pytest.mark.parametrize(
    "source", [Iris(), Wine(), Cancer(), Digits(), Digits8(), Diabetes(), Words()], ids=lambda one: one.kind
)
def test_what_a_source_says_it_brings_is_what_it_brings(source: Source) -> None:
    raw = raw_of(source)
    assert source.has("labels") is (raw.labels is not None)
    assert source.has("targets") is (raw.targets is not None)


def test_signals_bring_values_alone_and_pictures_perhaps_labels() -> None:
    assert not Ramp().has("labels") and Signal().has("targets") is False
    assert Images().has("labels") is None and Images().has("targets") is False
    assert Source().has("labels") is None, "a source that does not say may have them"


def test_iris_is_fishers() -> None:
    raw = raw_of(Iris())
    assert raw.label_names == ("setosa", "versicolor", "virginica")
    np.testing.assert_allclose(raw.values[0], [5.1, 3.5, 1.4, 0.2], rtol=1e-6)


def test_small_digits() -> None:
    raw = raw_of(Digits8())
    assert raw.values.shape == (1797, 1, 8, 8) and (raw.values.min(), raw.values.max()) == (0, 16)
    assert raw.labels is not None and raw.labels[:10].tolist() == list(range(10))


def test_mnist_is_whole_and_keeps_its_own_test_part() -> None:
    raw = raw_of(Digits())
    assert raw.values.shape == (70_000, 1, 28, 28) and raw.values.dtype == np.uint8
    assert raw.labels is not None and raw.labels[:5].tolist() == [5, 0, 4, 1, 9]
    assert raw.test is not None and raw.test.tolist() == list(range(60_000, 70_000))
    assert raw.labels[60_000:60_005].tolist() == [7, 2, 1, 0, 4]
    few = load(DataOptions(limit=700))
    assert len(few.inputs) == 700 and 60 < len(few.test) < 150, "a seventh of them"


def test_digits_unpacked_by_halves_are_not_taken_for_whole(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A crash or a full disk while unpacking leaves nothing behind that is read the next time."""
    monkeypatch.setattr(paths, "cache", lambda: tmp_path)

    def breaks_off(source: object, target: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr(shutil, "copyfileobj", breaks_off)
        with pytest.raises(DataError, match="cannot be unpacked into .*No space left on device. Free some space"):
            Digits().read()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_ramp_rises_from_0_to_1() -> None:
    recording = recording_of(Ramp(points=101))
    np.testing.assert_allclose(recording.values, np.linspace(0, 1, 101), atol=1e-7)
    assert Ramp(window=12).shape() == (12,) and Ramp().form == "signal"


def picture(path: Path, size: tuple[int, int] = (12, 12), colour: tuple[int, int, int] = (200, 100, 0)) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", size, colour).save(path)
    return path


def test_pictures_in_one_folder(tmp_path: Path) -> None:
    picture(tmp_path / "a.png", colour=(0, 0, 0))
    picture(tmp_path / "b.JPG", colour=(255, 255, 255))
    (tmp_path / "notes.txt").write_text("no picture")
    raw = raw_of(Images(folder=str(tmp_path), size=8))
    assert raw.values.shape == (2, 1, 8, 8) and raw.labels is None and raw.label_names == ()
    assert (raw.values[0] == 0).all() and (raw.values[1] >= 254).all(), "in the order of their names"


def test_subfolders_become_labels(tmp_path: Path) -> None:
    for name in ("cat/1.png", "cat/deep/2.png", "dog/1.png"):
        picture(tmp_path / name)
    raw = raw_of(Images(folder=str(tmp_path), size=8))
    assert raw.label_names == ("cat", "dog")
    assert raw.labels is not None and Counter(raw.labels.tolist()) == {0: 2, 1: 1}


def test_pictures_beside_subfolders_have_no_labels(tmp_path: Path) -> None:
    for name in ("cat/1.png", "dog/1.png", "3.png"):
        picture(tmp_path / name)
    assert raw_of(Images(folder=str(tmp_path), size=8)).labels is None


def test_pictures_in_colour(tmp_path: Path) -> None:
    picture(tmp_path / "a.png")
    picture(tmp_path / "b.png")
    source = Images(folder=str(tmp_path), size=8, colour=True)
    raw = raw_of(source)
    assert raw.values.shape == (2, 3, 8, 8) and source.shape() == (3, 8, 8)
    assert raw.values[0, :, 4, 4].tolist() == [200, 100, 0]
    data = load(DataOptions(source=source))
    assert data.form == "image" and float(data.inputs.max()) == 1


def test_a_picture_is_cut_square_in_its_middle(tmp_path: Path) -> None:
    wide = Image.new("L", (60, 20), 0)
    wide.paste(255, (20, 0, 40, 20))
    for name in ("a.png", "b.png"):
        wide.save(tmp_path / name)
    raw = raw_of(Images(folder=str(tmp_path), size=20))
    assert raw.values[0].min() == 255, "the dark ends are cut off"


def test_a_damaged_picture_is_named(tmp_path: Path) -> None:
    whole = picture(tmp_path / "a.png").read_bytes()
    (tmp_path / "b.png").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(DataError, match=r"The picture .*b\.png cannot be read: .*Mend or remove it"):
        Images(folder=str(tmp_path)).read()


@pytest.mark.parametrize("content", [b"", b"hello", b"\x89PNG\r\n\x1a\n"])
def test_what_is_no_picture_is_named(content: bytes, tmp_path: Path) -> None:
    picture(tmp_path / "a.png")
    (tmp_path / "b.png").write_bytes(content)
    with pytest.raises(DataError, match=r"b\.png cannot be read"):
        Images(folder=str(tmp_path)).read()


def test_a_missing_or_empty_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="There is no folder .*gone"):
        Images(folder=str(tmp_path / "gone")).read()
    with pytest.raises(DataError, match="holds 0 pictures; at least 2 are needed"):
        Images(folder=str(tmp_path)).read()
    with pytest.raises(DataError, match="holds 1 pictures"):
        Images(folder=str(picture(tmp_path / "one.png").parent)).read()
    assert Images().missing() is not None and Images(folder="x").missing() is None


def write_csv(folder: Path, *lines: str) -> str:
    (folder / "signal.csv").write_text("\n".join(lines) + "\n", "utf-8")
    return str(folder / "signal.csv")


def test_a_signal_from_a_csv_file(tmp_path: Path) -> None:
    file = write_csv(tmp_path, "time,heart,breath", "0.0,1,10", "0.5,2,20", "1.0,4,30")
    recording = recording_of(Signal(file=file))
    assert (recording.name, recording.step) == ("heart", 0.5)
    assert recording.values.dtype == np.float32 and recording.values.tolist() == [1, 2, 4]
    assert recording_of(Signal(file=file, column="breath")).values.tolist() == [10, 20, 30]


def test_the_shipped_heartbeat() -> None:
    recording = recording_of(Signal(file="ecg.csv"))
    assert len(recording.values) == 108_000 and np.isfinite(recording.values).all()


def test_a_file_of_ones_own_comes_before_an_example(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ecg.csv").write_text("value\n1\n2\n3\n")
    assert recording_of(Signal(file="ecg.csv")).values.tolist() == [1, 2, 3]


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (["a,b", "1,1", "2,", "3,"], "Column “b” of signal.csv has 1 usable row"),
        (["a,b", "1,7", "2,7", "3,7"], "Column “b” of signal.csv never changes"),
        (["a,b", "1,7"], "Column “b” of signal.csv has 1 usable row"),
        (["a,b", "1,1", "2,1e300", "3,1"], "Column “b” of signal.csv has values beyond"),
        (["a,b", "1,x", "2,y", "3,z"], "holds text"),
        (["a,c", "1,1", "2,2", "3,3"], "no column “b”"),
    ],
    ids=["gaps", "constant", "one row", "too large", "text", "no such column"],
)
def test_a_signal_that_cannot_be_learned_from(lines: list[str], words: str, tmp_path: Path) -> None:
    with pytest.raises(DataError, match=words):
        Signal(file=write_csv(tmp_path, *lines), column="b").read()


def test_a_signal_without_a_file(tmp_path: Path) -> None:
    assert Signal().missing() is not None and Signal(file="a.csv").missing() is None
    with pytest.raises(DataError, match=r"gone\.csv does not exist"):
        Signal(file=str(tmp_path / "gone.csv")).read()
