"""What the signal desk says about a signal: lines of text, and one of numbers."""

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QLabel, QWidget

from aedesk.data.csv_explanation import every_text, rate_text, shared_text
from aedesk.data.readable import readable
from aedesk.data.sampling import Sampling
from aedesk.ui.counts import grouped
from aedesk.ui.panels.signal_cleaned import CleanedColumn
from aedesk.ui.panels.signal_file import OpenColumn, is_text


def text_line(parent: QWidget, role: str) -> QLabel:
    """Text that has as many lines as it needs, and none while it is hidden, as it is at first."""
    line = QLabel(parent, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
    line.setProperty("role", role)
    line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    line.hide()
    return line


def numbers_line(column: OpenColumn, cleaned: CleanedColumn | None) -> str:
    """Length, rate, gaps, and how much was removed."""
    values = column.values
    if values is None:
        return ""
    count = _tr("1 sample") if len(values) == 1 else _tr("{n} samples")
    parts = [count.format(n=grouped(len(values)))]
    if column.step:
        parts.append(_rate(column.step))
        parts.append(_duration(float(column.sampling.timeline.at(len(values) - 1)) + column.step))
    if column.missing:
        parts.append(_tr("{n} missing").format(n=grouped(column.missing)))
    files = len(getattr(column.table, "files", ()))
    if files:
        parts.append((_tr("1 file") if files == 1 else _tr("{n} files")).format(n=grouped(files)))
    gaps, missing = _gaps(column.sampling)
    if gaps:
        text = _tr("1 gap in time") if gaps == 1 else _tr("{n} gaps in time")
        text = text.format(n=grouped(gaps))
        parts.append(_tr("{gaps} ({time})").format(gaps=text, time=_duration(missing)) if missing else text)
    line = ", ".join(parts)
    if cleaned is None:
        return line
    amount = f"{readable(cleaned.amount(), 2)} {column.unit}".strip()
    return _tr("{signal}; removed {amount} RMS").format(signal=line, amount=amount)


def saved_line(name: str, cleaned: Iterable[str], left: Iterable[str]) -> str:
    """What was written, and which channels of it nobody cleaned."""
    names, others = (", ".join(f"“{one}”" for one in some) for some in (cleaned, left))
    said = _tr("Saved {name} with {columns} cleaned.").format(name=name, columns=names)
    if not others:
        return said
    hint = _tr("As recorded: {columns}. Choose and denoise each of those to clean it as well.").format(columns=others)
    return f"{said} {hint}"


def notes_line(column: OpenColumn, cleaned: CleanedColumn | None, judged: bool = False) -> str:
    """What is to be known of its times, of lines that were left out, and of what was removed: sentences.

    Where that is ``judged`` in view, the verdict is not said once more.
    """
    even = shared = ""
    if column.sampling.coarse:
        shared = _tr("Each time stands for {rows}, which are taken to be evenly spaced.")
        shared = shared.format(rows=shared_text(column.sampling.sharing))
    if column.sampling.unevenness and column.how.resample:
        even = _tr("They are brought to even ones before a network sees them.")
    elif column.sampling.unevenness and is_text(column.table.path):
        even = _tr("“Resample to” behind “How it was read…” makes them even.")
    left_out = getattr(column.table, "left_out", "")
    said = "" if cleaned is None else cleaned.answer.remark if judged else cleaned.answer.note
    return " ".join(filter(None, (column.sampling.note, shared, even, left_out, said)))


def _gaps(sampling: Sampling) -> tuple[int, float]:
    """How many breaks are gaps, and how many seconds are missing in them, 0 where that is not known.

    Where the files of a folder follow each other, and where a clock was put back, no time is missing.
    """
    jumps = sampling.jumps
    if len(jumps) != len(sampling.breaks):
        return len(sampling.breaks), 0.0
    return int((jumps > 0).sum()), float(jumps[jumps > 0].sum())


def _rate(step: float) -> str:
    return rate_text(1 / step) if step <= 1 else _tr("one {every}").format(every=every_text(step).partition(" (")[0])


def _duration(seconds: float) -> str:
    for least, text, unit in ((1e-6, _tr("{n} ns"), 1e-9), (1e-3, _tr("{n} µs"), 1e-6), (0.1, _tr("{n} ms"), 1e-3)):
        if 0 < seconds < least:
            return text.format(n=readable(seconds / unit))
    if seconds < 60:
        return _tr("{n} s").format(n=readable(seconds))
    if seconds < 3600:
        minutes, rest = divmod(round(seconds), 60)
        return _tr("{m} min {s} s").format(m=minutes, s=rest) if rest else _tr("{m} min").format(m=minutes)
    hours, rest = divmod(round(seconds / 60), 60)
    if hours >= 48:
        days, hours = divmod(round(seconds / 3600), 24)
        return (_tr("{d} d {h} h") if hours else _tr("{d} d")).format(d=grouped(days), h=hours)
    text = _tr("{h} h {m} min") if rest else _tr("{h} h")
    return text.format(h=grouped(hours), m=rest)


def _tr(text: str) -> str:
    return QCoreApplication.translate("SignalDesk", text)
