"""Where in a recipe a layer's activation stands."""

from collections.abc import Iterator
from typing import Any

from aedesk.analysis.health_checks.finding import value_at
from aedesk.analysis.health_checks.layer_record import LayerRecord
from aedesk.recipe import Recipe


def with_activation(recipe: Recipe, layer: LayerRecord, wanted: str) -> dict[str, Any]:
    """The changes that give a layer another activation.

    Where the recipe does not say which of its fields is that layer's, all layers of its half with
    the same activation change.
    """
    if layer.part == "code":
        return {"model.code_activation": wanted}
    if layer.part == "output":
        return {"model.output_activation": wanted}
    mirrored = layer.part == "decoder" and (recipe.model.mirror or recipe.model.decoder is None)
    half = "model.decoder" if layer.part == "decoder" and not mirrored else "model.encoder"
    options = value_at(recipe.document(), half)
    layers = options.get("layers")
    if isinstance(layers, list) and layer.place and layer.places == len(layers):
        place = layer.places - layer.place if mirrored else layer.place - 1
        if isinstance(layers[place], dict) and layers[place].get("activation") == layer.activation:
            return {f"{half}.layers.{place}.activation": wanted}
    return {path: wanted for path in _fields(options, half, layer.activation)}


def _fields(node: Any, path: str, activation: str) -> Iterator[str]:
    """The paths of all fields called ``activation`` that have this one."""
    entries = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in entries:
        if key == "activation" and value == activation:
            yield f"{path}.{key}"
        yield from _fields(value, f"{path}.{key}", activation)
