"""Single thumbnails for chips, trail, anchor and Explore row."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPixmap

from imgsearch_desktop.workers.thumbnails import LoadBytes, ThumbnailLoader, TileSize

KEPT = 200


class Covers(QObject):
    """Loads thumbnails one does not scroll through; each is told as soon as it is there.

    Pictures that are not in the library have negative numbers, given by `number_of`.

    Args:
        load: gives JPEG bytes of a photo of the library.
        size: in which they are wanted, device pixels.
        parent: owner.
    """

    loaded = Signal(int, object)
    """Photo id or number, and a QPixmap."""

    def __init__(self, load: LoadBytes, size: TileSize, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._load_photo = load
        self._size = size
        self._kept: OrderedDict[int, QPixmap | None] = OrderedDict()
        self._wanted: list[int] = []
        self._numbers: dict[bytes | Path, int] = {}
        self._pictures: dict[int, bytes | Path] = {}
        self._loader = ThumbnailLoader(self._load, at_once=1, parent=self)
        self._loader.loaded.connect(self._on_loaded)

    def close(self) -> None:
        """Let the thread end."""
        self._loader.close()

    def number_of(self, picture: bytes | Path) -> int:
        """The number of a picture that is not in the library: its encoded bytes or its path."""
        number = self._numbers.setdefault(picture, -1 - len(self._numbers))
        self._pictures[number] = picture
        return number

    def want(self, numbers: Sequence[int]) -> None:
        """Tell these; those that are there at once, the others when they are loaded."""
        for number in numbers:
            if (pixmap := self._kept.get(number)) is not None:
                self.loaded.emit(number, pixmap)
        missing = [number for number in numbers if number not in self._kept]
        self._wanted = [*missing, *(number for number in self._wanted if number not in missing)][:KEPT]
        self._loader.request(self._wanted, self._size)

    def forget_missing(self) -> None:
        """Ask again for those that had no thumbnail."""
        for number in [number for number, pixmap in self._kept.items() if pixmap is None]:
            del self._kept[number]

    def _load(self, number: int) -> bytes | None:
        if number >= 0:
            return self._load_photo(number)
        picture = self._pictures.get(number)
        if not isinstance(picture, Path):
            return picture
        try:
            return picture.read_bytes()
        except OSError:  # it has gone since it was dropped; the search says so in words
            return None

    def _on_loaded(self, number: int, _size: TileSize, image: QImage | None) -> None:
        pixmap = QPixmap.fromImage(image) if image is not None else None
        self._kept[number] = pixmap
        self._wanted = [one for one in self._wanted if one != number]
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        if pixmap is not None:
            self.loaded.emit(number, pixmap)
