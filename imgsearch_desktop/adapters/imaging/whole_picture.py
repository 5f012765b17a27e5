"""A picture as people look at it: whole, upright, in the colours of a screen."""

from __future__ import annotations

import numpy as np
from PIL import Image

from imgsearch_desktop.adapters.imaging.colour import as_srgb
from imgsearch_desktop.adapters.imaging.formats import picture_format
from imgsearch_desktop.adapters.imaging.metadata.reader import read_metadata
from imgsearch_desktop.adapters.imaging.opened_picture import Wanted
from imgsearch_desktop.adapters.imaging.source_file import source_file
from imgsearch_desktop.adapters.imaging.upright_picture import upright_picture
from imgsearch_desktop.domain.errors import PhotoUnreadableError

NO_ROOM = "There is no room for temporary files, so the photo cannot be shown in full. Free some space."

_REDUCING_GAP = 2.0


def write_picture(path: bytes, longest_side: int, target: bytes) -> tuple[int, int]:
    """Decode a file for looking at it and write its pixels, uint8 (height, width, 3), sRGB, upright.

    Args:
        path: absolute.
        longest_side: pixels; a larger picture is scaled down to it, a smaller one stays as it is.
        target: absolute path of the file that takes the pixels.

    Returns:
        Width and height.

    Raises:
        PhotoUnreadableError: not a readable picture, or there is no room to hand it over.
        SourceFileError: the file cannot be opened.
        MemoryError: the picture takes more memory than a worker may have.
    """
    image = _whole(path, longest_side)
    try:
        with open(target, "r+b") as file:  # noqa: PTH123 - the path is bytes
            file.write(np.asarray(image).data.cast("B"))
    except OSError as error:
        raise PhotoUnreadableError(NO_ROOM) from error
    return image.size


def _whole(path: bytes, longest_side: int) -> Image.Image:
    with source_file(path) as source:
        view = memoryview(source.data)
        image_format = picture_format(view)
        orientation = read_metadata(view, image_format, path, source.mtime_ns, ()).orientation
        picture = upright_picture(source.data, image_format, orientation, Wanted(None, longest_side))
    return as_srgb(_within(picture.image, longest_side), picture.profile)


def _within(image: Image.Image, longest_side: int) -> Image.Image:
    scale = longest_side / max(image.size)
    if scale >= 1:
        return image
    width, height = (max(round(side * scale), 1) for side in image.size)
    return image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=_REDUCING_GAP)
