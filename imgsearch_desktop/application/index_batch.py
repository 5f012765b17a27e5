"""Files that were read become photos of the catalogue, a batch at a time.

The thumbnails of a batch are stored, it is encoded, then one transaction holds all the rest, then the engine
is fed. Killed at any moment, a photo is there whole or not at all; only those that came before the model was
loaded may wait for their embedding.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

import numpy as np

from imgsearch_desktop.application.active_model import ModelInUse
from imgsearch_desktop.application.model_loading import ModelLoading
from imgsearch_desktop.application.ports import (
    Catalogue,
    CatalogueWriter,
    DecodedPhoto,
    FileRecord,
    NewPhoto,
    ScannedFile,
    ThumbnailStore,
)
from imgsearch_desktop.application.sync_engine import FeedProgress
from imgsearch_desktop.application.tasks import TaskControl
from imgsearch_desktop.domain.changes import KnownFile, Resolution, Verdict
from imgsearch_desktop.domain.embedding import WHOLE_PHOTO, Vectors
from imgsearch_desktop.domain.errors import EngineError
from imgsearch_desktop.domain.photo import Label, PhotoId, PhotoUid, RootId

MOST_OWED = 256
"""So many photos may wait for the model, their pixels in memory: about 150 KB each."""

Encoded = tuple[Vectors, list[tuple[Label, ...]]]
"""Embeddings, and what the model saw in each."""


class Counted(Enum):
    """How a file counts in the report of a run."""

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    MOVED = "moved"
    FAILED = "failed"
    ENCODED = "encoded"


@dataclass(frozen=True, slots=True)
class StagedFile:
    """A file that was read and whose photo is decided.

    Attributes:
        root_id: its root.
        scanned: as the scan met it.
        known: the file row at its path before.
        read: what was read; with pixels, facts and thumbnail if the decision needs them.
        resolution: which photo it belongs to.
        uid: of the photo whose thumbnail is stored; minted here for a new photo.
        embed_only: nothing changed; only the embedding was wanting.
    """

    root_id: RootId
    scanned: ScannedFile
    known: KnownFile | None
    read: DecodedPhoto
    resolution: Resolution
    uid: PhotoUid
    embed_only: bool = False

    @property
    def needs_encoding(self) -> bool:
        """Whether an embedding is to be made."""
        return self.embed_only or self.resolution.needs_pixels

    @property
    def decides_photo(self) -> bool:
        """Whether it changes what is decided about further files with the same picture."""
        decided = self.resolution
        return self.needs_encoding or decided.renew_metadata or decided.moved_from is not None

    @property
    def counted(self) -> Counted:
        """How it counts in the report."""
        if self.embed_only:
            return Counted.ENCODED
        present = self.known is not None and not self.known.missing
        match self.resolution.verdict:
            case Verdict.MOVED:
                return Counted.MOVED
            case Verdict.TOUCHED:
                return Counted.UNCHANGED if present else Counted.UPDATED
            case Verdict.EDITED:
                return Counted.UPDATED
            case _:
                return Counted.UPDATED if present else Counted.ADDED


@dataclass(frozen=True, slots=True)
class StagedFailure:
    """A file that could not be read; `path` is absolute."""

    root_id: RootId
    scanned: ScannedFile
    path: bytes
    reason: str
    retry: bool


@dataclass(slots=True)
class Batch:
    """What goes into one transaction."""

    files: list[StagedFile] = field(default_factory=list)
    failures: list[StagedFailure] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.files) + len(self.failures)

    @property
    def to_encode(self) -> int:
        """Number of pictures to encode."""
        return sum(file.needs_encoding for file in self.files)


def mint_uid() -> PhotoUid:
    """A new permanent id, random: it means nothing outside the library and never comes twice."""
    return PhotoUid(uuid.uuid4().hex)


class BatchWriter:
    """Encodes and commits batches.

    Args:
        catalogue: where photos are kept.
        thumbnails: where previews are kept.
        model: makes the embeddings and feeds the engine.
        encode_batch: pictures per encoder call.

    Attributes:
        model: makes the embeddings.
        engine_trouble: why the engine could not be fed, None if it could.
        rejected: photos the engine refused, with the reason.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        thumbnails: ThumbnailStore,
        model: ModelInUse,
        encode_batch: int,
    ) -> None:
        self._catalogue = catalogue
        self._thumbnails = thumbnails
        self.model = model
        self._encode_batch = encode_batch
        self._loading = ModelLoading(model)
        self._owed: list[tuple[StagedFile, PhotoId]] = []
        self.engine_trouble: str | None = None
        self.rejected: dict[PhotoUid, str] = {}

    def commit(self, batch: Batch) -> None:
        """Make a batch durable and searchable.

        An engine that cannot be reached stops nothing: the catalogue has the photos, the engine's turn comes
        later.

        Raises:
            DiskFullError: no room; nothing of this batch is stored.
        """
        wanting = [file for file in batch.files if file.needs_encoding]
        self._store_thumbnails(wanting)
        if wanting and not self._loading.done:
            self._commit_before_encoding(batch, wanting)
        else:
            self._encode_owed()
            encoded = self._encode(wanting)
            self._catalogue.write(
                lambda writer: self._write_embeddings(
                    writer, wanting, self._write_files(writer, batch), encoded
                )
            )
        self.feed()

    def settle(self, control: TaskControl) -> None:
        """Encode what has waited for the model; waits for it.

        Raises:
            ModelError: it cannot be loaded.
            Cancelled: the next run encodes what waits.
        """
        if self._owed:
            self._loading.wait(control)
            self._encode_owed()
            self.feed()

    def close(self) -> None:
        """Leave no thread behind."""
        self._loading.close()

    def _commit_before_encoding(self, batch: Batch, wanting: Sequence[StagedFile]) -> None:
        """Photos can be looked at while the model is being loaded.

        Killed in between, they are photos without an embedding, which the next run encodes.
        """
        photo_ids = self._catalogue.write(lambda writer: self._write_files(writer, batch))
        self._owed += [(file, photo_ids[id(file)]) for file in wanting]
        if len(self._owed) >= MOST_OWED:
            self._encode_owed()

    def _encode_owed(self) -> None:
        """Encode what has waited for the model."""
        owed, self._owed = self._owed, []
        if owed:
            files = [file for file, _ in owed]
            photo_ids = {id(file): photo_id for file, photo_id in owed}
            encoded = self._encode(files)
            self._catalogue.write(lambda writer: self._write_embeddings(writer, files, photo_ids, encoded))

    def feed(
        self,
        control: TaskControl | None = None,
        progress: FeedProgress | None = None,
        *,
        settle: bool = False,
    ) -> None:
        """Feed the engine, unless it failed before in this run; arguments as in `SyncEngine.catch_up`."""
        if self.engine_trouble is not None:
            return
        try:
            report = self.model.feed.catch_up(control, settle=settle, progress=progress)
            self.rejected.update(report.rejected)
        except EngineError as error:
            self.engine_trouble = str(error)

    def _encode(self, files: Sequence[StagedFile]) -> Encoded:
        vectors: list[Vectors] = []
        labels: list[tuple[Label, ...]] = []
        for at in range(0, len(files), self._encode_batch):
            chunk = files[at : at + self._encode_batch]
            pixels = np.stack([file.read.pixels for file in chunk if file.read.pixels is not None])
            encoding = self._loading.encoder().encode(pixels)
            vectors.append(encoding.vectors)
            labels.extend(encoding.labels)
        if not vectors:
            return np.empty((0, self.model.spec.dims), dtype=np.float32), labels
        return np.concatenate(vectors), labels

    def _store_thumbnails(self, files: Sequence[StagedFile]) -> None:
        by_version: dict[int, list[tuple[PhotoUid, bytes]]] = {}
        for file in files:
            facts, thumbnail = file.read.facts, file.read.thumbnail
            if facts is not None and thumbnail is not None:
                by_version.setdefault(facts.derived_version, []).append((file.uid, thumbnail))
        for version, thumbnails in by_version.items():
            self._thumbnails.put_many(thumbnails, version)

    def _write_files(self, writer: CatalogueWriter, batch: Batch) -> dict[int, PhotoId]:
        """Write everything but embeddings; returns the photo of each staged file, by its `id`."""
        photo_ids = {id(file): _write_file(writer, file) for file in batch.files}
        for failure in batch.failures:
            writer.record_failure(failure.scanned, failure.root_id, failure.reason, retry=failure.retry)
        return photo_ids

    def _write_embeddings(
        self,
        writer: CatalogueWriter,
        files: Sequence[StagedFile],
        photo_ids: dict[int, PhotoId],
        encoded: Encoded,
    ) -> None:
        if not files:
            return
        vectors, labels = encoded
        vectors_id = self.model.spec.vectors_id
        rows = [(photo_ids[id(file)], WHOLE_PHOTO) for file in files]
        writer.set_embeddings(rows, vectors_id, vectors)
        for (photo_id, _), seen in zip(rows, labels, strict=True):
            writer.set_labels(photo_id, vectors_id, seen)


def _write_file(writer: CatalogueWriter, file: StagedFile) -> PhotoId:
    """Store one file and what it says about its photo; returns the photo."""
    resolution, read = file.resolution, file.read
    photo_id = resolution.photo_id
    if photo_id is None:
        photo_id = writer.add_photo(_new_photo(file))
    elif file.embed_only:
        return photo_id
    elif resolution.renew_picture and read.facts is not None:
        writer.replace_picture(photo_id, read.fingerprint.picture_hash, read.facts)
    if resolution.renew_metadata:
        writer.set_metadata(photo_id, read.metadata)
    record = FileRecord(
        file.root_id, file.scanned.relative_path, read.fingerprint, file.scanned.sidecar_stamp
    )
    if resolution.moved_from is not None:
        writer.move_file(resolution.moved_from, record)
        writer.clear_failures(file.root_id, [file.scanned.relative_path])
    else:
        writer.put_file(photo_id, record)
    return photo_id


def _new_photo(file: StagedFile) -> NewPhoto:
    if file.read.facts is None:
        raise ValueError("a new photo needs a decoded picture")
    return NewPhoto(file.uid, file.read.fingerprint.picture_hash, file.read.facts, file.read.metadata)
