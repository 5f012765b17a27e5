"""The identity of a picture: a hash of its compressed payload, which editing metadata leaves alone.

What counts as payload: everything the pixels are computed from. Left out are EXIF, XMP, IPTC, comments,
thumbnails, the colour profile (tools that "remove metadata" take it along; the photo stays the photo), and
whatever follows the picture in the file (a motion photo's video, a second picture).
"""

from __future__ import annotations

import hashlib
import re
import struct
from collections.abc import Iterator

HASH_BYTES = 16

_JPEG_APP14 = 0xEE  # Adobe's colour transform: the same payload has other colours without it
_JPEG_STANDALONE = {0x01, *range(0xD0, 0xD8)}
_JPEG_METADATA = ({*range(0xE0, 0xF0)} - {_JPEG_APP14}) | {0xFE}
# Entropy-coded data escape 0xFF as FF 00; FF D0 to FF D7 are restart marks within them.
_JPEG_NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")

_PNG_PAYLOAD = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"acTL", b"fcTL", b"fdAT"}
_WEBP_PAYLOAD = {b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF"}


def digest(*parts: bytes | memoryview) -> bytes:
    """16-byte BLAKE2b of the parts one after the other."""
    state = hashlib.blake2b(digest_size=HASH_BYTES)
    for part in parts:
        state.update(part)
    return state.digest()


def picture_hash(data: memoryview, image_format: str, file_hash: bytes) -> bytes:
    """Hash the compressed picture payload without metadata segments.

    Args:
        data: the whole file.
        image_format: name of the content's format.
        file_hash: the answer for formats without such segments and for files whose structure is damaged.

    Returns:
        16 bytes.
    """
    walk = {"jpeg": _jpeg_payload, "png": _png_payload, "webp": _webp_payload}.get(image_format)
    if walk is None:
        return file_hash
    try:
        return digest(*walk(data))
    except (ValueError, IndexError, struct.error):
        return file_hash


def _jpeg_payload(data: memoryview) -> Iterator[memoryview]:
    """Marker segments (ITU-T T.81, annex B) from SOI to the first EOI."""
    at = 2
    while True:
        if data[at] != 0xFF:
            raise ValueError("no marker where one must be")
        while data[at + 1] == 0xFF:
            at += 1
        marker = data[at + 1]
        if marker == 0xD9:
            return
        if marker in _JPEG_STANDALONE:
            at += 2
            continue
        end = at + 2 + struct.unpack_from(">H", data, at + 2)[0]
        if marker == 0xDA:
            found = _JPEG_NEXT_MARKER.search(data, end)
            if found is None:
                raise ValueError("no end of the picture")
            end = found.start()
        if marker not in _JPEG_METADATA:
            yield data[at:end]
        at = end


def _png_payload(data: memoryview) -> Iterator[bytes | memoryview]:
    """Chunks (PNG, third edition, section 5); how IDAT is cut into chunks does not matter."""
    at, kind = 8, b""
    while kind != b"IEND":
        length, kind = struct.unpack_from(">I4s", data, at)
        if at + 12 + length > len(data):
            raise ValueError("a chunk ends beyond the file")
        if kind in _PNG_PAYLOAD:
            if kind != b"IDAT":
                yield kind
            yield data[at + 8 : at + 8 + length]
        at += 12 + length


def _webp_payload(data: memoryview) -> Iterator[bytes | memoryview]:
    """RIFF chunks (WebP container specification); VP8X only says which metadata there are."""
    (size,) = struct.unpack_from("<I", data, 4)
    at, end, found = 12, min(8 + size, len(data)), False
    while at + 8 <= end:
        kind, length = struct.unpack_from("<4sI", data, at)
        if at + 8 + length > len(data):
            raise ValueError("a chunk ends beyond the file")
        if kind in _WEBP_PAYLOAD:
            found = True
            yield kind
            yield data[at + 8 : at + 8 + length]
        at += 8 + length + length % 2
    if not found:
        raise ValueError("no picture chunk")
