"""Editors of single values: a number, a choice of words, a text, a yes or no, a path."""

from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QSpinBox,
    QWidget,
)

from aedesk.recipe_problems import Problem
from aedesk.ui.builder.editor import Edit, Editor
from aedesk.ui.builder.field_facts import Range
from aedesk.ui.builder.float_spin import FloatSpin, number_text
from aedesk.ui.builder.labels import least_label, tooltip, unit_suffix, value_explanation, value_label
from aedesk.ui.theme import SPACE_XS

_LARGEST_INT = 2**31 - 1


class QuietSpin(QSpinBox):
    """A spin box that leaves the mouse wheel to the panel around it."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class QuietCombo(QComboBox):
    """A combo box that leaves the mouse wheel to the panel around it, and may be narrower than
    its longest entry."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def showPopup(self) -> None:
        wanted = self.view().sizeHintForColumn(0) + self.view().verticalScrollBar().sizeHint().width()
        self.view().setMinimumWidth(max(self.width(), wanted))
        super().showPopup()


class SingleEditor(Editor):
    """An editor made of one widget."""

    def __init__(self, widget: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.widget = widget
        widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocusProxy(widget)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_XS)
        row.addWidget(widget)

    def setToolTip(self, text: str) -> None:
        super().setToolTip(text)
        self.widget.setToolTip(text)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.widget.setAccessibleName(name)

    def show_problems(self, problems: list[Problem]) -> list[Problem]:
        self.mark(self.widget, problems)
        return problems


class _SpinEditor(SingleEditor):
    widget: QSpinBox | FloatSpin

    def __init__(self, spin: QSpinBox | FloatSpin, unit: str, parent: QWidget | None) -> None:
        super().__init__(spin, parent)
        self._unit = unit
        self._show_unit()
        spin.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        spin.valueChanged.connect(self._on_changed)
        spin.editingFinished.connect(self._show_unit)  # not before: it writes what is being typed anew

    def value(self) -> int | float:
        return self.widget.value()

    def set_value(self, value: Any) -> None:
        if value is not None and value != self.widget.value():
            with QSignalBlocker(self.widget):
                self.widget.setValue(value)
            self._show_unit()

    def _show_unit(self) -> None:
        suffix = self._suffix()
        if suffix != self.widget.suffix():
            with QSignalBlocker(self.widget):
                self.widget.setSuffix(suffix)

    def _suffix(self) -> str:
        return unit_suffix(self._unit, self.widget.value())

    def _on_changed(self) -> None:
        self.value_changed.emit(Edit(merges=True))


class IntEditor(_SpinEditor):
    """A whole number."""

    def __init__(self, name: str, allowed: Range, unit: str, parent: QWidget | None = None) -> None:
        spin = QuietSpin()
        low = max(allowed.low, -_LARGEST_INT)
        high = min(allowed.high, _LARGEST_INT)
        spin.setRange(int(low) + allowed.open_low, int(high) - allowed.open_high)
        if spin.maximum() - spin.minimum() > 100:
            spin.setStepType(QAbstractSpinBox.StepType.AdaptiveDecimalStepType)
        spin.setSpecialValueText(least_label(name))
        super().__init__(spin, unit, parent)
        spin.valueChanged.connect(self._show_unit)

    def text(self) -> str:
        return self.widget.text()


class FloatEditor(_SpinEditor):
    """A number; see :class:`FloatSpin` for how it is shown and stepped."""

    def __init__(
        self, allowed: Range, usual: float, unit: str, parent: QWidget | None = None, spin: FloatSpin | None = None
    ) -> None:
        super().__init__(spin or FloatSpin(allowed, usual), unit, parent)

    def value(self) -> float:
        return float(self.widget.value())

    def text(self) -> str:
        return number_text(self.widget.value()) + self.widget.suffix()


class BoolEditor(SingleEditor):
    """Yes or no, as a check box that carries its own title."""

    carries_title = True
    widget: QCheckBox

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(QCheckBox(title), parent)
        self.widget.toggled.connect(lambda: self.value_changed.emit(Edit()))

    def value(self) -> bool:
        return self.widget.isChecked()

    def set_value(self, value: Any) -> None:
        with QSignalBlocker(self.widget):
            self.widget.setChecked(bool(value))


class LiteralEditor(SingleEditor):
    """One of a few values, each with a readable name and, where there is one, an explanation."""

    widget: QComboBox

    def __init__(self, name: str, values: tuple[Any, ...], parent: QWidget | None = None) -> None:
        super().__init__(QuietCombo(), parent)
        self._name, self._values, self._teaching = name, values, ""
        for row, value in enumerate(values):
            self.widget.addItem(value_label(name, value))
            explanation = value_explanation(name, value)
            if explanation:
                self.widget.setItemData(row, tooltip(explanation), Qt.ItemDataRole.ToolTipRole)
        self.widget.currentIndexChanged.connect(self._on_chosen)

    def value(self) -> Any:
        return self._values[self.widget.currentIndex()]

    def set_value(self, value: Any) -> None:
        with QSignalBlocker(self.widget):
            self.widget.setCurrentIndex(self._values.index(value) if value in self._values else 0)
        self._explain()

    def text(self) -> str:
        return self.widget.currentText()

    def wanted_width(self) -> int:
        return self.widget.sizeHint().width()

    def setToolTip(self, text: str) -> None:
        self._teaching = text
        self._explain()

    def _explain(self) -> None:
        explanation = value_explanation(self._name, self.value())
        chosen = f"{self.widget.currentText()}: {explanation}" if explanation else ""
        super().setToolTip(self._teaching + tooltip(chosen))

    def _on_chosen(self) -> None:
        self._explain()
        self.value_changed.emit(Edit())


class TextEditor(SingleEditor):
    """A line of text."""

    widget: QLineEdit

    def __init__(self, longest: int | None, parent: QWidget | None = None) -> None:
        super().__init__(QLineEdit(), parent)
        if longest:
            self.widget.setMaxLength(longest)
        self.widget.textEdited.connect(lambda: self.value_changed.emit(Edit(merges=True)))

    def value(self) -> str:
        return self.widget.text()

    def set_value(self, value: Any) -> None:
        if (value or "") != self.widget.text():
            self.widget.setText(value or "")
            self.widget.setCursorPosition(0)

    def text(self) -> str:
        return self.widget.text()


class LongTextEditor(SingleEditor):
    """A few lines of text."""

    needs_width = True
    widget: QPlainTextEdit

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(QPlainTextEdit(), parent)
        self.widget.setTabChangesFocus(True)
        self.widget.setFixedHeight(self.widget.fontMetrics().lineSpacing() * 4 + 4 * SPACE_XS)
        self.widget.textChanged.connect(lambda: self.value_changed.emit(Edit(merges=True)))

    def value(self) -> str:
        return self.widget.toPlainText()

    def set_value(self, value: Any) -> None:
        if (value or "") != self.widget.toPlainText():
            with QSignalBlocker(self.widget):
                self.widget.setPlainText(value or "")
