"""A real catalogue over real files, and everything that can be done with its photos."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from imgsearch_desktop.adapters.catalogue.catalogue import SqliteCatalogue
from imgsearch_desktop.adapters.filesystem.outgoing_files import DiskOutgoingFiles
from imgsearch_desktop.application.active_model import FixedModel
from imgsearch_desktop.application.correct_date import CorrectDate
from imgsearch_desktop.application.list_failures import ListFailures
from imgsearch_desktop.application.ports import FileRecord, SortOrder, TrashEntry, Volume
from imgsearch_desktop.application.retry_failures import RetryFailures
from imgsearch_desktop.application.sync_engine import SyncEngine
from imgsearch_desktop.application.take_out import TakeOut
from imgsearch_desktop.application.trash_photos import TrashPhotos
from imgsearch_desktop.domain.changes import ScannedFile
from imgsearch_desktop.domain.errors import KnownError, NoTrashError
from imgsearch_desktop.domain.filters import NO_FILTERS
from imgsearch_desktop.domain.photo import Fingerprint
from imgsearch_desktop.ui.acting.photo_acting import ActingUseCases, PhotoActing
from imgsearch_desktop.workers import threads
from tests.adapters.catalogue.sample import METADATA, add, digest, vectors
from tests.support.fakes import SPEC, FakeIndex, FakeModel
from tests.support.pictures import write_picture

NAMES = ("a.jpg", "b.jpg", "usb.jpg", "copied.jpg")


class FolderTrash:
    """Moves files into a list; names with "usb" have no trash."""

    def __init__(self) -> None:
        self.sent: list[str] = []

    def send(self, entry: TrashEntry) -> None:
        if b"usb" in entry.path:
            raise NoTrashError("no trash")
        self.delete(entry)

    def delete(self, entry: TrashEntry) -> None:
        path = Path(os.fsdecode(entry.path))
        path.unlink()
        self.sent.append(path.name)


class MemoryFileManager:
    def __init__(self) -> None:
        self.shown: list[bytes] = []
        self.works = True

    def show(self, paths):
        if not self.works:
            raise KnownError("there is none")
        self.shown += paths


@dataclass
class Seen:
    messages: list[str] = field(default_factory=list)
    undo: list[object] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    removed: list[list[int]] = field(default_factory=list)
    changes: int = 0

    def changed(self):
        self.changes += 1


class Bench:
    """The controller, what is around it, and what it said."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "photos"
        self.catalogue = SqliteCatalogue(folder / "library")
        self.trash = FolderTrash()
        self.file_manager = MemoryFileManager()
        self.opened: list[str] = []
        self.opens = True
        self._fill()
        sync = SyncEngine(self.catalogue, FakeIndex(), SPEC)
        listed = ListFailures(self.catalogue, FixedModel(FakeModel(SPEC), sync))
        self.use_cases = ActingUseCases(
            photos=self.catalogue.photos,
            pixels=lambda _: np.full((30, 40, 3), 99, np.uint8),
            trash=TrashPhotos(self.catalogue, self.trash, sync),
            dates=CorrectDate(self.catalogue, sync),
            take_out=TakeOut(self.catalogue, DiskOutgoingFiles()),
            failures=RetryFailures(self.catalogue, listed),
            file_manager=self.file_manager,
        )
        self.acting = PhotoActing(self.use_cases, self._open)
        self.seen = Seen()
        self.acting.message.connect(self._note)
        self.acting.failed.connect(lambda problem: self.seen.problems.append(problem.message))
        self.acting.removed.connect(lambda ids: self.seen.removed.append(list(ids)))
        self.acting.photos_changed.connect(self.seen.changed)

    def _open(self, url):
        self.opened.append(url.toLocalFile())
        return self.opens

    def _note(self, words, undo):
        self.seen.messages.append(words)
        self.seen.undo.append(undo)

    def _fill(self):
        root = os.fsencode(self.folder)
        for seed, name in enumerate((*NAMES, "second copy.jpg")):
            write_picture(self.folder / name, min(seed, 3), 40, 30)
        root_id = self.catalogue.write(lambda writer: writer.add_root(root, Volume("v", b"/")))

        def record(name):
            found = (self.folder / name).stat()
            mark = digest(name)
            fingerprint = Fingerprint(found.st_size, found.st_mtime_ns, mark, mark)
            return FileRecord(root_id, name.encode(), fingerprint, "")

        def fill(writer):
            ids = [add(writer, root_id, name.encode(), METADATA) for name in NAMES]
            for photo_id, name in zip(ids, NAMES, strict=True):
                writer.put_file(photo_id, record(name))
            writer.put_file(ids[3], record("second copy.jpg"))
            writer.set_embeddings([(i, 0) for i in ids], SPEC.model_id, vectors(4, dims=SPEC.dims))
            writer.record_failure(ScannedFile(b"broken.jpg", 1, 1), root_id, "It is broken.", retry=False)

        self.catalogue.write(fill)

    def ids(self, *names):
        every = self.catalogue.browse(NO_FILTERS, SortOrder.NAME).tolist()
        photos = self.catalogue.photos(every)
        return [p.photo_id for n in names for p in photos if p.files[0].relative_path.decode() == n]

    def in_view(self):
        every = self.catalogue.browse(NO_FILTERS, SortOrder.NAME).tolist()
        photos = self.catalogue.photos(every)
        return sorted(f.relative_path.decode() for p in photos for f in p.files if not f.missing)

    def path(self, name):
        return str(self.folder / name)


@pytest.fixture
def bench(qapp, tmp_path):
    made = Bench(tmp_path)
    yield made
    made.acting.close()
    assert threads.wait()
    made.catalogue.close()
