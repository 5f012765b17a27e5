"""JPEG XL, decoded by libjxl (`pylibjxl`, BSD; loaded on first use)."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
from PIL import Image

from imgsearch_desktop.adapters.imaging.opened_picture import Data, OpenedPicture, as_bytes, check_pixels


@functools.cache
def _codec() -> Any:
    import pylibjxl

    return pylibjxl.JXL(threads=1, pool_size=1)


def open_jxl(data: Data) -> OpenedPicture:
    """Decode the first frame; libjxl has already turned it, so nothing is left to be applied."""
    codec, encoded = _codec(), as_bytes(data)
    facts = codec.probe(encoded)
    check_pixels(facts["width"], facts["height"])
    pixels, extras = codec.decode(encoded, metadata=True)
    image = Image.fromarray(np.squeeze(pixels, 2) if pixels.ndim == 3 and pixels.shape[2] == 1 else pixels)
    width, height = image.size
    return OpenedPicture(image, width, height, 1, extras.get("icc"))
