"""Dates that cameras, phones and messengers put into file names."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imgsearch_desktop.domain.date_from_name import EARLIEST_PHOTO, date_from_name, is_plausible
from imgsearch_desktop.domain.photo import DateSource

NOW = datetime(2024, 6, 1, 12, 0)


def moment(name: str) -> str | None:
    found = date_from_name(name, NOW)
    return found.local.isoformat(" ") if found else None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("IMG-20190807-WA0001.jpg", "2019-08-07 00:00:00"),
        ("IMG_20190807_123456.jpg", "2019-08-07 12:34:56"),
        ("IMG_20190807_123456_1.jpg", "2019-08-07 12:34:56"),
        ("IMG_20190807_123456~2.jpg", "2019-08-07 12:34:56"),
        ("IMG20190807123456.jpg", "2019-08-07 12:34:56"),
        ("VID_20190807_123456.mp4", "2019-08-07 12:34:56"),
        ("MVIMG_20190807_123456.jpg", "2019-08-07 12:34:56"),
        ("PANO_20190807_123456.vr.jpg", "2019-08-07 12:34:56"),
        ("00000IMG_00000_BURST20190807123456789_COVER.jpg", "2019-08-07 12:34:56"),
        ("20190807_123456.jpg", "2019-08-07 12:34:56"),
        ("20190807_123456(0).jpg", "2019-08-07 12:34:56"),
        ("Screenshot_20190807-123456_Chrome.jpg", "2019-08-07 12:34:56"),
        ("Screenshot_2019-08-07-12-34-56.png", "2019-08-07 12:34:56"),
        ("Screenshot_2019-08-07-12-34-56-789_com.whatsapp.png", "2019-08-07 12:34:56"),
        ("Screenshot from 2019-08-07 12-34-56.png", "2019-08-07 12:34:56"),
        ("Screen Shot 2019-08-07 at 12.34.56.png", "2019-08-07 12:34:56"),
        ("Screen Shot 2019-08-07 at 1.34.56 PM.png", "2019-08-07 13:34:56"),
        ("Screenshot 2019-08-07 at 12.34.56\u202fAM.png", "2019-08-07 00:34:56"),
        ("Bildschirmfoto 2019-08-07 um 12.34.56.png", "2019-08-07 12:34:56"),
        ("Capture d\u2019\u00e9cran 2019-08-07 \u00e0 12.34.56.png", "2019-08-07 12:34:56"),
        ("2019-08-07 12.34.56.jpg", "2019-08-07 12:34:56"),
        ("2019-08-07 12.34.56-1.jpg", "2019-08-07 12:34:56"),
        ("2019-08-07_12-34-56.heic", "2019-08-07 12:34:56"),
        ("2019.08.07 12h34m56s.jpg", "2019-08-07 12:34:56"),
        ("2019-08-07T12:34:56.jpg", "2019-08-07 12:34:56"),
        ("photo_2019-08-07_12-34-56.jpg", "2019-08-07 12:34:56"),
        ("signal-2021-01-02-10-11-12-123.jpg", "2021-01-02 10:11:12"),
        ("signal-2021-01-02-101112.jpg", "2021-01-02 10:11:12"),
        ("signal-2021-01-02-10-11-12-123-1.jpg", "2021-01-02 10:11:12"),
        ("WhatsApp Image 2020-01-02 at 10.11.12.jpeg", "2020-01-02 10:11:12"),
        ("WhatsApp Image 2020-01-02 at 10.11.12 (1).jpeg", "2020-01-02 10:11:12"),
        ("WhatsApp Image 2020-01-02 at 3.11.12 PM.jpeg", "2020-01-02 15:11:12"),
        ("WP_20150102_10_11_12_Pro.jpg", "2015-01-02 10:11:12"),
        ("DJI_20210805123456_0001_D.JPG", "2021-08-05 12:34:56"),
        ("C360_2015-01-02-10-11-12-123.jpg", "2015-01-02 10:11:12"),
        ("2019-08-07 Grandma's birthday.jpg", "2019-08-07 00:00:00"),
        ("1965-07-12 wedding.tif", "1965-07-12 00:00:00"),
        ("scan 19650712.tif", "1965-07-12 00:00:00"),
        ("20190807-0042.dng", "2019-08-07 00:00:00"),
    ],
)
def test_known_names(name: str, expected: str):
    found = date_from_name(name, NOW)
    assert found is not None
    assert found.local.isoformat(" ") == expected
    assert found.utc_offset_minutes is None
    assert found.source is DateSource.FILE_NAME
    assert found.certain


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("PXL_20210805_123456789.jpg", "2021-08-05 12:34:56"),
        ("PXL_20210805_123456789.PORTRAIT.jpg", "2021-08-05 12:34:56"),
        ("FB_IMG_1565181296789.jpg", "2019-08-07 12:34:56"),
        ("mmexport1565181296789.jpg", "2019-08-07 12:34:56"),
        ("1565181296789.jpg", "2019-08-07 12:34:56"),
    ],
)
def test_names_in_universal_time_say_so(name: str, expected: str):
    found = date_from_name(name, NOW)
    assert found is not None
    assert found.local.isoformat(" ") == expected
    assert found.utc_offset_minutes == 0


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".jpg",
        "IMG_1234.jpg",
        "DSC00042.JPG",
        "_MG_20191.CR2",
        "holiday.jpg",
        "IMG-20191307-WA0001.jpg",
        "IMG_20190230_123456.jpg",
        "00000000_000000.jpg",
        "IMG_20250807_123456.jpg",
        "99991231_235959.jpg",
        "1825-12-31.jpg",
        "18650712.jpg",
        "120190807.jpg",
        "201908071.jpg",
        "12345678.jpg",
        "received_1565179200000000.jpeg",
        "20190807-a938-4eb3-83c9-4bc474f495be.jpg",
        "1a35c834-2019-0807-947f-566372c0221d.jpg",
        "d41d8cd98f00b20190807998ecf8427e.jpg",
        "9999999999999.jpg",
    ],
)
def test_names_without_a_date_or_with_an_impossible_one(name: str):
    assert moment(name) is None


def test_an_impossible_time_leaves_the_day():
    assert moment("IMG_20190807_250000.jpg") == "2019-08-07 00:00:00"


def test_the_first_date_that_can_be_is_taken():
    assert moment("20191399 copy of IMG_20190807_123456.jpg") == "2019-08-07 12:34:56"


def test_photography_began_in_1826_and_has_not_reached_the_future():
    assert is_plausible(EARLIEST_PHOTO, NOW)
    assert not is_plausible(EARLIEST_PHOTO - timedelta(seconds=1), NOW)
    assert is_plausible(NOW + timedelta(days=1), NOW)
    assert not is_plausible(NOW + timedelta(days=3), NOW)
    assert not is_plausible(datetime(1970, 1, 1), NOW)


@given(st.text())
def test_any_name_is_answered(name: str):
    found = date_from_name(name, NOW)
    assert found is None or is_plausible(found.local, NOW)


@given(st.text(alphabet="0123456789-_. :PXLpm", max_size=60))
def test_any_name_of_digits_is_answered(name: str):
    found = date_from_name(name, NOW)
    assert found is None or is_plausible(found.local, NOW)


@given(st.datetimes(datetime(1900, 1, 1), NOW).map(lambda moment: moment.replace(microsecond=0)))
def test_every_moment_is_read_back(taken: datetime):
    for layout in ("IMG_%Y%m%d_%H%M%S.jpg", "%Y-%m-%d %H.%M.%S.jpg", "Screenshot_%Y%m%d-%H%M%S.png"):
        found = date_from_name(taken.strftime(layout), NOW)
        if taken.year >= 1000 and is_plausible(taken, NOW):
            assert found is not None
            assert found.local == taken
