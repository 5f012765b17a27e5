"""A library of real files, processes and databases around a model that costs nothing."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from imgsearch_desktop.adapters.catalogue.catalogue import SqliteCatalogue
from imgsearch_desktop.adapters.embedded.index import EmbeddedIndex
from imgsearch_desktop.adapters.filesystem.scanner import FolderScanner
from imgsearch_desktop.adapters.filesystem.volumes import SystemVolumes
from imgsearch_desktop.adapters.imaging.thumbnail_store import SqliteThumbnailStore
from imgsearch_desktop.application.active_model import ActiveModel
from imgsearch_desktop.application.calibrate_model import CalibrateModel
from imgsearch_desktop.application.cluster_text import ClusterTexts
from imgsearch_desktop.application.encode_library import EncodeLibrary
from imgsearch_desktop.application.engine_feeds import EngineFeeds
from imgsearch_desktop.application.guarded_index import Pauses
from imgsearch_desktop.application.index_library import IndexLibrary, IndexReport
from imgsearch_desktop.application.manage_engine import ManageEngine
from imgsearch_desktop.application.model_library import ModelLibrary
from imgsearch_desktop.application.ports import (
    DecodeOutcome,
    DecodePool,
    DecodeRequest,
    DecodeScope,
    ExampleReader,
)
from imgsearch_desktop.application.settings import EngineSettings, IndexingSettings
from imgsearch_desktop.application.switch_model import SwitchModel
from imgsearch_desktop.application.tasks import Progress, TaskControl
from imgsearch_desktop.application.upload_model import UploadModel
from imgsearch_desktop.bootstrap.engines import ElasticsearchServers, Waits
from imgsearch_desktop.domain.photo import Photo
from tests.support.fake_models import MemoryModels
from tests.support.fakes import FakeModel

SETTINGS = IndexingSettings(workers=1, encode_batch=4)


class LentPool:
    """A decode pool that outlives the runs it is lent to, and notes what it reads."""

    def __init__(self, pool: DecodePool) -> None:
        self._pool = pool
        self.read: list[tuple[str, DecodeScope]] = []

    @property
    def capacity(self) -> int:
        return self._pool.capacity

    @property
    def inside(self) -> int:
        return self._pool.inside

    def submit(self, request: DecodeRequest) -> None:
        self.read.append((os.fsdecode(request.path.rpartition(b"/")[2]), request.scope))
        self._pool.submit(request)

    def next_outcome(self, timeout_s: float) -> DecodeOutcome | None:
        return self._pool.next_outcome(timeout_s)

    def abandon(self) -> None:
        self._pool.abandon()

    def close(self) -> None:
        """Its owner closes it."""


class MemorySecrets:
    """Fulfils `Secrets`.

    Attributes:
        keyring: there is one.
    """

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}
        self.keyring = True

    def read(self, name: str) -> str | None:
        return self.kept.get(name)

    def store(self, name: str, secret: str) -> bool:
        self.kept[name] = secret
        return self.keyring

    def forget(self, name: str) -> None:
        self.kept.pop(name, None)


class RealLibrary:
    """Catalogue, thumbnails and engine in a directory; the pool is lent, the model is fake."""

    def __init__(
        self, directory: Path, new_pool: Callable[[], DecodePool], waits: Waits | None = None
    ) -> None:
        self.directory = directory
        self.catalogue = SqliteCatalogue(directory)
        self.thumbnails = SqliteThumbnailStore(directory / "thumbnails.sqlite")
        self.index = EmbeddedIndex(directory / "cache", self.catalogue)
        self.model = FakeModel()
        self.feeds = EngineFeeds(self.catalogue, self.index)
        self.sync = self.feeds.of(self.model.spec)
        self.store = MemoryModels()
        self.models = ActiveModel(self.catalogue, self.model, self.store.open, self.feeds.of)
        self.secrets = MemorySecrets()
        self._servers = servers = ElasticsearchServers(self.catalogue, self.secrets, waits)
        self.engine = ManageEngine(
            self.feeds, self.models, servers, self.secrets, EngineSettings(), Pauses(0.05, 0.5)
        )
        self._new_pool = new_pool

    def indexing(self, settings: IndexingSettings = SETTINGS) -> IndexLibrary:
        return IndexLibrary(
            catalogue=self.catalogue,
            scanner=FolderScanner(),
            volumes=SystemVolumes(),
            pool=self._new_pool,
            thumbnails=self.thumbnails,
            models=self.models,
            settings=settings,
        )

    def model_library(self) -> ModelLibrary:
        return ModelLibrary(self.store, self.store, lambda: [self.model.spec.model_id])

    def upload_model(self) -> UploadModel:
        texts = ClusterTexts(lambda: self.engine.settings, self._servers.text_encoder)
        return UploadModel(self.engine, self._servers.models, texts, self.models)

    def switching(self, examples: ExampleReader) -> SwitchModel:
        encode = EncodeLibrary(self.catalogue, self.thumbnails, examples, self._new_pool, SETTINGS)
        calibrate = CalibrateModel(self.catalogue, [f"Nobody sees clause {n} of it." for n in range(20)])
        return SwitchModel(self.catalogue, self.models, encode, calibrate, self.feeds.forget)

    def run(
        self,
        *folders: Path,
        control: TaskControl | None = None,
        report: Callable[[Progress], None] = lambda _: None,
    ) -> IndexReport:
        return self.indexing().run([bytes(folder) for folder in folders], control or TaskControl(), report)

    def photo(self, path: Path) -> Photo:
        photo_id = self.catalogue.photo_at(bytes(path))
        assert photo_id is not None, path
        return self.catalogue.photos([photo_id])[0]

    def close(self) -> None:
        self.feeds.close()
        self.index.close()
        self.thumbnails.close()
        self.catalogue.close()


@contextmanager
def opened(
    directory: Path, new_pool: Callable[[], DecodePool], waits: Waits | None = None
) -> Iterator[RealLibrary]:
    library = RealLibrary(directory, new_pool, waits)
    try:
        yield library
    finally:
        library.close()


def tree_state(folder: Path) -> dict[str, tuple[str, int, int, int]]:
    """Every entry below a folder with its content's hash, modification time, size and mode."""
    state = {}
    for path in sorted(folder.rglob("*")):
        entry = path.lstat()
        content = hashlib.blake2b(path.read_bytes()).hexdigest() if path.is_file() else ""
        state[str(path)] = (content, entry.st_mtime_ns, entry.st_size, entry.st_mode)
    return state


def counts(report: IndexReport) -> dict[str, int]:
    """The numbers of a report that are not 0."""
    names = ("added", "updated", "unchanged", "moved", "missing")
    found = {name: getattr(report, name) for name in names} | {"failed": len(report.failed)}
    return {name: count for name, count in found.items() if count}
