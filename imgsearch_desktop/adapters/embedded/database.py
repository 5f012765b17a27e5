"""The SQLite file of a projection: one writer at a time, readers beside it on connections of their own."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from imgsearch_desktop.adapters.embedded.schema import APPLICATION_ID, STATEMENTS, TABLES, VERSION
from imgsearch_desktop.domain.errors import EngineError

_BUSY_MS = 10_000


class DatabaseDamagedError(Exception):
    """The file is no database any more, or none of ours."""


class Database:
    """Connections to one file; made with its tables where it is new or of another version.

    Args:
        path: the file.

    Raises:
        DatabaseDamagedError: the file cannot be read as a database.
        EngineError: it cannot be opened or made.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._writing = threading.Lock()
        self._closed = False
        self._idle: list[sqlite3.Connection] = []
        self._writer = self._connect()
        try:
            with _explained():
                _make_tables(self._writer)
        except BaseException:
            self._writer.close()
            raise

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A write transaction; rolled back when the block raises or does not commit.

        Raises:
            DatabaseDamagedError: the file is damaged.
            EngineError: no room, no permission, or another process keeps writing.
        """
        with self._writing, _explained():
            self._writer.execute("BEGIN IMMEDIATE")
            try:
                yield self._writer
            finally:
                if self._writer.in_transaction:
                    with contextlib.suppress(sqlite3.Error):
                        self._writer.execute("ROLLBACK")

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A read transaction: every statement sees the same state.

        Raises:
            DatabaseDamagedError: the file is damaged.
            EngineError: it cannot be read.
        """
        connection = self._borrow()
        try:
            with _explained():
                connection.execute("BEGIN")
                yield connection
        finally:
            with contextlib.suppress(sqlite3.Error):
                connection.rollback()
            self._give_back(connection)

    def close(self) -> None:
        """Close every connection; those in use close when they are given back. Safe to call twice."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()
        with self._writing:
            self._writer.close()

    def _borrow(self) -> sqlite3.Connection:
        with self._lock:
            if self._closed:
                raise EngineError("The search engine is closed.")
            if self._idle:
                return self._idle.pop()
        return self._connect()

    def _give_back(self, connection: sqlite3.Connection) -> None:
        with self._lock:
            if not self._closed:
                self._idle.append(connection)
                return
        connection.close()

    def _connect(self) -> sqlite3.Connection:
        with _explained():
            connection = sqlite3.connect(
                self._path, isolation_level=None, check_same_thread=False, cached_statements=256
            )
            try:
                connection.execute(f"PRAGMA busy_timeout = {_BUSY_MS}")
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("PRAGMA synchronous = FULL")
                connection.execute("PRAGMA cache_size = -16384")
            except BaseException:
                connection.close()
                raise
            return connection


def empty(connection: sqlite3.Connection) -> None:
    """Drop what there is and make the tables; inside a write transaction."""
    for table in TABLES:
        connection.execute(f"DROP TABLE IF EXISTS {table}")
    for statement in STATEMENTS:
        connection.execute(statement)


def _make_tables(connection: sqlite3.Connection) -> None:
    if _marks(connection) == (APPLICATION_ID, VERSION):
        return
    connection.execute("BEGIN IMMEDIATE")
    if _marks(connection) != (APPLICATION_ID, VERSION):  # another process may have been first
        empty(connection)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute("COMMIT")


def _marks(connection: sqlite3.Connection) -> tuple[int, int]:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return application, version


@contextmanager
def _explained() -> Iterator[None]:
    """Turn SQLite's errors into ours."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
        if code in _REASONS:
            raise EngineError(_REASONS[code]) from error
        if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB) or str(error).startswith(_TABLES_GONE):
            raise DatabaseDamagedError(str(error)) from error
        raise


_TABLES_GONE = ("no such table", "no such column", "vtable constructor failed")


_BUSY = "Another process is busy writing the search index. Wait until it has finished."
_FULL = "The disk that holds the search index is full. Free some space; the index then catches up."
_DISK = "The search index cannot be read or written: the disk reports an error. Check that disk."
_FORBIDDEN = "The search index cannot be written. Give yourself permission to write to the cache directory."
_UNREACHABLE = "The search index cannot be opened. Check that its directory is there and may be written."
_MEMORY = "There is not enough memory for the search. Close other programs and try again."
_REASONS = {
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_IOERR: _DISK,
    sqlite3.SQLITE_READONLY: _FORBIDDEN,
    sqlite3.SQLITE_PERM: _FORBIDDEN,
    sqlite3.SQLITE_CANTOPEN: _UNREACHABLE,
    sqlite3.SQLITE_NOMEM: _MEMORY,
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_PROTOCOL: _BUSY,
}
