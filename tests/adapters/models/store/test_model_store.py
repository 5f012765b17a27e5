from __future__ import annotations

import os
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from imgsearch_desktop.adapters.models.store.manifest import NAME, read_manifest, write_manifest
from imgsearch_desktop.adapters.models.store.model_lock import ModelBusyError
from imgsearch_desktop.adapters.models.store.model_store import DiskModelStore
from imgsearch_desktop.application.ports import ModelState, StoredModel
from imgsearch_desktop.application.tasks import Progress, TaskControl
from imgsearch_desktop.domain.embedding import STARTER, ModelId
from imgsearch_desktop.domain.errors import Cancelled, ModelError
from imgsearch_desktop.domain.model_list import CpuKind
from tests.support.stored_models import BAD, CLIP, GOOD, Judge, damage, store_in, unwatched, write_folder
from tests.support.superuser import without_superuser

MODEL = "visual/onnx/model.onnx"


def take(store: DiskModelStore, folder: Path, **options: object) -> StoredModel:
    return store.import_folder(folder, *unwatched(), **options)  # type: ignore[arg-type]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_folder(tmp_path / "My CLIP")


def test_an_empty_store_lists_the_starter_and_what_can_be_had(store: DiskModelStore) -> None:
    starter, clip = store.models()
    assert (starter.model_id, starter.state, starter.removable) == (STARTER, ModelState.READY, False)
    assert (clip.model_id, clip.state, clip.bytes_here) == (CLIP, ModelState.ABSENT, 0)
    assert not store.folders.root.exists(), "looking makes nothing"


@pytest.mark.parametrize("model_id", ["nothing", "", "..", ".locks", "a/b", "/etc"])
def test_what_is_no_model_is_said(store: DiskModelStore, model_id: str) -> None:
    with pytest.raises(ModelError, match="There is no model"):
        store.model(ModelId(model_id))


def test_a_folder_becomes_a_model_with_an_id_of_its_name_and_content(
    store: DiskModelStore, folder: Path, tmp_path: Path
) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    stored = take(store, folder)
    assert stored.usable
    assert stored.model_id.startswith("my-clip-")
    assert stored.entry.languages == ("en", "de"), "those it showed to understand"
    assert store.models()[-1] == stored
    assert store.open(stored.model_id).spec
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    assert take(store, folder).model_id == stored.model_id
    other = take(store, write_folder(tmp_path / "other" / "My CLIP", seed=1))
    assert other.model_id != stored.model_id


def test_of_a_clone_with_many_graphs_only_those_in_use_are_taken(store: DiskModelStore, folder: Path) -> None:
    stored = take(store, folder)
    graphs = {path.name for path in store.folders.whole(stored.model_id).rglob("*.onnx")}
    assert graphs == {"model.onnx", "avx2.onnx"}
    assert {path.name for path in folder.rglob("*.onnx")} > graphs


def test_a_folder_can_be_said_to_be_a_model_of_the_list(store: DiskModelStore, folder: Path) -> None:
    stored = take(store, folder, as_model=CLIP)
    assert stored.model_id == CLIP
    assert stored.usable
    files = [path.name for path in (store.folders.whole(CLIP) / "textual" / "onnx").iterdir()]
    assert files == ["avx2.onnx"], "those for this processor"


def test_files_for_any_processor_do_where_those_for_this_one_are_missing(
    store: DiskModelStore, folder: Path
) -> None:
    (folder / "textual" / "onnx" / "avx2.onnx").unlink()
    assert take(store, folder, as_model=CLIP).usable
    assert (store.folders.whole(CLIP) / "textual" / "onnx" / "plain.onnx").exists()


def test_a_file_that_a_model_of_the_list_needs_is_named(store: DiskModelStore, folder: Path) -> None:
    (folder / "textual" / "tokenizer.json").unlink()
    with pytest.raises(ModelError, match=r"textual/tokenizer\.json is missing"):
        take(store, folder, as_model=CLIP)
    with pytest.raises(ModelError, match="no model 'starter-1' on the list"):
        take(store, folder, as_model=STARTER)


def test_a_models_folder_of_another_computer_keeps_its_id(
    store: DiskModelStore, folder: Path, tmp_path: Path
) -> None:
    take(store, folder, as_model=CLIP)
    carried = shutil.copytree(store.folders.whole(CLIP), tmp_path / "stick" / "anything")
    elsewhere = store_in(tmp_path / "elsewhere")
    assert take(elsewhere, carried).model_id == CLIP
    damage(carried / MODEL)
    with pytest.raises(ModelError, match=rf"{MODEL} is not the file .* copy the folder again"):
        take(elsewhere, carried)
    assert elsewhere.model(CLIP).usable, "what was there stays"


@pytest.mark.parametrize("what", ["missing", "empty", "file"])
def test_what_is_no_models_folder_is_said(store: DiskModelStore, tmp_path: Path, what: str) -> None:
    place = tmp_path / "place"
    if what == "empty":
        place.mkdir()
    elif what == "file":
        place.touch()
    words = "is not a model's" if what == "empty" else "There is no folder"
    with pytest.raises(ModelError, match=words):
        take(store, place)
    assert not list((store.folders.root / ".partial").iterdir())


def test_a_stopped_import_leaves_nothing(store: DiskModelStore, folder: Path) -> None:
    control = TaskControl()

    def stop(progress: Progress) -> None:
        control.cancel()

    with pytest.raises(Cancelled):
        store.import_folder(folder, control, stop)
    assert not list((store.folders.root / ".partial").iterdir())
    assert store.folders.stored() == []


def test_a_model_that_understands_nothing_is_refused_and_says_why(
    store: DiskModelStore, folder: Path, judge: Judge
) -> None:
    judge.report = BAD
    stored = take(store, folder, as_model=CLIP)
    assert stored.state is ModelState.REFUSED
    assert stored.check == BAD
    with pytest.raises(ModelError, match="pictures and words do not match each other"):
        store.open(CLIP)


def test_a_model_can_be_taken_although_it_understands_nothing(
    store: DiskModelStore, folder: Path, judge: Judge
) -> None:
    judge.report = BAD
    stored = take(store, folder, checked=False)
    assert stored.usable
    assert stored.check == BAD
    assert store.verify(stored.model_id, *unwatched()).usable


def test_verify_finds_a_changed_byte_and_keeps_knowing_it(store: DiskModelStore, folder: Path) -> None:
    take(store, folder, as_model=CLIP)
    assert store.verify(CLIP, *unwatched()).usable
    damage(store.folders.whole(CLIP) / MODEL)
    assert store.model(CLIP).usable, "looking reads no big file"
    stored = store.verify(CLIP, *unwatched())
    assert stored.state is ModelState.DAMAGED
    assert stored.reason == f"{MODEL} is damaged"
    with pytest.raises(ModelError, match=rf"{MODEL} is damaged\. Download it again"):
        store.open(CLIP)
    assert store.model(CLIP).state is ModelState.DAMAGED


@pytest.mark.parametrize("how", ["missing", "cut short", "no description"])
def test_files_that_are_not_there_are_seen_at_a_look(store: DiskModelStore, folder: Path, how: str) -> None:
    take(store, folder, as_model=CLIP)
    place = store.folders.whole(CLIP)
    if how == "no description":
        (place / NAME).write_text("{")
    elif how == "missing":
        (place / MODEL).unlink()
    else:
        os.truncate(place / MODEL, 10)
    assert store.model(CLIP).state is ModelState.DAMAGED
    with pytest.raises(ModelError, match="cannot be used"):
        store.open(CLIP)
    assert take(store, folder, as_model=CLIP).usable, "importing it again mends it"


def test_the_self_check_is_made_anew_by_verify(store: DiskModelStore, folder: Path, judge: Judge) -> None:
    judge.report = BAD
    take(store, folder, as_model=CLIP)
    judge.report = GOOD
    assert store.verify(CLIP, *unwatched()).usable


def test_removing_frees_the_room_and_can_be_followed_by_an_import(
    store: DiskModelStore, folder: Path
) -> None:
    take(store, folder, as_model=CLIP)
    store.remove(CLIP)
    assert store.model(CLIP).state is ModelState.ABSENT
    left = [path for path in store.folders.root.rglob("*") if path.is_file() and path.parent.name != ".locks"]
    assert left == []
    assert take(store, folder, as_model=CLIP).usable


def test_what_is_part_of_the_program_stays(store: DiskModelStore) -> None:
    with pytest.raises(ModelError, match="part of the program and stays"):
        store.remove(STARTER)


def test_a_model_that_somebody_works_on_is_left_alone(store: DiskModelStore, folder: Path) -> None:
    take(store, folder, as_model=CLIP)
    with store.folders.locked(CLIP):
        for work in (store.remove, lambda model_id: store.verify(model_id, *unwatched())):
            with pytest.raises(ModelBusyError, match="Another process is at work"):
                work(CLIP)
    assert store.model(CLIP).usable


def test_models_with_the_same_pictures_share_their_vectors(
    store: DiskModelStore, folder: Path, tmp_path: Path
) -> None:
    first = take(store, folder)
    (folder / "textual" / "tokenizer.json").write_text('{"another": 1}')
    second = take(store, folder)
    third = take(store, write_folder(tmp_path / "third", seed=3))
    assert first.model_id != second.model_id
    assert first.image_tower == second.image_tower
    assert third.image_tower != first.image_tower


def test_a_manifest_is_read_as_it_was_written(store: DiskModelStore, folder: Path) -> None:
    stored = take(store, folder)
    manifest = read_manifest(store.folders.whole(stored.model_id))
    assert manifest is not None
    assert manifest.check == GOOD
    changed = replace(manifest, damaged=("a", "b"), accepted=True, revisions={"a/b": "c"})
    write_manifest(folder, changed)
    assert read_manifest(folder) == changed


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"version": 2}', '{"version": 1, "entry": {}}', "\x00"], ids=repr
)
def test_a_description_that_cannot_be_read_is_none(tmp_path: Path, content: str) -> None:
    (tmp_path / NAME).write_text(content)
    assert read_manifest(tmp_path) is None


def test_what_a_killed_process_left_does_no_harm_and_goes(store: DiskModelStore, folder: Path) -> None:
    root = store.folders.root
    for left in (".removed/clip.1234/visual", ".partial/.copy-1234/visual"):
        (root / left).mkdir(parents=True)
    assert [stored.model_id for stored in store.models()] == [STARTER, CLIP]
    take(store, folder)
    assert not (root / ".removed" / "clip.1234").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="no modes there")
@without_superuser
def test_a_place_that_cannot_be_written_is_said(tmp_path: Path, folder: Path) -> None:
    root = tmp_path / "models"
    root.mkdir(mode=0o500)
    with pytest.raises(ModelError, match="cannot be written"):
        take(store_in(root), folder)


def test_for_a_plain_processor_full_precision_is_taken(tmp_path: Path, folder: Path) -> None:
    store = store_in(tmp_path / "models", cpu=CpuKind.PLAIN)
    take(store, folder, as_model=CLIP)
    assert (store.folders.whole(CLIP) / "textual" / "onnx" / "plain.onnx").exists()
