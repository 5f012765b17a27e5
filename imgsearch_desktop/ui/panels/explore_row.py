"""The Explore row: covers of what the library holds most of, above the photos while browsing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QLocale, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFont, QPainter, QPainterPath, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from imgsearch_desktop.application.ports import LabelCount
from imgsearch_desktop.ui.grid.layout import lay_out
from imgsearch_desktop.ui.theme.theme import Theme
from imgsearch_desktop.ui.theme.tokens import RADIUS, SPACE, TYPE
from imgsearch_desktop.ui.words.label_words import label_word

HEADING = 32
CAPTION = 24
LARGEST = 176


class ExploreTile(QAbstractButton):
    """A cover with a label and the number of photos.

    Args:
        theme: colours.
        label: what it shows; `word` is that in the language of the window.
        parent: owner.
    """

    def __init__(self, theme: Theme, label: LabelCount, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.label = label
        self.word = label_word(label.name)
        self._count = QLocale().toString(label.photos)
        self._pixmap: QPixmap | None = None
        photos = self.tr("%n photo(s)", "", label.photos).replace(str(label.photos), self._count, 1)
        words = f"{self.word}, {photos}"
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def set_pixmap(self, pixmap: QPixmap | None) -> None:
        """Show the cover."""
        self._pixmap = pixmap
        self.update()

    def sizeHint(self) -> QSize:
        """Set by the row."""
        return self.size()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint cover and caption."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        cover = QRect(0, 0, self.width(), self.height() - CAPTION)
        self._paint_cover(painter, cover)
        self._paint_caption(painter, QRect(2, cover.bottom() + 1, self.width() - 4, CAPTION))
        painter.end()

    def _paint_cover(self, painter: QPainter, cover: QRect) -> None:
        path = QPainterPath()
        path.addRoundedRect(QRectF(cover), RADIUS.normal, RADIUS.normal)
        painter.save()
        painter.setClipPath(path)
        painter.fillRect(cover, self._theme.colour("raised" if self._theme.palette.dark else "line"))
        if self._pixmap is not None:
            painter.drawPixmap(cover, self._pixmap)
        painter.restore()
        if self.hasFocus() or self.underMouse():
            pen = painter.pen()
            pen.setColor(self._theme.colour("accent" if self.hasFocus() else "edge"))
            pen.setWidth(2)
            painter.setPen(pen)
            painter.drawRoundedRect(QRectF(cover).adjusted(1, 1, -1, -1), RADIUS.normal, RADIUS.normal)

    def _paint_caption(self, painter: QPainter, box: QRect) -> None:
        font = QFont(self.font())
        font.setPixelSize(TYPE.small)
        plain = QFont(font)
        font.setWeight(QFont.Weight.DemiBold)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        align = side | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
        painter.setFont(plain)
        room = painter.fontMetrics().horizontalAdvance(self._count) + 6
        painter.setFont(font)
        painter.setPen(self._theme.colour("text"))
        metrics = painter.fontMetrics()
        name = metrics.elidedText(self.word, Qt.TextElideMode.ElideRight, box.width() - room)
        painter.drawText(box, align, name)
        taken = metrics.horizontalAdvance(name) + 6
        painter.setFont(plain)
        painter.setPen(self._theme.colour("muted"))
        beside = box.adjusted(0, 0, -taken, 0) if mirrored else box.adjusted(taken, 0, 0, 0)
        painter.drawText(beside, align, self._count)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show that it can be clicked."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """And no more."""
        super().leaveEvent(event)
        self.update()


class ExploreRow(QWidget):
    """As many covers as fit side by side.

    Args:
        theme: colours.
        parent: owner.
    """

    chosen = Signal(str)
    """The word to search for, in the language of the window."""
    covers_wanted = Signal(object, int)
    """Photo ids of the covers in view, and their side in logical pixels."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._heading = QLabel(self.tr("In your library"), self)
        self._heading.setProperty("role", "heading")
        self._tiles: list[ExploreTile] = []
        self._wanted: tuple[tuple[int, ...], int] = ((), 0)
        theme.changed.connect(self.update)

    @property
    def tiles(self) -> list[ExploreTile]:
        """The covers, shown or not."""
        return self._tiles

    def set_labels(self, labels: Sequence[LabelCount]) -> None:
        """Show these; covers that were there keep their pictures."""
        if [tile.label for tile in self._tiles] == list(labels):
            return
        for tile in self._tiles:
            tile.hide()
            tile.deleteLater()
        self._tiles = [ExploreTile(self._theme, label, self) for label in labels]
        for tile in self._tiles:
            tile.clicked.connect(lambda _checked=False, word=tile.word: self.chosen.emit(word))
        self._wanted = ((), 0)
        self._arrange()
        self.updateGeometry()

    def set_cover(self, photo_id: int, pixmap: QPixmap | None) -> None:
        """A cover has been loaded."""
        for tile in self._tiles:
            if int(tile.label.cover) == photo_id:
                tile.set_pixmap(pixmap)

    def hasHeightForWidth(self) -> bool:
        """Covers are squares that fill the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Heading, covers, captions."""
        return HEADING + self._side(width)[1] + CAPTION + SPACE.s if self._tiles else 0

    def sizeHint(self) -> QSize:
        """For the width it has."""
        return QSize(self.width(), self.heightForWidth(self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the covers anew."""
        super().resizeEvent(event)
        self._arrange()

    def _side(self, width: int) -> tuple[int, int]:
        """How many covers fit, and their side."""
        layout = lay_out(1, width, min(LARGEST, 132))
        return layout.columns, layout.side

    def _arrange(self) -> None:
        columns, side = self._side(self.width())
        margin, gap = SPACE.l, SPACE.s
        self._heading.setGeometry(margin, 4, max(0, self.width() - 2 * margin), HEADING - 8)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        for place, tile in enumerate(self._tiles):
            tile.setVisible(place < columns)
            column = columns - 1 - place if mirrored else place
            tile.setGeometry(margin + column * (side + gap), HEADING, side, side + CAPTION)
        wanted = (tuple(int(tile.label.cover) for tile in self._tiles[:columns]), side)
        if wanted != self._wanted and wanted[0]:
            self._wanted = wanted
            self.covers_wanted.emit(list(wanted[0]), side)
