"""Metadata segments of JPEG files."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

from imgsearch_desktop.adapters.imaging.metadata.containers.blocks import (
    LARGEST_XMP,
    EmbeddedMetadata,
    without_exif_header,
)
from imgsearch_desktop.adapters.imaging.metadata.containers.photoshop import iptc_of_resources

_APP1, _APP13 = 0xE1, 0xED
_START_OF_SCAN, _END_OF_IMAGE = 0xDA, 0xD9
_ALONE = frozenset({0x01, *range(0xD0, 0xD9)})
_MAX_SEGMENTS = 10_000
_XMP = b"http://ns.adobe.com/xap/1.0/\0"
_MORE_XMP = b"http://ns.adobe.com/xmp/extension/\0"
_PHOTOSHOP = b"Photoshop 3.0\0"
_NEXT_MARKER = re.compile(rb"\xff([\x01-\xfe])")
_RESYNC_BYTES = 65_536


def segments(data: memoryview) -> Iterator[tuple[int, memoryview]]:
    """Yield (marker, payload) of the segments before the picture itself; stray bytes between are skipped."""
    position = 2
    for _ in range(_MAX_SEGMENTS):
        found = _NEXT_MARKER.search(data, position, min(len(data), position + _RESYNC_BYTES))
        if not found:
            return
        marker, position = found[1][0], found.end()
        if marker in (_START_OF_SCAN, _END_OF_IMAGE) or position + 2 > len(data):
            return
        if marker in _ALONE:
            continue
        (length,) = struct.unpack_from(">H", data, position)
        yield marker, data[position + 2 : position + length]
        position += max(length, 2)


def first_exif(data: memoryview) -> memoryview | None:
    """The TIFF structure of the first EXIF segment."""
    for marker, payload in segments(data):
        if marker == _APP1 and bytes(payload[:4]) == b"Exif":
            return without_exif_header(payload)
    return None


def jpeg_metadata(data: memoryview) -> EmbeddedMetadata:
    """Read the metadata segments of a JPEG; XMP that did not fit into one segment is put together."""
    exif: memoryview | None = None
    xmp: list[bytes] = []
    more_xmp: list[memoryview] = []
    resources: list[memoryview] = []
    for marker, payload in segments(data):
        if marker == _APP1 and exif is None and bytes(payload[:4]) == b"Exif":
            exif = without_exif_header(payload)
        elif marker == _APP1 and bytes(payload[: len(_XMP)]) == _XMP:
            xmp.append(bytes(payload[len(_XMP) :]))
        elif marker == _APP1 and bytes(payload[: len(_MORE_XMP)]) == _MORE_XMP:
            more_xmp.append(payload[len(_MORE_XMP) :])
        elif marker == _APP13 and bytes(payload[: len(_PHOTOSHOP)]) == _PHOTOSHOP:
            resources.append(payload[len(_PHOTOSHOP) :])
    return EmbeddedMetadata(
        exif=(exif,) if exif is not None else (),
        xmp=(*xmp[:1], *_joined(more_xmp)),
        iptc=iptc_of_resources(b"".join(resources)),
    )


def _joined(parts: list[memoryview]) -> tuple[bytes, ...]:
    """Join an extended XMP packet; each part begins with GUID (32 bytes), full length (4), its place (4)."""
    usable = [part for part in parts if len(part) > 40]
    size = sum(len(part) - 40 for part in usable)
    if not usable or size > LARGEST_XMP:
        return ()
    guid = bytes(usable[0][:32])
    placed = sorted(
        (struct.unpack_from(">I", part, 36)[0], index)
        for index, part in enumerate(usable)
        if bytes(part[:32]) == guid
    )
    return (b"".join(bytes(usable[index][40:]) for _, index in placed),)
