"""Loads thumbnails off the GUI thread: what is visible comes first, what was scrolled past is dropped."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QSize, Qt, QThread, Signal
from PySide6.QtGui import QImage

from imgsearch_desktop.workers import threads

log = logging.getLogger(__name__)

LoadBytes = Callable[[int], bytes | None]
"""Photo id -> JPEG bytes of its thumbnail, None if there is none; called on loader threads."""


@dataclass(frozen=True, slots=True)
class TileSize:
    """How large thumbnails are wanted, device pixels.

    Attributes:
        side: side of the square tile.
        fill: the picture covers the tile and is cut to it, instead of lying within it.
    """

    side: int
    fill: bool


MOST_ENLARGED = 2
"""How many times larger than it is a small picture is made at most."""


def decode(data: bytes, size: TileSize) -> QImage:
    """Decode a thumbnail in the size of its tile, so that it is painted without scaling.

    A small picture is enlarged at most `MOST_ENLARGED` times. A null image if the bytes are no picture.
    """
    # The format is said, not looked for: looking asks Qt's SVG reader, which connects signals while this
    # thread holds Python's lock. The GUI thread, disconnecting some, waits for that lock: a deadlock.
    image = QImage()
    if not image.loadFromData(data, "JPG"):
        return image
    mode = Qt.AspectRatioMode.KeepAspectRatioByExpanding if size.fill else Qt.AspectRatioMode.KeepAspectRatio
    wanted = image.size().scaled(QSize(size.side, size.side), mode)
    target = wanted.boundedTo(image.size() * MOST_ENLARGED).expandedTo(QSize(1, 1))
    if target != image.size():
        image = image.scaled(
            target, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
    if size.fill and image.width() != image.height():
        side = min(image.width(), image.height(), size.side)
        image = image.copy((image.width() - side) // 2, (image.height() - side) // 2, side, side)
    return image.convertToFormat(QImage.Format.Format_RGB32)


class _Queue:
    """What is wanted, in order; shared by the loader's threads."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._wanted: list[int] = []
        self._size = TileSize(1, fill=False)
        self._under_way: set[tuple[int, TileSize]] = set()
        self._closed = False

    def replace(self, photo_ids: Sequence[int], size: TileSize) -> None:
        with self._changed:
            self._wanted = list(reversed(photo_ids))
            self._size = size
            self._changed.notify_all()

    def close(self) -> None:
        with self._changed:
            self._closed = True
            self._wanted.clear()
            self._changed.notify_all()

    def take(self) -> tuple[int, TileSize] | None:
        """The next one nobody works on yet; waits for it, None when closed."""
        with self._changed:
            while not self._closed:
                while self._wanted:
                    job = (self._wanted.pop(), self._size)
                    if job not in self._under_way:
                        self._under_way.add(job)
                        return job
                self._changed.wait()
            return None

    def done(self, job: tuple[int, TileSize]) -> None:
        with self._changed:
            self._under_way.discard(job)

    @property
    def closed(self) -> bool:
        return self._closed


class _LoaderThread(QThread):
    """Takes jobs from the queue until it is closed."""

    loaded = Signal(int, object, object)

    def __init__(self, queue: _Queue, load: LoadBytes) -> None:
        super().__init__()
        self.setObjectName("thumbnails")
        self._queue = queue
        self._load = load

    def run(self) -> None:
        """Work; runs on this thread."""
        while job := self._queue.take():
            photo_id, size = job
            image = self._image(photo_id, size)
            self._queue.done(job)
            if not self._queue.closed:
                self.loaded.emit(photo_id, size, image)

    def _image(self, photo_id: int, size: TileSize) -> QImage | None:
        try:
            data = self._load(photo_id)
            image = decode(data, size) if data else None
        except Exception:
            log.exception("The thumbnail of photo %d could not be loaded", photo_id)
            return None
        return image if image is not None and not image.isNull() else None


class ThumbnailLoader(QObject):
    """Serves one grid: each request replaces the one before.

    Args:
        load: gives JPEG bytes, called on the loader's threads.
        at_once: how many load at once.
        parent: owner.
    """

    loaded = Signal(int, object, object)
    """Photo id, `TileSize` it was made for, and a QImage; None where there is no thumbnail."""

    def __init__(self, load: LoadBytes, at_once: int = 2, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queue = _Queue()
        self._threads = [_LoaderThread(self._queue, load) for _ in range(at_once)]
        for thread in self._threads:
            thread.loaded.connect(self.loaded)
        self._closed = False
        self.destroyed.connect(self._queue.close)

    def request(self, photo_ids: Sequence[int], size: TileSize) -> None:
        """Want these, the first one first; what was wanted before and is not begun is dropped."""
        if self._closed:
            return
        self._queue.replace(photo_ids, size)
        for thread in self._threads:
            threads.start(thread, priority=QThread.Priority.LowPriority)

    def close(self) -> None:
        """Drop everything and let the threads end; safe to call twice."""
        self._closed = True
        self._queue.close()
