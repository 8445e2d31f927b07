"""How a network learns."""

from typing import Literal

from aedesk.options import Options, option


class Pretraining(Options):
    """Greedy layer-by-layer learning before the run (Hinton and Salakhutdinov 2006; Bengio et al. 2007)."""

    epochs: int = option(
        5, "Epochs per layer", "How many times each layer sees all training data.", unit="epochs", ge=1, le=10_000
    )
    learning_rate: float = option(
        1e-3, "Learning rate", "How far a layer's weights move at each step while it learns alone.", gt=0, le=100
    )
    compare: bool = option(
        False,
        "Compare",
        "First learn without this for as many epochs, so that the loss view shows what it buys.",
    )


class TrainingOptions(Options):
    """How the network learns."""

    epochs: int = option(
        20, "Epochs", "How many times the network sees all training data.", unit="epochs", ge=1, le=1_000_000
    )
    batch_size: int = option(
        128,
        "Batch",
        "How many samples are looked at before the weights move once. "
        "Small batches learn more per epoch, large ones run faster.",
        unit="samples",
        ge=1,
        le=1_000_000,
    )
    optimiser: Literal["adam", "adamw", "sgd"] = option(
        "adam",
        "Optimiser",
        "How the weights are moved. Adam finds its own step for every weight and is a good start.",
    )
    learning_rate: float = option(
        1e-3,
        "Learning rate",
        "How far the weights move at each step. Too large and the loss jumps or explodes, "
        "too small and it crawls.",
        gt=0,
        le=100,
    )
    schedule: Literal["constant", "one-cycle"] = option(
        "constant",
        "Schedule",
        "Constant keeps the learning rate. One-cycle raises it, then lets it fall to almost "
        "nothing at the last epoch, which often ends lower (Smith and Topin 2018).",
    )
    momentum: float = option(
        0.9, "Momentum", "How much of the last step SGD keeps for the next; Adam has its own.", ge=0, lt=1
    )
    weight_decay: float = option(
        0.0, "Weight decay", "Pulls weights towards zero at every step, which can prevent overfitting.", ge=0, le=10
    )
    clip: float = option(
        0.0,
        "Gradient limit",
        "Shortens a step whose gradient is longer than this, which keeps recurrent and adversarial "
        "networks from jumping (Pascanu et al. 2013). 0 never does.",
        ge=0,
        le=1e6,
    )
    patience: int = option(
        0,
        "Patience",
        "Stop early when the validation loss has not improved for this many epochs, and go back "
        "to the best weights. 0 never stops early.",
        unit="epochs",
        ge=0,
        le=1_000_000,
    )
    seed: int = option(
        0,
        "Seed",
        "Decides every random choice. The same recipe, seed and device give the same numbers.",
        ge=0,
        le=2**31 - 1,
    )
    pretraining: Pretraining | None = option(
        None,
        "Layer by layer first",
        "Let each layer learn by itself before all learn together, from the outermost to the code.",
    )
