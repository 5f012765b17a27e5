"""Connections for reading: a thread has one to itself for the length of a call."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NoReturn

from imgsearch_desktop.adapters.catalogue.sqlite_errors import NonsenseError

KEPT = 8
"""Idle connections kept open; more threads than this may read at once."""


class ReaderPool:
    """Lends connections and sees one state of the database throughout a call.

    Connections belong to calls, not to threads: a thread that ends leaves nothing open, and a worker whose
    every call comes on a new Python thread state, as under Qt, does not open one each time. Thread-safe.

    Args:
        connect: opens a connection.
        fail: raises, instead of an error of SQLite or the system, what the user can understand.
    """

    def __init__(
        self,
        connect: Callable[[], sqlite3.Connection],
        fail: Callable[[sqlite3.Error | OSError], NoReturn],
    ) -> None:
        self._connect = connect
        self._fail = fail
        self._guard = threading.Lock()
        self._idle: list[sqlite3.Connection] = []
        self._closed = False

    @contextmanager
    def snapshot(self) -> Iterator[sqlite3.Connection]:
        """A connection inside a read transaction; nothing read from it outlives the block unfetched."""
        try:
            connection = self._take()
        except (sqlite3.Error, OSError) as error:
            self._fail(error)
        try:
            connection.execute("BEGIN")
            yield connection
            connection.execute("ROLLBACK")
        except sqlite3.Error as error:
            connection.close()
            self._fail(error)
        except UnicodeDecodeError as error:  # SQLite quotes a broken table of contents in its message
            connection.close()
            self._fail(NonsenseError(str(error)))
        except BaseException:
            connection.close()
            raise
        self._give_back(connection)

    def close(self) -> None:
        """Close what is idle now, and what is lent when it comes back."""
        with self._guard:
            self._closed = True
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    def _take(self) -> sqlite3.Connection:
        with self._guard:
            if self._closed:
                raise RuntimeError("the catalogue is closed")
            if self._idle:
                return self._idle.pop()
        return self._connect()

    def _give_back(self, connection: sqlite3.Connection) -> None:
        with self._guard:
            if not self._closed and len(self._idle) < KEPT:
                self._idle.append(connection)
                return
        connection.close()
