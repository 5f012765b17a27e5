"""Previews out of camera files, decoded and turned upright, off the GUI thread."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QTransform

from imgsearch_desktop.application.ports import Preview

TURNS = {
    2: (0, True),
    3: (180, False),
    4: (180, True),
    5: (270, True),
    6: (90, False),
    7: (90, True),
    8: (270, False),
}
"""EXIF orientation -> degrees to turn clockwise, after mirroring left and right or not."""


def upright(preview: Preview) -> QImage:
    """The preview as it is looked at; a null image if it is no picture."""
    image = QImage()
    if not image.loadFromData(preview.data, "JPG"):
        return image
    degrees, mirrored = TURNS.get(preview.orientation, (0, False))
    if mirrored:
        image = image.flipped(Qt.Orientation.Horizontal)
    return image.transformed(QTransform().rotate(degrees)) if degrees else image
