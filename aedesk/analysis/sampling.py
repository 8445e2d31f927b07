"""Where new codes come from: a prior that the model was taught, or a mixture fitted to its codes."""

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite

import numpy as np
import torch

from aedesk.data.dataset import Dataset
from aedesk.errors import AedeskError
from aedesk.models.activations import RANGES
from aedesk.models.prior import Prior
from aedesk.models.priors.gaussian import GaussianPrior
from aedesk.recipe import Recipe
from aedesk.training.trained_model import TrainedModel, apply_in_chunks

COMPONENTS = 10
WIDEST_FULL = 512
MOST_DRAWN = 100_000

_MOST_NUMBERS = 4_000_000  # in the codes that a mixture is fitted to: more take too long
_BLOCK = 64
_POOL, _CENTRES = 2048, 10
_LEAST_VARIANCE = 1e-4  # of a component, as a share of that of all codes


@dataclass(frozen=True, eq=False)
class Sampler:
    """Draws new codes ``[n, width]``. ``title`` goes on from “drawn from …”; ``prior`` says that it
    is one the model was taught, which needs no data.
    """

    title: str
    width: int
    prior: bool

    def draw(self, count: int, temperature: float = 1.0, seed: int = 0) -> np.ndarray:
        """Codes ``[count, width]``, float32; the first of them are the same whatever the count.

        ``temperature`` scales how far they lie from the mean, or from the mean of their component:
        0 gives the means, 1 what was learned, more is bolder. AedeskError for impossible numbers.
        """
        if not 1 <= count <= MOST_DRAWN:
            raise AedeskError(f"Between 1 and {MOST_DRAWN:,} samples can be drawn at once, not {count}.")
        if not 0 <= seed < 2**63:
            raise AedeskError("The seed has to be a whole number from 0 upwards.")
        if not isfinite(temperature) or temperature < 0:
            raise AedeskError("The temperature has to be a number from 0 upwards.")
        blocks, parts = self._blocks(seed), []
        for _ in range(-(-count // _BLOCK)):
            centres, codes = next(blocks)
            parts.append(codes if temperature == 1 else centres + temperature * (codes - centres))
        return self._kept(np.concatenate(parts)[:count]).astype(np.float32)

    def _blocks(self, seed: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Blocks of codes ``[64, width]``, each behind the means that they spread around."""
        raise NotImplementedError

    def _kept(self, codes: np.ndarray) -> np.ndarray:
        """Codes as the decoder knows them."""
        return codes


@dataclass(frozen=True, eq=False)
class PriorSampler(Sampler):
    """Draws from a prior. ``centres`` ``[m, width]`` are where it is dense; None: around 0 alone."""

    distribution: Prior
    centres: np.ndarray | None

    def _blocks(self, seed: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        generator = torch.Generator().manual_seed(seed)
        while True:
            codes = self.distribution.draw(_BLOCK, self.width, generator).numpy()
            yield self._nearest_centres(codes), codes

    def _nearest_centres(self, codes: np.ndarray) -> np.ndarray:
        if self.centres is None:
            return np.zeros_like(codes)
        distances = np.square(codes[:, None] - self.centres).sum(2)
        return self.centres[distances.argmin(1)]


@dataclass(frozen=True, eq=False)
class MixtureSampler(Sampler):
    """Draws from Gaussians with ``weights`` ``[m]`` and ``means`` ``[m, width]``.

    ``spreads`` are lower triangular factors of the covariances ``[m, width, width]``, or standard
    deviations ``[m, width]``. Codes stay within ``low`` and ``high``, what their activation can
    put out.
    """

    weights: np.ndarray
    means: np.ndarray
    spreads: np.ndarray
    low: float
    high: float

    def _blocks(self, seed: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        random = np.random.default_rng(seed)
        while True:
            chosen = random.choice(len(self.weights), _BLOCK, p=self.weights)
            noise = random.standard_normal((_BLOCK, self.width))
            spread = np.empty_like(noise)
            for component in np.unique(chosen):
                rows = chosen == component
                factor = self.spreads[component]
                spread[rows] = noise[rows] @ factor.T if factor.ndim == 2 else noise[rows] * factor
            centres = self.means[chosen]
            yield centres, centres + spread

    def _kept(self, codes: np.ndarray) -> np.ndarray:
        return codes.clip(self.low, self.high)


def needs_codes(recipe: Recipe) -> bool:
    """Whether new codes of such a model can only be had from those of its training data."""
    return prior_of(recipe) is None


def prior_of(recipe: Recipe) -> tuple[Prior, str] | None:
    """The distribution that a model's codes were taught to have, and its title; None: none."""
    for adversary in recipe.objective.adversaries:  # first: it holds the codes against a shape of choice
        prior = adversary.code_prior()
        if prior is not None and adversary.weight > 0:
            return prior, f"the prior that the codes were taught ({prior.title})"
    prior = recipe.model.bottleneck.code_prior()
    if prior is None:
        return None
    normal = isinstance(prior, GaussianPrior)
    return prior, f"the prior, {'a standard normal distribution' if normal else prior.title}"


def sampler_for(model: TrainedModel, codes: np.ndarray | None = None) -> Sampler:
    """What new codes of a model are drawn from: its prior, where it was taught one, or else a mixture
    of Gaussians fitted to ``codes`` ``[n, k]`` of its training data (Ghosh et al. 2020).

    AedeskError where there are no codes to fit it to.
    """
    width = model.recipe.model.code_width(model.shape)
    known = prior_of(model.recipe)
    if known:
        prior, title = known
        return PriorSampler(title, width, True, prior, _centres_of(prior, width))
    if codes is None:
        raise AedeskError(
            "New samples of this model are drawn from a mixture fitted to the codes of its training "
            "data, and these are not here. Bring the data back, or use a model with a prior."
        )
    return _fitted(np.asarray(codes), model.recipe)


def training_codes(model: TrainedModel, dataset: Dataset, most: int = 10_000) -> np.ndarray:
    """The codes ``[n, k]`` of at most so many training rows, drawn at random but always the same."""
    most = min(most, max(2, _MOST_NUMBERS // model.recipe.model.code_width(model.shape)))
    rows = np.random.default_rng(0).permutation(dataset.train.numpy())[:most]
    return apply_in_chunks(model.autoencoder.encode, dataset.given[rows])


def _centres_of(prior: Prior, width: int) -> np.ndarray | None:
    """Where a prior of another shape than one round heap is dense, so that a temperature keeps it."""
    if isinstance(prior, GaussianPrior):
        return None
    from sklearn.cluster import KMeans

    pool = prior.draw(_POOL, width, torch.Generator().manual_seed(0)).numpy()
    return KMeans(_CENTRES, n_init=4, random_state=0).fit(pool).cluster_centers_


def _fitted(codes: np.ndarray, recipe: Recipe) -> MixtureSampler:
    """A mixture of Gaussians, as many and as free as the number of codes allows."""
    codes = codes[np.isfinite(codes).all(1)].astype(np.float64)
    if not len(codes):
        raise AedeskError(
            "The codes of the training data are not numbers any more, so that nothing can be drawn from "
            "them. Train again with a smaller learning rate."
        )
    width = codes.shape[1]
    low, high = RANGES.get(recipe.model.code_activation, (-np.inf, np.inf))
    used = np.flatnonzero(np.ptp(codes, 0))  # the others are the same in all codes
    if not len(used):
        title, nothing = "the one code that all samples share", np.zeros((1, width))
        return MixtureSampler(title, width, False, np.ones(1), codes[:1], nothing, low, high)
    full = width <= WIDEST_FULL and len(codes) > 2 * width
    distinct = len(np.unique(codes, axis=0))
    enough = 4 * (len(used) + 1) if full else 20
    count = int(np.clip(min(len(codes) // enough, distinct), 1, COMPONENTS))
    mean, scale = codes.mean(0), codes.std(0)[used]
    weights, centres, factors = _mixture((codes[:, used] - mean[used]) / scale, count, full)
    means = np.tile(mean, (count, 1))
    means[:, used] += centres * scale
    spreads = np.zeros((count, width, width) if full else (count, width))
    if full:
        spreads[:, used[:, None], used] = factors * scale[:, None]
    else:
        spreads[:, used] = factors * scale
    return MixtureSampler(_title(count, full), width, False, weights, means, spreads, low, high)


def _mixture(codes: np.ndarray, count: int, full: bool) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Weights ``[count]``, means ``[count, k]`` and spreads of Gaussians fitted to codes of unit variance."""
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.mixture import GaussianMixture
    from threadpoolctl import threadpool_limits

    kind = "full" if full else "diag"
    mixture = GaussianMixture(count, covariance_type=kind, tol=1e-2, reg_covar=_LEAST_VARIANCE, random_state=0)
    # On a busy machine the threads of such small products wait for each other: 97 s instead of 2 s.
    with warnings.catch_warnings(), threadpool_limits(1, "blas"):
        warnings.simplefilter("ignore", ConvergenceWarning)  # before it has settled it is good, too
        mixture.fit(codes)
    spreads = np.linalg.cholesky(mixture.covariances_) if full else np.sqrt(mixture.covariances_)
    return mixture.weights_ / mixture.weights_.sum(), mixture.means_, spreads


def _title(count: int, full: bool) -> str:
    what = "one Gaussian" if count == 1 else f"a mixture of {count} Gaussians"
    return f"{what} fitted to the codes" if full else f"{what} fitted to the codes, number by number"

