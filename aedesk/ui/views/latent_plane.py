"""Codes as places on a flat map, and places as codes again."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

_WIDEST_EXACT = 32
_BLOCK = 8
_ITERATIONS = 4  # and once as many more where there is no plane to start from
_ROWS_TO_FIT, _ROWS_TO_FIT_WIDE = 4000, 1000
_ROWS_FOR_MEANS = 2000


class Plane:
    """A way from codes ``[m, k]`` to places ``[m, 2]`` (float64) and back."""

    def place(self, codes: np.ndarray) -> np.ndarray:
        """The places ``[m, 2]`` of codes ``[m, k]``; not finite where the code is not."""
        raise NotImplementedError

    def codes_at(self, places: np.ndarray) -> np.ndarray:
        """Codes ``[m, k]``, float32, that lie at places ``[m, 2]``."""
        raise NotImplementedError

    def covariance(self, variances: np.ndarray) -> np.ndarray:
        """How a code of independent numbers with ``variances`` ``[k]`` spreads on the map: ``[2, 2]``."""
        raise NotImplementedError

    def code_at(self, place: tuple[float, float]) -> np.ndarray:
        """A code ``[k]``, float32, that lies at a place."""
        return self.codes_at(np.array([place]))[0]


@dataclass(frozen=True)
class AxesPlane(Plane):
    """Two numbers of the code as they are. Places get the other numbers' means."""

    codes: np.ndarray = field(repr=False)
    axes: tuple[int, int]

    def place(self, codes: np.ndarray) -> np.ndarray:
        return codes[:, list(self.axes)].astype(np.float64)

    def codes_at(self, places: np.ndarray) -> np.ndarray:
        codes = np.tile(self._middle, (len(places), 1))
        codes[:, list(self.axes)] = _float32(places)
        return codes

    def covariance(self, variances: np.ndarray) -> np.ndarray:
        return np.diag(variances[list(self.axes)].astype(np.float64))

    @cached_property
    def _middle(self) -> np.ndarray:
        rows = _finite(_some(self.codes, _ROWS_FOR_MEANS))
        if not len(rows):
            return np.zeros(self.codes.shape[1], np.float32)
        return _float32(rows.mean(0, dtype=np.float64))


@dataclass(frozen=True)
class StripPlane(Plane):
    """The only number of the code, in lanes: a code's lane is not part of it, and given beside it."""

    lanes: np.ndarray = field(repr=False)

    def place(self, codes: np.ndarray) -> np.ndarray:
        """Codes ``[m, 1]`` in their lanes, or others in the middle of all lanes."""
        middle = (self.lanes.min(initial=0) + self.lanes.max(initial=0)) / 2
        lanes = self.lanes if len(self.lanes) == len(codes) else np.full(len(codes), middle)
        return np.stack([codes[:, 0].astype(np.float64), lanes], 1)

    def codes_at(self, places: np.ndarray) -> np.ndarray:
        return _float32(places[:, :1])

    def covariance(self, variances: np.ndarray) -> np.ndarray:
        return np.diag([float(variances[0]), 0.0])


@dataclass(frozen=True)
class PcaPlane(Plane):
    """The plane through the codes' ``mean`` ``[k]`` in which they vary most: ``directions`` ``[2, k]``."""

    mean: np.ndarray
    directions: np.ndarray

    def place(self, codes: np.ndarray) -> np.ndarray:
        # Not `@`: its threads would wait for those that train, on the same cores.
        with np.errstate(over="ignore", invalid="ignore"):
            flat = np.einsum("mk,dk->md", codes, self.directions.astype(codes.dtype))
            return flat.astype(np.float64) - self.directions @ self.mean

    def codes_at(self, places: np.ndarray) -> np.ndarray:
        return _float32(self.mean + np.einsum("md,dk->mk", places, self.directions))

    def covariance(self, variances: np.ndarray) -> np.ndarray:
        return np.einsum("ik,k,jk->ij", self.directions, variances.astype(np.float64), self.directions)


def plane_of(
    codes: np.ndarray, axes: tuple[int, int] | None, lanes: np.ndarray, before: Plane | None
) -> Plane:
    """The plane to show codes ``[m, k]`` on: two axes of theirs, or PCA that goes on from ``before``.

    Codes of a single number lie in ``lanes`` ``[m]``.
    """
    if codes.shape[1] == 1:
        return StripPlane(lanes)
    if axes is not None:
        return AxesPlane(codes, axes)
    return fit_pca(codes, before if isinstance(before, PcaPlane) else None)


def fit_pca(codes: np.ndarray, before: PcaPlane | None = None) -> PcaPlane:
    """The principal plane of codes ``[m, k]``, ``k ≥ 2``, from at most some thousand finite rows.

    It is turned within itself to lie as the plane ``before`` it did (orthogonal Procrustes,
    Schönemann 1966), so that a live map neither flips nor spins. Codes wider than 32 are fitted by
    subspace iteration (Halko, Martinsson and Tropp 2011) that starts from the plane before.
    """
    width = codes.shape[1]
    if before is not None and before.directions.shape[1] != width:
        before = None
    most = _ROWS_TO_FIT if width <= _WIDEST_EXACT else _ROWS_TO_FIT_WIDE
    rows = _finite(_some(codes, most)).astype(np.float64)
    if not len(rows):
        return before or PcaPlane(np.zeros(width), np.eye(2, width))
    mean = rows.mean(0)
    rows -= mean
    rows /= max(np.abs(rows).max(), np.finfo(float).tiny)  # keeps squares in range at any scale
    basis = _iterated(rows, before) if width > _WIDEST_EXACT else np.eye(width)
    directions = (basis @ _leading(rows @ basis)).T
    return PcaPlane(mean, _turned(directions, before))


def _leading(rows: np.ndarray) -> np.ndarray:
    """The two directions ``[k, 2]`` of the largest variance of centred rows ``[m, k]``, largest first."""
    return np.linalg.eigh(rows.T @ rows)[1][:, :-3:-1]


def _iterated(rows: np.ndarray, before: PcaPlane | None) -> np.ndarray:
    """An orthonormal basis ``[k, 8]`` of about the leading directions."""
    start = np.random.default_rng(0).standard_normal((rows.shape[1], _BLOCK))
    if before is not None:
        start[:, :2] = before.directions.T * np.sqrt(rows.shape[1])
    for _ in range(_ITERATIONS * (2 if before is None else 1)):
        start = np.linalg.qr(rows.T @ (rows @ start))[0]
    return start


def _turned(directions: np.ndarray, before: PcaPlane | None) -> np.ndarray:
    if before is None:
        largest = np.abs(directions).argmax(1)
        return directions * np.where(directions[[0, 1], largest] < 0, -1.0, 1.0)[:, None]
    left, _, right = np.linalg.svd(before.directions @ directions.T)
    return left @ right @ directions


def _some(codes: np.ndarray, most: int) -> np.ndarray:
    """Rows evenly spread over the codes: the same ones every time, so that nothing jitters."""
    return codes[:: max(1, -(-len(codes) // most))]


def _finite(rows: np.ndarray) -> np.ndarray:
    return rows[np.isfinite(rows).all(1)]


def _float32(values: object) -> np.ndarray:
    with np.errstate(over="ignore"):
        return np.asarray(values).astype(np.float32)
