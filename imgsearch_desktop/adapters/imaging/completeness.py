"""Whether a file ends before its own structure says it should.

Some decoders fill what is missing with grey and say nothing; others say "damaged" of what is merely cut off.
"""

from __future__ import annotations

import struct

from imgsearch_desktop.adapters.imaging.formats import tiff_directories
from imgsearch_desktop.adapters.imaging.metadata.tiff import parse_tiff

_BOXES = {b"ftyp", b"meta", b"mdat", b"moov", b"jxlc", b"jxlp", b"jbrd"}
"""Boxes that a picture needs; others may be anything, cameras append data that are no boxes."""

_STRIPS, _TILES = (0x0111, 0x0117), (0x0144, 0x0145)
_MOST_STRIPS = 65536


def ends_too_early(data: memoryview, image_format: str) -> bool:
    """Whether a part of the file that the picture needs lies beyond its end; False where nobody can tell."""
    if image_format in {"heic", "avif", "jxl"}:
        return _box_missing(data)
    if image_format == "webp":
        return len(data) >= 8 and 8 + int.from_bytes(data[4:8], "little") > len(data)
    return _tiff_part_missing(data)


def _box_missing(data: memoryview) -> bool:
    at = 0
    while at + 8 <= len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        if size == 1 and at + 16 <= len(data):
            (size,) = struct.unpack_from(">Q", data, at + 8)
        if kind not in _BOXES:
            if at == 0 or not kind.isalnum():
                return False
        elif size and at + size > len(data):
            return True
        if size < 8:
            return False
        at += size
    return False


def _tiff_part_missing(data: memoryview) -> bool:
    tiff = parse_tiff(data)
    if tiff is None:
        return False
    if tiff.first_offset + 2 > len(data):
        return True
    for directory in tiff_directories(tiff):
        if directory.next_offset > len(data):
            return True
        for offsets_tag, sizes_tag in (_STRIPS, _TILES):
            offsets, sizes = directory.entries.get(offsets_tag), directory.entries.get(sizes_tag)
            if offsets is None or sizes is None:
                continue
            ends = zip(offsets.numbers(_MOST_STRIPS), sizes.numbers(_MOST_STRIPS), strict=False)
            if any(offset + size > len(data) for offset, size in ends):
                return True
    return False
