"""Pictures of a run: real PNG files that show what was measured."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from small import dataset, recipe, trained

from aedesk.analysis.pca import fit_twin
from aedesk.errors import AedeskError
from aedesk.files.pictures import loss_figure, map_figure, reconstructions_figure, write_pictures

NAMES = ["loss.png", "map.png", "reconstructions.png"]


def written(form: str, folder: Path, *options: str) -> list[Path]:
    chosen = recipe(form, *options)
    data, model = dataset(chosen), trained(form, *options)
    return write_pictures(model, data, fit_twin(data, chosen.model.code_size), folder)


@pytest.mark.parametrize("form", ["image", "table", "signal"])
def test_three_pictures_are_written(form: str, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "folder"
    paths = written(form, folder)
    assert [path.name for path in paths] == NAMES
    assert sorted(path.name for path in folder.iterdir()) == NAMES, "and nothing else is left there"
    for path in paths:
        with Image.open(path) as picture:
            picture.load()
            assert picture.format == "PNG" and min(picture.size) > 150
            assert len(picture.convert("RGB").getcolors(2**24) or []) > 20, "something is drawn"


@pytest.mark.parametrize("size", [1, 2, 5])
def test_codes_of_any_width_have_a_map(size: int) -> None:
    chosen = recipe("image", f"model.code_size={size}")
    data, model = dataset(chosen), trained("image", f"model.code_size={size}")
    (axes,) = map_figure(model, data).axes
    points = np.concatenate([np.asarray(group.get_offsets()) for group in axes.collections])
    assert points.shape == (len(data.test), 2) and np.isfinite(points).all()
    legend = axes.get_legend()
    assert legend and [text.get_text() for text in legend.get_texts()] == list("0123456789")
    codes = model.encode(data.scaler.unscaled(data.inputs[data.test].numpy()))
    if size == 2:
        np.testing.assert_allclose(np.sort(points[:, 0]), np.sort(codes[:, 0]), atol=1e-5)
    if size == 5:
        spread = np.square(codes - codes.mean(0)).sum()
        shown = np.square(points - points.mean(0)).sum()
        assert 0.4 * spread < shown <= 1.001 * spread, "the plane of the two widest directions"


def test_the_loss_has_a_curve_per_part() -> None:
    (axes,) = loss_figure(trained("image")).axes
    history = trained("image").history
    curves = {line.get_label(): list(line.get_ydata()) for line in axes.lines}
    assert curves == {"mse, train": history.train["mse"], "mse, validation": history.validation["mse"]}


def rows_of(form: str, *options: str) -> list[str]:
    chosen = recipe(form, *options)
    data, model = dataset(chosen), trained(form, *options)
    figure = reconstructions_figure(model, data, fit_twin(data, chosen.model.code_size))
    if data.form == "image":
        return [axes.get_title(loc="left") for axes in figure.axes if axes.get_title(loc="left")]
    return [str(line.get_label()) for line in figure.axes[0].lines]


@pytest.mark.parametrize("form", ["image", "table", "signal"])
def test_the_corrupted_samples_are_shown_where_there_are_any(form: str) -> None:
    clean = ["original", "reconstruction", "PCA"]
    assert rows_of(form, "corruption.kind=none") == clean
    assert rows_of(form, "corruption.kind=gaussian") == ["original", "corrupted", "reconstruction", "PCA"]


def test_a_folder_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(AedeskError, match="The folder .*file.* cannot be made"):
        written("table", tmp_path / "file" / "folder")
    with pytest.raises(AedeskError, match="cannot be made"):
        written("table", tmp_path / "file")
