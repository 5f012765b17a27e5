"""Thumbnails in one SQLite file, beside the catalogue: they cannot be made anew while a drive is away."""

from __future__ import annotations

import contextlib
import logging
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from imgsearch_desktop.adapters.imaging.thumbnail_errors import explained, is_damage
from imgsearch_desktop.adapters.imaging.thumbnail_repair import (
    beside,
    copy_readable,
    repaired_path,
    set_aside,
)
from imgsearch_desktop.domain.counted import counted
from imgsearch_desktop.domain.errors import LibraryTooNewError
from imgsearch_desktop.domain.photo import PhotoUid

_log = logging.getLogger(__name__)

_VERSION = 1
_BUSY_TIMEOUT_S = 10.0
_WAL_LIMIT = 64 << 20

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


class _DamagedError(Exception):
    """Something of the file cannot be read; the next count repairs it."""


class SqliteThumbnailStore:
    """Fulfils `ThumbnailStore`; any number of threads and processes may read while one writes.

    The file is made with the first thumbnail. A damaged one is set aside when something is to be written or
    counted, and what can be read of it goes into a new one.

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
        self._damaged = False
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
        try:
            rows = self._read("SELECT jpeg FROM thumbnails WHERE uid = ?", bytes.fromhex(uid))
        except (_DamagedError, FileNotFoundError):
            return None
        return bytes(rows[0][0]) if rows else None

    def delete_many(self, uids: Sequence[PhotoUid]) -> None:
        """Forget thumbnails; unknown ones are ignored.

        Raises:
            LibraryReadOnlyError: the file cannot be written.
        """
        if self._path.exists():
            self._write("DELETE FROM thumbnails WHERE uid = ?", [(bytes.fromhex(uid),) for uid in uids])

    def count(self) -> int:
        """Number of thumbnails; a store that is found damaged is repaired first.

        Raises:
            DiskFullError: no room for the repair.
            LibraryReadOnlyError: it is damaged and cannot be written.
        """
        if self._damaged:
            self._mend()
        rows = self._read_mended("SELECT COUNT(*) FROM thumbnails")
        return int(rows[0][0]) if rows else 0

    def uids(self, after: PhotoUid, limit: int) -> list[PhotoUid]:
        """Photos with a thumbnail, in the order of their uids, from the first behind `after` on."""
        in_order = "SELECT uid FROM thumbnails WHERE uid > ? ORDER BY uid LIMIT ?"
        rows = self._read_mended(in_order, bytes.fromhex(after), limit)
        return [PhotoUid(uid.hex()) for (uid,) in rows]

    def take_repair_report(self) -> str | None:
        """What was repaired since this was last asked, as sentences for people; None if nothing was."""
        report, self.repair_report = self.repair_report, None
        return report

    def close(self) -> None:
        """Close files; safe to call twice."""
        self._closed = True
        with self._writing, self._reading:
            self._close_connections()

    def _read(self, sql: str, *parameters: object) -> list[tuple[Any, ...]]:
        """All rows; raises FileNotFoundError without a file, _DamagedError where they cannot be read."""
        with self._reading:
            try:
                if self._reader is None and not self._open_reader():
                    raise FileNotFoundError(self._path)
                assert self._reader is not None
                return self._reader.execute(sql, parameters).fetchall()
            except sqlite3.Error as error:
                if str(error).startswith("no such table"):  # made by somebody who was cut short
                    raise FileNotFoundError(self._path) from error
                if not is_damage(error):
                    raise explained(error, self._path.parent) from error
                _log.debug("thumbnails cannot be read: %s", error)
                self._damaged = True
                raise _DamagedError from error

    def _read_mended(self, sql: str, *parameters: object) -> list[tuple[Any, ...]]:
        """All rows, after a repair if there must be one; none without a file."""
        try:
            try:
                return self._read(sql, *parameters)
            except _DamagedError:
                self._mend()
                return self._read(sql, *parameters)
        except FileNotFoundError:
            return []

    def _mend(self) -> None:
        """Repair what was found damaged while reading."""
        with self._writing:
            try:
                self._repair()
            except (sqlite3.Error, OSError) as error:
                raise explained(error, self._path.parent) from error

    def _write(self, sql: str, rows: Sequence[tuple[object, ...]]) -> None:
        if not rows:
            return
        with self._writing:
            try:
                try:
                    self._transaction(sql, rows)
                except sqlite3.DatabaseError as error:
                    if not is_damage(error):
                        raise
                    self._repair()
                    self._transaction(sql, rows)
            except (sqlite3.Error, OSError) as error:
                raise explained(error, self._path.parent) from error

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
        self._damaged = False
        self.repair_report = (
            f"The store of thumbnails in {self._path.parent} was damaged. Saved: "
            f"{counted(saved, 'thumbnail')}; the others are made again when their photos are read. "
            f"The damaged file is kept as {aside.name}."
        )


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
