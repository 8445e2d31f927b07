"""What a person reads for what a recipe's values are called in files. The one place for such words.

A value without an entry is still readable: ``"one-cycle"`` becomes “One cycle”.
"""

from html import escape

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from aedesk.models.activations import EXPLANATIONS
from aedesk.models.losses import LOSS_EXPLANATIONS, LOSS_TITLES

_VALUES: dict[str, str] = {
    **LOSS_TITLES,
    "linear": QT_TRANSLATE_NOOP("Recipe", "Linear"),
    "relu": QT_TRANSLATE_NOOP("Recipe", "ReLU"),
    "leaky_relu": QT_TRANSLATE_NOOP("Recipe", "Leaky ReLU"),
    "elu": QT_TRANSLATE_NOOP("Recipe", "ELU"),
    "silu": QT_TRANSLATE_NOOP("Recipe", "SiLU"),
    "tanh": QT_TRANSLATE_NOOP("Recipe", "Tanh"),
    "sigmoid": QT_TRANSLATE_NOOP("Recipe", "Sigmoid"),
    "adam": QT_TRANSLATE_NOOP("Recipe", "Adam"),
    "adamw": QT_TRANSLATE_NOOP("Recipe", "AdamW"),
    "sgd": QT_TRANSLATE_NOOP("Recipe", "SGD"),
    "constant": QT_TRANSLATE_NOOP("Recipe", "Constant"),
    "one-cycle": QT_TRANSLATE_NOOP("Recipe", "One-cycle"),
    "lstm": QT_TRANSLATE_NOOP("Recipe", "LSTM"),
    "gru": QT_TRANSLATE_NOOP("Recipe", "GRU"),
}

_VALUES_OF: dict[tuple[str, str], str] = {
    ("scaling", "unit"): QT_TRANSLATE_NOOP("Recipe", "0 … 1"),
    ("scaling", "centred"): QT_TRANSLATE_NOOP("Recipe", "−0.5 … 0.5"),
    ("scaling", "standard"): QT_TRANSLATE_NOOP("Recipe", "Mean 0, spread 1"),
    ("scaling", "none"): QT_TRANSLATE_NOOP("Recipe", "As they are"),
    ("feed", "fed-back"): QT_TRANSLATE_NOOP("Recipe", "Code and last output"),
    ("feed", "repeated"): QT_TRANSLATE_NOOP("Recipe", "The code"),
    ("decimal", ""): QT_TRANSLATE_NOOP("Recipe", "Guess"),
    ("decimal", "."): QT_TRANSLATE_NOOP("Recipe", "Point  ."),
    ("decimal", ","): QT_TRANSLATE_NOOP("Recipe", "Comma  ,"),
    ("thousands", ""): QT_TRANSLATE_NOOP("Recipe", "Guess"),
    ("thousands", "."): QT_TRANSLATE_NOOP("Recipe", "Point  ."),
    ("thousands", ","): QT_TRANSLATE_NOOP("Recipe", "Comma  ,"),
    ("thousands", " "): QT_TRANSLATE_NOOP("Recipe", "Space"),
    ("thousands", "'"): QT_TRANSLATE_NOOP("Recipe", "Apostrophe  '"),
    ("thousands", "_"): QT_TRANSLATE_NOOP("Recipe", "Underscore  _"),
    ("quote", ""): QT_TRANSLATE_NOOP("Recipe", "Guess"),
    ("quote", '"'): QT_TRANSLATE_NOOP("Recipe", 'Double  "'),
    ("quote", "'"): QT_TRANSLATE_NOOP("Recipe", "Single  '"),
}
"""Values that mean something else in a field of this name."""

_EXPLANATIONS: dict[str, str] = {
    **EXPLANATIONS,
    **LOSS_EXPLANATIONS,
    "adam": QT_TRANSLATE_NOOP("Recipe", "Finds its own step for every weight: a good start."),
    "adamw": QT_TRANSLATE_NOOP("Recipe", "Adam with a weight decay that does what it says."),
    "sgd": QT_TRANSLATE_NOOP("Recipe", "Plain steps downhill with momentum: slower, easy to understand."),
    "constant": QT_TRANSLATE_NOOP("Recipe", "The learning rate stays the same."),
    "one-cycle": QT_TRANSLATE_NOOP("Recipe", "The learning rate rises, then falls to almost nothing."),
    "lstm": QT_TRANSLATE_NOOP(
        "Recipe", "A memory of its own behind three gates (Hochreiter and Schmidhuber 1997)."
    ),
    "gru": QT_TRANSLATE_NOOP("Recipe", "Simpler and a quarter cheaper than the LSTM (Cho et al. 2014)."),
}

_EXPLANATIONS_OF: dict[tuple[str, str], str] = {
    ("scaling", "unit"): QT_TRANSLATE_NOOP("Recipe", "The smallest value becomes 0, the largest 1."),
    ("scaling", "centred"): QT_TRANSLATE_NOOP("Recipe", "The smallest value becomes −0.5, the largest 0.5."),
    ("scaling", "standard"): QT_TRANSLATE_NOOP("Recipe", "The mean becomes 0, the standard deviation 1."),
    ("scaling", "none"): QT_TRANSLATE_NOOP("Recipe", "The values are learned as they come."),
    ("down", "strided"): QT_TRANSLATE_NOOP("Recipe", "Looks only at every so many places: quick."),
    ("down", "pooled"): QT_TRANSLATE_NOOP(
        "Recipe", "Looks at all places and keeps the largest value around each: slower."
    ),
    ("up", "transposed"): QT_TRANSLATE_NOOP(
        "Recipe", "Each value is spread over a larger patch: quick, and may leave a chequered pattern."
    ),
    ("up", "resized"): QT_TRANSLATE_NOOP(
        "Recipe", "Values are repeated and then convolved: smooth, and slower."
    ),
    ("normalisation", "batch"): QT_TRANSLATE_NOOP(
        "Recipe", "Over all samples of a batch: learns fast; wants batches of 16 or more."
    ),
    ("normalisation", "group"): QT_TRANSLATE_NOOP(
        "Recipe", "Over groups of maps of one sample: the same for batches of any size."
    ),
    ("feed", "repeated"): QT_TRANSLATE_NOOP(
        "Recipe", "Every step gets the code alone: quick, and no mistake is carried on."
    ),
    ("feed", "fed-back"): QT_TRANSLATE_NOOP(
        "Recipe", "Every step also gets what came out before it: good for letters, and slower."
    ),
}

_LEAST: dict[str, str] = {
    "limit": QT_TRANSLATE_NOOP("Recipe", "All samples"),
    "patience": QT_TRANSLATE_NOOP("Recipe", "Never stop early"),
    "dense_width": QT_TRANSLATE_NOOP("Recipe", "None"),
    "residual": QT_TRANSLATE_NOOP("Recipe", "None"),
    "hidden": QT_TRANSLATE_NOOP("Recipe", "No hidden layer"),
}
"""Words for the smallest value of a whole number, where it stands for something else."""

_ONE: dict[str, str] = {
    "degrees": QT_TRANSLATE_NOOP("Recipe", "degree"),
    "epochs": QT_TRANSLATE_NOOP("Recipe", "epoch"),
    "heaps": QT_TRANSLATE_NOOP("Recipe", "heap"),
    "letters": QT_TRANSLATE_NOOP("Recipe", "letter"),
    "lines": QT_TRANSLATE_NOOP("Recipe", "line"),
    "numbers": QT_TRANSLATE_NOOP("Recipe", "number"),
    "pixels": QT_TRANSLATE_NOOP("Recipe", "pixel"),
    "probes": QT_TRANSLATE_NOOP("Recipe", "probe"),
    "samples": QT_TRANSLATE_NOOP("Recipe", "sample"),
    "steps": QT_TRANSLATE_NOOP("Recipe", "step"),
    "turns": QT_TRANSLATE_NOOP("Recipe", "turn"),
    "units": QT_TRANSLATE_NOOP("Recipe", "unit"),
    "values": QT_TRANSLATE_NOOP("Recipe", "value"),
}
"""What one of a unit is called."""

_ADDING: dict[str, str] = {"layers": QT_TRANSLATE_NOOP("Recipe", "Add a layer")}
"""What the button that adds to a list says."""


def recipe_text(text: str) -> str:
    """A title, description or unit of the core in the person's language."""
    return QCoreApplication.translate("Recipe", text) if text else ""


def unit_suffix(unit: str, value: float) -> str:
    """What stands after a number of a unit, the space before it included."""
    words = recipe_text(_ONE.get(unit, unit) if value == 1 else unit)
    return f" {words}" if words else ""


def value_label(field: str, value: object) -> str:
    """What a value of the field called ``field`` is called."""
    known = _VALUES_OF.get((field, str(value))) or _VALUES.get(str(value))
    if known:
        return recipe_text(known)
    words = str(value).replace("_", " ").replace("-", " ")
    return recipe_text(words[:1].upper() + words[1:])


def value_explanation(field: str, value: object) -> str:
    """One sentence on what choosing the value does, or nothing."""
    return recipe_text(_EXPLANATIONS_OF.get((field, str(value))) or _EXPLANATIONS.get(str(value), ""))


def least_label(field: str) -> str:
    """What the smallest whole number of the field means, or nothing."""
    return recipe_text(_LEAST.get(field, ""))


def adding_label(field: str) -> str:
    """What the button that adds an entry to the list ``field`` says."""
    return recipe_text(_ADDING.get(field, "")) or QCoreApplication.translate("Recipe", "Add")


def tooltip(*paragraphs: str) -> str:
    """A tooltip whose lines wrap, with the empty paragraphs left out."""
    return "".join(f"<p>{escape(text, quote=False)}</p>" for text in paragraphs if text)


def sentence(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def grouped(number: int) -> str:
    """A number in groups of three: 109 386."""
    return f"{number:,}".replace(",", "\u202f")


def compact(number: int) -> str:
    """A number in at most four signs: 650, 8.3k, 101k, 1.2M."""
    for size, sign in ((1_000_000_000, "G"), (1_000_000, "M"), (1_000, "k")):
        if number >= 0.9995 * size:
            share = number / size
            return f"{share:.1f}{sign}" if share < 9.95 else f"{share:.0f}{sign}"
    return str(number)
