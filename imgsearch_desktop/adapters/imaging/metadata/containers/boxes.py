"""Boxes, of which HEIC, AVIF, JPEG XL and CR3 files consist.

Source of the layout: ISO 14496-12 (ISO base media file format), sections 4.2 and 8.11.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from imgsearch_desktop.adapters.imaging.metadata.containers.blocks import MAX_BLOCKS

Box = tuple[bytes, memoryview]
"""Type (four bytes) and content of a box."""


def boxes(data: memoryview) -> Iterator[Box]:
    """Yield the boxes that follow each other in `data`; a truncated last one as far as it goes."""
    position = 0
    for _ in range(MAX_BLOCKS):
        if position + 8 > len(data):
            return
        size, kind = struct.unpack_from(">I4s", data, position)
        header = 8
        if size == 1 and position + 16 <= len(data):
            (size,) = struct.unpack_from(">Q", data, position + 8)
            header = 16
        elif size == 0:
            size = len(data) - position
        if size < header:
            return
        yield kind, data[position + header : position + size]
        position += size


def first_box(data: memoryview, kind: bytes) -> memoryview | None:
    """The content of the first box of a type."""
    return next((content for found, content in boxes(data) if found == kind), None)
