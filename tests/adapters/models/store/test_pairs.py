"""Models of two that sentence-transformers runs, in a store; the library itself is played by a small one."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import pytest

from imgsearch_desktop.adapters.models.store.faster_models import DiskFasterModels
from imgsearch_desktop.adapters.models.store.manifest import NAME
from imgsearch_desktop.adapters.models.store.model_store import DiskModelStore
from imgsearch_desktop.application.ports import ModelState, StoredModel
from imgsearch_desktop.application.tasks import Progress, TaskControl
from imgsearch_desktop.domain.embedding import EncoderInput
from imgsearch_desktop.domain.errors import Cancelled, ModelError
from tests.support.fake_sentence_transformers import DIMS, Library, installed, write_images, write_texts
from tests.support.stored_models import BAD, Judge, damage, store_in, unwatched

RECIPE = "sentence-transformers/clip-ViT-B-32", "sentence-transformers/clip-ViT-B-32-multilingual-v1"


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> Library:
    return installed(monkeypatch)


@pytest.fixture
def folders(tmp_path: Path, library: Library) -> tuple[Path, Path]:
    """A model for pictures and one for texts."""
    return write_images(tmp_path / "My CLIP"), write_texts(tmp_path / "My words")


def add(store: DiskModelStore, images: object, texts: object, **options: object) -> StoredModel:
    return store.add_pair(str(images), str(texts), *unwatched(), **options)  # type: ignore[arg-type]


def kept(store: DiskModelStore) -> list[str]:
    """What lies in the store."""
    return [
        path.name for path in store.folders.root.rglob("*") if path.is_file() and ".locks" not in path.parts
    ]


def test_two_folders_become_a_model_and_nothing_is_copied(
    store: DiskModelStore, folders: tuple[Path, Path]
) -> None:
    stored = add(store, *folders)
    assert stored.usable
    assert stored.model_id.startswith("my-clip-my-words-")
    assert (stored.entry.name, stored.entry.dims) == ("My CLIP + My words", DIMS)
    assert (stored.elsewhere, stored.removable, stored.bytes_here) == (True, True, 0)
    assert not stored.entry.downloadable
    assert store.models()[-1] == stored
    assert kept(store) == [NAME]
    told = json.loads((store.folders.whole(stored.model_id) / NAME).read_text("utf-8"))
    assert told["kind"] == "sentence-transformers"
    assert [file["path"] for file in told["pair"]["images"]["files"]] == ["config.json"], "no README"


def test_a_stored_pair_encodes_and_asks_no_hub(
    store: DiskModelStore, folders: tuple[Path, Path], library: Library
) -> None:
    stored = add(store, *folders)
    library.loaded.clear()
    model = store.open(stored.model_id)
    assert library.loaded == [], "opening loads nothing"
    assert (model.spec.model_id, model.spec.dims) == (stored.model_id, DIMS)
    assert model.spec.vectors_id == stored.image_tower
    pixels = np.zeros((2, 224, 224, 3), np.uint8)
    assert model.image_encoder.encode(pixels).vectors.shape == (2, DIMS)
    assert model.text_encoder.encode(["a dog"]).vectors.shape == (1, DIMS)
    assert library.loaded == [(str(folder), False) for folder in folders]


def test_names_at_the_hub_are_fetched_once_when_the_pair_is_added(
    store: DiskModelStore, folders: tuple[Path, Path], library: Library
) -> None:
    library.hub = dict(zip(RECIPE, folders, strict=True))
    stored = add(store, "clip-ViT-B-32", RECIPE[1], name="The recipe")
    assert library.loaded == [(name, True) for name in RECIPE], "each loaded once"
    assert stored.model_id.startswith("clip-vit-b-32-clip-vit-b-32-multilingual-v1-")
    assert stored.entry.name == "The recipe"
    assert stored.entry.licence_urls == tuple(f"https://huggingface.co/{name}" for name in RECIPE)
    assert store.open(stored.model_id).text_encoder
    assert library.loaded[2:] == [(RECIPE[1], False)]


@pytest.mark.parametrize(
    ("processor", "cut"),
    [
        ({}, EncoderInput(224, 224)),
        (
            {"size": {"shortest_edge": 256}, "crop_size": {"height": 224, "width": 224}},
            EncoderInput(256, 256),
        ),
        ({"size": {"height": 384, "width": 384}, "do_center_crop": False}, EncoderInput(384, None)),
    ],
)
def test_pictures_are_cut_as_the_model_for_them_says(
    store: DiskModelStore, tmp_path: Path, library: Library, processor: dict[str, object], cut: EncoderInput
) -> None:
    """Where its own processor cuts the middle out of a larger square, it gets that square."""
    stored = add(store, write_images(tmp_path / "a", processor=processor), write_texts(tmp_path / "b"))
    assert store.open(stored.model_id).spec.encoder_input == cut


def test_other_words_share_the_vectors_of_photos_and_other_content_shares_nothing(
    store: DiskModelStore, folders: tuple[Path, Path], tmp_path: Path, library: Library
) -> None:
    images, texts = folders
    first = add(store, images, texts)
    words = add(store, images, write_texts(tmp_path / "other words", seed=2))
    moved = add(store, images.rename(tmp_path / "moved"), texts)
    again = add(store, write_images(tmp_path / "elsewhere" / "My CLIP", seed=2), texts)
    assert words.image_tower == moved.image_tower == first.image_tower != again.image_tower
    assert len({stored.model_id for stored in (first, words, moved, again)}) == 4


@pytest.mark.parametrize(
    ("images", "texts", "words"),
    [
        ("words", "pictures", "words does not take pictures. Name the model for pictures first"),
        ("pictures", "pictures", "pictures does not take texts"),
        ("pictures", "short", f"do not belong together: .* of {DIMS} numbers, .* of 8"),
        ("pictures", "empty", "empty holds no model of sentence-transformers"),
        ("pictures", "/no/such folder", "There is no folder /no/such folder"),
        ("pictures", "nobody/nothing", "nobody/nothing cannot be loaded by sentence-transformers"),
        ("odd", "words", "prepares pictures in a way that this program does not know"),
    ],
)
def test_what_is_no_pair_is_said_and_leaves_nothing(
    store: DiskModelStore, tmp_path: Path, library: Library, images: str, texts: str, words: str
) -> None:
    write_images(tmp_path / "pictures")
    write_images(tmp_path / "odd", processor={"do_resize": False})
    write_texts(tmp_path / "words")
    write_texts(tmp_path / "short", dims=8)
    (tmp_path / "empty").mkdir()
    places = [tmp_path / name if (tmp_path / name).is_dir() else name for name in (images, texts)]
    with pytest.raises(ModelError, match=words):
        add(store, *places)
    assert not store.folders.root.exists() or not kept(store)


def test_without_the_extra_it_says_what_to_install(
    store: DiskModelStore, folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = add(store, *folders)
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(ModelError, match=r"pip install 'imgsearch-desktop\[sentence-transformers\]'"):
        add(store, *folders)
    assert store.model(stored.model_id).usable, "what was there stays"


def test_a_pair_whose_pictures_and_words_do_not_match_is_refused_unless_it_is_wanted(
    tmp_path: Path, folders: tuple[Path, Path]
) -> None:
    store = store_in(tmp_path / "models", Judge(BAD))
    assert add(store, *folders).state is ModelState.REFUSED
    assert add(store, *folders, checked=False).usable


def test_a_stopped_adding_leaves_nothing(store: DiskModelStore, folders: tuple[Path, Path]) -> None:
    control = TaskControl()

    def stop(_progress: Progress) -> None:
        control.cancel()

    with pytest.raises(Cancelled):
        store.add_pair(str(folders[0]), str(folders[1]), control, stop)
    assert not store.folders.root.exists()


def test_verify_loads_and_judges_it_again(
    store: DiskModelStore, folders: tuple[Path, Path], judge: Judge, library: Library
) -> None:
    stored = add(store, *folders)
    assert store.verify(stored.model_id, *unwatched()) == stored
    assert judge.tried == 2


def test_a_changed_file_of_a_folder_is_found(store: DiskModelStore, folders: tuple[Path, Path]) -> None:
    stored = add(store, *folders)
    damage(folders[1] / "config.json")
    found = store.verify(stored.model_id, *unwatched())
    assert found.state is ModelState.DAMAGED
    assert found.reason == f"{folders[1] / 'config.json'} is damaged"
    with pytest.raises(ModelError, match="folders back as they were, or add the pair again"):
        store.open(stored.model_id)


def test_a_folder_that_is_away_is_said_and_does_when_it_is_back(
    store: DiskModelStore, folders: tuple[Path, Path], tmp_path: Path
) -> None:
    stored = add(store, *folders)
    away = folders[0].rename(tmp_path / "away")
    assert store.model(stored.model_id).state is ModelState.DAMAGED
    away.rename(folders[0])
    assert store.model(stored.model_id) == stored


def test_removing_leaves_the_folders_alone(store: DiskModelStore, folders: tuple[Path, Path]) -> None:
    stored = add(store, *folders)
    store.remove(stored.model_id)
    assert stored.model_id not in {model.model_id for model in store.models()}
    assert kept(store) == []
    assert all((folder / "config.json").is_file() for folder in folders)


def test_there_is_no_faster_version_of_a_pair(store: DiskModelStore, folders: tuple[Path, Path]) -> None:
    stored = add(store, *folders)
    with pytest.raises(ModelError, match="has no files here that could be made faster"):
        DiskFasterModels(store).make(stored.model_id, np.zeros((8, 224, 224, 3), np.uint8), TaskControl())
