"""What EXIF says, from structures made byte by byte."""

from __future__ import annotations

import pytest

from imgsearch_desktop.domain.photo import Exposure, GpsPosition
from tests.adapters.imaging.metadata.builders import Typed, Value, jpeg, rational, tiff
from tests.adapters.imaging.metadata.reading import metadata, read

MAKE, MODEL, ORIENTATION, DESCRIPTION, RATING, RATING_PERCENT = 0x010F, 0x0110, 0x0112, 0x010E, 0x4746, 0x4749
XP_TITLE, XP_COMMENT, XP_KEYWORDS = 0x9C9B, 0x9C9C, 0x9C9E
TIME, SHUTTER, F_NUMBER, APERTURE, ISO, ISO_SPEED, FOCAL_LENGTH = (
    0x829A,
    0x9201,
    0x829D,
    0x9202,
    0x8827,
    0x8833,
    0x920A,
)
USER_COMMENT, LENS = 0x9286, 0xA434
NORTH, LATITUDE, EAST, LONGITUDE, BELOW, ALTITUDE = 1, 2, 3, 4, 5, 6


def xp(text: str) -> Typed:
    return Typed(1, text.encode("utf-16-le") + b"\0\0")


@pytest.mark.parametrize("order", ["<", ">"])
def test_everything_at_once_in_either_byte_order(order: str):
    exif = tiff(
        {MAKE: "Canon", MODEL: "Canon EOS 40D", ORIENTATION: 6, RATING: 4, DESCRIPTION: "At the sea"},
        {
            TIME: rational((1, 160)),
            F_NUMBER: rational((71, 10)),
            ISO: 100,
            FOCAL_LENGTH: rational((135, 1)),
            LENS: "EF 24-105mm f/4L IS II USM",
        },
        {
            NORTH: "N",
            LATITUDE: rational((43, 1), (28, 1), (281400000, 100000000)),
            EAST: "W",
            LONGITUDE: rational((11, 1)),
        },
        order=order,
    )
    reading = read(jpeg(exif))
    assert reading.orientation == 6
    assert reading.metadata.camera == "Canon EOS 40D"
    assert reading.metadata.lens == "EF 24-105mm f/4L IS II USM"
    assert reading.metadata.exposure == Exposure(1 / 160, 7.1, 100, 135.0)
    assert reading.metadata.gps is not None
    assert reading.metadata.gps.latitude == pytest.approx(43.467448)
    assert reading.metadata.gps.longitude == -11.0
    assert reading.metadata.description == "At the sea"
    assert reading.metadata.rating == 4


@pytest.mark.parametrize(
    ("make", "model", "camera"),
    [
        ("Canon", "Canon EOS 40D", "Canon EOS 40D"),
        ("Canon", "EOS R5", "Canon EOS R5"),
        ("NIKON CORPORATION", "NIKON D70", "NIKON D70"),
        ("NIKON CORPORATION", "COOLPIX P1", "NIKON COOLPIX P1"),
        ("EASTMAN KODAK COMPANY", "KODAK CX7530 ZOOM DIGITAL CAMERA", "KODAK CX7530 ZOOM DIGITAL CAMERA"),
        ("OLYMPUS OPTICAL CO.,LTD", "C960Z,D460Z", "OLYMPUS C960Z,D460Z"),
        ("SANYO Electric Co.,Ltd.", "SX113 ", "SANYO SX113"),
        ("Minolta Co., Ltd.", "DiMAGE 7", "Minolta DiMAGE 7"),
        ("Konica Minolta Camera, Inc.", "DiMAGE Z3", "Konica Minolta Camera DiMAGE Z3"),
        ("Canon\0junk", "\0", "Canon"),
        ("   ", "  DSC-1 ", "DSC-1"),
        ("", "", None),
        ("Company", "X", "Company X"),
    ],
)
def test_maker_and_model_become_one_name(make: str, model: str, camera: str | None):
    assert metadata(jpeg(tiff({MAKE: make, MODEL: model}))).camera == camera


@pytest.mark.parametrize("lens", ["----", "", "   ", "0.0 mm f/0.0", "f/0.0", "Unknown", "0"])
def test_a_lens_the_camera_does_not_know_is_none(lens: str):
    assert metadata(jpeg(tiff({}, {LENS: lens}))).lens is None


@pytest.mark.parametrize(
    ("value", "orientation"), [(1, 1), (8, 8), (0, 1), (9, 1), (65535, 1), ("6", 1), (Typed(1, b"\x03"), 3)]
)
def test_orientations_that_do_not_exist_are_upright(value: Value, orientation: int):
    assert read(jpeg(tiff({ORIENTATION: value}))).orientation == orientation


class TestExposure:
    @pytest.mark.parametrize(
        ("photo", "exposure"),
        [
            ({TIME: rational((0, 0))}, Exposure()),
            (
                {TIME: rational((0, 1)), F_NUMBER: rational((0, 1)), ISO: 0, FOCAL_LENGTH: rational((0, 1))},
                Exposure(),
            ),
            ({TIME: rational((4294967295, 1)), FOCAL_LENGTH: rational((4294967295, 1))}, Exposure()),
            ({SHUTTER: rational((5, 1)), APERTURE: rational((4, 1))}, Exposure(1 / 32, 4.0)),
            ({TIME: rational((0, 0)), SHUTTER: rational((3, 1))}, Exposure(1 / 8)),
            ({SHUTTER: rational((4000, 1)), APERTURE: rational((4000, 1))}, Exposure()),
            ({ISO: 65535, ISO_SPEED: 102400}, Exposure(iso=102400)),
            ({ISO: Typed(2, b"400\0")}, Exposure()),
            ({TIME: rational((30, 1)), ISO: 3200}, Exposure(30.0, None, 3200)),
        ],
    )
    def test_odd_figures(self, photo: dict[int, Value], exposure: Exposure):
        assert metadata(jpeg(tiff({}, photo))).exposure == exposure


class TestGps:
    def position(self, **gps: Value) -> GpsPosition | None:
        tags = {"n": NORTH, "lat": LATITUDE, "e": EAST, "lon": LONGITUDE, "below": BELOW, "alt": ALTITUDE}
        return metadata(jpeg(tiff({}, {}, {tags[name]: value for name, value in gps.items()}))).gps

    def test_south_and_west_are_negative_and_depths_too(self):
        found = self.position(
            n="S", lat=rational((33, 1), (30, 1), (0, 1)), e="W", lon=rational((70, 1), (0, 1), (36, 1)),
            below=Typed(1, b"\1"), alt=rational((25, 2)),
        )  # fmt: skip
        assert found == GpsPosition(-33.5, -70.01, -12.5)

    @pytest.mark.parametrize(
        ("latitude", "longitude"),
        [
            (rational((0, 1), (0, 1), (0, 1)), rational((0, 1), (0, 1), (0, 1))),
            (rational((0, 0), (0, 0), (0, 0)), rational((0, 0), (0, 0), (0, 0))),
            (rational((91, 1)), rational((10, 1))),
            (rational((10, 1)), rational((181, 1))),
            (rational((4294967295, 1)), rational((10, 1))),
            (rational(), rational((10, 1))),
            ("48", "11"),
        ],
    )
    def test_places_that_are_none(self, latitude: Value, longitude: Value):
        assert self.position(n="N", lat=latitude, e="E", lon=longitude) is None

    def test_half_a_position_is_none(self):
        assert self.position(n="N", lat=rational((48, 1))) is None

    def test_zero_on_one_axis_alone_is_a_place(self):
        assert self.position(lat=rational((0, 1)), lon=rational((10, 1))) == GpsPosition(0.0, 10.0)

    def test_seconds_without_a_denominator_are_left_out(self):
        found = self.position(
            n="N", lat=rational((48, 1), (30, 1), (0, 0)), e="E", lon=rational((11, 1), (0, 0), (0, 0))
        )
        assert found == GpsPosition(48.5, 11.0)

    @pytest.mark.parametrize("altitude", [rational((0, 0)), rational((4294967295, 1))])
    def test_an_impossible_height_is_left_out_alone(self, altitude: Value):
        assert self.position(lat=rational((1, 1)), lon=rational((1, 1)), alt=altitude) == GpsPosition(
            1.0, 1.0
        )


class TestWords:
    @pytest.mark.parametrize(
        "text",
        [
            "OLYMPUS DIGITAL CAMERA",
            "OLYMPUS DIGITAL CAMERA         ",
            "SONY DSC",
            "SAMSUNG",
            "MINOLTA DIGITAL CAMERA",
            "DCF 1.0",
            "Exif_JPEG_PICTURE",
            "DIGITAL CAMERA",
            "<KENOX S630  / Samsung S630>",
            "cof_soft",
            "oznorCOR",
            "Created with GIMP",
            "File written by Adobe Photoshop\u00a8 5.0",
            "binary comment",
            "User comments",
            "...",
            " \0 ",
            "a5cb01550dbb9a6bf732f87e413f6e231cc4581e",
        ],
    )
    def test_what_cameras_and_programs_write_is_no_description(self, text: str):
        assert metadata(jpeg(tiff({DESCRIPTION: text}))).description is None
        assert metadata(jpeg(tiff({}, {USER_COMMENT: b"ASCII\0\0\0" + text.encode()}))).description is None

    def test_the_camera_s_own_name_is_no_description(self):
        assert metadata(jpeg(tiff({DESCRIPTION: "WWL", MAKE: "WWL", MODEL: "ION230"}))).description is None

    @pytest.mark.parametrize(
        "text", ["Our new digital camera, a gift", "Samsung's tower", "Default risk", "Screenshot"]
    )
    def test_what_people_write_is(self, text: str):
        assert metadata(jpeg(tiff({DESCRIPTION: text}))).description == text

    @pytest.mark.parametrize(
        ("data", "text"),
        [
            ("Straße in Łódź".encode(), "Straße in Łódź"),
            ("Straße".encode("latin-1"), "Straße"),
            ("„Straße“ – €5".encode("cp1252"), "„Straße“ – €5"),
            (b"first\0second", "first"),
            (b"line one\nline two", "line one\nline two"),
            (b"bell \x07 and escape \x1b", "bell  and escape"),
            (b"", None),
        ],
    )
    def test_encodings_of_the_description(self, data: bytes, text: str | None):
        assert metadata(jpeg(tiff({DESCRIPTION: Typed(2, data + b"\0")}))).description == text

    @pytest.mark.parametrize("order", ["<", ">"])
    @pytest.mark.parametrize(
        "data",
        [
            b"ASCII\0\0\0by the lake",
            b"\0\0\0\0\0\0\0\0by the lake\0\0\0",
            b"UNICODE\0" + "by the lake".encode("utf-16-le"),
            b"UNICODE\0" + "by the lake".encode("utf-16-be"),
            b"UNICODE\0" + "by the lake".encode("utf-16"),
            b"by the lake",
        ],
    )
    def test_user_comments_in_every_character_set(self, order: str, data: bytes):
        assert metadata(jpeg(tiff({}, {USER_COMMENT: data}, order=order))).description == "by the lake"

    def test_user_comments_beyond_ascii(self):
        japanese = b"JIS\0\0\0\0\0" + "湖のほとり".encode("iso2022_jp")
        assert metadata(jpeg(tiff({}, {USER_COMMENT: japanese}))).description == "湖のほとり"
        for order, encoding in (("<", "utf-16-le"), (">", "utf-16-be")):
            chinese = b"UNICODE\0" + "在湖边 with us".encode(encoding)
            assert (
                metadata(jpeg(tiff({}, {USER_COMMENT: chinese}, order=order))).description == "在湖边 with us"
            )

    def test_binary_user_comments_are_none(self):
        assert metadata(jpeg(tiff({}, {USER_COMMENT: bytes(range(128, 256)) * 4}))).description is None

    def test_the_description_outranks_the_comments(self):
        image: dict[int, Value] = {DESCRIPTION: "described", XP_COMMENT: xp("commented")}
        photo: dict[int, Value] = {USER_COMMENT: b"ASCII\0\0\0said by the user"}
        assert metadata(jpeg(tiff(image, photo))).description == "described"
        assert metadata(jpeg(tiff({XP_COMMENT: xp("commented")}, photo))).description == "said by the user"
        assert metadata(jpeg(tiff({XP_COMMENT: xp("commented")}))).description == "commented"

    @pytest.mark.parametrize("order", ["<", ">"])
    def test_what_windows_writes(self, order: str):
        image: dict[int, Value] = {
            XP_TITLE: xp("Łódź 狗"),
            XP_KEYWORDS: xp("dog; Łódź;;DOG ;狗"),
            RATING_PERCENT: 75,
        }
        found = metadata(jpeg(tiff(image, order=order)))
        assert found.title == "Łódź 狗"
        assert found.keywords == ("dog", "Łódź", "狗")
        assert found.rating == 4

    def test_half_a_surrogate_pair_does_not_reach_the_catalogue(self):
        found = metadata(jpeg(tiff({XP_TITLE: Typed(1, b"a\0\x3d\xd8b\0")})))
        assert found.title is not None
        found.title.encode()

    def test_endless_texts_are_cut(self):
        found = metadata(jpeg(tiff({DESCRIPTION: "word " * 10_000})))
        assert found.description is not None
        assert 9_000 < len(found.description) <= 10_000


@pytest.mark.parametrize(
    ("percent", "stars"),
    [(0, 0), (1, 1), (25, 2), (50, 3), (75, 4), (99, 5), (100, 5), (101, None), (60000, None)],
)
def test_ratings_in_percent(percent: int, stars: int | None):
    assert metadata(jpeg(tiff({RATING_PERCENT: percent}))).rating == stars


def test_stars_outrank_percent_unless_they_are_nonsense():
    assert metadata(jpeg(tiff({RATING: 2, RATING_PERCENT: 99}))).rating == 2
    assert metadata(jpeg(tiff({RATING: 77, RATING_PERCENT: 99}))).rating == 5
    assert metadata(jpeg(tiff({RATING: 77}))).rating is None
