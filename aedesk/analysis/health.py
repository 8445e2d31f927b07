"""How a network is doing: what is wrong with it, what to do about that, and what is well."""

from aedesk.analysis.health_checks import (
    collapsed_latents,
    copying,
    dead_units,
    discriminators,
    explosion,
    overfitting,
    saturation,
    underfitting,
)
from aedesk.analysis.health_checks.examination import examine
from aedesk.analysis.health_checks.finding import Finding
from aedesk.analysis.pca import PcaTwin
from aedesk.data.dataset import Dataset
from aedesk.training.trained_model import TrainedModel

CHECKS = (
    explosion.check,
    dead_units.check,
    collapsed_latents.check,
    saturation.check,
    copying.check,
    overfitting.check,
    underfitting.check,
    discriminators.check,
)

_WEIGHT = {"problem": 0, "notice": 1, "fine": 2}


def findings(
    model: TrainedModel,
    dataset: Dataset | None = None,
    twin: PcaTwin | None = None,
    diverged: bool = False,
) -> list[Finding]:
    """Everything that was looked at, the worst first; what is fine is among it.

    Some 2 000 of the training and validation samples at most pass through the network. Without a
    ``dataset``, or with one of another shape, only the history is looked at. ``twin`` is a PCA to
    compare with, and ``diverged`` says that the run ended because the loss stopped being a number.
    Before the first epoch nothing is said.
    """
    if not model.history.epochs and not diverged:
        return []
    examination = examine(model, dataset, twin, diverged)
    found = [finding for check in CHECKS for finding in check(examination)]
    if any(finding.severity == "problem" for finding in found):  # more epochs would not mend that
        found = [finding for finding in found if finding.key != "underfitting"]
    return sorted(found, key=lambda finding: _WEIGHT[finding.severity])


def wanting(found: list[Finding]) -> list[Finding]:
    """The findings that want something done."""
    return [finding for finding in found if finding.severity != "fine"]
