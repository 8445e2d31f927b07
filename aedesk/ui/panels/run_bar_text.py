"""What the run bar says in numbers: counts, times, and how good the model became."""

from math import floor, isfinite, log10
from typing import Any

from PySide6.QtCore import QCoreApplication

from aedesk.ui.counts import grouped

# \u202f is a narrow space at which no line breaks; it stands before a unit.

translate = QCoreApplication.translate

_TWICE = 100  # % worse: beyond it, how many times worse is easier to grasp

_ROUNDING = 1e-9  # an error this small is that of the arithmetic


def epochs_in_words(epochs: int) -> str:
    """1 epoch, 1 200 epochs."""
    text = translate("RunBar", "1 epoch") if epochs == 1 else translate("RunBar", "{n} epochs")
    return text.format(n=grouped(epochs))


def duration(seconds: float) -> str:
    """A time in at most two units, or "" where it is not known: 2 min 10 s."""
    if not isfinite(seconds):
        return ""
    whole = round(seconds)
    days, hours, minutes = whole // 86400, whole // 3600 % 24, whole // 60 % 60
    if days:
        text = translate("RunBar", "{days}\u202fd {hours}\u202fh")
    elif hours:
        text = translate("RunBar", "{hours}\u202fh {minutes}\u202fmin")
    elif minutes:
        text = translate("RunBar", "{minutes}\u202fmin {seconds}\u202fs")
    elif whole:
        text = translate("RunBar", "{seconds}\u202fs")
    else:
        text = translate("RunBar", "less than 1\u202fs")
    return text.format(days=days, hours=hours, minutes=minutes, seconds=whole % 60)


def result_sentence(metrics: dict[str, Any]) -> tuple[str, bool | None]:
    """How good the model is in one line, and whether it beats PCA of the same code width.

    None stands for neither better nor worse; the sentence is empty where nothing was measured.
    Errors are mean squared errors in scaled units.
    """
    ours, theirs = metrics.get("test_mse"), metrics.get("pca_mse")
    if ours is None or theirs is None or not isfinite(ours) or not isfinite(theirs):
        return "", None
    comparison, better = _comparison(ours, theirs)
    places = _places(min(ours, theirs))
    text = translate("RunBar", "AE {ours}, PCA-{width} {theirs}: {comparison}").format(
        ours=f"{ours:.{places}f}",
        theirs=f"{theirs:.{places}f}",
        width=metrics.get("code_size", ""),
        comparison=comparison,
    )
    before, after = metrics.get("snr_before_db"), metrics.get("snr_after_db")
    if before is not None and after is not None:
        words = translate("RunBar", "signal to noise {before} → {after}\u202fdB")
        text += " · " + words.format(before=f"{before:.1f}", after=f"{after:.1f}")
    accuracy = metrics.get("accuracy")
    if accuracy is not None:
        words = translate("RunBar", "10 nearest codes vote right for {percent}\u202f%")
        text += " · " + words.format(percent=f"{100 * accuracy:.0f}")
    return text, better


def _comparison(ours: float, theirs: float) -> tuple[str, bool | None]:
    if theirs <= _ROUNDING:
        if ours <= _ROUNDING:
            return translate("RunBar", "both lose nothing"), None
        return translate("RunBar", "PCA loses nothing here"), False
    change = round(100 * (1 - ours / theirs))
    if not change:
        return translate("RunBar", "the same"), None
    if change < -_TWICE:
        times = f"{ours / theirs:.1f}" if ours < 10 * theirs else grouped(ours / theirs)
        return translate("RunBar", "{times} times PCA's error").format(times=times), False
    better = translate("RunBar", "{percent}\u202f% better")
    worse = translate("RunBar", "{percent}\u202f% worse")
    return (better if change > 0 else worse).format(percent=grouped(abs(change))), change > 0


def _places(smallest: float) -> int:
    """Decimal places that leave at least two figures of the smaller number."""
    return max(4, 1 - floor(log10(smallest))) if smallest > _ROUNDING else 4
