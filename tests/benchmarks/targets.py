"""The figures that the shipped recipes must reach, and what stands beside them.

All are measured on test data; the recipes' settings were chosen on validation rows.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from aedesk.analysis.cleaners import METHODS
from aedesk.analysis.denoising import denoise, snr_db
from aedesk.analysis.divergence import importance_weighted_bound
from aedesk.analysis.evaluation import neighbour_accuracy, unseen_noise
from aedesk.analysis.jacobian import contraction, mean_squared_jacobian
from aedesk.analysis.pca import fit_twin
from aedesk.analysis.separability import separability
from aedesk.analysis.sparsity import near_zero_share
from aedesk.data.csv_table import read_csv
from aedesk.paths import resource
from tests.benchmarks.samples import distance_of
from tests.benchmarks.trained import Bench, Trained
from tests.benchmarks.watch import least_ahead, watch_beside

Figure = Callable[[Trained, Bench], float]
Beside = Callable[[Trained, Bench], str]

_SOME = 1000  # test samples, where a figure takes long


def _figure(name: str) -> Figure:
    return lambda run, bench: run.figures[name]


def _pca(run: Trained, bench: Bench) -> str:
    return f"PCA-{run.figures['pca_components']} {run.figures['pca_mse']:.4f}"


@dataclass(frozen=True)
class Target:
    """A figure that a recipe must reach; without a ``bound`` it is only reported.

    ``figure`` measures it; of several ``seeds`` the worst counts. It is to be at most the bound, or
    ``at_least`` it; a bound may also follow from what another network reaches. ``words`` say all that
    in the table, where ``beside`` is what to compare it with. ``minutes`` is how long it may take.
    """

    recipe: str
    words: str
    bound: float | Figure | None
    figure: Figure
    at_least: bool = False
    seeds: tuple[int, ...] = (0,)
    beside: Beside = _pca
    minutes: int = 10


def _cleaned(run: Trained, bench: Bench) -> str:
    figures = run.figures
    return f"noisy {figures['noisy_mse']:.4f}, PCA-{figures['pca_components']} {figures['pca_denoised_mse']:.5f}"


def _heartbeat(run: Trained, bench: Bench) -> str:
    figures = run.figures
    return f"{figures['snr_before_db']:.2f} dB before, PCA-{figures['pca_components']} {figures['pca_snr_after_db']:.2f} dB"


def _noisy_and_clean(run: Trained) -> tuple[np.ndarray, np.ndarray]:
    """The recording that a blind recipe learned from, and its clean column, which it did not see."""
    table = read_csv(resource("examples", run.model.recipe.data.source.file))
    return table.column(run.model.recipe.data.source.column), table.column("clean_mV")


def _cleaned_blindly(run: Trained, bench: Bench) -> float:
    noisy, clean = _noisy_and_clean(run)
    return snr_db(clean, denoise(run.model, noisy))


def _best_filter(run: Trained, bench: Bench) -> float:
    """The best that any setting of any classical filter reaches, chosen by the clean signal."""
    noisy, clean = _noisy_and_clean(run)
    filters = [one for method in METHODS for one in method.filters(len(noisy), float((noisy - clean).std()))]
    return max(snr_db(clean, one.clean(noisy)) for one in filters)


def _blind_beside(run: Trained, bench: Bench) -> str:
    noisy, clean = _noisy_and_clean(run)
    return f"noisy {snr_db(clean, noisy):.2f} dB, best filter {_best_filter(run, bench):.2f} dB"


def _without_penalties(run: Trained, bench: Bench) -> Trained:
    return bench.trained(run.model.recipe.name, "objective.penalties=[]")


def _near_zero(run: Trained, bench: Bench) -> float:
    return near_zero_share(run.test_codes)


def _sparse_beside(run: Trained, bench: Bench) -> str:
    plain = _without_penalties(run, bench)
    return f"without: {near_zero_share(plain.test_codes):.3f} at {_times(run, plain)} its test MSE"


def _clearly_sparser(run: Trained, bench: Bench) -> float:
    """A quarter of all values more than without."""
    return near_zero_share(_without_penalties(run, bench).test_codes) + 0.25


def _some(run: Trained) -> torch.Tensor:
    """1000 test samples, chosen by chance."""
    x = run.test_inputs
    return x[torch.randperm(len(x), generator=torch.Generator().manual_seed(0))[:_SOME]]


def _norm(run: Trained) -> float:
    return mean_squared_jacobian(run.model, _some(run))


def _contracted(run: Trained, bench: Bench) -> float:
    return _norm(_without_penalties(run, bench)) / _norm(run)


def _contractive_beside(run: Trained, bench: Bench) -> str:
    plain = _without_penalties(run, bench)
    relative = contraction(plain.model, _some(plain)) / contraction(run.model, _some(run))
    return (
        f"norm² {_norm(run):.3g}, without {_norm(plain):.3g}, on {_SOME} test digits; {relative:.1f} times smaller "
        f"where the spread of the codes is taken out; at {_times(run, plain)} its test MSE"
    )


def _error_ratio(run: Trained, bench: Bench) -> float:
    return run.figures["test_mse"] / _without_penalties(run, bench).figures["test_mse"]


def _times(run: Trained, plain: Trained) -> str:
    return f"{run.figures['test_mse'] / plain.figures['test_mse']:.2f} times"


def _told_apart(run: Trained, bench: Bench) -> float:
    return _apart_from_prior(run, run.test_codes)


def _plain_told_apart(run: Trained, bench: Bench) -> float:
    return _apart_from_prior(run, _without_adversaries(run, bench).test_codes)


def _apart_from_prior(run: Trained, codes: np.ndarray) -> float:
    """How well codes are told from as many draws of the prior that a recipe's adversary holds."""
    prior = run.model.recipe.objective.adversaries[0].code_prior()
    draws = prior.draw(len(codes), codes.shape[1], torch.Generator().manual_seed(1)).numpy()
    return separability(codes, draws)


def _without_adversaries(run: Trained, bench: Bench) -> Trained:
    return bench.trained(run.model.recipe.name, "objective.adversaries=[]")


def _adversarial_beside(run: Trained, bench: Bench) -> str:
    plain = _without_adversaries(run, bench).figures["test_mse"]
    return f"test MSE {run.figures['test_mse']:.4f}, without {plain:.4f}, {_pca(run, bench)}"


def _neighbours_beside(run: Trained, bench: Bench) -> str:
    """What the nearest codes of PCA tell."""
    rows = run.dataset.rows("test")
    twin = fit_twin(run.dataset, run.model.autoencoder.code_size)
    codes = twin.encode(run.dataset.inputs[rows].numpy())
    return f"PCA-{len(twin.components)} {neighbour_accuracy(codes, run.dataset.labels[rows]):.3f}"


def _noisy_beside(run: Trained, bench: Bench) -> str:
    """The noisy pictures and what PCA makes of them, with as many components as give the most on validation rows."""
    best = max(_PCA_WIDTHS, key=lambda width: _pca_psnr(run, width, "validation"))
    return f"noisy {run.figures['psnr_before_db']:.2f} dB, PCA-{best} {_pca_psnr(run, best, 'test'):.2f} dB"


_PCA_WIDTHS = (20, 30, 40, 60, 80)


def _pca_psnr(run: Trained, width: int, part: Any) -> float:
    twin = fit_twin(run.dataset, width)
    clean = run.dataset.inputs[run.dataset.rows(part)]
    noisy = run.model.recipe.corruption.apply(clean, unseen_noise(run.model.recipe), run.dataset.spread)
    return float(-10 * np.log10(np.square(twin.reconstruct(noisy.numpy()) - clean.numpy()).mean()))


def _linear_beside(run: Trained, bench: Bench) -> str:
    """What a linear regression on the columns themselves tells."""
    from sklearn.linear_model import LinearRegression

    data = run.dataset
    x, y = data.inputs.flatten(1).numpy(), data.targets.numpy().ravel()
    train, test = (data.rows(part).numpy() for part in ("train", "test"))
    found = LinearRegression().fit(x[train], y[train]).score(x[test], y[test])
    return f"linear regression on the columns {found:.3f}"


def _bound_beside(run: Trained, bench: Bench) -> str:
    return f"reconstruction {run.figures['bound_reconstruction']:.1f} + KL {run.figures['bound_kl']:.1f}"


def _importance_weighted(run: Trained, bench: Bench) -> float:
    return importance_weighted_bound(run.model, run.test_inputs, 200)


def _samples(run: Trained, bench: Bench) -> float:
    return distance_of(run)


def _samples_without(*assignments: str) -> Figure:
    return lambda run, bench: distance_of(bench.trained(run.model.recipe.name, *assignments))


def _without(bound: Figure) -> Beside:
    return lambda run, bench: f"without {bound(run, bench):.2f}"


def _undercomplete(run: Trained, bench: Bench) -> float:
    """The network of ``digits-dense`` under the same corruption."""
    small = bench.trained(
        run.model.recipe.name,
        "model.encoder.layers=[{width=128},{width=64}]", "model.code_size=49", "model.code_activation=relu",
        "model.mirror=false", "model.decoder={kind='dense', layers=[{width=64}]}",
    )  # fmt: skip
    return small.figures["psnr_db"]


def _undercomplete_beside(run: Trained, bench: Bench) -> str:
    return (
        f"784-128-64-49 under the same masking {_undercomplete(run, bench):.2f} dB, "
        f"masked {run.figures['psnr_before_db']:.2f} dB"
    )


def _nothing(run: Trained, bench: Bench) -> str:
    return "–"


def _textbook(run: Trained, bench: Bench) -> str:
    runs = [bench.trained(run.model.recipe.name, f"training.seed={seed}") for seed in range(10)]
    accuracies = [one.figures["head_accuracy"] for one in runs]
    dead = sum(not one.test_codes.any(0).all() for one in runs)
    return (
        f"seeds 0–9: {min(accuracies):.3f} to {max(accuracies):.3f}, median {np.median(accuracies):.3f}; "
        f"{dead} of 10 with a number of the code that is always 0"
    )


_PLAIN_SAMPLES = _samples_without("objective.penalties=[]")
_VAE_SAMPLES = _samples_without("objective.adversaries=[]")

TARGETS = (
    Target("digits8-quick", "test MSE below PCA's", _figure("pca_mse"), _figure("test_mse")),
    Target("digits8-quick", "seconds of learning ≤ 5", 5.0, lambda run, bench: run.model.history.seconds,
           beside=_nothing),
    Target("digits-map", "test MSE ≤ 0.0396", 0.0396, _figure("test_mse")),
    Target("digits-map", "10-nearest accuracy of the codes ≥ 0.74", 0.74, _figure("accuracy"), True,
           beside=_neighbours_beside),
    Target("digits-dense", "test MSE ≤ 0.0067", 0.0067, _figure("test_mse")),
    Target(
        "iris-map", "MSE on all 150 rows ≤ 0.0419, worst of seeds 0–4", 0.0419,
        _figure("test_mse"), seeds=(0, 1, 2, 3, 4),
    ),
    Target("ramp-denoise", "MSE of the cleaned ramp ≤ 0.0005", 0.0005, _figure("denoised_mse"), beside=_cleaned),
    Target(
        "ramp-pointwise", "≤ 0.0098 (only 0.0084 is possible value by value)", 0.0098, _figure("denoised_mse"),
        beside=_cleaned,
    ),
    Target(
        "ecg-denoise", "SNR of the held-out fifth ≥ 14 dB", 14.0, _figure("snr_after_db"), True, beside=_heartbeat
    ),
    Target("ecg-denoise-conv", "SNR of the held-out fifth ≥ 19 dB", 19.0, _figure("snr_after_db"), True,
           beside=lambda run, bench: f"{run.figures['snr_before_db']:.2f} dB before"),
    Target("signal-blind", "SNR in dB above the best classical filter's, which was told the truth", _best_filter,
           _cleaned_blindly, True, beside=_blind_beside),
    Target("watch-blind", "dB ahead of the best classical filter, which was told the truth, on the channel where it is "
           "least so, > 0", 0.0, least_ahead, True, beside=watch_beside),
    Target("digits-30", "sum of squared errors per test image ≤ 3.00 (dream 2.5)", 3.0, _figure("test_sse"), minutes=25,
           beside=lambda run, bench: f"PCA-30 {run.figures['pca_mse'] * 784:.2f}, 2006 paper 3.00"),
    Target("digits-stacked", "test cross-entropy per pixel ≤ 0.080", 0.080, _figure("test_bce"),
           beside=lambda run, bench: _stacked_beside(run)),
    Target("digits-denoise-conv", "test PSNR ≥ 22.5 dB", 22.5, _figure("psnr_db"), True,
           beside=_noisy_beside),
    Target("digits-overcomplete", "test PSNR above the undercomplete one's", _undercomplete, _figure("psnr_db"), True,
           beside=_undercomplete_beside),
    Target("digits-sparse", "share of code values near 0 (at most a tenth of their root mean square) ≥ 0.25 above "
           "that without", _clearly_sparser, _near_zero, True, beside=_sparse_beside),
    Target("digits-sparse", "test MSE within 20 % of that without", 1.2, _error_ratio, beside=_nothing),
    Target("digits-contractive", "Jacobian's norm² smaller, times ≥ 5", 5.0, _contracted, True,
           beside=_contractive_beside),
    Target("digits-contractive", "test MSE within 30 % of that without", 1.3, _error_ratio, beside=_nothing),
    Target("digits-vae-map", "cross-entropy of grey test digits + KL ≤ 146.9 nats", 146.9, _figure("bound"),
           beside=_bound_beside),
    Target("digits-vae", "bound on binarised test digits\\* ≤ 90 nats", 90.0, _figure("bound"), minutes=30,
           beside=_bound_beside),
    Target("digits-vae", "importance-weighted\\*, 200 codes, ≤ 87 nats", 87.0, _importance_weighted, minutes=30,
           beside=_nothing),
    Target("digits-adversarial", "AUC of codes against the prior ≤ 0.65", 0.65, _told_apart,
           beside=_adversarial_beside),
    Target("digits-adversarial", "the same of the plain autoencoder ≥ 0.95", 0.95, _plain_told_apart, True,
           beside=_nothing),
    Target("digits-regularised", "Fréchet distance of samples below that without", _PLAIN_SAMPLES, _samples,
           beside=_without(_PLAIN_SAMPLES)),
    Target("digits-vaegan", "Fréchet distance of samples below that without", _VAE_SAMPLES, _samples,
           beside=_without(_VAE_SAMPLES)),
    Target("digits-recurrent", "test MSE below PCA's", _figure("pca_mse"), _figure("test_mse")),
    Target("digits-hybrid", "test MSE below PCA's", _figure("pca_mse"), _figure("test_mse")),
    Target("iris-classify", "accuracy ≥ 0.933, worst of seeds 0–9", 0.933, _figure("head_accuracy"), True,
           seeds=tuple(range(10)), beside=_nothing),
    Target("words-recurrent", "letters of held-out words right ≥ 0.99", 0.99, _figure("characters"), True,
           beside=_nothing),
    Target("words-recurrent", "held-out words wholly right ≥ 0.95", 0.95, _figure("words"), True, beside=_nothing),
    Target("words-repair", "share of held-out words repaired", None, _figure("repaired"), True,
           beside=lambda run, bench: f"nearest word of the whole list {run.figures['nearest_word']:.3f}"),
    Target("diabetes-regress", "R² on held-out data", None, _figure("r2"), True, beside=_linear_beside),
    Target("iris-classify-textbook", "(the textbook's relu code may die)", None, _figure("head_accuracy"), True,
           beside=_textbook),
)  # fmt: skip


def _stacked_beside(run: Trained) -> str:
    without = [stage for stage in run.model.history.stages if stage.layer == 0]
    ours = sum(values[-1] for values in run.model.history.validation.values())
    if not without:
        return "–"
    epochs = run.model.recipe.training.pretraining.epochs
    return (
        f"validation {ours:.4f} after {epochs} epochs of each layer alone, {without[0].validation[-1]:.4f} without"
    )
