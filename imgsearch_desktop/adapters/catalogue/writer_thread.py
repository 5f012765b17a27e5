"""One connection that writes, on one thread, one transaction at a time."""

from __future__ import annotations

import contextlib
import queue
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

T = TypeVar("T")

Work = Callable[[sqlite3.Connection], Any]


class WriterThread:
    """Runs work on the writer connection, in the order it was handed in.

    The thread starts with the first work. It is a daemon: a transaction that the process does not live to
    commit is rolled back by the next start.

    Args:
        connect: takes the library's lock and opens the connection; called on the thread, again if it fails.
        disconnect: called on the thread at the end, with the connection.
    """

    def __init__(
        self,
        connect: Callable[[], sqlite3.Connection],
        disconnect: Callable[[sqlite3.Connection], None],
    ) -> None:
        self._connect = connect
        self._disconnect = disconnect
        self._queue: queue.SimpleQueue[tuple[Work, Future[Any], bool] | None] = queue.SimpleQueue()
        self._guard = threading.Lock()
        self._thread: threading.Thread | None = None
        self._closed = False

    def run(self, work: Callable[[sqlite3.Connection], T], *, transaction: bool = True) -> T:
        """Run `work` in a transaction and return its result once it is durable.

        Args:
            work: given the connection.
            transaction: False for what SQLite does in transactions of its own.

        Raises:
            Exception: whatever `work` or SQLite raised; nothing of the transaction is stored.
        """
        done: Future[T] = Future()
        with self._guard:
            if self._closed:
                raise RuntimeError("the catalogue is closed")
            if threading.current_thread() is self._thread:
                raise RuntimeError("work of one transaction cannot start another")
            if self._thread is None:
                self._thread = threading.Thread(target=self._loop, name="catalogue writer", daemon=True)
                self._thread.start()
            self._queue.put((work, done, transaction))
        return done.result()

    def close(self) -> None:
        """Finish what was handed in, close the connection and end the thread; safe to call twice."""
        with self._guard:
            self._closed = True
            thread, self._thread = self._thread, None
            if thread is not None:
                self._queue.put(None)
        if thread is not None:
            thread.join()

    def _loop(self) -> None:
        connection: sqlite3.Connection | None = None
        while (item := self._queue.get()) is not None:
            work, done, transaction = item
            try:
                if connection is None:
                    connection = self._connect()
                result = _transaction(connection, work) if transaction else work(connection)
            except BaseException as error:  # it belongs to the caller, whatever it is
                done.set_exception(error)
            else:
                done.set_result(result)
            del item, work, done
        if connection is not None:
            self._disconnect(connection)


def _transaction(connection: sqlite3.Connection, work: Callable[[sqlite3.Connection], T]) -> T:
    connection.execute("BEGIN IMMEDIATE")
    try:
        result = work(connection)
        connection.execute("COMMIT")
    except BaseException:
        # SQLite has rolled back by itself after some errors, a full disk among them.
        if connection.in_transaction:
            with contextlib.suppress(sqlite3.Error):
                connection.execute("ROLLBACK")
        raise
    return result
