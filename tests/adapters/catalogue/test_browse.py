"""The order of the grid and what filters let through."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imgsearch_desktop.adapters.catalogue.catalogue import SqliteCatalogue
from imgsearch_desktop.adapters.catalogue.database import connect_reader
from imgsearch_desktop.adapters.catalogue.name_key import name_key
from imgsearch_desktop.application.ports import CatalogueWriter, SortOrder
from imgsearch_desktop.domain.filters import NO_FILTERS, Filters, FolderFilter
from imgsearch_desktop.domain.photo import (
    RAW_FORMATS,
    DateSource,
    DateTaken,
    Photo,
    PhotoId,
    PhotoMetadata,
    PictureFacts,
    RootId,
)
from tests.adapters.catalogue.sample import VOLUME, add, record, taken

CAMERAS = [None, "Canon EOS", "canon eos", "Ñikon Z", "Nikon"]
FORMATS = ["jpeg", "heic", "dng", "raw"]
FOLDERS = [b"", b"a", b"a/b", b"ab", b"a0", b"a\xff"]
DAYS = [date(2020, 1, day) for day in range(1, 6)]
ROOTS = [RootId(1), RootId(2)]


def names(catalogue: SqliteCatalogue, filters: Filters, order: SortOrder) -> list[str]:
    photos = catalogue.photos([PhotoId(i) for i in catalogue.browse(filters, order).tolist()])
    return [photo.files[0].relative_path.decode() for photo in photos]


def test_orders(catalogue: SqliteCatalogue, root_id: RootId) -> None:
    def work(writer: CatalogueWriter) -> None:
        add(writer, root_id, b"z/IMG_10.jpg", taken(2020, 5, 5, 10, 0, 0, 500))
        add(writer, root_id, b"a/IMG_9.jpg", taken(2020, 5, 5, 10, 0, 0, 600))
        add(writer, root_id, b"a/undated.jpg", PhotoMetadata())
        add(writer, root_id, b"b/img_009a.jpg", taken(1969, 5, 5))

    catalogue.write(work)
    ten, nine, undated, old = "z/IMG_10.jpg", "a/IMG_9.jpg", "a/undated.jpg", "b/img_009a.jpg"
    assert names(catalogue, NO_FILTERS, SortOrder.DATE_NEWEST) == [nine, ten, old, undated]
    assert names(catalogue, NO_FILTERS, SortOrder.DATE_OLDEST) == [old, ten, nine, undated]
    assert names(catalogue, NO_FILTERS, SortOrder.NAME) == [nine, old, ten, undated]
    assert names(catalogue, NO_FILTERS, SortOrder.ADDED) == [old, undated, nine, ten]
    ids = catalogue.browse(NO_FILTERS, SortOrder.ADDED)
    assert ids.dtype == np.int64
    assert ids.shape == (4,)
    assert catalogue.browse(Filters(formats=("png",)), SortOrder.ADDED).shape == (0,)


@pytest.mark.parametrize(
    ("smaller", "greater"),
    [("IMG_9", "IMG_10"), ("a", "B"), ("2", "10a"), ("x2y", "x10"), ("é", "f́"), ("a1", "a01b"), ("1", "a")],
)
def test_names_sort_as_people_expect(smaller: str, greater: str) -> None:
    assert name_key(smaller) < name_key(greater)


def test_names_that_differ_in_case_or_form_sort_together() -> None:
    assert name_key("IMG_007.JPG") == name_key("img_7.jpg")
    assert name_key("cafe\u0301") == name_key("CAF\u00c9")
    assert name_key("9" * 60) != name_key("9" * 59)


def fill(catalogue: SqliteCatalogue, seed: int) -> None:
    """Sixty photos of every kind, a fourth of them copied into the other root, some files missing."""
    choice = random.Random(seed)

    def work(writer: CatalogueWriter) -> None:
        assert [writer.add_root(path, VOLUME) for path in (b"/one", b"/two")] == ROOTS
        writer.set_root_state(ROOTS[1], away=True, videos=0)
        for at in range(60):
            day = choice.choice([None, *DAYS])
            instant = (
                datetime(day.year, day.month, day.day, choice.choice([0, 23]), tzinfo=UTC) if day else None
            )
            metadata = PhotoMetadata(
                date_taken=DateTaken(instant.replace(tzinfo=None), None, DateSource.EXIF)
                if instant
                else None,
                camera=choice.choice(CAMERAS),
            )
            facts = PictureFacts(choice.choice(FORMATS), 1, 1, 1, 0, (0, 0, 0), (), 1)
            root, other = choice.sample(ROOTS, 2)
            folder = choice.choice(FOLDERS)
            path = folder + b"/" * bool(folder) + b"%d.jpg" % choice.choice([at, at % 7])
            photo_id = add(writer, root, path + b"-%d" % at, metadata, facts)
            if choice.random() < 0.25:
                writer.put_file(photo_id, record(other, b"copies/%d" % at))

    catalogue.write(work)
    files = [file.file_id for root in ROOTS for file in catalogue.known_files(root)]
    catalogue.write(lambda writer: writer.mark_missing(choice.sample([f for f in files if f], 15)))


def passes(photo: Photo, filters: Filters) -> bool:
    """What the words of `Filters` say, read literally."""
    files = [file for file in photo.files if not file.missing]
    day = photo.metadata.date_taken.local.date() if photo.metadata.date_taken else None
    wanted = set(filters.formats) | (RAW_FORMATS if "raw" in filters.formats else set())
    camera = (photo.metadata.camera or "").casefold()
    checks = [
        bool(files),
        not filters.folders
        or any(
            file.root_id == folder.root_id
            and (not folder.relative_path or file.relative_path.startswith(folder.relative_path + b"/"))
            for file in files
            for folder in filters.folders
        ),
        filters.after is None or (day is not None and day >= filters.after),
        filters.before is None or (day is not None and day <= filters.before),
        not filters.cameras or camera in {name.casefold() for name in filters.cameras},
        not filters.formats or photo.facts.format in wanted,
        filters.include_away or any(file.root_id != ROOTS[1] for file in files),
    ]
    return all(checks)


def sort_key(order: SortOrder) -> Callable[[Photo], tuple[object, ...]]:
    def by_date(photo: Photo) -> tuple[bool, datetime]:
        when = photo.metadata.date_taken
        return when is None, when.local if when else datetime.min  # noqa: DTZ901

    def newest(photo: Photo) -> tuple[object, ...]:
        undated, when = by_date(photo)
        return undated, datetime.max - when, -photo.photo_id  # noqa: DTZ901

    def name(photo: Photo) -> tuple[object, ...]:
        first = next(file for file in photo.files if not file.missing)
        return name_key(first.relative_path.rpartition(b"/")[2].decode()).encode(), photo.photo_id

    return {
        SortOrder.DATE_NEWEST: newest,
        SortOrder.DATE_OLDEST: lambda photo: (*by_date(photo), photo.photo_id),
        SortOrder.NAME: name,
        SortOrder.ADDED: lambda photo: (-photo.photo_id,),
    }[order]


FILTERS = st.builds(
    Filters,
    folders=st.lists(
        st.builds(FolderFilter, st.sampled_from(ROOTS), st.sampled_from([*FOLDERS, b"copies"])), max_size=2
    ).map(tuple),
    after=st.none() | st.sampled_from([*DAYS, date.min]),
    before=st.none() | st.sampled_from([*DAYS, date.max]),
    cameras=st.lists(st.sampled_from(["CANON EOS", "ñIKON z", "none such"]), max_size=2).map(tuple),
    formats=st.lists(st.sampled_from([*FORMATS, "gif"]), max_size=2).map(tuple),
    include_away=st.booleans(),
)


def test_filters_let_through_what_they_say(catalogue: SqliteCatalogue) -> None:
    fill(catalogue, seed=1)
    everything = catalogue.photos([PhotoId(at) for at in range(1, 61)])

    @given(filters=FILTERS, order=st.sampled_from(SortOrder))
    @settings(max_examples=150, deadline=None)
    def agrees(filters: Filters, order: SortOrder) -> None:
        expected = sorted((photo for photo in everything if passes(photo, filters)), key=sort_key(order))
        found = catalogue.browse(filters, order).tolist()
        assert found == [photo.photo_id for photo in expected]

    agrees()


def test_the_sample_reaches_every_kind(catalogue: SqliteCatalogue) -> None:
    fill(catalogue, seed=1)
    everything = catalogue.photos([PhotoId(at) for at in range(1, 61)])
    for filters in (
        Filters(folders=(FolderFilter(ROOTS[0], b"a"),)),
        Filters(cameras=("ñikon Z",), include_away=False),
        Filters(formats=("raw",), after=DAYS[1], before=DAYS[2]),
    ):
        assert 0 < sum(passes(photo, filters) for photo in everything) < 60


def test_a_day_ends_at_midnight(catalogue: SqliteCatalogue, root_id: RootId) -> None:
    last = datetime(2020, 1, 2, tzinfo=UTC) - timedelta(microseconds=1)
    when = DateTaken(last.replace(tzinfo=None), -600, DateSource.EXIF)
    photo_id = catalogue.write(lambda w: add(w, root_id, b"a.jpg", PhotoMetadata(date_taken=when)))
    for day, found in ((date(2020, 1, 1), [photo_id]), (date(2020, 1, 2), [])):
        assert catalogue.browse(Filters(after=day, before=day), SortOrder.ADDED).tolist() == found


@pytest.mark.parametrize(
    ("query", "index"),
    [
        (
            "SELECT photo_id FROM photos WHERE present_files > 0 ORDER BY sort_date DESC, photo_id DESC",
            "photos_by_date",
        ),
        (
            "SELECT photo_id FROM photos WHERE present_files > 0 AND sort_date >= 5 AND format IN ('a', 'b')"
            " AND camera IN (1, 2) ORDER BY sort_date DESC, photo_id DESC",
            "photos_by_date",
        ),
        ("SELECT photo_id FROM photos WHERE present_files > 0 ORDER BY name_key, photo_id", "photos_by_name"),
        ("SELECT photo_id FROM photos WHERE present_files > 0 AND encoded_by & 2 = 0", "photos_by_date"),
    ],
)
def test_the_grid_reads_an_index_in_order(
    catalogue: SqliteCatalogue, library: Path, query: str, index: str
) -> None:
    connection: sqlite3.Connection = connect_reader(library / "catalogue.sqlite")
    plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {query}").fetchall()]
    connection.close()
    assert len(plan) == 1
    assert f"USING COVERING INDEX {index}" in plan[0]
