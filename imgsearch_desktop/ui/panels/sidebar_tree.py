"""The tree of the sidebar: how its rows are painted, opened and closed."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont, QMouseEvent, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView

from imgsearch_desktop.ui.panels.sidebar_model import COUNT, ICON, PLACE, STATE
from imgsearch_desktop.ui.theme.theme import Theme
from imgsearch_desktop.ui.theme.tokens import SIZE, SPACE, TYPE

ROW = 34
INDENT = 14

Index = QModelIndex | QPersistentModelIndex


class SidebarDelegate(QStyledItemDelegate):
    """Paints a row: caret, icon, words, and the count or state at the end."""

    def __init__(self, theme: Theme, view: SidebarView) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view
        self.icons_only = False

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Rows are of one height."""
        return QSize(option.rect.width(), ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a row."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRect(SPACE.s, option.rect.y() + 1, self._view.viewport().width() - 2 * SPACE.s, ROW - 2)
        if index.data(PLACE) is None:
            self._paint_heading(painter, box, index)
        else:
            self._paint_ground(painter, box, option)
            self._paint_row(painter, box, option, index)
        painter.restore()

    def _paint_ground(self, painter: QPainter, box: QRect, option: QStyleOptionViewItem) -> None:
        state = option.state
        painter.setPen(Qt.PenStyle.NoPen)
        if state & QStyle.StateFlag.State_Selected:
            painter.setBrush(self._theme.colour("selected"))
            painter.drawRoundedRect(box, 8, 8)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(self._theme.colour("hover"))
            painter.drawRoundedRect(box, 8, 8)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            pen = painter.pen()
            pen.setStyle(Qt.PenStyle.SolidLine)
            pen.setColor(self._theme.colour("accent"))
            pen.setWidth(2)
            painter.setPen(pen)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 8, 8)

    def _paint_row(self, painter: QPainter, box: QRect, option: QStyleOptionViewItem, index: Index) -> None:
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        state = index.data(STATE) or ""
        away = state and index.data(PLACE) is not None and getattr(index.data(PLACE), "away", False)
        depth = self._view.level(index)
        inner = box.adjusted(10 + (0 if self.icons_only else depth * INDENT), 0, -10, 0)
        icon = QRect(0, 0, 18, 18)
        name = index.data(ICON)
        if not self.icons_only and self._view.can_open(index):
            name = "caret-down" if self._view.isExpanded(index) else "caret-right"
        mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        icon.moveCenter(QPoint(inner.right() - 9 if mirrored else inner.left() + 9, box.center().y() + 1))
        if self.icons_only:
            icon.moveCenter(QPoint(box.center().x(), box.center().y() + 1))
        ink, ratio = "accent" if selected else "muted", self._view.devicePixelRatioF()
        painter.drawPixmap(icon, self._theme.drawn_icon(name, ink, icon.width(), ratio))
        if self.icons_only:
            return
        words = inner.adjusted(0, 0, -28, 0) if mirrored else inner.adjusted(28, 0, 0, 0)
        end = state or (QLocale().toString(index.data(COUNT)) if index.data(COUNT) is not None else "")
        font = QFont(option.font)
        font.setPixelSize(TYPE.small)
        painter.setFont(font)
        painter.setPen(self._theme.colour("muted"))
        trailing, leading = (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight) if mirrored else (
            Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignLeft,
        )  # fmt: skip
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
        painter.drawText(words, trailing | middle, end)
        room = painter.fontMetrics().horizontalAdvance(end) + 8
        words = words.adjusted(room, 0, 0, 0) if mirrored else words.adjusted(0, 0, -room, 0)
        font.setPixelSize(TYPE.body)
        font.setWeight(QFont.Weight.DemiBold if selected else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(self._theme.colour("muted" if away else "text"))
        text = painter.fontMetrics().elidedText(index.data(), Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, leading | middle, text)

    def _paint_heading(self, painter: QPainter, box: QRect, index: Index) -> None:
        if self.icons_only:
            painter.setPen(self._theme.colour("line"))
            painter.drawLine(box.left(), box.center().y(), box.right(), box.center().y())
            return
        font = QFont(painter.font())
        font.setPixelSize(TYPE.caption)
        font.setWeight(QFont.Weight.DemiBold)
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.6)
        painter.setFont(font)
        painter.setPen(self._theme.colour("muted"))
        painter.drawText(box.adjusted(10, 8, -10, 0), Qt.AlignmentFlag.AlignVCenter, index.data())


class SidebarView(QTreeView):
    """The tree; carets are painted by the delegate, a click on one opens or closes the folder."""

    def sizeHint(self) -> QSize:
        """As high as its open rows, so that what stands below follows them."""
        rows, index = 0, self.model().index(0, 0)
        while index.isValid():
            rows, index = rows + 1, self.indexBelow(index)
        return QSize(super().sizeHint().width(), rows * ROW + 2)

    def minimumSizeHint(self) -> QSize:
        """A few rows; it scrolls."""
        return QSize(SIZE.sidebar_icons, min(3 * ROW, self.sizeHint().height()))

    def level(self, index: Index) -> int:
        """How far below the top a row stands."""
        steps, parent = 0, index.parent()
        while parent.isValid():
            steps, parent = steps + 1, parent.parent()
        return steps

    def can_open(self, index: Index) -> bool:
        """Whether there are folders below."""
        return self.model().rowCount(index) > 0

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open and close at the caret, choose elsewhere."""
        index = self.indexAt(event.position().toPoint())
        left = SPACE.s + 10 + self.level(index) * INDENT
        at = event.position().x()
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            at = self.viewport().width() - at
        if index.isValid() and self.can_open(index) and left - 6 <= at <= left + 24:
            self.setExpanded(index, not self.isExpanded(index))
            event.accept()
            return
        super().mousePressEvent(event)
