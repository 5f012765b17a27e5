"""Metadata of RAW formats that are not built like TIFF: Canon's CR3 and Fujifilm's RAF.

Source of the layouts: https://github.com/lclevy/canon_cr3 and https://exiftool.org/TagNames/FujiFilm.html.
"""

from __future__ import annotations

import struct

from imgsearch_desktop.adapters.imaging.metadata.containers.blocks import (
    LARGEST_XMP,
    NOTHING,
    EmbeddedMetadata,
)
from imgsearch_desktop.adapters.imaging.metadata.containers.boxes import boxes, first_box
from imgsearch_desktop.adapters.imaging.metadata.containers.jpeg import jpeg_metadata

RAF_SIGNATURE = b"FUJIFILMCCD-RAW "
_RAF_PREVIEW = 84
_CANON = bytes.fromhex("85c0b687820f11e08111f4ce462b6a48")
_XMP = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")


def raf_metadata(data: memoryview) -> EmbeddedMetadata:
    """Read a RAF: its metadata are those of the JPEG inside it."""
    if len(data) < _RAF_PREVIEW + 8:
        return NOTHING
    offset, length = struct.unpack_from(">II", data, _RAF_PREVIEW)
    return jpeg_metadata(data[offset : offset + length])


def cr3_metadata(data: memoryview) -> EmbeddedMetadata:
    """Read a CR3: the directories of the image, the photo and GPS each have their own TIFF structure."""
    movie = first_box(data, b"moov")
    canon = _extension(movie, _CANON) if movie is not None else None
    parts = dict(boxes(canon)) if canon is not None else {}
    exif = tuple(parts.get(name, memoryview(b"")) for name in (b"CMT1", b"CMT2", b"CMT4"))
    packet = _extension(data, _XMP)
    return EmbeddedMetadata(
        exif=exif if parts else (),
        xmp=(bytes(packet),) if packet is not None and len(packet) <= LARGEST_XMP else (),
    )


def _extension(data: memoryview, identity: bytes) -> memoryview | None:
    """The content of the first "uuid" box of an identity."""
    for kind, content in boxes(data):
        if kind == b"uuid" and bytes(content[:16]) == identity:
            return content[16:]
    return None
