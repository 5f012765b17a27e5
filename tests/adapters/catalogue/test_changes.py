"""The change log, its cursors, and what projections are fed."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import numpy as np

from imgsearch_desktop.adapters.catalogue.catalogue import SqliteCatalogue
from imgsearch_desktop.application.ports import CatalogueWriter, Change, FolderPlace, NewPhoto
from imgsearch_desktop.domain.changes import ScannedFile
from imgsearch_desktop.domain.embedding import STARTER, ModelId
from imgsearch_desktop.domain.photo import Label, PhotoId, PhotoMetadata, PictureFacts, RootId
from tests.adapters.catalogue.sample import (
    FACTS,
    METADATA,
    VOLUME,
    add,
    add_encoded,
    digest,
    new_uid,
    record,
    taken,
    vectors,
)

OTHER = ModelId("other-1")


def touch(photo_id: PhotoId, writer: CatalogueWriter) -> None:
    writer.set_metadata(photo_id, METADATA)


def changed(catalogue: SqliteCatalogue, since: int) -> list[int]:
    return [change.photo_id for change in catalogue.changes_since(since, 1000)]


def test_a_new_catalogue_has_no_changes(catalogue: SqliteCatalogue) -> None:
    assert (catalogue.latest_change(), catalogue.trimmed_change()) == (0, 0)
    assert catalogue.changes_since(0, 10) == []


def test_one_change_for_each_photo_and_transaction(catalogue: SqliteCatalogue, root_id: RootId) -> None:
    def work(writer):
        photo_id = add(writer, root_id, b"a.jpg")
        writer.set_embeddings([(photo_id, 0), (photo_id, 1)], STARTER, vectors(2))
        writer.set_labels(photo_id, STARTER, [Label("dog", 0.9)])
        writer.set_metadata(photo_id, METADATA)
        return photo_id, add(writer, root_id, b"b.jpg")

    first, second = catalogue.write(work)
    uids = [photo.uid for photo in catalogue.photos([first, second])]
    assert catalogue.changes_since(0, 10) == [Change(1, first, uids[0]), Change(2, second, uids[1])]
    assert catalogue.latest_change() == 2


def test_whatever_touches_a_photo_is_logged(catalogue: SqliteCatalogue, root_id: RootId) -> None:
    first, second = catalogue.write(lambda writer: add_encoded(writer, root_id, [b"a.jpg", b"b.jpg"]))
    files = {file.relative_path: file.file_id for file in catalogue.known_files(root_id)}
    first_file, second_file = files[b"a.jpg"], files[b"b.jpg"]
    assert first_file is not None
    assert second_file is not None
    steps = [
        (lambda w: w.set_metadata(first, taken(2020, 1, 1)), {first}),
        (lambda w: w.set_embeddings([(second, 0)], STARTER, vectors(1)), {second}),
        (lambda w: w.set_labels(first, STARTER, []), {first}),
        (lambda w: w.replace_picture(second, digest("new"), FACTS), {second}),
        (lambda w: w.put_file(first, record(root_id, b"b.jpg")), {first, second}),
        (lambda w: w.mark_missing([first_file]), {first}),
        (lambda w: w.move_file(first_file, record(root_id, b"b.jpg")), {first}),
        (lambda w: w.record_failure(ScannedFile(b"b.jpg", 1, 1), root_id, "Broken.", retry=True), {first}),
        (lambda w: w.record_failure(ScannedFile(b"b.jpg", 1, 1), root_id, "Broken.", retry=True), set()),
        (lambda w: w.clear_failures(root_id, [b"b.jpg"]), set()),
        (lambda w: w.set_root_state(root_id, away=True, videos=1), set()),
        (lambda w: w.remove_root(root_id), {first, second}),
    ]
    for work, touched in steps:
        before = catalogue.latest_change()
        catalogue.write(work)
        assert set(changed(catalogue, before)) == touched
        assert catalogue.latest_change() == before + len(touched)


def test_the_log_is_read_in_portions(catalogue: SqliteCatalogue, root_id: RootId) -> None:
    ids = catalogue.write(lambda writer: [add(writer, root_id, b"%d.jpg" % at) for at in range(4)])
    for photo_id in (ids[1], ids[0], ids[1]):
        catalogue.write(partial(touch, photo_id))

    all_at_once = catalogue.changes_since(0, 100)
    assert [(change.change_id, change.photo_id) for change in all_at_once] == [
        (3, ids[2]),
        (4, ids[3]),
        (6, ids[0]),
        (7, ids[1]),
    ]
    at, seen = 0, []
    while portion := catalogue.changes_since(at, 2):
        assert len(portion) <= 2
        seen += [(change.change_id, change.photo_id) for change in portion]
        at = portion[-1].change_id
    assert at == 7
    assert {photo: change for change, photo in seen} == {
        change.photo_id: change.change_id for change in all_at_once
    }


def test_the_log_is_trimmed_behind_the_slowest(catalogue: SqliteCatalogue, root_id: RootId) -> None:
    catalogue.write(lambda writer: [add(writer, root_id, b"%d.jpg" % at) for at in range(10)])

    def settle(projection: str, model: ModelId, change: int) -> tuple[int, int]:
        catalogue.write(lambda writer: writer.set_cursor(projection, model, change))
        return catalogue.trimmed_change(), len(catalogue.changes_since(0, 100))

    assert settle("elasticsearch", STARTER, 3) == (3, 7)
    assert settle("embedded", STARTER, 8) == (3, 7)
    assert settle("embedded", OTHER, 5) == (3, 7)
    assert settle("elasticsearch", STARTER, 6) == (5, 5)
    assert settle("elasticsearch", STARTER, 6) == (5, 5)
    # A cursor at 0 holds nothing back: that projection will be rebuilt from the photos.
    assert settle("embedded", OTHER, 0) == (6, 4)
    assert settle("embedded", STARTER, 10) == (6, 4)
    assert settle("elasticsearch", STARTER, 10) == (10, 0)
    assert catalogue.latest_change() == 10


def test_the_log_is_not_kept_for_a_projection_that_is_given_up(
    catalogue: SqliteCatalogue, root_id: RootId
) -> None:
    catalogue.write(lambda writer: [add(writer, root_id, b"%d.jpg" % at) for at in range(10)])
    catalogue.write(lambda writer: writer.set_cursor("elasticsearch", STARTER, 3))
    catalogue.write(lambda writer: writer.set_cursor("embedded", STARTER, 8))
    assert (catalogue.cursor("elasticsearch", STARTER), catalogue.cursor("elasticsearch", OTHER)) == (3, None)
    assert (catalogue.count_changes(3), catalogue.count_changes(8)) == (7, 2)
    catalogue.write(lambda writer: writer.keep_cursors({"embedded"}))
    assert (list(catalogue.projections()), catalogue.trimmed_change()) == (["embedded"], 8)


def test_change_ids_are_never_used_twice(catalogue: SqliteCatalogue, root_id: RootId, library: Path) -> None:
    ids = catalogue.write(lambda writer: [add(writer, root_id, b"%d.jpg" % at) for at in range(3)])
    catalogue.write(lambda writer: writer.set_cursor("embedded", STARTER, 3))
    assert catalogue.changes_since(0, 10) == []
    catalogue.close()
    again = SqliteCatalogue(library)
    assert again.latest_change() == 3
    again.write(lambda writer: writer.set_metadata(ids[0], METADATA))
    assert [change.change_id for change in again.changes_since(0, 10)] == [4]
    again.close()


def test_a_forgotten_photo_is_still_told_to_projections(catalogue: SqliteCatalogue, root_id: RootId) -> None:
    (photo_id,) = catalogue.write(lambda writer: add_encoded(writer, root_id, [b"a.jpg"]))
    uid = catalogue.photos([photo_id])[0].uid
    before = catalogue.latest_change()
    catalogue.write(lambda writer: writer.remove_root(root_id))
    assert catalogue.changes_since(before, 10) == [Change(before + 1, photo_id, uid)]
    assert catalogue.documents([photo_id], STARTER) == []


def test_documents_are_the_current_state(catalogue: SqliteCatalogue) -> None:
    def work(writer):
        first = writer.add_root(b"/home/ann/Pictures", VOLUME)
        second = writer.add_root(b"/", VOLUME)
        facts = PictureFacts("dng", 1, 1, 1, 0, (0, 0, 0), (), 1)
        photo_id = add(writer, first, b"Sea/2019/a.jpg", METADATA, facts)
        gone = writer.put_file(photo_id, record(first, b"gone.jpg"))
        for root, path in ((first, b"Sea/2019/b\xff.jpg"), (second, b"a.jpg"), (first, b"Sea/a.jpg")):
            writer.put_file(photo_id, record(root, path))
        writer.mark_missing([gone])
        both = vectors(2)
        writer.set_embeddings([(photo_id, 0), (photo_id, 2)], STARTER, both)
        return first, second, photo_id, both

    first, second, photo_id, both = catalogue.write(work)
    (document,) = catalogue.documents([photo_id, photo_id, PhotoId(99)], STARTER)
    assert document.uid == catalogue.photos([photo_id])[0].uid
    assert document.change_id == catalogue.latest_change()
    assert document.file_names == ("a.jpg", "b�.jpg")
    assert document.places == (
        FolderPlace(first, b"Sea/2019", ("Pictures", "Sea", "2019")),
        FolderPlace(second, b"", ()),
        FolderPlace(first, b"Sea", ("Pictures", "Sea")),
    )
    assert (document.keywords, document.title) == (METADATA.keywords, METADATA.title)
    assert (document.description, document.camera) == (METADATA.description, METADATA.camera)
    assert METADATA.date_taken is not None
    assert document.date_key == METADATA.date_taken.sort_key
    assert (document.latitude, document.longitude) == (51.5, -0.12)
    assert (document.format, document.raw) == ("dng", True)
    assert set(document.vectors) == {0, 2}
    np.testing.assert_array_equal(document.vectors[0], both[0].astype(np.float16))
    np.testing.assert_array_equal(document.vectors[2], both[1].astype(np.float16))


def test_documents_without_metadata(catalogue: SqliteCatalogue, root_id: RootId) -> None:
    photo_id = catalogue.write(lambda writer: add(writer, root_id, b"a.jpg", PhotoMetadata()))
    catalogue.write(lambda writer: writer.set_embeddings([(photo_id, 0)], STARTER, vectors(1)))
    (document,) = catalogue.documents([photo_id], STARTER)
    assert (document.date_key, document.camera, document.latitude, document.keywords) == (
        None,
        None,
        None,
        (),
    )
    assert document.raw is False


def test_documents_leave_out_what_a_projection_must_not_hold(
    catalogue: SqliteCatalogue, root_id: RootId
) -> None:
    def work(writer):
        encoded, vanished = add_encoded(writer, root_id, [b"a.jpg", b"b.jpg"])
        unencoded = add(writer, root_id, b"c.jpg")
        writer.set_embeddings([(unencoded, 4)], STARTER, vectors(1))
        nowhere = writer.add_photo(NewPhoto(new_uid(), digest(1), FACTS, METADATA))
        writer.set_embeddings([(nowhere, 0)], STARTER, vectors(1))
        return encoded, vanished, unencoded, nowhere

    ids = catalogue.write(work)
    gone = next(file.file_id for file in catalogue.known_files(root_id) if file.photo_id == ids[1])
    assert gone is not None
    catalogue.write(lambda writer: writer.mark_missing([gone]))
    assert [document.photo_id for document in catalogue.documents(ids, STARTER)] == [ids[0]]
    assert catalogue.documents(ids, OTHER) == []
    assert catalogue.documents([], STARTER) == []
    assert [d.photo_id for d in catalogue.documents([PhotoId(at) for at in range(5000, 0, -1)], STARTER)] == [
        ids[0]
    ]
