"""What XMP says, in the spellings of the programs that write it."""

from __future__ import annotations

import time

import pytest

from imgsearch_desktop.adapters.imaging.metadata.containers.blocks import LARGEST_XMP
from imgsearch_desktop.adapters.imaging.metadata.xmp import xmp_metadata
from imgsearch_desktop.adapters.imaging.metadata.xmp_packet import parse_xmp
from imgsearch_desktop.domain.photo import Exposure, PhotoMetadata
from tests.adapters.imaging.metadata.builders import bag, xmp


def said(inner: str = "", attributes: str = "") -> PhotoMetadata:
    packet = parse_xmp(xmp(inner, attributes))
    assert packet is not None
    return xmp_metadata(packet)


def test_keywords_of_all_programs_without_repeats_in_their_order():
    inner = (
        bag("dc:subject", "Sea", "dog", "DOG", " ", "Łódź")
        + bag("lr:hierarchicalSubject", "Animals|Pets|Dog", "Places|Poland|Gdańsk")
        + bag("digiKam:TagsList", "Animals/Pets/Cat", "sea", kind="Seq")
        + bag("MicrosoftPhoto:LastKeywordXMP", "People/Ada")
    )
    assert said(inner).keywords == ("Sea", "dog", "Łódź", "Gdańsk", "Cat", "Ada")


def test_names_of_marked_faces_are_keywords():
    inner = (
        '<mwg-rs:Regions rdf:parseType="Resource"><mwg-rs:RegionList><rdf:Bag>'
        '<rdf:li><rdf:Description mwg-rs:Name="Ada" mwg-rs:Type="Face"/></rdf:li>'
        '<rdf:li rdf:parseType="Resource"><mwg-rs:Name>Bo</mwg-rs:Name>'
        "<mwg-rs:Type>Face</mwg-rs:Type></rdf:li>"
        '<rdf:li><rdf:Description mwg-rs:Name="Label on a wall" mwg-rs:Type="BarCode"/></rdf:li>'
        "</rdf:Bag></mwg-rs:RegionList></mwg-rs:Regions>"
    )
    assert said(bag("dc:subject", "bo") + inner).keywords == ("bo", "Ada")


def test_title_and_description_in_the_default_language():
    def languages(name: str) -> str:
        return (
            f'<{name}><rdf:Alt><rdf:li xml:lang="fr-FR">la mer</rdf:li>'
            f'<rdf:li xml:lang="x-default">the sea</rdf:li></rdf:Alt></{name}>'
        )

    found = said(languages("dc:title") + languages("dc:description"))
    assert (found.title, found.description) == ("the sea", "the sea")


@pytest.mark.parametrize(
    "inner",
    [
        "<dc:title>the sea</dc:title>",
        "<dc:title><rdf:Alt><rdf:li>the sea</rdf:li></rdf:Alt></dc:title>",
        "<dc:title><rdf:Alt><rdf:li> </rdf:li><rdf:li> the\n sea </rdf:li></rdf:Alt></dc:title>",
        '<dc:title rdf:parseType="Resource"><rdf:value>the sea</rdf:value></dc:title>',
        "<dc:title><rdf:Description><rdf:value>the sea</rdf:value></rdf:Description></dc:title>",
        "<dc:title><rdf:Description rdf:value='the sea'/></dc:title>",
    ],
)
def test_spellings_of_a_value(inner: str):
    assert said(inner).title == "the sea"


def test_what_cameras_write_is_no_description():
    assert said(bag("dc:description", "OLYMPUS DIGITAL CAMERA", kind="Alt")).description is None
    assert (
        said(
            bag("dc:description", "   ", kind="Alt") + bag("exif:UserComment", "ours", kind="Alt")
        ).description
        == "ours"
    )


@pytest.mark.parametrize(
    ("rating", "stars"),
    [
        ("-1", -1),
        ("0", 0),
        ("3", 3),
        ("5", 5),
        ("4.0", 4),
        ("6", None),
        ("-2", None),
        ("five", None),
        ("nan", None),
        ("1e400", None),
    ],
)
def test_ratings(rating: str, stars: int | None):
    assert said(attributes=f'xmp:Rating="{rating}"').rating == stars
    assert said(f"<xmp:Rating>{rating}</xmp:Rating>").rating == stars


def test_a_rating_in_percent_where_there_are_no_stars():
    assert said(attributes='MicrosoftPhoto:Rating="75"').rating == 4
    assert said(attributes='MicrosoftPhoto:Rating="75" xmp:Rating="2"').rating == 2


@pytest.mark.parametrize(
    ("latitude", "longitude", "expected"),
    [
        ("40,14.0786450N", "76,17.2284900W", (40.234644, -76.287142)),
        ("33,30,36S", "70,0,36E", (-33.51, 70.01)),
        ("-33.5", "70.25", (-33.5, 70.25)),
    ],
)
def test_positions(latitude: str, longitude: str, expected: tuple[float, float]):
    found = said(attributes=f'exif:GPSLatitude="{latitude}" exif:GPSLongitude="{longitude}"').gps
    assert found is not None
    assert (found.latitude, found.longitude) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [("0,0.0N", "0,0.0E"), ("91,0N", "10,0E"), ("north", "east"), ("", ""), ("nan", "1")],
)
def test_places_that_are_none(latitude: str, longitude: str):
    assert said(attributes=f'exif:GPSLatitude="{latitude}" exif:GPSLongitude="{longitude}"').gps is None


def test_depths_and_references_apart():
    found = said(
        attributes='exif:GPSLatitude="10.5" exif:GPSLatitudeRef="S" exif:GPSLongitude="20,30" '
        'exif:GPSLongitudeRef="W" exif:GPSAltitude="25/2" exif:GPSAltitudeRef="1"'
    )
    assert found.gps is not None
    assert found.gps.altitude_m == -12.5
    assert found.gps.longitude == -20.5


def test_exposure_camera_and_lens():
    found = said(
        bag("exif:ISOSpeedRatings", "160", kind="Seq"),
        'exif:ExposureTime="1/1250" exif:FNumber="28/10" exif:FocalLength="6000/1000" '
        'tiff:Make="Canon" tiff:Model="Canon PowerShot SX120 IS" aux:Lens="6.0-60.0 mm"',
    )
    assert found.exposure == Exposure(1 / 1250, 2.8, 160, 6.0)
    assert (found.camera, found.lens) == ("Canon PowerShot SX120 IS", "6.0-60.0 mm")
    assert said(attributes='exif:ExposureTime="1/0" exif:FNumber="inf"').exposure == Exposure()


class TestPackets:
    TITLE = "<dc:title>Müßiggang 狗</dc:title>"

    def title(self, data: bytes) -> str | None:
        packet = parse_xmp(data)
        return xmp_metadata(packet).title if packet else None

    def test_with_and_without_wrapping(self):
        assert self.title(xmp(self.TITLE)) == "Müßiggang 狗"
        assert self.title(xmp(self.TITLE, wrapped=False)) == "Müßiggang 狗"
        assert self.title(xmp(self.TITLE) + bytes(500)) == "Müßiggang 狗"
        assert self.title(b"\0\0junk" + xmp(self.TITLE) + b"more junk") == "Müßiggang 狗"

    @pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
    def test_in_other_encodings(self, encoding: str):
        assert self.title(xmp(self.TITLE).decode().replace("\ufeff", "").encode(encoding)) == "Müßiggang 狗"

    def test_latin_1_that_says_it_is_utf8(self):
        text = xmp("<dc:title>Müßiggang</dc:title>", wrapped=False).decode()
        assert self.title(text.encode("latin-1")) == "Müßiggang"

    def test_a_sidecar_with_a_declaration(self):
        assert (
            self.title(b'<?xml version="1.0" encoding="UTF-8"?>\n' + xmp(self.TITLE, wrapped=False))
            == "Müßiggang 狗"
        )
        latin = xmp("<dc:title>Müßiggang</dc:title>", wrapped=False).decode().encode("latin-1")
        assert self.title(b'<?xml version="1.0" encoding="ISO-8859-1"?>\n' + latin) == "Müßiggang"

    @pytest.mark.parametrize(
        "data",
        [
            b"",
            b"\0" * 100,
            b"not xml",
            b"<x:xmpmeta",
            b"<a><b></a></b>",
            b'<?xml version="1.0" encoding="utf-7"?><a/>',
            b'<?xml version="1.0" encoding="rot13"?><a/>',
            b'<?xml version="1.0" encoding="no-such"?><a/>',
            b"<a>" * 100_000,
        ],
    )
    def test_what_is_no_packet_says_nothing(self, data: bytes):
        packet = parse_xmp(data)
        assert packet is None or xmp_metadata(packet) == PhotoMetadata()

    def test_entities_are_never_expanded(self, tmp_path):
        secret = tmp_path / "secret"
        secret.write_text("secret")
        laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
        for declaration in (
            f'<!ENTITY l0 "ha">{laughs}<!ENTITY x "&l9;">',
            f'<!ENTITY x SYSTEM "file://{secret}">',
            '<!ENTITY x "harmless">',
        ):
            data = f"<!DOCTYPE a [{declaration}]>".encode() + xmp("<dc:title>&x;</dc:title>", wrapped=False)
            begin = time.process_time()
            assert self.title(data) is None
            assert time.process_time() - begin < 2

    def test_nesting_without_end_does_not_exhaust_anything(self):
        deep = xmp(f"<dc:title>{'<dc:a>' * 50_000}{'</dc:a>' * 50_000}</dc:title>")
        assert self.title(deep) is None

    def test_packets_beyond_the_limit_are_left_alone(self):
        assert self.title(xmp(self.TITLE + "<dc:rights>" + "x" * LARGEST_XMP + "</dc:rights>")) is None

    def test_endless_keywords_are_cut(self):
        assert 0 < len(said(bag("dc:subject", *(f"word{n}" for n in range(5000)))).keywords) <= 1000
        assert len(said(bag("dc:subject", "long" * 1000)).keywords[0]) <= 200
