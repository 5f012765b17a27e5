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
from imgsearch_desktop.application.ports import (
    Catalogue,
    CatalogueWriter,
    DecodedPhoto,
    DecodePool,
    DecodeRequest,
    DecodeScope,
    ExampleReader,
    ThumbnailStore,
)
from imgsearch_desktop.application.settings import IndexingSettings
from imgsearch_desktop.application.sync_engine import EngineFeed
from imgsearch_desktop.application.tasks import ProgressMeter, TaskControl
from imgsearch_desktop.domain.embedding import WHOLE_PHOTO, EncoderInput, Pixels
from imgsearch_desktop.domain.errors import EngineError, PhotoUnreadableError
from imgsearch_desktop.domain.photo import Photo, PhotoId, RootId

LEARNING = "learning"
"""Name of the phase in which known photos are encoded for another model; its units are photos."""

EVERY = 2**62
"""More photos than there can be."""

CHUNK = 256
"""Photos looked up in one go."""

WAIT_S = 0.05
"""Longest wait for a picture or a commit: how late a pause or a cancellation can be noticed."""

NO_PICTURE = "Its files cannot be read now and there is no thumbnail of it. Connect the drive it lies on."


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


_Read = tuple[PhotoId, Pixels | str]
"""A photo with its encoder input, or with the reason why there is none."""


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
        reader = _PhotoReader(
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


class _PhotoReader:
    """Gets the encoder's input of photos."""

    def __init__(
        self,
        catalogue: Catalogue,
        thumbnails: ThumbnailStore,
        examples: ExampleReader,
        settings: IndexingSettings,
        encoder_input: EncoderInput,
        control: TaskControl,
    ) -> None:
        self._catalogue = catalogue
        self._thumbnails = thumbnails
        self._examples = examples
        self._settings = settings
        self._encoder_input = encoder_input
        self._control = control
        self._connected: frozenset[RootId] = frozenset()

    def some_here(self, photo_ids: Sequence[PhotoId]) -> bool:
        """Whether any of the photos lies in a folder that is connected."""
        self._connected = frozenset(root.root_id for root in self._catalogue.roots() if not root.away)
        return any(_path_of(photo, self._connected) is not None for photo in self._photos(photo_ids))

    def read(self, photo_ids: Sequence[PhotoId], pool: DecodePool | None) -> Iterator[_Read | None]:
        """Each photo once, in about the order given; None where nothing has come for a while."""
        inside: dict[int, Photo] = {}
        for token, photo in enumerate(self._photos(photo_ids)):
            path = _path_of(photo, self._connected) if pool is not None else None
            if pool is None or path is None:
                yield self._thumbnail_of(photo)
                continue
            while pool.inside >= pool.capacity:
                yield self._next(pool, inside)
            inside[token] = photo
            side = self._settings.thumbnail_side
            pool.submit(DecodeRequest(token, path, (), DecodeScope.FULL, self._encoder_input, side))
        while pool is not None and pool.inside:
            yield self._next(pool, inside)

    def _photos(self, photo_ids: Sequence[PhotoId]) -> Iterator[Photo]:
        for at in range(0, len(photo_ids), CHUNK):
            self._control.checkpoint()
            yield from self._catalogue.photos(photo_ids[at : at + CHUNK])

    def _next(self, pool: DecodePool, inside: dict[int, Photo]) -> _Read | None:
        outcome = pool.next_outcome(WAIT_S)
        if outcome is None:
            return None
        photo = inside.pop(outcome.token)
        if isinstance(outcome, DecodedPhoto) and _shows(outcome, photo) and outcome.pixels is not None:
            return photo.photo_id, outcome.pixels
        return self._thumbnail_of(photo)

    def _thumbnail_of(self, photo: Photo) -> _Read:
        thumbnail = self._thumbnails.get(photo.uid)
        if thumbnail is None:
            return photo.photo_id, NO_PICTURE
        try:
            return photo.photo_id, self._examples.read_data(thumbnail, self._encoder_input, None)
        except PhotoUnreadableError as error:
            return photo.photo_id, str(error)


def _fill(run: _Run, lane: ThreadPoolExecutor, photos: Iterator[_Read | None], size: int) -> None:
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


def _path_of(photo: Photo, connected: frozenset[RootId]) -> bytes | None:
    """Absolute path of a file that can be read now."""
    here = (file for file in photo.files if not file.missing and file.root_id in connected)
    return next((file.root_path + b"/" + file.relative_path for file in here), None)


def _shows(read: DecodedPhoto, photo: Photo) -> bool:
    """Whether a file still shows the photo's picture, the same way up."""
    return (
        read.fingerprint.picture_hash == photo.picture_hash
        and read.facts is not None
        and read.facts.orientation == photo.facts.orientation
    )
