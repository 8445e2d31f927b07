"""Networks that are examined, as they are or with something done to them."""

from aedesk.analysis.health import findings
from aedesk.analysis.health_checks.finding import Finding, with_changes
from aedesk.analysis.pca import fit_twin
from aedesk.recipe import Recipe
from aedesk.training.trained_model import TrainedModel
from tests import small

SMOOTH = 'model.encoder.layers=[{width=16,activation="silu"}]'
WIDE = 'model.encoder.layers=[{width=256,activation="silu"}]'
TEXTBOOK = (
    'model.encoder.layers=[{width=8,activation="relu"},{width=4,activation="relu"}]',
    'model.head={kind="classifier"}',
    "objective.weight=0.4",
    "training.epochs=40",
)
VARIATIONAL = 'model.bottleneck={{kind="variational",beta={beta}}}'


def examined(model: TrainedModel, *, twin: bool = False) -> dict[str, Finding]:
    """Everything found about a model, by key; each advice has to be one that the recipe can take."""
    data = small.dataset(model.recipe)
    pca = fit_twin(data, model.autoencoder.code_size) if twin else None
    found = findings(model, data, pca)
    for finding in found:
        assert finding.sentence.endswith(".") and not finding.sentence[0].islower()
        assert bool(finding.advice) is (finding.severity != "fine")
        if finding.changes:
            assert not [problem for problem in changed(model.recipe, finding).problems() if problem.fatal]
            assert changed(model.recipe, finding) != model.recipe
    return {finding.key: finding for finding in found}


def changed(recipe: Recipe, finding: Finding) -> Recipe:
    return Recipe.from_document(with_changes(recipe.document(), finding.changes))


def health(form: str, *assignments: str) -> dict[str, Finding]:
    return examined(small.trained(form, *assignments))


def mended(form: str, key: str, *assignments: str) -> dict[str, Finding]:
    """What is found about a network that learned as a finding advises."""
    model = small.trained(form, *assignments)
    advised = changed(model.recipe, health(form, *assignments)[key])
    return examined(small.finished(advised).model)


def with_weights(model: TrainedModel, **values: float | tuple[slice, float]) -> TrainedModel:
    """The model with some weights set, named by the end of their name with "_" for "."."""
    weights = {name: value.clone() for name, value in model.weights.items()}
    for end, value in values.items():
        name = next(name for name in weights if name.replace(".", "_").endswith(end))
        rows, number = value if isinstance(value, tuple) else (slice(None), value)
        weights[name][rows] = number
    return model.with_weights(weights)
