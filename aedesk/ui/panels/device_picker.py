"""Choosing what to learn on."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import (
    QComboBox,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QVBoxLayout,
    QWidget,
)

from aedesk.ui.elided_label import ElidedLabel
from aedesk.ui.theme import SPACE_XS

AUTO = "auto"
_LEAST, _MOST = 14, 22  # characters of a name that the closed box has room for


class _ElidingCombo(QComboBox):
    """A combo box that ends a name that is too long with "…", where Qt would cut it off."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        style = self.style()
        field = style.subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
        )
        option.currentText = self.fontMetrics().elidedText(
            option.currentText, Qt.TextElideMode.ElideRight, field.width() - SPACE_XS
        )
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)


class DevicePicker(QWidget):
    """The devices by name, once they are known; before that only "Auto" and a note.

    Signals: ``value_changed`` with the key of the device a person chose.
    """

    value_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wanted = AUTO
        self._caption = ElidedLabel(self, role="muted", characters=18)
        self._caption.set_text(self.tr("Loading PyTorch…"))
        self._combo = _ElidingCombo(self)
        self._combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._combo.setMinimumContentsLength(_LEAST)
        self._combo.setMinimumWidth(self._combo.fontMetrics().averageCharWidth() * _LEAST)
        self._combo.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._combo.setAccessibleName(self.tr("Device"))
        self._combo.addItem(self.tr("Auto"), AUTO)
        self._combo.activated.connect(self._on_activated)
        self._describe()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        column.addWidget(self._caption)
        column.addWidget(self._combo)

    def value(self) -> str:
        return self._combo.currentData()

    def set_value(self, key: str) -> None:
        """Choose a device by its key, as soon as it is known; Auto where there is none such."""
        self._wanted = key
        self._combo.setCurrentIndex(max(0, self._combo.findData(key)))
        self._describe()

    def set_devices(self, devices: Sequence[tuple[str, str]]) -> None:
        """The keys and names of this machine's devices, the fastest first."""
        while self._combo.count() > 1:
            self._combo.removeItem(1)
        for key, name in devices:
            text = name if key == "cpu" else self.tr("{kind}: {name}").format(kind=key.upper(), name=name)
            self._combo.addItem(text, key)
            self._combo.setItemData(self._combo.count() - 1, text, Qt.ItemDataRole.ToolTipRole)
        if devices:
            self._combo.setItemData(
                0,
                self.tr("The fastest of this machine: {name}.").format(name=devices[0][1]),
                Qt.ItemDataRole.ToolTipRole,
            )
        longest = max(len(self._combo.itemText(index)) for index in range(self._combo.count()))
        self._combo.setMinimumContentsLength(min(max(_LEAST, longest), _MOST))
        view = self._combo.view()
        view.setMinimumWidth(view.sizeHintForColumn(0) + 2 * self._combo.fontMetrics().height())
        self._caption.set_text(self.tr("Device"))
        self.set_value(self._wanted)

    @Slot(int)
    def _on_activated(self) -> None:
        self._wanted = self.value()
        self._describe()
        self.value_changed.emit(self._wanted)

    def _describe(self) -> None:
        """The chosen name in full, since a long one may not fit, and what the choice does."""
        chosen = self._combo.currentData(Qt.ItemDataRole.ToolTipRole) or self._combo.currentText()
        self._combo.setToolTip(
            self.tr("What the next run learns on. A graphics card is often many times faster.") + "\n" + chosen
        )
