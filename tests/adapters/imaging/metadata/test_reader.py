"""The reader as a whole: fast enough to be called for every photo, and never the reason that one is lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import FrozenInstanceError

import pytest

from imgsearch_desktop.adapters.imaging.metadata import reader
from imgsearch_desktop.domain.photo import DateSource, PhotoMetadata
from tests.adapters.imaging.metadata.builders import iptc, jpeg, tiff, xmp
from tests.adapters.imaging.metadata.reading import read

WHOLE = jpeg(tiff({0x0110: "EOS R5", 0x0112: 6}), xmp("<dc:title>the sea</dc:title>"), iptc((2, 25, b"dog")))


def test_a_photo_that_says_nothing_has_its_file_time():
    found = read(jpeg())
    assert found.orientation == 1
    assert found.metadata.date_taken is not None
    assert found.metadata == PhotoMetadata(date_taken=found.metadata.date_taken)
    assert found.metadata.date_taken.source is DateSource.FILE_TIME


def test_a_reading_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        read(WHOLE).orientation = 3  # type: ignore[misc]


def test_views_are_read_like_bytes():
    assert read(memoryview(WHOLE)) == read(WHOLE)
    assert read(memoryview(b"?" + WHOLE)[1:]) == read(WHOLE)


@pytest.mark.parametrize(
    "part", ["extract_embedded", "read_exif", "exif_metadata", "parse_xmp", "iptc_metadata"]
)
def test_a_fault_of_our_own_costs_one_source_and_is_logged(
    part: str, monkeypatch: pytest.MonkeyPatch, expect_log: Callable[[str], None]
):
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(reader, part, fail)
    expect_log("source of metadata")
    found = read(WHOLE).metadata
    assert found.date_taken is not None
    survivors = [found.camera, found.title, found.keywords]
    assert survivors.count(None) + survivors.count(()) == (3 if part == "extract_embedded" else 1)
