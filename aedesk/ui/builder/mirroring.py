"""A decoder of its own starts as the mirror it replaces."""

from typing import Any

from pydantic import ValidationError

from aedesk.models.model_options import ModelOptions
from aedesk.ui.builder.applicability import Document, value_at


def with_decoder(before: Document, after: Document) -> Document:
    """``after`` with the decoder that a person expects when mirroring was switched on or off.

    Switched off, the decoder begins as the encoder's mirror unless there is one already. Switched
    on, a decoder that is the mirror anyway is dropped; another one is kept for later.
    """
    was, mirrors = value_at(before, "model", "mirror"), value_at(after, "model", "mirror")
    if was == mirrors:
        return after
    model = dict(after["model"])
    mirror = _mirror_of(model["encoder"])
    if not mirrors and model.get("decoder") is None and mirror is not None:
        model["decoder"] = mirror
    elif mirrors and model.get("decoder") == mirror:
        model.pop("decoder", None)
    return {**after, "model": model}


def _mirror_of(encoder: dict[str, Any]) -> dict[str, Any] | None:
    try:
        options = ModelOptions.model_validate({"encoder": encoder})
    except ValidationError:
        return None
    return options.encoder.mirrored().model_dump(mode="json", exclude_none=True)
