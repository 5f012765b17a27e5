"""When a photo was taken: every source in its order, and every date that cannot be refused."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from imgsearch_desktop.adapters.imaging.metadata.dates import from_utc, now_here, parse_date, parse_offset
from imgsearch_desktop.adapters.imaging.metadata.reader import read_metadata
from imgsearch_desktop.domain.photo import DateSource
from tests.adapters.imaging.metadata.builders import Value, iptc, jpeg, rational, tiff, xmp
from tests.adapters.imaging.metadata.reading import taken, when

ORIGINAL, ORIGINAL_OFFSET, DIGITISED, CHANGED, GPS_DAY, GPS_CLOCK = 0x9003, 0x9011, 0x9004, 0x0132, 29, 7
FILE_TIME = ("2022-03-04 05:06:07", 0, "file time")


@pytest.fixture(autouse=True)
def _in_greenwich(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def _in_tokyo(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "JST-9")
    time.tzset()


def takeout(folder: Path, timestamp: object) -> Path:
    path = folder / "photo.jpg.json"
    path.write_text(json.dumps({"photoTakenTime": {"timestamp": timestamp, "formatted": "..."}}))
    return path


def test_sources_in_their_order(tmp_path: Path):
    """Each round takes away the best source that is left."""
    photo: dict[int, Value] = {ORIGINAL: "2001:01:01 01:01:01", DIGITISED: "2007:07:07 07:07:07"}
    image: dict[int, Value] = {CHANGED: "2011:11:11 11:11:11"}
    gps: dict[int, Value] = {GPS_DAY: "2008:08:08", GPS_CLOCK: rational((8, 1), (8, 1), (8, 1))}
    packet = {
        "photoshop:DateCreated": "2002-02-02T02:02:02",
        "exif:DateTimeOriginal": "2003-03-03T03:03:03",
        "xmp:CreateDate": "2004-04-04T04:04:04",
    }
    datasets = [(2, 55, b"20060606"), (2, 60, b"060606+0000")]
    beside = [takeout(tmp_path, "1252487349")]
    name = "IMG_20101010_101010.jpg"
    found = []

    def note() -> None:
        attributes = " ".join(f'{key}="{value}"' for key, value in packet.items())
        data = jpeg(tiff(image, photo, gps), xmp(attributes=attributes), iptc(*datasets))
        found.append(when(taken(data, name, beside)))

    note()
    del photo[ORIGINAL]
    for key in list(packet):
        note()
        del packet[key]
    note()
    datasets.clear()
    note()
    photo.clear()
    note()
    gps.clear()
    note()
    beside.clear()
    note()
    name = "photo.jpg"
    note()
    image.clear()
    note()
    assert found == [
        ("2001-01-01 01:01:01", None, "exif"),
        ("2002-02-02 02:02:02", None, "xmp"),
        ("2003-03-03 03:03:03", None, "xmp"),
        ("2004-04-04 04:04:04", None, "xmp"),
        ("2006-06-06 06:06:06", 0, "xmp"),
        ("2007-07-07 07:07:07", None, "exif"),
        ("2008-08-08 08:08:08", 0, "exif"),
        ("2009-09-09 09:09:09", 0, "takeout"),
        ("2010-10-10 10:10:10", None, "file name"),
        ("2011-11-11 11:11:11", None, "exif"),
        FILE_TIME,
    ]


def test_only_a_file_time_is_a_guess():
    assert not taken(jpeg()).certain
    assert taken(jpeg(tiff({CHANGED: "2011:11:11 11:11:11"}))).certain


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2019:08:07 12:34:56", "2019-08-07 12:34:56"),
        ("2019:08:07 12:34:56.789", "2019-08-07 12:34:56"),
        ("2019-08-07 12:34:56", "2019-08-07 12:34:56"),
        ("2019/08/07 12:34:56", "2019-08-07 12:34:56"),
        ("2019-08-07T12:34:56", "2019-08-07 12:34:56"),
        ("2019:08:07 12:34", "2019-08-07 12:34:00"),
        ("2019:08:07 12:34:60", "2019-08-07 12:34:59"),
        ("2019:08:07", "2019-08-07 00:00:00"),
        ("2019: 8: 7  2: 4: 6", "2019-08-07 02:04:06"),
        (" 2019:08:07 12:34:56 ", "2019-08-07 12:34:56"),
        ("1826:06:01 00:00:00", "1826-06-01 00:00:00"),
    ],
)
def test_spellings_of_exif_dates(text: str, expected: str):
    assert when(taken(jpeg(tiff({}, {ORIGINAL: text})))) == (expected, None, "exif")


@pytest.mark.parametrize(
    "text",
    [
        "0000:00:00 00:00:00",
        "    :  :     :  :  ",
        "2019:13:07 12:34:56",
        "2019:02:30 12:34:56",
        "2019:08:07 25:34:56",
        "2019:00:00 00:00:00",
        "1825:12:31 23:59:59",
        "9999:12:31 23:59:59",
        "1970:01:01 00:00:00",
        "0001:01:01 00:00:00",
        "yesterday",
        "",
        "\0\0\0\0:\0\0",
        "²⁰¹⁹:08:07",
    ],
)
def test_dates_that_cannot_be_are_refused_and_the_next_source_is_tried(text: str):
    assert when(taken(jpeg(tiff({}, {ORIGINAL: text})))) == FILE_TIME
    both = {ORIGINAL: text, DIGITISED: "2007:07:07 07:07:07"}
    assert when(taken(jpeg(tiff({}, both)))) == ("2007-07-07 07:07:07", None, "exif")
    assert when(taken(jpeg(tiff({}, {ORIGINAL: text})), "IMG-20190807-WA0001.jpg"))[2] == "file name"


def test_a_camera_a_day_ahead_is_believed_and_one_a_month_ahead_is_not():
    def spelt(days: int) -> str:
        return (now_here() + timedelta(days=days)).strftime("%Y:%m:%d %H:%M:%S")

    assert taken(jpeg(tiff({}, {ORIGINAL: spelt(1)}))).source is DateSource.EXIF
    assert taken(jpeg(tiff({}, {ORIGINAL: spelt(30)}))).source is DateSource.FILE_TIME


@pytest.mark.parametrize(
    ("offset", "minutes"),
    [
        ("+02:00", 120),
        ("-03:30", -210),
        ("+0545", 345),
        ("Z", 0),
        ("+14:00", 840),
        ("", None),
        ("   :  ", None),
        ("+99:00", None),
        ("2 hours", None),
    ],
)
def test_the_offset_from_utc(offset: str, minutes: int | None):
    data = jpeg(tiff({}, {ORIGINAL: "2019:08:07 12:34:56", ORIGINAL_OFFSET: offset}))
    assert when(taken(data)) == ("2019-08-07 12:34:56", minutes, "exif")
    assert parse_offset(offset) == minutes


@pytest.mark.parametrize(
    ("text", "expected", "minutes"),
    [
        ("2019-08-07T12:34:56.123+02:00", "2019-08-07 12:34:56", 120),
        ("2019-08-07T12:34:56Z", "2019-08-07 12:34:56", 0),
        ("2019-08-07T12:34-07:00", "2019-08-07 12:34:00", -420),
        ("2019-08-07T12:34", "2019-08-07 12:34:00", None),
        ("2019-08-07", "2019-08-07 00:00:00", None),
        ("2019-08", "2019-08-01 00:00:00", None),
        ("1965", "1965-01-01 00:00:00", None),
    ],
)
def test_xmp_dates_may_be_known_in_part(text: str, expected: str, minutes: int | None):
    packet = xmp(attributes=f'photoshop:DateCreated="{text}"')
    assert when(taken(jpeg(xmp=packet))) == (expected, minutes, "xmp")


@pytest.mark.parametrize(
    ("day", "clock", "expected"),
    [
        (b"20190807", b"123456+0200", ("2019-08-07 12:34:56", 120, "xmp")),
        (b"20190807", b"123456", ("2019-08-07 12:34:56", None, "xmp")),
        (b"20190807", b"", ("2019-08-07 00:00:00", None, "xmp")),
        (b"20190807", b"nonsense", ("2019-08-07 00:00:00", None, "xmp")),
        (b"00000000", b"123456", FILE_TIME),
        (b"20190000", b"", FILE_TIME),
        (b"2019", b"123456", FILE_TIME),
        (b"\xb2\xb2\xb2\xb2\xb2\xb2\xb2\xb2", b"", FILE_TIME),
        (b"", b"123456+0200", FILE_TIME),
    ],
)
def test_iptc_dates(day: bytes, clock: bytes, expected: tuple[str, int | None, str]):
    assert when(taken(jpeg(iptc=iptc((2, 55, day), (2, 60, clock))))) == expected


@pytest.mark.parametrize(
    "clock",
    [rational(), rational((8, 1)), rational((8, 1), (8, 1), (0, 0)), rational((99, 1), (0, 1), (0, 1))],
)
def test_half_a_gps_time_is_none(clock: Value):
    assert when(taken(jpeg(tiff({}, {}, {GPS_DAY: "2008:08:08", GPS_CLOCK: clock})))) == FILE_TIME


@pytest.mark.usefixtures("_in_tokyo")
def test_instants_are_shown_on_the_clock_of_this_computer(tmp_path: Path):
    beside = [takeout(tmp_path, "1252487349")]
    assert when(taken(jpeg(), "photo.jpg", beside)) == ("2009-09-09 18:09:09", 540, "takeout")
    assert when(taken(jpeg(), "PXL_20210805_233456789.jpg")) == ("2021-08-06 08:34:56", 540, "file name")
    assert when(taken(jpeg(), "IMG_20210805_233456.jpg")) == ("2021-08-05 23:34:56", None, "file name")
    assert when(taken(jpeg())) == ("2022-03-04 14:06:07", 540, "file time")


@pytest.mark.parametrize(
    "timestamp", ["0", "-1e99", "1e99", "NaN", "", None, [], {}, True, "soon", 10**400, "99999999999"]
)
def test_takeout_times_that_cannot_be_are_refused(tmp_path: Path, timestamp: object):
    assert when(taken(jpeg(), "photo.jpg", [takeout(tmp_path, timestamp)])) == FILE_TIME


def test_takeout_times_before_1970_and_as_numbers(tmp_path: Path):
    assert when(taken(jpeg(), "photo.jpg", [takeout(tmp_path, "-141004800")])) == (
        "1965-07-14 00:00:00",
        0,
        "takeout",
    )
    assert when(taken(jpeg(), "photo.jpg", [takeout(tmp_path, 1252487349)])) == (
        "2009-09-09 09:09:09",
        0,
        "takeout",
    )


@pytest.mark.parametrize("mtime_ns", [0, -(10**19), 10**19, 2**63 - 1])
def test_a_file_time_that_cannot_be_leaves_no_date(mtime_ns: int):
    assert read_metadata(jpeg(), "jpeg", b"/photos/a.jpg", mtime_ns, ()).metadata.date_taken is None


def test_names_that_are_not_utf8_are_read_too():
    found = read_metadata(
        jpeg(), "jpeg", b"/photos/\xff\xfe IMG_20190807_123456.jpg", 0, ()
    ).metadata.date_taken
    assert found is not None
    assert when(found) == ("2019-08-07 12:34:56", None, "file name")


def test_nothing_gives_nothing():
    assert parse_date(None, DateSource.XMP) is None
    assert parse_offset(None) is None
    assert from_utc(0, DateSource.TAKEOUT) is None
