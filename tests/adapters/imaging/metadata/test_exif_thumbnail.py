"""The preview inside EXIF."""

from __future__ import annotations

import io
import struct

import pytest
from PIL import Image

from imgsearch_desktop.adapters.imaging.metadata.exif_thumbnail import (
    HEAD_BYTES,
    exif_orientation,
    exif_thumbnail,
)
from tests.adapters.imaging.metadata.builders import jpeg, tiff
from tests.support.photos import PHOTOS, needs_photos


def small_jpeg() -> bytes:
    buffer = io.BytesIO()
    Image.radial_gradient("L").resize((160, 120)).save(buffer, "JPEG")
    return buffer.getvalue()


@pytest.mark.parametrize("order", ["<", ">"])
def test_it_is_taken_from_the_beginning_of_a_file(order: str):
    preview = small_jpeg()
    head = (jpeg(tiff({0x0112: 6}, order=order, thumbnail=preview)) + bytes(HEAD_BYTES))[:HEAD_BYTES]
    assert exif_thumbnail(head) == preview
    assert exif_thumbnail(memoryview(head)) == preview
    assert exif_orientation(head) == 6


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xd8",
        b"\x89PNG\r\n\x1a\n" + bytes(100),
        jpeg(),
        jpeg(b""),
        jpeg(b"no tiff at all"),
        jpeg(tiff({0x0112: 1})),
        jpeg(tiff({}, thumbnail=b"")),
        jpeg(tiff({}, thumbnail=b"\xff\xd8\xff\xd9")),
        jpeg(tiff({}, thumbnail=bytes(5000))),
        jpeg(tiff({}, thumbnail=small_jpeg()[:-1000])),
    ],
    ids=range(11),
)
def test_there_is_none(data: bytes):
    assert exif_thumbnail(data) is None
    assert exif_orientation(data) == 1


def test_a_preview_beyond_the_end_is_none():
    whole = jpeg(tiff({}, thumbnail=small_jpeg()))
    assert exif_thumbnail(whole[:1000]) is None


def test_directories_that_lead_in_a_circle_end():
    data = bytearray(tiff({0x0112: 6}))
    struct.pack_into("<I", data, len(data) - 4, struct.unpack_from("<I", data, 4)[0])
    assert exif_thumbnail(jpeg(bytes(data))) is None


@needs_photos
def test_real_cameras():
    found = {
        path.name: exif_thumbnail(path.read_bytes()[:HEAD_BYTES])
        for path in (PHOTOS / "exif/jpg").rglob("*.jpg")
    }
    previews = {name: preview for name, preview in found.items() if preview}
    assert len(previews) >= 30
    for preview in previews.values():
        with Image.open(io.BytesIO(preview)) as picture:
            picture.load()
            assert max(picture.size) <= 640
    assert previews["Canon_40D.jpg"]
    assert previews["Ricoh_Caplio_RR330.jpg"], "which says that it is not compressed"
