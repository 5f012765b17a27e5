"""RAW files: the camera's own embedded preview, or else a quick development of the sensor data.

LibRaw (`rawpy`) is loaded on first use. For cameras it does not know, the largest JPEG of the TIFF structure
serves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PIL import Image

from imgsearch_desktop.adapters.imaging.formats import tiff_directories
from imgsearch_desktop.adapters.imaging.metadata.tiff import Directory, parse_tiff
from imgsearch_desktop.adapters.imaging.opened_picture import (
    DamagedPictureError,
    Data,
    OpenedPicture,
    Wanted,
    as_bytes,
    as_stream,
    check_pixels,
)
from imgsearch_desktop.adapters.imaging.pillow_formats import open_jpeg

if TYPE_CHECKING:
    import rawpy

_ORIENTATION = 0x0112
_STRIP_OFFSETS, _STRIP_SIZES = 0x0111, 0x0117
_JPEG_OFFSET, _JPEG_SIZE = 0x0201, 0x0202

_SMALL_PREVIEW = 640
"""Pixels, longest side: a smaller preview is worth less than a development at half size that is larger."""

UNKNOWN = "This RAW file is damaged, or its camera is not known."


def open_raw(data: Data, wanted: Wanted) -> OpenedPicture:
    """Decode the preview of a RAW file, or develop it at half size where the preview is small or missing."""
    import rawpy

    try:
        with rawpy.imread(as_stream(data)) as raw:
            return _shown(raw, wanted)
    except rawpy.LibRawError as error:
        embedded = _largest_jpeg(as_bytes(data))
        if embedded is not None:
            opened = open_jpeg(embedded, wanted)
            return _at_full_size(opened, opened.width, opened.height)
        if isinstance(error, rawpy.LibRawFileUnsupportedError):
            raise DamagedPictureError(UNKNOWN) from error
        raise


def _shown(raw: rawpy.RawPy, wanted: Wanted) -> OpenedPicture:
    import rawpy

    width, height = raw.sizes.width, raw.sizes.height  # developing changes them
    preview = _preview(raw, wanted)
    least = min(max(width, height) / 2, _SMALL_PREVIEW)
    if preview is not None and max(preview.width, preview.height) >= least:
        return _at_full_size(preview, width, height)
    try:
        return _developed(raw, width, height)
    except rawpy.LibRawError:
        if preview is None:
            raise
        return _at_full_size(preview, width, height)


def _preview(raw: Any, wanted: Wanted) -> OpenedPicture | None:
    import rawpy

    try:
        preview = raw.extract_thumb()
    except rawpy.LibRawError:
        return None
    if preview.format == rawpy.ThumbFormat.JPEG:
        try:
            return open_jpeg(bytes(preview.data), wanted)
        except (OSError, SyntaxError, ValueError):
            return None
    image = Image.fromarray(preview.data)
    return OpenedPicture(image, image.width, image.height, None, None)


def _developed(raw: rawpy.RawPy, width: int, height: int) -> OpenedPicture:
    """A development at half size, which LibRaw turns upright."""
    check_pixels(width, height)
    image = Image.fromarray(raw.postprocess(half_size=True, use_camera_wb=True, output_bps=8))
    width, height = _as_turned(image, width, height)
    return OpenedPicture(image, width, height, None, None, turned=True)


def _at_full_size(preview: OpenedPicture, raw_width: int, raw_height: int) -> OpenedPicture:
    """The preview with the size of the whole photo, and how it is still to be turned.

    LibRaw gives every preview the orientation of the RAW file; one that stands while the sensor lies (or the
    other way round) was turned by the camera already.
    """
    image = preview.image
    width, height = _as_turned(image, raw_width, raw_height)
    if (width, height) != (raw_width, raw_height):
        return OpenedPicture(image, width, height, 1, preview.profile)
    own = image.getexif().get(_ORIENTATION)
    return OpenedPicture(image, width, height, None if own is None else int(own), preview.profile)


def _as_turned(image: Image.Image, width: int, height: int) -> tuple[int, int]:
    """A size, lying or standing as the picture does."""
    return (width, height) if (image.width < image.height) == (width < height) else (height, width)


def _largest_jpeg(data: bytes) -> bytes | None:
    tiff = parse_tiff(memoryview(data))
    if tiff is None:
        return None
    found = [jpeg for directory in tiff_directories(tiff) if (jpeg := _jpeg_of(directory, data))]
    return max(found, key=len, default=None)


def _jpeg_of(directory: Directory, data: bytes) -> bytes | None:
    for offset_tag, size_tag in ((_JPEG_OFFSET, _JPEG_SIZE), (_STRIP_OFFSETS, _STRIP_SIZES)):
        offset, size = directory.integer(offset_tag), directory.integer(size_tag)
        if offset and size and data[offset : offset + 3] == b"\xff\xd8\xff" and not _lossless(data, offset):
            return data[offset : offset + size]
    return None


def _lossless(data: bytes, offset: int) -> bool:
    """Whether the JPEG holds sensor data: they are coded without loss (frame type 3), no preview is."""
    return b"\xff\xc3" in data[offset : offset + 512]
