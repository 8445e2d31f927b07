"""Values at the limits of a sigmoid or tanh, where the network hardly learns (Glorot and Bengio 2010)."""

from collections.abc import Iterator

from torch import Tensor

from aedesk.analysis.health_checks.activation_change import with_activation
from aedesk.analysis.health_checks.examination import Examination, Measured
from aedesk.analysis.health_checks.finding import Finding, percent, rounded
from aedesk.analysis.health_checks.layer_record import LIMITS, LayerRecord, near_limits
from aedesk.recipe import Recipe

_MOST = 0.5  # of the outputs where the data are within the limits
_MOST_HIDDEN = 0.8  # of a layer's values; layers that decide something are at their limits often
_ENOUGH_VALUES = 100
_BEYOND = 0.01  # the share of the data that may lie outside


def check(examination: Examination) -> Iterator[Finding]:
    """The outputs, where the data are not at the limits too, and the layers before them."""
    measured, recipe = examination.measured, examination.model.recipe
    if measured is None:
        return
    activation = recipe.model.output_activation
    if activation in LIMITS:
        yield _of_outputs(recipe, measured, activation)
    layers = [layer for layer in measured.layers if layer.activation in LIMITS and layer.part != "output"]
    # A penalty may want just that: a sparse code is near 0, a contractive one at both limits.
    if layers and not recipe.objective.penalties:
        yield _of_layers(recipe, layers)


def _of_outputs(recipe: Recipe, measured: Measured, activation: str) -> Finding:
    low, high = LIMITS[activation]
    beyond = float(((measured.clean < low) | (measured.clean > high)).float().mean())
    inner = ~near_limits(measured.clean, activation) if beyond <= _BEYOND else _everywhere(measured.clean)
    stuck = near_limits(measured.output, activation)[inner]
    share = float(stuck.float().mean()) if stuck.numel() >= _ENOUGH_VALUES else 0.0
    if share <= _MOST:
        return Finding(
            "saturated-outputs", "fine", "The outputs stand at their limits only where the data do."
        )
    sentence = (
        f"{percent(share)} of the outputs stand at the limits of the {activation} where the data do not, "
        "so hardly anything moves them any more."
    )
    if beyond <= _BEYOND:
        rate = recipe.training.learning_rate
        advice = f"A learning rate of {rate / 10:g} keeps the weights from being pushed that far."
        return Finding(
            "saturated-outputs", "problem", sentence, advice, {"training.learning_rate": rounded(rate / 10)}
        )
    advice = f"{percent(beyond)} of the data lie beyond what a {activation} can reach: scale them to fit."
    scaling = "unit" if activation == "sigmoid" else "centred"
    return Finding("saturated-outputs", "problem", sentence, advice, {"data.scaling": scaling})


def _everywhere(x: Tensor) -> Tensor:
    return ~x.isnan()


def _of_layers(recipe: Recipe, layers: list[LayerRecord]) -> Finding:
    found = [layer for layer in layers if layer.at_limit > _MOST_HIDDEN]
    if not found:
        most = max(layers, key=lambda layer: layer.at_limit)
        return Finding(
            "saturated-layers",
            "fine",
            f"The layers have room to move: at most {percent(most.at_limit)} of a layer's values stand at a limit.",
        )
    shares = [f"{percent(layer.at_limit)} of the values of {layer.name}" for layer in found]
    subject = shares[0] if len(shares) == 1 else f"{', '.join(shares[:-1])} and {shares[-1]}"
    limits = " and ".join(sorted({layer.activation for layer in found}))
    changes: dict[str, object] = {}
    for layer in found:
        changes |= with_activation(recipe, layer, "linear" if layer.part == "code" else "silu")
    if all(layer.part == "code" for layer in found):
        advice = "A linear code is free to move; a smaller learning rate helps as well."
    else:
        advice = "SiLU has no such limits; a smaller learning rate helps as well."
    sentence = f"{subject} stand at the limits of {limits}, where hardly anything is learned."
    return Finding("saturated-layers", "notice", sentence, advice, changes)
