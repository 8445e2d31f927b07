"""What is measured of the codes, and where."""

import numpy as np
import pytest

from aedesk.analysis.code_figures import code_figures
from aedesk.analysis.evaluation import evaluate
from aedesk.analysis.jacobian import mean_squared_jacobian
from aedesk.analysis.sparsity import near_zero_share
from aedesk.commands.train import sentences
from aedesk.training.trained_model import TrainedModel, apply_in_chunks
from tests import small


def measured(*assignments: str) -> tuple[TrainedModel, np.ndarray, dict[str, float]]:
    """A trained model, its test codes and what is said of them."""
    model = small.trained("image", *assignments)
    data = small.dataset(model.recipe)
    codes = apply_in_chunks(model.autoencoder.encode, data.inputs[data.test])
    return model, codes, code_figures(model, data, data.test, codes)


def test_a_penalty_on_the_code_tells_how_sparse_it_is() -> None:
    _, codes, figures = measured('objective.penalties=[{kind="l1"}]')
    assert figures == {"near_zero": near_zero_share(codes)}


def test_a_contractive_penalty_tells_the_norm_too() -> None:
    model, _, figures = measured('objective.penalties=[{kind="contractive"}]')
    data = small.dataset(model.recipe)
    assert set(figures) == {"near_zero", "jacobian"}
    assert figures["jacobian"] == pytest.approx(mean_squared_jacobian(model, data.inputs[data.test]), rel=1e-5)


def test_an_adversary_on_the_codes_tells_how_well_they_are_told_from_its_prior() -> None:
    _, _, figures = measured('objective.adversaries=[{kind="code-discriminator"}]')
    assert set(figures) == {"told_apart"} and 0.4 < figures["told_apart"] <= 1


def test_nothing_is_said_where_nothing_was_asked_or_nothing_is_a_number() -> None:
    model, codes, figures = measured()
    assert not figures and not measured('objective.adversaries=[{kind="output-discriminator"}]')[2]
    assert not measured('objective.penalties=[{kind="decoder-gradient"}]')[2], "that is of the decoder"
    sparse = small.trained("image", 'objective.penalties=[{kind="l1"}]')
    data = small.dataset(model.recipe)
    assert not code_figures(sparse, data, data.test, codes * np.nan)
    assert not code_figures(sparse, data, data.test[:0], codes[:0])


def test_they_are_said_at_the_end_of_a_run() -> None:
    model = small.trained("image", 'objective.penalties=[{kind="contractive"}]')
    figures = evaluate(model, small.dataset(model.recipe)) | {
        "recipe": "small", "epochs": 2, "seconds": 1.0, "device_name": "CPU", "samples_per_second": 1.0, "note": "",
    }  # fmt: skip
    said = "\n".join(sentences(figures))
    assert "of the code's values near 0" in said and "squared norm of the encoder's derivatives" in said


def test_pca_that_would_copy_the_noise_is_not_compared_with() -> None:
    noisy = ('corruption={kind="gaussian",sigma=0.2}', "model.code_size=64")
    model = small.trained("image", *noisy)
    figures = evaluate(model, small.dataset(model.recipe))
    assert figures["pca_mse"] is None and "pca_psnr_db" not in figures
    figures |= {"recipe": "small", "epochs": 2, "seconds": 1.0, "device_name": "", "samples_per_second": 1.0, "note": ""}
    assert "PCA" not in "\n".join(sentences(figures))
    clean = small.trained("image", "model.code_size=64")
    assert evaluate(clean, small.dataset(clean.recipe))["pca_mse"] < 1e-6
