"""The controls of the Generate panel: one line of them for each of its three modes."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QSlider, QSpinBox, QWidget

from aedesk.ui.panels.generate_chooser import Chooser
from aedesk.ui.panels.generate_flow import FlowLayout
from aedesk.ui.panels.generate_request import Interpolation, Samples, Traversal
from aedesk.ui.panels.generate_segments import Segments
from aedesk.ui.theme import SPACE_S

MOST_SAMPLES, MOST_STEPS, LARGEST_SEED = 400, 32, 9999

_SHORTEST_SLIDER = 72
_NOTCHES = 20  # of the slider, per 1 of the temperature


class SampleControls(QWidget):
    """How many samples, how bold, and which. ``value_changed`` says that ``value()`` did."""

    value_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.count = _spin(self, 1, MOST_SAMPLES, 64, self.tr("How many samples to draw."))
        self.count.setSuffix(self.tr(" samples"))
        self.count.setAccessibleName(self.tr("Number of samples"))
        self.temperature = QSlider(Qt.Orientation.Horizontal, self)
        self.temperature.setRange(0, 2 * _NOTCHES)
        self.temperature.setValue(_NOTCHES)
        self.temperature.setPageStep(_NOTCHES // 4)
        self.temperature.setAccessibleName(self.tr("Temperature"))
        self.temperature.setToolTip(
            self.tr(
                "How far samples may stray from the usual. 0 gives only the most usual ones, 1 is what "
                "was learned, and more is bolder and often odd."
            )
        )
        self.temperature.setMinimumWidth(_SHORTEST_SLIDER)
        self.seed = _spin(self, 0, LARGEST_SEED, 0, self.tr("The same seed gives the same samples again."))
        self.seed.setPrefix(self.tr("Seed "))
        self.seed.setAccessibleName(self.tr("Seed"))
        caption = QLabel(self.tr("Temperature"), self)
        caption.setBuddy(self.temperature)
        self._number = QLabel(self)
        self._number.setMinimumWidth(self.fontMetrics().horizontalAdvance("0.00") + 1)
        flow = FlowLayout(self)
        for item in (self.count, self.seed, _together(self, caption, self.temperature, self._number)):
            flow.addWidget(item)
        self.count.valueChanged.connect(self.value_changed)
        self.seed.valueChanged.connect(self.value_changed)
        self.temperature.valueChanged.connect(self._on_temperature_changed)
        self._show_number()

    def value(self) -> Samples:
        """What is asked for."""
        return Samples(self.count.value(), self.temperature.value() / _NOTCHES, self.seed.value())

    def draw_again(self) -> None:
        """Ask for other samples, with the next seed."""
        self.seed.setValue((self.seed.value() + 1) % (LARGEST_SEED + 1))

    def _on_temperature_changed(self) -> None:
        self._show_number()
        self.value_changed.emit()

    def _show_number(self) -> None:
        self._number.setText(f"{self.temperature.value() / _NOTCHES:.2f}")


class InterpolationControls(QWidget):
    """Between what, how, and in how many steps. ``value_changed`` says that ``value()`` did."""

    value_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seed = 0
        self._spherical_tip = self.tr(
            "Goes along an arc around 0, as far from it as the ends are. In wide codes with a normal prior "
            "that avoids the empty middle."
        )
        self.ends = Chooser(
            self.tr("Ends"),
            self.tr(
                "What to go between: two samples of the data, two new ones, or your drawing on the digit pad and "
                "a sample. Samples of the data are chosen by clicks, here or on the latent map."
            ),
            (
                ("data", self.tr("Two samples")),
                ("drawn", self.tr("Two new ones")),
                ("pad", self.tr("Your drawing")),
            ),
            self,
        )
        self.route = Segments(
            self.tr("Way"),
            (
                ("straight", self.tr("Straight"), self.tr("Goes along the straight line between the two codes.")),
                ("spherical", self.tr("Spherical"), self._spherical_tip),
            ),
            self,
        )
        self.steps = _spin(self, 2, MOST_STEPS, 10, self.tr("How many pictures there are from one end to the other."))
        self.steps.setSuffix(self.tr(" steps"))
        self.steps.setAccessibleName(self.tr("Number of steps"))
        flow = FlowLayout(self)
        for item in (self.ends, self.route, self.steps):
            flow.addWidget(item)
        self.ends.value_changed.connect(self.value_changed)
        self.route.value_changed.connect(self.value_changed)
        self.steps.valueChanged.connect(self.value_changed)

    def value(self) -> Interpolation:
        """What is asked for."""
        return Interpolation(self.ends.value(), self.route.value(), self.steps.value(), self._seed)  # type: ignore[arg-type]

    def set_impossible(self, reasons: Mapping[str, str]) -> None:
        """Ends that cannot be had, and why."""
        self.ends.set_impossible(reasons)

    def set_route_matters(self, matters: bool) -> None:
        """Whether a spherical way can be another than the straight one."""
        button = self.route.button("spherical")
        button.setEnabled(matters)
        button.setToolTip(
            self._spherical_tip if matters else self.tr("A code of one number has no angles: there is only one way.")
        )
        if not matters:
            self.route.set_value("straight")

    def draw_again(self) -> None:
        """Ask for two other new samples."""
        self._seed += 1
        self.value_changed.emit()


class TraversalControls(QWidget):
    """What to begin with, and in how many steps. ``value_changed`` says that ``value()`` did."""

    value_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seed = 0
        self.base = Chooser(
            self.tr("Begin with"),
            self.tr("The code whose numbers are moved, one in each row, while all others stay as they are."),
            (
                ("mean", self.tr("The mean code")),
                ("data", self.tr("A sample of the data")),
                ("drawn", self.tr("A new sample")),
            ),
            self,
        )
        self.steps = _spin(self, 3, MOST_STEPS, 9, self.tr("How many pictures there are in each row."))
        self.steps.setSuffix(self.tr(" steps"))
        self.steps.setAccessibleName(self.tr("Number of steps"))
        flow = FlowLayout(self)
        for item in (self.base, self.steps):
            flow.addWidget(item)
        self.base.value_changed.connect(self.value_changed)
        self.steps.valueChanged.connect(self.value_changed)

    def value(self) -> Traversal:
        """What is asked for."""
        return Traversal(self.base.value(), self.steps.value(), self._seed)

    def set_impossible(self, reasons: Mapping[str, str]) -> None:
        """Codes to begin with that cannot be had, and why."""
        self.base.set_impossible(reasons)

    def choose_data(self) -> None:
        """Begin with a sample of the data: one has been clicked."""
        self.base.set_value("data")

    def draw_again(self) -> None:
        """Ask for another new sample to begin with."""
        self._seed += 1
        self.value_changed.emit()


def _spin(parent: QWidget, low: int, high: int, value: int, tooltip: str) -> QSpinBox:
    spin = QSpinBox(parent, minimum=low, maximum=high, value=value)
    spin.setKeyboardTracking(False)
    spin.setToolTip(tooltip)
    return spin


def _together(parent: QWidget, *widgets: QWidget) -> QWidget:
    """Widgets that stay side by side; a slider among them takes the room that is left."""
    group = QWidget(parent)
    line = QHBoxLayout(group)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(SPACE_S)
    for widget in widgets:
        line.addWidget(widget, 1 if isinstance(widget, QSlider) else 0)
    stretches = any(isinstance(widget, QSlider) for widget in widgets)
    policy = QSizePolicy.Policy.Expanding if stretches else QSizePolicy.Policy.Fixed
    group.setSizePolicy(policy, QSizePolicy.Policy.Fixed)
    return group
