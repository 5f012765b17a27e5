"""Metadata chunks of WebP files."""

from __future__ import annotations

import struct

from imgsearch_desktop.adapters.imaging.metadata.containers.blocks import (
    LARGEST_XMP,
    MAX_BLOCKS,
    EmbeddedMetadata,
    without_exif_header,
)


def webp_metadata(data: memoryview) -> EmbeddedMetadata:
    """Read the EXIF and XMP chunks of a WebP."""
    exif: tuple[memoryview, ...] = ()
    xmp: tuple[bytes, ...] = ()
    position = 12
    for _ in range(MAX_BLOCKS):
        if position + 8 > len(data):
            break
        kind, length = struct.unpack_from("<4sI", data, position)
        payload = data[position + 8 : position + 8 + length]
        if kind == b"EXIF" and not exif:
            exif = (without_exif_header(payload),)
        elif kind == b"XMP " and not xmp and length <= LARGEST_XMP:
            xmp = (bytes(payload),)
        position += 8 + length + length % 2
    return EmbeddedMetadata(exif, xmp)
