"""The functions between layers."""

from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from torch import nn

Activation = Literal["linear", "relu", "leaky_relu", "elu", "silu", "tanh", "sigmoid"]
OutputActivation = Literal[Activation, "softmax"]
ACTIVATIONS: tuple[str, ...] = get_args(Activation)

EXPLANATIONS = {
    "linear": "Values pass unchanged.",
    "relu": "Negative values become 0: quick to learn, though a unit may die and stay at 0.",
    "leaky_relu": "Negative values shrink to a hundredth, so that no unit dies.",
    "elu": "Negative values bend smoothly towards −1.",
    "silu": "Smooth like a soft relu: often learns best in deep networks.",
    "tanh": "Squeezes values into −1…1.",
    "sigmoid": "Squeezes values into 0…1.",
    "softmax": "Turns the values along the last axis into shares that add up to 1.",
}

RANGES: dict[str, tuple[float, float]] = {
    "relu": (0.0, float("inf")),
    "tanh": (-1.0, 1.0),
    "sigmoid": (0.0, 1.0),
    "softmax": (0.0, 1.0),
    "elu": (-1.0, float("inf")),
    "silu": (-0.2785, float("inf")),
}
"""What an activation can put out, where that is not every number."""


def activation_layers(name: OutputActivation) -> list["nn.Module"]:
    """The module of an activation, in a list that is empty for ``linear``."""
    from torch import nn

    makers = {
        "relu": nn.ReLU,
        "leaky_relu": nn.LeakyReLU,
        "elu": nn.ELU,
        "silu": nn.SiLU,
        "tanh": nn.Tanh,
        "sigmoid": nn.Sigmoid,
    }
    if name == "softmax":
        return [nn.Softmax(-1)]
    return [makers[name]()] if name in makers else []
