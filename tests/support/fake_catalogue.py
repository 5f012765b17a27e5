"""A catalogue in memory, for tests of the use cases."""

from __future__ import annotations

import copy
import itertools
import threading
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from imgsearch_desktop.application.ports import (
    CatalogueCounts,
    CatalogueWriter,
    Change,
    EmbeddingBlock,
    EncodeFailure,
    FileRecord,
    FolderPlace,
    IndexDocument,
    KnownFile,
    LabelCount,
    NewPhoto,
    PerceptualHashes,
    ScannedFile,
    SortOrder,
    TrashEntry,
    Volume,
)
from imgsearch_desktop.domain.changes import is_below
from imgsearch_desktop.domain.embedding import ModelId, Vector, Vectors
from imgsearch_desktop.domain.filters import Filters
from imgsearch_desktop.domain.library import Failure, HeldVectors, ModelChoice, Root, StoredCalibration
from imgsearch_desktop.domain.photo import (
    DateTaken,
    FileId,
    Label,
    Photo,
    PhotoFile,
    PhotoId,
    PhotoMetadata,
    PhotoUid,
    PictureFacts,
    RootId,
)

T = TypeVar("T")
ADDED = datetime(2024, 1, 1, tzinfo=UTC)


@dataclass
class Tables:
    """Everything that a transaction can change."""

    roots: dict[RootId, Root] = field(default_factory=dict)
    videos: dict[RootId, int] = field(default_factory=dict)
    photos: dict[PhotoId, NewPhoto] = field(default_factory=dict)
    files: dict[FileId, tuple[PhotoId, FileRecord, bool]] = field(default_factory=dict)
    failures: dict[tuple[RootId, bytes], tuple[Failure, ScannedFile, bool]] = field(default_factory=dict)
    embeddings: dict[tuple[PhotoId, ModelId, int], NDArray[np.float16]] = field(default_factory=dict)
    labels: dict[PhotoId, tuple[Label, ...]] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    cursors: dict[tuple[str, ModelId], int] = field(default_factory=dict)
    journal: dict[FileId, datetime] = field(default_factory=dict)
    choice: ModelChoice = field(default_factory=ModelChoice)
    calibrations: dict[ModelId, StoredCalibration] = field(default_factory=dict)
    unencodable: dict[tuple[PhotoId, ModelId], str] = field(default_factory=dict)
    trimmed: int = 0
    last_change: int = 0


class FakeCatalogue:
    """Fulfils `Catalogue` in memory; a transaction that raises changes nothing."""

    def __init__(self) -> None:
        self.library_id = "library"
        self.epoch = "epoch"
        self.tables = Tables()
        self.transactions: list[int] = []
        self.refuse: Exception | None = None
        self._lock = threading.RLock()
        self._ids = itertools.count(1)

    # --- writing

    def write(self, work: Callable[[CatalogueWriter], T]) -> T:
        with self._lock:
            if self.refuse is not None:
                raise self.refuse
            before = replace(
                self.tables, **{name: copy.copy(value) for name, value in vars(self.tables).items()}
            )
            writer = FakeWriter(self.tables, self._ids)
            try:
                result = work(writer)
            except BaseException:
                self.tables = before
                raise
            writer.log_changes()
            self.transactions.append(len(writer.touched))
            return result

    def give_back_room(self) -> bool:
        return False

    def close(self) -> None:
        """Nothing to close."""

    # --- reading

    def roots(self) -> list[Root]:
        return list(self.tables.roots.values())

    def known_files(self, root_id: RootId) -> list[KnownFile]:
        with self._lock:
            known = [self._known(f) for f, (_, rec, _) in self.tables.files.items() if rec.root_id == root_id]
            for (owner, path), (_, scanned, retry) in self.tables.failures.items():
                if owner == root_id:
                    stamp = scanned.sidecar_stamp
                    known.append(
                        KnownFile(None, None, owner, path, scanned.size, scanned.mtime_ns, stamp, None, None,
                                  retry=retry)
                    )  # fmt: skip
            return known

    def folder_counts(self, root_id: RootId) -> dict[bytes, int]:
        present = [f for f in self.known_files(root_id) if f.photo_id is not None and not f.missing]
        return dict(Counter(file.relative_path.rpartition(b"/")[0] for file in present))

    def photos_in_several_files(self) -> NDArray[np.int64]:
        several = [i for i in self.present() if sum(not f.missing for f in self.photos([i])[0].files) > 1]
        return np.array(sorted(several), np.int64)

    def keywords(self, limit: int) -> list[str]:
        seen = Counter(k for photo in self.photos(self.present()) for k in photo.metadata.keywords)
        return [word for word, _ in seen.most_common(limit)]

    def files_with_size(self, size: int) -> list[KnownFile]:
        with self._lock:
            return [
                self._known(f) for f, (_, r, _) in self.tables.files.items() if r.fingerprint.size == size
            ]

    def files_of(self, photo_id: PhotoId) -> list[KnownFile]:
        with self._lock:
            return [self._known(f) for f, (owner, _, _) in self.tables.files.items() if owner == photo_id]

    def photo_count(self) -> int:
        return len(self.tables.photos)

    def uids(self, after: PhotoUid, limit: int) -> list[tuple[PhotoUid, PhotoId]]:
        with self._lock:
            every = sorted((photo.uid, photo_id) for photo_id, photo in self.tables.photos.items())
            return [entry for entry in every if entry[0] > after][:limit]

    def _known(self, file_id: FileId) -> KnownFile:
        photo_id, record, missing = self.tables.files[file_id]
        stamp = record.fingerprint
        return KnownFile(
            file_id, photo_id, record.root_id, record.relative_path, stamp.size, stamp.mtime_ns,
            record.sidecar_stamp, stamp.file_hash, self.tables.photos[photo_id].picture_hash,
            missing and file_id not in self.tables.journal,
        )  # fmt: skip

    def photo_with_picture(self, picture_hash: bytes) -> PhotoId | None:
        with self._lock:
            found = [i for i, photo in self.tables.photos.items() if photo.picture_hash == picture_hash]
            assert len(found) <= 1
            return found[0] if found else None

    def photo_at(self, path: bytes) -> PhotoId | None:
        with self._lock:
            for photo_id, record, _ in self.tables.files.values():
                if self.tables.roots[record.root_id].path + b"/" + record.relative_path == path:
                    return photo_id
            return None

    def photos(self, photo_ids: Sequence[PhotoId]) -> list[Photo]:
        with self._lock:
            return [self._photo(photo_id) for photo_id in photo_ids if photo_id in self.tables.photos]

    def _photo(self, photo_id: PhotoId) -> Photo:
        row = self.tables.photos[photo_id]
        files = tuple(
            PhotoFile(
                file_id, rec.root_id, self.tables.roots[rec.root_id].path, rec.relative_path,
                (self.tables.roots[rec.root_id].path + b"/" + rec.relative_path).decode("utf-8", "replace"),
                rec.fingerprint.size, rec.fingerprint.mtime_ns, missing,
            )
            for file_id, (owner, rec, missing) in self.tables.files.items() if owner == photo_id
        )  # fmt: skip
        labels = self.tables.labels.get(photo_id, ())
        return Photo(photo_id, row.uid, row.picture_hash, row.facts, row.metadata, labels, files, ADDED)

    def present(self) -> list[PhotoId]:
        with self._lock:
            here = {photo_id for photo_id, _, missing in self.tables.files.values() if not missing}
            return sorted(here)

    def has_embedding(self, photo_id: PhotoId, model_id: ModelId) -> bool:
        return (photo_id, model_id, 0) in self.tables.embeddings

    def embedding(self, photo_id: PhotoId, model_id: ModelId, region: int = 0) -> Vector | None:
        stored = self.tables.embeddings.get((photo_id, model_id, region))
        return None if stored is None else stored.astype(np.float32)

    def embeddings(self, model_id: ModelId, after: PhotoId, limit: int) -> EmbeddingBlock:
        with self._lock:
            ids = [i for i in self.present() if i > after and self.has_embedding(i, model_id)][:limit]
            vectors = [self.tables.embeddings[i, model_id, 0] for i in ids]
            stacked = np.stack(vectors) if vectors else np.empty((0, 0), np.float16)
            return EmbeddingBlock(np.array(ids, np.int64), stacked)

    def photos_without_embedding(self, model_id: ModelId, limit: int) -> list[PhotoId]:
        return [i for i in self.present() if not self.has_embedding(i, model_id)][:limit]

    def searchable(self, model_id: ModelId) -> int:
        return len(self.present()) - len(self.photos_without_embedding(model_id, 10**9))

    def model_choice(self) -> ModelChoice:
        return self.tables.choice

    def calibration(self, model_id: ModelId) -> StoredCalibration | None:
        return self.tables.calibrations.get(model_id)

    def held_vectors(self) -> list[HeldVectors]:
        with self._lock:
            held: dict[ModelId, list[int]] = {}
            for (_, vectors_id, region), vector in self.tables.embeddings.items():
                if region == 0:
                    held.setdefault(vectors_id, []).append(len(vector))
            return [HeldVectors(i, dims[0], len(dims), 2 * sum(dims)) for i, dims in held.items()]

    def encode_failures(self, vectors_id: ModelId) -> list[EncodeFailure]:
        with self._lock:
            mine = [(i, why) for (i, owner), why in self.tables.unencodable.items() if owner == vectors_id]
            return [EncodeFailure(photo_id, why) for photo_id, why in sorted(mine)]

    def counts(self) -> CatalogueCounts:
        with self._lock:
            missing = sum(gone for _, _, gone in self.tables.files.values())
            return CatalogueCounts(
                len(self.present()), len(self.tables.files) - missing, missing, len(self.tables.failures),
                sum(self.tables.videos.values()),
            )  # fmt: skip

    def failures(self) -> list[Failure]:
        with self._lock:
            return [failure for failure, _, _ in self.tables.failures.values()]

    def labels(self, limit: int, words: Mapping[str, str] = {}) -> list[LabelCount]:
        with self._lock:
            present = self.present()
            seen = Counter(
                word
                for i in present
                for word in {words.get(label.name, label.name) for label in self.tables.labels.get(i, ())}
            )
            return [LabelCount(name, count, present[0]) for name, count in seen.most_common(limit)]

    def browse(self, filters: Filters, order: SortOrder) -> NDArray[np.int64]:
        """Newest first whatever the order asked for; folders and formats are the filters it knows."""
        with self._lock:
            ids = [i for i in self.present() if self._passes(i, filters)]
            ids.sort(key=lambda i: (self._date_key(i) or -1, i), reverse=True)
            return np.array(ids, dtype=np.int64)

    def _passes(self, photo_id: PhotoId, filters: Filters) -> bool:
        if filters.formats and self.tables.photos[photo_id].facts.format not in filters.formats:
            return False
        places = [r for owner, r, gone in self.tables.files.values() if owner == photo_id and not gone]
        return not filters.folders or any(
            record.root_id == folder.root_id and is_below(record.relative_path, folder.relative_path)
            for record in places
            for folder in filters.folders
        )

    def _date_key(self, photo_id: PhotoId) -> int | None:
        taken = self.tables.photos[photo_id].metadata.date_taken
        return taken.sort_key if taken is not None else None

    def latest_change(self) -> int:
        return self.tables.last_change

    def trimmed_change(self) -> int:
        return self.tables.trimmed

    def trim(self) -> None:
        """Forget the whole change log, as when every projection has seen it."""
        self.tables.changes.clear()
        self.tables.trimmed = self.tables.last_change

    def perceptual_hashes(self) -> PerceptualHashes:
        ids = self.present()
        hashes = [self.tables.photos[i].facts.perceptual_hash for i in ids]
        return PerceptualHashes(np.array(ids, np.int64), np.array(hashes, np.uint64))

    def trash_journal(self) -> list[TrashEntry]:
        with self._lock:
            entries = []
            for file_id, due in self.tables.journal.items():
                photo_id, record, _ = self.tables.files[file_id]
                path = self.tables.roots[record.root_id].path + b"/" + record.relative_path
                stamp = record.fingerprint
                entries.append(
                    TrashEntry(file_id, photo_id, path, path.decode(), stamp.size, stamp.mtime_ns, due)
                )
            return sorted(entries, key=lambda entry: (entry.due, entry.file_id))

    def changes_since(self, change_id: int, limit: int) -> list[Change]:
        with self._lock:
            window = [change for change in self.tables.changes if change.change_id > change_id][:limit]
            newest = {change.uid: change for change in window}
            return sorted(newest.values(), key=lambda change: change.change_id)

    def count_changes(self, change_id: int) -> int:
        with self._lock:
            return len({change.uid for change in self.tables.changes if change.change_id > change_id})

    def cursor(self, projection: str, model_id: ModelId) -> int | None:
        return self.tables.cursors.get((projection, model_id))

    def projections(self) -> frozenset[str]:
        return frozenset(projection for projection, _ in self.tables.cursors)

    def documents(self, photo_ids: Sequence[PhotoId], model_id: ModelId) -> list[IndexDocument]:
        with self._lock:
            present = set(self.present())
            return [
                self._document(i, model_id)
                for i in dict.fromkeys(photo_ids)
                if i in present and self.has_embedding(i, model_id)
            ]

    def _document(self, photo_id: PhotoId, model_id: ModelId) -> IndexDocument:
        photo = self._photo(photo_id)
        files = [file for file in photo.files if not file.missing]
        names = tuple(file.relative_path.rpartition(b"/")[2].decode("utf-8", "replace") for file in files)
        changes = [c.change_id for c in self.tables.changes if c.photo_id == photo_id]
        meta = photo.metadata
        return IndexDocument(
            photo_id, photo.uid, max(changes, default=0), names,
            tuple(FolderPlace(f.root_id, f.relative_path.rpartition(b"/")[0], ()) for f in files),
            meta.keywords, meta.title, meta.description, meta.camera, self._date_key(photo_id), None, None,
            photo.facts.format, False, {0: self.tables.embeddings[photo_id, model_id, 0]},
        )  # fmt: skip


class FakeWriter:
    """Fulfils `CatalogueWriter` on the tables."""

    def __init__(self, tables: Tables, ids: itertools.count[int]) -> None:
        self._tables = tables
        self._ids = ids
        self.touched: dict[PhotoId, PhotoUid] = {}

    def log_changes(self) -> None:
        for photo_id, uid in self.touched.items():
            self._tables.last_change += 1
            self._tables.changes.append(Change(self._tables.last_change, photo_id, uid))

    def _touch(self, photo_id: PhotoId) -> None:
        self.touched[photo_id] = self._tables.photos[photo_id].uid

    def add_root(self, path: bytes, volume: Volume) -> RootId:
        for root in self._tables.roots.values():
            if root.path == path:
                return root.root_id
        root_id = RootId(next(self._ids))
        self._tables.roots[root_id] = Root(
            root_id, path, path.decode("utf-8", "replace"), volume.volume_id, volume.mount_point
        )
        return root_id

    def forget_files(self, file_ids: Sequence[FileId]) -> list[PhotoUid]:
        mine = [(file_id, self._tables.files[file_id][0]) for file_id in file_ids]
        return self._forget(mine)

    def remove_root(self, root_id: RootId) -> list[PhotoUid]:
        mine = [(f, owner) for f, (owner, rec, _) in self._tables.files.items() if rec.root_id == root_id]
        del self._tables.roots[root_id]
        for key in [key for key in self._tables.failures if key[0] == root_id]:
            del self._tables.failures[key]
        return self._forget(mine)

    def _forget(self, mine: Sequence[tuple[FileId, PhotoId]]) -> list[PhotoUid]:
        for file_id, owner in mine:
            self._touch(owner)
            del self._tables.files[file_id]
        owners = {owner for owner, _, _ in self._tables.files.values()}
        gone = [photo_id for photo_id in dict.fromkeys(o for _, o in mine) if photo_id not in owners]
        uids = [self._tables.photos[photo_id].uid for photo_id in gone]
        for photo_id in gone:
            del self._tables.photos[photo_id]
        return uids

    def set_root_state(self, root_id: RootId, *, away: bool, videos: int | None) -> None:
        self._tables.roots[root_id] = replace(self._tables.roots[root_id], away=away)
        if videos is not None:
            self._tables.videos[root_id] = videos

    def add_photo(self, photo: NewPhoto) -> PhotoId:
        assert all(known.picture_hash != photo.picture_hash for known in self._tables.photos.values())
        photo_id = PhotoId(next(self._ids))
        self._tables.photos[photo_id] = photo
        self._touch(photo_id)
        return photo_id

    def replace_picture(self, photo_id: PhotoId, picture_hash: bytes, facts: PictureFacts) -> None:
        row = self._tables.photos[photo_id]
        self._tables.photos[photo_id] = replace(row, picture_hash=picture_hash, facts=facts)
        for key in [key for key in self._tables.embeddings if key[0] == photo_id]:
            del self._tables.embeddings[key]
        self._tables.labels.pop(photo_id, None)
        self._touch(photo_id)

    def set_metadata(self, photo_id: PhotoId, metadata: PhotoMetadata) -> None:
        self._tables.photos[photo_id] = replace(self._tables.photos[photo_id], metadata=metadata)
        self._touch(photo_id)

    def set_embeddings(
        self, rows: Sequence[tuple[PhotoId, int]], model_id: ModelId, vectors: Vectors
    ) -> None:
        assert len(rows) == len(vectors)
        for (photo_id, region), vector in zip(rows, vectors, strict=True):
            self._tables.embeddings[photo_id, model_id, region] = vector.astype(np.float16)
            self._tables.unencodable.pop((photo_id, model_id), None)
            self._touch(photo_id)

    def set_encode_failures(self, vectors_id: ModelId, reasons: Mapping[PhotoId, str]) -> None:
        self._tables.unencodable.update({(i, vectors_id): why for i, why in reasons.items()})

    def choose_model(self, choice: ModelChoice) -> None:
        self._tables.choice = choice

    def set_calibration(self, model_id: ModelId, stored: StoredCalibration) -> None:
        self._tables.calibrations[model_id] = stored

    def drop_vectors(self, vectors_id: ModelId, after: PhotoId, limit: int) -> PhotoId | None:
        mine = sorted({i for i, owner, _ in self._tables.embeddings if owner == vectors_id and i > after})[
            :limit
        ]
        for key in [key for key in self._tables.embeddings if key[0] in mine and key[1] == vectors_id]:
            del self._tables.embeddings[key]
        return mine[-1] if mine else None

    def release_cursors(self, fed: Sequence[ModelId]) -> None:
        mine = [key for key in self._tables.cursors if key[1] not in fed]
        self._tables.cursors.update(dict.fromkeys(mine, 0))

    def set_labels(self, photo_id: PhotoId, model_id: ModelId, labels: Sequence[Label]) -> None:
        self._tables.labels[photo_id] = tuple(labels)
        self._touch(photo_id)

    def put_file(self, photo_id: PhotoId, file: FileRecord) -> FileId:
        at_path = self._at(file)
        if at_path is not None:
            self._touch(self._tables.files[at_path][0])
        file_id = at_path if at_path is not None else FileId(next(self._ids))
        self._tables.files[file_id] = (photo_id, file, False)
        self._tables.journal.pop(file_id, None)
        self._touch(photo_id)
        self.clear_failures(file.root_id, [file.relative_path])
        return file_id

    def _at(self, file: FileRecord) -> FileId | None:
        for file_id, (_, record, _) in self._tables.files.items():
            if (record.root_id, record.relative_path) == (file.root_id, file.relative_path):
                return file_id
        return None

    def move_file(self, file_id: FileId, file: FileRecord) -> None:
        in_the_way = self._at(file)
        if in_the_way is not None and in_the_way != file_id:
            self._touch(self._tables.files.pop(in_the_way)[0])
        photo_id = self._tables.files[file_id][0]
        self._tables.files[file_id] = (photo_id, file, False)
        self._tables.journal.pop(file_id, None)
        self._touch(photo_id)
        self.clear_failures(file.root_id, [file.relative_path])

    def mark_missing(self, file_ids: Sequence[FileId]) -> None:
        for file_id in file_ids:
            photo_id, record, _ = self._tables.files[file_id]
            self._tables.files[file_id] = (photo_id, record, True)
            self._touch(photo_id)

    def record_failure(self, scanned: ScannedFile, root_id: RootId, reason: str, *, retry: bool) -> None:
        key = (root_id, scanned.relative_path)
        for file_id, (photo_id, record, _) in self._tables.files.items():
            if (record.root_id, record.relative_path) == key:
                self._tables.files[file_id] = (photo_id, record, True)
                self._touch(photo_id)
        before = self._tables.failures.get(key)
        attempts = before[0].attempts + 1 if before else 1
        root = self._tables.roots[root_id].path
        path = root + b"/" + scanned.relative_path if scanned.relative_path else root
        failure = Failure(path, path.decode("utf-8", "replace"), reason, attempts, ADDED)
        self._tables.failures[key] = (failure, scanned, retry)

    def retry_failures(self, paths: Sequence[bytes]) -> None:
        for key, (failure, scanned, _) in self._tables.failures.items():
            if failure.path in paths:
                self._tables.failures[key] = (failure, scanned, True)

    def correct_date(self, photo_id: PhotoId, date: DateTaken | None) -> None:
        """As if the file itself said so; taking back is left to the real catalogue."""
        if date is not None:
            photo = self._tables.photos[photo_id]
            self.set_metadata(photo_id, replace(photo.metadata, date_taken=date))

    def clear_failures(self, root_id: RootId, relative_paths: Sequence[bytes]) -> None:
        for path in relative_paths:
            self._tables.failures.pop((root_id, path), None)

    def journal_trash(self, file_ids: Sequence[FileId], due: datetime) -> None:
        self.mark_missing(file_ids)
        self._tables.journal.update(dict.fromkeys(file_ids, due))

    def withdraw_trash(self, file_ids: Sequence[FileId]) -> None:
        for file_id in file_ids:
            if self._tables.journal.pop(file_id, None) is not None:
                photo_id, record, _ = self._tables.files[file_id]
                self._tables.files[file_id] = (photo_id, record, False)
                self._touch(photo_id)

    def settle_trash(self, file_ids: Sequence[FileId]) -> None:
        for file_id in file_ids:
            self._tables.journal.pop(file_id, None)

    def set_cursor(self, projection: str, model_id: ModelId, change_id: int) -> None:
        self._tables.cursors[projection, model_id] = change_id

    def keep_cursors(self, projections: Collection[str]) -> None:
        for key in [key for key in self._tables.cursors if key[0] not in projections]:
            del self._tables.cursors[key]
