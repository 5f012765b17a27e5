"""What is derived from a decoded photo and stored: thumbnail, perceptual hash, average colour, palette."""

from __future__ import annotations

import functools
import io
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from imgsearch_desktop.domain.photo import Rgb

DERIVED_VERSION = 1
"""Changes with anything in this module that changes a value; older ones are made again from the thumbnail."""

THUMBNAIL_QUALITY = 82

_SMALL_SIDE = 64
"""Shortest side, pixels, of the copy that the three values are computed from."""

_HASH_SIDE = 32
_HASH_BITS = 64
_FLAT = 4.0
"""A frequency weaker than this (a quarter of a grey level) is noise of rounding and counts as none."""

_PALETTE_SIDE = 32
_PALETTE_COLOURS = 5


@dataclass(frozen=True, slots=True)
class DerivedValues:
    """What `PictureFacts` holds of them."""

    perceptual_hash: int
    average_colour: Rgb
    palette: tuple[Rgb, ...]


def derive(thumbnail: Image.Image) -> DerivedValues:
    """All of them from a thumbnail, so that a later version can be filled in without the photo.

    Args:
        thumbnail: RGB, upright, longest side about 384 pixels.
    """
    small = thumbnail.reduce(max(min(thumbnail.size) // _SMALL_SIDE, 1))
    return DerivedValues(perceptual_hash(small), average_colour(small), palette(small))


def thumbnail_image(image: Image.Image, side: int) -> Image.Image:
    """Scale so that the longest side is at most `side` pixels; smaller pictures stay as they are."""
    width, height = image.size
    scale = side / max(width, height)
    if scale >= 1:
        return image
    size = (max(round(width * scale), 1), max(round(height * scale), 1))
    # Halving with a box filter first costs half the time and cannot be seen at this size.
    return image.resize(size, Image.Resampling.BICUBIC, reducing_gap=1.3)


def thumbnail_jpeg(thumbnail: Image.Image) -> bytes:
    """JPEG bytes of a thumbnail."""
    buffer = io.BytesIO()
    thumbnail.save(buffer, "JPEG", quality=THUMBNAIL_QUALITY)
    return buffer.getvalue()


def perceptual_hash(image: Image.Image) -> int:
    """64-bit hash of how brightness is spread; survives re-compression and scaling.

    The DCT-II of the picture squeezed to 32 x 32 grey levels; one bit for each of the 64 lowest frequencies
    but the mean: whether it lies above their median (the "pHash" of Zauner, 2010, there over an 8 x 8 block).

    Returns:
        Unsigned, 0 to 2**64 - 1; 0 for a picture of one colour.
    """
    grey = image.convert("L").resize((_HASH_SIDE, _HASH_SIDE), Image.Resampling.BOX)
    matrix = _dct_matrix()
    spectrum = matrix @ np.asarray(grey, dtype=np.float32) @ matrix.T
    low = spectrum[_lowest_frequencies()]
    low[np.abs(low) < _FLAT] = 0.0
    bits = low > np.median(low)
    return int.from_bytes(np.packbits(bits).tobytes(), "big")


def average_colour(image: Image.Image) -> Rgb:
    """Mean colour of the picture."""
    red, green, blue = image.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))  # type: ignore[misc]
    return int(red), int(green), int(blue)


def palette(image: Image.Image) -> tuple[Rgb, ...]:
    """Up to five dominant colours (median cut), the largest share first."""
    small = image.copy()
    small.thumbnail((_PALETTE_SIDE, _PALETTE_SIDE), Image.Resampling.BOX, reducing_gap=None)
    indexed = small.quantize(_PALETTE_COLOURS, method=Image.Quantize.MEDIANCUT)
    levels = indexed.getpalette() or []
    shares = sorted(indexed.getcolors() or [], reverse=True)
    starts = [3 * index for _, index in shares if isinstance(index, int)]
    return tuple(dict.fromkeys((levels[at], levels[at + 1], levels[at + 2]) for at in starts))


@functools.cache
def _dct_matrix() -> NDArray[np.float32]:
    """Orthonormal DCT-II, shape (32, 32), row = frequency."""
    n = np.arange(_HASH_SIDE)
    matrix = np.sqrt(2 / _HASH_SIDE) * np.cos(np.pi * (2 * n[None, :] + 1) * n[:, None] / (2 * _HASH_SIDE))
    matrix[0] /= np.sqrt(2)
    return np.asarray(matrix, dtype=np.float32)


@functools.cache
def _lowest_frequencies() -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Rows and columns of the 64 lowest frequencies, in the order of a zigzag, the mean left out."""
    places = [(row, column) for row in range(_HASH_SIDE) for column in range(_HASH_SIDE)]
    places.sort(key=lambda place: (place[0] + place[1], place[0]))
    rows, columns = zip(*places[1 : _HASH_BITS + 1], strict=True)
    return np.array(rows), np.array(columns)
