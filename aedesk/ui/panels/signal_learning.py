"""What a network is to learn from, beyond the column in view: the choices that only some recordings have."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from aedesk.data.chosen_channels import side_by_side
from aedesk.data.remedies import Remedies
from aedesk.ui.elided_label import ElidedLabel
from aedesk.ui.panels.signal_dialogs import recording_to_open
from aedesk.ui.panels.signal_file import OpenColumn
from aedesk.ui.panels.signal_noise import NoiseChoice
from aedesk.ui.panels.signal_request import LearnRequest
from aedesk.ui.panels.signal_words import text_line
from aedesk.ui.theme import SPACE_S, SPACE_XS

if TYPE_CHECKING:
    from aedesk.analysis.noise_spectra import NoiseKind

_ANOTHER_FILE = object()
_COLUMN = Qt.ItemDataRole.UserRole + 1  # of another file


class LearnLine(QWidget):
    """All channels together or the one in view; where the clean signal is; noise to add; noise to take out before.

    Each is seen only where there is something to choose.

    Signals: ``reference_changed`` when another column, another clean signal or none is named.
    """

    reference_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column: OpenColumn | None = None
        self._way = "blind"
        self._told: tuple[OpenColumn | None, str, str] = None, "", ""
        self._kinds: tuple[NoiseKind, ...] = ()
        self.together = QCheckBox(self.tr("All channels together"), self)
        self.together.setToolTip(
            self.tr("Let the network see all channels at once: what one tells of another helps to clean both.")
        )
        self._caption = QLabel(self.tr("Clean signal"), self)
        self.clean = QComboBox(self)
        self.clean.setAccessibleName(self.tr("Clean signal"))
        self.clean.setToolTip(self.tr("The column, or the file, that holds the same signal without its noise."))
        self.clean.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.clean.setMinimumContentsLength(12)
        self.clean.setPlaceholderText(self.tr("Choose…"))
        self._caption.setBuddy(self.clean)
        self.noise = NoiseChoice(self)
        self.remedy = QCheckBox(self.tr("Take it out first"), self)
        self.hide_near = QCheckBox(self.tr("Hide neighbours"), self)
        self.kinds = text_line(self, "warning")
        self.brief = ElidedLabel(self, characters=20, role="warning")
        self._is_brief = False
        choices = QHBoxLayout()
        choices.setSpacing(SPACE_S)
        choices.addWidget(self.brief, 1)
        for widget in (self.remedy, self.hide_near, self.together, self._caption, self.clean, self.noise):
            choices.addWidget(widget)
        self._rest = QWidget(self)
        choices.addWidget(self._rest, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_XS)
        layout.addWidget(self.kinds)
        layout.addLayout(choices)
        self.clean.activated.connect(self._on_clean_chosen)
        self.clean.currentIndexChanged.connect(self._tell_reference)
        self.show_kinds(())

    # -- what it is told ----------------------------------------------------------------------

    def show_column(self, column: OpenColumn | None) -> None:
        """Offer what there is to choose for a column. What is a clean signal of another is none of this one."""
        former, self._column = self._column, column
        same = former is not None and column is not None and former.table is column.table
        if not same:
            self.together.setChecked(False)
        if former is not column:
            self.show_kinds(())
            others = [name for name in column.signals if name != column.name] if column else []
            with QSignalBlocker(self.clean):
                self.clean.clear()
                for name in others:
                    self.clean.addItem(name)
                self.clean.addItem(self.tr("Another file…"), _ANOTHER_FILE)
                self.clean.setCurrentIndex(-1)
            self.noise.show_column(column)
        self._refresh()
        self._tell_reference()

    def set_way(self, way: str) -> None:
        """How is to be learned: ``blind``, ``added-noise`` or ``reference``."""
        self._way = way
        self._refresh()
        self._tell_reference()

    def choose_clean(self, name: str, file: str) -> None:
        """Choose the clean column, or of a ``file`` the one of that name, "" for the one that fits best."""
        if file:
            self._add_file(self.clean.count() - 1, Path(file), name)
        else:
            self.clean.setCurrentIndex(self.clean.findText(name))

    def show_kinds(self, kinds: "Sequence[NoiseKind]") -> None:
        """Which kinds of noise were recognised that blind learning would keep."""
        self._kinds = tuple(kinds)
        self.remedy.setChecked(False)
        self.hide_near.setChecked(False)
        said = " ".join(kind.sentence for kind in self._kinds)
        whole = " ".join(f"{kind.sentence} {kind.advice}".strip() for kind in self._kinds)
        self.kinds.setText(whole)
        self.brief.set_text(said)
        self.brief.setToolTip(whole)
        advice = " ".join(kind.advice for kind in self._kinds if kind.advice)
        self.remedy.setToolTip(advice or self.tr("Take this noise out of the signal before anything learns from it."))
        self.hide_near.setToolTip(
            self.tr(
                "Foretell each sample from those that are {n} samples away or farther: the noise of nearer ones "
                "resembles its own."
            ).format(n=self._farthest())
        )
        self._refresh()

    def set_brief(self, brief: bool) -> None:
        """Whether a line is enough for what was recognised, and its advice a tooltip: where it was cleaned already."""
        self._is_brief = brief
        self._refresh()

    # -- what is chosen -----------------------------------------------------------------------

    def column(self) -> OpenColumn | None:
        """The column in view."""
        return self._column

    def names(self) -> tuple[str, ...]:
        """The columns to learn from."""
        column = self._column
        if column is None:
            return ()
        return column.signals if self.together.isChecked() and not self.together.isHidden() else (column.name,)

    def reference(self) -> tuple[str, str]:
        """The clean column, and the file it is in where that is another one; two empty texts for none."""
        if self._way != "reference" or self.clean.currentIndex() < 0:
            return "", ""
        chosen = self.clean.currentData()
        if chosen is _ANOTHER_FILE:
            return "", ""
        if isinstance(chosen, str):
            return self.clean.currentData(_COLUMN) or "", chosen
        return self.clean.currentText(), ""

    def remedies(self) -> Remedies:
        """What is to be taken off before."""
        if self.remedy.isHidden() or not self.remedy.isChecked():
            return Remedies()
        from aedesk.analysis.noise_kinds import remedies_for

        return remedies_for(self._kinds)

    def hide_near_to(self) -> int:
        """How far away the nearest sample lies that one is foretold from."""
        return 1 if self.hide_near.isHidden() or not self.hide_near.isChecked() else self._farthest()

    def _farthest(self) -> int:
        return max((kind.hide for kind in self._kinds), default=1)

    def request(self) -> LearnRequest | None:
        """All of it together; None where the clean signal is still to be chosen."""
        column = self._column
        reference, file = self.reference()
        if column is None or (self._way == "reference" and not (reference or file)):
            return None
        noise = self.noise.value() if self._way == "added-noise" else None
        names = self.names()
        read = (lambda: column.values) if len(names) == 1 else partial(side_by_side, column.table, names)
        path = column.table.path.absolute()
        return LearnRequest(
            path, names, read, self._way, reference, file, self.remedies(), column.how, column.sampling,
            self.hide_near_to(), noise,
        )  # fmt: skip

    def _on_clean_chosen(self, place: int) -> None:
        if self.clean.itemData(place) is not _ANOTHER_FILE:
            return
        assert self._column is not None
        path = recording_to_open(self, self._column.table.path.parent)
        if not path:
            self.clean.setCurrentIndex(-1)
            return
        self._add_file(place, Path(path))

    def _add_file(self, place: int, path: Path, column: str = "") -> None:
        """Offer another file, by itself or by one of its columns, and choose it."""
        self.clean.insertItem(place, f"{path.name}: {column}" if column else path.name, str(path.absolute()))
        self.clean.setItemData(place, column, _COLUMN)
        self.clean.setCurrentIndex(place)

    def _tell_reference(self) -> None:
        """Say so where another clean signal is named than was said last."""
        named = (self._column, *self.reference())
        if named[0] is not self._told[0] or named[1:] != self._told[1:]:
            self._told = named
            self.reference_changed.emit()

    def _refresh(self) -> None:
        column = self._column
        usable = column is not None and column.usable()
        self.together.setVisible(usable and len(column.signals) > 1 and self._way != "reference")
        for widget in (self._caption, self.clean):
            widget.setVisible(usable and self._way == "reference")
        self.noise.setVisible(usable and self._way == "added-noise")
        recognised = usable and bool(self._kinds)
        self.kinds.setVisible(recognised and not self._is_brief)
        self.brief.setVisible(recognised and self._is_brief)
        self._rest.setVisible(self.brief.isHidden())
        self.remedy.setVisible(recognised and any(kind.remedies for kind in self._kinds))
        self.hide_near.setVisible(recognised and self._way == "blind" and self._farthest() > 1)
        self.setVisible(recognised or not all(one.isHidden() for one in (self.together, self.clean, self.noise)))
