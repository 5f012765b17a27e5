"""The window on a screen of another scale, in a process of its own; prints what it found as JSON.

The scale is read by Qt when the application is made (``QT_SCALE_FACTOR``), so it cannot be changed in a test.
"""

from __future__ import annotations

import json
import sys

import numpy as np
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QSlider

from imgsearch_desktop.application.settings import WindowSettings
from imgsearch_desktop.ui.grid.contents import Contents, TileFacts
from imgsearch_desktop.ui.grid.pixmap_cache import CachedTile
from imgsearch_desktop.ui.main_window import MainWindow
from imgsearch_desktop.ui.theme.theme import Theme

PHOTOS = 12


def main() -> int:
    """Show the window in the size asked for and look at it closely."""
    width, height = (int(side) for side in sys.argv[1].split("x"))
    application = QApplication([])
    window = MainWindow(Theme(application, "light"), WindowSettings())
    window.pages.setCurrentWidget(window.browser)
    window.resize(width, height)
    window.show()
    fill(window)
    application.processEvents()
    found = {
        "ratio": window.devicePixelRatioF(),
        "tile": window.grid.pixel_size.side,
        "side": window.grid.visualRect(window.grid.photos.index(0)).width(),
        "grey": grey_pixels(window),
        "outside": outside(window),
    }
    sys.stdout.write(json.dumps(found))
    window.close()
    return 0


def fill(window: MainWindow) -> None:
    """Photos whose thumbnails are checkerboards of single device pixels: any scaling shows."""
    grid = window.grid
    grid.show_contents(Contents(np.arange(1, PHOTOS + 1, dtype=np.int64)))
    QApplication.processEvents()
    side = grid.pixel_size.side
    grid.photos.put_facts(
        [TileFacts(one, f"{one}.jpg", f"{one}.jpg", (9, 9, 9), side, side) for one in range(1, PHOTOS + 1)],
        range(PHOTOS),
    )
    board = QPixmap.fromImage(checkerboard(side))
    board.setDevicePixelRatio(grid.devicePixelRatioF())
    for one in range(1, PHOTOS + 1):
        grid.cache.put(one, CachedTile(board, grid.pixel_size))
    grid.viewport().update()


def checkerboard(side: int) -> QImage:
    """Black and white by turns, pixel by pixel."""
    levels = ((np.indices((side, side)).sum(axis=0) % 2) * 255).astype(np.uint8)
    return QImage(levels.data, side, side, side, QImage.Format.Format_Grayscale8).copy()


def grey_pixels(window: MainWindow) -> tuple[int, int]:
    """Pixels in the middle of the photos that are neither black nor white, and how many were looked at."""
    grid, grey, looked_at = window.grid, 0, 0
    image = grid.viewport().grab().toImage()
    ratio = grid.devicePixelRatioF()
    for row in grid.visible_rows():
        box = grid.visualRect(grid.photos.index(row)).adjusted(12, 12, -12, -12)
        place = QRect((QPoint(box.x(), box.y()).toPointF() * ratio).toPoint(), box.size() * ratio)
        for y in range(place.top(), min(place.bottom(), image.height()), 3):
            for x in range(place.left(), min(place.right(), image.width()), 3):
                grey += 8 < image.pixelColor(x, y).lightness() < 247
                looked_at += 1
    return grey, looked_at


def outside(window: MainWindow) -> list[str]:
    """Controls that are not wholly inside the window."""
    kinds = (QAbstractButton, QLineEdit, QSlider)
    controls = [control for kind in kinds for control in window.findChildren(kind)]
    shown = [control for control in controls if control.isVisible() and not control.visibleRegion().isEmpty()]
    return [
        repr(control)
        for control in shown
        if not window.rect().contains(QRect(control.mapTo(window, QPoint()), control.size()))
    ]


if __name__ == "__main__":
    raise SystemExit(main())
