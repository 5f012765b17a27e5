"""Files on their way to the trash: out of view, in the journal, back again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from imgsearch_desktop.adapters.catalogue.catalogue import SqliteCatalogue
from imgsearch_desktop.application.ports import SortOrder
from imgsearch_desktop.domain.filters import NO_FILTERS
from imgsearch_desktop.domain.photo import FileId, PhotoId, RootId
from tests.adapters.catalogue.sample import add_encoded, record

DUE = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


@pytest.fixture
def photo_id(catalogue: SqliteCatalogue, root_id: RootId) -> PhotoId:
    return catalogue.write(lambda writer: add_encoded(writer, root_id, [b"a.jpg", b"b.jpg"]))[0]


@pytest.fixture
def file_id(catalogue: SqliteCatalogue, photo_id: PhotoId) -> FileId:
    return catalogue.photos([photo_id])[0].files[0].file_id


def browsed(catalogue: SqliteCatalogue) -> list[int]:
    return sorted(catalogue.browse(NO_FILTERS, SortOrder.NAME).tolist())


def journal(catalogue: SqliteCatalogue, file_id: FileId, due: datetime = DUE) -> None:
    catalogue.write(lambda writer: writer.journal_trash([file_id], due))


def test_a_journalled_file_is_out_of_view_and_known_with_its_time(catalogue, photo_id, file_id):
    journal(catalogue, file_id)
    assert photo_id not in browsed(catalogue)
    [entry] = catalogue.trash_journal()
    assert (entry.file_id, entry.photo_id, entry.path, entry.due) == (
        file_id,
        photo_id,
        b"/photos/a.jpg",
        DUE,
    )
    assert (entry.size, entry.mtime_ns) == (1000, 5)


def test_a_scan_takes_a_journalled_file_for_unchanged(catalogue, root_id, file_id):
    journal(catalogue, file_id)
    assert [known.missing for known in catalogue.known_files(root_id)] == [False, False]


def test_withdrawing_brings_it_back(catalogue, photo_id, file_id):
    before = browsed(catalogue)
    journal(catalogue, file_id)
    catalogue.write(lambda writer: writer.withdraw_trash([file_id]))
    assert browsed(catalogue) == before
    assert catalogue.trash_journal() == []


def test_settling_leaves_it_missing(catalogue, root_id, photo_id, file_id):
    journal(catalogue, file_id)
    catalogue.write(lambda writer: writer.settle_trash([file_id]))
    assert catalogue.trash_journal() == []
    assert photo_id not in browsed(catalogue)
    assert sorted(known.missing for known in catalogue.known_files(root_id)) == [False, True]


def test_each_step_is_told_to_the_projections(catalogue, photo_id, file_id):
    start = catalogue.latest_change()
    journal(catalogue, file_id)
    assert [change.photo_id for change in catalogue.changes_since(start, 10)] == [photo_id]
    middle = catalogue.latest_change()
    catalogue.write(lambda writer: writer.withdraw_trash([file_id]))
    assert [change.photo_id for change in catalogue.changes_since(middle, 10)] == [photo_id]


def test_what_is_not_in_the_journal_cannot_be_withdrawn(catalogue, photo_id, file_id):
    catalogue.write(lambda writer: writer.mark_missing([file_id]))
    catalogue.write(lambda writer: writer.withdraw_trash([file_id]))
    assert photo_id not in browsed(catalogue)


def test_a_file_written_anew_leaves_the_journal_and_stays(catalogue, root_id, photo_id, file_id):
    journal(catalogue, file_id)
    catalogue.write(lambda writer: writer.put_file(photo_id, record(root_id, b"a.jpg", "new content")))
    assert catalogue.trash_journal() == []
    assert photo_id in browsed(catalogue)


def test_a_file_that_vanished_leaves_the_journal(catalogue, file_id):
    journal(catalogue, file_id)
    catalogue.write(lambda writer: writer.mark_missing([file_id]))
    assert catalogue.trash_journal() == []


def test_the_journal_survives_a_restart_and_lists_what_is_due_first(library, catalogue, root_id, photo_id):
    first, second = (file.file_id for photo in catalogue.photos(browsed(catalogue)) for file in photo.files)
    journal(catalogue, first, DUE + timedelta(minutes=1))
    journal(catalogue, second)
    catalogue.close()
    again = SqliteCatalogue(library)
    assert [entry.file_id for entry in again.trash_journal()] == [second, first]
    again.close()


def test_a_removed_folder_takes_its_journal_with_it(catalogue, root_id, file_id):
    journal(catalogue, file_id)
    catalogue.write(lambda writer: writer.remove_root(root_id))
    assert catalogue.trash_journal() == []
