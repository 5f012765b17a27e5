"""Folders, files and failures."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from imgsearch_desktop.adapters.catalogue.catalogue import SqliteCatalogue
from imgsearch_desktop.application.ports import CatalogueCounts, FileRecord, SortOrder, Volume
from imgsearch_desktop.domain.changes import ScannedFile
from imgsearch_desktop.domain.embedding import STARTER
from imgsearch_desktop.domain.errors import FolderError
from imgsearch_desktop.domain.filters import NO_FILTERS
from imgsearch_desktop.domain.photo import FileId, Fingerprint, Label, PhotoFile, PhotoId, PhotoUid, RootId
from tests.adapters.catalogue.sample import FACTS, ROOT, VOLUME, add, add_encoded, digest, record, vectors


def files_of(catalogue: SqliteCatalogue, photo_id: PhotoId) -> dict[bytes, PhotoFile]:
    return {file.path: file for file in catalogue.photos([photo_id])[0].files}


def present(catalogue: SqliteCatalogue) -> set[int]:
    return set(catalogue.browse(NO_FILTERS, SortOrder.ADDED).tolist())


def test_a_folder_is_found_again_by_its_path(catalogue: SqliteCatalogue) -> None:
    first = catalogue.write(lambda writer: writer.add_root(b"/photos/", Volume("a", b"/")))
    other = catalogue.write(lambda writer: writer.add_root(b"/more", VOLUME))
    catalogue.write(lambda writer: writer.set_root_state(first, away=True, videos=3))
    again = catalogue.write(lambda writer: writer.add_root(b"/photos", Volume("b", b"/mnt")))

    assert again == first != other
    roots = catalogue.roots()
    assert [(root.root_id, root.path, root.display_path) for root in roots] == [
        (first, b"/photos", "/photos"),
        (other, b"/more", "/more"),
    ]
    assert (roots[0].volume_id, roots[0].mount_point, roots[0].away) == ("b", b"/mnt", False)


def test_state_of_a_folder(catalogue: SqliteCatalogue, root_id: RootId) -> None:
    catalogue.write(lambda writer: writer.set_root_state(root_id, away=False, videos=7))
    catalogue.write(lambda writer: writer.set_root_state(root_id, away=True, videos=None))
    assert catalogue.roots()[0].away
    assert catalogue.counts().videos == 7


def test_known_files_tell_what_planning_needs(catalogue: SqliteCatalogue, root_id: RootId) -> None:
    file = FileRecord(root_id, b"a/b.jpg", Fingerprint(123, 456, digest("file"), digest("picture")), "stamp")
    photo_id = catalogue.write(lambda writer: add(writer, root_id, b"elsewhere.jpg"))
    catalogue.write(lambda writer: writer.replace_picture(photo_id, digest("picture"), FACTS))
    file_id = catalogue.write(lambda writer: writer.put_file(photo_id, file))

    known = {item.relative_path: item for item in catalogue.known_files(root_id)}
    assert set(known) == {b"a/b.jpg", b"elsewhere.jpg"}
    found = known[b"a/b.jpg"]
    assert (found.file_id, found.photo_id, found.root_id) == (file_id, photo_id, root_id)
    assert (found.size, found.mtime_ns, found.sidecar_stamp) == (123, 456, "stamp")
    assert (found.file_hash, found.picture_hash) == (digest("file"), digest("picture"))
    assert (found.missing, found.retry) == (False, False)
    assert catalogue.known_files(RootId(99)) == []


def test_known_files_of_a_small_and_of_a_large_folder(catalogue: SqliteCatalogue, root_id: RootId) -> None:
    other = catalogue.write(lambda writer: writer.add_root(b"/other", VOLUME))
    names = {b"%d.jpg" % at for at in range(60)}
    catalogue.write(lambda writer: [add(writer, root_id, name) for name in names])
    catalogue.write(lambda writer: add(writer, other, b"alone.jpg"))
    assert {file.relative_path for file in catalogue.known_files(root_id)} == names
    assert [file.relative_path for file in catalogue.known_files(other)] == [b"alone.jpg"]


def test_files_are_found_by_size_whatever_their_state(catalogue: SqliteCatalogue, root_id: RootId) -> None:
    photo_id = catalogue.write(lambda writer: add(writer, root_id, b"a.jpg"))
    file_id = catalogue.write(lambda writer: writer.put_file(photo_id, record(root_id, b"b.jpg", size=77)))
    catalogue.write(lambda writer: writer.mark_missing([file_id]))
    assert [(f.relative_path, f.missing) for f in catalogue.files_with_size(77)] == [(b"b.jpg", True)]
    assert catalogue.files_with_size(78) == []


def test_a_copy_is_a_second_file_of_one_photo(catalogue: SqliteCatalogue, root_id: RootId) -> None:
    photo_id = catalogue.write(lambda writer: add(writer, root_id, b"a.jpg"))
    catalogue.write(lambda writer: writer.put_file(photo_id, record(root_id, b"copy/a.jpg")))
    assert set(files_of(catalogue, photo_id)) == {ROOT + b"/a.jpg", ROOT + b"/copy/a.jpg"}
    assert catalogue.counts() == CatalogueCounts(photos=1, files=2, missing=0, failed=0, videos=0)


def test_putting_a_file_again_replaces_what_is_known(catalogue: SqliteCatalogue, root_id: RootId) -> None:
    first, second = catalogue.write(lambda w: [add(w, root_id, b"a.jpg"), add(w, root_id, b"b.jpg")])
    before = files_of(catalogue, first)[ROOT + b"/a.jpg"]
    catalogue.write(lambda writer: writer.put_file(second, record(root_id, b"a.jpg", size=5)))

    assert files_of(catalogue, first) == {}
    after = files_of(catalogue, second)[ROOT + b"/a.jpg"]
    assert (after.file_id, after.size) == (before.file_id, 5)
    assert present(catalogue) == {second}
    assert len(catalogue.known_files(root_id)) == 2


def test_a_moved_file_keeps_its_photo(catalogue: SqliteCatalogue, root_id: RootId) -> None:
    other_root = catalogue.write(lambda writer: writer.add_root(b"/other", VOLUME))
    photo_id = catalogue.write(lambda writer: add(writer, root_id, b"a.jpg"))
    file_id = files_of(catalogue, photo_id)[ROOT + b"/a.jpg"].file_id
    catalogue.write(lambda writer: writer.mark_missing([file_id]))
    assert present(catalogue) == set()
    catalogue.write(lambda writer: writer.move_file(file_id, record(other_root, b"new/name.jpg")))

    (file,) = catalogue.photos([photo_id])[0].files
    assert (file.path, file.root_id, file.missing) == (b"/other/new/name.jpg", other_root, False)
    assert present(catalogue) == {photo_id}
    assert catalogue.photo_at(b"/photos/a.jpg") is None


def test_a_moved_file_takes_the_place_of_a_row_at_its_path(
    catalogue: SqliteCatalogue, root_id: RootId
) -> None:
    moved, stale = catalogue.write(lambda w: [add(w, root_id, b"a.jpg"), add(w, root_id, b"b.jpg")])
    file_id = files_of(catalogue, moved)[ROOT + b"/a.jpg"].file_id
    catalogue.write(lambda writer: writer.move_file(file_id, record(root_id, b"b.jpg")))
    assert catalogue.photo_at(b"/photos/b.jpg") == moved
    assert files_of(catalogue, stale) == {}
    assert present(catalogue) == {moved}


def test_a_vanished_file_leaves_its_photo(catalogue: SqliteCatalogue, root_id: RootId) -> None:
    photo_id = catalogue.write(lambda writer: add(writer, root_id, b"a.jpg"))
    copy = catalogue.write(lambda writer: writer.put_file(photo_id, record(root_id, b"b.jpg")))
    original = files_of(catalogue, photo_id)[ROOT + b"/a.jpg"].file_id
    catalogue.write(lambda writer: writer.mark_missing([original]))
    assert present(catalogue) == {photo_id}
    catalogue.write(lambda writer: writer.mark_missing([copy]))

    assert present(catalogue) == set()
    assert catalogue.counts() == CatalogueCounts(photos=0, files=0, missing=2, failed=0, videos=0)
    assert catalogue.photo_with_picture(digest(b"a.jpg")) == photo_id
    catalogue.write(lambda writer: writer.put_file(photo_id, record(root_id, b"a.jpg")))
    assert present(catalogue) == {photo_id}


def test_photo_at_a_path(catalogue: SqliteCatalogue, root_id: RootId) -> None:
    inner = catalogue.write(lambda writer: writer.add_root(b"/photos/inner", VOLUME))
    top = catalogue.write(lambda writer: writer.add_root(b"/", VOLUME))
    first = catalogue.write(lambda writer: add(writer, root_id, b"a.jpg"))
    second = catalogue.write(lambda writer: add(writer, inner, b"b.jpg"))
    third = catalogue.write(lambda writer: add(writer, top, b"c.jpg"))
    assert catalogue.photo_at(b"/photos/a.jpg") == first
    assert catalogue.photo_at(b"/photos/inner/b.jpg") == second
    assert catalogue.photo_at(b"/c.jpg") == third
    for unknown in (b"/photos", b"/photos/", b"/photosa.jpg", b"a.jpg", b"", b"/photos/a.jpg/"):
        assert catalogue.photo_at(unknown) is None


def test_names_that_are_not_utf_8(catalogue: SqliteCatalogue) -> None:
    root_id = catalogue.write(lambda writer: writer.add_root(b"/ph\xffotos", VOLUME))
    photo_id = catalogue.write(lambda writer: add(writer, root_id, b"f\xf6lder/na\xfeme.jpg"))
    path = b"/ph\xffotos/f\xf6lder/na\xfeme.jpg"

    assert catalogue.roots()[0].path == b"/ph\xffotos"
    assert catalogue.roots()[0].display_path == "/ph�otos"
    file = files_of(catalogue, photo_id)[path]
    assert file.display_path == "/ph�otos/f�lder/na�me.jpg"
    assert catalogue.photo_at(path) == photo_id
    assert catalogue.known_files(root_id)[0].relative_path == b"f\xf6lder/na\xfeme.jpg"
    scanned = ScannedFile(b"\xe9.jpg", 1, 2)
    catalogue.write(lambda writer: writer.record_failure(scanned, root_id, "is odd: \udcff", retry=False))
    (failure,) = catalogue.failures()
    assert (failure.path, failure.display_path) == (b"/ph\xffotos/\xe9.jpg", "/ph�otos/�.jpg")
    assert failure.reason == "is odd: ?"


def test_a_time_beyond_what_64_bits_hold_is_stored_as_the_latest(
    catalogue: SqliteCatalogue, root_id: RootId
) -> None:
    file = FileRecord(root_id, b"a.jpg", Fingerprint(1, 1 << 65, digest(1), digest(1)), "")
    photo_id = catalogue.write(lambda writer: add(writer, root_id, b"b.jpg"))
    catalogue.write(lambda writer: writer.put_file(photo_id, file))
    assert files_of(catalogue, photo_id)[ROOT + b"/a.jpg"].mtime_ns == (1 << 63) - 1


def test_failures_count_attempts(catalogue: SqliteCatalogue, root_id: RootId) -> None:
    scanned = ScannedFile(b"a/broken.jpg", 10, 20, (), "stamp")
    catalogue.write(lambda writer: writer.record_failure(scanned, root_id, "Is no picture.", retry=True))
    newer = ScannedFile(b"a/broken.jpg", 11, 21)
    catalogue.write(lambda writer: writer.record_failure(newer, root_id, "Is cut short.", retry=False))

    (failure,) = catalogue.failures()
    assert (failure.path, failure.display_path) == (b"/photos/a/broken.jpg", "/photos/a/broken.jpg")
    assert (failure.reason, failure.attempts) == ("Is cut short.", 2)
    assert failure.last_tried is not None
    assert abs(datetime.now(UTC) - failure.last_tried) < timedelta(minutes=1)
    (known,) = catalogue.known_files(root_id)
    assert (known.file_id, known.photo_id, known.missing, known.retry) == (None, None, False, False)
    assert (known.size, known.mtime_ns, known.sidecar_stamp) == (11, 21, "")
    assert catalogue.counts() == CatalogueCounts(photos=0, files=0, missing=0, failed=1, videos=0)


def test_a_file_that_fails_goes_missing_until_it_can_be_read(
    catalogue: SqliteCatalogue, root_id: RootId
) -> None:
    photo_id = catalogue.write(lambda writer: add(writer, root_id, b"a.jpg"))
    scanned = ScannedFile(b"a.jpg", 1, 2)
    catalogue.write(lambda writer: writer.record_failure(scanned, root_id, "Is broken.", retry=True))
    assert present(catalogue) == set()
    known = {(item.photo_id, item.missing, item.retry) for item in catalogue.known_files(root_id)}
    assert known == {(photo_id, True, False), (None, False, True)}

    catalogue.write(lambda writer: writer.put_file(photo_id, record(root_id, b"a.jpg")))
    assert catalogue.failures() == []
    assert present(catalogue) == {photo_id}


def test_moving_a_file_clears_the_failure_at_its_path(catalogue: SqliteCatalogue, root_id: RootId) -> None:
    photo_id = catalogue.write(lambda writer: add(writer, root_id, b"a.jpg"))
    file_id = catalogue.known_files(root_id)[0].file_id
    assert file_id is not None
    scanned = ScannedFile(b"b.jpg", 1, 2)
    catalogue.write(lambda writer: writer.record_failure(scanned, root_id, "Is broken.", retry=True))
    catalogue.write(lambda writer: writer.move_file(file_id, record(root_id, b"b.jpg")))
    assert catalogue.failures() == []
    assert catalogue.photo_at(b"/photos/b.jpg") == photo_id


def test_a_file_that_moved_or_fails_leaves_the_journal_of_the_trash(
    catalogue: SqliteCatalogue, root_id: RootId
) -> None:
    moved, broken = catalogue.write(lambda w: [add(w, root_id, b"a.jpg"), add(w, root_id, b"b.jpg")])
    file_ids = [photo.files[0].file_id for photo in catalogue.photos([moved, broken])]
    due = datetime(2026, 1, 1, tzinfo=UTC)
    catalogue.write(lambda writer: writer.journal_trash([*file_ids, FileId(99)], due))
    assert [entry.file_id for entry in catalogue.trash_journal()] == file_ids
    assert {file.missing for file in catalogue.files_with_size(1000)} == {False}

    scanned = ScannedFile(b"b.jpg", 1, 2)
    catalogue.write(lambda writer: writer.move_file(file_ids[0], record(root_id, b"c.jpg")))
    catalogue.write(lambda writer: writer.record_failure(scanned, root_id, "Is broken.", retry=True))
    assert catalogue.trash_journal() == []
    assert present(catalogue) == {moved}


def test_clearing_failures(catalogue: SqliteCatalogue, root_id: RootId) -> None:
    def work(writer):
        for name in (b"a", b"b", b"c"):
            writer.record_failure(ScannedFile(name, 1, 2), root_id, "Is broken.", retry=False)
        writer.clear_failures(root_id, [b"a", b"c", b"unknown"])

    catalogue.write(work)
    assert [failure.path for failure in catalogue.failures()] == [b"/photos/b"]


def test_removing_a_folder_forgets_what_lies_nowhere_else(
    catalogue: SqliteCatalogue, root_id: RootId
) -> None:
    other = catalogue.write(lambda writer: writer.add_root(b"/other", VOLUME))

    def work(writer):
        only_here, both, only_there = add_encoded(writer, root_id, [b"1.jpg", b"2.jpg", b"3.jpg"])
        writer.put_file(both, record(other, b"2.jpg"))
        writer.set_labels(only_here, STARTER, [Label("dog", 0.9)])
        writer.record_failure(ScannedFile(b"bad.jpg", 1, 2), root_id, "Is broken.", retry=False)
        return only_here, both, only_there

    only_here, both, third = catalogue.write(work)
    third_file = files_of(catalogue, third)[b"/photos/3.jpg"].file_id
    catalogue.write(lambda writer: writer.move_file(third_file, record(other, b"3.jpg")))
    uid = catalogue.photos([only_here])[0].uid
    before = catalogue.latest_change()

    assert catalogue.write(lambda writer: writer.remove_root(root_id)) == [uid]
    assert [root.root_id for root in catalogue.roots()] == [other]
    assert present(catalogue) == {both, third}
    assert set(files_of(catalogue, both)) == {b"/other/2.jpg"}
    assert catalogue.failures() == []
    assert catalogue.embedding(only_here, STARTER) is None
    assert catalogue.labels(5) == []
    assert {(c.photo_id, c.uid == uid) for c in catalogue.changes_since(before, 10)} == {
        (only_here, True),
        (both, False),
    }
    assert catalogue.write(lambda writer: writer.remove_root(other)) != []
    assert catalogue.counts() == CatalogueCounts(0, 0, 0, 0, 0)


def test_removing_a_folder_forgets_photos_that_had_lost_every_file(
    catalogue: SqliteCatalogue, root_id: RootId
) -> None:
    replaced, kept = catalogue.write(lambda w: [add(w, root_id, b"a.jpg"), add(w, root_id, b"b.jpg")])
    catalogue.write(lambda writer: writer.put_file(kept, record(root_id, b"a.jpg")))
    assert catalogue.photos([replaced])[0].files == ()
    assert len(catalogue.write(lambda writer: writer.remove_root(root_id))) == 2
    assert catalogue.photos([replaced, kept]) == []


def test_the_files_of_one_photo(catalogue: SqliteCatalogue, root_id: RootId) -> None:
    photo_id, _ = catalogue.write(lambda w: [add(w, root_id, b"a.jpg"), add(w, root_id, b"b.jpg")])
    catalogue.write(lambda writer: writer.put_file(photo_id, record(root_id, b"c.jpg")))
    catalogue.write(lambda w: w.mark_missing([files_of(catalogue, photo_id)[b"/photos/a.jpg"].file_id]))
    found = catalogue.files_of(photo_id)
    assert [(file.relative_path, file.missing) for file in found] == [(b"a.jpg", True), (b"c.jpg", False)]
    assert found == [file for file in catalogue.known_files(root_id) if file.photo_id == photo_id]


def test_uids_come_in_their_order_with_every_photo(catalogue: SqliteCatalogue, root_id: RootId) -> None:
    names = [b"%d.jpg" % number for number in range(7)]
    photo_ids = catalogue.write(lambda writer: [add(writer, root_id, name) for name in names])
    catalogue.write(lambda writer: writer.put_file(photo_ids[0], record(root_id, names[1])))
    expected = sorted((photo.uid, photo.photo_id) for photo in catalogue.photos(photo_ids))
    assert catalogue.photo_count() == 7 > catalogue.counts().photos
    assert catalogue.uids(PhotoUid(""), 3) == expected[:3]
    assert catalogue.uids(expected[2][0], 10) == expected[3:]


def test_forgetting_files_forgets_photos_that_lie_nowhere_else(
    catalogue: SqliteCatalogue, root_id: RootId
) -> None:
    twice, once = catalogue.write(lambda w: [add(w, root_id, b"a.jpg"), add(w, root_id, b"b.jpg")])
    second = catalogue.write(lambda writer: writer.put_file(twice, record(root_id, b"c.jpg")))
    first = files_of(catalogue, twice)[b"/photos/a.jpg"].file_id
    last = files_of(catalogue, once)[b"/photos/b.jpg"].file_id
    uids = [photo.uid for photo in catalogue.photos([twice, once])]
    before = catalogue.latest_change()
    assert catalogue.write(lambda writer: writer.forget_files([first, last, FileId(99)])) == uids[1:]
    assert {change.photo_id for change in catalogue.changes_since(before, 10)} == {twice, once}
    assert set(files_of(catalogue, twice)) == {b"/photos/c.jpg"}
    assert catalogue.write(lambda writer: writer.forget_files([second])) == uids[:1]
    assert catalogue.photo_count() == 0


def test_removing_a_folder_leaves_replaced_photos_of_other_folders(
    catalogue: SqliteCatalogue, root_id: RootId
) -> None:
    other = catalogue.write(lambda writer: writer.add_root(b"/other", VOLUME))
    replaced, kept = catalogue.write(lambda w: [add(w, root_id, b"a.jpg"), add(w, root_id, b"b.jpg")])
    gone = catalogue.write(lambda writer: add(writer, other, b"c.jpg"))
    catalogue.write(lambda writer: writer.put_file(kept, record(root_id, b"a.jpg")))
    [gone_uid] = [photo.uid for photo in catalogue.photos([gone])]
    assert catalogue.write(lambda writer: writer.remove_root(other)) == [gone_uid]
    assert [photo.photo_id for photo in catalogue.photos([replaced, kept])] == [replaced, kept]


def test_ids_are_not_given_twice(catalogue: SqliteCatalogue, root_id: RootId) -> None:
    photo_id = catalogue.write(lambda writer: add(writer, root_id, b"a.jpg"))
    file_id = catalogue.known_files(root_id)[0].file_id
    catalogue.write(lambda writer: writer.remove_root(root_id))
    again = catalogue.write(lambda writer: writer.add_root(ROOT, VOLUME))
    new_photo = catalogue.write(lambda writer: add(writer, again, b"a.jpg"))
    assert again > root_id
    assert new_photo > photo_id
    assert (catalogue.known_files(again)[0].file_id or 0) > (file_id or 0)


def test_what_comes_after_its_folder_was_removed(catalogue: SqliteCatalogue, root_id: RootId) -> None:
    photo_id = catalogue.write(lambda writer: add(writer, root_id, b"a.jpg"))
    file_id = catalogue.known_files(root_id)[0].file_id
    assert file_id is not None
    catalogue.write(lambda writer: writer.remove_root(root_id))
    before = catalogue.latest_change()

    def late(writer):
        writer.set_embeddings([(photo_id, 0)], STARTER, vectors(1))
        writer.set_labels(photo_id, STARTER, [Label("dog", 0.5)])
        writer.mark_missing([file_id])
        writer.set_root_state(root_id, away=True, videos=1)

    catalogue.write(late)
    assert catalogue.latest_change() == before
    assert catalogue.embedding(photo_id, STARTER) is None
    for work in (
        lambda writer: writer.put_file(photo_id, record(root_id, b"a.jpg")),
        lambda writer: writer.move_file(file_id, record(root_id, b"b.jpg")),
        lambda writer: writer.record_failure(ScannedFile(b"a.jpg", 1, 2), root_id, "Is broken.", retry=True),
    ):
        with pytest.raises(FolderError, match="removed from the library"):
            catalogue.write(work)
