"""What is said of the part that was removed from a signal."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from aedesk.data.readable import readable

if TYPE_CHECKING:
    from aedesk.analysis.removed import Removed


def verdict(removed: "Removed | None", step: float | None) -> str:
    """A plain sentence, with ``step`` seconds between samples where that is known; "" where nothing can be said."""
    if removed is None:
        return ""
    share = _percent(removed.structured)
    match removed.kind:
        case "noise":
            return _tr("What was removed looks like noise.")
        case "little":
            return _tr("Hardly anything was removed: nearly all of the noise is still there.")
        case "signal" if removed.lost is not None:
            text = _tr("What was removed still contains your signal: about {share} of the removed part.")
            return text.format(share=_percent(removed.lost))
        case "signal":
            text = _tr("What was removed still contains your signal: about {share} of the removed part is no chance noise.")
            return text.format(share=share)
        case "hum":
            text = _tr("About {share} of what was removed is a hum at {place}, not your signal.")
            return text.format(share=share, place=_frequency(removed.line or 0.0, step))
        case "drift":
            return _tr("About {share} of what was removed is a slow drift, not your signal.").format(share=share)
    text = _tr("About {share} of what was removed goes on from sample to sample, as coloured noise does.")
    return text.format(share=share)


def verdict_word(removed: "Removed | None") -> str:
    """The same in a word or two."""
    words = {
        "noise": _tr("Noise"),
        "signal": _tr("Contains signal"),
        "hum": _tr("Hum"),
        "drift": _tr("Drift"),
        "coloured": _tr("Coloured noise"),
        "little": _tr("Hardly anything"),
    }
    return words[removed.kind] if removed is not None else ""


def headline(removed: "Removed | None") -> str:
    """The verdict above all figures."""
    if removed is None:
        return _tr("Too little was removed to judge it.")
    if removed.kind == "noise":
        return _tr("What was removed looks like noise.")
    if removed.kind == "little":
        return _tr("Hardly anything was removed.")
    if removed.kind == "signal":
        return _tr("The removed part still contains your signal.")
    return _tr("The removed part is no chance noise, but not your signal either.")


def detail(removed: "Removed | None", step: float | None) -> str:
    """Why, in a sentence."""
    if removed is None:
        return _tr("The longest stretch without gaps is too short, or nothing was taken off.")
    if removed.kind == "little":
        return _tr("It is less than a tenth as strong as the noise, nearly all of which is still there.")
    if removed.kind == "noise" and removed.lost is None:
        return _tr("Neighbouring samples of it have nothing to do with each other.")
    if removed.kind == "noise" and removed.lost < 0.005:
        return _tr("Noise alone, cleaned in the same way, leaves the same: hardly any of it is your signal.")
    if removed.kind == "noise":
        text = _tr("Noise alone, cleaned in the same way, leaves nearly the same; about {share} of it may be your signal.")
        return text.format(share=_percent(removed.lost))
    if removed.kind == "signal" and removed.lost is not None:
        text = _tr(
            "About {share} of it is your signal: noise alone, cleaned in the same way, leaves only the rest. "
            "Take off less noise."
        )
        return text.format(share=_percent(removed.lost))
    if removed.kind == "signal":
        share = _percent(removed.structured)
        text = _tr(
            "About {share} goes on from sample to sample, and goes with the cleaned signal. Take off less noise."
        )
        return text.format(share=share)
    return verdict(removed, step)


def _percent(share: float) -> str:
    return f"{min(100, round(100 * share))}\u202f%"


def _frequency(cycles: float, step: float | None) -> str:
    if step:
        return _tr("{f} Hz").format(f=readable(cycles / step))
    return _tr("{f} cycles per sample").format(f=readable(cycles))


def _tr(text: str) -> str:
    return QCoreApplication.translate("SignalVerdict", text)
