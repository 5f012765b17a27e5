"""The journal of files on their way to the trash."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from imgsearch_desktop.adapters.catalogue.catalogue import SqliteCatalogue
from imgsearch_desktop.application.ports import CatalogueWriter, SortOrder, TrashEntry
from imgsearch_desktop.domain.changes import ScannedFile
from imgsearch_desktop.domain.filters import NO_FILTERS
from imgsearch_desktop.domain.photo import FileId, PhotoId, RootId
from tests.adapters.catalogue.sample import add, record

DUE = datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)


@pytest.fixture
def photo_ids(catalogue: SqliteCatalogue, root_id: RootId) -> list[PhotoId]:
    return catalogue.write(lambda w: [add(w, root_id, name) for name in (b"a.jpg", b"b.jpg", b"c.jpg")])


@pytest.fixture
def file_ids(catalogue: SqliteCatalogue, photo_ids: list[PhotoId]) -> list[FileId]:
    return [photo.files[0].file_id for photo in catalogue.photos(photo_ids)]


def present(catalogue: SqliteCatalogue) -> set[int]:
    return set(catalogue.browse(NO_FILTERS, SortOrder.ADDED).tolist())


def test_a_journalled_file_is_out_of_view_but_not_gone(
    catalogue: SqliteCatalogue, root_id: RootId, photo_ids: list[PhotoId], file_ids: list[FileId]
) -> None:
    before = catalogue.latest_change()
    catalogue.write(
        lambda writer: writer.journal_trash([file_ids[1], FileId(99)], DUE + timedelta(seconds=1))
    )
    catalogue.write(lambda writer: writer.journal_trash([file_ids[2]], DUE))
    assert present(catalogue) == {photo_ids[0]}
    assert [change.photo_id for change in catalogue.changes_since(before, 9)] == photo_ids[1:]
    assert catalogue.trash_journal() == [
        TrashEntry(file_ids[2], photo_ids[2], b"/photos/c.jpg", "/photos/c.jpg", 1000, 5, DUE),
        TrashEntry(
            file_ids[1], photo_ids[1], b"/photos/b.jpg", "/photos/b.jpg", 1000, 5, DUE + timedelta(seconds=1)
        ),
    ]
    assert {file.missing for file in catalogue.known_files(root_id)} == {False}
    assert {file.missing for file in catalogue.files_with_size(1000)} == {False}


def test_it_can_be_had_back(
    catalogue: SqliteCatalogue, photo_ids: list[PhotoId], file_ids: list[FileId]
) -> None:
    catalogue.write(lambda writer: writer.journal_trash(file_ids[:2], DUE))
    catalogue.write(lambda writer: writer.mark_missing([file_ids[2]]))
    catalogue.write(lambda writer: writer.withdraw_trash(file_ids[1:]))
    assert present(catalogue) == {photo_ids[1]}
    assert [entry.file_id for entry in catalogue.trash_journal()] == [file_ids[0]]


def test_once_moved_it_stays_missing(
    catalogue: SqliteCatalogue, root_id: RootId, photo_ids: list[PhotoId], file_ids: list[FileId]
) -> None:
    catalogue.write(lambda writer: writer.journal_trash(file_ids[:1], DUE))
    catalogue.write(lambda writer: writer.settle_trash(file_ids[:1]))
    catalogue.write(lambda writer: writer.withdraw_trash(file_ids[:1]))
    assert catalogue.trash_journal() == []
    assert present(catalogue) == set(photo_ids[1:])
    assert [file.missing for file in catalogue.known_files(root_id)] == [True, False, False]


@pytest.mark.parametrize("event", ["written anew", "moved", "vanished", "broken", "folder removed"])
def test_a_file_that_is_not_what_it_was_leaves_the_journal(
    catalogue: SqliteCatalogue,
    root_id: RootId,
    photo_ids: list[PhotoId],
    file_ids: list[FileId],
    event: str,
) -> None:
    catalogue.write(lambda writer: writer.journal_trash(file_ids[:1], DUE))

    def happen(writer: CatalogueWriter) -> None:
        match event:
            case "written anew":
                writer.put_file(photo_ids[0], record(root_id, b"a.jpg", size=7))
            case "moved":
                writer.move_file(file_ids[0], record(root_id, b"z.jpg"))
            case "vanished":
                writer.mark_missing(file_ids[:1])
            case "broken":
                writer.record_failure(ScannedFile(b"a.jpg", 7, 8), root_id, "Is broken.", retry=False)
            case _:
                writer.remove_root(root_id)

    catalogue.write(happen)
    assert catalogue.trash_journal() == []
    assert (photo_ids[0] in present(catalogue)) == (event in ("written anew", "moved"))
