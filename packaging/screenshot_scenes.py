"""The states of the window that `make screenshot` shows, in one look; a process of its own.

    screenshot_scenes.py LIBRARY NEW_LIBRARY OUT THEME LANGUAGE WIDTHxHEIGHT

LIBRARY is indexed already, NEW_LIBRARY is empty.
"""

from __future__ import annotations

import faulthandler
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from screenshot_driver import Driver

from imgsearch_desktop.adapters.config.settings_file import SettingsFile
from imgsearch_desktop.bootstrap.core import build_core
from imgsearch_desktop.bootstrap.window import build_application, build_window
from imgsearch_desktop.runtime.log import LogFile
from imgsearch_desktop.runtime.paths import app_paths

Key, Modifier = Qt.Key, Qt.KeyboardModifier


def main(arguments: list[str]) -> int:
    """Take every picture of one look."""
    faulthandler.enable()
    library, new_library, out, theme, language, size = arguments
    width, height = (int(side) for side in size.split("x"))
    application = build_application()
    application.setCursorFlashTime(0)
    for place, scenes in ((Path(new_library), first_minute), (Path(library), every_day)):
        with opened(place, theme, language, (width, height), Path(out)) as driver:
            scenes(driver)
    return 0


@contextmanager
def opened(library: Path, theme: str, language: str, size: tuple[int, int], out: Path) -> Iterator[Driver]:
    """The window on a library, in its look."""
    places = app_paths(library)
    file = SettingsFile(places.settings_file)
    settings = file.load().settings
    file.save(replace(settings, window=replace(settings.window, theme=theme, language=language)))
    log = LogFile(places.logs)
    log.open()
    with build_core(places) as core, build_window(core, []) as session:
        window = session.window
        window.setGeometry(0, 0, *size)
        window.show()
        window.activateWindow()
        driver = Driver(window, out)
        driver.until(window.isActiveWindow, 3)
        yield driver
        driver.close_others()
        window.close()
    window.deleteLater()
    QApplication.processEvents()
    log.close()


def first_minute(driver: Driver) -> None:
    """Nothing yet, then the first photos."""
    window = driver.window
    driver.shot("empty")
    QTest.mouseClick(window.welcome.primary, Qt.MouseButton.LeftButton)
    driver.until(lambda: window.grid.photos.rowCount() > 12)
    driver.until(lambda: False, 1.5)
    driver.shot("first-indexing", settle=False)


def every_day(driver: Driver) -> None:
    """What one does with a library."""
    window = driver.window
    driver.until(lambda: window.grid.photos.rowCount() > 0 and len(window.explore.tiles) > 0)
    driver.shot("explore")
    window.grid.setFocus()
    window.grid.verticalScrollBar().setValue(window.explore.height() + 700)
    driver.shot("browsing")
    searching(driver)
    walking(driver)
    dragging(driver)
    looking(driver)
    others(driver)


def searching(driver: Driver) -> None:
    """Words, a minus word, a picture; and words that nothing fits."""
    window = driver.window
    driver.search("apple")
    driver.shot("results")
    driver.click(window.grid, 0)
    driver.key(Key.Key_E, Modifier.ControlModifier)
    driver.search(" -juice ")
    driver.shot("results-with-chips")
    driver.key(Key.Key_Escape)
    driver.search("a wedding at night in the rain")
    driver.shot("no-good-match")
    driver.key(Key.Key_Escape)
    driver.settle()


def walking(driver: Driver) -> None:
    """From photo to photo."""
    window = driver.window
    driver.search("shoe")
    grid, panel = window.grid, window.similar.grid
    driver.double_click(grid, 1)
    for row in (3, 6):
        if panel.photos.rowCount() > row:
            driver.double_click(panel, row)
    driver.point_at(panel.viewport(), panel.picture_rect(1).center())
    driver.shot("similar-panel-with-trail")
    driver.key(Key.Key_Escape)
    driver.key(Key.Key_Escape)
    driver.settle()


def dragging(driver: Driver) -> None:
    """Drags over the window, a mixed one and a folder."""
    pictures = Path(os.environ["XDG_PICTURES_DIR"])
    picture = next(pictures.rglob("*.jpg"))
    data = driver.drag_over([picture, pictures.parent], driver.middle(0.3, 0.6))
    driver.shot("drop-mixed")
    driver.drag_away()
    del data
    data = driver.drag_over([pictures.parent], driver.middle(0.5, 0.5))
    driver.shot("drop-folder")
    driver.drag_away()
    del data
    driver.settle()


def looking(driver: Driver) -> None:
    """The viewer, without and with details."""
    grid = driver.window.grid
    grid.verticalScrollBar().setValue(0)
    driver.click(grid, 2)
    grid.menu_requested.emit(grid.viewport().mapToGlobal(grid.picture_rect(2).topLeft()))
    driver.shot("photo-menu")
    driver.close_popup()
    grid.setFocus()
    driver.key(Key.Key_Return)
    driver.shot("viewer")
    driver.key(Key.Key_I)
    driver.shot("viewer-details")
    driver.key(Key.Key_Escape)
    driver.settle()


def others(driver: Driver) -> None:
    """Windows besides the main one, and the menu."""
    window = driver.window
    for action in ("failures", "preferences", "shortcuts"):
        window.actions_table[action].trigger()
        driver.shot(action)
        driver.close_others()
        driver.key(Key.Key_Escape)
        driver.settle()
    window.top.menu.menu().popup(window.mapToGlobal(QPoint(16, 52)))
    driver.shot("menu")
    window.top.menu.menu().close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
