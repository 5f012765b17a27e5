"""Use cases over a store that lies in a directory and a download that notes what it was asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from imgsearch_desktop.adapters.models.store.model_store import DiskModelStore
from imgsearch_desktop.application.model_library import ModelLibrary, Report
from imgsearch_desktop.application.ports import StoredModel
from imgsearch_desktop.application.tasks import TaskControl
from imgsearch_desktop.domain.embedding import STARTER, ModelId
from imgsearch_desktop.domain.errors import Cancelled, ModelError
from tests.support.stored_models import CLIP, store_in, unwatched, write_folder


class NotingDownload:
    """Fulfils `ModelDownload`: the files were there all the time."""

    def __init__(self, store: DiskModelStore) -> None:
        self.store = store
        self.asked: list[ModelId] = []

    def fetch(self, model_id: ModelId, control: TaskControl, report: Report) -> StoredModel:
        self.asked.append(model_id)
        return self.store.model(model_id)


class Computer:
    """A library of models, what is in use, and what was forgotten."""

    def __init__(self, root: Path) -> None:
        self.store = store_in(root)
        self.download = NotingDownload(self.store)
        self.in_use: set[ModelId] = {STARTER}
        self.forgotten: list[ModelId] = []
        self.models = ModelLibrary(self.store, self.download, lambda: self.in_use, self._forget)

    def _forget(self, vectors_id: ModelId, control: TaskControl, report: Report) -> int:
        control.checkpoint()
        self.forgotten.append(vectors_id)
        return 12


@pytest.fixture
def computer(tmp_path: Path) -> Computer:
    return Computer(tmp_path / "models")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_folder(tmp_path / "clip")


def test_nothing_is_fetched_under_another_licence_than_the_one_agreed_to(computer: Computer) -> None:
    for licence in ("", "Apache-2.0"):
        with pytest.raises(ModelError, match="under the licence MIT, which was not agreed to"):
            computer.models.fetch(CLIP, licence, *unwatched())
    assert computer.download.asked == []
    computer.models.fetch(CLIP, "MIT", *unwatched())
    assert computer.download.asked == [CLIP]


def test_a_model_in_use_is_not_removed(computer: Computer, folder: Path) -> None:
    computer.models.import_folder(folder, *unwatched(), as_model=CLIP)
    computer.in_use.add(CLIP)
    with pytest.raises(ModelError, match="Clip is in use and cannot be removed"):
        computer.models.remove(CLIP, *unwatched())
    assert computer.models.model(CLIP).usable
    assert computer.forgotten == []


def test_a_removed_model_is_forgotten_by_the_library(computer: Computer, folder: Path) -> None:
    stored = computer.models.import_folder(folder, *unwatched(), as_model=CLIP)
    removed = computer.models.remove(CLIP, *unwatched())
    assert (removed.entry.model_id, removed.bytes_freed, removed.photos) == (CLIP, stored.bytes_here, 12)
    assert computer.forgotten == [stored.image_tower]


def test_what_another_model_knows_too_is_not_forgotten(computer: Computer, folder: Path) -> None:
    computer.models.import_folder(folder, *unwatched(), as_model=CLIP)
    (folder / "textual" / "tokenizer.json").write_text('{"other": "words"}')
    other = computer.models.import_folder(folder, *unwatched())
    assert computer.models.remove(CLIP, *unwatched()).photos == 0
    assert computer.forgotten == []
    assert computer.models.remove(other.model_id, *unwatched()).photos == 12


def test_a_removal_that_was_stopped_can_be_asked_again(computer: Computer, folder: Path) -> None:
    computer.models.import_folder(folder, *unwatched(), as_model=CLIP)
    stopped = TaskControl()
    stopped.cancel()
    with pytest.raises(Cancelled):
        computer.models.remove(CLIP, stopped, lambda _: None)
    assert computer.models.model(CLIP).usable
    assert computer.models.remove(CLIP, *unwatched()).photos == 12


def test_what_is_part_of_the_program_loses_nothing(computer: Computer) -> None:
    computer.in_use.clear()
    with pytest.raises(ModelError, match="part of the program"):
        computer.models.remove(STARTER, *unwatched())
    assert computer.forgotten == []


def test_a_part_of_a_download_is_removed_without_the_library(computer: Computer) -> None:
    part = computer.store.folders.partial(CLIP) / "visual" / "model.onnx.part"
    part.parent.mkdir(parents=True)
    part.write_bytes(b"some of it")
    assert computer.models.remove(CLIP, *unwatched()).bytes_freed == 10
    assert not part.exists()
    assert computer.forgotten == []
