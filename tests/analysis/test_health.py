"""Dead units, collapsed latents and values at their limits: found, counted, and mended as advised."""

import re
from dataclasses import replace

import pytest

from aedesk.analysis.health_checks.examination import examine
from aedesk.training.trained_model import TrainedModel
from tests import small
from tests.analysis.patients import SMOOTH, TEXTBOOK, VARIATIONAL, examined, health, mended, with_weights

# -- dead units -------------------------------------------------------------------------------


@pytest.mark.parametrize(("seed", "sentence"), [
    (0, "Both code numbers are 0 for every sample, so every sample gets the same reconstruction."),
    (1, "1 of 2 code numbers is 0 for every sample."),
])  # fmt: skip
def test_the_dead_code_of_the_textbook_recipe_is_named(seed: int, sentence: str) -> None:
    options = (*TEXTBOOK, "model.code_activation=relu", f"training.seed={seed}")
    found = health("table", *options)["dead-code"]
    assert (found.severity, found.sentence) == ("problem", sentence)
    assert found.changes == {"model.code_activation": "leaky_relu"}
    after = mended("table", "dead-code", *options)["dead-code"]
    assert (after.severity, after.sentence) == ("fine", "Both code numbers are in use.")


def test_behind_a_dead_code_nothing_more_is_said_of_dead_units() -> None:
    found = health("table", *TEXTBOOK, "model.code_activation=relu", "training.seed=0")
    assert "dead-units" not in found


def test_a_penalty_that_kills_the_code_is_what_is_eased() -> None:
    options = (SMOOTH, "model.code_activation=relu", 'objective.penalties=[{kind="l1",weight=3.0}]')
    found = health("image", *options)["dead-code"]
    assert found.changes == {"objective.penalties.0.weight": 0.3} and "penalty" in found.advice


def test_a_learning_rate_that_kills_units_is_found() -> None:
    found = health("image", "training.learning_rate=0.3", "training.epochs=4")["dead-units"]
    assert found.severity == "problem" and "of 16 units of encoder layer 1" in found.sentence
    assert found.changes == {"model.encoder.layers.0.activation": "leaky_relu"}
    assert health("image", SMOOTH, "training.epochs=4")["dead-units"].severity == "fine"


TWO = 'model.encoder.layers=[{width=16,activation="relu"},{width=12,activation="relu"}]'
BIASES = ("encoder_0_1_bias", "encoder_0_3_bias", "decoder_0_0_bias", "decoder_0_2_bias")


def all_alive() -> TrainedModel:
    """A network whose units are all alive."""
    return small.trained("image", TWO, "training.learning_rate=1e-4", "training.epochs=1", "training.seed=2")


@pytest.mark.parametrize(("bias", "layer", "field"), [
    ("encoder_0_1_bias", "5 of 16 units of encoder layer 1", 0),
    ("encoder_0_3_bias", "5 of 12 units of encoder layer 2", 1),
    ("decoder_0_0_bias", "5 of 12 units of decoder layer 1", 1),
    ("decoder_0_2_bias", "5 of 16 units of decoder layer 2", 0),
])  # fmt: skip
def test_dead_units_are_counted_at_their_layer(bias: str, layer: str, field: int) -> None:
    assert examined(all_alive())["dead-units"].severity == "fine"
    found = examined(with_weights(all_alive(), **{bias: (slice(5), -1000.0)}))["dead-units"]
    assert found.sentence == f"{layer} are 0 for every sample." and found.severity == "notice"
    assert found.changes == {f"model.encoder.layers.{field}.activation": "leaky_relu"}


def test_a_decoder_of_its_own_is_changed_itself() -> None:
    own = 'model.decoder={kind="dense",layers=[{width=10,activation="relu"}]}'
    model = small.trained("image", SMOOTH, "model.mirror=false", own, "training.learning_rate=1e-4")
    found = examined(with_weights(model, decoder_0_0_bias=(slice(1), -1000.0)))["dead-units"]
    assert found.sentence == "1 of 10 units of decoder layer 1 is 0 for every sample."
    assert found.changes == {"model.decoder.layers.0.activation": "leaky_relu"}


def test_a_layer_that_lets_nothing_past_is_the_only_one_named() -> None:
    found = examined(with_weights(small.trained("image", TWO), encoder_0_1_bias=-1000.0))
    assert found["dead-units"].sentence == (
        "All 16 units of encoder layer 1 are 0 for every sample, so nothing of the data gets past."
    )
    assert "dead-code" not in found


def test_many_dead_layers_are_summed_up() -> None:
    model = with_weights(all_alive(), **dict.fromkeys(BIASES, (slice(5), -1000.0)))
    sentence = examined(model)["dead-units"].sentence
    assert re.fullmatch(
        r"2\d of 56 units in 4 layers give the same for every sample, among them 5 of 12 of encoder layer 2\.",
        sentence,
    )


def test_the_channels_of_convolutions_are_units() -> None:
    layers = 'layers=[{channels=4,activation="relu"},{channels=6,activation="relu"}]'
    encoder = f'model.encoder={{kind="convolutional",{layers}}}'
    model = small.trained("image", encoder, "training.learning_rate=1e-4")
    biases = [name for name, value in model.weights.items() if name.startswith("encoder") and len(value) == 6]
    dead = with_weights(model, **{biases[-1].replace(".", "_"): (slice(3), -1000.0)})
    found = examined(dead)["dead-units"]
    assert found.sentence == "3 of 6 units of encoder layer 2 are 0 for every sample."
    assert found.changes == {"model.encoder.layers.1.activation": "leaky_relu"}


def test_the_units_of_recurrent_layers_are_heard() -> None:
    encoder = 'model.encoder={kind="recurrent",cell="gru",width=12}'
    model = small.trained("image", encoder, "training.learning_rate=1e-4")
    assert examined(model)["dead-units"].severity == "fine"
    weights = {name: value.clone() for name, value in model.weights.items()}
    for name, value in weights.items():
        if name.startswith("encoder") and any(part in name for part in ("weight_ih", "weight_hh", "bias")):
            if len(value) == 3 * 12:  # the gates of each unit
                value.view(3, 12, -1)[:, :6] = 0.0  # nothing in, nothing kept: always 0
    found = examined(model.with_weights(weights))["dead-units"]
    assert found.sentence == "6 of 12 units of encoder layer 1 are 0 for every sample."
    assert found.changes == {"training.learning_rate": 1e-5}, "such a layer has no other activation"


def test_feature_maps_are_looked_at_map_by_map() -> None:
    layers = 'layers=[{channels=4,activation="silu"},{channels=6,activation="silu"}]'
    options = (f'model.encoder={{kind="convolutional",{layers}}}', 'model.bottleneck={kind="spatial"}')
    model = small.trained("image", *options, "model.code_activation=relu", "training.learning_rate=1e-4")
    measured = examine(model, small.dataset(model.recipe)).measured
    assert measured is not None and measured.code.shape[1] == 6 * 2 * 2
    biases = [name for name, value in model.weights.items() if name.startswith("encoder") and len(value) == 6]
    dead = with_weights(model, **{biases[-1].replace(".", "_"): (slice(2), -1000.0)})
    assert examined(dead)["dead-code"].sentence == "2 of 6 maps of the code are 0 for every sample."


# -- latents ----------------------------------------------------------------------------------


def test_collapsed_latents_are_counted_and_named() -> None:
    model = small.trained("image", SMOOTH, VARIATIONAL.format(beta=0.01), "training.epochs=8")
    assert examined(model)["collapsed-latents"].severity == "fine"
    last = max(name for name in model.weights if name.startswith("encoder"))  # mean and log-variance of 4
    end = last.rpartition(".")[0].replace(".", "_")
    none = {f"{end}_{kind}": (slice(1, None, 4), 0.0) for kind in ("weight", "bias")}
    found = examined(with_weights(model, **none))["collapsed-latents"]
    assert found.severity == "notice"
    assert found.sentence == "1 of 4 latents (number 2) has collapsed: it carries less than 0.01 nats of KL."
    assert found.changes == {"model.bottleneck.warm_up": 0.3} and "a code of 3" in found.advice


def test_a_beta_that_collapses_all_is_lowered() -> None:
    options = (SMOOTH, VARIATIONAL.format(beta=50), "training.epochs=8")
    found = health("image", *options)["collapsed-latents"]
    assert found.severity == "problem" and found.sentence.startswith("All 4 latents have collapsed")
    assert found.changes == {"model.bottleneck.beta": 5.0, "model.bottleneck.warm_up": 0.3}
    assert "dead-code" not in health("image", *options), "a drawn code has a check of its own"


def test_latents_behind_a_dead_layer_are_not_blamed() -> None:
    options = ("training.epochs=8", VARIATIONAL.format(beta=0.01))
    dead = examined(with_weights(small.trained("image", *options), encoder_0_1_bias=-1000.0))
    assert "nothing of the data gets past" in dead["dead-units"].sentence and "collapsed-latents" not in dead


def test_latents_may_sleep_in_the_first_epochs() -> None:
    model = small.trained("image", SMOOTH, VARIATIONAL.format(beta=50), "training.epochs=8")
    longer = model.recipe.training.model_copy(update={"epochs": 100})
    begun = replace(model, recipe=model.recipe.model_copy(update={"training": longer}))
    assert "collapsed-latents" not in examined(begun)


# -- limits -----------------------------------------------------------------------------------


def test_outputs_at_their_limits_where_the_data_are_not() -> None:
    options = (SMOOTH, "training.learning_rate=1.0", "training.epochs=4")
    found = health("image", *options)["saturated-outputs"]
    assert found.severity == "problem"
    assert found.sentence.startswith("100\u202f% of the outputs stand at the limits of the sigmoid")
    assert found.changes == {"training.learning_rate": 0.1}
    assert health("image", SMOOTH, "training.epochs=4")["saturated-outputs"].severity == "fine"


def test_data_beyond_what_the_output_reaches_are_scaled() -> None:
    found = health("image", SMOOTH, "data.scaling=none", "training.epochs=6")["saturated-outputs"]
    assert "beyond what a sigmoid can reach" in found.advice and found.changes == {"data.scaling": "unit"}
    after = mended("image", "saturated-outputs", SMOOTH, "data.scaling=none", "training.epochs=6")
    assert after["saturated-outputs"].severity == "fine"


def test_hidden_layers_at_their_limits() -> None:
    options = ("training.learning_rate=1.0", "training.epochs=6")
    found = health("table", *options)["saturated-layers"]
    assert found.severity == "notice" and "of the values of encoder layer 1" in found.sentence
    assert found.changes == {"model.encoder.layers.0.activation": "silu"}
    assert "saturated-layers" not in mended("table", "saturated-layers", *options)
    assert health("table")["saturated-layers"].severity == "fine"
    penalised = 'objective.penalties=[{kind="l1"}]'
    assert "saturated-layers" not in health("table", *options, penalised), "a penalty may want just that"
