"""The figures of a finished run, on data that no step of it saw."""

from math import log10
from typing import Any

import numpy as np
import torch
from torch import Tensor

from aedesk.analysis.code_figures import code_figures
from aedesk.analysis.denoising import clean_stretch, mixing_of, snr_db
from aedesk.analysis.divergence import evidence_bound, has_clouds
from aedesk.analysis.heads import head_figures
from aedesk.analysis.pca import PcaTwin, fit_twin
from aedesk.analysis.reconstruction import reconstruction_figures
from aedesk.analysis.words import word_figures
from aedesk.data.dataset import Dataset
from aedesk.data.windowed import longest_stretch, longest_whole
from aedesk.errors import DataError
from aedesk.recipe import Recipe
from aedesk.training.trained_model import TrainedModel, apply_in_chunks

_NEIGHBOURS = 10
_WIDEST_FOR_NEIGHBOURS = 512
_FOLDS = 5
_MOST_NUMBERS = 64_000_000  # of all codes together


def evaluate(model: TrainedModel, dataset: Dataset, twin: PcaTwin | None = None) -> dict[str, Any]:
    """Test figures of a model beside those of PCA with the same code width.

    ``pca_components`` is how many components PCA has: fewer than the code is wide where the data
    have no more.

    ``test_mse`` and ``pca_mse`` compare reconstructions of the (corrupted) test inputs with the
    clean ones, in scaled units; for more see ``reconstruction_figures``. ``pca_mse`` is None under a
    corruption that PCA of that width would give back as it is, and beside a network with a blind spot. Where there are labels, ``accuracy`` is
    what 10 nearest neighbours among the test codes reach in 5-fold cross-validation; codes of more than
    512 numbers are left out, which takes minutes. A head adds ``head_figures``, words
    ``word_figures``, what the recipe asks of codes ``code_figures``, and a variational code ``bound``,
    ``bound_reconstruction`` and ``bound_kl``: the negative evidence bound per test sample in nats,
    where the outputs are probabilities. For signals, ``snr_before_db`` and
    ``snr_after_db`` are those of the whole test stretch with fresh noise, ``noisy_mse`` and
    ``denoised_mse`` its errors in the data's own units; they are left out where there is no signal
    or no noise. Of a model that learned blindly from a noisy signal they are ``noise``, the standard
    deviation of the noise in the data's own units, and ``estimated_snr_before_db`` and
    ``estimated_snr_after_db``, for the clean signal is not known. ``test_mse`` and ``accuracy`` are
    None where the network's output is no number.
    """
    rows = dataset.rows("test")
    twin = twin or fit_twin(dataset, model.autoencoder.code_size)
    figures: dict[str, Any] = {
        "code_size": model.autoencoder.code_size,
        "pca_components": len(twin.components),
        "parameters": model.autoencoder.parameter_count(),
        "train_loss": model.history.last("train"),
        "validation_loss": model.history.last("validation"),
        "test_rows": len(rows),
        "measured_on": _measured_on(model, dataset),
        **reconstruction_figures(model, dataset, rows, twin, unseen_noise(model.recipe)),
    }
    copies = model.recipe.corruption.kind != "none" and len(twin.components) >= dataset.inputs[0].numel()
    if copies or model.recipe.model.blind:
        figures["pca_mse"] = None
        figures.pop("pca_psnr_db", None)
    coded = rows[:: 1 + len(rows) * model.autoencoder.code_size // _MOST_NUMBERS]
    codes = _codes(model, dataset, coded)
    figures |= head_figures(model, dataset, rows) | _bound(model, dataset, rows)
    figures |= word_figures(model, dataset, rows, unseen_noise(model.recipe))
    figures |= code_figures(model, dataset, coded, codes)
    if dataset.labels is not None and model.autoencoder.code_size <= _WIDEST_FOR_NEIGHBOURS:
        figures["accuracy"] = neighbour_accuracy(codes, dataset.labels[coded])
    if dataset.recording is not None and model.recipe.blind:
        figures |= _blind_figures(model, dataset)
    elif dataset.recording is not None and (model.recipe.corruption.kind != "none" or dataset.seen is not None):
        figures |= _signal_figures(model, dataset, twin)
    return figures


def _measured_on(model: TrainedModel, dataset: Dataset) -> str:
    if model.recipe.blind and not len(dataset.test):
        return "the noisy data it learned from, none of which it sees while it foretells them"
    if dataset.held_out and len(dataset.test):
        return "test data that no step of training saw"
    if dataset.recording is not None and dataset.seen is None:
        return "the signal it learned from, under noise it never saw"
    return "the rows it learned from"


def _bound(model: TrainedModel, dataset: Dataset, rows: Tensor) -> dict[str, float]:
    recipe = model.recipe
    if recipe.objective.reconstruction != "bce" or not has_clouds(model):
        return {}
    x = recipe.augmentation.settle(dataset.inputs[rows], unseen_noise(recipe))
    try:
        bound = evidence_bound(model, x)
    except DataError:  # outputs that are no probabilities, or test samples beyond the training range
        return {}
    return {"bound": bound.nats, "bound_reconstruction": bound.reconstruction, "bound_kl": bound.divergence}


def unseen_noise(recipe: Recipe) -> torch.Generator:
    """Randomness that neither training nor validation draws from."""
    return torch.Generator().manual_seed(recipe.training.seed + 2**40)


def _codes(model: TrainedModel, dataset: Dataset, rows: Tensor) -> np.ndarray:
    return apply_in_chunks(model.autoencoder.encode, dataset.given[rows])


def neighbour_accuracy(codes: np.ndarray, labels: np.ndarray) -> float | None:
    """How often the 10 nearest codes vote for the right label, 5-fold.

    None for too few rows, or codes that are no numbers.
    """
    from sklearn.model_selection import cross_val_score
    from sklearn.neighbors import KNeighborsClassifier

    counts = np.unique(labels, return_counts=True)[1]
    if counts.min() < _FOLDS or len(labels) < 2 * _NEIGHBOURS or not np.isfinite(codes).all():
        return None
    return float(cross_val_score(KNeighborsClassifier(_NEIGHBOURS), codes, labels, cv=_FOLDS).mean())


def _corrupted(recipe: Recipe, clean: np.ndarray, spread: float, window: int) -> np.ndarray:
    """A stretch ``[t]`` corrupted window after window, as windows are while learning."""
    noise = unseen_noise(recipe)
    parts = torch.from_numpy(clean).split(window)
    return torch.cat([recipe.corruption.apply(part[None], noise, spread)[0] for part in parts]).numpy()


def _blind_figures(model: TrainedModel, dataset: Dataset) -> dict[str, float]:
    """What can be said of the whole noisy recording without a clean one."""
    assert dataset.recording is not None
    recording = dataset.recording
    values = dataset.scaler.scaled(longest_whole(recording.values, recording.sampling.breaks))
    if len(values) < dataset.shape[0]:
        return {}
    found = mixing_of(model, values)
    power = float(values.var(axis=0, dtype=np.float64).mean()) - found.noise**2
    if not found.noise or not found.error or power <= 0:
        return {}
    alone = {"noise": found.noise * float(dataset.scaler.scale)} if values.ndim == 1 else {}
    return {
        **alone,
        "estimated_snr_before_db": 10 * log10(power / found.noise**2),
        "estimated_snr_after_db": 10 * log10(power / found.error**2),
    }


def _signal_figures(model: TrainedModel, dataset: Dataset, twin: PcaTwin) -> dict[str, float]:
    assert dataset.recording is not None and dataset.stretches is not None
    tested = dataset.recording.part(dataset.stretches["test"])
    known = tested.values if tested.reference is None else tested.values + tested.reference
    stretch = longest_stretch(known, tested.sampling.breaks)
    window = dataset.shape[0]
    if stretch.stop - stretch.start < window:
        return {}
    given = dataset.scaler.scaled(tested.values[stretch])
    clean = given if tested.reference is None else dataset.scaler.scaled(tested.reference[stretch])
    spread = float(clean.std())
    noisy = _corrupted(model.recipe, given, spread, window)
    if not spread or np.array_equal(noisy, clean):
        return {}
    ours = clean_stretch(model.autoencoder, noisy, window)
    theirs = clean_stretch(lambda x: torch.from_numpy(twin.reconstruct(x.numpy())), noisy, window)
    unit = np.asarray(dataset.scaler.scale, np.float64)
    return {
        "noisy_mse": float(np.mean(np.square((noisy - clean) * unit))),
        "denoised_mse": float(np.mean(np.square((ours - clean) * unit))),
        "pca_denoised_mse": float(np.mean(np.square((theirs - clean) * unit))),
        "snr_before_db": snr_db(clean, noisy),
        "snr_after_db": snr_db(clean, ours),
        "pca_snr_after_db": snr_db(clean, theirs),
    }
