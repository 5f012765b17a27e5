"""The metadata blocks of a picture file, still packed."""

from __future__ import annotations

import re
from dataclasses import dataclass

LARGEST_XMP = 2 * 1024 * 1024
LARGEST_BLOCK = 16 * 1024 * 1024
MAX_BLOCKS = 100_000
"""Chunks, segments or boxes looked at in one file: a picture has a few thousand, a hostile file millions."""

_EXIF_HEADER = re.compile(rb"Exif(?:\0.|\0?$)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class EmbeddedMetadata:
    """Metadata blocks as they lie in a file.

    Attributes:
        exif: one TIFF structure, or the image's, the photo's and the GPS directory apart (Canon CR3), or ().
        xmp: XMP packets, the standard one first, each at most `LARGEST_XMP` bytes.
        iptc: IPTC-IIM datasets, None if there are none.
    """

    exif: tuple[memoryview, ...] = ()
    xmp: tuple[bytes, ...] = ()
    iptc: bytes | None = None


NOTHING = EmbeddedMetadata()


def without_exif_header(block: memoryview) -> memoryview:
    """The TIFF structure of an EXIF block, which many programs prefix with "Exif" and two bytes."""
    return block[6:] if _EXIF_HEADER.match(bytes(block[:6])) else block
