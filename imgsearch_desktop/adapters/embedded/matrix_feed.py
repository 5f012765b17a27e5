"""Keeps the matrix of a projection in line with its database."""

from __future__ import annotations

import contextlib
import logging
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from imgsearch_desktop.adapters.embedded import matrix_file
from imgsearch_desktop.adapters.embedded.line_sets import lines_of
from imgsearch_desktop.adapters.embedded.matrix_file import MatrixStamp
from imgsearch_desktop.adapters.embedded.projection_state import ProjectionState
from imgsearch_desktop.adapters.embedded.vector_matrix import VectorMatrix
from imgsearch_desktop.application.ports import CatalogueReader
from imgsearch_desktop.domain.embedding import ModelId
from imgsearch_desktop.domain.photo import PhotoId

_log = logging.getLogger(__name__)

_BLOCK = 4096
_SINGLE_READS = 64
"""Up to so many vectors are read one by one, whatever their share."""

_SAVE_SHARE = 0.02
"""A cache file that is behind by less than this share of the rows is good enough for the next start."""


class MatrixFeed:
    """A matrix, the state it is in, and where more vectors come from. The caller keeps writers apart.

    Args:
        path: the cache file.
        model_id: whose vectors.
        catalogue: the truth that vectors are read from.
        scratch_directory: for files that end with the process.
        float_bytes: largest float32 matrix.
    """

    def __init__(
        self,
        path: Path,
        model_id: ModelId,
        catalogue: CatalogueReader,
        scratch_directory: Path,
        float_bytes: int,
    ) -> None:
        self._path = path
        self._model_id = model_id
        self._catalogue = catalogue
        self._scratch_directory = scratch_directory
        self._float_bytes = float_bytes
        self._matrix: VectorMatrix | None = None
        self._stamp: MatrixStamp | None = None
        self._unsaved = 0

    @property
    def loaded(self) -> bool:
        """Whether there is a matrix in memory."""
        return self._matrix is not None

    def at(self, state: ProjectionState) -> VectorMatrix | None:
        """The matrix if it is in exactly this state."""
        return self._matrix if self._stamp == state.stamp(self._model_id) else None

    def follow(self, connection: sqlite3.Connection, state: ProjectionState) -> VectorMatrix:
        """Load the matrix if need be and bring it to the state of a read transaction."""
        current = state.stamp(self._model_id)
        if self._stamp is not None and not current.continues(self._stamp):
            self.discard()
        if self._matrix is None or self._stamp is None:
            self._load(state, current)
        matrix, reached = self._matrix, self._stamp
        assert matrix is not None
        if reached != current:
            self._catch_up(connection, matrix, -1 if reached is None else reached.sequence)
            self._stamp = current
        return matrix

    def note(
        self,
        before: ProjectionState,
        after: ProjectionState,
        lines: NDArray[np.int64],
        photo_ids: NDArray[np.int64],
        vectors: Sequence[NDArray[np.float16]],
        freed: NDArray[np.int64],
    ) -> None:
        """Take what a batch changed, if the matrix was in line before it.

        Args:
            before: state before the batch.
            after: state after it.
            lines: (n,) written.
            photo_ids: (n,) of the lines.
            vectors: n times (dims,).
            freed: lines that hold nothing any more.
        """
        matrix = self.at(before)
        if matrix is None:
            return
        self._stamp = None  # should anything fail half-way, the matrix is built again
        matrix.remove(freed)
        if len(lines):
            matrix.put(lines, photo_ids, np.stack(list(vectors)).astype(np.float16, copy=False))
        self._unsaved += len(lines) + len(freed)
        self._stamp = after.stamp(self._model_id)

    def save(self) -> None:
        """Write the cache file if the one on disk is too far behind; failing to is no harm."""
        if self._matrix is None or self._stamp is None:
            return
        if self._unsaved <= self._matrix.rows * _SAVE_SHARE:
            return
        try:
            matrix_file.save(self._path, self._matrix, self._stamp)
        except OSError as error:
            _log.info("The vector cache was not saved: %s", error)
        else:
            self._unsaved = 0

    def discard(self) -> None:
        """Forget the matrix; the cache file stays."""
        if self._matrix is not None:
            self._matrix.close()
        self._matrix, self._stamp, self._unsaved = None, None, 0

    def remove_file(self) -> None:
        """Delete the cache file."""
        with contextlib.suppress(OSError):
            self._path.unlink(missing_ok=True)

    def _load(self, state: ProjectionState, current: MatrixStamp) -> None:
        self.discard()
        self._matrix = self._fresh(state)
        self._stamp = matrix_file.load(self._path, self._matrix, current)
        if self._stamp is None and self._matrix.rows:
            self._matrix.close()
            self._matrix = self._fresh(state)

    def _fresh(self, state: ProjectionState) -> VectorMatrix:
        return VectorMatrix(state.dims, state.text_dims, self._scratch_directory, self._float_bytes)

    def _catch_up(self, connection: sqlite3.Connection, matrix: VectorMatrix, sequence: int) -> None:
        freed = lines_of(connection, "SELECT line FROM freed WHERE sequence > ?", (sequence,))
        lines, photo_ids = _written_since(connection, sequence)
        matrix.remove(freed)
        if not len(lines):
            self._unsaved += len(freed)
            return
        matrix.put_blank(lines, photo_ids)
        if len(lines) <= max(_SINGLE_READS, matrix.rows * _SAVE_SHARE):
            self._read_singly(matrix, lines, photo_ids)
        else:
            self._read_blocks(matrix, lines, photo_ids)
        self._unsaved += len(freed) + len(lines)

    def _read_singly(
        self, matrix: VectorMatrix, lines: NDArray[np.int64], photo_ids: NDArray[np.int64]
    ) -> None:
        for line, photo_id in zip(lines, photo_ids, strict=True):
            vector = self._catalogue.embedding(PhotoId(int(photo_id)), self._model_id)
            if vector is not None and vector.shape == (matrix.dims,):
                row = vector.astype(np.float16)[np.newaxis]
                matrix.put(np.array([line]), np.array([photo_id]), row)

    def _read_blocks(
        self, matrix: VectorMatrix, lines: NDArray[np.int64], photo_ids: NDArray[np.int64]
    ) -> None:
        """Read the stored embeddings in the order of photo ids and keep those of the given photos."""
        order = np.argsort(photo_ids)
        lines, photo_ids = lines[order], photo_ids[order]
        after = PhotoId(int(photo_ids[0]) - 1)
        while after < photo_ids[-1]:
            block = self._catalogue.embeddings(self._model_id, after, _BLOCK)
            if not len(block.photo_ids):
                break
            where = np.searchsorted(photo_ids, block.photo_ids)
            inside = where < len(photo_ids)
            inside[inside] = photo_ids[where[inside]] == block.photo_ids[inside]
            if block.vectors.shape[1] == matrix.dims:
                matrix.put(lines[where[inside]], block.photo_ids[inside], block.vectors[inside])
            after = PhotoId(int(block.photo_ids[-1]))


def _written_since(
    connection: sqlite3.Connection, sequence: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Lines written by later batches, and their photos."""
    (joined,) = connection.execute(
        "SELECT group_concat(line || ',' || photo_id) FROM documents WHERE sequence > ?", (sequence,)
    ).fetchone()
    if joined is None:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    pairs = np.fromstring(str(joined), np.int64, sep=",").reshape(-1, 2)
    return pairs[:, 0], pairs[:, 1]
