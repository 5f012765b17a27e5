"""Opening the catalogue's database file: for reading, for writing, and a fresh one."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import uuid
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from imgsearch_desktop.adapters.catalogue.schema import APPLICATION_ID, PAGE_SIZE, Step
from imgsearch_desktop.adapters.catalogue.sqlite_errors import NonsenseError, is_unwritable

BUSY_TIMEOUT_MS = 10_000
READER_CACHE_KIB = 16 * 1024
WRITER_CACHE_KIB = 64 * 1024
WAL_LIMIT = 64 << 20
"""Bytes the write-ahead log keeps on disk after a large transaction."""
SLICE_PAGES = 1000
"""Free pages that are cut off at a time: 8 MB, in which writing waits for less than 50 ms (m)."""
_INCREMENTAL = 2


@dataclass(frozen=True, slots=True)
class LibraryFiles:
    """Where the parts of a library's catalogue lie.

    Attributes:
        directory: the library directory.
    """

    directory: Path

    @property
    def catalogue(self) -> Path:
        """The database."""
        return self.directory / "catalogue.sqlite"

    @property
    def lock(self) -> Path:
        """Held by the process that writes."""
        return self.directory / "catalogue.lock"

    @property
    def suspect(self) -> Path:
        """Marks that an operation met damage: the next start checks the whole database."""
        return self.directory / "catalogue.suspect"

    @property
    def repaired(self) -> Path:
        """A finished repair that is about to take the place of the damaged catalogue."""
        return self.directory / "catalogue.sqlite.repaired"

    @property
    def unfinished(self) -> Path:
        """A database that is being made; worthless after a crash."""
        return self.directory / "catalogue.sqlite.unfinished"

    @property
    def backups(self) -> Path:
        """Copies taken before a migration."""
        return self.directory / "backups"


def new_id() -> str:
    """A random id of 32 hex digits."""
    return uuid.uuid4().hex


def connect_reader(path: Path) -> sqlite3.Connection:
    """Open for reading, also where nothing can be written.

    A database in WAL mode needs its two side files even for reading. Where they are not there and cannot be
    made, nobody else can be writing either: the file is then read as it is.

    Raises:
        sqlite3.Error: it cannot be read.
    """
    try:
        return _open_reader(path, "mode=rw")
    except sqlite3.Error as error:
        if not is_unwritable(error) or has_content(wal_of(path)) or not path.exists():
            raise
    return _open_reader(path, "mode=ro&immutable=1")


def connect_writer(path: Path) -> sqlite3.Connection:
    """Open for writing: WAL, and on the disk before a transaction counts as done.

    Raises:
        sqlite3.Error: it cannot be opened for writing.
    """
    connection = _connect(path, "mode=rw")
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(f"PRAGMA cache_size = -{WRITER_CACHE_KIB}")
        connection.execute(f"PRAGMA journal_size_limit = {WAL_LIMIT}")
    except BaseException:
        connection.close()
        raise
    return connection


def create(path: Path, steps: tuple[Step, ...], library_id: str | None = None) -> None:
    """Make an empty catalogue with every step applied.

    Args:
        path: a file that does not exist yet.
        steps: the migrations, from the first to the newest.
        library_id: of the library that it continues, None for a new one.
    """
    connection = _connect(path, "mode=rwc")
    try:
        connection.execute(f"PRAGMA page_size = {PAGE_SIZE}")
        connection.execute("PRAGMA auto_vacuum = INCREMENTAL")  # cannot be set once there is a table
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("BEGIN")
        for step in steps:
            step.apply(connection)
        connection.execute(
            "INSERT INTO library (one, library_id, epoch) VALUES (1, ?, ?)",
            (library_id or new_id(), new_id()),
        )
        connection.execute(f"PRAGMA user_version = {steps[-1].version}")
        connection.execute("COMMIT")
        connection.execute("PRAGMA journal_mode = WAL")
    finally:
        connection.close()


def give_back_slice(connection: sqlite3.Connection) -> bool:
    """Cut a slice of free pages off the end of the file; True while more are left.

    Each slice is a transaction of SQLite's own: as safe as any other, and it needs no room on the disk beyond
    the write-ahead log. A copy of the whole file (`VACUUM`) would take as much again.
    """
    # `execute` would take one step of the statement, which is one page.
    connection.executescript(f"PRAGMA incremental_vacuum({SLICE_PAGES})")
    cuttable = connection.execute("PRAGMA auto_vacuum").fetchone()[0] == _INCREMENTAL
    if cuttable and connection.execute("PRAGMA freelist_count").fetchone()[0]:
        return True
    connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()  # the file itself gets shorter here
    return False


def remove_database(path: Path) -> None:
    """Delete a database that is worth nothing, with its side files."""
    for file in (path, wal_of(path), shm_of(path)):
        file.unlink(missing_ok=True)


def wal_of(path: Path) -> Path:
    """The write-ahead log of a database."""
    return path.with_name(path.name + "-wal")


def shm_of(path: Path) -> Path:
    """The shared-memory file of a database."""
    return path.with_name(path.name + "-shm")


def sync_directory(directory: Path) -> None:
    """Make renames in a directory durable, where the system can."""
    if os.name == "nt":
        return
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def has_content(file: Path) -> bool:
    """Whether a file is there and not empty."""
    with contextlib.suppress(FileNotFoundError):
        return file.stat().st_size > 0
    return False


def _open_reader(path: Path, mode: str) -> sqlite3.Connection:
    connection = _connect(path, mode)
    try:
        connection.execute("PRAGMA query_only = ON")
        connection.execute(f"PRAGMA cache_size = -{READER_CACHE_KIB}")
        connection.execute("SELECT COUNT(*) FROM sqlite_schema").fetchone()
    except UnicodeDecodeError as error:  # SQLite quotes a broken table of contents in its message
        connection.close()
        raise NonsenseError(str(error)) from error
    except BaseException:
        connection.close()
        raise
    return connection


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    uri = f"file:{quote(os.fsencode(path.absolute().as_posix()))}?{mode}"
    connection = sqlite3.connect(
        uri, uri=True, isolation_level=None, check_same_thread=False, timeout=BUSY_TIMEOUT_MS / 1000
    )
    connection.execute("PRAGMA temp_store = MEMORY")
    return connection
