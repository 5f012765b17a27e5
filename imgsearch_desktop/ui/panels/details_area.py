"""Details of a photo where room is short: as high as they need to be, no higher than they may."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from imgsearch_desktop.ui.controls.icon_button import IconButton
from imgsearch_desktop.ui.panels.details_panel import DetailsPanel
from imgsearch_desktop.ui.theme.theme import Theme
from imgsearch_desktop.ui.theme.tokens import SIZE, SPACE

HIGHEST = 280


class DetailsArea(QScrollArea):
    """Scrolls a `DetailsPanel` where it is higher than `highest`.

    Args:
        theme: colours.
        highest: logical pixels, None for as high as there is room.
        parent: owner.
    """

    def __init__(self, theme: Theme, highest: int | None = HIGHEST, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("DetailsArea")
        self._highest = highest
        self.panel = DetailsPanel(theme, self)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(self.panel)
        self.panel.installEventFilter(self)
        vertical = QSizePolicy.Policy.Maximum if highest is not None else QSizePolicy.Policy.Expanding
        self.setSizePolicy(QSizePolicy.Policy.Ignored, vertical)

    def sizeHint(self) -> QSize:
        """What the details need, as far as they may."""
        hint = self.panel.sizeHint()
        # Reckoned with the bar: what has once been shown with it needs the height of the narrower text.
        room = self.width() - self.verticalScrollBar().sizeHint().width()
        height = self.panel.heightForWidth(room) if self.panel.hasHeightForWidth() else hint.height()
        return QSize(hint.width(), min(height, self._highest) if self._highest is not None else height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width needs another height."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Grow and shrink with the details."""
        if watched is self.panel and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)


class DetailsSide(QFrame):
    """A column beside the grid with the details of the selected photo.

    Args:
        theme: colours.
        parent: owner.
    """

    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("SimilarPanel")
        self.setMinimumWidth(SIZE.panel_least)
        self.setMaximumWidth(SIZE.panel_most)
        title = QLabel(self.tr("Selected photo"), self)
        title.setProperty("role", "heading")
        self.cross = IconButton(theme, "x", self.tr("Close the details"), self)
        self.cross.clicked.connect(self.closed)
        self.area = DetailsArea(theme, None, self)
        head = QHBoxLayout()
        head.addWidget(title, 1)
        head.addWidget(self.cross)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE.m, SPACE.s, SPACE.m, SPACE.m)
        layout.setSpacing(SPACE.s)
        layout.addLayout(head)
        layout.addWidget(self.area, 1)
