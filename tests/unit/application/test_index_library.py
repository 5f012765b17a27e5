"""Indexing over ports in memory: every rule of the way in."""

from __future__ import annotations

import threading
from dataclasses import replace
from itertools import permutations

import pytest

from imgsearch_desktop.application.index_library import IndexReport
from imgsearch_desktop.application.ports import DecodeScope, KnownFile
from imgsearch_desktop.application.tasks import Progress, TaskControl
from imgsearch_desktop.domain.embedding import ModelId
from imgsearch_desktop.domain.errors import (
    Cancelled,
    DiskFullError,
    FolderError,
    FolderGoneError,
    LibraryBusyError,
)
from imgsearch_desktop.domain.photo import PhotoId, PhotoUid
from tests.support.fakes import SPEC, FakeLibrary, FakeModel

ROOT = b"/photos"


@pytest.fixture
def library() -> FakeLibrary:
    made = FakeLibrary()
    made.disk.folders.add(ROOT)
    return made


def run(library: FakeLibrary, *folders: bytes) -> IndexReport:
    return library.indexing().run(folders or (ROOT,), TaskControl(), lambda _: None)


def fill(library: FakeLibrary, count: int = 10) -> None:
    for number in range(count):
        library.disk.put(b"/photos/%d.jpg" % number, f"picture {number}", mtime=number)


def photo_at(library: FakeLibrary, path: bytes) -> PhotoId:
    photo_id = library.catalogue.photo_at(path)
    assert photo_id is not None
    return photo_id


def counts(report: IndexReport) -> dict[str, int]:
    names = ("added", "updated", "unchanged", "moved", "missing")
    found = {name: getattr(report, name) for name in names} | {"failed": len(report.failed)}
    return {name: count for name, count in found.items() if count}


def test_a_new_folder_is_added_and_its_photos_can_be_searched(library: FakeLibrary) -> None:
    fill(library)
    assert counts(run(library)) == {"added": 10}
    assert [root.path for root in library.catalogue.roots()] == [ROOT]
    assert len(library.index.documents) == len(library.thumbnails.stored) == 10
    assert library.catalogue.searchable(SPEC.model_id) == 10
    assert {photo.labels[0].name for photo in library.catalogue.photos(library.catalogue.present())} == {
        "thing"
    }


def test_newest_files_come_first(library: FakeLibrary) -> None:
    fill(library, 40)
    run(library)
    first_half = {path for path, _ in library.read[:20]}
    assert sum(b"/photos/%d.jpg" % number in first_half for number in range(24, 40)) >= 15


def test_a_second_run_reads_nothing_and_starts_no_pool(library: FakeLibrary) -> None:
    fill(library)
    run(library)
    assert counts(run(library)) == {"unchanged": 10}
    assert len(library.pools) == 1
    assert library.model.encoded == 10


def test_no_folder_means_every_root(library: FakeLibrary) -> None:
    library.disk.put(b"/a/1.jpg", "one")
    library.disk.put(b"/b/2.jpg", "two")
    run(library, b"/a", b"/b")
    library.disk.put(b"/b/3.jpg", "three")
    report = library.indexing().run((), TaskControl(), lambda _: None)
    assert counts(report) == {"added": 1, "unchanged": 2}


@pytest.mark.parametrize("new", [b"/photos/renamed.jpg", b"/photos/deep/er/0.jpg", b"/photos/0.JPG"])
def test_renamed_and_moved_files_keep_their_photo(library: FakeLibrary, new: bytes) -> None:
    fill(library)
    run(library)
    photo_id = photo_at(library, b"/photos/0.jpg")
    library.disk.move(b"/photos/0.jpg", new)
    assert counts(run(library)) == {"unchanged": 9, "moved": 1}
    assert photo_at(library, new) == photo_id
    assert library.model.encoded == 10
    assert library.read[10:] == [(new, DecodeScope.FINGERPRINT)]
    assert library.catalogue.counts().missing == 0


def test_a_file_moved_between_roots_keeps_its_photo(library: FakeLibrary) -> None:
    library.disk.put(b"/a/1.jpg", "one")
    library.disk.put(b"/b/2.jpg", "two")
    run(library, b"/a", b"/b")
    photo_id = photo_at(library, b"/a/1.jpg")
    library.disk.folders.add(b"/a")
    library.disk.move(b"/a/1.jpg", b"/b/1.jpg")
    assert counts(run(library, b"/a", b"/b")) == {"unchanged": 1, "moved": 1}
    assert photo_at(library, b"/b/1.jpg") == photo_id


def test_a_file_moved_with_edited_metadata_keeps_its_photo(library: FakeLibrary) -> None:
    fill(library)
    run(library)
    photo_id = photo_at(library, b"/photos/3.jpg")
    library.disk.move(b"/photos/3.jpg", b"/photos/new.jpg")
    library.disk.edit(b"/photos/new.jpg", title="a new title")
    assert counts(run(library)) == {"unchanged": 9, "moved": 1}
    assert photo_at(library, b"/photos/new.jpg") == photo_id
    assert library.catalogue.photos([photo_id])[0].metadata.title == "a new title"
    assert library.model.encoded == 10


def test_a_file_that_vanished_earlier_keeps_its_photo_elsewhere(
    library: FakeLibrary,
) -> None:
    fill(library, 2)
    run(library)
    photo_id = photo_at(library, b"/photos/0.jpg")
    file = library.disk.files.pop(b"/photos/0.jpg")
    assert counts(run(library)) == {"unchanged": 1, "missing": 1}
    library.disk.files[b"/photos/elsewhere.jpg"] = file
    assert counts(run(library)) == {"unchanged": 1, "moved": 1}
    assert photo_at(library, b"/photos/elsewhere.jpg") == photo_id
    assert library.catalogue.counts().missing == 0


def test_a_chain_of_renames_keeps_every_photo(library: FakeLibrary) -> None:
    fill(library, 3)
    run(library)
    before = [photo_at(library, b"/photos/%d.jpg" % number) for number in range(3)]
    library.disk.move(b"/photos/2.jpg", b"/photos/3.jpg")
    library.disk.move(b"/photos/1.jpg", b"/photos/2.jpg")
    library.disk.move(b"/photos/0.jpg", b"/photos/1.jpg")
    run(library)
    assert [photo_at(library, b"/photos/%d.jpg" % number) for number in range(1, 4)] == before
    assert library.model.encoded == 3
    assert library.catalogue.counts().files == 3


def test_two_files_that_change_places_keep_their_photos(library: FakeLibrary) -> None:
    fill(library, 2)
    run(library)
    before = photo_at(library, b"/photos/0.jpg"), photo_at(library, b"/photos/1.jpg")
    files = library.disk.files
    files[b"/photos/0.jpg"], files[b"/photos/1.jpg"] = files[b"/photos/1.jpg"], files[b"/photos/0.jpg"]
    run(library)
    assert (photo_at(library, b"/photos/1.jpg"), photo_at(library, b"/photos/0.jpg")) == before
    assert library.model.encoded == 2


def test_a_copy_becomes_a_second_file(library: FakeLibrary) -> None:
    fill(library)
    run(library)
    library.disk.files[b"/photos/copy.jpg"] = library.disk.files[b"/photos/4.jpg"]
    assert counts(run(library)) == {"unchanged": 10, "added": 1}
    photo_id = photo_at(library, b"/photos/copy.jpg")
    assert photo_id == photo_at(library, b"/photos/4.jpg")
    assert len(library.catalogue.photos([photo_id])[0].files) == 2
    assert library.model.encoded == 10


def test_a_copy_with_other_metadata_leaves_the_photos_own(library: FakeLibrary) -> None:
    library.disk.put(b"/photos/a.jpg", "same", title="mine")
    run(library)
    library.disk.put(b"/photos/b.jpg", "same", title="other")
    run(library)
    [photo] = library.catalogue.photos(library.catalogue.present())
    assert (photo.metadata.title, len(photo.files)) == ("mine", 2)


@pytest.mark.parametrize("copies", [2, 5, 30])
def test_equal_new_files_in_one_run_become_one_photo(library: FakeLibrary, copies: int) -> None:
    for number in range(copies):
        library.disk.put(b"/photos/%d.jpg" % number, "same", mtime=number)
    library.disk.put(b"/photos/other.jpg", "other")
    assert counts(run(library)) == {"added": copies + 1}
    assert (library.catalogue.counts().photos, library.model.encoded) == (2, 2)


def test_edited_metadata_are_taken_over_without_decoding(library: FakeLibrary) -> None:
    fill(library)
    run(library)
    photo_id = photo_at(library, b"/photos/5.jpg")
    library.disk.edit(b"/photos/5.jpg", title="a title")
    assert counts(run(library)) == {"unchanged": 9, "updated": 1}
    assert library.catalogue.photos([photo_id])[0].metadata.title == "a title"
    assert library.read[10:] == [(b"/photos/5.jpg", DecodeScope.FINGERPRINT)]
    assert library.index.documents[photo_id].title == "a title"


def test_a_changed_sidecar_is_taken_over_without_decoding(library: FakeLibrary) -> None:
    fill(library)
    run(library)
    photo_id = photo_at(library, b"/photos/5.jpg")
    library.disk.files[b"/photos/5.jpg"] = replace(library.disk.files[b"/photos/5.jpg"], sidecar="rated")
    assert counts(run(library)) == {"unchanged": 9, "updated": 1}
    assert library.catalogue.photos([photo_id])[0].metadata.title == "rated"
    assert library.model.encoded == 10
    assert counts(run(library)) == {"unchanged": 10}


def test_another_orientation_renews_thumbnail_and_embedding(library: FakeLibrary) -> None:
    fill(library)
    run(library)
    photo_id = photo_at(library, b"/photos/5.jpg")
    before = library.catalogue.embedding(photo_id, SPEC.model_id)
    library.disk.edit(b"/photos/5.jpg", orientation=6)
    assert counts(run(library)) == {"unchanged": 9, "updated": 1}
    assert photo_at(library, b"/photos/5.jpg") == photo_id
    after = library.catalogue.embedding(photo_id, SPEC.model_id)
    assert before is not None and after is not None and (before != after).any()
    assert library.catalogue.photos([photo_id])[0].facts.orientation == 6
    assert library.model.encoded == 11


def test_a_touched_file_is_read_once_and_not_again(library: FakeLibrary) -> None:
    fill(library)
    run(library)
    library.disk.edit(b"/photos/5.jpg")
    assert counts(run(library)) == {"unchanged": 10}
    assert counts(run(library)) == {"unchanged": 10}
    assert len(library.read) == 11


def test_a_replaced_picture_is_another_photo(library: FakeLibrary) -> None:
    fill(library)
    run(library)
    photo_id = photo_at(library, b"/photos/5.jpg")
    library.disk.edit(b"/photos/5.jpg", picture="something else")
    assert counts(run(library)) == {"unchanged": 9, "updated": 1}
    assert photo_at(library, b"/photos/5.jpg") != photo_id
    assert library.catalogue.photos([photo_id])[0].files == ()
    assert photo_id not in library.index.documents
    assert library.catalogue.counts().photos == 10


def test_a_replaced_picture_that_comes_back_finds_its_photo(library: FakeLibrary) -> None:
    fill(library, 1)
    run(library)
    photo_id = photo_at(library, b"/photos/0.jpg")
    library.disk.edit(b"/photos/0.jpg", picture="something else")
    run(library)
    library.disk.put(b"/photos/restored.jpg", "picture 0")
    run(library)
    assert photo_at(library, b"/photos/restored.jpg") == photo_id
    assert library.model.encoded == 2


def test_vanished_files_are_marked_missing_and_come_back_unread(library: FakeLibrary) -> None:
    fill(library)
    run(library)
    photo_id = photo_at(library, b"/photos/5.jpg")
    file = library.disk.files.pop(b"/photos/5.jpg")
    assert counts(run(library)) == {"unchanged": 9, "missing": 1}
    assert photo_id not in library.index.documents
    library.disk.files[b"/photos/5.jpg"] = file
    assert counts(run(library)) == {"unchanged": 9, "updated": 1}
    assert photo_at(library, b"/photos/5.jpg") == photo_id
    assert photo_id in library.index.documents
    assert len(library.read) == 10


def test_a_broken_file_costs_one_line(library: FakeLibrary) -> None:
    fill(library)
    library.disk.put(b"/photos/broken.jpg", "?", broken="It is cut short.")
    report = run(library)
    assert counts(report) == {"added": 10, "failed": 1}
    assert (report.failed[0].path, report.failed[0].reason) == (b"/photos/broken.jpg", "It is cut short.")
    second = run(library)
    assert counts(second) == {"unchanged": 10, "failed": 1}
    assert second.failed == report.failed
    assert "1 file could not be read before" in " ".join(second.notes)
    assert len(library.read) == 11


def test_a_failure_is_tried_again_when_it_may_pass_or_the_file_changed(library: FakeLibrary) -> None:
    library.disk.put(b"/photos/locked.jpg", "a", broken="No permission.", retry=True)
    library.disk.put(b"/photos/broken.jpg", "b", broken="It is cut short.")
    assert len(run(library).failed) == 2
    assert {failure.path: failure.attempts for failure in run(library).failed} == {
        b"/photos/locked.jpg": 2,
        b"/photos/broken.jpg": 1,
    }
    library.disk.edit(b"/photos/broken.jpg", broken="")
    library.disk.files[b"/photos/locked.jpg"] = replace(library.disk.files[b"/photos/locked.jpg"], broken="")
    assert counts(run(library)) == {"added": 2}
    assert library.catalogue.failures() == []


def test_a_photo_that_breaks_is_missing_until_it_is_whole_again(library: FakeLibrary) -> None:
    fill(library, 1)
    run(library)
    photo_id, whole = photo_at(library, b"/photos/0.jpg"), library.disk.files[b"/photos/0.jpg"]
    library.disk.edit(b"/photos/0.jpg", broken="It is cut short.")
    assert counts(run(library)) == {"failed": 1}
    assert library.catalogue.counts().photos == 0
    library.disk.files[b"/photos/0.jpg"] = whole
    assert counts(run(library)) == {"updated": 1}
    assert photo_at(library, b"/photos/0.jpg") == photo_id
    assert (library.catalogue.failures(), library.model.encoded) == ([], 1)


def test_the_failure_of_a_deleted_file_is_forgotten(library: FakeLibrary) -> None:
    fill(library, 1)
    library.disk.put(b"/photos/broken.jpg", "b", broken="It is cut short.")
    run(library)
    del library.disk.files[b"/photos/broken.jpg"]
    assert counts(run(library)) == {"unchanged": 1}
    assert library.catalogue.failures() == []


def test_a_file_that_vanishes_before_it_is_read_is_no_failure(library: FakeLibrary) -> None:
    fill(library, 3)
    run(library)
    library.disk.edit(b"/photos/0.jpg", title="x")
    library.disk.put(b"/photos/new.jpg", "new")
    indexing = library.indexing()
    original = library.new_pool

    def vanish() -> object:
        del library.disk.files[b"/photos/0.jpg"], library.disk.files[b"/photos/new.jpg"]
        return original()

    indexing._pool = vanish  # type: ignore[assignment]
    report = indexing.run((ROOT,), TaskControl(), lambda _: None)
    assert counts(report) == {"unchanged": 2, "missing": 1}


def test_an_unreadable_folder_is_told_and_nothing_below_it_goes_missing(library: FakeLibrary) -> None:
    library.disk.put(b"/photos/a/1.jpg", "one")
    library.disk.put(b"/photos/b/2.jpg", "two")
    run(library)
    library.disk.unreadable[b"/photos/a"] = "You may not read it."
    report = run(library)
    assert counts(report) == {"unchanged": 1, "failed": 1}
    assert (report.failed[0].path, report.failed[0].reason) == (b"/photos/a", "You may not read it.")
    assert run(library).failed == report.failed, "it did not change, so it is no further attempt"
    library.disk.unreadable[b"/photos/a"] = "It is broken."
    assert [(f.reason, f.attempts) for f in run(library).failed] == [("It is broken.", 2)]
    library.disk.unreadable.clear()
    assert counts(run(library)) == {"unchanged": 2}
    assert library.catalogue.failures() == []


def test_failures_of_other_roots_are_not_told(library: FakeLibrary) -> None:
    library.disk.put(b"/a/1.jpg", "one", broken="It is cut short.")
    library.disk.put(b"/ab/2.jpg", "two", broken="It is cut short.")
    assert len(run(library, b"/a", b"/ab").failed) == 2
    assert [failure.path for failure in run(library, b"/a").failed] == [b"/a/1.jpg"]


def test_a_root_that_cannot_be_read_leaves_its_photos(library: FakeLibrary) -> None:
    fill(library)
    run(library)
    library.disk.unreadable[ROOT] = "You may not read it."
    report = run(library)
    assert counts(report) == {"failed": 1}
    assert library.catalogue.counts().photos == 10


def test_the_photos_of_a_drive_that_is_away_stay(library: FakeLibrary) -> None:
    library.disk.volumes[b"/usb"] = "usb"
    library.disk.put(b"/usb/1.jpg", "one")
    run(library, b"/usb")
    file = library.disk.files.pop(b"/usb/1.jpg")
    library.disk.disconnected.add("usb")
    report = run(library, b"/usb")
    assert (counts(report), library.catalogue.roots()[0].away) == ({}, True)
    assert "not connected" in report.notes[0]
    assert library.catalogue.counts().missing == 0
    library.disk.disconnected.clear()
    library.disk.files[b"/usb/1.jpg"] = file
    assert counts(run(library, b"/usb")) == {"unchanged": 1}
    assert not library.catalogue.roots()[0].away


def test_a_drive_pulled_during_the_scan_loses_nothing(library: FakeLibrary) -> None:
    library.disk.volumes[b"/usb"] = "usb"
    library.disk.put(b"/usb/1.jpg", "one")
    run(library, b"/usb")
    library.disk.put(b"/photos/2.jpg", "two")
    walk = library.disk._walk

    def pulled(prefix: bytes):
        yield from ()
        library.disk.disconnected.add("usb")

    library.disk._walk = pulled  # type: ignore[method-assign]
    report = run(library, b"/usb")
    library.disk._walk = walk  # type: ignore[method-assign]
    assert report.missing == 0
    assert library.catalogue.counts().missing == 0


def test_the_photos_of_a_deleted_root_on_a_connected_volume_are_missing(
    library: FakeLibrary,
) -> None:
    library.disk.put(b"/gone/1.jpg", "one")
    run(library, b"/gone")
    library.disk.files.clear()
    report = run(library, b"/gone")
    assert counts(report) == {"missing": 1}
    assert "/gone is gone" in report.notes[0]


def test_a_renamed_root_that_is_added_again_keeps_its_photos(library: FakeLibrary) -> None:
    library.disk.put(b"/old/1.jpg", "one")
    run(library, b"/old")
    photo_id = photo_at(library, b"/old/1.jpg")
    library.disk.move(b"/old/1.jpg", b"/new/1.jpg")
    report = run(library, b"/old", b"/new")
    assert counts(report) == {"moved": 1}
    assert photo_at(library, b"/new/1.jpg") == photo_id


def test_a_folder_that_is_none_is_refused_and_nothing_is_added(library: FakeLibrary) -> None:
    library.disk.put(b"/photos/1.jpg", "one")
    with pytest.raises(FolderGoneError, match="Check the path"):
        run(library, b"/nowhere")
    with pytest.raises(FolderError, match="Give the folder"):
        run(library, b"/photos/1.jpg")
    assert library.catalogue.roots() == []


def test_a_folder_inside_a_root_is_scanned_with_its_root(library: FakeLibrary) -> None:
    library.disk.put(b"/photos/a/1.jpg", "one")
    run(library)
    library.disk.put(b"/photos/a/2.jpg", "two")
    report = run(library, b"/photos/a")
    assert counts(report) == {"added": 1, "unchanged": 1}
    assert len(library.catalogue.roots()) == 1
    assert "lies in /photos" in report.notes[0]


def test_a_hidden_folder_inside_a_root_becomes_a_root_of_its_own(library: FakeLibrary) -> None:
    library.disk.put(b"/photos/1.jpg", "one")
    library.disk.put(b"/photos/.secret/2.jpg", "two")
    run(library)
    assert counts(run(library, b"/photos/.secret")) == {"added": 1}
    assert counts(library.indexing().run((), TaskControl(), lambda _: None)) == {"unchanged": 2}
    assert len(library.catalogue.roots()) == 2


def test_a_folder_around_a_root_takes_its_files_over_unread(library: FakeLibrary) -> None:
    library.disk.put(b"/photos/a/1.jpg", "one")
    library.disk.put(b"/photos/a/2.jpg", "two")
    library.disk.put(b"/photos/3.jpg", "three")
    run(library, b"/photos/a")
    photo_id = photo_at(library, b"/photos/a/1.jpg")
    del library.disk.files[b"/photos/a/2.jpg"]
    run(library, b"/photos/a")
    assert counts(run(library)) == {"added": 1, "unchanged": 1}
    assert [root.path for root in library.catalogue.roots()] == [ROOT]
    assert photo_at(library, b"/photos/a/1.jpg") == photo_id
    assert library.catalogue.counts().missing == 1
    assert len(library.read) == 3


def test_a_folder_and_one_around_it_added_at_once_are_one_root(library: FakeLibrary) -> None:
    library.disk.put(b"/photos/a/1.jpg", "one")
    library.disk.put(b"/photos/2.jpg", "two")
    assert counts(run(library, b"/photos/a", b"/photos")) == {"added": 2}
    assert [root.path for root in library.catalogue.roots()] == [ROOT]


def test_a_folder_around_a_root_on_another_drive_leaves_it_alone(library: FakeLibrary) -> None:
    library.disk.volumes[b"/photos/usb"] = "usb"
    library.disk.put(b"/photos/usb/1.jpg", "one")
    library.disk.put(b"/photos/2.jpg", "two")
    run(library, b"/photos/usb")
    assert counts(run(library)) == {"added": 1}
    assert counts(library.indexing().run((), TaskControl(), lambda _: None)) == {"unchanged": 2}
    assert len(library.catalogue.roots()) == 2
    assert library.catalogue.counts().files == 2


def test_videos_are_counted(library: FakeLibrary) -> None:
    fill(library, 1)
    library.disk.videos.append(b"/photos/film.mp4")
    assert run(library).videos == 1
    assert library.catalogue.counts().videos == 1


def test_photos_without_an_embedding_of_the_model_are_encoded_again(library: FakeLibrary) -> None:
    fill(library)
    run(library)
    library.model = FakeModel(replace(SPEC, model_id=ModelId("fake-2")))
    library.index.at = None
    phases: list[str] = []
    report = library.indexing().run((ROOT,), TaskControl(), lambda p: phases.append(p.phase))
    assert counts(report) == {"unchanged": 10}
    assert library.model.encoded == 10
    assert (
        library.catalogue.searchable(ModelId("fake-2")) == library.catalogue.searchable(SPEC.model_id) == 10
    )
    assert "encoding" in phases
    assert len(library.index.documents) == 10


def test_a_file_that_shows_another_picture_when_it_is_encoded_becomes_its_photo(
    library: FakeLibrary,
) -> None:
    fill(library)
    run(library)
    former = photo_at(library, b"/photos/5.jpg")
    before = library.disk.files[b"/photos/5.jpg"]
    library.disk.files[b"/photos/5.jpg"] = replace(before, picture="5 picture")
    assert library.disk.files[b"/photos/5.jpg"].size == before.size
    library.model = FakeModel(replace(SPEC, model_id=ModelId("fake-2")))
    run(library)
    assert photo_at(library, b"/photos/5.jpg") != former
    assert library.catalogue.photos([former])[0].files == ()
    assert library.catalogue.photos_without_embedding(ModelId("fake-2"), 10) == []
    assert library.catalogue.searchable(ModelId("fake-2")) == 10


def test_thumbnails_whose_photo_was_never_committed_are_deleted(library: FakeLibrary) -> None:
    fill(library)
    run(library)
    wanted = dict(library.thumbnails.stored)
    library.thumbnails.stored[PhotoUid("0" * 32)] = library.thumbnails.stored[PhotoUid("f" * 32)] = b"stray"
    run(library)
    assert library.thumbnails.stored == wanted
    assert len(library.read) == 10


def test_lost_thumbnails_are_made_again_and_the_repair_is_told_once(library: FakeLibrary) -> None:
    fill(library)
    run(library)
    wanted = dict(library.thumbnails.stored)
    for uid in list(wanted)[3:6]:
        del library.thumbnails.stored[uid]
    library.thumbnails.repair_report = "The store of thumbnails was damaged."
    assert run(library).notes == ("The store of thumbnails was damaged.",)
    assert library.thumbnails.stored == wanted
    assert len(library.read) == 13
    assert run(library).notes == ()


def test_lost_thumbnails_of_photos_that_are_away_wait(library: FakeLibrary) -> None:
    library.disk.volumes[b"/usb"] = "usb"
    library.disk.put(b"/usb/1.jpg", "one")
    fill(library, 1)
    run(library, b"/usb", ROOT)
    library.disk.disconnected.add("usb")
    library.thumbnails.stored.clear()
    run(library, b"/usb", ROOT)
    assert len(library.thumbnails.stored) == 1
    library.disk.disconnected.clear()
    run(library, b"/usb", ROOT)
    assert len(library.thumbnails.stored) == 2


def test_copies_of_one_new_picture_share_their_transactions(library: FakeLibrary) -> None:
    for number in range(300):
        library.disk.put(b"/photos/%d.jpg" % number, "same", mtime=number)
    assert counts(run(library)) == {"added": 300}
    assert library.catalogue.counts().photos == 1
    assert len(library.catalogue.transactions) < 20


def test_files_of_one_size_are_not_looked_up_for_each_of_them(
    library: FakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.settings = replace(library.settings, encode_batch=64)
    pictures = ["".join(order) for order in permutations("abcdef")][:200]
    for number, picture in enumerate(pictures[:100]):
        library.disk.put(b"/photos/%d.jpg" % number, picture)
    run(library)
    rows = 0
    original = library.catalogue.files_with_size

    def counted(size: int) -> list[KnownFile]:
        nonlocal rows
        rows += len(found := original(size))
        return found

    monkeypatch.setattr(library.catalogue, "files_with_size", counted)
    for number, picture in enumerate(pictures[100:]):
        library.disk.put(b"/photos/new %d.jpg" % number, picture)
    assert counts(run(library)) == {"unchanged": 100, "added": 100}
    assert rows == 100


def test_transactions_stay_small(library: FakeLibrary) -> None:
    fill(library, 300)
    run(library)
    for path in list(library.disk.files):
        del library.disk.files[path]
    assert counts(run(library)) == {"missing": 300}
    assert max(library.catalogue.transactions) <= 64


def test_memory_stays_flat(library: FakeLibrary) -> None:
    fill(library, 200)
    run(library)
    assert library.pools[0].inside_most <= library.pools[0].capacity


def test_cancelled_at_once_and_continued(library: FakeLibrary) -> None:
    fill(library, 60)
    library.delay_s = 0.02
    control = TaskControl()
    acknowledged = 0

    def report(progress: Progress) -> None:
        nonlocal acknowledged
        if progress.phase == "indexing":
            acknowledged = progress.done
            if progress.done >= 5:
                control.cancel()

    with pytest.raises(Cancelled):
        library.indexing().run((ROOT,), control, report)
    assert acknowledged <= library.catalogue.counts().photos < 60
    assert library.pools[0].closed and library.pools[0].inside == 0
    done = library.catalogue.counts().photos
    assert counts(run(library)) == {"added": 60 - done, "unchanged": done}
    assert library.model.encoded <= 60 + 64


def test_paused_until_resumed(library: FakeLibrary) -> None:
    fill(library, 30)
    library.delay_s = 0.01
    control = TaskControl()
    reached = threading.Event()
    finished = threading.Event()

    def report(progress: Progress) -> None:
        if progress.phase == "indexing" and not reached.is_set():
            control.pause()
            reached.set()

    def work() -> None:
        library.indexing().run((ROOT,), control, report)
        finished.set()

    thread = threading.Thread(target=work)
    thread.start()
    assert reached.wait(5)
    assert not finished.wait(0.3)
    control.resume()
    assert finished.wait(10)
    thread.join()
    assert library.catalogue.counts().photos == 30


def test_progress_ends_with_everything_done(library: FakeLibrary) -> None:
    fill(library, 20)
    library.disk.put(b"/photos/broken.jpg", "?", broken="It is cut short.")
    seen: list[Progress] = []
    library.indexing().run((ROOT,), TaskControl(), seen.append)
    last = [progress for progress in seen if progress.phase == "indexing"][-1]
    assert (last.done, last.total, last.failed) == (21, 21, 1)
    assert seen[0].phase == "scanning"


def test_a_full_disk_stops_the_run_and_keeps_what_was_done(library: FakeLibrary) -> None:
    fill(library, 30)
    library.delay_s = 0.02
    indexing = library.indexing()

    def fill_up(progress: Progress) -> None:
        if progress.phase == "indexing" and progress.done:
            library.thumbnails.refuse = DiskFullError("The disk is full. Make room.")

    with pytest.raises(DiskFullError):
        indexing.run((ROOT,), TaskControl(), fill_up)
    done = library.catalogue.counts().photos
    assert 0 < done < 30
    library.thumbnails.refuse = None
    assert counts(run(library)) == {"added": 30 - done, "unchanged": done}


def test_a_busy_library_is_told_before_anything_is_scanned(library: FakeLibrary) -> None:
    fill(library)
    run(library)
    library.catalogue.refuse = LibraryBusyError("Another process writes to it.")
    scans = library.disk.scans
    with pytest.raises(LibraryBusyError):
        run(library)
    assert library.disk.scans == scans


def test_an_engine_that_is_away_does_not_stop_the_run(library: FakeLibrary) -> None:
    fill(library)
    library.index.away = True
    report = run(library)
    assert counts(report) == {"added": 10}
    assert "cannot be reached" in report.notes[-1]
    library.index.away = False
    run(library)
    assert len(library.index.documents) == 10


def test_photos_that_the_engine_refuses_are_told(library: FakeLibrary) -> None:
    fill(library, 3)
    run(library)
    [photo, *_] = library.catalogue.photos(library.catalogue.present())
    library.index.reject = {photo.uid}
    library.disk.edit(photo.files[0].path, title="odd")
    assert run(library).notes == ("The search engine refused 1 photo: It is too odd.",)
