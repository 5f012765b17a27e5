"""The first look at a folder: its newest pictures, before the index has any of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from imgsearch_desktop.ui.grid.layout import Metrics, lay_out
from imgsearch_desktop.ui.grid.tile_painter import Picture, TilePainter, TileState
from imgsearch_desktop.ui.theme.theme import Theme


class FirstLookPanel(QWidget):
    """Previews where their photos will stand; there is nothing to do with them yet.

    Args:
        theme: colours.
        ground: whose child it is.
        covered: what it lies upon while it is shown, somewhere below the ground.
    """

    def __init__(self, theme: Theme, ground: QWidget, covered: QWidget) -> None:
        super().__init__(ground)
        self._ground = ground
        self._theme = theme
        self._covered = covered
        self._pictures: list[QPixmap] = []
        self._tile = 0
        self._fill = False
        self.hide()
        covered.installEventFilter(self)
        self.setAccessibleName(self.tr("First look at the folder"))
        theme.changed.connect(self.update)

    @property
    def count(self) -> int:
        """How many pictures there are to see."""
        return len(self._pictures)

    def add(self, images: Sequence[QImage]) -> None:
        """Show more pictures behind those that are there."""
        self._pictures += [QPixmap.fromImage(image) for image in images]
        if self._pictures and self.isHidden():
            self.setGeometry(self._place())
            self.show()
            self.raise_()
        self.update()

    def clear(self) -> None:
        """Let the pictures go, and show what lies below."""
        self._pictures = []
        self.hide()

    def set_tiles(self, side: int, *, fill: bool) -> None:
        """Tiles as the grid has them, so that photos come up where their previews stood."""
        self._tile, self._fill = side, fill
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the tiles that fit."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("bg"))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        tiles = TilePainter(self._theme.palette, self.font(), self.devicePixelRatioF())
        mirrored, metrics = self.isRightToLeft(), Metrics(top=Metrics().heading)
        layout = lay_out(len(self._pictures), self.width(), self._tile, None, metrics, mirrored=mirrored)
        for row in layout.rows_between(0, self.height()):
            box = layout.box(row)
            tile = QRect(box.x, box.y, box.width, box.height)
            picture = Picture(self._pictures[row], exact=False)
            tiles.paint_tile(painter, tile, picture, None, TileState(fill=self._fill))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay where the covered part is."""
        if watched is self._covered and event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self.setGeometry(self._place())
        return super().eventFilter(watched, event)

    def _place(self) -> QRect:
        return QRect(self._covered.mapTo(self._ground, QPoint()), self._covered.size())
