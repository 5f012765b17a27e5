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

_LEAST_PREVIEW_SIDE = 640
"""Pixels, longest side: a smaller preview shows less than a development at half size."""


def open_raw(data: Data, wanted: Wanted) -> OpenedPicture:
    """Decode the preview of a RAW file, or develop it at half size where the preview is small or missing."""
    import rawpy

    try:
        with rawpy.imread(as_stream(data)) as raw:
            preview = _preview(raw, wanted)
            if preview is not None and max(preview.width, preview.height) >= _LEAST_PREVIEW_SIDE:
                return _at_full_size(preview, raw.sizes.width, raw.sizes.height)
            return _developed(raw, preview)
    except rawpy.LibRawError as error:
        embedded = _largest_jpeg(as_bytes(data))
        if embedded is None:
            raise DamagedPictureError(f"This RAW file cannot be read: {_told(error)}.") from error
        opened = open_jpeg(embedded, wanted)
        return _at_full_size(opened, opened.width, opened.height)


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


def _developed(raw: rawpy.RawPy, preview: OpenedPicture | None) -> OpenedPicture:
    """Half-size development, which LibRaw turns upright; a small preview is better than nothing."""
    import rawpy

    check_pixels(raw.sizes.width, raw.sizes.height)
    try:
        image = Image.fromarray(raw.postprocess(half_size=True, use_camera_wb=True, output_bps=8))
    except rawpy.LibRawError:
        if preview is None:
            raise
        return _at_full_size(preview, raw.sizes.width, raw.sizes.height)
    width, height = _as_turned(image, raw.sizes.width, raw.sizes.height)
    return OpenedPicture(image, width, height, 1, None)


def _at_full_size(preview: OpenedPicture, raw_width: int, raw_height: int) -> OpenedPicture:
    """The preview with the size of the whole photo, and how it is still to be turned.

    A preview that says how it lies is believed; one whose shape differs from the sensor's was turned by the
    camera.
    """
    image = preview.image
    own = image.getexif().get(_ORIENTATION)
    width, height = _as_turned(image, raw_width, raw_height)
    orientation = int(own) if own is not None else 1 if (width, height) != (raw_width, raw_height) else None
    return OpenedPicture(image, width, height, orientation, preview.profile)


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


def _told(error: Exception) -> str:
    detail = error.args[0] if error.args else type(error).__name__
    return detail.decode(errors="replace") if isinstance(detail, bytes) else str(detail)
