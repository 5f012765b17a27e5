"""The main job on real photos: index a folder, find what is on them in any language, find more like one."""

from __future__ import annotations

import csv
import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from imgsearch_desktop.application.find_duplicates import DuplicateKind
from imgsearch_desktop.application.tasks import TaskControl
from imgsearch_desktop.bootstrap.core import Core, build_core
from imgsearch_desktop.domain.errors import PhotoUnreadableError
from imgsearch_desktop.domain.filters import Filters, FolderFilter
from imgsearch_desktop.domain.photo import PhotoId
from imgsearch_desktop.domain.query import FileExample, LibraryExample, Query
from imgsearch_desktop.domain.query_parser import parse
from imgsearch_desktop.domain.result import Hit, ResultPage, Why
from imgsearch_desktop.runtime.paths import app_paths
from tests.end2end.held_out_words import ABSENT, PRESENT
from tests.support.photos import PHOTOS, needs_photos
from tests.support.real_library import counts, tree_state

pytestmark = needs_photos


def labelled() -> list[tuple[str, str]]:
    """Every labelled photo: path below the folder, label."""
    with (PHOTOS / "labels.csv").open(newline="") as table:
        return [(row["path"], row["label"]) for row in csv.DictReader(table)]


def photo_id(core: Core, path: str) -> PhotoId:
    found = core.catalogue.photo_at(bytes(PHOTOS / path))
    assert found is not None, path
    return found


def paths(core: Core, page: ResultPage) -> list[str]:
    """Where the hits lie, below the folder."""
    photos = core.catalogue.photos([hit.photo_id for hit in page.hits])
    return [os.path.relpath(os.fsdecode(photo.files[0].path), PHOTOS) for photo in photos]


def find(core: Core, text: str, limit: int = 5, **other: bool) -> list[str]:
    return paths(core, core.search_photos().search(parse(text), limit=limit, **other))


def within(core: Core, folder: str) -> Filters:
    [root] = core.catalogue.roots()
    return Filters(folders=(FolderFilter(root.root_id, folder.encode()),))


def share(found: Sequence[str], *folders: str) -> float:
    """Part of the paths that lie in one of the folders."""
    return sum(path.startswith(folders) for path in found) / max(len(found), 1)


def test_every_labelled_photo_is_indexed(real_core: Core) -> None:
    model_id = real_core.model.spec.vectors_id
    absent = [
        path
        for path, _ in labelled()
        if (found := real_core.catalogue.photo_at(bytes(PHOTOS / path))) is None
        or not real_core.catalogue.has_embedding(found, model_id)
    ]
    assert absent == []
    state = real_core.library_status().read()
    assert (state.searchable, state.waiting) == (state.photos, 0)
    assert state.photos > 1400


def clear(sentence: str) -> bool:
    """Whether it reads like a sentence for people."""
    return sentence.endswith(".") and len(sentence) < 250 and not set(sentence) & {"\n", "<", "{"}


def test_every_broken_file_ends_as_a_photo_or_as_one_clear_line(real_core: Core) -> None:
    """Colour palettes are no pictures and are passed by, like text; as examples they say why."""
    failed = {os.fsdecode(failure.path): failure.reason for failure in real_core.catalogue.failures()}
    assert all(clear(reason) for reason in failed.values())
    passed_by = set[str]()
    for path in (PHOTOS / "broken").rglob("*"):
        if path.is_file() and str(path) not in failed and real_core.catalogue.photo_at(bytes(path)) is None:
            passed_by.add(path.suffix)
            with pytest.raises(PhotoUnreadableError) as refused:
                real_core.search_photos().search(Query(examples=(FileExample(bytes(path)),)))
            assert path.name in str(refused.value) and clear(str(refused.value))
    assert passed_by <= {".gpl"}


@pytest.mark.parametrize("query", ["Hund", "dog", "собака", "狗"])
def test_dogs_are_found_in_any_language(real_core: Core, query: str) -> None:
    search = real_core.search_photos()
    query_in = Query(text=query, filters=within(real_core, "subjects"))
    found = paths(real_core, search.search(query_in, limit=10, weak=True))
    assert share(found, "subjects/dog", "subjects/wolf", "subjects/backpack_dog") >= 0.8


def test_bananas_are_found(real_core: Core) -> None:
    found = find(real_core, "banana", limit=5)
    assert share(found, "grocery/Fruit/Banana") >= 0.6
    assert share(find(real_core, "Banane"), "grocery/Fruit/Banana") >= 0.4


def test_similar_photos_are_siblings(real_core: Core) -> None:
    search = real_core.search_photos()
    siblings = Counter[bool]()
    for path, _ in labelled():
        if path.startswith("subjects/") and path.endswith("00.jpg"):
            example = LibraryExample(photo_id(real_core, path))
            query = Query(examples=(example,), filters=within(real_core, "subjects"))
            found = paths(real_core, search.search(query, limit=3, weak=True))
            assert path not in found
            siblings.update(other.split("/")[1] == path.split("/")[1] for other in found)
    assert siblings[True] / siblings.total() >= 0.8


def test_a_picture_file_finds_itself_in_the_library_of_another_folder(
    real_core: Core, tmp_path: Path
) -> None:
    copy = tmp_path / "elsewhere.jpg"
    copy.write_bytes((PHOTOS / "subjects" / "teapot" / "00.jpg").read_bytes())
    page = real_core.search_photos().search(Query(examples=(FileExample(bytes(copy)),)), limit=3)
    assert paths(real_core, page)[0] == "subjects/teapot/00.jpg"
    assert page.hits[0].score == pytest.approx(1.0, abs=0.01)


def test_file_names_folders_and_cameras_are_found_with_their_reason(real_core: Core) -> None:
    search = real_core.search_photos()
    page = search.search(Query(text="duck toy"), limit=5)
    assert any(Why.FOLDER in hit.why for hit in page.hits)
    quoted = search.search(parse('"duck toy"'), limit=100)
    assert {path.split("/")[1] for path in paths(real_core, quoted)} == {"duck_toy"}
    camera = search.search(parse('"finepix"'), limit=20)
    assert camera.total and all(Why.CAMERA in hit.why or Why.NAME in hit.why for hit in camera.hits)


def test_results_end(real_core: Core) -> None:
    search = real_core.search_photos()
    page = search.search(Query(text="mountain"), limit=10_000)
    assert 0 < page.total < 800
    assert page.total + page.weak_total == real_core.catalogue.counts().photos
    assert len(page.hits) == page.total


def test_what_is_nowhere_has_no_good_match_and_what_is_there_has(real_core: Core) -> None:
    """The ends that `test_search_quality` holds on vectors alone, through the whole search.

    What is there must be found by its looks: the folders of these photos are called after what is on them.
    """
    search = real_core.search_photos()

    def good(text: str) -> list[Hit]:
        return list(search.search(Query(text=text), limit=1000).hits)

    wrong = [text for text in ABSENT if good(text)]
    lost = [text for text in PRESENT if not any(Why.VISUAL in hit.why for hit in good(text))]
    assert len(wrong) <= 0.25 * len(ABSENT), f"good matches for {wrong}"
    assert len(lost) <= 0.10 * len(PRESENT), f"no good match for {lost}"


def test_an_empty_query_shows_everything_newest_first(real_core: Core) -> None:
    page = real_core.search_photos().search(Query(), limit=50)
    photos = real_core.catalogue.photos([hit.photo_id for hit in page.hits])
    keys = [photo.metadata.date_taken.sort_key for photo in photos if photo.metadata.date_taken]
    assert keys == sorted(keys, reverse=True)
    assert page.total == real_core.catalogue.counts().photos


@pytest.mark.parametrize(
    "text", ["🐶🐱", "x" * 10_000, "Hund " * 2_000, str(PHOTOS / "subjects" / "cat" / "00.jpg")]
)
def test_any_text_gets_an_answer(real_core: Core, text: str) -> None:
    page = real_core.search_photos().search(parse(text), limit=5)
    assert page.hits or page.notice


def test_a_second_run_reads_nothing(own_real_library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_pool(_: Core) -> None:
        pytest.fail("something was read again")

    monkeypatch.setattr(Core, "new_decode_pool", no_pool)
    with build_core(app_paths(own_real_library)) as core:
        before = core.catalogue.counts()
        report = core.index_library().run([bytes(PHOTOS)], TaskControl(), lambda _: None)
        assert counts(report) == {"unchanged": before.files, "failed": before.failed}
        assert core.catalogue.counts() == before


def test_a_cache_that_was_deleted_is_built_again_and_answers_the_same(own_real_library: Path) -> None:
    query = Query(text="a dog in the grass")
    with build_core(app_paths(own_real_library)) as core:
        before = core.search_photos().search(query, limit=100)
    for path in (own_real_library / "cache" / "embedded").iterdir():
        path.unlink()
    with build_core(app_paths(own_real_library)) as core:
        after = core.search_photos().search(query, limit=100)
    assert after.hits == before.hits


def test_copies_and_turned_pictures_are_duplicates(real_core: Core) -> None:
    groups = real_core.find_duplicates().groups()
    exact = [group for group in groups if group.kind is DuplicateKind.EXACT]
    assert all(len(group.files) > 1 and len(group.photo_ids) == 1 for group in exact)
    turned = next(group for group in groups if any(b"Landscape_1" in file.path for file in group.files))
    assert sum(b"Landscape_" in file.path for file in turned.files) >= 7


def test_indexing_searching_and_removing_leave_the_folder_as_it_was(
    tmp_path: Path, worked_out_model: Path
) -> None:
    from tests.support.command_line import seed_model_cache

    folder = PHOTOS / "exif"
    before = tree_state(folder)
    seed_model_cache(worked_out_model, tmp_path / "library")
    with build_core(app_paths(tmp_path / "library")) as core:
        core.index_library().run([bytes(folder)], TaskControl(), lambda _: None)
        core.search_photos().search(Query(text="camera"))
        assert core.organise_library().remove_folder(bytes(folder)).photos > 70
        assert core.catalogue.counts().photos == 0
    assert tree_state(folder) == before
