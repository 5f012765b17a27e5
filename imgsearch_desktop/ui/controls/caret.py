"""The arrow of fields that open something, in the colours of the theme; style sheets cannot colour one."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QDateTimeEdit, QStyle, QWidget

from imgsearch_desktop.ui.theme.theme import Theme
from imgsearch_desktop.ui.theme.tokens import SIZE

CARET = 12
ROOM = 28
"""Width at the end of the field that belongs to the arrow; `50-dialogs.qss` keeps it free."""


class Choice(QComboBox):
    """A box to choose from.

    Args:
        theme: colours.
        name: what is chosen, for screen readers.
        parent: owner.
    """

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(name)
        self.setMinimumHeight(SIZE.target + 4)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The field, then the arrow."""
        super().paintEvent(event)
        _paint_caret(self, self._theme)


class DateTimeField(QDateTimeEdit):
    """Date and time, with a calendar behind the arrow.

    Args:
        theme: colours.
        parent: owner.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setCalendarPopup(True)
        self.setMinimumHeight(SIZE.target + 4)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The field, then the arrow."""
        super().paintEvent(event)
        _paint_caret(self, self._theme)


def _paint_caret(field: QWidget, theme: Theme) -> None:
    room = QRect(field.width() - ROOM, 0, ROOM, field.height())
    middle = QRect(0, 0, CARET, CARET)
    middle.moveCenter(QStyle.visualRect(field.layoutDirection(), field.rect(), room).center())
    painter = QPainter(field)
    theme.icon("caret-down").paint(painter, middle, Qt.AlignmentFlag.AlignCenter)
