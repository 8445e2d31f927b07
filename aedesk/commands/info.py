"""``aedesk info``."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from aedesk.files import model_file
from aedesk.training.trained_model import TrainedModel, words

_TITLES = {
    "accuracy": "accuracy of the 10 nearest codes",
    "head_accuracy": "accuracy of the classifier",
    "macro_f1": "macro F1 of the classifier",
    "r2": "R² of the regressor",
    "number_error": "mean error of the regressor",
    "characters": "share of letters right",
    "words": "share of whole words right",
    "repaired": "share of corrupted words repaired",
    "nearest_word": "share the nearest word repairs",
    "near_zero": "share of code values near 0",
    "jacobian": "squared norm of the encoder's derivatives",
    "told_apart": "AUC of codes against their prior",
}
"""What figures are called whose names do not say what they are of."""

_WIDEST_TABLE = 30


def print_info(path: Path, as_json: bool) -> int:
    """Print what a model is and how well it did."""
    model = model_file.load(path)
    facts = _facts(model)
    if as_json:
        print(json.dumps({**facts, "metrics": model.metrics, "document": model.recipe.document()}))
        return 0
    rows = {_title(name): _shown(value) for name, value in {**facts, **model.metrics}.items() if name != "confusion"}
    width = max(len(name) for name in rows)
    for name, value in rows.items():
        print(f"{name:{width}}  {value}")
    if counts := model.metrics.get("confusion"):
        print("\n".join(_confusion(counts, model.label_names)))
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


def _title(name: str) -> str:
    return _TITLES.get(name) or name.replace("_", " ")


def _shown(value: Any) -> str:
    match value:
        case None:
            return "not measured"
        case bool():
            return "yes" if value else "no"
        case float():
            return f"{value:.5g}"
    return str(value)


def _confusion(counts: list[list[int]], names: tuple[str, ...]) -> Iterator[str]:
    """How often a sample of each label (a line) was told to be of each (a column)."""
    yield ""
    if len(counts) > _WIDEST_TABLE:
        yield f"what the classifier told: {len(counts)} labels, too many for a table; --json has the counts"
        return
    yield "what the classifier told, a line for each true label"
    titles = list(names) if len(names) == len(counts) else [str(place) for place in range(len(counts))]
    side = max(map(len, titles))
    cell = max(side, *(len(str(count)) for row in counts for count in row))
    yield f"{'':{side}}  " + "  ".join(f"{title:>{cell}}" for title in titles)
    for title, row in zip(titles, counts, strict=True):
        yield f"{title:{side}}  " + "  ".join(f"{count:>{cell}}" for count in row)
