"""Decoded thumbnails of the last tiles that were looked at, bounded in memory."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

from PySide6.QtGui import QPixmap

from imgsearch_desktop.workers.thumbnails import TileSize


@dataclass(frozen=True, slots=True)
class CachedTile:
    """A thumbnail ready to be painted.

    Attributes:
        pixmap: the picture, None where the photo has no thumbnail.
        size: what it was made for; another size is painted scaled until the right one is there.
    """

    pixmap: QPixmap | None
    size: TileSize

    @property
    def bytes(self) -> int:
        """Memory it takes, at least that of an entry."""
        return 256 if self.pixmap is None else self.pixmap.width() * self.pixmap.height() * 4


class PixmapCache:
    """Least recently painted goes first. GUI thread only.

    Args:
        limit_bytes: memory for pixels.
    """

    def __init__(self, limit_bytes: int) -> None:
        self._limit = limit_bytes
        self._tiles: OrderedDict[int, CachedTile] = OrderedDict()
        self._bytes = 0

    @property
    def bytes(self) -> int:
        """Memory in use."""
        return self._bytes

    def __len__(self) -> int:
        return len(self._tiles)

    def get(self, photo_id: int) -> CachedTile | None:
        """A tile, made for whatever size."""
        tile = self._tiles.get(photo_id)
        if tile is not None:
            self._tiles.move_to_end(photo_id)
        return tile

    def has(self, photo_id: int, size: TileSize) -> bool:
        """Whether the tile is there in just this size."""
        tile = self._tiles.get(photo_id)
        return tile is not None and tile.size == size

    def put(self, photo_id: int, tile: CachedTile) -> None:
        """Keep a tile, dropping the oldest ones beyond the limit."""
        self.drop(photo_id)
        self._tiles[photo_id] = tile
        self._bytes += tile.bytes
        self._shrink()

    def resize(self, limit_bytes: int) -> None:
        """Another limit, from now on."""
        self._limit = limit_bytes
        self._shrink()

    def _shrink(self) -> None:
        while self._bytes > self._limit and len(self._tiles) > 1:
            _, oldest = self._tiles.popitem(last=False)
            self._bytes -= oldest.bytes

    def drop(self, photo_id: int) -> None:
        """Forget a tile if it is there."""
        tile = self._tiles.pop(photo_id, None)
        if tile is not None:
            self._bytes -= tile.bytes

    def clear(self) -> None:
        """Forget everything."""
        self._tiles.clear()
        self._bytes = 0
