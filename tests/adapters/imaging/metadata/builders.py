"""Metadata blocks and files around them, made byte by byte so that tests know exactly what is in them."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
NAMESPACES = {
    "rdf": RDF,
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "exif": "http://ns.adobe.com/exif/1.0/",
    "tiff": "http://ns.adobe.com/tiff/1.0/",
    "aux": "http://ns.adobe.com/exif/1.0/aux/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "lr": "http://ns.adobe.com/lightroom/1.0/",
    "digiKam": "http://www.digikam.org/ns/1.0/",
    "MicrosoftPhoto": "http://ns.microsoft.com/photo/1.0/",
    "mwg-rs": "http://www.metadataworkinggroup.com/schemas/regions/",
}


@dataclass(frozen=True)
class Rational:
    """Fractions, as EXIF writes most figures."""

    values: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Typed:
    """A value under a TIFF type of its own."""

    kind: int
    data: bytes


Value = str | bytes | int | Rational | Typed
_EXIF_IFD, _GPS_IFD = 0x8769, 0x8825


def rational(*values: tuple[int, int]) -> Rational:
    return Rational(values)


def tiff(
    image: Mapping[int, Value] | None = None,
    photo: Mapping[int, Value] | None = None,
    gps: Mapping[int, Value] | None = None,
    *,
    order: str = "<",
    thumbnail: bytes | None = None,
    magic: bytes | None = None,
) -> bytes:
    """A TIFF structure with up to three directories and a thumbnail in a fourth."""
    head = (b"II" if order == "<" else b"MM") + struct.pack(f"{order}H", 42)
    blocks = bytearray((magic or head) + bytes(4))
    pointers: dict[int, Value] = {}
    for tag, directory in ((_EXIF_IFD, photo), (_GPS_IFD, gps)):
        if directory is not None:
            pointers[tag] = _append_directory(blocks, directory, order, 0)
    following = 0
    if thumbnail is not None:
        offset = len(blocks)
        blocks += thumbnail
        following = _append_directory(blocks, {0x0201: offset, 0x0202: len(thumbnail)}, order, 0)
    first = _append_directory(blocks, {**(image or {}), **pointers}, order, following)
    struct.pack_into(f"{order}I", blocks, 4, first)
    return bytes(blocks)


def _append_directory(blocks: bytearray, directory: Mapping[int, Value], order: str, following: int) -> int:
    entries = []
    for tag, value in sorted(directory.items()):
        kind, count, data = _packed(value, order)
        if len(data) > 4:
            position = len(blocks)
            blocks += data + bytes(len(data) % 2)
            data = struct.pack(f"{order}I", position)
        entries.append(struct.pack(f"{order}HHI", tag, kind, count) + data.ljust(4, b"\0"))
    begin = len(blocks)
    blocks += struct.pack(f"{order}H", len(entries)) + b"".join(entries) + struct.pack(f"{order}I", following)
    return begin


def _packed(value: Value, order: str) -> tuple[int, int, bytes]:
    match value:
        case str():
            data = value.encode() + b"\0"
            return 2, len(data), data
        case bytes():
            return 7, len(value), value
        case int():
            return (
                (3, 1, struct.pack(f"{order}H", value))
                if value < 65536
                else (4, 1, struct.pack(f"{order}I", value))
            )
        case Rational():
            flat = [part for fraction in value.values for part in fraction]
            return 5, len(value.values), struct.pack(f"{order}{len(flat)}I", *flat)
        case Typed():
            return value.kind, len(value.data), value.data


def segment(marker: int, payload: bytes) -> bytes:
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(payload) + 2) + payload


def jpeg(
    exif: bytes | None = None, xmp: bytes | None = None, iptc: bytes | None = None, more: Sequence[bytes] = ()
) -> bytes:
    """The segments of a JPEG with a token picture."""
    parts = [b"\xff\xd8"]
    if exif is not None:
        parts.append(segment(0xE1, b"Exif\0\0" + exif))
    if xmp is not None:
        parts.append(segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + xmp))
    if iptc is not None:
        resources = resource(0x03ED, bytes(16)) + resource(0x0404, iptc)
        parts.append(segment(0xED, b"Photoshop 3.0\0" + resources))
    return b"".join([*parts, *more, b"\xff\xda\x00\x02", bytes(20), b"\xff\xd9"])


def resource(kind: int, data: bytes) -> bytes:
    return (
        b"8BIM"
        + struct.pack(">H", kind)
        + b"\0\0"
        + struct.pack(">I", len(data))
        + data
        + bytes(len(data) % 2)
    )


def iptc(*datasets: tuple[int, int, bytes]) -> bytes:
    heads = (struct.pack(">BBBH", 0x1C, record, number, len(data)) for record, number, data in datasets)
    return b"".join(head + data for head, (_, _, data) in zip(heads, datasets, strict=True))


def xmp(inner: str = "", attributes: str = "", *, wrapped: bool = True) -> bytes:
    """An XMP packet with elements and attributes in one description."""
    names = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
    text = (
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{RDF}">'
        f'<rdf:Description rdf:about="" {names} {attributes}>{inner}</rdf:Description></rdf:RDF></x:xmpmeta>'
    )
    if wrapped:
        text = f'<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>{text}{" " * 200}<?xpacket end="w"?>'
    return text.encode()


def bag(name: str, *items: str, kind: str = "Bag") -> str:
    return (
        f"<{name}><rdf:{kind}>{''.join(f'<rdf:li>{item}</rdf:li>' for item in items)}</rdf:{kind}></{name}>"
    )


def box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content) + 8) + kind + content
