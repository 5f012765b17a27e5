"""Gives photos the embeddings of a model that they lack. What the library holds besides stays as it is.

A photo is read from one of its files where that is connected and still shows the same picture, else from
its stored thumbnail. Nothing here indexes: a file that has changed or vanished is the next indexing run's
business.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np

from imgsearch_desktop.application.active_model import ModelInUse
from imgsearch_desktop.application.encode_reading import EncodeReading, Read
from imgsearch_desktop.application.ports import (
    Catalogue,
    CatalogueWriter,
    DecodePool,
    ExampleReader,
    ThumbnailStore,
)
from imgsearch_desktop.application.settings import IndexingSettings
from imgsearch_desktop.application.sync_engine import EngineFeed
from imgsearch_desktop.application.tasks import ProgressMeter, TaskControl
from imgsearch_desktop.domain.embedding import WHOLE_PHOTO, Pixels
from imgsearch_desktop.domain.errors import EngineError
from imgsearch_desktop.domain.photo import PhotoId

LEARNING = "learning"
"""Name of the phase in which known photos are encoded for another model; its units are photos."""

EVERY = 2**62
"""More photos than there can be."""


@dataclass(slots=True)
class EncodeReport:
    """What came of a run.

    Attributes:
        encoded: photos that have an embedding now and had none before.
        failed: photos that could not be encoded, with the reason.
        engine_trouble: why an engine could not be fed, None if it could.
    """

    encoded: int = 0
    failed: dict[PhotoId, str] = field(default_factory=dict)
    engine_trouble: str | None = None


@dataclass(slots=True)
class _Batch:
    """What goes into one encoder call and one transaction."""

    photo_ids: list[PhotoId] = field(default_factory=list)
    pixels: list[Pixels] = field(default_factory=list)
    failed: dict[PhotoId, str] = field(default_factory=dict)


class EncodeLibrary:
    """Encodes known photos, newest first; what is done is durable and in the engine at once.

    Args:
        catalogue: the truth.
        thumbnails: stand in for files that are away.
        examples: reads thumbnails.
        pool: makes a decode pool; called when there is a file to read.
        settings: sizes.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        thumbnails: ThumbnailStore,
        examples: ExampleReader,
        pool: Callable[[], DecodePool],
        settings: IndexingSettings,
    ) -> None:
        self._catalogue = catalogue
        self._thumbnails = thumbnails
        self._examples = examples
        self._pool = pool
        self._settings = settings

    def run(
        self,
        model: ModelInUse,
        others: Sequence[EngineFeed],
        control: TaskControl,
        meter: ProgressMeter,
        *,
        originals: bool = True,
    ) -> EncodeReport:
        """Encode every present photo that lacks an embedding of a model; photos that come meanwhile too.

        A run that is cut short, however it is, loses nothing of what it reported; the next one goes on.
        No indexing may run at the same time: it would change what a photo shows.

        Args:
            model: makes the embeddings; its feed is fed with them.
            others: feeds of models that are in use besides: photos have changed for them as well.
            control: pauses and cancels, at once.
            meter: told how many photos of the library the model knows.
            originals: read files where they are connected; False takes thumbnails only, which is much faster.

        Raises:
            ModelError: the model cannot be loaded.
            DiskFullError: no room is left.
            Cancelled: stopped by the user.
        """
        run = _Run(self._catalogue, model, (model.feed, *others), control, meter)
        reader = EncodeReading(
            self._catalogue,
            self._thumbnails,
            self._examples,
            self._settings,
            model.spec.encoder_input,
            control,
        )
        with ThreadPoolExecutor(max_workers=1, thread_name_prefix="encode-commit") as lane:
            while waiting := run.waiting():
                pool = self._pool() if originals and reader.some_here(waiting) else None
                try:
                    _fill(run, lane, reader.read(waiting, pool), self._settings.encode_batch)
                finally:
                    if pool is not None:
                        pool.abandon()
                        pool.close()
        run.feed(settle=True)
        return run.report


class _Run:
    """What one run has done so far; `commit` runs on a thread of its own, one batch at a time."""

    def __init__(
        self,
        catalogue: Catalogue,
        model: ModelInUse,
        feeds: Sequence[EngineFeed],
        control: TaskControl,
        meter: ProgressMeter,
    ) -> None:
        self._catalogue = catalogue
        self._model = model
        self._feeds = feeds
        self._meter = meter
        self.control = control
        self.report = EncodeReport()

    def waiting(self) -> list[PhotoId]:
        """Photos that lack an embedding and were not tried in this run."""
        vectors_id, failed = self._model.spec.vectors_id, self.report.failed
        lacking = self._catalogue.photos_without_embedding(vectors_id, EVERY)
        self._known = self._catalogue.searchable(vectors_id)
        self._total = self._known + len(lacking)
        self._before = self.report.encoded
        return [photo_id for photo_id in lacking if photo_id not in failed]

    def tell(self) -> None:
        """Report how many photos the model knows."""
        done = self._known + self.report.encoded - self._before
        self._meter.update(LEARNING, done, self._total, failed=len(self.report.failed))

    def commit(self, batch: _Batch) -> None:
        """Encode a batch, make it durable and feed the engines."""
        model = self._model
        encoding = model.image_encoder.encode(np.stack(batch.pixels)) if batch.pixels else None

        def store(writer: CatalogueWriter) -> None:
            vectors_id = model.spec.vectors_id
            if encoding is not None:
                rows = [(photo_id, WHOLE_PHOTO) for photo_id in batch.photo_ids]
                writer.set_embeddings(rows, vectors_id, encoding.vectors)
                for photo_id, labels in zip(batch.photo_ids, encoding.labels, strict=True):
                    if labels:
                        writer.set_labels(photo_id, vectors_id, labels)
            if batch.failed:
                writer.set_encode_failures(vectors_id, batch.failed)

        self._catalogue.write(store)
        self.report.encoded += len(batch.photo_ids)
        self.report.failed.update(batch.failed)
        self.feed()

    def feed(self, *, settle: bool = False) -> None:
        """Feed the engines; one that cannot be reached stops nothing, its turn comes later."""
        if self.report.engine_trouble is not None:
            return
        try:
            for feed in self._feeds:
                feed.catch_up(settle=settle)
        except EngineError as error:
            self.report.engine_trouble = str(error)


def _fill(run: _Run, lane: ThreadPoolExecutor, photos: Iterator[Read | None], size: int) -> None:
    """Put photos into batches; one is encoded and committed while the next is read."""
    batch, under_way = _Batch(), None
    for read in photos:
        run.control.checkpoint()
        run.tell()
        if read is None:
            continue
        photo_id, picture = read
        if isinstance(picture, str):
            batch.failed[photo_id] = picture
        else:
            batch.photo_ids.append(photo_id)
            batch.pixels.append(picture)
        if len(batch.photo_ids) + len(batch.failed) >= size:
            _collect(under_way)
            under_way, batch = lane.submit(run.commit, batch), _Batch()
    _collect(under_way)
    if batch.photo_ids or batch.failed:
        run.commit(batch)
    run.tell()


def _collect(under_way: Future[None] | None) -> None:
    if under_way is not None:
        under_way.result()
