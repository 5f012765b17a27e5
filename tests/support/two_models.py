"""A library with models that can be switched: real databases and engine, a disk and encoders in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from imgsearch_desktop.adapters.catalogue.catalogue import SqliteCatalogue
from imgsearch_desktop.adapters.embedded.index import EmbeddedIndex
from imgsearch_desktop.application.active_model import ActiveFeed, ActiveModel
from imgsearch_desktop.application.calibrate_model import CalibrateModel
from imgsearch_desktop.application.encode_library import EncodeLibrary
from imgsearch_desktop.application.engine_feeds import EngineFeeds
from imgsearch_desktop.application.index_library import IndexLibrary, IndexReport
from imgsearch_desktop.application.list_failures import ListFailures
from imgsearch_desktop.application.model_upkeep import ModelUpkeep
from imgsearch_desktop.application.ports import ImageEncoding
from imgsearch_desktop.application.search_photos import SearchPhotos
from imgsearch_desktop.application.settings import IndexingSettings
from imgsearch_desktop.application.switch_model import SwitchModel, SwitchReport
from imgsearch_desktop.application.tasks import Progress, TaskControl
from imgsearch_desktop.domain.embedding import Calibration, ModelId, Pixels
from imgsearch_desktop.domain.errors import ModelError
from imgsearch_desktop.domain.query import Query
from imgsearch_desktop.domain.result import ResultPage
from tests.support.fakes import SPEC, FakeDisk, FakeExamples, FakeModel, FakePool, FakeThumbnails

STARTER_SPEC = replace(SPEC, calibration=Calibration({"words_floor": -1.0}))
BETTER = replace(
    SPEC,
    model_id=ModelId("better-1"),
    name="Better",
    dims=24,
    text_dims=24,
    limits=None,
    calibration=Calibration(),
)
OTHER_WORDS = replace(BETTER, model_id=ModelId("better-words-1"), name="Words", image_tower=BETTER.model_id)
SETTINGS = IndexingSettings(encode_batch=4)
SENTENCES = [f"Nobody sees clause {number} of it." for number in range(20)]


class WordlessModel(FakeModel):
    """A model that names nothing it sees, as those with a text tower of their own.

    Attributes:
        meanwhile: called once, when it has encoded as many pictures as `after`.
    """

    meanwhile: Callable[[], None] | None = None
    after = 0

    def encode(self, pixels: Pixels) -> ImageEncoding:
        encoding = super().encode(pixels)
        if self.meanwhile is not None and self.encoded >= self.after:
            meanwhile, self.meanwhile = self.meanwhile, None
            meanwhile()
        return ImageEncoding(encoding.vectors, tuple(() for _ in pixels))


class TwoModels:
    """Everything around a library whose model can be switched; `disk` has the files."""

    def __init__(self, directory: Path, disk: FakeDisk, thumbnails: FakeThumbnails | None = None) -> None:
        self.disk = disk
        self.catalogue = SqliteCatalogue(directory)
        self.index = EmbeddedIndex(directory / "cache", self.catalogue)
        self.thumbnails = thumbnails or FakeThumbnails()
        self.examples = FakeExamples(disk)
        self.pools: list[FakePool] = []
        self.starter = FakeModel(STARTER_SPEC)
        self.better = WordlessModel(BETTER)
        self.installed: dict[ModelId, FakeModel] = {
            BETTER.model_id: self.better,
            OTHER_WORDS.model_id: WordlessModel(OTHER_WORDS),
        }
        self.feeds = EngineFeeds(self.catalogue, self.index)
        self.models = ActiveModel(self.catalogue, self.starter, self._opened, self.feeds.of)
        self.feed = ActiveFeed(self.models)
        self.failures = ListFailures(self.catalogue, self.models)
        self.encode = EncodeLibrary(self.catalogue, self.thumbnails, self.examples, self._new_pool, SETTINGS)
        self.calibrate = CalibrateModel(self.catalogue, SENTENCES)
        self.switch = SwitchModel(self.catalogue, self.models, self.encode, self.calibrate, self.feeds.forget)

    def _opened(self, model_id: ModelId) -> FakeModel:
        if model_id not in self.installed:
            raise ModelError(f"The model {model_id} is not installed. Download it again.")
        return self.installed[model_id]

    def _new_pool(self) -> FakePool:
        self.pools.append(FakePool(self.disk))
        return self.pools[-1]

    def indexing(self) -> IndexLibrary:
        upkeep = ModelUpkeep(self.models, self.encode, self.calibrate)
        return IndexLibrary(
            self.catalogue,
            self.disk,
            self.disk,
            self._new_pool,
            self.thumbnails,
            self.models,
            SETTINGS,
            upkeep,
        )

    def run_index(self, *folders: bytes) -> IndexReport:
        return self.indexing().run(folders, TaskControl(), lambda _: None)

    def prepare(
        self, control: TaskControl | None = None, report: Callable[[Progress], None] = lambda _: None
    ) -> SwitchReport:
        return self.switch.run(control or TaskControl(), report)

    def search(self, text: str = "something") -> ResultPage:
        photos = SearchPhotos(self.catalogue, self.index, self.models, self.examples)
        return photos.search(Query(text=text), limit=1000, weak=True)

    def known(self, model_id: ModelId) -> int:
        return self.catalogue.searchable(model_id)

    def close(self) -> None:
        self.feeds.close()
        self.index.close()
        self.catalogue.close()


@contextmanager
def two_models(
    directory: Path, disk: FakeDisk, thumbnails: FakeThumbnails | None = None
) -> Iterator[TwoModels]:
    library = TwoModels(directory, disk, thumbnails)
    try:
        yield library
    finally:
        library.close()


def disk_with(photos: int) -> FakeDisk:
    """A disk whose folder /photos has so many pictures."""
    disk = FakeDisk()
    for number in range(photos):
        disk.put(b"/photos/%03d.jpg" % number, f"picture {number}", mtime=number + 1)
    return disk
