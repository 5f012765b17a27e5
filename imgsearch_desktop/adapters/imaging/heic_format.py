"""HEIC, decoded by libheif (`pi_heif`, LGPL; loaded on first use)."""

from __future__ import annotations

from PIL import Image

from imgsearch_desktop.adapters.imaging.opened_picture import Data, OpenedPicture, as_bytes, check_pixels


def open_heic(data: Data) -> OpenedPicture:
    """Decode the primary picture; libheif has already turned it, so nothing is left to be applied."""
    import pi_heif

    pi_heif.options.DECODE_THREADS = 1
    pi_heif.options.THUMBNAILS = pi_heif.options.DEPTH_IMAGES = pi_heif.options.AUX_IMAGES = False
    container = pi_heif.open_heif(as_bytes(data), convert_hdr_to_8bit=True)
    picture = container[container.primary_index]
    check_pixels(*picture.size)
    pixels = picture.data
    mode, (width, height) = picture.mode, picture.size
    image = Image.frombuffer(mode, (width, height), pixels, "raw", mode, picture.stride, 1)
    return OpenedPicture(image, width, height, 1, picture.info.get("icc_profile") or None)
