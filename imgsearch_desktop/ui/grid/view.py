"""The grid's view: paints tiles, shows the buttons on them and the bubble beside the scroll bar."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from imgsearch_desktop.ui.grid.accessible import announce
from imgsearch_desktop.ui.grid.arranged_view import ArrangedView
from imgsearch_desktop.ui.grid.date_bubble import DateBubble
from imgsearch_desktop.ui.grid.layout import Metrics
from imgsearch_desktop.ui.grid.model import Index, PhotoModel
from imgsearch_desktop.ui.grid.pixmap_cache import CachedTile, PixmapCache
from imgsearch_desktop.ui.grid.selection import selected_among
from imgsearch_desktop.ui.grid.tile_buttons import TileButtons
from imgsearch_desktop.ui.grid.tile_painter import NO_PICTURE, Picture, TilePainter, TileState
from imgsearch_desktop.ui.theme.theme import Theme
from imgsearch_desktop.workers.thumbnails import TileSize


class GridView(ArrangedView):
    """Shows a `PhotoModel` as tiles; `ui.grid.grid.PhotoGrid` adds mouse and keys.

    Args:
        model: what is shown.
        theme: colours.
        cache: decoded thumbnails.
        metrics: distances.
        parent: owner.

    Attributes:
        ground: token of the colour it is painted on.
    """

    def __init__(
        self,
        model: PhotoModel,
        theme: Theme,
        cache: PixmapCache,
        metrics: Metrics | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(model, metrics, parent)
        self._theme = theme
        self.cache = cache
        self.ground = "bg"
        self._painter: TilePainter | None = None
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(self.tr("Photos"))
        self.hover_buttons = TileButtons(self.viewport(), Qt.FocusPolicy.NoFocus)
        self.focus_buttons = TileButtons(self.viewport(), Qt.FocusPolicy.TabFocus)
        self.bubble = DateBubble(self)
        bar = self.verticalScrollBar()
        bar.sliderMoved.connect(lambda _value: self._show_bubble())
        bar.sliderReleased.connect(self.bubble.hide)
        bar.rangeChanged.connect(lambda least, most: bar.setEnabled(most > least))
        theme.changed.connect(self._recolour)
        self.attach()
        announce(self)

    @property
    def pixel_size(self) -> TileSize:
        """The size in which thumbnails are wanted now, device pixels."""
        return TileSize(round(self._layout.side * self.devicePixelRatioF()), self._fill)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what is in view."""
        painter = QPainter(self.viewport())
        painter.setLayoutDirection(self.layoutDirection())
        painter.fillRect(event.rect(), self._theme.colour(self.ground))
        top = self.verticalOffset()
        first, last = event.rect().top() + top - 6, event.rect().bottom() + top + 6
        tiles = self._tile_painter()
        contents = self.photos.contents
        if self._layout.headings:
            for section in self._layout.sections_between(first, last):
                size = contents.section_size(section)
                box = self._rect(self._layout.heading_box(section))
                words = self.locale().toString(size)
                tiles.paint_heading(painter, box, contents.titles[section], size, words)
        self._paint_tiles(painter, self._layout.rows_between(first, last))
        painter.end()

    def _paint_tiles(self, painter: QPainter, rows: range) -> None:
        tiles, top, photos = self._tile_painter(), self.verticalOffset(), self.photos
        selected = selected_among(self.selectionModel(), rows)
        focused = self.currentIndex().row() if self._shows_focus() else -1
        exact = self.pixel_size
        for row, box in zip(rows, self._layout.boxes(rows), strict=True):
            tile = QRect(box.x, box.y - top, box.width, box.height)
            cached = self._cached(row)
            picture = Picture(cached.pixmap, cached.size == exact) if cached else NO_PICTURE
            state = TileState(row in selected, row == focused, self._fill)
            tiles.paint_tile(painter, tile, picture, photos.facts(row), state)

    def _shows_focus(self) -> bool:
        return self.hasFocus() or self.focus_buttons.isAncestorOf(self.focusWidget() or self)

    def pixmap_of(self, row: int) -> QPixmap | None:
        """The thumbnail of a row if it is in memory."""
        cached = self._cached(row)
        return cached.pixmap if cached else None

    def _cached(self, row: int) -> CachedTile | None:
        cached = self.cache.get(int(self.photos.ids[row]))
        if cached is not None and cached.size.fill and not self._fill:
            return None  # a picture cut to a square cannot stand in for the whole one
        return cached

    def picture_rect(self, row: int) -> QRect:
        """Where the picture of a row lies in the viewport."""
        cached = self._cached(row)
        picture = Picture(cached.pixmap, cached.size == self.pixel_size) if cached else NO_PICTURE
        tile = self._rect(self._layout.box(row))
        return TilePainter.picture_rect(tile, picture, self.photos.facts(row), fill=self._fill)

    def update_photo(self, photo_id: int) -> None:
        """Paint the tile of a photo anew if it is in view."""
        visible = self.visible_rows()
        for offset in np.flatnonzero(self.photos.ids[visible.start : visible.stop] == photo_id):
            self._update_row(visible.start + int(offset))

    def _update_row(self, row: int) -> None:
        self.viewport().update(self._rect(self._layout.box(row)).adjusted(-6, -6, 6, 6))

    def _tile_painter(self) -> TilePainter:
        if self._painter is None:
            self._painter = TilePainter(
                self._theme.palette, self.font(), self.devicePixelRatioF(), self.ground
            )
        return self._painter

    def _recolour(self) -> None:
        self._painter = None
        self.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        """Follow another font, screen or direction."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.DevicePixelRatioChange):
            self._recolour()
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._arrange()

    def _follow_tiles(self) -> None:
        current = self.currentIndex().row()
        if self._shows_focus():
            self._put_buttons(self.focus_buttons, current)
        else:
            self.focus_buttons.put_away()
        position = self.viewport().mapFromGlobal(self.cursor().pos())
        under = self.indexAt(position).row() if self.viewport().underMouse() else -1
        self._put_buttons(self.hover_buttons, under if under != self.focus_buttons.row else -1)

    def _put_buttons(self, buttons: TileButtons, row: int) -> None:
        if not 0 <= row < self._layout.rows:
            buttons.put_away()
            return
        facts = self.photos.facts(row)
        buttons.put(row, self.picture_rect(row), facts.name if facts else self.tr("this photo"))

    def currentChanged(self, current: Index, previous: Index) -> None:
        """The buttons go with the current photo."""
        super().currentChanged(current, previous)
        self._follow_tiles()
        self.viewport().update()

    def dataChanged(self, first: Index, last: Index, roles: Sequence[int] = ()) -> None:
        """Facts have arrived."""
        super().dataChanged(first, last, roles)
        self._follow_tiles()
        self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is."""
        super().focusInEvent(event)
        self._follow_tiles()
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Put the keyboard's marks away."""
        super().focusOutEvent(event)
        self._follow_tiles()
        self.viewport().update()

    def _show_bubble(self) -> None:
        section = self._layout.section_at(self.verticalOffset() + self._layout.pitch // 2)
        titles = self.photos.contents.titles
        self.bubble.show_beside(
            self.verticalScrollBar(), titles[section] if 0 <= section < len(titles) else ""
        )
