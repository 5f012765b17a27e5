"""The picture hash survives edited metadata and nothing else."""

from __future__ import annotations

import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imgsearch_desktop.adapters.imaging.picture_hash import digest, picture_hash
from tests.support.pictures import encoded, exif_bytes, scene

PICTURE = scene(5, 48, 32)
JPEG, PNG, WEBP = (encoded(PICTURE, name) for name in ("jpeg", "png", "webp"))
PAYLOAD = st.binary(max_size=200)


def hash_of(data: bytes, image_format: str) -> bytes:
    return picture_hash(memoryview(data), image_format, digest(data))


def jpeg_segments(data: bytes) -> tuple[list[bytes], bytes]:
    """Segments after SOI up to the scan, and the scan to the end."""
    segments, at = [], 2
    while data[at + 1] != 0xDA:
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        segments.append(data[at:end])
        at = end
    return segments, data[at:]


def jpeg_with(extra: list[tuple[int, int, bytes]]) -> bytes:
    """The picture with further segments: place among the others, marker, payload."""
    segments, scan = jpeg_segments(JPEG)
    for place, marker, payload in extra:
        length = (len(payload) + 2).to_bytes(2, "big")
        segments.insert(place % (len(segments) + 1), bytes([0xFF, marker]) + length + payload)
    return JPEG[:2] + b"".join(segments) + scan


def png_chunk(kind: bytes, payload: bytes) -> bytes:
    return struct.pack(">I4s", len(payload), kind) + payload + struct.pack(">I", zlib.crc32(kind + payload))


def riff_chunk(kind: bytes, payload: bytes) -> bytes:
    return struct.pack("<4sI", kind, len(payload)) + payload + b"\0" * (len(payload) % 2)


METADATA_MARKERS = st.sampled_from([*range(0xE0, 0xEE), 0xEF, 0xFE])


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 50), METADATA_MARKERS, PAYLOAD), max_size=4), PAYLOAD)
def test_jpeg_metadata_do_not_count(extra: list[tuple[int, int, bytes]], trailer: bytes) -> None:
    edited = jpeg_with(extra) + trailer
    assert hash_of(edited, "jpeg") == hash_of(JPEG, "jpeg") != digest(JPEG)


@settings(deadline=None, max_examples=60)
@given(st.integers(0, len(JPEG) - 1), st.integers(1, 255))
def test_jpeg_payload_counts(position: int, change: int) -> None:
    segments, _ = jpeg_segments(JPEG)
    jfif = range(2, 2 + len(segments[0]))
    altered = bytearray(JPEG)
    altered[position] ^= change
    if position < 2 or position in jfif or position >= len(JPEG) - 2:
        return
    assert hash_of(bytes(altered), "jpeg") != hash_of(JPEG, "jpeg")


def test_the_colour_transform_counts() -> None:
    adobe = jpeg_with([(0, 0xEE, b"Adobe\0\x64\0\0\0\0\1")])
    assert hash_of(adobe, "jpeg") != hash_of(JPEG, "jpeg")


def test_a_second_picture_behind_the_first_does_not_count() -> None:
    assert hash_of(JPEG + encoded(scene(6), "jpeg"), "jpeg") == hash_of(JPEG, "jpeg")


def test_progressive_jpeg_counts_every_scan() -> None:
    import io

    buffer = io.BytesIO()
    PICTURE.save(buffer, "JPEG", progressive=True)
    data = buffer.getvalue()
    last_scan = data.rindex(b"\xff\xda")
    altered = data[: last_scan + 14] + bytes([data[last_scan + 14] ^ 1]) + data[last_scan + 15 :]
    assert hash_of(altered, "jpeg") != hash_of(data, "jpeg")
    assert hash_of(data + b"trailer", "jpeg") == hash_of(data, "jpeg")


@settings(deadline=None, max_examples=40)
@given(PAYLOAD, st.sampled_from([b"tEXt", b"iTXt", b"zTXt", b"eXIf", b"tIME", b"iCCP", b"pHYs"]))
def test_png_metadata_do_not_count(payload: bytes, kind: bytes) -> None:
    edited = PNG[:33] + png_chunk(kind, payload) + PNG[33:]
    assert hash_of(edited, "png") == hash_of(PNG, "png") != digest(PNG)


def test_png_cut_into_other_chunks_is_the_same_picture() -> None:
    at = PNG.index(b"IDAT")
    length = int.from_bytes(PNG[at - 4 : at], "big")
    data = PNG[at + 4 : at + 4 + length]
    parts = png_chunk(b"IDAT", data[:7]) + png_chunk(b"IDAT", data[7:])
    recut = PNG[: at - 4] + parts + PNG[at + 8 + length :]
    assert hash_of(recut, "png") == hash_of(PNG, "png")


@pytest.mark.parametrize("kind", [b"tRNS", b"PLTE"])
def test_png_chunks_that_change_pixels_count(kind: bytes) -> None:
    edited = PNG[:33] + png_chunk(kind, b"\0\1\2") + PNG[33:]
    assert hash_of(edited, "png") != hash_of(PNG, "png")


@settings(deadline=None, max_examples=40)
@given(PAYLOAD, st.sampled_from([b"EXIF", b"XMP ", b"ICCP"]))
def test_webp_metadata_do_not_count(payload: bytes, kind: bytes) -> None:
    body = riff_chunk(b"VP8X", b"\x08" + b"\0" * 9) + WEBP[12:] + riff_chunk(kind, payload)
    edited = b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body
    assert hash_of(edited, "webp") == hash_of(WEBP, "webp") != digest(WEBP)


@settings(deadline=None, max_examples=40)
@given(st.integers(20, len(WEBP) - 1), st.integers(1, 255))
def test_webp_payload_counts(position: int, change: int) -> None:
    altered = bytearray(WEBP)
    altered[position] ^= change
    assert hash_of(bytes(altered), "webp") != hash_of(WEBP, "webp")


@pytest.mark.parametrize("image_format", ["jpeg", "png", "webp"])
def test_pillow_adding_exif_keeps_the_payload(image_format: str) -> None:
    """A real writer, not only segments put in by hand."""
    plain = encoded(PICTURE, image_format)
    with_exif = encoded(PICTURE, image_format, exif_bytes(orientation=6, make="Somebody"))
    assert plain != with_exif
    assert hash_of(with_exif, image_format) == hash_of(plain, image_format)


@settings(deadline=None, max_examples=80)
@given(st.sampled_from(["jpeg", "png", "webp"]), st.data())
def test_damaged_structures_fall_back_to_the_file(image_format: str, data: st.DataObject) -> None:
    whole = {"jpeg": JPEG, "png": PNG, "webp": WEBP}[image_format]
    cut = whole[: data.draw(st.integers(0, len(whole) - 3))]
    assert hash_of(cut, image_format) == digest(cut)


@settings(deadline=None, max_examples=80)
@given(st.sampled_from(["jpeg", "png", "webp", "gif"]), st.binary(max_size=300))
def test_any_bytes_have_a_hash(image_format: str, data: bytes) -> None:
    assert len(hash_of(data, image_format)) == 16


def test_other_formats_use_the_file() -> None:
    data = encoded(PICTURE, "gif")
    assert hash_of(data, "gif") == digest(data)
