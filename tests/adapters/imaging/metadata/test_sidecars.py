"""Sidecars and Google Takeout, and which source wins where several speak."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from imgsearch_desktop.adapters.imaging.metadata.sidecars import NO_SIDECARS, read_sidecars
from imgsearch_desktop.adapters.imaging.metadata.takeout import takeout_metadata
from imgsearch_desktop.domain.photo import DateSource, Exposure, GpsPosition
from tests.adapters.imaging.metadata.builders import Typed, bag, iptc, jpeg, rational, tiff, xmp
from tests.adapters.imaging.metadata.reading import metadata, taken

TAKEOUT = {
    "title": "IMG_1.jpg",
    "description": "At the sea\n with Ada",
    "photoTakenTime": {"timestamp": "1565181296", "formatted": "Aug 7, 2019, 12:34:56 PM UTC"},
    "creationTime": {"timestamp": "1600000000"},
    "geoData": {"latitude": 54.35, "longitude": 18.65, "altitude": 4.5, "latitudeSpan": 0.0},
    "geoDataExif": {"latitude": 1.0, "longitude": 2.0, "altitude": 0.0},
    "people": [{"name": "Ada"}, {"name": "Bo"}],
    "url": "https://photos.google.com/photo/1",
}


def write(path: Path, content: bytes | str | object) -> Path:
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        path.write_text(json.dumps(content))
    return path


class TestTakeout:
    def test_what_it_says(self, tmp_path: Path):
        found = metadata(jpeg(), sidecars=[write(tmp_path / "a.json", TAKEOUT)])
        assert found.date_taken is not None
        assert found.date_taken.source is DateSource.TAKEOUT
        assert found.gps == GpsPosition(54.35, 18.65, 4.5)
        assert found.keywords == ("Ada", "Bo")
        assert found.description == "At the sea\n with Ada"
        assert found.title is None, "the title is the file's name"

    def test_a_place_of_zeros_is_none_and_the_camera_s_is_taken(self, tmp_path: Path):
        said = {**TAKEOUT, "geoData": {"latitude": 0.0, "longitude": 0.0, "altitude": 0.0}}
        found = metadata(jpeg(), sidecars=[write(tmp_path / "a.json", said)])
        assert found.gps == GpsPosition(1.0, 2.0)

    @pytest.mark.parametrize(
        "data",
        [
            b"",
            b"{",
            b"[]",
            b"null",
            b"[" * 100_000,
            b'{"a":' * 100_000,
            b"\xff\xfe",
            b"1" * 5000,
            b'{"shapes": [], "imageData": "..."}',
            b'{"photoTakenTime": [], "geoData": 3, "people": {"name": "x"}, "description": ["x"]}',
            b'{"photoTakenTime": {"timestamp": {}}, "geoData": {"latitude": ""}, "people": [1, {"name": 2}]}',
            b'{"geoData": {"latitude": NaN, "longitude": Infinity}}',
        ],
    )
    def test_other_json_says_nothing(self, data: bytes):
        assert takeout_metadata(data) is None

    def test_half_a_surrogate_pair_does_not_reach_the_catalogue(self):
        found = takeout_metadata(b'{"description": "sea \\ud83d", "people": [{"name": "\\udc00"}]}')
        assert found is not None
        assert found.description is not None
        found.description.encode()
        assert all(keyword.encode() for keyword in found.keywords)


class TestFiles:
    def test_gone_empty_too_large_or_no_files_say_nothing(self, tmp_path: Path):
        os.mkfifo(tmp_path / "pipe.xmp")
        (tmp_path / "folder.json").mkdir()
        paths = [
            tmp_path / "gone.xmp",
            write(tmp_path / "empty.xmp", b""),
            write(tmp_path / "large.json", json.dumps({**TAKEOUT, "x": "y" * 1024 * 1024}).encode()),
            write(tmp_path / "large.xmp", xmp("<dc:title>" + "x" * 2 * 1024 * 1024 + "</dc:title>")),
            tmp_path / "pipe.xmp",
            tmp_path / "folder.json",
        ]
        assert read_sidecars([bytes(path) for path in paths]) == NO_SIDECARS

    def test_case_of_the_extension_does_not_matter(self, tmp_path: Path):
        found = read_sidecars(
            [
                bytes(write(tmp_path / "a.JSON", TAKEOUT)),
                bytes(write(tmp_path / "A.XMP", xmp("<dc:title>t</dc:title>"))),
            ]
        )
        assert (len(found.takeout), len(found.xmp)) == (1, 1)


class TestWhichSourceWins:
    EXIF = tiff(
        {
            0x9C9B: Typed(1, "exif title".encode("utf-16-le")),
            0x9C9E: Typed(1, "exif word".encode("utf-16-le")),
            0x010E: "exif description",
            0x4746: 1,
            0x010F: "Canon",
            0x0110: "EOS R5",
        },
        {0x9003: "2001:01:01 01:01:01", 0x829A: rational((1, 100)), 0xA434: "exif lens"},
        {2: rational((10, 1)), 4: rational((10, 1))},
    )
    XMP = xmp(
        "<dc:title>xmp title</dc:title><dc:description>xmp description</dc:description>"
        + bag("dc:subject", "xmp word"),
        'xmp:Rating="2" exif:GPSLatitude="20" exif:GPSLongitude="20" tiff:Make="Other" tiff:Model="Camera" '
        'exif:ExposureTime="1/2" exif:FNumber="4" aux:Lens="xmp lens"',
    )
    IPTC = iptc((2, 5, b"iptc title"), (2, 25, b"iptc word"), (2, 120, b"iptc description"))
    SIDECAR = xmp(
        "<dc:title>sidecar title</dc:title><dc:description>sidecar description</dc:description>"
        + bag("dc:subject", "sidecar word"),
        'xmp:Rating="3" photoshop:DateCreated="2005-05-05" exif:GPSLatitude="30" exif:GPSLongitude="30" '
        'tiff:Make="Third" tiff:Model="Camera" exif:FNumber="5.6"',
    )

    def test_a_sidecar_outranks_what_is_embedded_except_for_the_date_and_the_camera(self, tmp_path: Path):
        beside = [write(tmp_path / "a.xmp", self.SIDECAR), write(tmp_path / "a.json", TAKEOUT)]
        data = jpeg(self.EXIF, self.XMP, self.IPTC)
        found = metadata(data, sidecars=beside)
        assert (found.title, found.description, found.rating) == ("sidecar title", "sidecar description", 3)
        assert found.keywords == ("sidecar word", "Ada", "Bo")
        assert found.gps == GpsPosition(30.0, 30.0)
        assert taken(data, sidecars=beside).source is DateSource.EXIF
        assert (found.camera, found.lens, found.exposure) == (
            "Canon EOS R5",
            "exif lens",
            Exposure(0.01, 4.0),
        )

    def test_embedded_sources_in_their_order_and_their_keywords_together(self):
        found = metadata(jpeg(self.EXIF, self.XMP, self.IPTC))
        assert (found.title, found.description, found.rating) == ("xmp title", "xmp description", 2)
        assert found.keywords == ("xmp word", "iptc word", "exif word")
        assert found.gps == GpsPosition(10.0, 10.0)
        found = metadata(jpeg(self.EXIF, None, self.IPTC))
        assert (found.title, found.description, found.rating) == ("iptc title", "iptc description", 1)
        found = metadata(jpeg(self.EXIF))
        assert (found.title, found.description) == ("exif title", "exif description")

    def test_takeout_s_description_outranks_the_embedded_one_and_its_place_does_not(self, tmp_path: Path):
        found = metadata(jpeg(self.EXIF), sidecars=[write(tmp_path / "a.json", TAKEOUT)])
        assert found.description == "At the sea\n with Ada"
        assert found.title == "exif title"
        assert found.gps == GpsPosition(10.0, 10.0)
        assert found.keywords == ("exif word", "Ada", "Bo")

    def test_the_fuller_named_sidecar_outranks_the_other(self, tmp_path: Path):
        first = write(tmp_path / "a.jpg.xmp", xmp("<dc:title>first</dc:title>"))
        second = write(tmp_path / "a.xmp", xmp("<dc:title>second</dc:title>", 'xmp:Rating="5"'))
        found = metadata(jpeg(), sidecars=[first, second])
        assert (found.title, found.rating) == ("first", 5)

    def test_a_broken_sidecar_leaves_the_embedded_values(self, tmp_path: Path):
        beside = [write(tmp_path / "a.xmp", b"<x:xmpmeta"), write(tmp_path / "a.json", b"{")]
        assert metadata(jpeg(self.EXIF), sidecars=beside).title == "exif title"
