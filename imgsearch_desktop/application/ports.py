"""What the use cases need from outside, as small protocols; adapters fulfil them.

Paths are the file system's bytes throughout: a name that is no valid UTF-8 is still a photo.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, StrEnum
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from imgsearch_desktop.domain import changes
from imgsearch_desktop.domain.embedding import EncoderInput, ModelId, ModelSpec, Pixels, Vector, Vectors
from imgsearch_desktop.domain.errors import EngineError
from imgsearch_desktop.domain.filters import NO_FILTERS, Filters
from imgsearch_desktop.domain.library import Failure, Root
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
from imgsearch_desktop.domain.query import Box
from imgsearch_desktop.domain.result import Why

T = TypeVar("T")

# --- folders on disk -------------------------------------------------------------------------------------


ScannedFile = changes.ScannedFile
KnownFile = changes.KnownFile


@dataclass(frozen=True, slots=True)
class ScanProblem:
    """A folder or entry that could not be read, with the reason for people."""

    relative_path: bytes
    reason: str


@dataclass(frozen=True, slots=True)
class SkippedVideo:
    """A video met by a scan: counted, not indexed."""

    relative_path: bytes


ScanEntry = ScannedFile | ScanProblem | SkippedVideo


class FileScanner(Protocol):
    """Walks a folder, following links once and never into loops, without changing anything."""

    def scan(self, root_path: bytes, exclude: Sequence[str]) -> Iterator[ScanEntry]:
        """Yield what lies below a root, in no particular order.

        Raises:
            FolderGoneError: there is nothing at the root's path.
            FolderError: the root is no folder or cannot be read.
        """
        ...


@dataclass(frozen=True, slots=True)
class Volume:
    """Where a folder is mounted."""

    volume_id: str
    mount_point: bytes


class Volumes(Protocol):
    """Knows which volumes are connected."""

    def volume_of(self, path: bytes) -> Volume:
        """The volume that holds an existing path."""
        ...

    def is_away(self, root: Root) -> bool:
        """Whether the root's volume is not connected (as opposed to: the folder was deleted)."""
        ...


@dataclass(frozen=True, slots=True)
class TrashEntry:
    """A file on its way to the trash, as the catalogue's journal holds it.

    Attributes:
        due: when it is to be moved, UTC; until then it can be had back.
        size: bytes, as the catalogue knows the file.
        mtime_ns: modification time, as the catalogue knows the file.
    """

    file_id: FileId
    photo_id: PhotoId
    path: bytes
    display_path: str
    size: int
    mtime_ns: int
    due: datetime


class TrashBin(Protocol):
    """The system's trash, from which a program gets nothing back. A file that is gone already is no error."""

    def send(self, entry: TrashEntry) -> None:
        """Move a file to the trash.

        Raises:
            NoTrashError: its volume has no trash; the file is where it was.
            TrashError: it is another file by now, or may not be moved.
        """
        ...

    def delete(self, entry: TrashEntry) -> None:
        """Delete a file for good.

        Raises:
            TrashError: it is another file by now, or may not be deleted.
        """
        ...


class FileManager(Protocol):
    """The system's file manager."""

    def show(self, paths: Sequence[bytes]) -> None:
        """Open it with these files selected; may take seconds.

        Raises:
            KnownError: there is none, or it cannot be started.
        """
        ...


class OutgoingFiles(Protocol):
    """Writes outside the library, where the user says; nothing is ever overwritten unasked. Thread-safe."""

    def copy(self, source: bytes, folder: bytes, checkpoint: Callable[[], None]) -> bytes:
        """Copy a file with its modification time; a taken name gets a number, as in "name (2).jpg".

        Args:
            source: absolute path; it is only read.
            folder: absolute path of an existing folder.
            checkpoint: called between pieces of a file; whatever it raises ends the copy and leaves no piece.

        Returns:
            Absolute path of the copy.

        Raises:
            CopyError: this file cannot be read, or its name cannot be used there.
            FolderError: the folder is not there or cannot be written.
            DiskFullError: there is no room in the folder.
        """
        ...

    def write_list(self, path: bytes, content: bytes) -> None:
        """Write a file whole or not at all, in place of one that may be there.

        Raises:
            KnownError: it cannot be written; what was there is still there.
        """
        ...


# --- reading pictures ------------------------------------------------------------------------------------


class DecodeScope(Enum):
    """How much of a file is wanted."""

    FINGERPRINT = "hashes and metadata, no pixels"
    FULL = "hashes, metadata, facts, encoder input and thumbnail from one decode"


@dataclass(frozen=True, slots=True)
class DecodeRequest:
    """One file to read.

    Attributes:
        token: the caller's own number for it, handed back with the outcome.
        path: absolute.
        sidecars: absolute paths of metadata files that belong to it.
        scope: how much is wanted.
        encoder_input: how the encoder's pixels are cut.
        thumbnail_side: longest side of the thumbnail, pixels.
    """

    token: int
    path: bytes
    sidecars: tuple[bytes, ...]
    scope: DecodeScope
    encoder_input: EncoderInput
    thumbnail_side: int


@dataclass(frozen=True, slots=True)
class DecodedPhoto:
    """What was read from a file; `facts`, `pixels` and `thumbnail` are None for FINGERPRINT.

    Attributes:
        pixels: encoder input, uint8 (size, size, 3), RGB, orientation applied.
        thumbnail: JPEG bytes, orientation applied.
        orientation: the EXIF orientation that FULL applies, 1 to 8; for FINGERPRINT None where only a decode
            would tell. It tells whether edited metadata turn the picture.
    """

    token: int
    fingerprint: Fingerprint
    metadata: PhotoMetadata
    facts: PictureFacts | None = None
    pixels: Pixels | None = None
    thumbnail: bytes | None = None
    orientation: int | None = None


@dataclass(frozen=True, slots=True)
class DecodeFailure:
    """A file that could not be read.

    Attributes:
        reason: one clear sentence without the path.
        retry: the cause may pass (vanished, no permission, out of memory): try again at the next run even if
            the file does not change.
        vanished: the file was gone when it was opened; not worth a line in the failures.
    """

    token: int
    reason: str
    retry: bool = False
    vanished: bool = False


DecodeOutcome = DecodedPhoto | DecodeFailure


class DecodePool(Protocol):
    """Reads picture files in supervised processes, one file in flight per process.

    At most `capacity` requests are inside at once, outcomes not yet fetched included: memory stays flat.
    Outcomes come in no particular order. A file that hangs, crashes or takes too much memory costs one
    `DecodeFailure` and nothing else.
    """

    @property
    def capacity(self) -> int:
        """How many requests may be inside at once."""
        ...

    @property
    def inside(self) -> int:
        """Requests submitted whose outcome has not been fetched."""
        ...

    def submit(self, request: DecodeRequest) -> None:
        """Take a request; the caller keeps `inside` below `capacity`."""
        ...

    def next_outcome(self, timeout_s: float) -> DecodeOutcome | None:
        """The next finished one, None when nothing finished in time."""
        ...

    def abandon(self) -> None:
        """Drop everything inside, at once; the pool can be used again afterwards."""
        ...

    def close(self) -> None:
        """End the processes; safe to call twice."""
        ...


class ExampleReader(Protocol):
    """Reads one picture that is an example in a query, in the calling thread's time, with the same limits."""

    def read(self, source: bytes, encoder_input: EncoderInput, box: Box | None) -> Pixels:
        """Encoder input (size, size, 3) of a picture file.

        Args:
            source: absolute path.
            encoder_input: how it is cut.
            box: only this part of the picture.

        Raises:
            PhotoUnreadableError: not a readable picture.
        """
        ...

    def read_data(self, data: bytes, encoder_input: EncoderInput, box: Box | None) -> Pixels:
        """As `read`, from an encoded picture in memory."""
        ...


class PictureReader(Protocol):
    """Reads one whole picture for looking at it, with the same limits as the decode pool. Thread-safe."""

    def read_whole(self, path: bytes, longest_side: int) -> Pixels:
        """The picture upright, RGB (height, width, 3), scaled down to a longest side where it is larger.

        Raises:
            PhotoUnreadableError: not a readable picture, or not there.
        """
        ...


class WebPictures(Protocol):
    """Fetches single pictures from the web, when the user has said so."""

    def fetch(self, url: str, checkpoint: Callable[[], None]) -> bytes:
        """The encoded picture at an address.

        Args:
            url: http or https.
            checkpoint: called between parts; may raise to stop.

        Raises:
            WebError: it cannot be had, is no picture or too large.
        """
        ...


class ThumbnailStore(Protocol):
    """Small previews by `photo_uid`; thread-safe."""

    def put_many(self, thumbnails: Sequence[tuple[PhotoUid, bytes]], derived_version: int) -> None:
        """Store JPEG bytes, replacing earlier ones; durable when it returns."""
        ...

    def get(self, uid: PhotoUid) -> bytes | None:
        """JPEG bytes, None if there is none."""
        ...

    def delete_many(self, uids: Sequence[PhotoUid]) -> None:
        """Forget thumbnails; unknown ones are ignored."""
        ...

    def count(self) -> int:
        """Number of thumbnails; a store that is found damaged is repaired first."""
        ...

    def uids(self, after: PhotoUid, limit: int) -> list[PhotoUid]:
        """Photos with a thumbnail, in the order of their uids, from the first behind `after` on."""
        ...

    def take_repair_report(self) -> str | None:
        """What was repaired since this was last asked, as sentences for people; None if nothing was."""
        ...

    def close(self) -> None:
        """Close files; safe to call twice."""
        ...


# --- models ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ImageEncoding:
    """Embeddings of a batch of pictures, and what the model saw in each."""

    vectors: Vectors
    labels: tuple[tuple[Label, ...], ...]


class ImageEncoder(Protocol):
    """Makes embeddings of pictures."""

    def encode(self, pixels: Pixels) -> ImageEncoding:
        """Encode a batch.

        Args:
            pixels: uint8 (n, size, size, 3), RGB, as `EncoderInput` says.
        """
        ...


@dataclass(frozen=True, slots=True)
class TextEncoding:
    """Embeddings of texts.

    Attributes:
        vectors: (n, dims), zero beyond the model's `text_dims`.
        reach: (n,) cosine that photos of the things the model knows have to the text, the nearest of those
            things taken; None where the model has no such measure. A text with a low reach is far from
            everything the model knows.
    """

    vectors: Vectors
    reach: NDArray[np.float32] | None


class TextEncoder(Protocol):
    """Makes embeddings of texts; a text that names a file or URL is still a text."""

    def encode(self, texts: Sequence[str]) -> TextEncoding:
        """Encode texts, in any language the model knows."""
        ...


class Model(Protocol):
    """A loaded pair of encoders; each is loaded on first use. Thread-safe."""

    @property
    def spec(self) -> ModelSpec:
        """What kind of vectors it makes; does not load anything."""
        ...

    @property
    def image_encoder(self) -> ImageEncoder:
        """Loaded on first access.

        Raises:
            ModelError: files are missing or damaged.
        """
        ...

    @property
    def text_encoder(self) -> TextEncoder:
        """Loaded on first access.

        Raises:
            ModelError: files are missing or damaged.
        """
        ...


# --- the catalogue ---------------------------------------------------------------------------------------


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


class SortOrder(StrEnum):
    """Order of the browsing grid."""

    DATE_NEWEST = "date, newest first"
    DATE_OLDEST = "date, oldest first"
    NAME = "name"
    ADDED = "recently added"


@dataclass(frozen=True, slots=True)
class LabelCount:
    """How many present photos carry a label, and the photo that carries it most clearly."""

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

    def counts(self) -> CatalogueCounts:
        """How much there is."""
        ...

    def failures(self) -> list[Failure]:
        """Files that could not be indexed."""
        ...

    def labels(self, limit: int) -> list[LabelCount]:
        """The most frequent labels, most frequent first."""
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

    def close(self) -> None:
        """Finish the transaction under way and close; safe to call twice."""
        ...


# --- engines ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FolderPlace:
    """A folder that holds a file of a photo.

    Attributes:
        root_id: the root.
        relative_path: the folder below it as bytes, b"" for the root itself.
        names: the root's own name and the folder names below it, as text.
    """

    root_id: RootId
    relative_path: bytes
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IndexDocument:
    """The current state of one photo as a projection stores it.

    Attributes:
        change_id: of the newest change that it reflects.
        file_names: names of its present files, without folders, as text.
        places: where its present files lie.
        date_key: `DateTaken.sort_key`, None without a date.
        format: content format.
        raw: whether the format is a RAW format.
        vectors: per region (0 = whole photo), float16 (dims,).
    """

    photo_id: PhotoId
    uid: PhotoUid
    change_id: int
    file_names: tuple[str, ...]
    places: tuple[FolderPlace, ...]
    keywords: tuple[str, ...]
    title: str | None
    description: str | None
    camera: str | None
    date_key: int | None
    latitude: float | None
    longitude: float | None
    format: str
    raw: bool
    vectors: Mapping[int, NDArray[np.float16]]


@dataclass(frozen=True, slots=True)
class IndexDeletion:
    """A photo that a projection must not hold any more."""

    photo_id: PhotoId
    uid: PhotoUid
    change_id: int


@dataclass(frozen=True, slots=True)
class IndexPosition:
    """Up to where a projection reflects which catalogue.

    Attributes:
        library_id: of which library.
        epoch: of that library.
        change_id: up to where the change log is applied.
        generation: random, new whenever the projection is emptied; two positions are compared without it.
    """

    library_id: str
    epoch: str
    change_id: int
    generation: str = field(default="", compare=False)


class IndexRebuiltError(EngineError):
    """Another feeder has emptied the projection: what was fed before is gone."""


@dataclass(frozen=True, slots=True)
class ApplyReport:
    """What came of feeding a projection: photos it refused, with the reason."""

    rejected: Mapping[PhotoUid, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class IndexRequest:
    """A search as an engine understands it.

    Attributes:
        model_id: whose vectors are compared.
        vector: (dims,), unit length; None for a search by keywords alone.
        text_only: only the first `text_dims` dimensions of the vector are not zero.
        tokens: keyword tokens (`domain.keywords`), any of them may match; more matches rank higher.
        prefix_last: the last token is still being typed: it matches as a prefix too.
        phrases: token sequences that must each occur, adjacent and in order, in one field.
        minus_tokens: photos with all tokens of any of these tuples in their fields are left out.
        filters: what may be found at all; applied before ranking, never after.
        away_roots: roots that are not connected now, for `Filters.include_away`.
        exclude: photos that must not be found (the example itself).
        limit: how many hits of either kind at most.
    """

    model_id: ModelId
    vector: Vector | None = None
    text_only: bool = False
    tokens: tuple[str, ...] = ()
    prefix_last: bool = False
    phrases: tuple[tuple[str, ...], ...] = ()
    minus_tokens: tuple[tuple[str, ...], ...] = ()
    filters: Filters = NO_FILTERS
    away_roots: frozenset[RootId] = frozenset()
    exclude: frozenset[PhotoId] = frozenset()
    limit: int = 1000


@dataclass(frozen=True, slots=True)
class KeywordHit:
    """A photo whose fields match the tokens; `matched` counts distinct query tokens found."""

    photo_id: PhotoId
    score: float
    matched: int
    fields: tuple[Why, ...]


@dataclass(frozen=True, slots=True)
class IndexAnswer:
    """What an engine found, two lists to be fused by `domain.ranking`.

    Attributes:
        photo_ids: int64 (n,), nearest first; ties by ascending photo id.
        cosines: float32 (n,), of `photo_ids`.
        keyword_hits: best first.
        searched: photos that pass the filters and were compared.
    """

    photo_ids: NDArray[np.int64]
    cosines: NDArray[np.float32]
    keyword_hits: tuple[KeywordHit, ...]
    searched: int


@dataclass(frozen=True, slots=True)
class Facets:
    """Counts of what could be filtered by, over the photos that pass the filters."""

    cameras: Mapping[str, int]
    formats: Mapping[str, int]
    years: Mapping[int, int]


class PhotoIndex(Protocol):
    """An engine: a projection of the catalogue that answers searches. Thread-safe for searching while fed."""

    @property
    def name(self) -> str:
        """The engine's name: "embedded" or "elasticsearch"."""
        ...

    def position(self, model_id: ModelId) -> IndexPosition | None:
        """Up to where it is fed, None if it holds nothing for this model.

        Raises:
            EngineError: it cannot be reached.
        """
        ...

    def reset(self, model: ModelSpec, library_id: str, epoch: str) -> IndexPosition:
        """Empty the projection of a model (creating it if need be).

        Returns:
            Its position: change id 0 of a new generation.
        """
        ...

    def apply(
        self,
        model_id: ModelId,
        documents: Sequence[IndexDocument],
        deletions: Sequence[IndexDeletion],
        change_id: int,
        *,
        generation: str | None = None,
    ) -> ApplyReport:
        """Take the current state of photos, durably; afterwards `position` is at `change_id` or beyond.

        Applying the same again changes nothing; older state never replaces newer.

        Args:
            model_id: whose projection.
            documents: what the photos are.
            deletions: what is to be found no more.
            change_id: up to where the change log is applied then.
            generation: of the projection that the caller has fed so far, None for whichever there is.

        Raises:
            IndexRebuiltError: the projection has been emptied since; nothing is taken.
            EngineError: it cannot be reached or holds nothing for this model.
        """
        ...

    def search(self, request: IndexRequest) -> IndexAnswer:
        """Find photos.

        Raises:
            EngineError: it cannot be reached or holds nothing for this model.
        """
        ...

    def facets(self, model_id: ModelId, filters: Filters) -> Facets:
        """Count what could be filtered by."""
        ...

    def close(self) -> None:
        """Keep what makes the next start fast and close; safe to call twice."""
        ...
