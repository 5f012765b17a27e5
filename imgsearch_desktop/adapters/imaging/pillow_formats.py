"""JPEG, PNG, WebP, GIF, TIFF, BMP and AVIF, decoded by Pillow; the first picture of an animation."""

from __future__ import annotations

import importlib
import math

from PIL import Image, JpegImagePlugin

from imgsearch_desktop.adapters.imaging.opened_picture import (
    MOST_JPEG_PIXELS,
    Data,
    OpenedPicture,
    Wanted,
    as_stream,
    check_pixels,
)

_ORIENTATION = 0x0112


def open_jpeg(data: Data, wanted: Wanted) -> OpenedPicture:
    """Decode a JPEG, scaled down during the inverse DCT as far as `wanted` allows.

    The class is used directly: `Image.open` would look for further pictures behind the first.
    """
    image = JpegImagePlugin.JpegImageFile(as_stream(data))
    width, height = image.size
    check_pixels(width, height, MOST_JPEG_PIXELS)
    shrink = wanted.shrink(width, height)
    if shrink > 1:
        image.draft(None, (math.ceil(width / shrink), math.ceil(height / shrink)))
    check_pixels(*image.size)
    image.load()
    return OpenedPicture(image, width, height, None, image.info.get("icc_profile"))


def open_with_pillow(data: Data, image_format: str) -> OpenedPicture:
    """Decode any other format at full size."""
    name = image_format.upper()
    plugin = {"WEBP": "WebP"}.get(name, name.capitalize())
    module = importlib.import_module(f"PIL.{plugin}ImagePlugin")
    if image_format == "avif":
        module.DEFAULT_MAX_THREADS = 1  # type: ignore[attr-defined]
    image = Image.open(as_stream(data), formats=[name])
    check_pixels(*image.size)
    # AVIF turns pictures by boxes of its own; Pillow leaves that to do and names it in this tag.
    orientation = int(image.getexif().get(_ORIENTATION, 1)) if image_format == "avif" else None
    image.load()
    width, height = image.size
    # TIFF is turned by Pillow itself.
    turned = image_format == "tiff"
    return OpenedPicture(image, width, height, orientation, image.info.get("icc_profile"), turned)
