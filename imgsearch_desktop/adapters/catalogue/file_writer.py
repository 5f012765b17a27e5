"""Writing what is known about folders and files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from imgsearch_desktop.adapters.catalogue.rows import Value, display_text, int64, joined, micros, storable
from imgsearch_desktop.adapters.catalogue.transaction import Transaction
from imgsearch_desktop.application.ports import FileRecord, Volume
from imgsearch_desktop.domain.changes import ScannedFile
from imgsearch_desktop.domain.errors import FolderError
from imgsearch_desktop.domain.photo import FileId, PhotoId, PhotoUid, RootId

_PUT_FILE = """
    INSERT INTO files (photo_id, root_id, relative_path, size, mtime_ns, sidecar_stamp, file_hash, missing)
    VALUES (:photo_id, :root_id, :relative_path, :size, :mtime_ns, :sidecar_stamp, :file_hash, 0)
    ON CONFLICT (root_id, relative_path) DO UPDATE SET
        photo_id = excluded.photo_id, size = excluded.size, mtime_ns = excluded.mtime_ns,
        sidecar_stamp = excluded.sidecar_stamp, file_hash = excluded.file_hash, missing = 0
    RETURNING file_id
"""

_MOVE_FILE = """
    UPDATE files SET root_id = :root_id, relative_path = :relative_path, size = :size, mtime_ns = :mtime_ns,
        sidecar_stamp = :sidecar_stamp, file_hash = :file_hash, missing = 0
    WHERE file_id = :file_id
"""

_RECORD_FAILURE = """
    INSERT INTO failures (
        root_id, relative_path, size, mtime_ns, sidecar_stamp, reason, attempts, retry, last_tried)
    VALUES (?, ?, ?, ?, ?, ?, 1, ?, ?)
    ON CONFLICT (root_id, relative_path) DO UPDATE SET
        size = excluded.size, mtime_ns = excluded.mtime_ns, sidecar_stamp = excluded.sidecar_stamp,
        reason = excluded.reason, attempts = attempts + 1, retry = excluded.retry,
        last_tried = excluded.last_tried
"""

_FORGET_IF_NOWHERE = """
    DELETE FROM photos
    WHERE photo_id = ? AND NOT EXISTS (SELECT 1 FROM files WHERE files.photo_id = photos.photo_id)
    RETURNING uid
"""


class FileWriter:
    """The part of `CatalogueWriter` about folders, files and failures.

    Args:
        transaction: the transaction under way.
    """

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._connection = transaction.connection

    def add_root(self, path: bytes, volume: Volume) -> RootId:
        """Add a folder, or find it again by its path."""
        row = self._connection.execute(
            """
            INSERT INTO roots (path, volume_id, mount_point) VALUES (?, ?, ?)
            ON CONFLICT (path) DO UPDATE SET
                volume_id = excluded.volume_id, mount_point = excluded.mount_point, away = 0
            RETURNING root_id
            """,
            (path.rstrip(b"/") or b"/", storable(volume.volume_id), volume.mount_point),
        ).fetchone()
        return RootId(row[0])

    def forget_files(self, file_ids: Sequence[FileId]) -> list[PhotoUid]:
        """Forget files, as a folder that is removed slice by slice loses them.

        Returns:
            The photos that lay nowhere else and are now forgotten.
        """
        photo_ids: dict[int, None] = {}
        for file_id in file_ids:
            for (photo_id,) in self._connection.execute(
                "DELETE FROM files WHERE file_id = ? RETURNING photo_id", (file_id,)
            ).fetchall():
                photo_ids[photo_id] = None
                self._transaction.touch(photo_id)
        return self._forget_those_nowhere(photo_ids)

    def remove_root(self, root_id: RootId) -> list[PhotoUid]:
        """Forget a folder and its files.

        Returns:
            The photos that lay nowhere else and are now forgotten. A photo whose picture was replaced lies
            nowhere either; it may come back to another folder and stays until the last folder goes.
        """
        photos = self._connection.execute(
            "SELECT DISTINCT photo_id FROM files WHERE +root_id = ?", (root_id,)
        ).fetchall()
        for (photo_id,) in photos:
            self._transaction.touch(photo_id)
        self._connection.execute("DELETE FROM files WHERE root_id = ?", (root_id,))
        self._connection.execute("DELETE FROM roots WHERE root_id = ?", (root_id,))
        if self._connection.execute("SELECT 1 FROM roots").fetchone() is None:
            photos = self._connection.execute("SELECT photo_id FROM photos").fetchall()
        return self._forget_those_nowhere(photo_id for (photo_id,) in photos)

    def _forget_those_nowhere(self, photo_ids: Iterable[int]) -> list[PhotoUid]:
        forgotten: list[PhotoUid] = []
        for photo_id in photo_ids:
            for (uid,) in self._connection.execute(_FORGET_IF_NOWHERE, (photo_id,)).fetchall():
                forgotten.append(self._transaction.forget(PhotoId(photo_id), uid))
        return forgotten

    def set_root_state(self, root_id: RootId, *, away: bool, videos: int | None) -> None:
        """Note whether its volume is connected and how many videos the last scan saw (None: as before)."""
        self._connection.execute(
            "UPDATE roots SET away = ?, videos = COALESCE(?, videos) WHERE root_id = ?",
            (away, videos, root_id),
        )

    def put_file(self, photo_id: PhotoId, file: FileRecord) -> FileId:
        """Add or replace the file row at this path, present, belonging to this photo; clears its failure.

        Raises:
            FolderError: the folder, or the photo with it, has been removed meanwhile.
        """
        self._require("SELECT 1 FROM photos WHERE photo_id = ?", photo_id, file.relative_path)
        self._require("SELECT 1 FROM roots WHERE root_id = ?", file.root_id, file.relative_path)
        before = self._connection.execute(
            "SELECT photo_id FROM files WHERE root_id = ? AND relative_path = ?",
            (file.root_id, file.relative_path),
        ).fetchone()
        if before is not None:
            self._transaction.touch(before[0])
        self._transaction.touch(photo_id)
        row = self._connection.execute(_PUT_FILE, {"photo_id": photo_id, **_columns(file)}).fetchone()
        self.clear_failures(file.root_id, [file.relative_path])
        self.settle_trash([row[0]])
        return FileId(row[0])

    def move_file(self, file_id: FileId, file: FileRecord) -> None:
        """The file is now at another path, present; it keeps its photo. A row at that path gives way.

        Raises:
            FolderError: the folder has been removed meanwhile.
        """
        self._require("SELECT 1 FROM roots WHERE root_id = ?", file.root_id, file.relative_path)
        in_the_way = self._connection.execute(
            "DELETE FROM files WHERE root_id = ? AND relative_path = ? AND file_id <> ? RETURNING photo_id",
            (file.root_id, file.relative_path, file_id),
        ).fetchall()
        for (photo_id,) in in_the_way:
            self._transaction.touch(photo_id)
        self._connection.execute(_MOVE_FILE, {"file_id": file_id, **_columns(file)})
        self.settle_trash([file_id])
        self._touch_photo_of(file_id)
        self.clear_failures(file.root_id, [file.relative_path])

    def mark_missing(self, file_ids: Sequence[FileId]) -> None:
        """The files have vanished; their photos stay for the day they come back."""
        for file_id in file_ids:
            self._connection.execute("UPDATE files SET missing = 1 WHERE file_id = ?", (file_id,))
            self._touch_photo_of(file_id)
        self.settle_trash(file_ids)

    def journal_trash(self, file_ids: Sequence[FileId], due: datetime) -> None:
        """The files are to be moved to the trash at `due` and count as missing from now on."""
        self.mark_missing(file_ids)
        self._connection.executemany(
            "INSERT INTO trash_journal (file_id, due) SELECT file_id, ? FROM files WHERE file_id = ?",
            [(micros(due), file_id) for file_id in file_ids],
        )

    def withdraw_trash(self, file_ids: Sequence[FileId]) -> None:
        """The files stay: they leave the journal and are present again."""
        for file_id in file_ids:
            self._connection.execute(
                "UPDATE files SET missing = 0"
                " WHERE file_id = ? AND file_id IN (SELECT file_id FROM trash_journal)",
                (file_id,),
            )
            self._touch_photo_of(file_id)
        self.settle_trash(file_ids)

    def settle_trash(self, file_ids: Sequence[FileId]) -> None:
        """The files leave the journal as they are."""
        self._connection.executemany(
            "DELETE FROM trash_journal WHERE file_id = ?", [(file_id,) for file_id in file_ids]
        )

    def record_failure(self, scanned: ScannedFile, root_id: RootId, reason: str, *, retry: bool) -> None:
        """Note that a file could not be indexed, counting attempts; a present file row there goes missing.

        Raises:
            FolderError: the folder has been removed meanwhile.
        """
        self._require("SELECT 1 FROM roots WHERE root_id = ?", root_id, scanned.relative_path)
        gone = self._connection.execute(
            "UPDATE files SET missing = 1 WHERE root_id = ? AND relative_path = ? AND missing = 0"
            " RETURNING photo_id",
            (root_id, scanned.relative_path),
        ).fetchall()
        for (photo_id,) in gone:
            self._transaction.touch(photo_id)
        self._connection.execute(
            "DELETE FROM trash_journal WHERE file_id IN"
            " (SELECT file_id FROM files WHERE root_id = ? AND relative_path = ?)",
            (root_id, scanned.relative_path),
        )
        self._connection.execute(
            _RECORD_FAILURE,
            (
                root_id,
                scanned.relative_path,
                scanned.size,
                int64(scanned.mtime_ns),
                storable(scanned.sidecar_stamp),
                storable(reason),
                retry,
                micros(datetime.now(UTC)),
            ),
        )

    def retry_failures(self, paths: Sequence[bytes]) -> None:
        """Let the next run try these files (absolute paths) again, although they have not changed."""
        roots = self._connection.execute("SELECT root_id, path FROM roots").fetchall()
        for root_id, root_path in roots:
            prefix = joined(root_path, b"")
            self._connection.executemany(
                "UPDATE failures SET retry = 1 WHERE root_id = ? AND relative_path = ?",
                [(root_id, path[len(prefix) :]) for path in paths if path.startswith(prefix)],
            )

    def clear_failures(self, root_id: RootId, relative_paths: Sequence[bytes]) -> None:
        """The files have vanished or are fine now."""
        self._connection.executemany(
            "DELETE FROM failures WHERE root_id = ? AND relative_path = ?",
            [(root_id, path) for path in relative_paths],
        )

    def _touch_photo_of(self, file_id: FileId) -> None:
        row = self._connection.execute("SELECT photo_id FROM files WHERE file_id = ?", (file_id,)).fetchone()
        if row is not None:
            self._transaction.touch(row[0])

    def _require(self, sql: str, row_id: int, relative_path: bytes) -> None:
        if self._connection.execute(sql, (row_id,)).fetchone() is None:
            raise FolderError(
                f"The folder of {display_text(relative_path)} was removed from the library while it was "
                "being indexed, so the rest of it was left out. Add the folder again if you want it back."
            )


def _columns(file: FileRecord) -> dict[str, Value]:
    return {
        "root_id": file.root_id,
        "relative_path": file.relative_path,
        "size": file.fingerprint.size,
        "mtime_ns": int64(file.fingerprint.mtime_ns),
        "sidecar_stamp": storable(file.sidecar_stamp),
        "file_hash": file.fingerprint.file_hash,
    }
