"""Paints tiles and headings; knows nothing of scrolling or selection logic."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPen, QPixmap

from imgsearch_desktop.ui.grid.contents import TileFacts
from imgsearch_desktop.ui.theme.icons import icon
from imgsearch_desktop.ui.theme.tokens import DARK, RADIUS, TYPE, Palette, mix

MAT = 0.045
"""How much of the text's colour the mat has on which a picture lies that does not fill its square."""

BADGE_HEIGHT = 20
BADGE_GROUND = QColor(15, 17, 19, 210)
BADGE_TEXT = "#FFFFFF"


@dataclass(frozen=True, slots=True)
class TileState:
    """How a tile is to be shown."""

    selected: bool = False
    focused: bool = False
    fill: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """The thumbnail of a tile.

    Attributes:
        pixmap: None where there is none.
        exact: made for just this tile, to be painted as it is; otherwise it stands in, scaled.
    """

    pixmap: QPixmap | None
    exact: bool


NO_PICTURE = Picture(None, exact=False)


@dataclass(frozen=True, slots=True)
class Badge:
    """A small mark on a tile; the same on light and dark, as it lies on a picture."""

    text: str
    stacked: bool = False


class TilePainter:
    """Paints in the colours of one palette at one device pixel ratio.

    Args:
        palette: the theme's colours.
        font: the view's font.
        ratio: device pixels per logical pixel.
        ground: token of the colour tiles lie on.
    """

    def __init__(self, palette: Palette, font: QFont, ratio: float, ground: str = "bg") -> None:
        self._palette = palette
        self._ratio = ratio
        self._bg = QColor(palette.colours()[ground])
        self._mat = QColor(mix(palette.colours()[ground], palette.text, MAT))
        self._accent, self._text = QColor(palette.accent), QColor(palette.text)
        self._muted, self._unknown = (
            QColor(palette.muted),
            QColor(palette.raised if palette.dark else palette.line),
        )
        self._title_font = QFont(font)
        self._title_font.setPixelSize(TYPE.small)
        self._title_font.setWeight(QFont.Weight.DemiBold)
        self._badge_font = QFont(font)
        self._badge_font.setPixelSize(TYPE.caption)
        self._badge_font.setWeight(QFont.Weight.DemiBold)
        self._count_font = QFont(font)
        self._count_font.setPixelSize(TYPE.small)
        self._corners = self._make_corners(RADIUS.normal)
        self._badges: dict[Badge, QPixmap] = {}

    def paint_tile(
        self,
        painter: QPainter,
        tile: QRect,
        picture: Picture,
        facts: TileFacts | None,
        state: TileState,
    ) -> None:
        """Paint one tile: mat, picture or placeholder, rounded corners, rings and badges."""
        place = self.picture_rect(tile, picture, facts, fill=state.fill)
        if place != tile:
            painter.fillRect(tile, self._mat)
        if picture.pixmap is None:
            painter.fillRect(place, QColor(*facts.colour) if facts else self._unknown)
        elif picture.exact:
            painter.drawPixmap(place.topLeft(), picture.pixmap)
        else:
            whole = picture.pixmap.rect()
            painter.drawPixmap(place, picture.pixmap, _middle(picture.pixmap) if state.fill else whole)
        self._round(painter, tile)
        if state.selected or state.focused:
            self._ring(painter, tile, state)
        if facts is not None and (facts.copies > 1 or facts.raw):
            self._paint_badges(painter, place, facts)

    @staticmethod
    def picture_rect(tile: QRect, picture: Picture, facts: TileFacts | None, *, fill: bool) -> QRect:
        """Where the picture lies in its tile."""
        if picture.pixmap is not None and picture.exact:
            size = picture.pixmap.deviceIndependentSize().toSize()
        elif fill:
            return tile
        elif facts is not None and facts.width > 0 and facts.height > 0:
            size = QSize(facts.width, facts.height).scaled(tile.size(), Qt.AspectRatioMode.KeepAspectRatio)
        else:
            shape = picture.pixmap.size() if picture.pixmap is not None else QSize(4, 3)
            size = shape.scaled(tile.size(), Qt.AspectRatioMode.KeepAspectRatio)
        width, height = max(1, size.width()), max(1, size.height())
        left, top = tile.x() + (tile.width() - width) // 2, tile.y() + (tile.height() - height) // 2
        return QRect(left, top, width, height)

    def paint_heading(self, painter: QPainter, box: QRect, title: str, count: int, count_text: str) -> None:
        """Paint a section's heading with the number of its photos."""
        if not box.height():
            return
        right = painter.layoutDirection() == Qt.LayoutDirection.RightToLeft
        align = Qt.AlignmentFlag.AlignVCenter | (
            Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        )
        painter.setFont(self._title_font)
        painter.setPen(self._text)
        painter.drawText(box, align | Qt.AlignmentFlag.AlignAbsolute, title)
        if count:
            width = QFontMetrics(self._title_font).horizontalAdvance(title) + 8
            beside = box.adjusted(0, 0, -width, 0) if right else box.adjusted(width, 0, 0, 0)
            painter.setFont(self._count_font)
            painter.setPen(self._muted)
            painter.drawText(beside, align | Qt.AlignmentFlag.AlignAbsolute, count_text)

    def _round(self, painter: QPainter, picture: QRect) -> None:
        """Lay corners of the ground over the picture's own: cheaper than clipping."""
        if min(picture.width(), picture.height()) < 2 * RADIUS.normal:
            return
        last = RADIUS.normal - 1
        left, top, right, bottom = (
            picture.left(), picture.top(), picture.right() - last, picture.bottom() - last,
        )  # fmt: skip
        places = (QPoint(left, top), QPoint(right, top), QPoint(right, bottom), QPoint(left, bottom))
        for place, corner in zip(places, self._corners, strict=True):
            painter.drawPixmap(place, corner)

    def _ring(self, painter: QPainter, picture: QRect, state: TileState) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        outer = QRectF(picture).adjusted(-2, -2, 2, 2)
        if state.selected:
            painter.setPen(QPen(self._bg, 2))
            painter.drawRoundedRect(QRectF(picture).adjusted(1, 1, -1, -1), RADIUS.normal, RADIUS.normal)
            painter.setPen(QPen(self._accent, 3))
            painter.drawRoundedRect(outer.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS.search, RADIUS.search)
        if state.focused:
            pen = QPen(self._text if state.selected else self._accent, 1 if state.selected else 2)
            painter.setPen(pen)
            grown = outer.adjusted(-1.5, -1.5, 1.5, 1.5) if state.selected else outer.adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(grown, RADIUS.search, RADIUS.search)
        painter.restore()

    def _paint_badges(self, painter: QPainter, picture: QRect, facts: TileFacts) -> None:
        badges = [Badge(str(facts.copies), stacked=True)] if facts.copies > 1 else []
        if facts.raw:
            badges.append(Badge("RAW"))
        x = picture.right() - 5
        for wanted in badges:
            badge = self._badge(wanted)
            width = round(badge.width() / self._ratio)
            x -= width
            if x < picture.left() + 4:
                return
            painter.drawPixmap(QPoint(x, picture.top() + 6), badge)
            x -= 4

    def _badge(self, badge: Badge) -> QPixmap:
        if badge not in self._badges:
            self._badges[badge] = self._make_badge(badge)
        return self._badges[badge]

    def _make_badge(self, badge: Badge) -> QPixmap:
        lead = 18 if badge.stacked else 0
        width = QFontMetrics(self._badge_font).horizontalAdvance(badge.text) + 12 + lead
        pixmap = self._blank(width, BADGE_HEIGHT)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(BADGE_GROUND)
        painter.drawRoundedRect(QRectF(0, 0, width, BADGE_HEIGHT), 5, 5)
        if badge.stacked:
            icon("stack", DARK, "text").paint(painter, QRect(5, 3, 14, 14))
        painter.setFont(self._badge_font)
        painter.setPen(QColor(BADGE_TEXT))
        painter.drawText(QRect(6 + lead, 0, width, BADGE_HEIGHT), Qt.AlignmentFlag.AlignVCenter, badge.text)
        painter.end()
        return pixmap

    def _make_corners(self, radius: int) -> list[QPixmap]:
        """Four pieces in the colour of the ground, each with a quarter of a circle cut out; clockwise."""
        whole = self._blank(2 * radius, 2 * radius)
        painter = QPainter(whole)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        path = QPainterPath()
        path.setFillRule(Qt.FillRule.OddEvenFill)
        path.addRect(QRectF(0, 0, 2 * radius, 2 * radius))
        path.addEllipse(QRectF(0, 0, 2 * radius, 2 * radius))
        painter.fillPath(path, self._bg)
        painter.end()
        side = round(radius * self._ratio)
        far = whole.width() - side
        pieces = [whole.copy(x, y, side, side) for x, y in ((0, 0), (far, 0), (far, far), (0, far))]
        for piece in pieces:
            piece.setDevicePixelRatio(self._ratio)
        return pieces

    def _blank(self, width: int, height: int) -> QPixmap:
        pixmap = QPixmap(round(width * self._ratio), round(height * self._ratio))
        pixmap.setDevicePixelRatio(self._ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        return pixmap


def _middle(pixmap: QPixmap) -> QRect:
    """The largest square in the middle of a picture."""
    side = min(pixmap.width(), pixmap.height())
    return QRect((pixmap.width() - side) // 2, (pixmap.height() - side) // 2, side, side)
