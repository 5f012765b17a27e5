"""The other ports in memory: a disk, what scans and reads it, a model, an engine; no real file is touched."""

from __future__ import annotations

import hashlib
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from imgsearch_desktop.application.active_model import FixedModel
from imgsearch_desktop.application.index_library import IndexLibrary
from imgsearch_desktop.application.ports import (
    ApplyReport,
    DecodedPhoto,
    DecodeFailure,
    DecodeOutcome,
    DecodeRequest,
    DecodeScope,
    Facets,
    ImageEncoding,
    IndexAnswer,
    IndexDeletion,
    IndexDocument,
    IndexPosition,
    IndexRebuiltError,
    IndexRequest,
    KeywordHit,
    ScanEntry,
    ScannedFile,
    ScanProblem,
    SkippedVideo,
    TextEncoding,
    Volume,
)
from imgsearch_desktop.application.settings import IndexingSettings
from imgsearch_desktop.application.sync_engine import SyncEngine
from imgsearch_desktop.domain import keywords
from imgsearch_desktop.domain.embedding import (
    Calibration,
    EncoderInput,
    ModelId,
    ModelSpec,
    Pixels,
    normalise,
)
from imgsearch_desktop.domain.errors import EngineError, FolderError, FolderGoneError
from imgsearch_desktop.domain.filters import Filters
from imgsearch_desktop.domain.library import Root
from imgsearch_desktop.domain.photo import Fingerprint, Label, PhotoMetadata, PhotoUid, PictureFacts
from imgsearch_desktop.domain.query import Box
from imgsearch_desktop.domain.result import Why
from tests.support.fake_catalogue import FakeCatalogue

SIDE = 8
SPEC = ModelSpec(
    ModelId("fake-1"),
    "Fake",
    16,
    8,
    EncoderInput(SIDE, SIDE),
    Calibration(),
    "Apache-2.0",
    "It knows nothing.",
)


@dataclass(frozen=True)
class FakeFile:
    """A file on the fake disk.

    Attributes:
        picture: what it shows; equal pictures are the same compressed payload.
        title: stands for all metadata inside the file.
        orientation: the EXIF orientation.
        mtime: modification time.
        sidecar: content of an XMP sidecar beside it, "" for none.
        broken: reason why it cannot be read.
        retry: the cause may pass.
    """

    picture: str
    title: str = ""
    orientation: int = 1
    mtime: int = 1
    sidecar: str = ""
    broken: str = ""
    retry: bool = False

    @property
    def content(self) -> bytes:
        return f"{self.picture}|{self.title}|{self.orientation}".encode()

    @property
    def size(self) -> int:
        return 1000 + sum(self.picture.encode()) % 97 + len(self.title)

    @property
    def fingerprint(self) -> Fingerprint:
        return Fingerprint(self.size, self.mtime, digest(self.content), digest(self.picture.encode()))


def digest(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=16).digest()


class FakeDisk:
    """Files by absolute path. Fulfils `FileScanner` and `Volumes`."""

    def __init__(self, *folders: bytes) -> None:
        self.files: dict[bytes, FakeFile] = {}
        self.folders: set[bytes] = set(folders)
        self.videos: list[bytes] = []
        self.unreadable: dict[bytes, str] = {}
        self.volumes: dict[bytes, str] = {b"/": "system"}
        self.disconnected: set[str] = set()
        self.scans = 0

    def put(self, path: bytes, picture: str, **other: object) -> FakeFile:
        file = FakeFile(picture, **other)  # type: ignore[arg-type]
        self.files[path] = file
        return file

    def edit(self, path: bytes, **changes: object) -> None:
        """Change a file and its modification time."""
        file = self.files[path]
        self.files[path] = replace(file, **{"mtime": file.mtime + 1000, **changes})  # type: ignore[arg-type]

    def move(self, old: bytes, new: bytes) -> None:
        self.files[new] = self.files.pop(old)

    def scan(self, root_path: bytes, exclude: Sequence[str]) -> Iterator[ScanEntry]:
        if root_path in self.files:
            raise FolderError(f"{root_path.decode()} is a file, not a folder. Give the folder it lies in.")
        if root_path in self.unreadable:
            raise FolderError(f"{root_path.decode()} cannot be read. Check its permissions.")
        prefix = root_path.rstrip(b"/") + b"/"
        if root_path not in self.folders and not any(path.startswith(prefix) for path in self.files):
            raise FolderGoneError(f"There is no folder {root_path.decode()}. Check the path.")
        return self._walk(prefix)

    def _walk(self, prefix: bytes) -> Iterator[ScanEntry]:
        self.scans += 1
        hidden = [folder for folder in self.unreadable if folder.startswith(prefix)]
        for folder in hidden:
            yield ScanProblem(folder[len(prefix) :], self.unreadable[folder])
        for path, file in list(self.files.items()):
            relative = path[len(prefix) :]
            if not path.startswith(prefix) or any(path.startswith(folder + b"/") for folder in hidden):
                continue
            if any(part.startswith(b".") for part in relative.split(b"/")):
                continue
            sidecars = (path + b".xmp",) if file.sidecar else ()
            yield ScannedFile(relative, file.size, file.mtime, sidecars, file.sidecar)
        yield from (SkippedVideo(path[len(prefix) :]) for path in self.videos if path.startswith(prefix))

    def volume_of(self, path: bytes) -> Volume:
        mount = max((m for m in self.volumes if (path + b"/").startswith(m.rstrip(b"/") + b"/")), key=len)
        return Volume(self.volumes[mount], mount)

    def is_away(self, root: Root) -> bool:
        return root.volume_id in self.disconnected


class FakePool:
    """Fulfils `DecodePool` over a fake disk; outcomes come in a shuffled order."""

    def __init__(self, disk: FakeDisk, seed: int = 0, delay_s: float = 0.0) -> None:
        self.capacity = 4
        self.disk = disk
        self.read: list[tuple[bytes, DecodeScope]] = []
        self.inside_most = 0
        self.closed = False
        self.delay_s = delay_s
        self._waiting: list[DecodeRequest] = []
        self._random = random.Random(seed)

    @property
    def inside(self) -> int:
        return len(self._waiting)

    def submit(self, request: DecodeRequest) -> None:
        assert self.inside < self.capacity
        self._waiting.append(request)
        self.inside_most = max(self.inside_most, self.inside)

    def next_outcome(self, timeout_s: float) -> DecodeOutcome | None:
        time.sleep(self.delay_s)
        if not self._waiting:
            return None
        request = self._waiting.pop(self._random.randrange(len(self._waiting)))
        self.read.append((request.path, request.scope))
        return self._outcome(request)

    def _outcome(self, request: DecodeRequest) -> DecodeOutcome:
        file = self.disk.files.get(request.path)
        if file is None:
            return DecodeFailure(request.token, "It is gone.", retry=True, vanished=True)
        if file.broken:
            return DecodeFailure(request.token, file.broken, retry=file.retry)
        title = file.title + file.sidecar
        metadata = PhotoMetadata(title=title or None)
        if request.scope is DecodeScope.FINGERPRINT:
            return DecodedPhoto(request.token, file.fingerprint, metadata, orientation=file.orientation)
        return DecodedPhoto(
            request.token, file.fingerprint, metadata, facts_of(file), pixels_of(file), file.picture.encode()
        )

    def abandon(self) -> None:
        self._waiting.clear()

    def close(self) -> None:
        self.closed = True


def pixels_of(file: FakeFile) -> Pixels:
    seed = digest(f"{file.picture}{file.orientation}".encode())
    return np.random.default_rng(list(seed)).integers(0, 256, (SIDE, SIDE, 3), dtype=np.uint8)


def facts_of(file: FakeFile) -> PictureFacts:
    perceptual = int.from_bytes(digest(file.picture.encode())[:8], "big")
    return PictureFacts("jpeg", 40, 30, file.orientation, perceptual, (1, 2, 3), ((1, 2, 3),), 1)


class FakeExamples:
    """Fulfils `ExampleReader` over a fake disk."""

    def __init__(self, disk: FakeDisk) -> None:
        self.disk = disk

    def read(self, source: bytes, encoder_input: EncoderInput, box: Box | None) -> Pixels:
        return pixels_of(self.disk.files[source])

    def read_data(self, data: bytes, encoder_input: EncoderInput, box: Box | None) -> Pixels:
        return pixels_of(FakeFile(data.decode()))


class FakeThumbnails:
    """Fulfils `ThumbnailStore`."""

    def __init__(self) -> None:
        self.stored: dict[PhotoUid, bytes] = {}
        self.repair_report: str | None = None
        self.refuse: Exception | None = None

    def put_many(self, thumbnails: Sequence[tuple[PhotoUid, bytes]], derived_version: int) -> None:
        if self.refuse is not None:
            raise self.refuse
        self.stored.update(thumbnails)

    def get(self, uid: PhotoUid) -> bytes | None:
        return self.stored.get(uid)

    def delete_many(self, uids: Sequence[PhotoUid]) -> None:
        for uid in uids:
            self.stored.pop(uid, None)

    def count(self) -> int:
        return len(self.stored)

    def uids(self, after: PhotoUid, limit: int) -> list[PhotoUid]:
        return sorted(uid for uid in self.stored if uid > after)[:limit]

    def take_repair_report(self) -> str | None:
        report, self.repair_report = self.repair_report, None
        return report

    def close(self) -> None:
        """Nothing to close."""


class FakeModel:
    """Fulfils `Model`; a picture's vector depends on its pixels, a text's on its characters."""

    def __init__(self, spec: ModelSpec = SPEC) -> None:
        self.spec = spec
        self.encoded = 0
        self.texts: list[str] = []
        self.reach = 0.9
        self.understands = True
        self.delay_s = 0.0
        self.refuse: Exception | None = None

    @property
    def image_encoder(self) -> FakeModel:
        return self

    @property
    def text_encoder(self) -> FakeTextEncoder:
        return FakeTextEncoder(self)

    def encode(self, pixels: Pixels) -> ImageEncoding:
        if self.refuse is not None:
            raise self.refuse
        self.encoded += len(pixels)
        time.sleep(self.delay_s * len(pixels))
        vectors = normalise(pixels.reshape(len(pixels), -1)[:, : self.spec.dims].astype(np.float32) - 128)
        return ImageEncoding(vectors, tuple((Label("thing", 0.9),) for _ in pixels))


class FakeTextEncoder:
    """Fulfils `TextEncoder`."""

    def __init__(self, model: FakeModel) -> None:
        self._model = model

    def encode(self, texts: Sequence[str]) -> TextEncoding:
        self._model.texts.extend(texts)
        spec = self._model.spec
        vectors = np.zeros((len(texts), spec.dims), np.float32)
        for row, text in enumerate(texts if self._model.understands else ()):
            rng = np.random.default_rng(list(digest(text.encode("utf-8", "replace"))))
            vectors[row, : spec.text_dims] = rng.standard_normal(spec.text_dims)
        return TextEncoding(normalise(vectors), np.full(len(texts), self._model.reach, np.float32))


class FakeIndex:
    """Fulfils `PhotoIndex`: every photo by cosine, keywords over names and title."""

    def __init__(self, name: str = "embedded") -> None:
        self.name = name
        self.documents: dict[int, IndexDocument] = {}
        self.at: IndexPosition | None = None
        self.applied: list[tuple[list[int], list[int], int]] = []
        self.resets = 0
        self.reject: set[PhotoUid] = set()
        self.away = False
        self.requests: list[IndexRequest] = []

    def _check(self) -> None:
        if self.away:
            raise EngineError("The search engine cannot be reached. Start it or use the built-in one.")

    def position(self, model_id: ModelId) -> IndexPosition | None:
        self._check()
        return self.at

    def reset(self, model: ModelSpec, library_id: str, epoch: str) -> IndexPosition:
        self._check()
        self.resets += 1
        self.documents.clear()
        self.at = IndexPosition(library_id, epoch, 0, f"generation {self.resets}")
        return self.at

    def apply(
        self,
        model_id: ModelId,
        documents: Sequence[IndexDocument],
        deletions: Sequence[IndexDeletion],
        change_id: int,
        *,
        generation: str | None = None,
    ) -> ApplyReport:
        self._check()
        assert self.at is not None
        if generation not in (None, self.at.generation):
            raise IndexRebuiltError("It was rebuilt meanwhile.")
        taken = [document for document in documents if document.uid not in self.reject]
        self.documents.update({document.photo_id: document for document in taken})
        for deletion in deletions:
            self.documents.pop(deletion.photo_id, None)
        ids = [int(document.photo_id) for document in documents]
        self.applied.append((ids, [int(deletion.photo_id) for deletion in deletions], change_id))
        self.at = replace(self.at, change_id=max(self.at.change_id, change_id))
        return ApplyReport(dict.fromkeys(self.reject, "It is too odd."))

    def search(self, request: IndexRequest) -> IndexAnswer:
        self._check()
        self.requests.append(request)
        found = [document for i, document in self.documents.items() if i not in request.exclude]
        found = [document for document in found if not any(_holds(document, t) for t in request.minus_tokens)]
        found = [document for document in found if all(_holds(document, t) for t in request.phrases)]
        hits = [_keyword_hit(document, request) for document in found]
        named = [hit for hit in hits if hit.matched or request.phrases]
        keyword_hits = tuple(sorted(named, key=lambda hit: (-hit.matched, hit.photo_id)))
        if request.vector is None:
            return IndexAnswer(np.empty(0, np.int64), np.empty(0, np.float32), keyword_hits, len(found))
        cosines = np.array([float(d.vectors[0] @ request.vector) for d in found], np.float32)
        order = np.argsort(-cosines, kind="stable")[: request.limit]
        ids = np.array([d.photo_id for d in found], np.int64)
        return IndexAnswer(ids[order], cosines[order], keyword_hits, len(found))

    def facets(self, model_id: ModelId, filters: Filters) -> Facets:
        return Facets({}, {}, {})

    def forget(self, model_id: ModelId) -> None:
        self.documents.clear()
        self.at = None

    def close(self) -> None:
        """Nothing to close."""


def _tokens(document: IndexDocument) -> set[str]:
    texts = (*document.file_names, document.title or "")
    return {token for text in texts for token in keywords.document_tokens(text)}


def _holds(document: IndexDocument, tokens: tuple[str, ...]) -> bool:
    return set(tokens) <= _tokens(document)


def _keyword_hit(document: IndexDocument, request: IndexRequest) -> KeywordHit:
    matched = len(_tokens(document) & set(request.tokens))
    return KeywordHit(document.photo_id, float(matched), matched, (Why.NAME,))


@dataclass
class FakeLibrary:
    """Everything an indexing run needs, in memory."""

    disk: FakeDisk = field(default_factory=FakeDisk)
    catalogue: FakeCatalogue = field(default_factory=FakeCatalogue)
    thumbnails: FakeThumbnails = field(default_factory=FakeThumbnails)
    model: FakeModel = field(default_factory=FakeModel)
    index: FakeIndex = field(default_factory=FakeIndex)
    settings: IndexingSettings = field(default_factory=lambda: IndexingSettings(encode_batch=3))
    pools: list[FakePool] = field(default_factory=list)
    seed: int = 0
    delay_s: float = 0.0

    def indexing(self) -> IndexLibrary:
        """The use case over these fakes."""
        sync = SyncEngine(self.catalogue, self.index, self.model.spec)
        return IndexLibrary(
            self.catalogue,
            self.disk,
            self.disk,
            self.new_pool,
            self.thumbnails,
            FixedModel(self.model, sync),
            self.settings,
        )

    def new_pool(self) -> FakePool:
        self.pools.append(FakePool(self.disk, self.seed, self.delay_s))
        return self.pools[-1]

    @property
    def read(self) -> list[tuple[bytes, DecodeScope]]:
        """Every file read so far, with the scope."""
        return [entry for pool in self.pools for entry in pool.read]
