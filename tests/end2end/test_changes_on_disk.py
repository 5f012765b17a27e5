"""Folders that change between two runs: real files, real decode workers, real databases."""

from __future__ import annotations

import io
import os
import shutil
import socket
import sys
import time
from pathlib import Path

import pytest
from PIL import Image

from imgsearch_desktop.application.organise import OrganiseLibrary
from imgsearch_desktop.application.ports import DecodeScope
from imgsearch_desktop.application.search_photos import SearchPhotos
from imgsearch_desktop.domain.errors import FolderError
from imgsearch_desktop.domain.filters import NO_FILTERS
from imgsearch_desktop.domain.query import LibraryExample, Query
from tests.support.fakes import SPEC, FakeDisk, FakeExamples
from tests.support.pictures import encoded, exif_bytes, scene, write_picture
from tests.support.real_library import LentPool, RealLibrary, counts, tree_state
from tests.support.superuser import without_superuser

SIDECAR = """<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:Rating="4">
<dc:subject><rdf:Bag><rdf:li>mountain lake</rdf:li></rdf:Bag></dc:subject>
</rdf:Description></rdf:RDF></x:xmpmeta>"""


def with_exif(path: Path, **what: object) -> None:
    """Write other EXIF into a JPEG without touching its compressed picture."""
    data = path.read_bytes()
    block = exif_bytes(**what)  # type: ignore[arg-type]
    assert data[:2] == b"\xff\xd8"
    segment = b"\xff\xe1" + (len(block) + 2).to_bytes(2, "big") + block
    path.write_bytes(data[:2] + segment + data[2:])
    later = time.time_ns() + 5_000_000_000
    os.utime(path, ns=(later, later))


def test_a_second_run_reads_nothing(library: RealLibrary, photos: Path, lent_pool: LentPool) -> None:
    assert counts(library.run(photos)) == {"added": 10}
    lent_pool.read.clear()
    assert counts(library.run(photos)) == {"unchanged": 10}
    assert (lent_pool.read, library.model.encoded) == ([], 10)


def test_everything_indexed_is_found_by_itself(library: RealLibrary, photos: Path) -> None:
    library.run(photos)
    search = SearchPhotos(library.catalogue, library.index, library.models, FakeExamples(FakeDisk()))
    for path in (photos / "0.jpg", photos / "deep" / "er" / "9.png"):
        photo = library.photo(path)
        page = search.search(Query(examples=(LibraryExample(photo.photo_id),)), limit=100, weak=True)
        assert len(page.hits) == 9
        assert photo.photo_id not in {hit.photo_id for hit in page.hits}
    named = search.search(Query(text="er"), limit=100)
    wanted = {library.photo(photos / "deep" / "er" / f"{n}.png").photo_id for n in range(6, 10)}
    assert wanted <= {hit.photo_id for hit in named.hits}


def test_renamed_and_moved_files_are_not_encoded_again(
    library: RealLibrary, photos: Path, lent_pool: LentPool
) -> None:
    library.run(photos)
    before = {number: library.photo(photos / f"{number}.jpg").uid for number in range(3)}
    lent_pool.read.clear()
    (photos / "0.jpg").rename(photos / "0.JPG")
    (photos / "1.jpg").rename(photos / "deep" / "moved.jpg")
    (photos / "deep" / "er").rename(photos / "elsewhere")
    assert counts(library.run(photos)) == {"unchanged": 4, "moved": 6}
    assert library.photo(photos / "0.JPG").uid == before[0]
    assert library.photo(photos / "deep" / "moved.jpg").uid == before[1]
    assert library.model.encoded == 10
    assert {scope for _, scope in lent_pool.read} == {DecodeScope.FINGERPRINT}
    assert library.catalogue.counts().missing == 0


def test_copies_become_files_of_one_photo(library: RealLibrary, photos: Path) -> None:
    library.run(photos)
    shutil.copytree(photos / "deep", photos / "copied")
    shutil.copy(photos / "0.jpg", photos / "0 copy.jpg")
    assert counts(library.run(photos)) == {"unchanged": 10, "added": 5}
    assert len(library.photo(photos / "0 copy.jpg").files) == 2
    assert (library.catalogue.counts().photos, library.model.encoded) == (10, 10)


def test_copies_that_are_new_together_are_encoded_once(library: RealLibrary, tmp_path: Path) -> None:
    first = write_picture(tmp_path / "new" / "0.jpg", 5)
    for number in range(1, 12):
        shutil.copy(first, first.with_name(f"{number}.jpg"))
    assert counts(library.run(tmp_path / "new")) == {"added": 12}
    assert (library.catalogue.counts().photos, library.model.encoded) == (1, 1)


def test_edited_exif_is_taken_over_without_decoding(
    library: RealLibrary, photos: Path, lent_pool: LentPool
) -> None:
    library.run(photos)
    uid = library.photo(photos / "2.jpg").uid
    lent_pool.read.clear()
    with_exif(photos / "2.jpg", make="Leica", model="M6", date="1999:12:31 23:59:00")
    assert counts(library.run(photos)) == {"unchanged": 9, "updated": 1}
    photo = library.photo(photos / "2.jpg")
    assert photo.uid == uid
    assert "M6" in (photo.metadata.camera or "")
    assert photo.metadata.date_taken is not None and photo.metadata.date_taken.local.year == 1999
    assert lent_pool.read == [("2.jpg", DecodeScope.FINGERPRINT)]
    assert library.model.encoded == 10


def test_another_orientation_is_decoded_and_encoded_again(library: RealLibrary, photos: Path) -> None:
    library.run(photos)
    before = library.photo(photos / "2.jpg")
    old = library.thumbnails.get(before.uid)
    with_exif(photos / "2.jpg", orientation=6)
    assert counts(library.run(photos)) == {"unchanged": 9, "updated": 1}
    photo = library.photo(photos / "2.jpg")
    assert (photo.uid, photo.facts.orientation) == (before.uid, 6)
    assert (photo.facts.width, photo.facts.height) == (before.facts.height, before.facts.width)
    new = library.thumbnails.get(photo.uid)
    assert old is not None and new is not None
    assert Image.open(io.BytesIO(new)).size == Image.open(io.BytesIO(old)).size[::-1]
    assert library.model.encoded == 11


def test_a_sidecar_is_taken_over_and_given_up_without_decoding(
    library: RealLibrary, photos: Path, lent_pool: LentPool
) -> None:
    library.run(photos)
    (photos / "3.jpg.xmp").write_text(SIDECAR)
    assert counts(library.run(photos)) == {"unchanged": 9, "updated": 1}
    metadata = library.photo(photos / "3.jpg").metadata
    assert (metadata.keywords, metadata.rating) == (("mountain lake",), 4)
    (photos / "3.jpg.xmp").unlink()
    assert counts(library.run(photos)) == {"unchanged": 9, "updated": 1}
    assert library.photo(photos / "3.jpg").metadata.keywords == ()
    assert library.model.encoded == 10
    assert {scope for name, scope in lent_pool.read[10:]} == {DecodeScope.FINGERPRINT}


def test_a_replaced_picture_is_another_photo(library: RealLibrary, photos: Path) -> None:
    library.run(photos)
    uid = library.photo(photos / "4.jpg").uid
    write_picture(photos / "4.jpg", seed=99)
    assert counts(library.run(photos)) == {"unchanged": 9, "updated": 1}
    assert library.photo(photos / "4.jpg").uid != uid
    assert library.catalogue.counts().photos == 10


def test_deleted_photos_are_missing_and_come_back_unread(
    library: RealLibrary, photos: Path, tmp_path: Path, lent_pool: LentPool
) -> None:
    library.run(photos)
    lent_pool.read.clear()
    shutil.move(photos / "deep", tmp_path / "away")
    assert counts(library.run(photos)) == {"unchanged": 6, "missing": 4}
    assert library.catalogue.searchable(SPEC.model_id) == 6
    shutil.move(tmp_path / "away", photos / "deep")
    assert counts(library.run(photos)) == {"unchanged": 6, "updated": 4}
    assert (lent_pool.read, library.catalogue.searchable(SPEC.model_id)) == ([], 10)


def test_what_is_no_picture_costs_a_line_each(library: RealLibrary, photos: Path) -> None:
    whole = encoded(scene(1))
    (photos / "cut.jpg").write_bytes(whole[: len(whole) // 3])
    (photos / "empty.jpg").touch()
    (photos / "text.jpg").write_text("This is no picture, it is a text.\n" * 20)
    (photos / "folder.jpg").mkdir()
    write_picture(photos / "folder.jpg" / "inside.jpg", 77)
    (photos / "film.mp4").write_bytes(b"\0" * 100)
    os.mkfifo(photos / "pipe.jpg")
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(photos / "socket.jpg")[-100:] if len(str(photos)) > 90 else str(photos / "socket.jpg"))
    try:
        report = library.run(photos)
    finally:
        listener.close()
    assert (report.added, report.videos) == (11, 1)
    reasons = {Path(os.fsdecode(failure.path)).name: failure.reason for failure in report.failed}
    assert {"cut.jpg", "empty.jpg", "text.jpg"} <= reasons.keys() <= {
        "cut.jpg", "empty.jpg", "text.jpg", "pipe.jpg", "socket.jpg"
    }  # fmt: skip
    assert all(reason.endswith(".") and "Error" not in reason for reason in reasons.values())


def test_a_mended_file_is_taken_in_and_its_line_goes(library: RealLibrary, photos: Path) -> None:
    whole = encoded(scene(50))
    (photos / "new.jpg").write_bytes(whole[: len(whole) // 3])
    assert len(library.run(photos).failed) == 1
    assert counts(library.run(photos)) == {"unchanged": 10, "failed": 1}
    (photos / "new.jpg").write_bytes(whole)
    assert counts(library.run(photos)) == {"unchanged": 10, "added": 1}
    assert library.catalogue.failures() == []


@pytest.mark.skipif(sys.platform != "linux", reason="file names are text on this system")
def test_names_that_are_no_text_and_very_long_paths(library: RealLibrary, tmp_path: Path) -> None:
    folder = tmp_path / "names"
    folder.mkdir()
    odd = Path(os.fsdecode(bytes(folder) + b"/caf\xe9.jpg"))
    odd.write_bytes(encoded(scene(1)))
    deep = folder
    while len(bytes(deep)) < 3500:
        deep = deep / ("d" * 200)
        deep.mkdir()
    write_picture(deep / ("n" * 200 + ".jpg"), 2)
    assert counts(library.run(folder)) == {"added": 2}
    assert library.photo(odd).files[0].display_path.endswith("caf\ufffd.jpg")


@without_superuser
def test_what_may_not_be_read_is_told_and_nothing_goes_missing(library: RealLibrary, photos: Path) -> None:
    library.run(photos)
    (photos / "deep").chmod(0)
    write_picture(photos / "locked.jpg", 60).chmod(0)
    try:
        report = library.run(photos)
    finally:
        (photos / "deep").chmod(0o755)
        (photos / "locked.jpg").chmod(0o644)
    assert (report.missing, len(report.failed)) == (0, 2)
    assert counts(library.run(photos)) == {"unchanged": 10, "added": 1}
    assert library.catalogue.failures() == []


def test_a_file_that_vanishes_while_it_is_read_is_no_failure(
    library: RealLibrary, photos: Path, lent_pool: LentPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    submit = lent_pool.submit

    def delete_first(request: object) -> None:
        (photos / "5.jpg").unlink(missing_ok=True)
        submit(request)  # type: ignore[arg-type]

    monkeypatch.setattr(lent_pool, "submit", delete_first)
    assert counts(library.run(photos)) == {"added": 9}
    assert library.catalogue.failures() == []


def test_a_file_that_grows_while_it_is_read_is_settled_by_the_next_run(
    library: RealLibrary, photos: Path, lent_pool: LentPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = encoded(scene(70))
    growing = photos / "growing.jpg"
    growing.write_bytes(whole[: len(whole) // 2])
    submit = lent_pool.submit

    def grow(request: object) -> None:
        growing.write_bytes(whole)
        submit(request)  # type: ignore[arg-type]

    monkeypatch.setattr(lent_pool, "submit", grow)
    library.run(photos)
    monkeypatch.undo()
    library.run(photos)
    assert library.catalogue.failures() == []
    assert library.photo(growing).facts.width == 320
    assert counts(library.run(photos)) == {"unchanged": 11}


def test_folders_are_left_as_they_were(library: RealLibrary, photos: Path) -> None:
    (photos / "3.jpg.xmp").write_text(SIDECAR)
    (photos / "cut.jpg").write_bytes(encoded(scene(1))[:500])
    before = tree_state(photos)
    library.run(photos)
    search = SearchPhotos(library.catalogue, library.index, library.models, FakeExamples(FakeDisk()))
    search.search(Query(text="lake"))
    library.run(photos)
    OrganiseLibrary(library.catalogue, library.thumbnails, library.sync).remove_folder(bytes(photos))
    assert tree_state(photos) == before


def test_a_removed_folder_is_forgotten_and_can_be_added_again(library: RealLibrary, photos: Path) -> None:
    library.run(photos)
    organise = OrganiseLibrary(library.catalogue, library.thumbnails, library.sync)
    assert organise.remove_folder(bytes(photos)).photos == 10
    counted = library.catalogue.counts()
    assert (counted.photos, counted.files, library.catalogue.searchable(SPEC.model_id)) == (0, 0, 0)
    assert library.index.facets(SPEC.model_id, NO_FILTERS).formats == {}
    assert counts(library.run(photos)) == {"added": 10}


def test_a_root_around_a_root_takes_it_over_without_reading(
    library: RealLibrary, photos: Path, lent_pool: LentPool
) -> None:
    library.run(photos / "deep")
    uid = library.photo(photos / "deep" / "er" / "7.png").uid
    lent_pool.read.clear()
    assert counts(library.run(photos)) == {"added": 6, "unchanged": 4}
    assert [root.path for root in library.catalogue.roots()] == [bytes(photos)]
    assert library.photo(photos / "deep" / "er" / "7.png").uid == uid
    assert len(lent_pool.read) == 6


def test_what_is_no_folder_is_refused(library: RealLibrary, photos: Path) -> None:
    for wrong in (photos / "nowhere", photos / "0.jpg"):
        with pytest.raises(FolderError) as refused:
            library.run(wrong)
        assert str(wrong) in str(refused.value)
    assert library.catalogue.roots() == []
