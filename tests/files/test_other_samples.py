"""Words from and to text files, and tables whose columns of text have become features."""

from functools import cache
from pathlib import Path

import numpy as np
import pytest
from small import dataset, finished

from aedesk.analysis.denoising import window_of
from aedesk.analysis.pca import fit_twin
from aedesk.data.words import decode_words
from aedesk.errors import DataError
from aedesk.files.model_file import load, save
from aedesk.files.pictures import reconstructions_figure, write_pictures
from aedesk.files.samples import check_kind, read_samples, write_samples
from aedesk.recipe import Recipe
from aedesk.training.trained_model import TrainedModel


@cache
def words_model() -> TrainedModel:
    document = {
        "name": "small-words",
        "data": {"source": {"kind": "words", "longest": 6}, "limit": 300, "scaling": "none"},
        "corruption": {"kind": "typos"},
        "model": {"encoder": {"kind": "dense", "layers": [{"width": 16}]}, "output_activation": "softmax"},
        "objective": {"reconstruction": "kl"},
        "training": {"epochs": 1},
    }
    return finished(Recipe.from_document(document)).model


def table_model(folder: Path) -> TrainedModel:
    file = folder / "learned.csv"
    rows = [f"{'red' if row % 2 else 'blue'},{row % 7},{row % 5}" for row in range(40)]
    file.write_text("\n".join(["colour,a,b", *rows]))
    document = {
        "name": "small-table",
        "data": {"source": {"kind": "table", "file": str(file)}, "scaling": "standard"},
        "training": {"epochs": 1},
    }
    return finished(Recipe.from_document(document)).model


def text(folder: Path, content: str) -> Path:
    (folder / "words.txt").write_text(content, "utf-8")
    return folder / "words.txt"


def test_a_model_of_words_is_saved_with_its_alphabet(tmp_path: Path) -> None:
    save(words_model(), tmp_path / "m.aedesk")
    model = load(tmp_path / "m.aedesk")
    assert model.form == "words" and model.shape == (6, 27)
    assert "".join(model.feature_names) == " abcdefghijklmnopqrstuvwxyz"


def test_words_are_read_from_text_and_written_to_it(tmp_path: Path) -> None:
    model, source = words_model(), text(tmp_path, "house\nhouse\n a tree\n")
    samples = read_samples(source, model)
    assert samples.shape == (4, 6, 27) and model.encode(samples).shape == (4, 2)
    write_samples(samples, model, tmp_path / "out.txt")
    assert (tmp_path / "out.txt").read_text() == "house\nhouse\na\ntree\n", "each as often as it came"
    write_samples(samples, model, tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_text().split() == ["word", "house", "house", "a", "tree"]
    write_samples(samples, model, tmp_path / "out.npy")
    np.testing.assert_array_equal(read_samples(tmp_path / "out.npy", model), samples)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("w.txt", "Haus", "The letter “H” is not in the alphabet"),
        ("w.txt", "houses mansions", "“mansions” has 8 letters, and words of at most 6 fit"),
        ("w.txt", " \n", "holds no samples"),
        ("w.csv", "word\nhouse", "is a table, and this model learned from words. Use a text file"),
    ],
)
def test_words_that_do_not_fit_are_named(name: str, content: str, words: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(DataError, match=words):
        read_samples(tmp_path / name, words_model())


def test_words_are_neither_pictures_nor_signals(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="only pictures can be written as a picture"):
        write_samples(np.zeros((1, 6, 27), np.float32), words_model(), tmp_path / "out.png")
    check_kind(words_model(), tmp_path / "out.txt")
    with pytest.raises(DataError, match="learned from words, not from signals"):
        window_of(words_model())


def test_words_have_pictures_of_their_run(tmp_path: Path) -> None:
    model = words_model()
    data = dataset(model.recipe)
    twin = fit_twin(data, 2)
    assert all(path.stat().st_size > 1000 for path in write_pictures(model, data, twin, tmp_path))
    (axes,) = reconstructions_figure(model, data, twin).axes
    shown = [cell.get_text().get_text() for cell in axes.tables[0].get_celld().values()]
    assert {"original", "corrupted", "reconstruction"} <= set(shown)
    first = data.rows("test")[:1]
    assert decode_words(data.inputs[first].numpy(), data.feature_names)[0] in shown


def test_a_table_with_texts_is_read_as_it_was_learned(tmp_path: Path) -> None:
    model = table_model(tmp_path)
    assert model.feature_names == ("colour=blue", "colour=red", "a", "b")
    other = tmp_path / "other.csv"
    other.write_text("b,colour,a\n1,red,2\n3,green,4\n")
    assert read_samples(other, model).tolist() == [[0, 1, 2, 1], [0, 0, 4, 3]]
    other.write_text("b,colour,a\n1,red,2\n3,,4\n")
    with pytest.raises(DataError, match="row 2, column “colour=blue” has no value"):
        read_samples(other, model)
