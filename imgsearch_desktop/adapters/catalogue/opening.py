"""From whatever lies in the library directory to a catalogue of the newest version, or a clear refusal."""

from __future__ import annotations

import contextlib
import sqlite3
from datetime import datetime
from enum import Enum

from imgsearch_desktop.adapters.catalogue.database import (
    LibraryFiles,
    connect_reader,
    create,
    has_content,
    remove_database,
    shm_of,
    sync_directory,
    wal_of,
)
from imgsearch_desktop.adapters.catalogue.library_lock import LibraryLock
from imgsearch_desktop.adapters.catalogue.migrations import migrate, version_of
from imgsearch_desktop.adapters.catalogue.repair import finish_swap, repair
from imgsearch_desktop.adapters.catalogue.salvage import nonsense
from imgsearch_desktop.adapters.catalogue.schema import Step
from imgsearch_desktop.adapters.catalogue.sqlite_errors import is_damage, is_unwritable, raise_explained
from imgsearch_desktop.domain.errors import LibraryBusyError, LibraryDamagedError, LibraryTooNewError

LOCK_WAIT_S = 10.0
"""How long to wait for another process that is creating, migrating or repairing the same catalogue."""

_HEADER = 20
_WRITE_VERSION = slice(18, 19)
_ROLLBACK_JOURNAL = b"\x01"
"""What SQLite's header says of a database that is not in WAL mode (https://sqlite.org/fileformat2.html)."""

_FIRST_LOOKS = (
    "SELECT library_id, epoch FROM library",
    "SELECT * FROM roots ORDER BY root_id LIMIT 1",
    "SELECT * FROM photos ORDER BY photo_id DESC LIMIT 1",
    "SELECT * FROM files ORDER BY file_id DESC LIMIT 1",
    "SELECT length(vector) FROM embeddings ORDER BY embedding_id DESC LIMIT 1",
)
"""Reads that cost nothing and meet most kinds of gross damage."""


class _State(Enum):
    READY = "as this program writes it"
    ABSENT = "not there yet"
    OLDER = "of an older version"
    DAMAGED = "broken, or no catalogue"
    SUSPECT = "an operation met damage"
    FOREIGN_LOG = "a backup was put back beside the log of what it replaced"
    HALF_REPAIRED = "a finished repair waits to take its place"


def prepare(files: LibraryFiles, steps: tuple[Step, ...]) -> str | None:
    """Create, migrate or repair the catalogue, whatever is needed.

    Args:
        files: where it lies.
        steps: every migration step.

    Returns:
        What was repaired, as sentences for people; None if nothing was.

    Raises:
        LibraryTooNewError: a newer version of the program wrote it.
        LibraryBusyError: it needs work and another process holds it.
        LibraryReadOnlyError: it needs work and the directory cannot be written.
        LibraryDamagedError: it is damaged and cannot be repaired here and now.
        DiskFullError: no room for the work.
    """
    try:
        state = _look(files, steps)
        if state is _State.READY:
            return None
        try:
            return _locked_mend(files, steps)
        except (LibraryBusyError, OSError) as error:
            if isinstance(error, OSError) and not is_unwritable(error):
                raise
            if state is _State.SUSPECT:  # it can be read for now; the check waits for its time
                return None
            if state is _State.DAMAGED:
                raise LibraryDamagedError(_damaged_message(files)) from None
            raise
    except (sqlite3.Error, OSError) as error:
        raise_explained(error, files.directory)


def _locked_mend(files: LibraryFiles, steps: tuple[Step, ...]) -> str | None:
    files.directory.mkdir(parents=True, exist_ok=True)
    lock = LibraryLock(files.lock)
    lock.acquire(LOCK_WAIT_S)
    try:
        return _mend(files, steps)
    finally:
        lock.release()


def _mend(files: LibraryFiles, steps: tuple[Step, ...]) -> str | None:
    """Do what the catalogue needs; the lock is held, so what was seen before it may be past."""
    report: str | None = None
    state = _look(files, steps)
    if state is _State.HALF_REPAIRED:
        report = finish_swap(files)
        state = _look(files, steps)
    if state is _State.FOREIGN_LOG:
        report = _set_log_aside(files)
        state = _look(files, steps)
    if state is _State.SUSPECT and _passes_check(files):
        files.suspect.unlink()
        state = _look(files, steps)
    if state in (_State.DAMAGED, _State.SUSPECT):
        report = " ".join(filter(None, [report, repair(files, steps)]))
    elif state is _State.ABSENT:
        _create(files, steps)
    elif state is _State.OLDER:
        migrate(files, steps)
    return report


def _look(files: LibraryFiles, steps: tuple[Step, ...]) -> _State:
    if files.repaired.exists():
        return _State.HALF_REPAIRED
    if not files.catalogue.exists():
        return _State.ABSENT
    if _has_foreign_log(files):
        return _State.FOREIGN_LOG
    try:
        return _look_inside(files, steps)
    except sqlite3.DatabaseError as error:
        if is_damage(error):
            return _State.DAMAGED
        raise


def _look_inside(files: LibraryFiles, steps: tuple[Step, ...]) -> _State:
    with contextlib.closing(connect_reader(files.catalogue)) as connection:
        version = version_of(connection)
        if version > steps[-1].version:
            raise LibraryTooNewError(_too_new_message(files, version, steps[-1].version))
        if version == 0 or (version == steps[-1].version and not _reads_well(connection)):
            return _State.DAMAGED
    if files.suspect.exists():
        return _State.SUSPECT
    return _State.READY if version == steps[-1].version else _State.OLDER


def _reads_well(connection: sqlite3.Connection) -> bool:
    try:
        first, *_ = [connection.execute(sql).fetchall() for sql in _FIRST_LOOKS]
    except UnicodeDecodeError:  # SQLite quotes a broken table of contents in its message
        return False
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_ERROR:  # a table is not there
            return False
        raise
    return bool(first)


def _passes_check(files: LibraryFiles) -> bool:
    try:
        with contextlib.closing(connect_reader(files.catalogue)) as connection:
            sound = connection.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok"
            return sound and not nonsense(connection)
    except sqlite3.DatabaseError as error:
        if is_damage(error):
            return False
        raise


def _has_foreign_log(files: LibraryFiles) -> bool:
    """Backups are not in WAL mode, catalogues are: SQLite would write the log's pages all over a backup."""
    if not has_content(wal_of(files.catalogue)):
        return False
    with files.catalogue.open("rb") as file:
        return file.read(_HEADER)[_WRITE_VERSION] == _ROLLBACK_JOURNAL


def _set_log_aside(files: LibraryFiles) -> str:
    stamp = datetime.now().astimezone().strftime("%Y-%m-%dT%H%M%S")
    aside = files.directory / f"catalogue-replaced-{stamp}.sqlite-wal"
    wal_of(files.catalogue).replace(aside)
    shm_of(files.catalogue).unlink(missing_ok=True)
    return (
        f"A backup of the catalogue in {files.directory} was put back. The last changes of the catalogue "
        f"that it replaced were set aside as {aside.name}."
    )


def _create(files: LibraryFiles, steps: tuple[Step, ...]) -> None:
    remove_database(files.unfinished)
    create(files.unfinished, steps)
    files.unfinished.replace(files.catalogue)
    sync_directory(files.directory)


def _damaged_message(files: LibraryFiles) -> str:
    return (
        f"The catalogue in {files.directory} is damaged, and it cannot be repaired now: another process is "
        "using it, or the folder cannot be written. Mend that and start again: what is intact is then saved."
    )


def _too_new_message(files: LibraryFiles, found: int, known: int) -> str:
    return (
        f"The library in {files.directory} was written by a newer version of ImgSearch Desktop "
        f"(catalogue version {found}; this program knows up to {known}). "
        "Update the program, or choose another library."
    )
