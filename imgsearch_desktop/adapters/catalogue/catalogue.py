"""The catalogue: the local truth about every photo, in one SQLite database."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn, TypeVar

from imgsearch_desktop.adapters.catalogue.database import (
    LibraryFiles,
    connect_reader,
    connect_writer,
    give_back_slice,
)
from imgsearch_desktop.adapters.catalogue.library_lock import LibraryLock
from imgsearch_desktop.adapters.catalogue.opening import prepare
from imgsearch_desktop.adapters.catalogue.photo_writer import SqliteWriter
from imgsearch_desktop.adapters.catalogue.projection_reader import ProjectionReader
from imgsearch_desktop.adapters.catalogue.reader_pool import ReaderPool
from imgsearch_desktop.adapters.catalogue.schema import STEPS, Step
from imgsearch_desktop.adapters.catalogue.sqlite_errors import is_damage, raise_explained
from imgsearch_desktop.adapters.catalogue.transaction import Transaction
from imgsearch_desktop.adapters.catalogue.writer_thread import WriterThread
from imgsearch_desktop.application.ports import CatalogueWriter

T = TypeVar("T")

_ANALYSED_ROWS = 400
"""Per index, for the query planner: enough to tell them apart, and closing takes no time."""


class SqliteCatalogue(ProjectionReader):
    """Fulfils `Catalogue`: any thread and process may read, one process at a time may write.

    Opens the catalogue in a library directory; creates, migrates or repairs it first if need be.

    Args:
        directory: the library directory; made if it is not there.
        steps: the schema's migration steps.

    Raises:
        LibraryTooNewError: a newer version of the program wrote it.
        LibraryBusyError: it needs to be created, migrated or repaired, and another process holds it.
        LibraryReadOnlyError: as before, and the directory cannot be written.
        LibraryDamagedError: it is damaged and cannot be repaired here and now.
        DiskFullError: no room for it.

    Attributes:
        repair_report: what was repaired while opening, as sentences for people; None if nothing was.
    """

    def __init__(self, directory: Path, steps: tuple[Step, ...] = STEPS) -> None:
        self._files = LibraryFiles(directory)
        self.repair_report = prepare(self._files, steps)
        super().__init__(ReaderPool(lambda: connect_reader(self._files.catalogue), self._fail))
        self._lock = LibraryLock(self._files.lock)
        self._writer = WriterThread(self._begin_writing, self._end_writing)

    def write(self, work: Callable[[CatalogueWriter], T]) -> T:
        """Run `work` in one transaction on the writer thread and return its result once it is durable.

        The writer lock of the library is taken at the first call and kept until `close`.

        Raises:
            LibraryBusyError: another process writes to this library.
            LibraryReadOnlyError: the directory cannot be written.
            DiskFullError: no room; nothing of this transaction is stored.
        """

        def settled(connection: sqlite3.Connection) -> T:
            transaction = Transaction(connection)
            result = work(SqliteWriter(transaction))
            transaction.settle()
            return result

        try:
            return self._writer.run(settled)
        except sqlite3.Error as error:
            self._fail(error)

    def give_back_room(self) -> bool:
        """Make the file smaller by a slice of what is free in it; True while more is left.

        Raises:
            LibraryBusyError: another process writes to this library.
            LibraryReadOnlyError: the directory cannot be written.
            DiskFullError: no room even for that.
        """
        try:
            return self._writer.run(give_back_slice, transaction=False)
        except sqlite3.Error as error:
            self._fail(error)

    def close(self) -> None:
        """Finish the transaction under way and close; safe to call twice."""
        self._writer.close()
        self._readers.close()

    def _begin_writing(self) -> sqlite3.Connection:
        try:
            self._lock.acquire()
        except OSError as error:
            self._fail(error)
        try:
            return connect_writer(self._files.catalogue)
        except BaseException:
            self._lock.release()
            raise

    def _end_writing(self, connection: sqlite3.Connection) -> None:
        try:
            with contextlib.suppress(sqlite3.Error):
                connection.execute(f"PRAGMA analysis_limit = {_ANALYSED_ROWS}")
                connection.execute("PRAGMA optimize")
        finally:
            connection.close()
            self._lock.release()

    def _fail(self, error: sqlite3.Error | OSError) -> NoReturn:
        """Raise what the user can understand; damage is remembered, so that the next start looks into it."""
        if is_damage(error):
            with contextlib.suppress(OSError):
                self._files.suspect.touch()
        raise_explained(error, self._files.directory)
