"""Thumbnails in one SQLite file, beside the catalogue: they cannot be made anew while a drive is away."""

from __future__ import annotations

import contextlib
import errno
import logging
import shutil
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

from imgsearch_desktop.adapters.imaging.thumbnail_repair import (
    beside,
    copy_readable,
    repaired_path,
    set_aside,
)
from imgsearch_desktop.domain.errors import (
    DiskFullError,
    KnownError,
    LibraryBusyError,
    LibraryReadOnlyError,
    LibraryTooNewError,
)
from imgsearch_desktop.domain.photo import PhotoUid

_log = logging.getLogger(__name__)

_VERSION = 1
_BUSY_TIMEOUT_S = 10.0
_WAL_LIMIT = 64 << 20
_LITTLE_SPACE = 1 << 20

_CREATE = """
    CREATE TABLE IF NOT EXISTS thumbnails (
        thumbnail_id INTEGER PRIMARY KEY AUTOINCREMENT,
        uid BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),
        derived_version INTEGER NOT NULL,
        jpeg BLOB NOT NULL
    ) STRICT
"""

_PUT = """
    INSERT INTO thumbnails (uid, derived_version, jpeg) VALUES (?, ?, ?)
    ON CONFLICT (uid) DO UPDATE SET derived_version = excluded.derived_version, jpeg = excluded.jpeg
"""


class SqliteThumbnailStore:
    """Fulfils `ThumbnailStore`; any number of threads and processes may read while one writes.

    The file is made with the first thumbnail. A damaged one is set aside when something is to be written, and
    what can be read of it goes into a new one.

    Args:
        path: the file.

    Attributes:
        repair_report: what was repaired, as sentences for people; None if nothing was.
    """

    def __init__(self, path: Path) -> None:
        self.repair_report: str | None = None
        self._path = path
        self._reading = threading.Lock()
        self._reader: sqlite3.Connection | None = None
        self._writing = threading.Lock()
        self._writer: sqlite3.Connection | None = None
        self._closed = False

    def put_many(self, thumbnails: Sequence[tuple[PhotoUid, bytes]], derived_version: int) -> None:
        """Store JPEG bytes, replacing earlier ones; durable when it returns.

        Raises:
            DiskFullError: no room; none of them is stored.
            LibraryReadOnlyError: the file cannot be written.
        """
        rows = [(bytes.fromhex(uid), derived_version, jpeg) for uid, jpeg in thumbnails]
        self._write(_PUT, rows)

    def get(self, uid: PhotoUid) -> bytes | None:
        """JPEG bytes, None if there is none."""
        with self._reading:
            try:
                if self._reader is None and not self._open_reader():
                    return None
                assert self._reader is not None
                rows = self._reader.execute(
                    "SELECT jpeg FROM thumbnails WHERE uid = ?", (bytes.fromhex(uid),)
                ).fetchall()
            except sqlite3.Error as error:
                if _is_damage(error):
                    _log.debug("thumbnail %s cannot be read: %s", uid, error)
                    return None
                raise self._explain(error) from error
        return bytes(rows[0][0]) if rows else None

    def delete_many(self, uids: Sequence[PhotoUid]) -> None:
        """Forget thumbnails; unknown ones are ignored.

        Raises:
            LibraryReadOnlyError: the file cannot be written.
        """
        if self._path.exists():
            self._write("DELETE FROM thumbnails WHERE uid = ?", [(bytes.fromhex(uid),) for uid in uids])

    def close(self) -> None:
        """Close files; safe to call twice."""
        self._closed = True
        with self._writing, self._reading:
            self._close_connections()

    def _write(self, sql: str, rows: Sequence[tuple[object, ...]]) -> None:
        if not rows:
            return
        with self._writing:
            try:
                try:
                    self._transaction(sql, rows)
                except sqlite3.DatabaseError as error:
                    if not _is_damage(error):
                        raise
                    self._repair()
                    self._transaction(sql, rows)
            except (sqlite3.Error, OSError) as error:
                raise self._explain(error) from error

    def _transaction(self, sql: str, rows: Sequence[tuple[object, ...]]) -> None:
        self._require_open()
        if self._writer is None:
            self._writer = _connect_writer(self._path)
        with _committed(self._writer) as writer:
            writer.executemany(sql, rows)

    def _open_reader(self) -> bool:
        self._require_open()
        if self._path.exists():
            self._reader = _connect_reader(self._path)
        return self._reader is not None

    def _require_open(self) -> None:
        if self._closed:
            raise RuntimeError("the thumbnail store is closed")

    def _close_connections(self) -> None:
        for connection in (self._writer, self._reader):
            if connection is not None:
                connection.close()
        self._writer = self._reader = None

    def _repair(self) -> None:
        """Set the damaged file aside and go on with what can be read of it.

        Cut short at any moment, either the damaged file is still in its place or the repaired one is whole.
        """
        unfinished = beside(self._path, ".unfinished")
        for ending in ("", "-wal", "-shm"):
            beside(unfinished, ending).unlink(missing_ok=True)
        with contextlib.closing(_connect_writer(unfinished)) as target:
            saved = copy_readable(self._path, target)
        unfinished.replace(repaired_path(self._path))
        with self._reading:
            self._close_connections()
            aside = set_aside(self._path)
        self.repair_report = (
            f"The store of thumbnails in {self._path.parent} was damaged. {saved:,} thumbnails were saved, "
            f"the others are made again when their photos are read. The damaged file is kept as {aside.name}."
        )

    def _explain(self, error: sqlite3.Error | OSError) -> Exception:
        """The error to raise instead; the same error where it is a bug."""
        where = self._path.parent
        if isinstance(error, OSError):
            full = error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))
            unwritable, busy, failed = not full, False, False
        else:
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF
            failed = code == sqlite3.SQLITE_IOERR
            unwritable = code in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)
            busy = code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
            full = code == sqlite3.SQLITE_FULL or ((failed or unwritable) and _is_full(where))
        if full:
            return DiskFullError(
                f"The disk that holds the library in {where} is full. Everything found so far is kept; "
                "free some space and start again."
            )
        if busy:
            return LibraryBusyError(
                f"Another process is working on the thumbnails in {where}; try again when it is done."
            )
        if unwritable:
            return LibraryReadOnlyError(
                f"The thumbnails in {where} cannot be written. Make the folder writable, or choose another "
                "one for the library."
            )
        if failed:
            return KnownError(
                f"The thumbnails in {where} could not be read or written ({error}). "
                "Check that the disk is connected and healthy."
            )
        return error


@contextlib.contextmanager
def _committed(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """One transaction, rolled back when the block or the commit fails."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _connect_writer(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    if repaired_path(path).exists() and not path.exists():
        repaired_path(path).replace(path)
    connection = _connect(path, "mode=rwc")
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(f"PRAGMA journal_size_limit = {_WAL_LIMIT}")
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version > _VERSION:
            raise LibraryTooNewError(
                f"The thumbnails in {path.parent} were written by a newer version of ImgSearch Desktop. "
                "Update the program, or choose another library."
            )
        connection.execute(_CREATE)
        connection.execute(f"PRAGMA user_version = {_VERSION}")
    except BaseException:
        connection.close()
        raise
    return connection


def _connect_reader(path: Path) -> sqlite3.Connection:
    """Open for reading; where nothing can be written, the file is read as it is."""
    try:
        return _open_for_reading(path, "mode=rw")
    except sqlite3.OperationalError as error:
        unwritable = error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)
        if not unwritable or beside(path, "-wal").exists():
            raise
    return _open_for_reading(path, "mode=ro&immutable=1")


def _open_for_reading(path: Path, mode: str) -> sqlite3.Connection:
    connection = _connect(path, mode)
    try:
        connection.execute("PRAGMA query_only = ON")
        connection.execute("SELECT COUNT(*) FROM sqlite_schema").fetchall()
    except BaseException:
        connection.close()
        raise
    return connection


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    uri = f"file:{quote(path.absolute().as_posix().encode('utf-8', 'surrogateescape'))}?{mode}"
    return sqlite3.connect(
        uri, uri=True, isolation_level=None, check_same_thread=False, timeout=_BUSY_TIMEOUT_S
    )


def _is_damage(error: sqlite3.Error) -> bool:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def _is_full(directory: Path) -> bool:
    with contextlib.suppress(OSError):
        return shutil.disk_usage(directory).free < _LITTLE_SPACE
    return False
