"""The local truth: what it tells and what can be written into it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from imgsearch_desktop.application.ports.engines import IndexDocument
from imgsearch_desktop.application.ports.storage import KnownFile, ScannedFile, TrashEntry, Volume
from imgsearch_desktop.domain.embedding import ModelId, Vector, Vectors
from imgsearch_desktop.domain.filters import Filters
from imgsearch_desktop.domain.library import Failure, HeldVectors, ModelChoice, Root, StoredCalibration
from imgsearch_desktop.domain.photo import (
    DateTaken,
    FileId,
    Fingerprint,
    Label,
    Photo,
    PhotoId,
    PhotoMetadata,
    PhotoUid,
    PictureFacts,
    RootId,
)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class NewPhoto:
    """A photo to be added; its `uid` is minted by the caller (random)."""

    uid: PhotoUid
    picture_hash: bytes
    facts: PictureFacts
    metadata: PhotoMetadata


@dataclass(frozen=True, slots=True)
class FileRecord:
    """Everything about a file row but its id."""

    root_id: RootId
    relative_path: bytes
    fingerprint: Fingerprint
    sidecar_stamp: str


@dataclass(frozen=True, slots=True)
class Change:
    """One row of the change log: this photo is not what it was."""

    change_id: int
    photo_id: PhotoId
    uid: PhotoUid


@dataclass(frozen=True, slots=True)
class EmbeddingBlock:
    """A slice of the stored embeddings of one model, in the order of photo ids.

    Attributes:
        photo_ids: int64 (n,).
        vectors: float16 (n, dims).
    """

    photo_ids: NDArray[np.int64]
    vectors: NDArray[np.float16]


@dataclass(frozen=True, slots=True)
class EncodeFailure:
    """A photo that could not be encoded for a model, and why, in one sentence."""

    photo_id: PhotoId
    reason: str


class SortOrder(StrEnum):
    """Order of the browsing grid."""

    DATE_NEWEST = "date, newest first"
    DATE_OLDEST = "date, oldest first"
    NAME = "name"
    ADDED = "recently added"


@dataclass(frozen=True, slots=True)
class LabelCount:
    """How many present photos carry a label (or any of several), and the one that carries it most clearly."""

    name: str
    photos: int
    cover: PhotoId


@dataclass(frozen=True, slots=True)
class CatalogueCounts:
    """Numbers of present photos, present files, missing files, failures, and of videos seen."""

    photos: int
    files: int
    missing: int
    failed: int
    videos: int


@dataclass(frozen=True, slots=True)
class PerceptualHashes:
    """Perceptual hashes in the order of photo ids.

    Attributes:
        photo_ids: int64 (n,).
        hashes: uint64 (n,).
    """

    photo_ids: NDArray[np.int64]
    hashes: NDArray[np.uint64]


class CatalogueReader(Protocol):
    """Reads the truth; each calling thread has its own connection, no statement stays open between calls."""

    @property
    def library_id(self) -> str:
        """Random id of the library, made once."""
        ...

    @property
    def epoch(self) -> str:
        """New after a restore or repair; a projection of another epoch is rebuilt."""
        ...

    def roots(self) -> list[Root]:
        """Every folder, in the order they were added."""
        ...

    def known_files(self, root_id: RootId) -> list[KnownFile]:
        """Every file and failed file of a root, missing ones included."""
        ...

    def folder_counts(self, root_id: RootId) -> dict[bytes, int]:
        """Number of present files directly in each folder of a root that has any, by relative path."""
        ...

    def files_with_size(self, size: int) -> list[KnownFile]:
        """Files of any root, present or missing, with this size, as a move or copy has."""
        ...

    def files_of(self, photo_id: PhotoId) -> list[KnownFile]:
        """Files of one photo, present or missing."""
        ...

    def photo_count(self) -> int:
        """Number of photos, those without a present file included."""
        ...

    def uids(self, after: PhotoUid, limit: int) -> list[tuple[PhotoUid, PhotoId]]:
        """Every photo, in the order of the uids, from the first behind `after` on."""
        ...

    def photo_with_picture(self, picture_hash: bytes) -> PhotoId | None:
        """The photo with this compressed picture payload."""
        ...

    def photo_at(self, path: bytes) -> PhotoId | None:
        """The photo of the file at an absolute path, whatever its state."""
        ...

    def photos(self, photo_ids: Sequence[PhotoId]) -> list[Photo]:
        """Photos in the order asked for; unknown ids are left out."""
        ...

    def has_embedding(self, photo_id: PhotoId, model_id: ModelId) -> bool:
        """Whether the whole photo has an embedding of this model."""
        ...

    def embedding(self, photo_id: PhotoId, model_id: ModelId, region: int = 0) -> Vector | None:
        """One stored embedding as float32, unit length."""
        ...

    def embeddings(self, model_id: ModelId, after: PhotoId, limit: int) -> EmbeddingBlock:
        """Whole-photo embeddings of present photos with an id greater than `after`; empty at the end."""
        ...

    def photos_without_embedding(self, model_id: ModelId, limit: int) -> list[PhotoId]:
        """Present photos that wait for an embedding of this model, newest first."""
        ...

    def searchable(self, model_id: ModelId) -> int:
        """Number of present photos with an embedding of this model."""
        ...

    def model_choice(self) -> ModelChoice:
        """Which model searches, and which one the library is being encoded for."""
        ...

    def calibration(self, model_id: ModelId) -> StoredCalibration | None:
        """Where results of a model end in this library, None if that was never estimated."""
        ...

    def held_vectors(self) -> list[HeldVectors]:
        """What there is of every image tower, in the order they came."""
        ...

    def encode_failures(self, vectors_id: ModelId) -> list[EncodeFailure]:
        """Present photos that could not be encoded for a model."""
        ...

    def counts(self) -> CatalogueCounts:
        """How much there is."""
        ...

    def failures(self) -> list[Failure]:
        """Files that could not be indexed."""
        ...

    def labels(self, limit: int, words: Mapping[str, str] = {}) -> list[LabelCount]:
        """The most frequent labels, most frequent first.

        Args:
            limit: at most so many.
            words: label -> the word it is counted under; several labels may share one.
        """
        ...

    def browse(self, filters: Filters, order: SortOrder) -> NDArray[np.int64]:
        """Ids of the present photos that pass, in order; int64 (n,)."""
        ...

    def photos_in_several_files(self) -> NDArray[np.int64]:
        """Ids of the photos with more than one present file, ascending; int64 (n,)."""
        ...

    def keywords(self, limit: int) -> list[str]:
        """The most frequent keywords of present photos, most frequent first."""
        ...

    def latest_change(self) -> int:
        """The newest change id, 0 for none."""
        ...

    def trimmed_change(self) -> int:
        """The newest change id trimmed from the log, 0 for none; a projection behind it is rebuilt."""
        ...

    def perceptual_hashes(self) -> PerceptualHashes:
        """Of every present photo, to look for near duplicates."""
        ...

    def trash_journal(self) -> list[TrashEntry]:
        """Files on their way to the trash, those due first at the front."""
        ...

    def changes_since(self, change_id: int, limit: int) -> list[Change]:
        """At most `limit` rows after a change id, oldest first; rows for one photo are merged to its newest.

        The last row's change id is where the next call goes on.
        """
        ...

    def count_changes(self, change_id: int) -> int:
        """Number of photos with a change after a change id."""
        ...

    def cursor(self, projection: str, model_id: ModelId) -> int | None:
        """Up to which change the log is known to be applied to a projection, None for one not heard of."""
        ...

    def projections(self) -> frozenset[str]:
        """Names of the projections that have a cursor."""
        ...

    def documents(self, photo_ids: Sequence[PhotoId], model_id: ModelId) -> list[IndexDocument]:
        """Current state of the photos as a projection needs it.

        Photos that are gone, have no present file or no embedding of the model are left out: a projection
        must not hold them.
        """
        ...


class CatalogueWriter(Protocol):
    """What can be done inside one transaction.

    Every method that touches a photo adds one row per photo and transaction to the change log.
    """

    def add_root(self, path: bytes, volume: Volume) -> RootId:
        """Add a folder, or find it again by its path."""
        ...

    def forget_files(self, file_ids: Sequence[FileId]) -> list[PhotoUid]:
        """Forget files, as a folder that is removed slice by slice loses them.

        Returns:
            The photos that lay nowhere else and are now forgotten.
        """
        ...

    def remove_root(self, root_id: RootId) -> list[PhotoUid]:
        """Forget a folder and its files.

        Returns:
            The photos that lay nowhere else and are now forgotten.
        """
        ...

    def set_root_state(self, root_id: RootId, *, away: bool, videos: int | None) -> None:
        """Note whether its volume is connected and how many videos the last scan saw (None: as before)."""
        ...

    def add_photo(self, photo: NewPhoto) -> PhotoId:
        """Add a photo."""
        ...

    def replace_picture(self, photo_id: PhotoId, picture_hash: bytes, facts: PictureFacts) -> None:
        """The photo's picture payload or orientation changed; its embeddings and labels are dropped."""
        ...

    def set_metadata(self, photo_id: PhotoId, metadata: PhotoMetadata) -> None:
        """Replace what the files say; a date corrected by the user stays."""
        ...

    def correct_date(self, photo_id: PhotoId, date: DateTaken | None) -> None:
        """The user says when the photo was taken; None takes back an earlier correction.

        No file and no sidecar replaces a corrected date.
        """
        ...

    def set_embeddings(
        self, rows: Sequence[tuple[PhotoId, int]], model_id: ModelId, vectors: Vectors
    ) -> None:
        """Store embeddings as float16.

        Args:
            rows: (photo, region) of each vector.
            model_id: who made them.
            vectors: (n, dims).
        """
        ...

    def set_encode_failures(self, vectors_id: ModelId, reasons: Mapping[PhotoId, str]) -> None:
        """Note why photos could not be encoded; an embedding that is stored later clears it."""
        ...

    def choose_model(self, choice: ModelChoice) -> None:
        """Say which model searches from now on, and which one the library is being encoded for."""
        ...

    def set_calibration(self, model_id: ModelId, stored: StoredCalibration) -> None:
        """Keep where results of a model end in this library, in the place of what was kept before."""
        ...

    def drop_vectors(self, vectors_id: ModelId, after: PhotoId, limit: int) -> PhotoId | None:
        """Forget embeddings and labels of an image tower, a slice of photos at a time.

        With the last slice everything else about the tower is forgotten, cursors of projections included.

        Args:
            vectors_id: whose.
            after: photos up to this id are done; 0 at first.
            limit: photos in a slice.

        Returns:
            The last photo of the slice, to go on from; None when nothing is left.
        """
        ...

    def release_cursors(self, fed: Sequence[ModelId]) -> None:
        """Only projections of these models are fed from now on: others hold nothing of the log back."""
        ...

    def set_labels(self, photo_id: PhotoId, model_id: ModelId, labels: Sequence[Label]) -> None:
        """Replace the labels a model gave."""
        ...

    def put_file(self, photo_id: PhotoId, file: FileRecord) -> FileId:
        """Add or replace the file row at this path, present, belonging to this photo; clears its failure."""
        ...

    def move_file(self, file_id: FileId, file: FileRecord) -> None:
        """The file is now at another path, present; it keeps its photo. A row at that path gives way."""
        ...

    def mark_missing(self, file_ids: Sequence[FileId]) -> None:
        """The files have vanished; their photos stay for the day they come back."""
        ...

    def record_failure(self, scanned: ScannedFile, root_id: RootId, reason: str, *, retry: bool) -> None:
        """Note that a file could not be indexed, counting attempts; a present file row there goes missing."""
        ...

    def retry_failures(self, paths: Sequence[bytes]) -> None:
        """Let the next run try these files (absolute paths) again, although they have not changed."""
        ...

    def clear_failures(self, root_id: RootId, relative_paths: Sequence[bytes]) -> None:
        """The files have vanished or are fine now."""
        ...

    def journal_trash(self, file_ids: Sequence[FileId], due: datetime) -> None:
        """The files are to be moved to the trash at `due` and count as missing from now on.

        A scan that meets them meanwhile takes them for unchanged; a file that is written anew leaves the
        journal.
        """
        ...

    def withdraw_trash(self, file_ids: Sequence[FileId]) -> None:
        """The files stay: they leave the journal and are present again."""
        ...

    def settle_trash(self, file_ids: Sequence[FileId]) -> None:
        """The files have been moved: they leave the journal and stay missing."""
        ...

    def set_cursor(self, projection: str, model_id: ModelId, change_id: int) -> None:
        """Note how far a projection has come and trim the change log behind the slowest."""
        ...

    def keep_cursors(self, projections: Collection[str]) -> None:
        """Forget the cursors of all other projections: nobody feeds them, the log is not kept for them."""
        ...


class Catalogue(CatalogueReader, Protocol):
    """The local truth, readable by any thread and process, writable by one process at a time."""

    def write(self, work: Callable[[CatalogueWriter], T]) -> T:
        """Run `work` in one transaction on the writer thread and return its result once it is durable.

        The writer lock of the library is taken at the first call and kept until `close`.

        Raises:
            LibraryBusyError: another process writes to this library.
            LibraryReadOnlyError: the directory cannot be written.
            DiskFullError: no room; nothing of this transaction is stored.
        """
        ...

    def give_back_room(self) -> bool:
        """Give a slice of what is free in it back to the disk; True while more is left.

        Raises:
            LibraryBusyError: another process writes to this library.
            LibraryReadOnlyError: the directory cannot be written.
            DiskFullError: no room even for that.
        """
        ...

    def close(self) -> None:
        """Finish the transaction under way and close; safe to call twice."""
        ...
