"""The row of controls above a map."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QHBoxLayout, QSizePolicy, QSpinBox, QToolButton, QWidget

from aedesk.ui.theme import SPACE_S, SPACE_XS

_LEAST_OF_PART, _LEAST_OF_AXIS = 15, 11  # characters wide, where the row is short of room
_PARTS = ("validation", "test", "train", "all")

Axes = tuple[int, int]


class MapControls(QWidget):
    """Which samples to show, along what, and what else to show; in two rows where one is too narrow.

    ``part_requested`` has a part of the data set; ``axes_changed`` says that ``axes()`` did;
    ``beside_toggled``, ``prior_toggled`` and ``plane_toggled`` have whether that is wanted.
    """

    part_requested = Signal(str)
    axes_changed = Signal()
    beside_toggled = Signal(bool)
    prior_toggled = Signal(bool)
    plane_toggled = Signal(bool)
    fit_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.parts = QComboBox(self)
        self._wanted = _PARTS[0]
        self.show_parts(_PARTS)
        self.parts.activated.connect(self._on_part_chosen)
        self.pca = _toggle(
            self.tr("PCA"),
            self.tr(
                "Shows the plane in which the codes vary most (their principal components). "
                "Switched off, you choose two numbers of the code yourself."
            ),
            self,
        )
        self.pca.toggled.connect(self._on_pca_toggled)
        self.across = self._axis(self.tr("Which number of the code runs from left to right."))
        self.up = self._axis(self.tr("Which number of the code runs upwards."))
        self.plane = _toggle(self.tr("Decode the plane"), "", self)
        self.plane.toggled.connect(self.plane_toggled)
        self.prior = _toggle(
            self.tr("Prior"),
            self.tr(
                "Outlines where the model wants the codes to lie. New samples are drawn from there, "
                "so the closer the codes fill it, the better those will be."
            ),
            self,
        )
        self.prior.setChecked(True)
        self.prior.toggled.connect(self.prior_toggled)
        self.beside = _toggle(
            self.tr("PCA beside"),
            self.tr("Shows the same samples as plain PCA of the data places them, in a map beside this one."),
            self,
        )
        self.beside.setChecked(True)
        self.beside.toggled.connect(self.beside_toggled)
        self.fit = QToolButton(self)
        self.fit.setText(self.tr("Fit"))
        self.fit.setToolTip(self.tr("Shows all points again, and follows them while the network learns."))
        self.fit.clicked.connect(self.fit_requested)
        self._lay_out()
        self.beside.hide()
        self.show_prior(False)
        self.set_code_size(2)
        self.offer_plane("")

    def part(self) -> str:
        """The part that is chosen."""
        return self.parts.currentData()

    def set_part(self, part: str) -> None:
        """Choose a part without asking for it; what cannot be had waits until it can."""
        self._wanted = part
        place = self.parts.findData(part)
        self.parts.setCurrentIndex(place if place >= 0 else self.parts.findData("train"))

    def show_parts(self, parts: Sequence[str]) -> None:
        """Offer these parts of the data set, among them "train", which stands in for one that is missing."""
        names = {
            "validation": self.tr("Validation"),
            "test": self.tr("Test"),
            "train": self.tr("Training"),
            "all": self.tr("All samples"),
        }
        self.parts.clear()
        for part in parts:
            self.parts.addItem(names[part], part)
        self.set_part(self._wanted)
        self.parts.setEnabled(len(parts) > 1)
        self.parts.setToolTip(
            self.tr(
                "Which part of the data the map shows. The network learns from the training part "
                "only, so the others show how it fares with samples it has never seen."
            )
            if len(parts) > 1
            else self.tr("The map shows the samples the network learns from: nothing was kept aside.")
        )

    def axes(self) -> Axes | None:
        """The two numbers of the code that are chosen, from 0; None for PCA of the codes."""
        if self._code_size > 2 and self.pca.isChecked():
            return None
        return self.across.value() - 1, self.up.value() - 1

    def set_axes(self, axes: Axes | None) -> None:
        """Choose two numbers of the code, or PCA of the codes."""
        self.pca.setChecked(axes is None)
        if axes is not None:
            self._chosen = axes
            self._show_axes()
        self.axes_changed.emit()

    def set_code_size(self, size: int) -> None:
        """Offer the choices that codes of this many numbers have, and begin with PCA."""
        self._code_size = size
        self._chosen: Axes = (0, min(1, size - 1))
        self.pca.blockSignals(True)
        self.pca.setChecked(True)
        self.pca.blockSignals(False)
        self._show_axes()

    def show_beside(self, there: bool) -> None:
        """Offer the twin, or do not."""
        self.beside.setVisible(there)
        self._arrange()

    def show_prior(self, there: bool) -> None:
        """Offer the prior's outline, or do not."""
        self.prior.setVisible(there)
        self._arrange()

    def offer_plane(self, reason: str) -> None:
        """Offer to decode the plane; not, where there is a reason why it cannot be."""
        self.plane.setEnabled(not reason)
        self.plane.setToolTip(
            reason
            or self.tr(
                "Fills the map's background with what the network makes of every place. Of a code of "
                "more than two numbers, those that are not shown are kept at their mean."
            )
        )

    def minimumSizeHint(self) -> QSize:
        """What two rows need."""
        widths = [group.minimumSizeHint().width() for group in self._groups]
        margins = self.layout().contentsMargins()
        return QSize(max(widths) + margins.left() + margins.right(), self.layout().minimumSize().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _lay_out(self) -> None:
        character = self.fontMetrics().averageCharWidth()
        self.parts.setMinimumWidth(_LEAST_OF_PART * character)
        for axis in (self.across, self.up):
            axis.setMinimumWidth(_LEAST_OF_AXIS * character)
        first = (self.parts, self.pca, self.across, self.up)
        second = (self.plane, self.prior, self.beside, self.fit)
        self._groups = [QWidget(self), QWidget(self)]
        for group, controls, stretch in zip(self._groups, (first, second), (1, 0), strict=True):
            line = QHBoxLayout(group)
            line.setContentsMargins(0, 0, 0, 0)
            line.setSpacing(SPACE_XS)
            line.addStretch(1 - stretch)
            for control in controls:
                line.addWidget(control)
            line.addStretch(stretch)
        rows = self._rows = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        rows.setContentsMargins(SPACE_S, SPACE_XS, SPACE_S, SPACE_XS)
        rows.setSpacing(SPACE_XS)
        for group in self._groups:
            rows.addWidget(group)

    def _arrange(self) -> None:
        """One row where there is room for all."""
        margins = self._rows.contentsMargins()
        room = self.width() - margins.left() - margins.right() - self._rows.spacing()
        needed = sum(group.minimumSizeHint().width() for group in self._groups)
        way = QBoxLayout.Direction
        self._rows.setDirection(way.LeftToRight if needed <= room else way.TopToBottom)

    def _show_axes(self) -> None:
        wide = self._code_size > 2
        self.pca.setVisible(wide)
        for field, axis in zip((self.across, self.up), self._chosen, strict=True):
            field.blockSignals(True)
            field.setRange(1, self._code_size)
            field.setValue(axis + 1)
            field.blockSignals(False)
            field.setVisible(wide and not self.pca.isChecked())
        self._arrange()

    def _axis(self, tooltip: str) -> QSpinBox:
        field = QSpinBox(self)
        field.setPrefix(self.tr("Code "))
        field.setToolTip(tooltip)
        field.setWrapping(True)
        field.setKeyboardTracking(False)
        field.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        field.valueChanged.connect(self._on_axis_changed)
        return field

    @Slot()
    def _on_axis_changed(self) -> None:
        """Two different numbers are shown: choosing the other axis' number swaps them."""
        chosen = self.across.value() - 1, self.up.value() - 1
        if chosen[0] == chosen[1]:
            chosen = self._chosen[::-1]
        self._chosen = chosen
        self._show_axes()
        self.axes_changed.emit()

    @Slot()
    def _on_pca_toggled(self) -> None:
        self._show_axes()
        self.axes_changed.emit()

    @Slot()
    def _on_part_chosen(self) -> None:
        self._wanted = self.part()
        self.part_requested.emit(self.part())


def _toggle(text: str, tooltip: str, parent: QWidget) -> QToolButton:
    button = QToolButton(parent)
    button.setText(text)
    button.setToolTip(tooltip)
    button.setCheckable(True)
    return button
