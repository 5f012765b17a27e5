"""A chip: a picture, words and a cross to remove it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from imgsearch_desktop.ui.controls.icon_button import IconButton
from imgsearch_desktop.ui.theme.theme import Theme

HEIGHT = 28
PICTURE = 20


class Chip(QFrame):
    """Part of a query.

    Args:
        theme: colours.
        words: what it stands for.
        tone: "plain", or "warn" for what is left out.
        parent: owner.
    """

    removed = Signal()

    def __init__(self, theme: Theme, words: str, tone: str = "plain", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Chip")
        self.setProperty("tone", tone)
        self.setFixedHeight(HEIGHT)
        self._picture = QLabel(self)
        self._picture.hide()
        self.label = QLabel(words, self)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setMaximumWidth(180)
        self.cross = IconButton(theme, "x", self.tr("Remove {part}").format(part=words), self, size=12)
        self.cross.setFixedSize(HEIGHT, HEIGHT)
        self.cross.clicked.connect(self.removed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self._picture)
        layout.addWidget(self.label)
        layout.addWidget(self.cross)
        self.setAccessibleName(words)
        self.setToolTip(words)

    def set_picture(self, pixmap: QPixmap) -> None:
        """Show a small round picture before the words."""
        self._picture.setPixmap(_round(pixmap, PICTURE, self.devicePixelRatioF()))
        self._picture.show()


def _round(pixmap: QPixmap, side: int, ratio: float) -> QPixmap:
    pixels = round(side * ratio)
    mode = Qt.AspectRatioMode.KeepAspectRatioByExpanding
    scaled = pixmap.scaled(QSize(pixels, pixels), mode, Qt.TransformationMode.SmoothTransformation)
    result = QPixmap(pixels, pixels)
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    path = QPainterPath()
    path.addRoundedRect(QRectF(0, 0, pixels, pixels), 5 * ratio, 5 * ratio)
    painter.setClipPath(path)
    painter.drawPixmap((pixels - scaled.width()) // 2, (pixels - scaled.height()) // 2, scaled)
    painter.end()
    result.setDevicePixelRatio(ratio)
    return result
