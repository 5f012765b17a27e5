"""What a file holds, told from its content, whatever its name says."""

from __future__ import annotations

from collections.abc import Iterator

from imgsearch_desktop.adapters.imaging.metadata.tiff import Directory, Tiff, parse_tiff
from imgsearch_desktop.domain.errors import PhotoUnreadableError

_PICTURES = (
    (0, b"\xff\xd8\xff", "jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "png"),
    (0, b"GIF87a", "gif"),
    (0, b"GIF89a", "gif"),
    (8, b"WEBP", "webp"),
    (0, b"\xff\x0a", "jxl"),
    (0, b"\0\0\0\x0cJXL \r\n\x87\n", "jxl"),
    (0, b"FUJIFILMCCD-RAW", "raf"),
    (0, b"FOVb", "x3f"),
    (0, b"\0MRM", "mrw"),
    (6, b"HEAPCCDR", "crw"),
    (0, b"IIRO", "orf"),
    (0, b"IIRS", "orf"),
    (0, b"MMOR", "orf"),
    (0, b"IIU\0", "rw2"),
)

_OTHERS = (
    (0, b"8BPS", "a Photoshop document"),
    (0, b"\0\0\0\x0cjP  ", "a JPEG 2000 picture"),
    (0, b"\xff\x4f\xff\x51", "a JPEG 2000 picture"),
    (0, b"icns", "an icon"),
    (0, b"\0\0\1\0", "an icon"),
    (0, b"\0\0\2\0", "a mouse pointer"),
    (0, b"DDS ", "a DirectDraw texture"),
    (0, b"BLP1", "a game texture"),
    (0, b"BLP2", "a game texture"),
    (0, b"\x01\xda", "an SGI picture"),
    (4, b"\x11\xaf", "a FLI animation"),
    (4, b"\x12\xaf", "a FLI animation"),
    (0, b"v/1\x01", "an OpenEXR picture"),
    (0, b"gimp xcf", "a GIMP document"),
    (0, b"%PDF", "a PDF document"),
    (0, b"%!PS", "a PostScript document"),
    (0, b"<svg", "an SVG drawing"),
    (0, b"PK\x03\x04", "an archive"),
    (0, b"P1", "a Netpbm picture"),
    (0, b"P2", "a Netpbm picture"),
    (0, b"P3", "a Netpbm picture"),
    (0, b"P4", "a Netpbm picture"),
    (0, b"P5", "a Netpbm picture"),
    (0, b"P6", "a Netpbm picture"),
    (0, b"\x1aE\xdf\xa3", "a video"),
)

_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1"}
_AVIF_BRANDS = {b"avif", b"avis"}
_VIDEO_BRANDS = {
    b"isom",
    b"iso2",
    b"mp41",
    b"mp42",
    b"avc1",
    b"qt  ",
    b"M4V ",
    b"M4VH",
    b"3gp4",
    b"3gp5",
    b"MSNV",
}

_BMP_HEADER_SIZES = {12, 16, 40, 52, 56, 64, 108, 124}

_RAW_MAKERS = {
    "nikon": "nef",
    "sony": "arw",
    "canon": "cr2",
    "pentax": "pef",
    "ricoh": "pef",
    "samsung": "srw",
    "hasselblad": "3fr",
    "olympus": "orf",
    "panasonic": "rw2",
    "kodak": "dcr",
    "epson": "erf",
    "mamiya": "mef",
    "leaf": "mos",
    "phase one": "iiq",
}
_COLOUR_FILTER_ARRAY, _LINEAR_RAW = 32803, 34892
_RAW_COMPRESSIONS = {32767, 32769, 32770, 34713, 65000, 65535}
"""Sony, packed (Nikon, Epson), Samsung, Nikon, Kodak and Pentax."""

_COMPRESSION, _PHOTOMETRIC, _MAKE, _SUB_DIRECTORIES, _DNG_VERSION = 0x0103, 0x0106, 0x010F, 0x014A, 0xC612


def picture_format(data: memoryview) -> str:
    """Name the format of a file's content.

    Returns:
        "jpeg", "png", "webp", "gif", "tiff", "bmp", "avif", "heic", "jxl" or one of `RAW_FORMATS`.

    Raises:
        PhotoUnreadableError: it is no picture in a format that can be read.
    """
    head = bytes(data[:64])
    if head[4:8] == b"ftyp":
        return _container_format(bytes(data[:256]))
    tiff = parse_tiff(data)
    for offset, magic, name in _PICTURES:
        if head.startswith(magic, offset):
            return name
    if tiff is not None:
        return _tiff_format(tiff, head)
    if head[:4] in (b"II+\0", b"MM\0+"):
        return "tiff"
    if head[:2] == b"BM" and int.from_bytes(head[14:18], "little") in _BMP_HEADER_SIZES:
        return "bmp"
    raise PhotoUnreadableError(_refusal(head))


def tiff_directories(tiff: Tiff) -> Iterator[Directory]:
    """The main directories of a TIFF structure and their SubIFDs, thumbnails and raw data among them.

    Bounded: at most 32 directories, none of them twice.
    """
    waiting, seen = [tiff.first_offset], set[int]()
    while waiting and len(seen) < 32:
        offset = waiting.pop(0)
        if offset in seen:
            continue
        seen.add(offset)
        directory = tiff.directory(offset)
        yield directory
        waiting += [int(sub) for sub in directory.numbers(_SUB_DIRECTORIES)]
        if directory.next_offset:
            waiting.append(directory.next_offset)


def _container_format(head: bytes) -> str:
    major = head[8:12]
    size = min(int.from_bytes(head[:4], "big"), len(head))
    brands = {major} | {head[at : at + 4] for at in range(16, size - 3, 4)}
    if major == b"crx ":
        return "cr3"
    if major in _AVIF_BRANDS or (brands & _AVIF_BRANDS and not brands & (_HEIC_BRANDS - {b"mif1", b"msf1"})):
        return "avif"
    if brands & _HEIC_BRANDS:
        return "heic"
    if brands & _VIDEO_BRANDS:
        raise PhotoUnreadableError("This is a video, not a picture.")
    raise PhotoUnreadableError(_refusal(b""))


def _tiff_format(tiff: Tiff, head: bytes) -> str:
    if head[8:10] == b"CR":
        return "cr2"
    first = tiff.directory(tiff.first_offset)
    if _DNG_VERSION in first.entries:
        return "dng"
    if not any(_holds_raw(directory) for directory in tiff_directories(tiff)):
        return "tiff"
    make = (first.text(_MAKE) or "").lower()
    return next((name for maker, name in _RAW_MAKERS.items() if maker in make), "raw")


def _holds_raw(directory: Directory) -> bool:
    photometric = directory.integer(_PHOTOMETRIC)
    return (
        photometric in (_COLOUR_FILTER_ARRAY, _LINEAR_RAW)
        or directory.integer(_COMPRESSION) in _RAW_COMPRESSIONS
    )


def _refusal(head: bytes) -> str:
    for offset, magic, name in _OTHERS:
        if head.startswith(magic, offset):
            return f"This is {name}, a format that is not supported."
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return "This is a web page, not a picture."
    return "This is not a picture in a format that can be read."
