"""Metadata chunks of PNG files."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from imgsearch_desktop.adapters.imaging.metadata.containers.blocks import (
    LARGEST_XMP,
    MAX_BLOCKS,
    EmbeddedMetadata,
    without_exif_header,
)
from imgsearch_desktop.adapters.imaging.metadata.containers.photoshop import iptc_of_resources

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_XMP_KEYWORD = b"XML:com.adobe.xmp"
_RAW_PROFILE = b"Raw profile type "
_TEXT_CHUNKS = frozenset({b"tEXt", b"zTXt", b"iTXt"})


def _chunks(data: memoryview) -> Iterator[tuple[bytes, memoryview]]:
    position = len(PNG_SIGNATURE)
    for _ in range(MAX_BLOCKS):
        if position + 8 > len(data):
            return
        length, kind = struct.unpack_from(">I4s", data, position)
        yield kind, data[position + 8 : position + 8 + length]
        position += 12 + length


def png_metadata(data: memoryview) -> EmbeddedMetadata:
    """Read the metadata chunks of a PNG, those of ImageMagick ("Raw profile type ...") included."""
    exif: memoryview | None = None
    texts: dict[bytes, bytes] = {}
    for kind, payload in _chunks(data):
        if kind == b"eXIf" and exif is None:
            exif = without_exif_header(payload)
        elif kind in _TEXT_CHUNKS:
            keyword = bytes(payload[:80]).split(b"\0", 1)[0]
            if keyword == _XMP_KEYWORD or keyword.startswith(_RAW_PROFILE):
                texts.setdefault(keyword, _text(kind, payload[len(keyword) + 1 :]))
        elif kind == b"IEND":
            break
    return _assembled(exif, texts)


def _assembled(exif: memoryview | None, texts: dict[bytes, bytes]) -> EmbeddedMetadata:
    profiles = {
        keyword[len(_RAW_PROFILE) :].lower(): _unhexed(text)
        for keyword, text in texts.items()
        if keyword.startswith(_RAW_PROFILE)
    }
    if exif is None and profiles.get(b"exif", b""):
        exif = without_exif_header(memoryview(profiles[b"exif"]))
    xmp = texts.get(_XMP_KEYWORD) or profiles.get(b"xmp")
    iptc = profiles.get(b"iptc") or profiles.get(b"8bim") or b""
    return EmbeddedMetadata(
        exif=(exif,) if exif is not None else (),
        xmp=(xmp,) if xmp else (),
        iptc=iptc_of_resources(iptc) if iptc.startswith(b"8BIM") else iptc or None,
    )


def _text(kind: bytes, payload: memoryview) -> bytes:
    """The text of a chunk after its keyword, decompressed where need be, b"" where that fails."""
    if kind == b"tEXt":
        return bytes(payload[: 2 * LARGEST_XMP])
    if kind == b"zTXt":
        return _inflated(bytes(payload[1:]))
    compressed, rest = bytes(payload[:1]) == b"\1", bytes(payload[2:])
    parts = rest.split(b"\0", 2)
    if len(parts) < 3:
        return b""
    return _inflated(parts[2]) if compressed else parts[2]


def _inflated(data: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(data, 2 * LARGEST_XMP)
    except zlib.error:
        return b""


def _unhexed(text: bytes) -> bytes:
    """A profile as ImageMagick writes it: blank lines, its name, its length, then hexadecimal digits."""
    lines = text.split(None, 2)
    try:
        return bytes.fromhex(b"".join(lines[2].split()).decode("ascii")) if len(lines) == 3 else b""
    except ValueError:
        return b""
