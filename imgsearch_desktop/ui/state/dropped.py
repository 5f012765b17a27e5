"""What is dropped on the window or pasted into it, and what it means."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import unquote_to_bytes, urlsplit

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QUrl
from PySide6.QtGui import QImage, QImageWriter

from imgsearch_desktop.ui.grid.model import photo_ids_of

MOST_LOOKED_AT = 20_000
"""Paths of one drop that are looked at."""

PICTURE_ENDINGS = frozenset(
    f".{ending}"
    for ending in (
        "jpg", "jpeg", "jpe", "jfif", "png", "webp", "gif", "tif", "tiff", "bmp", "avif", "heic", "heif",
        "jxl", "dng", "cr2", "cr3", "nef", "arw", "orf", "rw2", "raf", "pef", "srw", "x3f",
    )
)  # fmt: skip
"""Names that are taken for pictures during a drag; what counts afterwards is the content."""

ENCODED = ("image/png", "image/jpeg", "image/webp", "image/bmp", "image/tiff", "image/gif")


@dataclass(frozen=True, slots=True)
class Dropped:
    """What a drop carries.

    Attributes:
        photo_ids: photos of the library, from one of our own grids.
        pictures: absolute paths of picture files, bytes.
        folders: absolute paths of folders, bytes.
        others: how many files are neither.
        image: a picture in memory, None for none.
        data: an encoded picture; of `image`, once `look` has encoded it; b"" for none.
        url: an address on the web that may be a picture, "" for none.
    """

    photo_ids: tuple[int, ...] = ()
    pictures: tuple[bytes, ...] = ()
    folders: tuple[bytes, ...] = ()
    others: int = 0
    image: QImage | None = None
    data: bytes = b""
    url: str = ""

    @property
    def searches(self) -> bool:
        """Whether there is something to search with."""
        return bool(self.photo_ids or self.pictures or self.image or self.data or self.url)

    @property
    def adds(self) -> bool:
        """Whether there is something to add to the library."""
        return bool(self.folders)

    @property
    def host(self) -> str:
        """Host of the web address, for the words on the target."""
        return urlsplit(self.url).hostname or "" if self.url else ""


def guess(data: QMimeData) -> Dropped:
    """What a drag seems to carry, from names alone: nothing on disk is touched.

    A name without a known ending is taken for a folder until `look` has looked.
    """
    if ids := photo_ids_of(data):
        return Dropped(photo_ids=tuple(ids))
    paths = [path_of(url) for url in data.urls()[:MOST_LOOKED_AT] if url.isLocalFile()]
    if paths:
        pictures = tuple(path for path in paths if _ending(path) in PICTURE_ENDINGS)
        folders = tuple(path for path in paths if not _ending(path))
        return Dropped(pictures=pictures, folders=folders, others=len(paths) - len(pictures) - len(folders))
    picture = _picture(data)
    if picture.searches:
        return picture
    web = [url.toString() for url in data.urls() if url.scheme() in ("http", "https")]
    return Dropped(url=web[0]) if web else Dropped()


def look(dropped: Dropped) -> Dropped:
    """Tell folders from files by looking at the disk; off the GUI thread."""
    pictures: list[bytes] = []
    folders: list[bytes] = []
    others = dropped.others
    for path in (*dropped.pictures, *dropped.folders):
        if Path(os.fsdecode(path)).is_dir():
            folders.append(path)
        elif _is_file(path):
            pictures.append(path)
        else:
            others += 1
    return replace(
        dropped,
        pictures=tuple(pictures),
        folders=tuple(folders),
        others=others,
        data=dropped.data or _as_png(dropped.image),
        image=None,
    )


def path_of(url: QUrl) -> bytes:
    """The path of a file URL with every byte kept, also of a name that is no valid UTF-8."""
    if os.name == "nt":
        return os.fsencode(url.toLocalFile())
    return _unquoted(bytes(url.toEncoded(QUrl.ComponentFormattingOption.FullyEncoded).data()))


def _unquoted(encoded: bytes) -> bytes:
    without_scheme = encoded.partition(b"://")[2] if b"://" in encoded else encoded.partition(b":")[2]
    return unquote_to_bytes(b"/" + without_scheme.partition(b"/")[2]) if without_scheme else b""


def _ending(path: bytes) -> str:
    return os.path.splitext(os.fsdecode(path).rstrip("/"))[1].lower()  # noqa: PTH122 - a name, no file is meant


def _is_file(path: bytes) -> bool:
    return Path(os.fsdecode(path)).is_file()


def _picture(data: QMimeData) -> Dropped:
    """The picture as another program encoded it, else its pixels."""
    for kind in ENCODED:
        if data.hasFormat(kind) and (encoded := bytes(data.data(kind).data())):
            return Dropped(data=encoded)
    image = data.imageData() if data.hasImage() else None
    return Dropped(image=image) if isinstance(image, QImage) and not image.isNull() else Dropped()


def _as_png(image: QImage | None) -> bytes:
    if image is None:
        return b""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())
