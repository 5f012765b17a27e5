"""The document of a photo: the recipe's fields, and ours."""

from __future__ import annotations

from datetime import datetime

import numpy as np
import pytest

from imgsearch_desktop.adapters.elasticsearch.photo_document import folder_key, photo_source, refusal
from imgsearch_desktop.application.ports import FolderPlace, IndexDocument
from imgsearch_desktop.domain.photo import DateSource, DateTaken, RootId
from tests.contracts.photo_index_harness import DIMS, photo, towards, uid

HOLIDAY = photo(
    7,
    12,
    file_names=("IMG_2041.jpg", "Kopie.jpg"),
    places=(
        FolderPlace(RootId(1), b"Urlaub/\xe4lt", ("Bilder", "Urlaub", "\ufffdlt")),
        FolderPlace(RootId(2), b"", ("Backup",)),
    ),
    keywords=("Strand", "Golden Gate"),
    title="Abend",
    camera="LEICA Q2",
    date_key=DateTaken(datetime(2019, 8, 7, 12, 30, 15), None, DateSource.EXIF).sort_key,
    latitude=51.5,
    longitude=-0.12,
    vector=towards(3, 4),
)


def test_the_recipe_finds_its_fields() -> None:
    source = photo_source(HOLIDAY)
    assert source["image_id"] == uid(7)
    assert source["image_name"] == "IMG_2041.jpg"
    assert source["relative_path"] == "Urlaub/\ufffdlt/IMG_2041.jpg"
    assert source["exif"] == {"date": "2019-08-07T12:30:15", "location": {"lat": 51.5, "lon": -0.12}}
    assert np.array_equal(np.array(source["image_embedding"], np.float16), towards(3, 4))


def test_a_place_counts_in_every_folder_around_it_byte_by_byte() -> None:
    source = photo_source(HOLIDAY)
    assert source["root"] == [1, 2]
    assert source["folder"] == ["1:", "1:Urlaub", "1:Urlaub/%E4lt", "2:"]
    assert folder_key(RootId(1), b"/Urlaub/\xe4lt/") in source["folder"]
    assert folder_key(RootId(1), b"a%E4") != folder_key(RootId(1), b"a\xe4")


def test_each_value_has_its_words_apart() -> None:
    words = photo_source(HOLIDAY)["words"]
    assert words["keyword"] == ["strand", "golden gate"]
    assert words["name"] == ["img 2041", "kopie"]
    assert words["folder"] == ["bilder", "urlaub", "lt", "backup"]
    assert words["description"] == []


def test_what_is_not_known_is_left_out() -> None:
    source = photo_source(photo(1, places=()))
    assert not source.keys() & {
        "image_name",
        "relative_path",
        "camera",
        "camera_key",
        "regions",
        "root",
        "folder",
    }
    assert source["exif"] == {"date": None, "location": None}


@pytest.mark.parametrize(
    "day", [datetime(1, 1, 1), datetime(1960, 2, 29, 23, 59, 59), datetime(9999, 12, 31)]
)
def test_any_day_of_the_calendar_is_told(day: datetime) -> None:
    key = DateTaken(day, None, DateSource.EXIF).sort_key
    assert photo_source(photo(1, date_key=key))["exif"]["date"] == day.isoformat()


@pytest.mark.parametrize(
    ("document", "words"),
    [
        (photo(1, vectors={}), "no embedding of the whole photo"),
        (photo(1, vectors={1: towards(1)}), "no embedding of the whole photo"),
        (photo(1, vector=np.ones(5, np.float16)), "has the shape"),
        (photo(1, vector=np.full(DIMS, np.inf, np.float16)), "no numbers"),
        (photo(1, vector=np.zeros(DIMS, np.float16)), "no direction"),
    ],
)
def test_what_cannot_be_compared_is_refused(document: IndexDocument, words: str) -> None:
    reason = refusal(document, DIMS)
    assert reason is not None
    assert words in reason
    assert refusal(HOLIDAY, DIMS) is None
