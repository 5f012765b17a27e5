"""Keeps the settings while the window is open, and stores what the window itself remembers."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QByteArray, QObject, QTimer, Signal

from imgsearch_desktop.application.settings import Settings
from imgsearch_desktop.domain.errors import KnownError
from imgsearch_desktop.ui.main_window import MainWindow
from imgsearch_desktop.workers.contract import WorkContext
from imgsearch_desktop.workers.errands import Errands

log = logging.getLogger(__name__)

SETTLE_MS = 800
"""Dragging the size of tiles is stored once, when it has come to rest."""


class SettingsKeeper(QObject):
    """Remembers size and shape of tiles, the sidebar and the window's place from run to run.

    Args:
        window: what is remembered.
        settings: what is stored.
        save: stores them, off the GUI thread; raises KnownError where it cannot.
    """

    failed = Signal(object)
    """`Problem`: they could not be stored."""

    def __init__(self, window: MainWindow, settings: Settings, save: Callable[[Settings], None]) -> None:
        super().__init__(window)
        self._window = window
        self._settings = settings
        self._stored = settings
        self._save = save
        self._storing = threading.Lock()
        self._searches = settings.window.searches
        self._closed = False
        self._errands = Errands("settings", self)
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self._store)
        if settings.window.geometry:
            window.restoreGeometry(QByteArray.fromBase64(settings.window.geometry.encode()))
        if not settings.window.sidebar:
            window.actions_table["sidebar"].setChecked(False)
            window.show_sidebar(False)
        window.grid.tile_size_changed.connect(lambda _size: self._settle.start())
        window.filter_row.fill_chosen.connect(lambda _fill: self._settle.start())
        window.actions_table["sidebar"].toggled.connect(lambda _on: self._settle.start())
        window.widths_dragged.connect(self._settle.start)

    @property
    def settings(self) -> Settings:
        """What holds now."""
        return self._settings

    def note_unfinished(self, unfinished: bool) -> None:
        """Indexing is under way, or has come to its end; stored at once, for the day the program crashes."""
        self._settings = replace(self._settings, window=replace(self._settings.window, unfinished=unfinished))
        if not self._closed:
            self._store()

    def note_offered(self) -> None:
        """Better search was offered, once."""
        window = replace(self._settings.window, better_search_offered=True)
        self._settings = replace(self._settings, window=window)
        if not self._closed:
            self._store()

    def note_searches(self, searches: tuple[str, ...]) -> None:
        """What has been searched, the latest first."""
        self._searches = searches
        self._settle.start()

    def take(self, settings: Settings) -> None:
        """The preferences say something else; `store` follows."""
        self._settings = settings
        self._note()

    def store(self, _context: WorkContext | None = None) -> None:
        """Store what holds now; off the GUI thread.

        Raises:
            KnownError: it cannot be stored.
        """
        with self._storing:
            settings = self._settings
            if settings != self._stored:
                self._save(settings)
                self._stored = settings

    def close(self) -> None:
        """Note how the window is left and let the thread end; `finish` stores it."""
        if not self._closed:
            self._closed = True
            self._settle.stop()
            self._note()
            self._errands.close()

    def finish(self) -> None:
        """Store what is left; the thread has ended and no window is shown."""
        try:
            self.store()
        except KnownError as error:
            log.info("The look of the window is not remembered: %s", error)

    def _store(self) -> None:
        self._note()
        self._errands.run(self.store, lambda _nothing: None, self.failed.emit)

    def _note(self) -> None:
        window, grid = self._window, self._window.grid
        look = replace(
            self._settings.window,
            tile_size=grid.tile_size,
            tile_fill=grid.fill,
            sidebar=window.actions_table["sidebar"].isChecked(),
            sidebar_width=window.sidebar_width,
            panel_width=window.panel_width,
            searches=self._searches,
            geometry=bytes(window.saveGeometry().toBase64().data()).decode(),
        )
        self._settings = replace(self._settings, window=look)
