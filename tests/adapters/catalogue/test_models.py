"""Which model searches, and what the catalogue holds of each."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from imgsearch_desktop.adapters.catalogue.catalogue import SqliteCatalogue
from imgsearch_desktop.adapters.catalogue.schema import STEPS
from imgsearch_desktop.application.ports import EncodeFailure, SortOrder
from imgsearch_desktop.domain.embedding import STARTER, Calibration, ModelId
from imgsearch_desktop.domain.filters import NO_FILTERS
from imgsearch_desktop.domain.library import HeldVectors, ModelChoice, StoredCalibration
from imgsearch_desktop.domain.photo import Label, PhotoId, RootId
from tests.adapters.catalogue.sample import DIMS, ROOT, VOLUME, add, fill, vectors

BETTER = ModelId("better")
OTHER = ModelId("other")
PHOTOS = 9


@pytest.fixture
def photo_ids(catalogue: SqliteCatalogue, root_id: RootId) -> list[PhotoId]:
    """Photos that two models have seen."""
    ids = catalogue.write(lambda writer: [add(writer, root_id, b"%d.jpg" % at) for at in range(PHOTOS)])
    encode(catalogue, ids, STARTER)
    encode(catalogue, ids, BETTER)
    return ids


def encode(catalogue: SqliteCatalogue, ids: list[PhotoId], model_id: ModelId, dims: int = DIMS) -> None:
    rows = [(photo_id, 0) for photo_id in ids]
    catalogue.write(lambda writer: writer.set_embeddings(rows, model_id, vectors(len(ids), dims=dims)))


def room_of(library: Path) -> int:
    return (library / "catalogue.sqlite").stat().st_size


def drop(catalogue: SqliteCatalogue, model_id: ModelId, limit: int) -> list[PhotoId]:
    """Drop a model's embeddings in slices; returns where each slice ended."""
    ends = []
    after: PhotoId | None = PhotoId(0)
    while after is not None:
        begin = after
        after = catalogue.write(lambda writer, at=begin: writer.drop_vectors(model_id, at, limit))  # type: ignore[misc]
        ends += [after] if after is not None else []
    return ends


def test_a_catalogue_of_the_first_version_keeps_everything_and_is_searched_by_the_starter(
    library: Path,
) -> None:
    first = SqliteCatalogue(library, STEPS[:1])
    root_id = first.write(lambda writer: writer.add_root(ROOT, VOLUME))
    first.write(lambda writer: [add(writer, root_id, b"%d.jpg" % at) for at in range(5)])
    with closing(sqlite3.connect(library / "catalogue.sqlite")) as raw:
        assert raw.execute("PRAGMA user_version").fetchone() == (1,)
    first.close()
    with closing(SqliteCatalogue(library)) as newer:
        assert newer.model_choice() == ModelChoice(None, None)
        assert newer.calibration(STARTER) is None
        assert len(newer.browse(NO_FILTERS, SortOrder.ADDED)) == 5
    assert list((library / "backups").iterdir())


def test_the_choice_is_there_at_the_next_start(library: Path) -> None:
    for choice in (ModelChoice(None, BETTER), ModelChoice(BETTER, BETTER), ModelChoice(BETTER, None)):
        with closing(SqliteCatalogue(library)) as catalogue:
            catalogue.write(lambda writer, chosen=choice: writer.choose_model(chosen))  # type: ignore[misc]
        with closing(SqliteCatalogue(library)) as catalogue:
            assert catalogue.model_choice() == choice


def test_figures_are_kept_by_model_the_latest_count(catalogue: SqliteCatalogue) -> None:
    first = StoredCalibration(Calibration({"words_floor": 0.21}), 30)
    later = StoredCalibration(Calibration({"words_floor": 0.25, "words_end": 0.2}), 60)
    for stored in (first, later):
        catalogue.write(lambda writer, one=stored: writer.set_calibration(BETTER, one))  # type: ignore[misc]
    assert catalogue.calibration(BETTER) == later
    assert catalogue.calibration(STARTER) is None


def test_held_vectors_are_told_for_each_tower(catalogue: SqliteCatalogue, photo_ids: list[PhotoId]) -> None:
    assert catalogue.held_vectors() == [
        HeldVectors(STARTER, DIMS, PHOTOS, PHOTOS * DIMS * 2),
        HeldVectors(BETTER, DIMS, PHOTOS, PHOTOS * DIMS * 2),
    ]


def test_dropped_vectors_are_gone_slice_by_slice_those_of_others_stay(
    catalogue: SqliteCatalogue, photo_ids: list[PhotoId]
) -> None:
    catalogue.write(lambda writer: writer.set_labels(photo_ids[0], BETTER, [Label("dog", 0.9)]))
    before = catalogue.latest_change()
    assert drop(catalogue, BETTER, 4) == [photo_ids[3], photo_ids[7], photo_ids[8]]
    assert [held.vectors_id for held in catalogue.held_vectors()] == [STARTER]
    assert catalogue.photos_without_embedding(BETTER, 100) == photo_ids[::-1]
    assert catalogue.searchable(STARTER) == PHOTOS
    assert catalogue.embedding(photo_ids[0], BETTER) is None
    assert catalogue.embedding(photo_ids[0], STARTER) is not None
    assert catalogue.labels(5) == []
    assert catalogue.latest_change() == before
    assert drop(catalogue, ModelId("never seen"), 4) == []


def test_a_model_that_comes_after_one_was_dropped_knows_nothing_yet(
    catalogue: SqliteCatalogue, photo_ids: list[PhotoId]
) -> None:
    drop(catalogue, BETTER, 100)
    encode(catalogue, photo_ids[:2], OTHER, dims=4)
    assert catalogue.searchable(OTHER) == 2
    assert catalogue.searchable(BETTER) == 0
    encode(catalogue, photo_ids[:3], BETTER, dims=6)
    assert (catalogue.searchable(OTHER), catalogue.searchable(BETTER)) == (2, 3)


def test_cursors_of_models_that_are_not_fed_hold_nothing_back(
    catalogue: SqliteCatalogue, photo_ids: list[PhotoId]
) -> None:
    newest = catalogue.latest_change()
    catalogue.write(lambda writer: writer.set_cursor("embedded", BETTER, 1))
    catalogue.write(lambda writer: writer.set_cursor("embedded", STARTER, newest))
    assert catalogue.trimmed_change() < newest
    catalogue.write(lambda writer: writer.release_cursors([STARTER]))
    catalogue.write(lambda writer: writer.set_cursor("embedded", STARTER, newest))
    assert catalogue.trimmed_change() == newest


def test_what_could_not_be_encoded_is_kept_until_it_can(
    catalogue: SqliteCatalogue, photo_ids: list[PhotoId]
) -> None:
    one, two, three = photo_ids[:3]
    reasons = {one: "It is away.", two: "It is broken.", three: "It is odd."}
    catalogue.write(lambda writer: writer.set_encode_failures(OTHER, reasons))
    encode(catalogue, [one], OTHER)
    files = [file.file_id for file in catalogue.files_of(three) if file.file_id is not None]
    catalogue.write(lambda writer: writer.forget_files(files))
    assert catalogue.encode_failures(OTHER) == [EncodeFailure(two, "It is broken.")]
    assert catalogue.encode_failures(STARTER) == []
    catalogue.write(lambda writer: writer.set_encode_failures(OTHER, {PhotoId(999): "It is gone."}))
    assert len(catalogue.encode_failures(OTHER)) == 1


def test_a_repair_keeps_the_choice(library: Path) -> None:
    with closing(SqliteCatalogue(library)) as catalogue:
        fill(catalogue, 50)
        catalogue.write(lambda writer: writer.choose_model(ModelChoice(STARTER, BETTER)))
    database = library / "catalogue.sqlite"
    with closing(sqlite3.connect(database)) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        [(page,)] = raw.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'photos_by_name'").fetchall()
        [(size,)] = raw.execute("PRAGMA page_size").fetchall()
    with database.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)
    (library / "catalogue.suspect").touch()
    with closing(SqliteCatalogue(library)) as repaired:
        assert repaired.repair_report is not None
        assert repaired.model_choice() == ModelChoice(STARTER, BETTER)


def test_the_disk_gets_the_room_of_removed_embeddings_back(library: Path, catalogue: SqliteCatalogue) -> None:
    root_id = catalogue.write(lambda writer: writer.add_root(ROOT, VOLUME))
    ids = catalogue.write(lambda writer: [add(writer, root_id, b"%d.jpg" % at) for at in range(PHOTOS)])
    many = 3000  # regions of photos, larger than a page: more than two slices
    rows = [(ids[at % PHOTOS], at // PHOTOS) for at in range(many)]
    large = vectors(many, dims=3500)
    catalogue.write(lambda writer: writer.set_embeddings(rows, BETTER, large))
    encode(catalogue, ids, STARTER)
    while catalogue.give_back_room():  # nothing is free, the write-ahead log is in the file
        pass
    before = room_of(library)
    drop(catalogue, BETTER, 4)
    slices = 1
    while catalogue.give_back_room():
        slices += 1
    assert slices > 2
    assert before > many * 7000
    assert room_of(library) < before / 10
    assert catalogue.searchable(STARTER) == PHOTOS


def test_a_catalogue_that_cannot_shrink_uses_the_room_for_what_comes_next(library: Path) -> None:
    with closing(SqliteCatalogue(library)) as made:
        made.write(lambda writer: writer.add_root(ROOT, VOLUME))
    with closing(sqlite3.connect(library / "catalogue.sqlite", isolation_level=None)) as raw:
        raw.execute("PRAGMA journal_mode = DELETE")
        raw.execute("PRAGMA auto_vacuum = NONE")
        raw.execute("VACUUM")
    with closing(SqliteCatalogue(library)) as older:
        assert older.give_back_room() is False
