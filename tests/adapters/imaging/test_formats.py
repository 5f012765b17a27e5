"""Formats are told from content."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from imgsearch_desktop.adapters.imaging.formats import picture_format
from imgsearch_desktop.domain.errors import PhotoUnreadableError
from imgsearch_desktop.domain.photo import RAW_FORMATS
from tests.adapters.imaging.decoding import decoded, failure
from tests.support.pictures import FORMATS, dng, encoded, scene


def ftyp(major: bytes, *compatible: bytes) -> bytes:
    body = b"ftyp" + major + b"\0\0\0\0" + b"".join(compatible)
    return (len(body) + 4).to_bytes(4, "big") + body + b"\0" * 64


@pytest.mark.parametrize("image_format", FORMATS)
def test_every_written_format_is_recognised(image_format: str) -> None:
    assert picture_format(memoryview(encoded(scene(1, 64, 48), image_format))) == image_format


@pytest.mark.parametrize("image_format", FORMATS)
def test_the_name_of_the_file_does_not_matter(tmp_path: Path, image_format: str) -> None:
    path = tmp_path / "liar.png"
    path.write_bytes(encoded(scene(1, 64, 48), image_format))
    facts = decoded(path).facts
    assert facts is not None
    assert facts.format == image_format


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (ftyp(b"heic", b"mif1", b"heic"), "heic"),
        (ftyp(b"mif1", b"heic"), "heic"),
        (ftyp(b"msf1", b"hevc"), "heic"),
        (ftyp(b"avif", b"mif1", b"miaf"), "avif"),
        (ftyp(b"mif1", b"avif", b"miaf"), "avif"),
        (ftyp(b"avis", b"msf1"), "avif"),
        (ftyp(b"crx ", b"isom"), "cr3"),
        (b"\0\0\0\x0cJXL \r\n\x87\n" + b"\0" * 20, "jxl"),
        (b"\xff\x0a" + b"\0" * 20, "jxl"),
        (b"II*\0\x10\0\0\0CR\2\0" + b"\0" * 20, "cr2"),
        (b"FUJIFILMCCD-RAW 0201", "raf"),
        (b"IIRO\x08\0\0\0" + b"\0" * 20, "orf"),
        (b"IIU\0\x08\0\0\0" + b"\0" * 20, "rw2"),
        (b"FOVb" + b"\0" * 20, "x3f"),
        (b"II+\0\x08\0\0\0" + b"\0" * 20, "tiff"),
    ],
)
def test_signatures(head: bytes, expected: str) -> None:
    assert picture_format(memoryview(head)) == expected


@pytest.mark.parametrize(
    ("make", "expected"), [(b"NIKON CORP", "nef"), (b"SONY\0\0\0\0\0\0", "arw"), (b"Nobody\0\0\0\0", "raw")]
)
def test_raw_files_of_other_makers(make: bytes, expected: str) -> None:
    raw = dng(scene(1, 64, 48)).replace(b"ImgSearch\0", make[:9] + b"\0", 1)
    not_dng = raw.replace(b"\x12\xc6\x01\0\x04\0\0\0", b"\x11\xc6\x01\0\x04\0\0\0")
    assert not_dng != raw
    assert picture_format(memoryview(raw)) == "dng"
    assert picture_format(memoryview(not_dng)) == expected
    assert expected in RAW_FORMATS


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"Dear diary, no picture today." * 9, "not a picture"),
        (b"x", "not a picture"),
        (b"\n <!DOCTYPE html><html>404</html>", "web page"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"8BPS\0\1" + b"\0" * 20, "Photoshop"),
        (b"P6 2 2 255 " + b"\0" * 20, "Netpbm"),
        (b"PK\x03\x04" + b"\0" * 20, "archive"),
        (ftyp(b"isom", b"mp42"), "video"),
        (ftyp(b"qt  "), "video"),
        (ftyp(b"abcd"), "not a picture"),
        (b"BM this text begins like a bitmap", "not a picture"),
    ],
)
def test_what_is_no_picture_is_called_by_its_name(tmp_path: Path, data: bytes, words: str) -> None:
    with pytest.raises(PhotoUnreadableError, match=words):
        picture_format(memoryview(data))
    path = tmp_path / "liar.jpg"
    path.write_bytes(data)
    outcome = failure(path)
    assert words in outcome.reason
    assert not outcome.retry


def test_formats_beyond_the_ten_are_not_tried(tmp_path: Path) -> None:
    for name in ("ICO", "PPM", "TGA", "SGI", "PCX", "JPEG2000", "DDS"):
        buffer = io.BytesIO()
        scene(1, 48, 48).save(buffer, name)
        path = tmp_path / f"{name}.jpg"
        path.write_bytes(buffer.getvalue())
        assert "a format that" in failure(path).reason, name
