"""Feeds a grid: facts and thumbnails of what is in view first, of what lies around next, the rest never."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QImage, QPixmap

from imgsearch_desktop.ui.grid.contents import TileFacts
from imgsearch_desktop.ui.grid.model import MOST_DRAGGED
from imgsearch_desktop.ui.grid.pixmap_cache import CachedTile
from imgsearch_desktop.ui.grid.selection import selected_rows
from imgsearch_desktop.ui.grid.view import GridView
from imgsearch_desktop.workers.background import Background
from imgsearch_desktop.workers.thumbnails import LoadBytes, ThumbnailLoader, TileSize

LoadFacts = Callable[[Sequence[int]], list[TileFacts]]
"""Photo ids -> facts of those that still exist; called off the GUI thread."""

SETTLE_MS = 120
"""A selection is looked at once it has come to rest."""


class GridFeed(QObject):
    """Serves one grid.

    Args:
        grid: who asks.
        load_facts: gives facts.
        load_thumbnail: gives JPEG bytes.
    """

    def __init__(self, grid: GridView, load_facts: LoadFacts, load_thumbnail: LoadBytes) -> None:
        super().__init__(grid)
        self._grid = grid
        self._load_facts = load_facts
        self._facts = Background("tile facts", self)
        self._loader = ThumbnailLoader(load_thumbnail, parent=self)
        self._rows: range = range(0)
        self._asked: set[int] = set()
        self._chosen = Background("facts of selected photos", self)
        self._chosen.succeeded.connect(lambda _generation, facts: grid.photos.put_facts(facts, range(0)))
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self._ask_chosen)
        grid.selectionModel().selectionChanged.connect(lambda *_: self._settle.start())
        grid.wanted.connect(self._on_wanted)
        self._facts.succeeded.connect(self._on_facts)
        self._facts.finished.connect(self._ask_facts)
        self._loader.loaded.connect(self._on_thumbnail)

    def close(self) -> None:
        """Let the threads end."""
        self._settle.stop()
        for part in (self._facts, self._chosen, self._loader):
            part.close()

    def refresh(self) -> None:
        """Photos may have changed: load the facts anew and ask for thumbnails that were not there."""
        self._grid.photos.forget_facts()
        self._asked = set()
        cache = self._grid.cache
        for row in self._grid.visible_rows():
            photo_id = int(self._grid.photos.ids[row])
            tile = cache.get(photo_id)
            if tile is not None and tile.pixmap is None:
                cache.drop(photo_id)
        self._grid.ask()

    def _on_wanted(self, visible: range, further: list[int]) -> None:
        if self._facts.closed:
            return
        self._rows = visible
        self._ask_facts()
        ids, size = self._grid.photos.ids, self._grid.pixel_size
        rows = [*visible, *further]
        wanted = [int(photo_id) for photo_id in ids[np.asarray(rows, np.int64)]] if rows else []
        self._loader.request([i for i in wanted if not self._grid.cache.has(i, size)], size)

    def _ask_facts(self, _generation: int = 0) -> None:
        """Ask for what is in view now, one request at a time: scrolling must not starve it."""
        if self._facts.busy or self._facts.closed:
            return
        rows = self._rows
        lacking = self._grid.photos.rows_without_facts(rows)
        ids = [int(self._grid.photos.ids[row]) for row in lacking]
        if ids and not self._gone(ids):
            self._asked = set(ids)
            self._facts.submit(lambda _context: (rows, self._load_facts(ids)))

    def _ask_chosen(self) -> None:
        """A drag must know the files of selected photos that were never in view."""
        rows = selected_rows(self._grid.selectionModel())[:MOST_DRAGGED]
        photos = self._grid.photos
        ids = [int(photos.ids[row]) for row in rows.tolist() if photos.facts(row) is None]
        if ids and not self._chosen.closed:
            self._chosen.submit(lambda _context: self._load_facts(ids))

    def _gone(self, ids: list[int]) -> bool:
        """Whether just these were asked for before: photos that are gone stay without facts."""
        return set(ids) == self._asked

    def _on_facts(self, _generation: int, answer: tuple[range, list[TileFacts]]) -> None:
        rows, facts = answer
        self._grid.photos.put_facts(facts, rows)

    def _on_thumbnail(self, photo_id: int, size: TileSize, image: QImage | None) -> None:
        pixmap = None
        if image is not None:
            pixmap = QPixmap.fromImage(image)
            pixmap.setDevicePixelRatio(self._grid.devicePixelRatioF())
        self._grid.cache.put(photo_id, CachedTile(pixmap, size))
        self._grid.update_photo(photo_id)
