from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QLocale

from imgsearch_desktop.domain.photo import (
    DateSource,
    DateTaken,
    Exposure,
    FileId,
    GpsPosition,
    Label,
    Photo,
    PhotoFile,
    PhotoId,
    PhotoMetadata,
    PhotoUid,
    PictureFacts,
    RootId,
)
from imgsearch_desktop.domain.result import Hit, Why
from imgsearch_desktop.ui.words.photo_details import details_of, photo_name, why_of


@pytest.fixture(autouse=True)
def english():
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    yield
    QLocale.setDefault(before)


def photo_file(path="/home/a/Pictures/Lisbon/IMG_2041.jpg", missing=False):
    return PhotoFile(FileId(1), RootId(1), b"/home/a", path.encode(), path, 3_400_000, 0, missing)


def photo(**metadata):
    return Photo(
        PhotoId(1),
        PhotoUid("a" * 32),
        b"",
        PictureFacts("jpeg", 4000, 3000, 1, 0, (0, 0, 0), (), 1),
        PhotoMetadata(**metadata),
        (),
        (photo_file(),),
        datetime(2024, 1, 1, tzinfo=UTC),
    )


def rows(of):
    return {row.label: row.value for row in details_of(of)}


def taken(source):
    return DateTaken(datetime(2023, 8, 14, 17, 20), None, source)


def test_what_is_unknown_has_no_row():
    assert set(rows(photo())) == {"Name", "Size", "Format", "File"}


def test_every_known_value_is_told_in_words():
    full = photo(
        date_taken=taken(DateSource.EXIF),
        camera="Pixel 7",
        lens="24 mm",
        exposure=Exposure(1 / 250, 2.8, 100, 35.0),
        gps=GpsPosition(-38.7, 9.13),
        keywords=("beach", "dog"),
        title="Bella",
        description="At the sea",
        rating=4,
    )
    told = rows(replace(full, labels=(Label("golden retriever", 0.9),)))
    assert told["Taken"] == "14 Aug 2023, 17:20"
    assert told["Exposure"] == "1/250 s  f/2.8  ISO 100  35 mm"
    assert told["Place"] == "38.70000° S, 9.13000° E"
    assert told["Keywords"] == "beach, dog"
    assert told["Rating"] == "★★★★"
    assert told["Shows"] == "golden retriever"
    assert told["Size"].startswith("4000 × 3000, 12.0 MP, 3.")
    assert (told["Title"], told["Description"], told["Lens"]) == ("Bella", "At the sea", "24 mm")


@pytest.mark.parametrize(("seconds", "words"), [(1 / 8000, "1/8000 s"), (0.5, "0.5 s"), (30.0, "30 s")])
def test_exposure_times_read_as_on_a_camera(seconds, words):
    assert rows(photo(exposure=Exposure(seconds=seconds)))["Exposure"] == words


def test_an_uncertain_date_says_so():
    assert "the file's own date" in rows(photo(date_taken=taken(DateSource.FILE_TIME)))["Taken"]
    assert "from the file name" in rows(photo(date_taken=taken(DateSource.FILE_NAME)))["Taken"]


def test_copies_and_vanished_files_are_told_apart():
    copies = replace(
        photo(), files=(photo_file(), photo_file("/b/x.jpg"), photo_file("/c/y.jpg", missing=True))
    )
    told = rows(copies)
    assert told["Files"] == "/home/a/Pictures/Lisbon/IMG_2041.jpg\n/b/x.jpg"
    assert told["No longer at"] == "/c/y.jpg"


def test_the_name_is_that_of_a_file_that_is_there():
    gone_first = replace(photo(), files=(photo_file("/a/gone.jpg", missing=True), photo_file("/b/here.jpg")))
    assert photo_name(gone_first) == "here.jpg"
    assert photo_name(replace(photo(), files=())) == "Unknown photo"


def test_a_rejected_rating_shows_no_stars():
    assert "Rating" not in rows(photo(rating=-1))


def test_why_is_told_visual_first():
    assert why_of(Hit(PhotoId(1), 0.834, (Why.VISUAL, Why.NAME))) == "looks alike 0.83 · words in: name"
    assert why_of(Hit(PhotoId(1), None, (Why.KEYWORD, Why.CAMERA))) == "words in: keyword, camera"
    assert why_of(Hit(PhotoId(1), None, ())) == ""
