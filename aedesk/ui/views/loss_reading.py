"""What the loss view's key says of a run at a place."""

from collections.abc import Callable
from math import isfinite
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QColor

from aedesk.ui import theme
from aedesk.ui.views.loss_curves import PARTS, Band, Part
from aedesk.ui.views.loss_key import KeyEntry
from aedesk.ui.views.loss_line import faint, training_style
from aedesk.ui.views.loss_names import ALONE, R2, TOTAL, WITHOUT, is_share, is_watched
from aedesk.ui.views.loss_run import LossRun
from aedesk.ui.views.loss_titles import curve_title, short_title

if TYPE_CHECKING:
    from aedesk.training.events import StageLearned

_READ_RUNS = 3

translate = QCoreApplication.translate


class Reading:
    """A run read under the pointer, or where it is now while nobody points.

    ``hovered`` is an epoch or None, ``colour`` gives a curve's, ``hidden`` are the curves switched
    off, and ``stage`` is what goes before the run while it does.
    """

    def __init__(
        self,
        run: LossRun,
        hovered: float | None,
        colour: Callable[[str], QColor],
        hidden: frozenset[str] = frozenset(),
        stage: "StageLearned | None" = None,
    ) -> None:
        self._run, self._colour, self._hidden, self._stage = run, colour, hidden, stage
        self._pointed = hovered is not None
        self._at = run.end if hovered is None else max(hovered, run.start)

    def head(self) -> list[KeyEntry]:
        """A lone curve's two parts with their values; for several, what solid and dashed lines are."""
        run = self._run
        if len(run.names) == 1:
            return self._lone(run.names[0])
        ink = QColor(theme.current().muted)
        found = [KeyEntry(translate("LossView", "Training"), (), ink)]
        measured = any(part == "validation" for _, part in run.curves)
        if measured or any(len(band.losses["validation"]) for band in run.bands):
            found.append(KeyEntry(translate("LossView", "Validation"), (), ink, style=Qt.PenStyle.DashLine))
        if any(is_watched(name) and not is_share(name) for name in run.names):
            found.append(KeyEntry(translate("LossView", "Beside the total"), (), ink, style=Qt.PenStyle.DotLine))
        return found

    def _lone(self, name: str) -> list[KeyEntry]:
        colour = self._colour(name)
        training = curve_title(WITHOUT) if name == WITHOUT else translate("LossView", "Training")
        titles = training, translate("LossView", "Validation")
        styles = training_style(name), Qt.PenStyle.DashLine
        return [
            KeyEntry(title, (value_in_words(self._point(name, part), name),), colour, style=style)
            for part, title, style in zip(PARTS, titles, styles, strict=True)
            if (name, part) in self._run.curves
        ]

    def entries(self) -> list[KeyEntry]:
        """Where there are several curves, each with its values."""
        names = self._run.names
        if len(names) < 2:
            return []
        found: list[KeyEntry] = []
        for name in names:
            found += [self._layer(band) for band in self._run.bands] if name == ALONE else [self._entry(name)]
        return found

    def _entry(self, name: str) -> KeyEntry:
        return KeyEntry(
            curve_title(name, self._run.names),
            tuple(value_in_words(self._point(name, part), name) for part in PARTS),
            self._colour(name),
            name,
            short_title(name, self._run.names),
            style=training_style(name),
            shown=name not in self._hidden,
        )

    def _layer(self, band: Band) -> KeyEntry:
        """A layer that learned alone: its newest values, or those under the pointer where that is in its band."""
        title = translate("LossView", "Layer {n} alone").format(n=band.layer)
        short = translate("LossView", "Layer {n}").format(n=band.layer)
        note = band.name
        if band.scale != 1:
            title = translate("LossView", "Layer {n} alone, own scale").format(n=band.layer)
            text = translate("LossView", "{widths}, drawn as if it began where layer 1 began: these are its true losses")
            note = text.format(widths=band.name)
        at = self._at if self._pointed else 0.0
        read = not self._pointed or (at <= 0 and self._run.band_at(at) is band)
        values = (value_in_words(band.nearest(part, at) if read else None) for part in PARTS)
        return KeyEntry(
            title, tuple(values), self._colour(ALONE), ALONE, short, note, shown=ALONE not in self._hidden
        )

    def _point(self, name: str, part: Part) -> tuple[float, float] | None:
        """A curve's point at the place; of what goes before the run its newest while nobody points."""
        run, at = self._run, self._at
        if not self._pointed and name == WITHOUT and not run.end:
            at = run.drawn_end
        return run.nearest(name, part, at)

    def place(self) -> str:
        """Which epoch the values are of."""
        run, stage = self._run, self._stage
        band = run.band_at(self._at) if self._at < 0 else None
        if band:
            text = translate("LossView", "Layer {n} ({widths}), epoch {now}")
            now = max(1, round(self._at - band.start))
            return text.format(n=band.layer, widths=band.name, now=now)
        if self._pointed:
            return translate("LossView", "Epoch {now}").format(now=_epoch(max(self._at, 0.0)))
        if stage is None:
            text = translate("LossView", "Epoch {now} of {last}")
            return text.format(now=_epoch(self._at), last=run.last_epoch)
        if stage.stage:
            text = translate("LossView", "Layer {n} of {all}, epoch {now} of {last}")
        else:
            text = translate("LossView", "Without pretraining, epoch {now} of {last}")
        return text.format(n=stage.stage, all=stage.stages, now=stage.epoch, last=stage.epochs)

    def earlier(self, runs: list[LossRun]) -> KeyEntry | None:
        """Under the pointer, what the latest earlier runs had there; else what the faint lines are."""
        if not runs:
            return None
        terms = self._run.terms
        name = TOTAL if len(terms) > 1 else next(iter(terms), "")
        colour = faint(self._colour(name))
        if not self._pointed:
            return KeyEntry(translate("LossView", "Earlier runs"), (), colour)
        words = []
        for run in runs[-_READ_RUNS:]:
            curves = [run.curves.get((name, part)) for part in PARTS]
            found = [curve.nearest(self._at) for curve in curves if curve and 0 <= self._at <= curve.end + 0.5]
            if found:
                values = " / ".join(value_in_words(point, figures=3) for point in found)
                text = translate("LossView", "run {number}: {values}")
                words.append(text.format(number=run.number, values=values))
        return KeyEntry(translate("LossView", "Earlier"), ("   ".join(words),), colour)


def _epoch(at: float) -> str:
    """An epoch with as much of its fraction as means something."""
    places = 2 if at < 10 else 1 if at < 1000 else 0
    return f"{at:.{places}f}".rstrip("0").rstrip(".") if places else f"{at:.0f}"


def value_in_words(point: tuple[float, float] | None, name: str = "", figures: int = 4) -> str:
    """The height of a curve's point in a few figures; shares in per cent, R² as a number."""
    if point is None or not isfinite(point[1]):
        return "–"
    if name == R2:
        return f"{point[1]:.2f}"
    if is_share(name):
        return f"{100 * point[1]:.1f}\u202f%"
    if 0 < abs(point[1]) < 1e-3:
        return f"{point[1]:.2e}".replace("e-0", "e-")
    return f"{point[1]:.{figures}g}"
