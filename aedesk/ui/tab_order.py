"""The order in which the Tab key goes from one control to the next."""

from collections.abc import Iterable
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def put_in_tab_order(widgets: Iterable[QWidget]) -> None:
    """Have Tab go through these in this order, and within each through what it holds, as that was made."""
    stops: dict[QWidget, None] = {}
    for widget in widgets:
        for one in (widget, *widget.findChildren(QWidget)):
            is_part = one.focusProxy() is not None or one.window() is not widget.window()  # of a field, of a menu
            if one.focusPolicy() & Qt.FocusPolicy.TabFocus and not is_part:
                stops.setdefault(one)
    for before, after in pairwise(stops):
        QWidget.setTabOrder(before, after)
