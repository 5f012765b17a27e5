"""TIFF structures: the image file directories (IFDs) of EXIF, TIFF, DNG and most RAW files.

Tolerant of anything: what lies outside the data is left out, every loop is bounded, nothing raises.
Source of the layout: TIFF revision 6.0 (1992), sections 2 and 7; BigTIFF is not read.
"""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass, field

from imgsearch_desktop.adapters.imaging.metadata.text import clean, decode

_MAX_ENTRIES = 2048
_TYPE_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 129: 1}
_NUMBER_CODES = {1: "B", 3: "H", 4: "I", 6: "b", 7: "B", 8: "h", 9: "i", 11: "f", 12: "d", 13: "I"}
_RATIONAL_CODES = {5: "I", 10: "i"}

# TIFF's own magic number, then those of Olympus (ORF) and Panasonic (RW2), which differ in nothing else here.
_MAGICS = {
    "<": (b"II*\x00", b"IIRO", b"IIRS", b"IIU\x00"),
    ">": (b"MM\x00*", b"MMOR"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One field of a directory: its TIFF type, its value's bytes and their byte order ("<" or ">")."""

    kind: int
    payload: memoryview
    order: str

    def numbers(self, limit: int = 16) -> tuple[float, ...]:
        """The first `limit` values as numbers; a rational without a denominator is NaN."""
        count = min(len(self.payload) // _TYPE_SIZES[self.kind], limit)
        if self.kind in _RATIONAL_CODES:
            parts = struct.unpack_from(f"{self.order}{2 * count}{_RATIONAL_CODES[self.kind]}", self.payload)
            return tuple(n / d if d else math.nan for n, d in zip(parts[::2], parts[1::2], strict=True))
        code = _NUMBER_CODES.get(self.kind)
        return struct.unpack_from(f"{self.order}{count}{code}", self.payload) if code else ()


@dataclass(frozen=True, slots=True)
class Directory:
    """The fields of one image file directory.

    Attributes:
        entries: by tag number.
        next_offset: where the next directory begins, 0 for none.
    """

    entries: dict[int, Entry] = field(default_factory=dict)
    next_offset: int = 0

    def raw(self, tag: int) -> memoryview | None:
        """The value's bytes, None if the tag is absent."""
        entry = self.entries.get(tag)
        return entry.payload if entry else None

    def text(self, tag: int) -> str | None:
        """The value as text up to its first NUL, None if absent or blank."""
        payload = self.raw(tag)
        return clean(decode(bytes(payload[:65536]).split(b"\0", 1)[0])) if payload is not None else None

    def numbers(self, tag: int) -> tuple[float, ...]:
        """The values as numbers, () if absent; a rational without a denominator is NaN."""
        entry = self.entries.get(tag)
        return entry.numbers() if entry else ()

    def number(self, tag: int) -> float | None:
        """The first value if it is a finite number."""
        values = self.numbers(tag)
        return values[0] if values and math.isfinite(values[0]) else None

    def integer(self, tag: int) -> int | None:
        """The first value, whole part, if it is a finite number."""
        value = self.number(tag)
        return int(value) if value is not None else None


EMPTY = Directory()


@dataclass(frozen=True, slots=True)
class Tiff:
    """A TIFF structure: its bytes, byte order and where its first directory begins."""

    data: memoryview
    order: str
    first_offset: int

    def directory(self, offset: int | None) -> Directory:
        """Read the directory at an offset; empty where there is none."""
        data, order = self.data, self.order
        if offset is None or not 8 <= offset <= len(data) - 2:
            return EMPTY
        (count,) = struct.unpack_from(f"{order}H", data, offset)
        start, end = offset + 2, offset + 2 + 12 * count
        readable = min(count, (len(data) - start) // 12, _MAX_ENTRIES)
        entries: dict[int, Entry] = {}
        layout = struct.Struct(f"{order}HHII")
        for position in range(start, start + 12 * readable, 12):
            tag, kind, values, pointer = layout.unpack_from(data, position)
            size = _TYPE_SIZES.get(kind, 0) * values
            if not size or tag in entries:
                continue
            begin = position + 8 if size <= 4 else pointer
            payload = data[begin : begin + size]
            if len(payload) >= _TYPE_SIZES[kind]:
                entries[tag] = Entry(kind, payload, order)
        next_offset = struct.unpack_from(f"{order}I", data, end)[0] if end + 4 <= len(data) else 0
        return Directory(entries, next_offset)


def parse_tiff(data: memoryview) -> Tiff | None:
    """Recognise a TIFF structure by its first eight bytes; None if it is none."""
    head = bytes(data[:8])
    for order, magics in _MAGICS.items():
        if len(head) == 8 and head[:4] in magics:
            return Tiff(data, order, struct.unpack_from(f"{order}I", head, 4)[0])
    return None
