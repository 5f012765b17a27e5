"""What IPTC says, in the encodings of the programs that write it."""

from __future__ import annotations

import struct

import pytest

from imgsearch_desktop.adapters.imaging.metadata.iptc import iptc_metadata
from imgsearch_desktop.domain.photo import PhotoMetadata
from tests.adapters.imaging.metadata.builders import iptc, jpeg
from tests.adapters.imaging.metadata.reading import metadata

TITLE, KEYWORD, CAPTION = 5, 25, 120
UTF8 = (1, 90, b"\x1b%G")


def test_title_keywords_and_caption():
    data = iptc(
        (2, 0, b"\0\4"),
        (2, TITLE, b"The sea"),
        (2, KEYWORD, b"dog"),
        (2, KEYWORD, b"Dog"),
        (2, KEYWORD, b"sea"),
        (2, CAPTION, b"A dog by the sea"),
    )
    found = metadata(jpeg(iptc=data))
    assert (found.title, found.keywords, found.description) == ("The sea", ("dog", "sea"), "A dog by the sea")


@pytest.mark.parametrize(
    ("marker", "data", "text"),
    [
        ([UTF8], "Łódź 狗".encode(), "Łódź 狗"),
        ([], "Łódź 狗".encode(), "Łódź 狗"),
        ([], "Müßiggang".encode("latin-1"), "Müßiggang"),
        ([UTF8], "Müßiggang".encode("latin-1"), "Müßiggang"),
        ([(1, 90, b"\x1b.A")], "Müßiggang".encode("latin-1"), "Müßiggang"),
        ([], "„Müßiggang“".encode("cp1252"), "„Müßiggang“"),
    ],
)
def test_encodings(marker: list[tuple[int, int, bytes]], data: bytes, text: str):
    assert iptc_metadata(iptc(*marker, (2, KEYWORD, data))).keywords == (text,)


def test_utf8_cut_within_a_character_keeps_the_rest():
    found = iptc_metadata(iptc(UTF8, (2, TITLE, "Łódź".encode()[:-1])))
    assert found.title is not None
    assert found.title.startswith("Łód")


def test_the_camera_s_words_are_no_caption():
    assert iptc_metadata(iptc((2, CAPTION, b"OLYMPUS DIGITAL CAMERA"))).description is None


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x1c",
        b"\x1c\x02\x05",
        b"\x1c\x02\x05\xff\xff",
        b"\x1c\x02\x05\x80\x08" + b"\xff" * 8,
        b"\x1c\x02\x05\xff\xfe" + b"\xff" * 100,
        b"no datasets at all",
    ],
)
def test_what_is_no_iptc_says_nothing(data: bytes):
    assert iptc_metadata(data) == PhotoMetadata()


def test_a_truncated_dataset_gives_what_is_there():
    assert iptc_metadata(
        iptc((2, KEYWORD, b"whole")) + struct.pack(">BBBH", 0x1C, 2, KEYWORD, 100) + b"part"
    ).keywords == ("whole", "part")


def test_long_datasets_and_stray_bytes_before_the_first():
    long = struct.pack(">BBBHI", 0x1C, 2, CAPTION, 0x8004, 40_000) + b"word " * 8000
    found = iptc_metadata(b"\0\0" + long + iptc((2, KEYWORD, b"after")))
    assert found.keywords == ("after",)
    assert found.description is not None


def test_datasets_without_end_are_bounded():
    assert iptc_metadata(iptc((2, KEYWORD, b"")) * 200_000) == PhotoMetadata()
