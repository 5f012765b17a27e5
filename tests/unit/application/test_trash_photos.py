"""Moving to the trash, with a while to undo it; the real catalogue, a trash in memory."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from imgsearch_desktop.adapters.catalogue.catalogue import SqliteCatalogue
from imgsearch_desktop.application.ports import SortOrder, TrashEntry
from imgsearch_desktop.application.sync_engine import SyncEngine
from imgsearch_desktop.application.trash_photos import UNDO_S, TrashPhotos
from imgsearch_desktop.domain.errors import NoTrashError, TrashError
from imgsearch_desktop.domain.filters import NO_FILTERS
from tests.adapters.catalogue.sample import ROOT, VOLUME, add, vectors
from tests.support.fakes import SPEC, FakeIndex

START = datetime(2026, 5, 1, tzinfo=UTC)


def fill(writer, root_id):
    ids = [add(writer, root_id, path) for path in (b"a.jpg", b"usb.jpg", b"locked.jpg")]
    writer.set_embeddings([(photo_id, 0) for photo_id in ids], SPEC.model_id, vectors(3, dims=SPEC.dims))


class MemoryTrash:
    """Remembers what was sent; names with "usb" have no trash, names with "locked" cannot be moved."""

    def __init__(self) -> None:
        self.sent: list[bytes] = []
        self.deleted: list[bytes] = []

    def send(self, entry: TrashEntry) -> None:
        if b"usb" in entry.path:
            raise NoTrashError("no trash")
        if b"locked" in entry.path:
            raise TrashError("It may not be moved.")
        self.sent.append(entry.path)

    def delete(self, entry: TrashEntry) -> None:
        self.deleted.append(entry.path)


class Clock:
    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def advance(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def catalogue(tmp_path):
    made = SqliteCatalogue(tmp_path / "library")
    root_id = made.write(lambda writer: writer.add_root(ROOT, VOLUME))
    made.write(lambda writer: fill(writer, root_id))
    yield made
    made.close()


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def trash():
    return MemoryTrash()


@pytest.fixture
def index():
    return FakeIndex()


@pytest.fixture
def photos(catalogue, trash, clock, index):
    return TrashPhotos(catalogue, trash, SyncEngine(catalogue, index, SPEC), clock)


def names(catalogue):
    ids = catalogue.browse(NO_FILTERS, SortOrder.NAME).tolist()
    return [file.relative_path for photo in catalogue.photos(ids) for file in photo.files if not file.missing]


def file_ids(catalogue, *wanted):
    ids = catalogue.browse(NO_FILTERS, SortOrder.NAME).tolist()
    files = [file for photo in catalogue.photos(ids) for file in photo.files]
    return [file.file_id for name in wanted for file in files if file.relative_path == name]


def test_it_is_out_of_view_at_once_and_moved_only_when_its_time_has_come(photos, catalogue, trash, clock):
    photos.move(file_ids(catalogue, b"a.jpg"))
    assert names(catalogue) == [b"locked.jpg", b"usb.jpg"]
    clock.advance(UNDO_S - 1)
    assert photos.carry_out().moved == ()
    assert trash.sent == []
    clock.advance(1)
    assert [entry.path for entry in photos.carry_out().moved] == [b"/photos/a.jpg"]
    assert trash.sent == [b"/photos/a.jpg"]
    assert photos.carry_out().moved == ()


def test_undo_in_time_brings_everything_back(photos, catalogue, trash, clock):
    before = names(catalogue)
    moved = photos.move(file_ids(catalogue, b"a.jpg", b"usb.jpg"))
    assert photos.undo(moved) == 2
    assert names(catalogue) == before
    clock.advance(UNDO_S * 2)
    photos.carry_out()
    assert trash.sent == []


def test_undo_too_late_says_that_nothing_came_back(photos, catalogue, clock):
    moved = photos.move(file_ids(catalogue, b"a.jpg"))
    clock.advance(UNDO_S)
    photos.carry_out()
    assert photos.undo(moved) == 0
    assert b"a.jpg" not in names(catalogue)


def test_at_quit_everything_is_carried_out(photos, catalogue, trash):
    photos.move(file_ids(catalogue, b"a.jpg"))
    photos.carry_out(everything=True)
    assert trash.sent == [b"/photos/a.jpg"]


def test_a_program_killed_in_between_carries_the_journal_out_at_its_next_start(
    photos, catalogue, trash, clock, index
):
    photos.move(file_ids(catalogue, b"a.jpg"))
    clock.advance(3600)
    next_start = TrashPhotos(catalogue, trash, SyncEngine(catalogue, index, SPEC), clock)
    next_start.carry_out()
    assert trash.sent == [b"/photos/a.jpg"]


def test_a_volume_without_trash_gives_the_file_back_until_the_user_decides(photos, catalogue, trash):
    photos.move(file_ids(catalogue, b"usb.jpg"))
    report = photos.carry_out(everything=True)
    assert b"usb.jpg" in names(catalogue)
    photos.delete(report.without_trash)
    assert trash.deleted == [b"/photos/usb.jpg"]
    assert b"usb.jpg" not in names(catalogue)


def test_a_file_that_cannot_be_moved_comes_back_with_the_reason(photos, catalogue):
    photos.move(file_ids(catalogue, b"locked.jpg", b"a.jpg"))
    report = photos.carry_out(everything=True)
    assert [(entry.path, why) for entry, why in report.failed] == [
        (b"/photos/locked.jpg", "It may not be moved.")
    ]
    assert names(catalogue) == [b"locked.jpg", b"usb.jpg"]


def test_the_engine_follows(photos, catalogue, index):
    gone = catalogue.browse(NO_FILTERS, SortOrder.NAME).tolist()[0]
    photos.move(file_ids(catalogue, b"a.jpg"))
    assert gone not in index.documents
    photos.undo([entry.file_id for entry in catalogue.trash_journal()])
    assert gone in index.documents
