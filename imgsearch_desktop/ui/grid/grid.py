"""The grid as people use it: mouse, keys, rubber band, drag."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QMimeData, QModelIndex, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDrag,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from imgsearch_desktop.ui.grid.contents import rows_of
from imgsearch_desktop.ui.grid.layout import Metrics
from imgsearch_desktop.ui.grid.model import MOST_DRAGGED, PhotoModel
from imgsearch_desktop.ui.grid.pixmap_cache import PixmapCache
from imgsearch_desktop.ui.grid.rubber_band import RubberBand
from imgsearch_desktop.ui.grid.selection import Flag, select_runs, selected_rows
from imgsearch_desktop.ui.grid.view import GridView
from imgsearch_desktop.ui.theme.theme import Theme

AUTO_SCROLL_MS = 16
ZOOM_STEP = 24

Cursor = QAbstractItemView.CursorAction
Modifier = Qt.KeyboardModifier

_MOVES = {
    Qt.Key.Key_Left: Cursor.MoveLeft,
    Qt.Key.Key_Right: Cursor.MoveRight,
    Qt.Key.Key_Up: Cursor.MoveUp,
    Qt.Key.Key_Down: Cursor.MoveDown,
    Qt.Key.Key_Home: Cursor.MoveHome,
    Qt.Key.Key_End: Cursor.MoveEnd,
    Qt.Key.Key_PageUp: Cursor.MovePageUp,
    Qt.Key.Key_PageDown: Cursor.MovePageDown,
}


class PhotoGrid(GridView):
    """A grid of photos.

    Double click asks for similar photos, Enter and Space for the viewer, the right button for a menu.

    Args:
        model: what is shown.
        theme: colours.
        cache: decoded thumbnails.
        metrics: distances.
        parent: owner.
    """

    view_requested = Signal(int)
    """A row to be looked at."""
    similar_requested = Signal(int)
    """A row whose similar photos are wanted."""
    menu_requested = Signal(QPoint)
    """A menu for the selected photos, at a place on the screen."""
    selection_changed = Signal()
    dragging = Signal(bool)
    """A drag of our own photos begins (True) or has ended."""

    def __init__(
        self,
        model: PhotoModel,
        theme: Theme,
        cache: PixmapCache,
        metrics: Metrics | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(model, theme, cache, metrics, parent)
        self._band: RubberBand | None = None
        self._pressed_at: QPoint | None = None
        self._clear_on_release = False
        self._anchor = -1
        self._pointer = QPoint()
        self._auto_scroll = QTimer(self, interval=AUTO_SCROLL_MS)
        self._auto_scroll.timeout.connect(self._scroll_on)
        for buttons in (self.hover_buttons, self.focus_buttons):
            buttons.view_clicked.connect(self.view_requested)
            buttons.similar_clicked.connect(self.similar_requested)
        self.selectionModel().selectionChanged.connect(lambda *_: self.selection_changed.emit())

    # --- mouse -----------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select, or begin a drag or a rubber band."""
        row = self.indexAt(event.position().toPoint()).row()
        if event.button() == Qt.MouseButton.RightButton:
            self._press_right(row)
        elif event.button() == Qt.MouseButton.LeftButton:
            self._pressed_at = event.position().toPoint()
            self._press_left(row, event.modifiers())
        else:
            event.ignore()

    def _press_right(self, row: int) -> None:
        if row < 0:
            self.clearSelection()
        elif not self.selectionModel().isRowSelected(row, QModelIndex()):
            self._choose(row)

    def _press_left(self, row: int, modifiers: Modifier) -> None:
        self._clear_on_release = False
        adds = bool(modifiers & (Modifier.ControlModifier | Modifier.ShiftModifier))
        if row < 0:
            if not adds:
                self.clearSelection()
            at = self._pressed_at or QPoint()
            self._band = RubberBand(
                at.x(), at.y() + self.verticalOffset(), selected_rows(self.selectionModel())
            )
        elif modifiers & Modifier.ShiftModifier:
            self._extend(row, keep=bool(modifiers & Modifier.ControlModifier))
        elif modifiers & Modifier.ControlModifier:
            self._choose(row, Flag.Toggle)
        elif self.selectionModel().isRowSelected(row, QModelIndex()):
            self._clear_on_release = True
            self._set_current(row)
        else:
            self._choose(row)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw the band, drag photos out, or show the buttons of what is under the pointer."""
        self._pointer = event.position().toPoint()
        if self._band is not None:
            self._stretch_band()
            if not self.viewport().rect().contains(self._pointer) and not self._auto_scroll.isActive():
                self._auto_scroll.start()
        elif self._pressed_at is not None and event.buttons() & Qt.MouseButton.LeftButton:
            far = (self._pointer - self._pressed_at).manhattanLength()
            if far >= QApplication.startDragDistance() and self.indexAt(self._pressed_at).isValid():
                self._pressed_at, self._clear_on_release = None, False
                self.startDrag(Qt.DropAction.CopyAction)
        else:
            self._follow_tiles()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End what the press began."""
        self._auto_scroll.stop()
        if self._band is not None:
            self._band = None
            self.viewport().update()
        elif self._clear_on_release and event.button() == Qt.MouseButton.LeftButton:
            row = self.indexAt(event.position().toPoint()).row()
            if row >= 0:
                self._choose(row)
        self._pressed_at, self._clear_on_release = None, False

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Ask for similar photos."""
        row = self.indexAt(event.position().toPoint()).row()
        if event.button() == Qt.MouseButton.LeftButton and row >= 0:
            self._choose(row)
            self.similar_requested.emit(row)

    def viewportEvent(self, event: QEvent) -> bool:
        """Buttons go when the pointer leaves; a menu is asked for here, with keyboard or mouse."""
        if event.type() in (QEvent.Type.Leave, QEvent.Type.Enter):
            QTimer.singleShot(0, self, self._follow_tiles)
        return super().viewportEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl change the size of the tiles."""
        if event.modifiers() & Modifier.ControlModifier:
            step = ZOOM_STEP if event.angleDelta().y() > 0 else -ZOOM_STEP
            self.set_tile_size(self.tile_size + step)
            event.accept()
        else:
            super().wheelEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for a menu: at the pointer, or on the current photo when a key asked for it."""
        at = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard and self.currentIndex().isValid():
            at = self.viewport().mapToGlobal(self.picture_rect(self.currentIndex().row()).center())
        self.menu_requested.emit(at)

    # --- keys ------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, select, look, ask for similar ones; everything else goes on to the window."""
        key, modifiers = event.key(), event.modifiers()
        if key in _MOVES and not modifiers & Modifier.AltModifier:
            self._move(_MOVES[Qt.Key(key)], modifiers)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.currentIndex().isValid():
            self._press_key(key, modifiers)
        elif key == Qt.Key.Key_A and modifiers & Modifier.ControlModifier:
            self.selectAll()
        else:
            event.ignore()

    def _press_key(self, key: int, modifiers: Modifier) -> None:
        row = self.currentIndex().row()
        if key == Qt.Key.Key_Space and modifiers & Modifier.ControlModifier:
            self._choose(row, Flag.Toggle)
        elif modifiers & Modifier.ShiftModifier:
            self.similar_requested.emit(row)
        else:
            self.view_requested.emit(row)

    def _move(self, action: Cursor, modifiers: Modifier) -> None:
        row = self.moveCursor(action, modifiers).row()
        if row < 0:
            return
        if modifiers & Modifier.ShiftModifier:
            self._extend(row)
        elif modifiers & Modifier.ControlModifier:
            self._set_current(row)
        else:
            self._choose(row)
        self.scrollTo(self.photos.index(row))

    # --- selection -------------------------------------------------------------------------------------

    def choose_photo(self, photo_id: int) -> bool:
        """Select a photo alone and bring it into view; False if it is not here."""
        rows = rows_of(self.photos.ids, np.array([photo_id], np.int64))
        if len(rows) == 0:
            return False
        self._choose(int(rows[0]))
        self.scrollTo(self.photos.index(int(rows[0])))
        return True

    def _choose(self, row: int, flag: Flag = Flag.ClearAndSelect) -> None:
        self._anchor = row
        self._set_current(row)
        select_runs(self.selectionModel(), [(row, row)], flag)

    def _set_current(self, row: int) -> None:
        self.selectionModel().setCurrentIndex(self.photos.index(row), Flag.NoUpdate)

    def _extend(self, row: int, *, keep: bool = False) -> None:
        anchor = self._anchor if 0 <= self._anchor < self.photos.rowCount() else self.currentIndex().row()
        anchor = max(anchor, 0)
        flag = Flag.Select if keep else Flag.ClearAndSelect
        select_runs(self.selectionModel(), [(min(anchor, row), max(anchor, row))], flag)
        self._set_current(row)
        self._anchor = anchor

    def _restore_place(self) -> None:
        super()._restore_place()
        self._anchor = self.currentIndex().row()  # where Shift began has another row now

    def _stretch_band(self) -> None:
        if self._band is None:
            return
        y = self._pointer.y() + self.verticalOffset()
        select_runs(self.selectionModel(), self._band.spans(self.grid_layout, self._pointer.x(), y))
        self.viewport().update()

    def _scroll_on(self) -> None:
        """Scroll while the band is drawn beyond the edge, faster the further out."""
        edge = self.viewport().rect()
        beyond = min(0, self._pointer.y() - edge.top()) + max(0, self._pointer.y() - edge.bottom())
        if self._band is None or beyond == 0:
            self._auto_scroll.stop()
            return
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + max(-80, min(80, beyond // 2 or beyond)))
        self._stretch_band()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the band over the photos."""
        super().paintEvent(event)
        if self._band is None:
            return
        box = self._band.box(self._pointer.x(), self._pointer.y() + self.verticalOffset())
        colour = self._theme.colour("accent")
        painter = QPainter(self.viewport())
        painter.setPen(colour)
        colour.setAlphaF(0.15)
        painter.setBrush(colour)
        painter.drawRect(self._rect(box))
        painter.end()

    # --- drag ------------------------------------------------------------------------------------------

    def startDrag(self, _actions: Qt.DropAction) -> None:
        """Drag the selected photos out, as files for others and as photos for ourselves."""
        rows = selected_rows(self.selectionModel())
        if len(rows) == 0:
            return
        drag = QDrag(self)
        drag.setMimeData(self.drag_data([int(row) for row in rows[:MOST_DRAGGED]]))
        if (pixmap := self._drag_pixmap(self.currentIndex().row())) is not None:
            drag.setPixmap(pixmap)
            drag.setHotSpot(QPoint(pixmap.width() // 4, pixmap.height() // 4))
        self.dragging.emit(True)
        drag.exec(Qt.DropAction.CopyAction)
        self.dragging.emit(False)

    def drag_data(self, rows: list[int]) -> QMimeData:
        """What a drag of these rows carries; of one photo the picture too, for whoever takes no files."""
        data = self.photos.mime_of_rows(rows)
        pixmap = self.pixmap_of(rows[0]) if len(rows) == 1 else None
        if pixmap is not None:
            data.setImageData(pixmap.toImage())
        return data

    def _drag_pixmap(self, row: int) -> QPixmap | None:
        pixmap = self.pixmap_of(row) if row >= 0 else None
        return None if pixmap is None else pixmap.scaled(QSize(96, 96), Qt.AspectRatioMode.KeepAspectRatio)
