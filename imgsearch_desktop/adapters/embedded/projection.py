"""The embedded engine's projection of one model: a database, and a matrix that follows it.

The database says what is there and up to which change; the matrix is derived from it and from the catalogue's
vectors. Searches share a lock and see one snapshot of both; a batch is prepared and written beside them and
takes the lock alone only to commit and to touch the matrix.
"""

from __future__ import annotations

import contextlib
import logging
import sqlite3
import threading
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np

from imgsearch_desktop.adapters.embedded.database import Database, DatabaseDamagedError, empty
from imgsearch_desktop.adapters.embedded.document_writer import Batch, Written, batch_of, write_batch
from imgsearch_desktop.adapters.embedded.matrix_feed import MatrixFeed
from imgsearch_desktop.adapters.embedded.projection_state import ProjectionState, read_state, write_state
from imgsearch_desktop.adapters.embedded.shared_lock import SharedLock
from imgsearch_desktop.adapters.embedded.vector_matrix import VectorMatrix
from imgsearch_desktop.application.ports import (
    ApplyReport,
    CatalogueReader,
    IndexDeletion,
    IndexDocument,
    IndexPosition,
    IndexRebuiltError,
)
from imgsearch_desktop.domain.embedding import WHOLE_PHOTO, ModelId, ModelSpec
from imgsearch_desktop.domain.errors import EngineError

_log = logging.getLogger(__name__)

_FEED_LINES = 20_000
"""Up to so many photos a matrix is loaded when a batch comes; a larger one waits for a search."""

_BEHIND = 5_000
"""A matrix that is not loaded may fall behind by so many photos before it is loaded to be fed."""

_REBUILT = "Another program has begun to build the search index anew. Try again when it has finished."


class Projection:
    """One model's photos as the embedded engine searches them. Thread-safe.

    Args:
        path: of the database; the vector cache lies beside it.
        model_id: whose vectors.
        catalogue: the truth that vectors are read from.
        float_bytes: largest float32 matrix.

    Raises:
        EngineError: the database cannot be opened or made.
    """

    def __init__(self, path: Path, model_id: ModelId, catalogue: CatalogueReader, float_bytes: int) -> None:
        self._path = path
        self._model_id = model_id
        self._feeding = threading.Lock()
        self._lock = SharedLock()
        self._incarnation = 0
        self._behind = 0
        self._feed = MatrixFeed(path.with_suffix(".vectors"), model_id, catalogue, path.parent, float_bytes)
        self._database = self._open()

    def position(self) -> IndexPosition | None:
        """Up to where it is fed, None if never."""
        with self._database.reading() as connection:
            state = read_state(connection)
        return None if state is None else _position(state)

    def reset(self, model: ModelSpec, library_id: str, epoch: str) -> IndexPosition:
        """Empty it, at change id 0 of a new generation."""
        fresh = ProjectionState(uuid.uuid4().hex, library_id, epoch, model.dims, model.text_dims, 0, 0)
        with self._feeding, self._database.writing() as connection:
            empty(connection)
            write_state(connection, fresh)
            with self._lock.exclusive():
                connection.execute("COMMIT")
                self._feed.discard()
                self._feed.remove_file()
                self._behind = 0
        return _position(fresh)

    def apply(
        self,
        documents: Sequence[IndexDocument],
        deletions: Sequence[IndexDeletion],
        change_id: int,
        generation: str | None,
    ) -> ApplyReport:
        """See `PhotoIndex.apply`."""
        with self._feeding, self._database.writing() as connection:
            before = self._require(read_state(connection))
            if generation not in (None, before.generation):
                raise IndexRebuiltError(_REBUILT)
            batch = batch_of(documents, deletions, before.dims)
            self._prepare(connection)
            after = replace(before, change_id=max(before.change_id, change_id), sequence=before.sequence + 1)
            written = write_batch(connection, batch, after.sequence)
            write_state(connection, after)
            with self._lock.exclusive():
                connection.execute("COMMIT")
                self._note(before, after, batch, written)
        return ApplyReport(batch.rejected)

    @contextmanager
    def view(self) -> Iterator[tuple[sqlite3.Connection, ProjectionState, VectorMatrix]]:
        """A snapshot: a read transaction, its state, and the matrix in that state.

        Raises:
            EngineError: it was never filled, or cannot be read.
        """
        with self._lock.shared(), self._database.reading() as connection:
            state = self._require(read_state(connection))
            matrix = self._feed.at(state)
            if matrix is not None:
                yield connection, state, matrix
                return
        with self._lock.exclusive(), self._database.reading() as connection:
            state = self._require(read_state(connection))
            yield connection, state, self._followed(connection, state)

    @property
    def incarnation(self) -> int:
        """How often the database was set aside."""
        return self._incarnation

    def set_aside(self, incarnation: int) -> None:
        """Move a damaged database out of the way and begin again, empty.

        Args:
            incarnation: which one was found damaged; nothing happens where another thread was faster.
        """
        with self._feeding, self._lock.exclusive():
            if incarnation != self._incarnation:
                return
            self._incarnation += 1
            self._database.close()
            self._feed.discard()
            self._feed.remove_file()
            self._move_away()
            self._database = Database(self._path)

    def remove(self) -> None:
        """Close it and delete its files."""
        with self._feeding:
            with self._lock.exclusive():
                self._feed.discard()
                self._feed.remove_file()
            self._database.close()
        for suffix in ("", "-wal", "-shm"):
            self._path.with_name(self._path.name + suffix).unlink(missing_ok=True)

    def close(self) -> None:
        """Save the vector cache where that helps the next start, and close; safe to call twice."""
        with self._feeding:
            with self._lock.exclusive():
                self._feed.save()
                self._feed.discard()
            self._database.close()

    def _followed(self, connection: sqlite3.Connection, state: ProjectionState) -> VectorMatrix:
        self._behind = 0
        try:
            return self._feed.follow(connection, state)
        except OSError as error:
            self._feed.discard()
            raise EngineError(
                f"The vectors cannot be laid out for searching: {error.strerror}. Free some space on the disk"
                " of the cache directory and try again."
            ) from error

    def _open(self) -> Database:
        try:
            return Database(self._path)
        except DatabaseDamagedError as error:
            _log.info("The search index is damaged (%s); it is built again.", error)
            self._move_away()
            return Database(self._path)

    def _move_away(self) -> None:
        with contextlib.suppress(OSError):
            self._path.replace(self._path.with_suffix(".damaged"))
        for suffix in ("-wal", "-shm"):
            with contextlib.suppress(OSError):
                self._path.with_name(self._path.name + suffix).unlink(missing_ok=True)

    def _prepare(self, connection: sqlite3.Connection) -> None:
        """Have a matrix to feed while that is cheap, or before it falls too far behind."""
        if self._feed.loaded:
            return
        (last,) = connection.execute("SELECT max(line) FROM documents").fetchone()
        if (last or 0) < _FEED_LINES or self._behind > _BEHIND:
            with self.view():
                pass

    def _note(self, before: ProjectionState, after: ProjectionState, batch: Batch, written: Written) -> None:
        if not self._feed.loaded:
            self._behind += len(written.lines)
            return
        try:
            self._feed.note(
                before,
                after,
                np.fromiter(written.lines.values(), np.int64, len(written.lines)),
                np.fromiter(written.lines.keys(), np.int64, len(written.lines)),
                [batch.documents[photo_id][0].vectors[WHOLE_PHOTO] for photo_id in written.lines],
                np.array(written.freed, np.int64),
            )
        except OSError as error:  # the batch itself is stored; the next search lays the vectors out anew
            _log.info("The vectors of a batch were not laid out for searching: %s", error)
            self._feed.discard()

    def _require(self, state: ProjectionState | None) -> ProjectionState:
        if state is None:
            raise nothing_for(self._model_id)
        return state


def _position(state: ProjectionState) -> IndexPosition:
    return IndexPosition(state.library_id, state.epoch, state.change_id, state.generation)


def nothing_for(model_id: ModelId) -> EngineError:
    """What is said where a model was never fed to the engine."""
    return EngineError(
        f"The search index holds nothing for the model {model_id}. It is built from the library at the next"
        " indexing."
    )
