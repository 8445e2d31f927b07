"""What the run bar says in numbers: counts, times, and how good the model became."""

from collections.abc import Iterator
from math import floor, isfinite, log10
from typing import Any

from PySide6.QtCore import QCoreApplication

from aedesk.analysis.comparison import ROUNDING, compared
from aedesk.ui.counts import grouped

# \u202f is a narrow space at which no line breaks; it stands before a unit.

translate = QCoreApplication.translate


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
    """How good the model is in one line, and whether that is better than PCA of the same code width.

    What was asked of the model comes first: labels or a number told, words given back, a bound, a
    cleaner signal or image. None stands for neither better nor worse; a model that was asked for
    more than to give back what it got is never called worse for its squared error. The sentence is
    empty where nothing was measured. Errors are mean squared errors in scaled units.
    """
    ours, theirs = metrics.get("test_mse"), metrics.get("pca_mse")
    if ours is None or not isfinite(ours) or (theirs is not None and not isfinite(theirs)):
        return "", None
    asked, cleaned = [*_asked(metrics), *_of_codes(metrics)], list(_cleaned(metrics))
    parts = [*asked, *cleaned]
    better = None
    spelled = metrics.get("words") is not None  # squared errors of letters as rows of 0 and 1 tell nobody anything
    if theirs is None and not spelled:
        parts.append(translate("RunBar", "Mean squared error {ours}").format(ours=f"{ours:.{_places(ours)}f}"))
    elif theirs is not None and not spelled:
        comparison, better = _comparison(ours, theirs)
        places = _places(min(ours, theirs))
        text = translate("RunBar", "AE {ours}, PCA-{width} {theirs}: {comparison}")
        width = metrics.get("pca_components", metrics.get("code_size", ""))
        parts.append(
            text.format(
                ours=f"{ours:.{places}f}", theirs=f"{theirs:.{places}f}", width=width, comparison=comparison
            )
        )
    accuracy = metrics.get("accuracy")
    if accuracy is not None and metrics.get("head_accuracy") is None:
        words = translate("RunBar", "10 nearest codes vote right for {percent}\u202f%")
        parts.append(words.format(percent=f"{100 * accuracy:.0f}"))
    if asked or (cleaned and not better):
        better = None
    return " · ".join(parts), better


def _asked(metrics: dict[str, Any]) -> Iterator[str]:
    """What the model was asked for that squared errors do not measure."""
    known = {name: value for name, value in metrics.items() if value is not None}
    if "head_accuracy" in known:
        text = translate("RunBar", "Labels told right: {percent}\u202f%")
        yield text.format(percent=_percent(known["head_accuracy"]))
    if "r2" in known:
        yield translate("RunBar", "Number told with R² {r2}").format(r2=f"{known['r2']:.2f}")
    if "words" in known:
        if "repaired" in known:
            text = translate("RunBar", "Corrupted words repaired: {percent}\u202f%")
            yield text.format(percent=_percent(known["repaired"]))
        text = translate("RunBar", "Whole words right: {percent}\u202f%")
        yield text.format(percent=_percent(known["words"]))
        if "characters" in known:
            text = translate("RunBar", "Letters right: {percent}\u202f%")
            yield text.format(percent=_percent(known["characters"]))
    if "hamming" in known:
        text = translate("RunBar", "Values on the wrong side of ½: {percent}\u202f%")
        yield text.format(percent=_percent(known["hamming"]))
    if "bound" in known:
        text = translate("RunBar", "Evidence bound {bound}\u202fnats per sample")
        yield text.format(bound=f"{known['bound']:.1f}")


def _of_codes(metrics: dict[str, Any]) -> Iterator[str]:
    """What the model was asked for of its codes."""
    if metrics.get("near_zero") is not None:
        text = translate("RunBar", "Code values near 0: {percent}\u202f%")
        yield text.format(percent=_percent(metrics["near_zero"]))
    if metrics.get("told_apart") is not None:
        text = translate("RunBar", "Codes told from the prior: AUC {auc}")
        yield text.format(auc=f"{metrics['told_apart']:.2f}")


def _cleaned(metrics: dict[str, Any]) -> Iterator[str]:
    """How much noise the model takes away, where there was some."""
    if metrics.get("estimated_snr_after_db") is not None:
        words = translate("RunBar", "Signal to noise, estimated: {before} → {after}\u202fdB")
        before, after = metrics["estimated_snr_before_db"], metrics["estimated_snr_after_db"]
        yield words.format(before=f"{before:.1f}", after=f"{after:.1f}")
    for before, after in (("snr_before_db", "snr_after_db"), ("psnr_before_db", "psnr_db")):
        if metrics.get(before) is not None and metrics.get(after) is not None:
            if before == "snr_before_db":
                words = translate("RunBar", "Signal to noise {before} → {after}\u202fdB")
            else:
                words = translate("RunBar", "Peak signal to noise {before} → {after}\u202fdB")
            yield words.format(before=f"{metrics[before]:.1f}", after=f"{metrics[after]:.1f}")


def _percent(share: float) -> str:
    return f"{100 * share:.1f}"


def _comparison(ours: float, theirs: float) -> tuple[str, bool | None]:
    found = compared(ours, theirs)
    amount = f"{found.amount:.1f}" if found.kind == "times" and found.amount < 10 else grouped(found.amount)
    text = {
        "both perfect": translate("RunBar", "both lose nothing"),
        "pca perfect": translate("RunBar", "PCA loses nothing here"),
        "same": translate("RunBar", "the same"),
        "better": translate("RunBar", "{percent}\u202f% better"),
        "worse": translate("RunBar", "{percent}\u202f% worse"),
        "times": translate("RunBar", "{times} times PCA's error"),
    }[found.kind]
    return text.format(percent=amount, times=amount), found.better


def _places(smallest: float) -> int:
    """Decimal places that leave at least two figures of the smaller number."""
    return max(4, 1 - floor(log10(smallest))) if smallest > ROUNDING else 4
