"""What a card offers: whether the recipe in the builder can take the advice, and in which words."""

import pytest

from aedesk.analysis.health_checks.finding import Finding
from aedesk.ui.panels.health_offer import Offer, offer_for, taken_back
from tests import small


def finding(**changes: object) -> Finding:
    """A finding with changes, named with "__" for "."."""
    paths = {path.replace("__", "."): value for path, value in changes.items()}
    return Finding("key", "problem", "It ails.", "Mend it.", paths)


def offer(
    changes: dict[str, object], learned: tuple[str, ...] = (), shown: tuple[str, ...] | None = None
) -> Offer:
    """The offer of such a finding, where the builder shows what was learned by or something else."""
    model = small.recipe("image", *learned)
    document = model.document() if shown is None else small.recipe("image", *shown).document()
    made = offer_for(finding(**changes), model, document)
    assert made is not None
    return made


@pytest.mark.parametrize(("changes", "words"), [
    ({"training__learning_rate": 0.001}, "Learning rate 0.01 → 0.001"),
    ({"training__epochs": 4, "training__clip": 1.0}, "Epochs 2 → 4; Gradient limit 0 → 1"),
    ({"model__encoder__layers__0__activation": "leaky_relu"}, "Encoder, layer 1: Activation ReLU → Leaky ReLU"),
    ({"corruption": {"kind": "masking"}}, "Corruption None → Masking"),
    ({"data__scaling": "centred"}, "Scaling 0 … 1 → −0.5 … 0.5"),
    ({"objective__penalties__0__weight": 0.1}, "Sparse code (L1): Weight 1 → 0.1"),
    ({"model__bottleneck__beta": 0.5}, "Code: KL weight β 1 → 0.5"),
])  # fmt: skip
def test_changes_are_said_in_the_builders_words(changes, words):
    learned = ('objective.penalties=[{kind="l1",weight=1.0}]', 'model.bottleneck={kind="variational"}')
    if "data__scaling" in changes:
        learned = ("model.output_activation=linear",)
    made = offer(changes, learned)
    assert made.recipe is not None and not made.reason and made.words == words


def test_no_changes_no_offer():
    model = small.recipe("image")
    assert offer_for(finding(), model, model.document()) is None


def test_what_the_builder_has_already_is_applied():
    made = offer({"training__epochs": 4}, shown=("training.epochs=4",))
    assert made.applied and made.recipe is None and made.words == "Epochs 2 → 4"


def test_other_changes_do_not_matter():
    made = offer({"training__epochs": 4}, shown=("training.batch_size=7", "model.code_size=3"))
    assert made.recipe.training.epochs == 4 and made.recipe.training.batch_size == 7


@pytest.mark.parametrize(("changes", "shown", "reason"), [
    ({"training__epochs": 4}, ("training.epochs=3",), "changed that"),
    ({"training__epochs": 4}, ("name=other",), "another recipe"),
    ({"training__epochs": 4}, ('data.source={kind="iris"}', "model.output_activation=linear"), "another recipe"),
    ({"model__encoder__layers__0__activation": "silu"}, ("model.encoder.layers=[]",), "another one by now"),
    ({"model__output_activation": "tanh"}, ("objective.reconstruction=bce",), "would not go with the rest"),
])  # fmt: skip
def test_why_nothing_can_be_done(changes, shown, reason):
    made = offer(changes, shown=shown)
    assert reason in made.reason and made.recipe is None and not made.applied


def test_an_impossible_recipe_is_to_be_mended_first():
    model = small.recipe("image")
    document = small.document("image", "training.epochs=0")
    made = offer_for(finding(training__learning_rate=0.1), model, {**model.document(), **document})
    assert "impossible" in made.reason and made.recipe is None


def test_only_the_advised_fields_are_taken_back():
    model = small.recipe("image")
    found = finding(training__epochs=4, model__encoder__layers__0__activation="silu")
    shown = small.recipe("image", "training.batch_size=7", "training.epochs=4").document()
    back = taken_back(found, model, shown)
    assert back.training.epochs == 2 and back.training.batch_size == 7
    assert back.model.encoder.layers[0].activation == "relu"
