"""What a run leaves behind: saved, loaded, and asked questions."""

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
import torch
from torch import Tensor

from aedesk.data.scaling import Scaler
from aedesk.data.source import Form
from aedesk.errors import DataError
from aedesk.models.autoencoder import Autoencoder
from aedesk.recipe import Recipe
from aedesk.training.history import History

_CHUNK = 4096


@dataclass(frozen=True)
class TrainedModel:
    """A recipe, the weights it led to, and what is needed to use them.

    ``weights`` and ``optimiser`` (None where learning cannot go on where it left off; it also holds
    the discriminators) are tensors on the CPU that nothing else changes. ``target_scaler`` is for
    the number that a head tells, ``step`` the seconds between the samples of the signal it learned from, where known. Questions take and give numpy arrays in the data's own
    units, except for codes.
    """

    recipe: Recipe
    shape: tuple[int, ...]
    form: Form
    scaler: Scaler
    weights: dict[str, Tensor]
    optimiser: dict[str, Tensor] | None = None
    history: History = field(default_factory=History)
    label_names: tuple[str, ...] = ()
    feature_names: tuple[str, ...] = ()
    metrics: dict[str, Any] = field(default_factory=dict)
    target_name: str = ""
    target_scaler: Scaler | None = None
    step: float | None = None

    @cached_property
    def autoencoder(self) -> Autoencoder:
        """The network with these weights, on the CPU and ready to be asked."""
        with torch.device("meta"):  # its weights are these; none need be drawn first
            network = Autoencoder(self.recipe.model, self.shape, classes=len(self.label_names))
        network.load_state_dict(self.weights, assign=True)
        return network.eval().requires_grad_(False)

    def with_weights(self, weights: dict[str, Tensor]) -> "TrainedModel":
        """The same model at another moment of its training."""
        return replace(self, weights=weights, optimiser=None)

    def with_metrics(self, metrics: dict[str, Any]) -> "TrainedModel":
        """The same model with its measured figures."""
        return replace(self, metrics=metrics)

    def encode(self, x: np.ndarray) -> np.ndarray:
        """Codes ``[n, code_size]`` of samples ``[n, *shape]``."""
        return apply_in_chunks(self.autoencoder.encode, self._scaled(x))

    def decode(self, code: np.ndarray) -> np.ndarray:
        """Samples ``[n, *shape]`` of codes ``[n, code_size]``."""
        scaled = apply_in_chunks(self.autoencoder.decode, torch.as_tensor(code, dtype=torch.float32))
        return self.scaler.unscaled(scaled)

    def reconstruct(self, x: np.ndarray) -> np.ndarray:
        """What the network gives back of samples ``[n, *shape]``."""
        return self.scaler.unscaled(apply_in_chunks(self.autoencoder, self._scaled(x)))

    def predict(self, x: np.ndarray) -> np.ndarray | None:
        """What the head tells of samples ``[n, *shape]``, None without a head.

        For labels their probabilities ``[n, labels]``, for a number its value ``[n]`` in its own units.
        """
        network, head = self.autoencoder, self.recipe.model.head
        if head is None:
            return None
        answers = apply_in_chunks(lambda part: network.answer(network.encode(part)), self._scaled(x))
        if head.needs == "labels":
            return torch.softmax(torch.from_numpy(answers), 1).numpy()
        return self.target_scaler.unscaled(answers[:, 0]) if self.target_scaler else answers[:, 0]

    def score(self, x: np.ndarray) -> np.ndarray:
        """The mean squared error of each sample's reconstruction ``[n]``, in scaled units."""
        scaled = self._scaled(x)
        difference = apply_in_chunks(self.autoencoder, scaled) - scaled.numpy()
        return np.square(difference).reshape(len(difference), -1).mean(1)

    def _scaled(self, x: np.ndarray) -> Tensor:
        if tuple(x.shape[1:]) != self.shape:
            raise DataError(
                f"The model takes samples of shape {words(self.shape)}, and these are "
                f"{words(tuple(x.shape[1:]))}. Use data of the kind it learned from."
            )
        return torch.from_numpy(np.ascontiguousarray(self.scaler.scaled(x)))


def apply_in_chunks(function: Any, x: Tensor) -> np.ndarray:
    """``function(x)`` without gradients, a few thousand samples at a time, as numpy."""
    with torch.no_grad():
        parts = [function(part).cpu().numpy() for part in x.split(_CHUNK)]
    return np.concatenate(parts)


def words(shape: tuple[int, ...]) -> str:
    """A shape as people write it: ``1×28×28``."""
    return "×".join(str(length) for length in shape)
