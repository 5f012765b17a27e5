"""The similar panel: trail, large anchor, similar photos, a few facts about the one that is chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from imgsearch_desktop.ui.controls.icon_button import IconButton
from imgsearch_desktop.ui.grid.grid import PhotoGrid
from imgsearch_desktop.ui.grid.layout import Metrics
from imgsearch_desktop.ui.grid.model import PhotoModel
from imgsearch_desktop.ui.grid.pixmap_cache import PixmapCache
from imgsearch_desktop.ui.panels.details_area import DetailsArea
from imgsearch_desktop.ui.state.history import NO_TRAIL, Trail
from imgsearch_desktop.ui.theme.theme import Theme
from imgsearch_desktop.ui.theme.tokens import RADIUS, SIZE, SPACE

STEP = 36
TILE = 80
CACHE_BYTES = 32 << 20

MOST_WIDE = 16_777_215
"""What Qt takes for no limit."""


class AnchorView(QAbstractButton):
    """The photo that others are similar to, large; a click opens the viewer.

    Args:
        theme: colours.
        parent: owner.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._pixmap: QPixmap | None = None
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedHeight(216)
        self.set_name("")

    def set_name(self, name: str) -> None:
        """Say which photo it is."""
        words = self.tr("View {name}").format(name=name or self.tr("this photo"))
        self.setAccessibleName(words)
        self.setToolTip(words)

    def set_pixmap(self, pixmap: QPixmap | None) -> None:
        """Show a picture."""
        self._pixmap = pixmap
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the picture whole, with round corners."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        box = self.rect()
        if self._pixmap is not None:
            size = self._pixmap.size().scaled(box.size(), Qt.AspectRatioMode.KeepAspectRatio)
            box = QRect(0, 0, size.width(), size.height())
            box.moveCenter(self.rect().center())
        path = QPainterPath()
        path.addRoundedRect(QRectF(box), RADIUS.normal, RADIUS.normal)
        painter.save()
        painter.setClipPath(path)
        if self._pixmap is not None:
            painter.drawPixmap(box, self._pixmap)
        else:
            painter.fillRect(box, self._theme.colour("raised"))
        painter.restore()
        if self.hasFocus():
            pen = painter.pen()
            pen.setColor(self._theme.colour("accent"))
            pen.setWidth(2)
            painter.setPen(pen)
            painter.drawRoundedRect(QRectF(box).adjusted(1, 1, -1, -1), RADIUS.normal, RADIUS.normal)
        painter.end()


class TrailBar(QScrollArea):
    """The way walked, as small pictures; each a step to go to.

    Args:
        theme: colours.
        parent: owner.
    """

    step_chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.buttons: list[QToolButton] = []
        self._carets: list[QLabel] = []
        self._trail = NO_TRAIL
        self.setWidgetResizable(True)
        self.setFixedHeight(STEP + 8)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inner = QWidget(self)
        self._row = QHBoxLayout(self._inner)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(4)
        self._row.addStretch(1)
        self.setWidget(self._inner)
        self.viewport().setAutoFillBackground(False)
        self._inner.setAutoFillBackground(False)
        theme.changed.connect(self._draw)

    def show_trail(self, trail: Trail) -> None:
        """Show the steps and mark where one is."""
        if trail.steps != self._trail.steps:
            self._rebuild(trail.steps)
        self._trail = trail
        for step, button in enumerate(self.buttons):
            button.setProperty("current", step == trail.at)
            button.style().unpolish(button)
            button.style().polish(button)
        if 0 <= trail.at < len(self.buttons):
            self.ensureWidgetVisible(self.buttons[trail.at], 40, 0)

    def set_picture(self, photo_id: int, pixmap: QPixmap) -> None:
        """A thumbnail has been loaded."""
        for step, button in zip(self._trail.steps, self.buttons, strict=False):
            if step == photo_id:
                button.setIcon(pixmap)

    def _rebuild(self, steps: Sequence[int]) -> None:
        for widget in (*self.buttons, *self._carets):
            self._row.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self.buttons, self._carets = [], []
        for step in range(len(steps)):
            if step:
                caret = QLabel(self._inner)
                self._carets.append(caret)
                self._row.insertWidget(self._row.count() - 1, caret)
            button = self._button(step, len(steps))
            self.buttons.append(button)
            self._row.insertWidget(self._row.count() - 1, button)
        self._draw()

    def _button(self, step: int, count: int) -> QToolButton:
        button = QToolButton(self._inner)
        button.setObjectName("TrailStep")
        button.setIconSize(QSize(STEP - 6, STEP - 6))
        button.setFixedSize(STEP, STEP)
        words = self.tr("Step {number} of {count}").format(number=step + 1, count=count)
        button.setAccessibleName(words)
        button.setToolTip(words)
        button.clicked.connect(lambda: self.step_chosen.emit(step))
        return button

    def _draw(self) -> None:
        for caret in self._carets:
            caret.setPixmap(self._theme.icon("caret-right").pixmap(QSize(12, 12)))


class SimilarPanel(QFrame):
    """Similar photos of an anchor.

    Args:
        theme: colours.
        parent: owner.
    """

    closed = Signal()
    back_clicked = Signal()
    forward_clicked = Signal()
    anchor_clicked = Signal()
    as_query_clicked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("SimilarPanel")
        self.title = QLabel(self.tr("Similar photos"), self)
        self.title.setProperty("role", "heading")
        self.as_query = IconButton(theme, "magnifying-glass", self.tr("Use as query"), self)
        self.back = IconButton(theme, "arrow-left", self.tr("Back (Alt+Left)"), self)
        self.forward = IconButton(theme, "arrow-right", self.tr("Forward (Alt+Right)"), self)
        self.cross = IconButton(theme, "x", self.tr("Close"), self)
        self.trail = TrailBar(theme, self)
        self.anchor = AnchorView(theme, self)
        self.message = QLabel(self)
        self.message.setProperty("role", "muted")
        self.message.setWordWrap(True)
        self.message.hide()
        metrics = Metrics(gap=SPACE.s, margin=0)
        self.grid = PhotoGrid(PhotoModel(self), theme, PixmapCache(CACHE_BYTES), metrics, self)
        self.grid.setAccessibleName(self.tr("Similar photos"))
        self.grid.ground = "side"
        self.grid.set_tile_size(TILE)
        self.details_area = DetailsArea(theme, parent=self)
        self.details = self.details_area.panel
        self._connect()
        self._build()

    def _connect(self) -> None:
        self.as_query.clicked.connect(self.as_query_clicked)
        self.back.clicked.connect(self.back_clicked)
        self.forward.clicked.connect(self.forward_clicked)
        self.cross.clicked.connect(self.closed)
        self.anchor.clicked.connect(self.anchor_clicked)

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(0)
        top.addWidget(self.title, 1)
        for button in (self.as_query, self.back, self.forward, self.cross):
            top.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE.m, SPACE.s, SPACE.m, SPACE.m)
        layout.setSpacing(SPACE.s)
        layout.addLayout(top)
        layout.addWidget(self.trail)
        self._head = QHBoxLayout()
        self._head.setSpacing(SPACE.xl)
        self._head.addWidget(self.anchor, 1)
        layout.addLayout(self._head)
        layout.addWidget(self.message)
        layout.addWidget(self.grid, 1)
        layout.addWidget(self.details_area)
        self._column = layout
        self.set_wide(False)

    def set_wide(self, wide: bool) -> None:
        """Take the grid's place, or stand beside it."""
        self.setProperty("wide", wide)
        self.style().unpolish(self)
        self.style().polish(self)
        (self._head if wide else self._column).addWidget(self.details_area, 1 if wide else 0)
        self.setMinimumWidth(0 if wide else SIZE.panel_least)
        self.setMaximumWidth(MOST_WIDE if wide else SIZE.panel_most)

    def show_trail(self, trail: Trail) -> None:
        """Show the way walked."""
        self.trail.show_trail(trail)

    def show_history(self, *, back: bool, forward: bool) -> None:
        """Whether there is something to go back and forward to."""
        self.back.setEnabled(back)
        self.forward.setEnabled(forward)

    def show_message(self, text: str) -> None:
        """Say something instead of photos; "" for nothing."""
        self.message.setText(text)
        self.message.setVisible(bool(text))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press beside everything does nothing to what lies below."""
        event.accept()
