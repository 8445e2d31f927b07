"""One pass of a batch through a network, with all that a term of the objective may ask of it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch
    from torch import Tensor

    from aedesk.models.autoencoder import Autoencoder
    from aedesk.models.bottleneck import Posterior


@dataclass(frozen=True, slots=True)
class BatchPass:
    """What went in and what came out.

    ``clean`` and ``seen`` ``[n, *shape]`` are the wanted output and the corrupted input; ``code``
    ``[n, k]`` is what was decoded to ``output`` ``[n, *shape]``. ``labels`` ``[n]`` (int64, −1
    where unknown) and ``targets`` ``[n]`` (scaled) are there where the data have them and a head
    asks for them; ``answers`` ``[n, outputs]`` are the head's. ``progress`` (0…1) is the share of
    the run's epochs that is done, those of earlier runs of the same model included. ``scale``
    turns a sum over a sample into the measure of the reconstruction: 1 where that is counted per
    sample, one part per value otherwise. ``generator`` is the run's source of chance, on the
    batch's device. ``judged`` (bool ``[n, *shape]``) is where the reconstruction counts, None for
    everywhere.
    """

    network: "Autoencoder"
    clean: "Tensor"
    seen: "Tensor"
    posterior: "Posterior"
    code: "Tensor"
    output: "Tensor"
    generator: "torch.Generator"
    answers: "Tensor | None" = None
    labels: "Tensor | None" = None
    targets: "Tensor | None" = None
    progress: float = 1.0
    scale: float = 1.0
    judged: "Tensor | None" = None
