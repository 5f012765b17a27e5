"""Metadata items of HEIC and AVIF files.

Source of the layout: ISO 14496-12, section 8.11 (meta, iinf, iloc, idat); ISO 23008-12, annex A (Exif, XMP).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from imgsearch_desktop.adapters.imaging.metadata.containers.blocks import (
    LARGEST_BLOCK,
    LARGEST_XMP,
    NOTHING,
    EmbeddedMetadata,
    without_exif_header,
)
from imgsearch_desktop.adapters.imaging.metadata.containers.boxes import boxes, first_box

_MAX_ITEMS = 10_000
_MAX_EXTENTS = 64
_XMP_TYPE = b"application/rdf+xml"
_IN_FILE, _IN_IDAT = 0, 1


class _Reader:
    """Reads big-endian numbers one after the other; what lies beyond the end is zero."""

    def __init__(self, data: memoryview, position: int = 0) -> None:
        self._data = data
        self._position = position

    @property
    def exhausted(self) -> bool:
        return self._position >= len(self._data)

    def number(self, width: int) -> int:
        begin = self._position
        self._position += width
        return int.from_bytes(self._data[begin : self._position], "big")


@dataclass(frozen=True, slots=True)
class _Location:
    method: int
    extents: tuple[tuple[int, int], ...]


def heif_metadata(data: memoryview) -> EmbeddedMetadata:
    """Read the Exif item and the XMP item of a file."""
    meta = first_box(data, b"meta")
    if meta is None:
        return NOTHING
    parts = dict(boxes(meta[4:]))
    if b"iinf" not in parts or b"iloc" not in parts:
        return NOTHING
    wanted = _metadata_items(parts[b"iinf"])
    locations = _locations(parts[b"iloc"], set(wanted))
    exif: tuple[memoryview, ...] = ()
    xmp: tuple[bytes, ...] = ()
    for item, kind in wanted.items():
        content = _content(data, parts.get(b"idat"), locations.get(item))
        if kind == b"Exif" and len(content) > 4 and not exif:
            exif = (exif_of_item(memoryview(content)),)
        elif kind == _XMP_TYPE and 0 < len(content) <= LARGEST_XMP and not xmp:
            xmp = (content,)
    return EmbeddedMetadata(exif, xmp)


def exif_of_item(content: memoryview) -> memoryview:
    """The TIFF structure of an Exif item, which begins with the number of bytes before it."""
    (offset,) = struct.unpack_from(">I", content) if len(content) >= 4 else (0,)
    structure = content[4 + offset :]
    # Some writers count the "Exif" header in, some do not, some leave the number out.
    return without_exif_header(structure if len(structure) >= 8 else content[4:])


def _metadata_items(info: memoryview) -> dict[int, bytes]:
    """Item id -> b"Exif" or the XMP content type, of an iinf box."""
    wanted: dict[int, bytes] = {}
    count_width = 4 if bytes(info[:1]) not in (b"", b"\0") else 2
    for index, (kind, entry) in enumerate(boxes(info[4 + count_width :])):
        if index == _MAX_ITEMS:
            break
        if kind != b"infe" or len(entry) < 12 or entry[0] < 2:
            continue
        id_width = 4 if entry[0] == 3 else 2
        item = int.from_bytes(entry[4 : 4 + id_width], "big")
        rest = bytes(entry[6 + id_width : 6 + id_width + 512])
        if rest.startswith(b"Exif"):
            wanted[item] = b"Exif"
        elif rest.startswith(b"mime") and _XMP_TYPE in rest[4:].split(b"\0")[1:2]:
            wanted[item] = _XMP_TYPE
    return wanted


def _locations(box: memoryview, wanted: set[int]) -> dict[int, _Location]:
    """Where the wanted items lie, of an iloc box (versions 0 to 2)."""
    found: dict[int, _Location] = {}
    reader = _Reader(box)
    version = reader.number(1)
    reader.number(3)
    sizes, more_sizes = reader.number(1), reader.number(1)
    offset_width, length_width = sizes >> 4, sizes & 15
    base_width, index_width = more_sizes >> 4, more_sizes & 15 if version else 0
    id_width = 4 if version == 2 else 2
    for _ in range(min(reader.number(id_width), _MAX_ITEMS)):
        if reader.exhausted or len(found) == len(wanted):
            break
        item = reader.number(id_width)
        method = reader.number(2) & 15 if version else _IN_FILE
        reader.number(2)
        base = reader.number(base_width)
        extents = []
        for _ in range(min(reader.number(2), _MAX_EXTENTS)):
            reader.number(index_width)
            offset = base + reader.number(offset_width)
            extents.append((offset, reader.number(length_width)))
        if item in wanted:
            found[item] = _Location(method, tuple(extents))
    return found


def _content(data: memoryview, idat: memoryview | None, location: _Location | None) -> bytes:
    source = {_IN_FILE: data, _IN_IDAT: idat}.get(location.method) if location else None
    if location is None or source is None:
        return b""
    parts: list[bytes] = []
    size = 0
    for offset, length in location.extents:
        part = bytes(source[offset : offset + min(length, LARGEST_BLOCK)])
        size += len(part)
        if size > LARGEST_BLOCK:
            return b""
        parts.append(part)
    return b"".join(parts)
