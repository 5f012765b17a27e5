"""What stands where photos would be: the first drop zone, "no good match", and other states that teach."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from imgsearch_desktop.ui.theme.theme import Theme
from imgsearch_desktop.ui.theme.tokens import RADIUS, SPACE


class EmptyState(QWidget):
    """An icon, a title, a sentence, up to two buttons; as a drop zone with a dashed frame.

    Args:
        theme: colours.
        framed: with the frame of a drop zone.
        parent: owner.
    """

    primary_clicked = Signal()
    secondary_clicked = Signal()

    def __init__(self, theme: Theme, *, framed: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._framed = framed
        self._icon_name = "image"
        self._icon = QLabel(self, alignment=Qt.AlignmentFlag.AlignCenter)
        self._title = QLabel(self, alignment=Qt.AlignmentFlag.AlignCenter)
        self._title.setProperty("role", "display")
        self._title.setWordWrap(True)
        self._text = QLabel(self, alignment=Qt.AlignmentFlag.AlignCenter)
        self._text.setProperty("role", "muted")
        self._text.setWordWrap(True)
        self.primary, self.secondary = QPushButton(self), QPushButton(self)
        self.primary.setProperty("kind", "primary")
        self.primary.clicked.connect(self.primary_clicked)
        self.secondary.clicked.connect(self.secondary_clicked)
        self._build()
        theme.changed.connect(self._draw)
        self._draw()

    def _build(self) -> None:
        self._box = QWidget(self)
        self._box.setObjectName("DropZone")
        self._box.setMaximumWidth(560)
        inner = QVBoxLayout(self._box)
        inner.setContentsMargins(SPACE.xxl, 64, SPACE.xxl, 64)
        inner.setSpacing(SPACE.m)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE.s)
        buttons.addStretch(1)
        buttons.addWidget(self.primary)
        buttons.addWidget(self.secondary)
        buttons.addStretch(1)
        for widget in (self._icon, self._title, self._text):
            inner.addWidget(widget)
        inner.addSpacing(SPACE.xs)
        inner.addLayout(buttons)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(self._box, 8)
        across.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(SPACE.l, SPACE.l, SPACE.l, SPACE.l)
        outer.addStretch(1)
        outer.addLayout(across)
        outer.addStretch(1)

    def tell(self, icon: str, title: str, text: str, primary: str = "", secondary: str = "") -> None:
        """Say what there is to say; "" leaves a button out."""
        self._icon_name = icon
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        for button, words in ((self.primary, primary), (self.secondary, secondary)):
            button.setText(words)
            button.setAccessibleName(words)
            button.setVisible(bool(words))
        self.setAccessibleName(f"{title}. {text}")
        self._draw()

    @property
    def title(self) -> str:
        """What it says."""
        return self._title.text()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the frame of the drop zone."""
        super().paintEvent(event)
        if not self._framed:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(self._theme.colour("edge"), 2)
        pen.setDashPattern([4, 3])
        painter.setPen(pen)
        frame = QRectF(self._box.geometry()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(frame, RADIUS.drop, RADIUS.drop)
        painter.end()

    def _draw(self) -> None:
        self._icon.setPixmap(self._theme.icon(self._icon_name).pixmap(QSize(44, 44)))
        self.update()
