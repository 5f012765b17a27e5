"""Photos as other programs take them: files, and the picture itself."""

from __future__ import annotations

import os
from collections.abc import Sequence

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage

from imgsearch_desktop.domain.photo import Photo, PhotoFile
from imgsearch_desktop.ui.grid.model import url_of

GNOME_FILES = "x-special/gnome-copied-files"
"""What the file managers of GNOME, Xfce and Cinnamon paste as files; they do not look at the list of URIs."""


def present_files(photo: Photo) -> list[PhotoFile]:
    """The photo's files that are not missing."""
    return [file for file in photo.files if not file.missing]


def file_name(photo: Photo) -> str:
    """The name of the photo's first present file, for people."""
    files = present_files(photo) or photo.files
    return files[0].display_path.replace("\\", "/").rpartition("/")[2] if files else ""


def first_paths(photos: Sequence[Photo]) -> list[bytes]:
    """One path of each photo, one that leads somewhere now where there is one; not on the GUI thread."""
    found = []
    for photo in photos:
        paths = [file.path for file in present_files(photo)]
        there = [path for path in paths if os.path.exists(path)]  # noqa: PTH110 - the path is bytes
        found += (there or paths)[:1]
    return found


def mime_of(paths: Sequence[bytes], picture: QImage | None = None) -> QMimeData:
    """What is dragged or copied: the files, their paths as text, and for one photo the picture itself.

    Args:
        paths: absolute paths.
        picture: what programs get that take no files.
    """
    data = QMimeData()
    urls = [url_of(path) for path in paths]
    data.setUrls(urls)
    data.setText(paths_as_text(paths))
    lines = [b"copy", *(bytes(url.toEncoded().data()) for url in urls)]
    data.setData(GNOME_FILES, b"\n".join(lines))
    if picture is not None and not picture.isNull():
        data.setImageData(picture)
    return data


def paths_as_text(paths: Sequence[bytes]) -> str:
    """Paths, one per line; bytes that are no text are replaced."""
    return "\n".join(os.fsdecode(path).encode("utf-8", "replace").decode() for path in paths)
