"""What lies over the whole window during a drag: one target, or two halves for a mixture."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from imgsearch_desktop.ui.state.dropped import Dropped
from imgsearch_desktop.ui.theme.theme import Theme
from imgsearch_desktop.ui.theme.tokens import RADIUS, SIZE, SPACE, TYPE


class Target(Enum):
    """What a drop at some place does."""

    SEARCH = "search"
    ADD = "add"


def targets_of(dropped: Dropped) -> tuple[Target, ...]:
    """The targets a drag has, from the leading side."""
    targets = []
    if dropped.searches:
        targets.append(Target.SEARCH)
    if dropped.adds:
        targets.append(Target.ADD)
    return tuple(targets)


class DropOverlay(QWidget):
    """Painted over the window; never takes the mouse itself.

    Args:
        theme: colours.
        parent: the window's content; the search bar with its slot and the status bar stay free.
    """

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._dropped = Dropped()
        self._under: Target | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_for(self, dropped: Dropped, at: QPoint) -> None:
        """Show the targets and light the one under the pointer."""
        self._dropped = dropped
        self._under = self.target_at(at)
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect().adjusted(0, SIZE.search_bar, 0, -SIZE.status_bar))
        self.show()
        self.raise_()
        self.update()

    def target_at(self, at: QPoint) -> Target | None:
        """What a drop at a point does; None if there is nothing to do."""
        targets = targets_of(self._dropped)
        if len(targets) < 2:
            return targets[0] if targets else None
        leading = at.x() < self.width() // 2
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            leading = not leading
        return targets[0] if leading else targets[1]

    def words(self, target: Target) -> tuple[str, str]:
        """Title and line below it."""
        dropped = self._dropped
        if target is Target.ADD:
            return self.tr("Add to the library"), _names(dropped.folders)
        if dropped.url and not dropped.pictures:
            return self.tr("Fetch from {host} and search").format(host=dropped.host), dropped.url[:80]
        if len(dropped.pictures) > 1:
            return self.tr("Find photos like these"), self.tr("%n picture(s)", "", len(dropped.pictures))
        return self.tr("Find photos like this"), _names(dropped.pictures)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint veil and targets."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = QColor(self._theme.palette.bg)
        veil.setAlphaF(0.86)
        painter.fillRect(self.rect(), veil)
        targets = targets_of(self._dropped)
        for place, target in enumerate(targets):
            self._paint_target(painter, self._box(place, len(targets)), target, target is self._under)
        painter.end()

    def _box(self, place: int, count: int) -> QRect:
        inner = self.rect().adjusted(SPACE.xl, SPACE.xl, -SPACE.xl, -SPACE.xl)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            place = count - 1 - place
        width = (inner.width() - (count - 1) * SPACE.l) // count
        return QRect(inner.x() + place * (width + SPACE.l), inner.y(), width, inner.height())

    def _paint_target(self, painter: QPainter, box: QRect, target: Target, lit: bool) -> None:
        ground = QColor(self._theme.palette.accent if lit else self._theme.palette.surface)
        ground.setAlphaF(0.20 if lit else 0.55)
        pen = QPen(self._theme.colour("accent" if lit else "edge"), 2)
        pen.setDashPattern([4, 3])
        painter.setPen(pen)
        painter.setBrush(ground)
        painter.drawRoundedRect(QRectF(box), RADIUS.drop, RADIUS.drop)
        icon = QRect(0, 0, 44, 44)
        icon.moveCenter(box.center() - QPoint(0, 44))
        name = "folder-plus" if target is Target.ADD else "sparkle"
        self._theme.icon(name, "text").paint(painter, icon)
        title, line = self.words(target)
        font = QFont(self.font())
        font.setPixelSize(TYPE.title)
        font.setWeight(QFont.Weight.DemiBold)
        self._paint_line(painter, box, box.center().y() - 8, font, "text", title)
        font.setPixelSize(TYPE.small)
        font.setWeight(QFont.Weight.Normal)
        self._paint_line(painter, box, box.center().y() + 20, font, "text" if lit else "muted", line)

    def _paint_line(self, painter: QPainter, box: QRect, y: int, font: QFont, colour: str, text: str) -> None:
        painter.setFont(font)
        painter.setPen(self._theme.colour(colour))
        room = QRect(box.x() + SPACE.l, y, box.width() - 2 * SPACE.l, 24)
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, shown)


def _names(paths: tuple[bytes, ...]) -> str:
    """Names of the first few paths."""
    names = [path.rstrip(b"/").rpartition(b"/")[2].decode("utf-8", "replace") for path in paths[:3]]
    return ", ".join(names) + (" …" if len(paths) > 3 else "")
