"""The bubble beside the scroll bar that says where one is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QScrollBar, QStyle, QStyleOptionSlider, QWidget


class DateBubble(QLabel):
    """Shows a heading beside the scroll bar's handle while it is dragged.

    Args:
        parent: what it lies over.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self.setObjectName("DateBubble")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.hide()

    def show_beside(self, bar: QScrollBar, text: str) -> None:
        """Show words at the height of the handle; hides for empty words."""
        if not text:
            self.hide()
            return
        self.setText(text)
        self.adjustSize()
        option = QStyleOptionSlider()
        option.initFrom(bar)
        option.orientation = Qt.Orientation.Vertical
        option.minimum, option.maximum = bar.minimum(), bar.maximum()
        option.sliderPosition, option.pageStep = bar.sliderPosition(), bar.pageStep()
        handle = bar.style().subControlRect(
            QStyle.ComplexControl.CC_ScrollBar, option, QStyle.SubControl.SC_ScrollBarSlider, bar
        )
        parent = self._over
        y = bar.mapTo(parent, handle.center()).y() - self.height() // 2
        y = min(max(4, y), parent.height() - self.height() - 4)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        x = bar.width() + 8 if mirrored else parent.width() - bar.width() - self.width() - 8
        self.move(x, y)
        self.show()
        self.raise_()
