"""What the curves of the loss view are called."""

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from aedesk.models.adversary import Adversary
from aedesk.models.losses import LOSS_TITLES
from aedesk.models.penalty import Penalty
from aedesk.options import Choice
from aedesk.ui.views.loss_names import ALONE, DISCRIMINATOR, R2, TOTAL, WITHOUT

translate = QCoreApplication.translate


def curve_title(name: str, names: Iterable[str] = ()) -> str:
    """The title of a curve by its name; ``names`` are those of all curves beside it."""
    fixed = {
        TOTAL: translate("LossView", "Total"),
        WITHOUT: translate("LossView", "Without pretraining"),
        ALONE: translate("LossView", "One layer alone"),
        "code-kl": translate("LossView", "KL of the code"),
        "labels": translate("LossView", "Label error"),
        "number": translate("LossView", "Error of the number"),
        "accuracy": translate("LossView", "Accuracy"),
        R2: translate("LossView", "R² (training spread)"),  # elsewhere by the spread of what is measured
    }
    if name in LOSS_TITLES:
        return translate("Recipe", LOSS_TITLES[name])
    return fixed.get(name) or _title_of_kind(name, names)


def short_title(name: str, names: Iterable[str] = ()) -> str:
    """A shorter title where there is one, for places with little room.

    Of several adversaries, whose titles begin alike, the number.
    """
    terms = [other for other in names if _is_adversary(other) and not other.endswith(DISCRIMINATOR)]
    if len(terms) > 1 and name.removesuffix(DISCRIMINATOR) in terms:
        judging = name.endswith(DISCRIMINATOR)
        text = translate("LossView", "Discr. {n}") if judging else translate("LossView", "Adversary {n}")
        return text.format(n=1 + terms.index(name.removesuffix(DISCRIMINATOR)))
    known = {
        WITHOUT: translate("LossView", "Not pretrained"),
        "mse": translate("LossView", "Squared error"),
        "mae": translate("LossView", "Absolute error"),
        "bce": translate("LossView", "Cross-entropy"),
        "number": translate("LossView", "Number error"),
        "code-kl": translate("LossView", "Code's KL"),
        R2: "R²",
    }
    return known.get(name, "")


def _title_of_kind(name: str, names: Iterable[str]) -> str:
    """Penalties are called as in the builder, and adversaries where there are several."""
    whole = name.removesuffix(DISCRIMINATOR)
    kind, _, number = whole.rpartition(" ") if whole[-1:].isdigit() and " " in whole else (whole, "", "")
    adversaries = Adversary.kinds()
    if kind in adversaries:
        title = _numbered(adversaries[kind], number)
        alone = len([other for other in names if _is_adversary(other)]) <= 2
        if name != whole:
            text = translate("LossView", "Discriminator") if alone else translate("LossView", "Discriminator: {title}")
        else:
            text = translate("LossView", "Adversary") if alone else translate("LossView", "Adversary: {title}")
        return text.format(title=title)
    penalties = Penalty.kinds()
    if kind in penalties:
        return _numbered(penalties[kind], number)
    words = name.replace("_", " ").replace("-", " ")
    return words[:1].upper() + words[1:]


def _is_adversary(name: str) -> bool:
    return name.split(" ")[0] in Adversary.kinds()


def _numbered(choice: type[Choice], number: str) -> str:
    title = translate("Recipe", choice.title)
    return f"{title} {number}" if number else title
