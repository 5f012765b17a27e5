"""Drives the real window with real events and takes pictures of the screen."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from imgsearch_desktop.ui.grid.grid import PhotoGrid
from imgsearch_desktop.ui.main_window import MainWindow

STILL_S = 0.5
"""The screen is taken to be still when nothing has changed for this long."""

PATIENCE_S = 12.0


class Driver:
    """Acts on a window and takes pictures of it.

    Args:
        window: shown already.
        out: folder of the pictures.
    """

    def __init__(self, window: MainWindow, out: Path) -> None:
        self.window = window
        self._out = out
        self._number = len(list(out.glob("*.png")))

    def until(self, met: Callable[[], bool], patience_s: float = PATIENCE_S) -> bool:
        """Let the program run until a condition is met; whether it was."""
        end = time.monotonic() + patience_s
        while not met():
            if time.monotonic() > end:
                return False
            QApplication.processEvents()
            time.sleep(0.01)
        return True

    def settle(self) -> None:
        """Let the program run until the screen does not change any more."""
        end = time.monotonic() + PATIENCE_S
        before, since = self._screen(), time.monotonic()
        while time.monotonic() < end and time.monotonic() - since < STILL_S:
            self.until(lambda: False, 0.1)
            now = self._screen()
            if now != before:
                before, since = now, time.monotonic()

    def shot(self, name: str, *, settle: bool = True) -> None:
        """Take a picture."""
        if settle:
            self.settle()
        self._number += 1
        self._screen().save(str(self._out / f"{self._number:02d}-{name}.png"))

    def _screen(self) -> QImage:
        box = self.window.geometry()
        screen = QGuiApplication.primaryScreen()
        return screen.grabWindow(0, box.x(), box.y(), box.width(), box.height()).toImage()

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the keyboard is."""
        target = QApplication.focusWidget() or self.window
        QTest.keyClick(target, key, modifier)

    def search(self, text: str) -> None:
        """Type a text at the end of the search field and wait for the answer."""
        line = self.window.top.field.line
        QTest.mouseClick(line, Qt.MouseButton.LeftButton)
        QTest.keyClick(line, Qt.Key.Key_End)
        QTest.keyClicks(line, text)
        self.settle()
        self.close_popup()

    def click(self, grid: PhotoGrid, row: int) -> None:
        """Click a photo."""
        at = grid.picture_rect(row).center()
        QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
        grid.setFocus(Qt.FocusReason.MouseFocusReason)
        self.settle()

    def double_click(self, grid: PhotoGrid, row: int) -> None:
        """Double-click a photo."""
        at = grid.picture_rect(row).center()
        QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
        QTest.mouseDClick(grid.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
        self.settle()

    def point_at(self, widget: QWidget, at: QPoint) -> None:
        """Move the pointer somewhere."""
        QTest.mouseMove(widget, at)

    def drag_over(self, paths: Sequence[Path], at: QPoint) -> QMimeData:
        """Bring a drag of files over the window; it ends with `drag_away`."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        buttons, modifiers = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        copy = Qt.DropAction.CopyAction
        QApplication.sendEvent(self.window, QDragEnterEvent(at, copy, data, buttons, modifiers))
        move = QDragMoveEvent(at, copy, data, buttons, modifiers, QEvent.Type.DragMove)
        QApplication.sendEvent(self.window, move)
        return data

    def drag_away(self) -> None:
        """The drag leaves the window."""
        QApplication.sendEvent(self.window, QDragLeaveEvent())

    def close_popup(self) -> None:
        """Close a popup, as the next click anywhere would."""
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()

    def close_others(self) -> None:
        """Close every window but the main one."""
        for widget in QApplication.topLevelWidgets():
            if widget is not self.window and widget.isVisible():
                widget.close()

    def middle(self, across: float, down: float) -> QPoint:
        """A point of the window, as shares of its width and height."""
        return QPointF(self.window.width() * across, self.window.height() * down).toPoint()
