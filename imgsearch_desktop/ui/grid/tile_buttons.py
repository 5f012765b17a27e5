"""The two buttons on a tile, "view" and "similar": real controls that move to the tile they belong to."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from imgsearch_desktop.ui.theme.icons import icon
from imgsearch_desktop.ui.theme.tokens import DARK, SIZE

INSET = 6


class TileButtons(QWidget):
    """Lies over one tile of the grid; the same on light and dark, as it lies on a picture.

    Args:
        parent: the grid's viewport.
        focus: whether the Tab key reaches the buttons.
    """

    view_clicked = Signal(int)
    similar_clicked = Signal(int)

    def __init__(self, parent: QWidget, focus: Qt.FocusPolicy) -> None:
        super().__init__(parent)
        self._row = -1
        self._focus = focus
        self.view = self._button("arrows-out", self.tr("View"))
        self.similar = self._button("sparkle", self.tr("Find similar photos"))
        self.view.clicked.connect(lambda: self.view_clicked.emit(self._row))
        self.similar.clicked.connect(lambda: self.similar_clicked.emit(self._row))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.view)
        layout.addWidget(self.similar)
        self.setFixedSize(self.sizeHint())
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.hide()

    @property
    def row(self) -> int:
        """The row it lies on, -1 for none."""
        return self._row

    def put(self, row: int, picture: QRect, name: str) -> None:
        """Lie in the lower trailing corner of a picture; hides where the picture is too small.

        Args:
            row: the tile's row.
            picture: where its picture lies in the viewport.
            name: of the photo, for people who listen.
        """
        if row != self._row:
            self._row = row
            self.view.setAccessibleName(self.tr("View {name}").format(name=name))
            self.similar.setAccessibleName(self.tr("Find photos similar to {name}").format(name=name))
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        x = picture.left() + INSET if mirrored else picture.right() + 1 - INSET - self.width()
        y = picture.bottom() + 1 - INSET - self.height()
        self.move(x, y)
        self.setVisible(picture.width() >= self.width() + 2 * INSET and picture.height() >= self.height())

    def put_away(self) -> None:
        """Lie on no tile."""
        self._row = -1
        self.hide()

    def _button(self, name: str, words: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName("TileButton")
        button.setIcon(icon(name, DARK, "text"))
        button.setIconSize(QSize(16, 16))
        button.setToolTip(words)
        button.setAccessibleName(words)
        button.setFixedSize(SIZE.target, SIZE.target)
        button.setFocusPolicy(self._focus)
        return button
