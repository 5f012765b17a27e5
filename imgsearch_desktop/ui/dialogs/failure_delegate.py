"""How a row of the failures is drawn: name over folder, the reason in full."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from imgsearch_desktop.ui.dialogs.failures_model import FOLDER, NAME, REASON
from imgsearch_desktop.ui.theme.theme import Theme
from imgsearch_desktop.ui.theme.tokens import SPACE, TYPE

ROW = 52
"""Height of a row: two lines and some air."""


class FailureDelegate(QStyledItemDelegate):
    """Draws name and folder in one cell, the reason on up to two lines, anything else as usual.

    Args:
        theme: colours.
        parent: the table.
    """

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw a cell."""
        if index.column() not in {NAME, REASON}:
            super().paint(painter, option, index)
            return
        self._paint_ground(painter, option, index)
        area = option.rect.adjusted(SPACE.s, SPACE.xs, -SPACE.s, -SPACE.xs)
        painter.save()
        if index.column() == NAME:
            folder = str(index.model().index(index.row(), FOLDER).data())
            self._paint_file(painter, area, str(index.data()), folder)
        else:
            self._set(painter, TYPE.small, "text")
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading | Qt.TextFlag.TextWordWrap
            painter.drawText(area, flags, str(index.data()))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """As wide as usual, two lines high."""
        return QSize(super().sizeHint(option, index).width() + SPACE.s, ROW)

    def _paint_ground(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        plain = QStyleOptionViewItem(option)
        self.initStyleOption(plain, index)
        plain.text = ""
        table = option.widget
        style = table.style() if table is not None else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, plain, painter, table)

    def _paint_file(self, painter: QPainter, area: QRect, name: str, folder: str) -> None:
        upper, lower = QRect(area), QRect(area)
        upper.setBottom(area.center().y())
        lower.setTop(area.center().y() + 1)
        leading = Qt.AlignmentFlag.AlignLeading
        self._set(painter, TYPE.body, "text")
        words = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, area.width())
        painter.drawText(upper, leading | Qt.AlignmentFlag.AlignBottom, words)
        self._set(painter, TYPE.small, "muted")
        words = painter.fontMetrics().elidedText(folder, Qt.TextElideMode.ElideLeft, area.width())
        painter.drawText(lower, leading | Qt.AlignmentFlag.AlignTop, words)

    def _set(self, painter: QPainter, size: int, colour: str) -> None:
        font = QFont(painter.font())
        font.setPixelSize(size)
        painter.setFont(font)
        painter.setPen(self._theme.colour(colour))
