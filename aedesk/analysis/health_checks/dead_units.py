"""Units that say the same whatever the sample, and numbers of the code that do."""

from collections.abc import Iterator
from math import prod

from torch import Tensor

from aedesk.analysis.health_checks.activation_change import with_activation
from aedesk.analysis.health_checks.examination import Examination, Measured
from aedesk.analysis.health_checks.finding import Finding, Severity, rounded
from aedesk.analysis.health_checks.layer_record import LIMITS, LayerRecord, is_constant
from aedesk.models.bottlenecks.spatial import Spatial
from aedesk.recipe import Recipe
from aedesk.training.trained_model import TrainedModel

_WORTH_SAYING = 0.1  # of a layer: a few idle units of many cost nothing
_GRAVE = 0.5
_MOST_NAMED = 3
_NOTHING = 1e-6
_FEWEST_SAMPLES = 10  # of fewer, too many units are the same by chance


def check(examination: Examination) -> Iterator[Finding]:
    """Dead units of the layers, and dead numbers of the code.

    Behind a layer that is dead as a whole everything is constant, and so not said again.
    """
    measured, recipe = examination.measured, examination.model.recipe
    if measured is None or len(measured.clean) < _FEWEST_SAMPLES or not _vary(measured.clean):
        return
    before = [layer for layer in measured.layers if layer.part == "encoder"]
    after = [layer for layer in measured.layers if layer.part == "decoder"]
    if any(_all_dead(layer) for layer in before):
        yield _of_layers(recipe, before)
        return
    if _has_own_layer(recipe) and measured.log_variance is None:  # a drawn code has a check of its own
        code = _numbers(examination.model, measured)
        yield _of_code(recipe, code)
        if bool(_same(code).all()):
            return
    if before or after:
        yield _of_layers(recipe, [*before, *after])


def _has_own_layer(recipe: Recipe) -> bool:
    """Whether the code is not just what the encoder's last layer puts out, which is looked at anyway."""
    return not isinstance(recipe.model.bottleneck, Spatial) or recipe.model.code_activation != "linear"


def _vary(x: Tensor) -> bool:
    return bool((x != x[:1]).any())


def _all_dead(layer: LayerRecord) -> bool:
    return layer.dead == layer.units


def _numbers(model: TrainedModel, measured: Measured) -> Tensor:
    """The numbers of the codes ``[n, k]``; of feature maps, every place of a map is a value of it."""
    channels, *places = model.recipe.model.code_shape(model.shape)
    if not places:
        return measured.code
    return measured.code.unflatten(1, (channels, prod(places))).movedim(1, -1).flatten(0, 1)


def _same(code: Tensor) -> Tensor:
    """Which numbers of codes ``[n, k]`` are the same in all of them ``[k]``."""
    return is_constant(code.amin(0), code.amax(0))


def _of_code(recipe: Recipe, code: Tensor) -> Finding:
    dead = _same(code)
    count, of = int(dead.sum()), len(dead)
    numbers = "maps of the code" if isinstance(recipe.model.bottleneck, Spatial) else "code numbers"
    if not count or count < _WORTH_SAYING * of:
        but = f", but for {count}" if count else ""
        return Finding("dead-code", "fine", f"{_all(of)} {numbers} are in use{but}.".capitalize())
    subject = f"{_all(of) if count == of else f'{count} of {of}'} {numbers}".capitalize()
    verb = "is" if count == 1 else "are"
    value = "0" if float(code[:, dead].abs().max()) < _NOTHING else "the same"
    result = ", so every sample gets the same reconstruction" if count == of else ""
    sentence = f"{subject} {verb} {value} for every sample{result}."
    severity: Severity = "problem" if count >= _GRAVE * of else "notice"
    return Finding("dead-code", severity, sentence, *_mend_code(recipe))


def _all(count: int) -> str:
    return "both" if count == 2 else f"all {count}"


def _mend_code(recipe: Recipe) -> tuple[str, dict[str, object]]:
    activation = recipe.model.code_activation
    weights = {
        f"objective.penalties.{index}.weight": rounded(penalty.weight / 10)
        for index, penalty in enumerate(recipe.objective.penalties)
        if penalty.prevents_copying  # it presses the code
    }
    if weights:
        return "The penalty presses hard: a tenth of its weight leaves the code more room.", weights
    if activation == "relu":
        advice = "A ReLU code that has died learns nothing more. A leaky ReLU lets it come back."
        return advice, {"model.code_activation": "leaky_relu"}
    if activation in LIMITS:
        advice = "The code stands at the limit of its activation. A linear code is free to move."
        return advice, {"model.code_activation": "linear"}
    advice = "A smaller learning rate keeps the code from being pushed to where nothing moves it."
    return advice, {"training.learning_rate": rounded(recipe.training.learning_rate / 10)}


def _of_layers(recipe: Recipe, layers: list[LayerRecord]) -> Finding:
    found = [layer for layer in layers if layer.dead and layer.dead >= _WORTH_SAYING * layer.units]
    if not found:
        units, idle = sum(layer.units for layer in layers), sum(layer.dead for layer in layers)
        but = f", but for {idle}" if idle else ""
        sentence = f"All {units} units of the hidden layers answer to the samples{but}."
        return Finding("dead-units", "fine", sentence)
    whole = next((place for place, layer in enumerate(found) if _all_dead(layer)), len(found))
    found = found[: whole + 1]
    changes: dict[str, object] = {}
    for layer in found:
        if layer.activation == "relu":
            changes |= with_activation(recipe, layer, "leaky_relu")
    if changes:
        advice = "Leaky ReLU lets dead units learn again; a smaller learning rate kills fewer."
    else:
        advice = "A smaller learning rate keeps units from being pushed to where nothing moves them."
        changes = {"training.learning_rate": rounded(recipe.training.learning_rate / 10)}
    grave = any(layer.dead >= _GRAVE * layer.units for layer in found)
    sentence = _sum_sentence(found) if len(found) > _MOST_NAMED else _sentence(found)
    return Finding("dead-units", "problem" if grave else "notice", sentence, advice, changes)


def _sum_sentence(layers: list[LayerRecord]) -> str:
    """The dead units of many layers together, and the layer that has most of them."""
    dead, units = sum(layer.dead for layer in layers), sum(layer.units for layer in layers)
    worst = max(layers, key=lambda layer: layer.dead / layer.units)
    return (
        f"{dead} of {units} units in {len(layers)} layers give the same for every sample, "
        f"among them {worst.dead} of {worst.units} of {worst.name}."
    )


def _sentence(layers: list[LayerRecord]) -> str:
    """Every layer with its dead units."""
    parts = []
    for layer in layers:
        units = "" if parts else " units"
        share = _all(layer.units) if _all_dead(layer) else f"{layer.dead} of {layer.units}"
        parts.append(f"{share}{units} of {layer.name}")
    subject = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
    one = len(layers) == 1 and layers[0].dead == 1
    if all(float(layer.highest[layer.constant()].abs().max()) < _NOTHING for layer in layers):
        verb = "is 0" if one else "are 0"
    else:
        verb = "gives the same number" if one else "give the same number"
    result = ", so nothing of the data gets past" if _all_dead(layers[-1]) else ""
    return f"{subject[:1].upper()}{subject[1:]} {verb} for every sample{result}."
