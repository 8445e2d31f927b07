"""``aedesk info``."""

import json
from pathlib import Path
from typing import Any

from aedesk.files import model_file
from aedesk.training.trained_model import TrainedModel, words


def print_info(path: Path, as_json: bool) -> int:
    """Print what a model is and how well it did."""
    model = model_file.load(path)
    facts = _facts(model)
    if as_json:
        print(json.dumps({**facts, "metrics": model.metrics, "document": model.recipe.document()}))
        return 0
    width = max(len(name) for name in facts)
    for name, value in {**facts, **model.metrics}.items():
        shown = f"{value:.5g}" if isinstance(value, float) else value
        print(f"{name.replace('_', ' '):{width}}  {shown}")
    return 0


def _facts(model: TrainedModel) -> dict[str, Any]:
    return {
        "recipe": model.recipe.name,
        "title": model.recipe.title,
        "data": model.recipe.data.source.kind,
        "form": model.form,
        "shape": words(model.shape),
        "code_size": model.autoencoder.code_size,
        "parameters": model.autoencoder.parameter_count(),
        "epochs": model.history.epochs,
        "seconds": round(model.history.seconds, 2),
        "can_be_continued": model.optimiser is not None,
    }
