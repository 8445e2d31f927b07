"""The noise that a network is to learn to take off a clean recording."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QHBoxLayout, QLabel, QWidget

from aedesk.ui.panels.signal_dialogs import recording_to_open
from aedesk.ui.theme import SPACE_S

if TYPE_CHECKING:
    from aedesk.data.corruption import Corruption
    from aedesk.ui.panels.signal_file import OpenColumn

_LEVEL_DB = 6.0
_MAINS = (50, 60)  # Hz
_SLOW = 3.0  # seconds: the shortest period of a drift
_LONGEST = 1_000_000  # samples in a swing of hum
_FASTEST = 1e9  # samples a second that noise can be brought to
_RECORDED = "recorded"


class NoiseChoice(QWidget):
    """A kind of noise and how strong it is, as a corruption; a hum is offered where the sampling rate is known."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column: OpenColumn | None = None
        self._caption = QLabel(self.tr("Noise"), self)
        self.kind = QComboBox(self)
        self.kind.setAccessibleName(self.tr("Noise"))
        self.kind.setToolTip(
            self.tr(
                "What is added anew at every step, for the network to learn to take it off: the more it is like "
                "the noise of other recordings, the better it cleans those."
            )
        )
        self.kind.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.kind.setMinimumContentsLength(12)
        self._caption.setBuddy(self.kind)
        self.level = QDoubleSpinBox(self, minimum=-30, maximum=80, decimals=1, value=_LEVEL_DB)
        self.level.setSuffix(self.tr(" dB"))
        self.level.setAccessibleName(self.tr("Signal to noise"))
        self.level.setToolTip(
            self.tr("Signal power over noise power: at 6 dB there is a quarter as much noise as signal, at 0 dB as much.")
        )
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_S)
        for widget in (self._caption, self.kind, self.level):
            layout.addWidget(widget)
        self.setTabOrder(self.kind, self.level)
        self.kind.activated.connect(self._on_activated)
        self.kind.currentIndexChanged.connect(self._on_kind_changed)
        self._offer()

    def show_column(self, column: "OpenColumn | None") -> None:
        """Offer what can be added to a column; what was chosen stays."""
        self._column = column
        self._offer()

    def value(self) -> "Corruption | None":
        """The noise; None where its file is still to be chosen, as for the usual one."""
        from aedesk.data.corruptions.coloured import Coloured
        from aedesk.data.corruptions.dropouts import Dropouts
        from aedesk.data.corruptions.hum import Hum
        from aedesk.data.corruptions.impulses import Impulses
        from aedesk.data.corruptions.noise_level import NoiseLevel
        from aedesk.data.corruptions.recorded import Recorded
        from aedesk.data.corruptions.wander import Wander

        kind, snr_db, step = self.kind.currentData(), self.level.value(), self._step()
        match kind:
            case "white":
                return NoiseLevel(snr_db=snr_db)
            case "pink":
                return Coloured(snr_db=snr_db, exponent=1.0)
            case "wander":
                longest = max(2.0, self._count() / 2)  # a slower one would be none within the recording
                return Wander(snr_db=snr_db, period=min(max(2.0, _SLOW / step), longest)) if step else Wander(snr_db=snr_db)
            case "impulses":
                return Impulses(snr_db=snr_db)
            case "dropouts":
                return Dropouts()
            case int():
                return Hum(snr_db=snr_db, period=1 / (kind * step))
            case Path():
                return Recorded(snr_db=snr_db, file=str(kind), rate=1 / step if step and step * _FASTEST >= 1 else 0.0)
        return None

    def _step(self) -> float | None:
        """Seconds between the samples that the network is given."""
        column = self._column
        if column is None:
            return None
        return 1 / column.how.resample if column.how.resample else column.step

    def _count(self) -> float:
        """How many samples the network is given."""
        column, step = self._column, self._step()
        if column is None or column.values is None:
            return 0.0
        return len(column.values) * (column.step / step if column.step and step else 1.0)

    def _hums(self) -> list[int]:
        """The mains whose hum can be added: a swing of it has two samples or more, and there is room for one."""
        step, longest = self._step(), min(self._count(), _LONGEST)
        return [hertz for hertz in _MAINS if step and 2 <= 1 / (hertz * step) <= longest]

    def _offer(self) -> None:
        kept = self.kind.currentData()
        kinds: list[tuple[str, object]] = [(self.tr("White"), "white"), (self.tr("Pink"), "pink")]
        kinds += [(self.tr("Hum of {n} Hz").format(n=n), n) for n in self._hums()]
        kinds += [(self.tr("Drift"), "wander"), (self.tr("Impulses"), "impulses"), (self.tr("Dropouts"), "dropouts")]
        if isinstance(kept, Path):
            kinds.append((kept.name, kept))
        kinds.append((self.tr("A recording of noise…"), _RECORDED))
        with QSignalBlocker(self.kind):
            self.kind.clear()
            for text, data in kinds:
                self.kind.addItem(text, data)
            offered = [data for _, data in kinds]
            self.kind.setCurrentIndex(offered.index(kept) if kept in offered else 0)
        self._on_kind_changed()

    def _on_activated(self, place: int) -> None:
        if self.kind.itemData(place) != _RECORDED:
            return
        folder = self._column.table.path.parent if self._column else None
        path = recording_to_open(self, folder)
        if not path:
            self.kind.setCurrentIndex(0)
            return
        self.kind.insertItem(place, Path(path).name, Path(path).absolute())
        self.kind.setCurrentIndex(place)

    def _on_kind_changed(self) -> None:
        """A dropout is as strong as any other."""
        self.level.setVisible(self.kind.currentData() != "dropouts")
