"""The part of the grid's view that knows where everything lies: layout, scrolling, place."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from imgsearch_desktop.ui.grid.contents import Contents, Ids, rows_of
from imgsearch_desktop.ui.grid.layout import Box, GridLayout, Metrics, lay_out
from imgsearch_desktop.ui.grid.model import Index, PhotoModel
from imgsearch_desktop.ui.grid.place import Anchor, Place, anchor_at, top_for
from imgsearch_desktop.ui.grid.selection import Flag, select_rows, select_runs, selected_rows

SMALLEST_TILE, LARGEST_TILE = 80, 384
AHEAD = 1
"""Screens below and above that are loaded after what is visible."""


class ArrangedView(QAbstractItemView):
    """Arranges a `PhotoModel` as tiles; `ui.grid.view.GridView` paints them.

    Args:
        model: what is shown.
        metrics: distances; `top` follows the header widget.
        parent: owner.
    """

    wanted = Signal(object, object)
    """Rows to load (a range, visible ones), and further rows to load after them (a list)."""
    tile_size_changed = Signal(int)

    def __init__(
        self, model: PhotoModel, metrics: Metrics | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._metrics = metrics or Metrics()
        self._tile, self._fill = 176, False
        self._header: QWidget | None = None
        self._kept: Place | None = None
        self._steady: tuple[int, Anchor] | None = None
        self.photos = model
        self._layout = lay_out(0, 1, self._tile)
        self._settle = QTimer(self, singleShot=True, interval=0)
        self._settle.timeout.connect(self.ask)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Always there, without a handle when all fits: the tiles keep their size when photos come and go.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFrameShape(QAbstractItemView.Shape.NoFrame)
        model.modelAboutToBeReset.connect(self._keep_place)

    def attach(self) -> None:
        """Begin to show the model; called once the view is built completely."""
        self.setModel(self.photos)
        self.photos.modelReset.connect(self._restore_place)  # after the selection model's own slot

    # --- what is shown ---------------------------------------------------------------------------------

    @property
    def grid_layout(self) -> GridLayout:
        """Where every tile lies now."""
        return self._layout

    @property
    def tile_size(self) -> int:
        """Least side of a tile, logical pixels."""
        return self._tile

    @property
    def fill(self) -> bool:
        """Whether pictures cover their tiles instead of lying within them."""
        return self._fill

    def set_tile_size(self, size: int) -> None:
        """Make tiles larger or smaller; what is looked at stays in view."""
        size = min(max(size, SMALLEST_TILE), LARGEST_TILE)
        if size != self._tile:
            anchor = self._steady_anchor()
            self._tile = size
            self._arrange()
            self.verticalScrollBar().setValue(top_for(self._layout, self.photos.ids, anchor))
            self._steady = (self.verticalOffset(), anchor)
            self._follow_tiles()
            self.tile_size_changed.emit(size)

    def _steady_anchor(self) -> Anchor:
        """What stays in view: the current photo if it is, else the topmost; the same for a row of changes."""
        top = self.verticalOffset()
        if self._steady is not None and self._steady[0] == top:
            return self._steady[1]
        current = self.currentIndex().row()
        if top > 0 and current in self.visible_rows():
            return Anchor(int(self.photos.ids[current]), self._layout.box(current).y - top, current)
        return anchor_at(self._layout, self.photos.ids, top, self.viewport().height())

    def set_fill(self, fill: bool) -> None:
        """Let pictures cover their tiles, or show them whole."""
        if fill != self._fill:
            self._fill = fill
            self._follow_tiles()
            self.viewport().update()
            self._settle.start()

    @property
    def header(self) -> QWidget | None:
        """The widget above the first section."""
        return self._header

    def set_header(self, header: QWidget | None) -> None:
        """Put a widget above the first section; it scrolls with the photos."""
        if self._header is not None:
            self._header.removeEventFilter(self)
            self._header.hide()
        self._header = header
        if header is not None:
            header.setParent(self.viewport())
            header.installEventFilter(self)
            header.show()
        self._arrange()

    def show_contents(self, contents: Contents, place: Place | None = None) -> None:
        """Show photos.

        Args:
            contents: what.
            place: where to be; None keeps selection, current photo and scroll position as far as the photos
                are still there.
        """
        self._kept = place
        self.photos.set_contents(contents)

    def place(self) -> Place:
        """Where one is now."""
        rows = selected_rows(self.selectionModel())
        everything = len(rows) > 0 and len(rows) == len(self.photos.ids)
        current = self.currentIndex().row()
        return Place(
            anchor_at(self._layout, self.photos.ids, self.verticalOffset(), self.viewport().height()),
            int(self.photos.ids[current]) if 0 <= current < len(self.photos.ids) else None,
            self.photos.ids[rows],
            everything,
        )

    def selected_ids(self) -> Ids:
        """Ids of the selected photos in the order of the grid, int64."""
        return self.photos.ids[selected_rows(self.selectionModel())]

    def visible_rows(self) -> range:
        """Rows of which at least a part is in view."""
        top = self.verticalOffset()
        return self._layout.rows_between(top, top + self.viewport().height())

    # --- keeping the place -----------------------------------------------------------------------------

    def _keep_place(self) -> None:
        if self._kept is None:
            self._kept = self.place()

    def reset(self) -> None:
        """The model has other contents."""
        super().reset()
        self._arrange()

    def _restore_place(self) -> None:
        place, self._kept = self._kept or Place(), None
        self._go_to(place)

    def _go_to(self, place: Place) -> None:
        selection = self.selectionModel()
        ids = self.photos.ids
        if place.everything and len(ids):
            select_runs(selection, [(0, len(ids) - 1)])
        elif len(place.selected):
            select_rows(selection, rows_of(ids, place.selected))
        if place.current is not None:
            found = rows_of(ids, np.array([place.current], np.int64))
            index = self.photos.index(int(found[0])) if len(found) else self.photos.index(-1)
            selection.setCurrentIndex(index, Flag.NoUpdate)
        self.verticalScrollBar().setValue(top_for(self._layout, ids, place.anchor))
        self._follow_tiles()

    # --- layout ----------------------------------------------------------------------------------------

    def _arrange(self) -> None:
        width = self.viewport().width()
        top = self._place_header(width)
        metrics = Metrics(self._metrics.gap, self._metrics.margin, self._metrics.heading, top)
        contents = self.photos.contents
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        self._layout = lay_out(
            len(contents.ids), width, self._tile, contents.starts, metrics, mirrored=mirrored
        )
        self.updateGeometries()
        self.viewport().update()
        self._settle.start()

    def _place_header(self, width: int) -> int:
        if self._header is None or self._header.isHidden():
            return self._metrics.top
        height = self._header.heightForWidth(width)
        height = height if height >= 0 else self._header.sizeHint().height()
        self._header.setGeometry(0, -self.verticalOffset(), width, height)
        return height

    def updateGeometries(self) -> None:
        """Fit the scroll bar to the layout."""
        super().updateGeometries()
        bar = self.verticalScrollBar()
        view = self.viewport().height()
        bar.setRange(0, max(0, self._layout.height - view))
        bar.setPageStep(view)
        bar.setSingleStep(max(20, self._layout.pitch // 3))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out anew for another width; what is looked at stays in view."""
        anchor = anchor_at(
            self._layout, self.photos.ids, self.verticalOffset(), max(1, event.oldSize().height())
        )
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._arrange()
            self.verticalScrollBar().setValue(top_for(self._layout, self.photos.ids, anchor))
        else:
            self.updateGeometries()
        self._settle.start()
        self._follow_tiles()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Follow the header when it grows or hides."""
        if watched is self._header and event.type() in (
            QEvent.Type.LayoutRequest,
            QEvent.Type.ShowToParent,
            QEvent.Type.HideToParent,
        ):
            anchor = anchor_at(self._layout, self.photos.ids, self.verticalOffset(), self.viewport().height())
            self._arrange()
            self.verticalScrollBar().setValue(top_for(self._layout, self.photos.ids, anchor))
        return super().eventFilter(watched, event)  # type: ignore[arg-type]

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Move what is painted; load what comes into view."""
        self.viewport().scroll(dx, dy)
        if self._header is not None:  # after the viewport has moved its children by itself
            self._header.move(0, -self.verticalOffset())
        self._follow_tiles()
        self._settle.start()

    def ask(self) -> None:
        """Say which rows are wanted now."""
        visible = self.visible_rows()
        view = self.viewport().height()
        top = self.verticalOffset()
        around = self._layout.rows_between(top - AHEAD * view, top + (1 + AHEAD) * view)
        further = [*range(visible.stop, around.stop), *range(around.start, visible.start)]
        self.wanted.emit(visible, further)

    def _rect(self, box: Box) -> QRect:
        return QRect(box.x, box.y - self.verticalOffset(), box.width, box.height)

    def _follow_tiles(self) -> None:
        """Tiles have moved; whatever lies over one goes with it."""

    # --- QAbstractItemView -----------------------------------------------------------------------------

    def horizontalOffset(self) -> int:
        """The grid never scrolls sideways."""
        return 0

    def verticalOffset(self) -> int:
        """How far it is scrolled, pixels."""
        return self.verticalScrollBar().value()

    def isIndexHidden(self, _index: Index) -> bool:
        """No photo is hidden."""
        return False

    def indexAt(self, point: QPoint) -> Index:  # type: ignore[override]
        """The photo at a point of the viewport."""
        row = self._layout.row_at(point.x(), point.y() + self.verticalOffset())
        return self.photos.index(-1 if row is None else row)

    def visualRect(self, index: Index) -> QRect:
        """Where a photo's tile lies in the viewport."""
        if not index.isValid() or index.row() >= self._layout.rows:
            return QRect()
        return self._rect(self._layout.box(index.row()))

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Bring a photo into view."""
        if not index.isValid() or index.row() >= self._layout.rows:
            return
        bar, view = self.verticalScrollBar(), self.viewport().height()
        box, room = self._layout.box(index.row()), self._metrics.gap
        if hint == QAbstractItemView.ScrollHint.PositionAtCenter:
            bar.setValue(box.y - (view - box.height) // 2)
        elif hint == QAbstractItemView.ScrollHint.PositionAtTop or box.y - room < bar.value():
            bar.setValue(box.y - room if index.row() >= self._layout.columns else 0)
        elif box.bottom + room > bar.value() + view:
            last = self._layout.line_end(index.row()) == self._layout.rows - 1
            bar.setValue(bar.maximum() if last else box.bottom + room - view)

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Select what a rectangle of the viewport touches."""
        box = Box(rect.x(), rect.y() + self.verticalOffset(), rect.width(), rect.height())
        spans = [(run.start, run.stop - 1) for run in self._layout.rows_in(box)]
        select_runs(self.selectionModel(), spans, command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """What is to be painted anew; never more than the viewport."""
        return QRegion(self.viewport().rect()) if selection.count() else QRegion()

    def moveCursor(self, action: QAbstractItemView.CursorAction, _modifiers: Qt.KeyboardModifier) -> Index:  # type: ignore[override]
        """Where a cursor action leads."""
        if self._layout.rows == 0:
            return self.photos.index(-1)
        row = self.currentIndex().row()
        return self.photos.index(0 if row < 0 else self._moved(row, action))

    def _moved(self, row: int, action: QAbstractItemView.CursorAction) -> int:
        layout, cursor = self._layout, QAbstractItemView.CursorAction
        forward = -1 if layout.mirrored else 1
        page = max(layout.pitch, self.viewport().height() - layout.pitch)
        box = layout.box(row)
        moves: dict[QAbstractItemView.CursorAction, Callable[[], int]] = {
            cursor.MoveLeft: lambda: row - forward,
            cursor.MoveRight: lambda: row + forward,
            cursor.MoveUp: lambda: layout.above(row),
            cursor.MoveDown: lambda: layout.below(row),
            cursor.MoveHome: lambda: 0,
            cursor.MoveEnd: lambda: layout.rows - 1,
            cursor.MovePageUp: lambda: layout.nearest(box.x, box.y - page) or 0,
            cursor.MovePageDown: lambda: layout.nearest(box.x, box.y + page) or 0,
            cursor.MoveNext: lambda: row + 1,
            cursor.MovePrevious: lambda: row - 1,
        }
        return min(max(0, moves[action]()), layout.rows - 1)
