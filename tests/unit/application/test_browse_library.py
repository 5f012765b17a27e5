"""The folder tree and the small use cases around browsing."""

from __future__ import annotations

import pytest

from imgsearch_desktop.application.active_model import FixedModel
from imgsearch_desktop.application.browse_library import BrowseLibrary, FolderNode, folder_tree
from imgsearch_desktop.application.find_duplicates import DuplicateKind, FindDuplicates
from imgsearch_desktop.application.library_status import LibraryStatus
from imgsearch_desktop.application.load_thumbnail import LoadThumbnail
from imgsearch_desktop.application.organise import OrganiseLibrary
from imgsearch_desktop.application.sync_engine import SyncEngine
from imgsearch_desktop.application.tasks import TaskControl
from imgsearch_desktop.domain.errors import FolderError
from imgsearch_desktop.domain.filters import FolderFilter
from imgsearch_desktop.domain.library import Root
from imgsearch_desktop.domain.photo import PhotoId, RootId
from tests.support.fakes import SPEC, FakeLibrary


@pytest.fixture
def library() -> FakeLibrary:
    made = FakeLibrary()
    made.disk.put(b"/photos/a/1.jpg", "one")
    made.disk.put(b"/photos/a/b/2.jpg", "two")
    made.disk.put(b"/photos/3.jpg", "three")
    made.disk.put(b"/other/copy of 1.jpg", "one")
    made.disk.put(b"/photos/broken.jpg", "?", broken="It is cut short.")
    made.indexing().run((b"/photos", b"/other"), TaskControl(), lambda _: None)
    return made


def sync(library: FakeLibrary) -> SyncEngine:
    return SyncEngine(library.catalogue, library.index, SPEC)


def shape(node: FolderNode) -> tuple[str, int, list[object]]:
    return node.name, node.files, [shape(child) for child in node.children]


def test_the_folder_tree_counts_what_lies_in_and_beneath(library: FakeLibrary) -> None:
    trees = {tree.name: tree for tree in BrowseLibrary(library.catalogue, library.disk).folder_tree()}
    assert shape(trees["/photos"]) == ("/photos", 3, [("a", 2, [("b", 1, [])])])
    assert shape(trees["/other"]) == ("/other", 1, [])
    below = trees["/photos"].children[0].children[0]
    assert below.filter == FolderFilter(trees["/photos"].root_id, b"a/b")


def test_the_folder_tree_shows_what_is_away(library: FakeLibrary) -> None:
    library.disk.disconnected.add("system")
    assert all(tree.away for tree in BrowseLibrary(library.catalogue, library.disk).folder_tree())


def test_names_that_are_no_text_and_very_deep_folders_have_a_tree() -> None:
    root = Root(RootId(1), b"/r", "/r", "v", b"/")
    deep = b"/".join([b"x"] * 1500) + b"/1.jpg"
    tree = folder_tree(root, {b"\xff": 1, b"B": 1, b"a": 1, deep.rpartition(b"/")[0]: 1}, away=False)
    assert [node.name for node in tree.children] == ["?", "a", "B", "x"]
    depth, node = 0, tree
    while node.children:
        depth, node = depth + 1, node.children[-1]
    assert (depth, node.files) == (1500, 1)


def test_an_empty_root_is_a_leaf() -> None:
    assert folder_tree(Root(RootId(1), b"/r", "/r", "v", b"/"), {}, away=False).files == 0


def test_ids_photos_and_labels_come_from_the_catalogue(library: FakeLibrary) -> None:
    browse = BrowseLibrary(library.catalogue, library.disk)
    ids = [PhotoId(int(photo_id)) for photo_id in browse.ids()]
    assert [photo.photo_id for photo in browse.photos(ids)] == ids
    assert len(ids) == 3
    [label] = browse.explore()
    assert (label.name, label.photos) == ("thing", 3)


def test_a_thumbnail_is_found_by_photo(library: FakeLibrary) -> None:
    thumbnails = LoadThumbnail(library.catalogue, library.thumbnails)
    photo_id = library.catalogue.photo_at(b"/photos/3.jpg")
    assert photo_id is not None
    assert thumbnails.load(photo_id) == b"three"
    assert thumbnails.load(PhotoId(12345)) is None


def test_copies_are_exact_duplicates(library: FakeLibrary) -> None:
    [group] = FindDuplicates(library.catalogue).groups()
    assert group.kind is DuplicateKind.EXACT
    assert {file.path for file in group.files} == {b"/photos/a/1.jpg", b"/other/copy of 1.jpg"}
    del library.disk.files[b"/other/copy of 1.jpg"]
    library.disk.folders.add(b"/other")
    library.indexing().run((), TaskControl(), lambda _: None)
    assert FindDuplicates(library.catalogue).groups() == []


def test_pictures_that_look_the_same_are_near_duplicates(
    library: FakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = library.catalogue.perceptual_hashes()
    known.hashes[1] = known.hashes[0] ^ known.hashes.dtype.type(5)
    monkeypatch.setattr(library.catalogue, "perceptual_hashes", lambda: known)
    exact, near = FindDuplicates(library.catalogue).groups()
    assert (exact.kind, near.kind) == (DuplicateKind.EXACT, DuplicateKind.NEAR)
    assert near.photo_ids == tuple(known.photo_ids[:2])
    assert len(near.files) == sum(len(p.files) for p in library.catalogue.photos(near.photo_ids))


def test_removing_a_folder_forgets_what_lay_nowhere_else(library: FakeLibrary) -> None:
    report = OrganiseLibrary(library.catalogue, library.thumbnails, sync(library)).remove_folder(b"/photos")
    assert report.photos == 2
    assert [root.path for root in library.catalogue.roots()] == [b"/other"]
    assert len(library.index.documents) == len(library.thumbnails.stored) == 1
    assert len(library.disk.files) == 5
    assert library.catalogue.failures() == []


def test_a_large_folder_is_removed_in_slices(library: FakeLibrary) -> None:
    for number in range(1200):
        library.disk.put(b"/many/%d.jpg" % number, f"one of many {number % 1100}")
    library.indexing().run([b"/many"], TaskControl(), lambda _: None)
    library.catalogue.transactions.clear()
    report = OrganiseLibrary(library.catalogue, library.thumbnails, sync(library)).remove_folder(b"/many")
    assert report.photos == 1100
    assert max(library.catalogue.transactions) <= 500
    assert len(library.thumbnails.stored) == library.catalogue.photo_count() == 3


def test_removing_a_folder_while_the_engine_is_away(library: FakeLibrary) -> None:
    library.index.away = True
    OrganiseLibrary(library.catalogue, library.thumbnails, sync(library)).remove_folder(b"/photos")
    library.index.away = False
    sync(library).catch_up()
    assert len(library.index.documents) == 1


def test_what_is_no_folder_of_the_library_cannot_be_removed(library: FakeLibrary) -> None:
    with pytest.raises(FolderError, match=r"/photos/a is not a folder of the library.*/photos, /other"):
        OrganiseLibrary(library.catalogue, library.thumbnails, sync(library)).remove_folder(b"/photos/a")


def test_the_state_of_a_library(library: FakeLibrary) -> None:
    library.disk.videos.append(b"/photos/film.mp4")
    library.indexing().run((), TaskControl(), lambda _: None)
    status = LibraryStatus(
        library.catalogue, library.index, FixedModel(library.model, sync(library)), "/home/library"
    )
    state = status.read()
    assert (state.photos, state.files, state.searchable, state.failed) == (3, 4, 3, 1)
    assert (state.waiting, state.videos, state.missing) == (0, 1, 0)
    assert (state.engine, state.library, state.model_id) == ("embedded", "/home/library", SPEC.model_id)


def test_photos_that_wait_are_counted(library: FakeLibrary) -> None:
    photo_id = library.catalogue.present()[0]
    del library.catalogue.tables.embeddings[photo_id, SPEC.model_id, 0]
    status = LibraryStatus(
        library.catalogue, library.index, FixedModel(library.model, sync(library)), "/home/library"
    )
    assert (status.read().searchable, status.read().waiting) == (2, 1)
    library.index.away = True
    assert status.read().waiting == 3
