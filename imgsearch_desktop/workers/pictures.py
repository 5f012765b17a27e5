"""Loads full pictures for the viewer: the one that is looked at first, its neighbours ahead of time."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage

from imgsearch_desktop.workers.background import Background
from imgsearch_desktop.workers.contract import Problem, WorkContext

LoadPixels = Callable[[int], NDArray[np.uint8]]
"""Photo id -> RGB (height, width, 3); raises KnownError where it cannot be read. Not on the GUI thread."""

KEPT = 4
SMALLEST_RENDITION = 1024

Renditions = tuple[QImage, ...]
"""One picture in falling sizes, each half of the one before, ready to be painted without conversion."""


def renditions(pixels: NDArray[np.uint8]) -> Renditions:
    """A picture and its halves down to about `SMALLEST_RENDITION` pixels.

    Args:
        pixels: RGB (height, width, 3).
    """
    rows = np.ascontiguousarray(pixels)
    height, width = rows.shape[:2]
    borrowed = QImage(rows.data, width, height, width * 3, QImage.Format.Format_RGB888)
    sizes = [borrowed.convertToFormat(QImage.Format.Format_RGB32)]
    while max(sizes[-1].width(), sizes[-1].height()) >= 2 * SMALLEST_RENDITION:
        half = sizes[-1].size() / 2
        sizes.append(
            sizes[-1].scaled(
                half, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
        )
    return tuple(sizes)


class PictureLoader(QObject):
    """Keeps the last few pictures and loads one at a time.

    Args:
        load: reads the pixels of a photo.
        parent: owner.

    Signals:
        loaded: photo id and `Renditions`.
        failed: photo id and `Problem`; only for the photo that is looked at.
    """

    loaded = Signal(int, object)
    failed = Signal(int, object)

    def __init__(self, load: LoadPixels, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._load = load
        self._kept: OrderedDict[int, Renditions] = OrderedDict()
        self._wanted: list[int] = []
        self._current = -1
        self._under_way: int | None = None
        self._background = Background("pictures", self)
        self._background.succeeded.connect(self._on_succeeded)
        self._background.failed.connect(self._on_failed)

    def want(self, photo_id: int, ahead: Sequence[int] = ()) -> None:
        """Load a photo now and some others after it; what was wanted before is dropped.

        A photo that is kept already is handed out at once.
        """
        self._current = photo_id
        self._wanted = [one for one in (photo_id, *ahead) if one not in self._kept]
        if photo_id in self._kept:
            self._kept.move_to_end(photo_id)
            self.loaded.emit(photo_id, self._kept[photo_id])
        if self._under_way is None or (self._wanted and self._under_way != self._wanted[0]):
            self._load_next()

    def clear(self) -> None:
        """Drop everything kept and wanted."""
        self._wanted = []
        self._current = -1
        self._kept.clear()
        self._background.cancel()
        self._under_way = None

    def close(self) -> None:
        """Drop everything and let the thread end; safe to call twice."""
        self.clear()
        self._background.close()

    def _load_next(self) -> None:
        self._under_way = self._wanted[0] if self._wanted else None
        if (photo_id := self._under_way) is None:
            return

        def work(context: WorkContext) -> tuple[int, Renditions]:
            context.control.checkpoint()
            pixels = self._load(photo_id)
            context.control.checkpoint()
            return photo_id, renditions(pixels)

        self._background.submit(work)

    def _on_succeeded(self, _generation: int, answer: tuple[int, Renditions]) -> None:
        photo_id, pictures = answer
        self._kept[photo_id] = pictures
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        self._went(photo_id)
        self.loaded.emit(photo_id, pictures)

    def _on_failed(self, _generation: int, problem: Problem) -> None:
        photo_id = self._under_way
        if photo_id is None:
            return
        self._went(photo_id)
        if photo_id == self._current:
            self.failed.emit(photo_id, problem)

    def _went(self, photo_id: int) -> None:
        self._wanted = [one for one in self._wanted if one != photo_id]
        self._load_next()
