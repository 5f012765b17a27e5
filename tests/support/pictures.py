"""Small generated pictures in every format that can be written without anybody's photos.

Every picture is decided by its seed. HEIC is missing: no free encoder for it is installed; its tests run on
the real photos.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

FORMATS = ("jpeg", "png", "webp", "gif", "tiff", "bmp", "avif", "jxl", "dng")
"""Formats that `encoded` writes, by the names that `PictureFacts.format` uses."""

SUFFIXES = {"jpeg": ".jpg", "tiff": ".tif"}
"""Usual file name endings where they are not the format's name."""

ORIENTATION_TAG = 0x0112


def scene(seed: int = 0, width: int = 320, height: int = 240) -> Image.Image:
    """A colourful RGB picture: a gradient with blocks and discs; different seeds look different."""
    rng = np.random.default_rng(seed)
    corners = rng.integers(30, 226, (2, 2, 3)).astype(np.float32)
    y = np.linspace(0, 1, height, dtype=np.float32)[:, None, None]
    x = np.linspace(0, 1, width, dtype=np.float32)[None, :, None]
    top = corners[0, 0] * (1 - x) + corners[0, 1] * x
    bottom = corners[1, 0] * (1 - x) + corners[1, 1] * x
    image = Image.fromarray((top * (1 - y) + bottom * y).astype(np.uint8))
    draw = ImageDraw.Draw(image)
    for number in range(8):
        left, upper = rng.integers(0, [max(width, 1), max(height, 1)]).tolist()
        size = rng.integers(max(min(width, height) // 8, 1), max(min(width, height) // 2, 2), 2).tolist()
        box = (left, upper, left + size[0], upper + size[1])
        colour = tuple(int(level) for level in rng.integers(0, 256, 3))
        (draw.rectangle if number % 2 else draw.ellipse)(box, fill=colour)
    return image


def turned(upright: Image.Image, orientation: int) -> Image.Image:
    """The picture as a camera stores it that writes this EXIF orientation (1 to 8)."""
    turns = Image.Transpose
    undo = {
        2: turns.FLIP_LEFT_RIGHT,
        3: turns.ROTATE_180,
        4: turns.FLIP_TOP_BOTTOM,
        5: turns.TRANSPOSE,
        6: turns.ROTATE_90,
        7: turns.TRANSVERSE,
        8: turns.ROTATE_270,
    }
    return upright.transpose(undo[orientation]) if orientation in undo else upright


def exif_bytes(orientation: int | None = None, **texts: str) -> bytes:
    """An EXIF block, "Exif" header included; the texts are make, model and date ("Y:M:D h:m:s")."""
    exif = Image.Exif()
    if orientation is not None:
        exif[ORIENTATION_TAG] = orientation
    for name, tag in (("make", 0x010F), ("model", 0x0110)):
        if name in texts:
            exif[tag] = texts[name]
    if "date" in texts:
        exif.get_ifd(0x8769)[0x9003] = texts["date"]
    return exif.tobytes()


def encoded(image: Image.Image, image_format: str = "jpeg", exif: bytes | None = None) -> bytes:
    """Encode a picture.

    Args:
        image: RGB (or any mode the format can hold).
        image_format: one of `FORMATS`.
        exif: as `exif_bytes` makes it, for jpeg, png, webp, tiff and avif.
    """
    if image_format == "dng":
        return dng(image)
    if image_format == "jxl":
        import pylibjxl

        return bytes(pylibjxl.encode(np.ascontiguousarray(image), effort=3))
    buffer = io.BytesIO()
    options: dict[str, object] = {"quality": 90} if image_format in {"jpeg", "webp", "avif"} else {}
    if image_format == "avif":
        options["speed"] = 9
    if exif is not None:
        options["exif"] = exif
    image.save(buffer, image_format, **options)
    return buffer.getvalue()


def write_picture(path: Path, seed: int = 0, width: int = 320, height: int = 240) -> Path:
    """Write a generated picture in the format that the path's suffix names; folders are made as needed."""
    suffixes = {f".{name}": name for name in FORMATS} | {".jpg": "jpeg", ".tif": "tiff"}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(encoded(scene(seed, width, height), suffixes[path.suffix.lower()]))
    return path


def write_with_preview(path: Path, seed: int = 0, orientation: int = 1) -> bytes:
    """Write a JPEG as a camera does, with a small picture in its EXIF; returns that picture, not upright."""
    width, height = 80, 60
    preview = encoded(turned(scene(seed, width, height).resize((40, 30)), orientation), "jpeg")
    first = struct.pack("<HHHIHHI", 1, ORIENTATION_TAG, 3, 1, orientation, 0, 26)
    at = 8 + len(first) + 30
    second = struct.pack("<HHHIIHHIII", 2, 0x0201, 4, 1, at, 0x0202, 4, 1, len(preview), 0)
    exif = b"Exif\0\0II" + struct.pack("<HI", 42, 8) + first + second + preview
    whole = encoded(turned(scene(seed, width, height), orientation), "jpeg")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(whole[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + whole[2:])
    return preview


Field = tuple[int, str, Sequence[int]]
"""A TIFF field: tag, type ("B" byte, "s" text, "H" short, "I" long, "R" signed rational), values."""


def dng(
    preview: Image.Image,
    orientation: int = 1,
    with_preview: bool = True,
    sensor: tuple[int, int] | None = None,
) -> bytes:
    """A small DNG: grey-green sensor data, and the picture as its embedded JPEG preview.

    Args:
        preview: what the photo shows, stored as it is; turn it first (`turned`) where `orientation` says so.
        orientation: the EXIF orientation of the whole file.
        with_preview: False leaves the preview out.
        sensor: width and height of the sensor data, even, at least 64; the preview's size unless given.
    """
    jpeg = encoded(preview.convert("RGB"), "jpeg") if with_preview else b""
    width, height = preview.size
    raw_width, raw_height = sensor or (max(width // 2 * 2, 64), max(height // 2 * 2, 64))
    mosaic = np.tile(np.array([[700, 1400], [1400, 700]], "<u2"), (raw_height // 2, raw_width // 2))
    raw = (mosaic + np.linspace(0, 2000, raw_width, dtype="<u2")).astype("<u2").tobytes()
    common: list[Field] = [
        (0x010F, "s", b"ImgSearch"),
        (0x0110, "s", b"Generated"),
        (0x0112, "H", [orientation]),
        (0xC612, "B", [1, 4, 0, 0]),
        (0xC614, "s", b"ImgSearch Generated"),
        (0xC621, "R", [1, 1, 0, 1, 0, 1, 0, 1, 1, 1, 0, 1, 0, 1, 0, 1, 1, 1]),
        (0xC65A, "H", [21]),
    ]
    mosaic_fields: list[Field] = [
        (0x00FE, "I", [0]),
        (0x0100, "I", [raw_width]),
        (0x0101, "I", [raw_height]),
        (0x0102, "H", [16]),
        (0x0103, "H", [1]),
        (0x0106, "H", [32803]),
        (0x0115, "H", [1]),
        (0x0116, "I", [raw_height]),
        (0x0117, "I", [len(raw)]),
        (0x828D, "H", [2, 2]),
        (0x828E, "B", [0, 1, 1, 2]),
        (0xC61A, "I", [0]),
        (0xC61D, "I", [4095]),
    ]
    if not with_preview:
        return _tiff([(common + mosaic_fields, raw)])
    shown: list[Field] = [
        (0x00FE, "I", [1]),
        (0x0100, "I", [width]),
        (0x0101, "I", [height]),
        (0x0102, "H", [8, 8, 8]),
        (0x0103, "H", [7]),
        (0x0106, "H", [6]),
        (0x0115, "H", [3]),
        (0x0116, "I", [height]),
        (0x0117, "I", [len(jpeg)]),
    ]
    return _tiff([(common + shown, jpeg), (mosaic_fields, raw)])


def _tiff(directories: list[tuple[list[Field], bytes]]) -> bytes:
    """A little-endian TIFF: the first directory, every further one as its SubIFD, one strip each."""
    body = bytearray(b"II*\0\x08\0\0\0")
    children: list[int] = []
    for level in reversed(range(len(directories))):
        fields, strip = directories[level]
        fields = [*fields, (0x0111, "I", [0])]
        if level == 0 and children:
            fields.append((0x014A, "I", children))
        if level:
            children.append(_append(body, fields, strip))
        else:
            struct.pack_into("<I", body, 4, _append(body, fields, strip))
    return bytes(body)


def _append(body: bytearray, fields: list[Field], strip: bytes) -> int:
    body += strip
    strip_offset = len(body) - len(strip)
    body += b"\0" * (len(body) % 2)
    types = {"B": (1, "B", 1), "s": (2, "B", 1), "H": (3, "H", 1), "I": (4, "I", 1), "R": (10, "i", 2)}
    rows = b""
    for tag, kind, values in sorted(fields):
        number, code, width = types[kind]
        listed = [strip_offset] if tag == 0x0111 else [*values, 0] if kind == "s" else list(values)
        payload = struct.pack(f"<{len(listed)}{code}", *listed)
        if len(payload) > 4:
            pointer = struct.pack("<I", len(body))
            body += payload + b"\0" * (len(payload) % 2)
        else:
            pointer = payload.ljust(4, b"\0")
        rows += struct.pack("<HHI", tag, number, len(listed) // width) + pointer
    offset = len(body)
    body += struct.pack("<H", len(fields)) + rows + b"\0\0\0\0"
    return offset
