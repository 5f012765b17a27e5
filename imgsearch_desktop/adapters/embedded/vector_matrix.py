"""The matrix of all embeddings of one model: a projection row is a matrix row."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from imgsearch_desktop.adapters.embedded.largest import largest
from imgsearch_desktop.adapters.embedded.row_chunks import grown
from imgsearch_desktop.adapters.embedded.vector_stores import FloatStore, Int8Store, VectorStore
from imgsearch_desktop.domain.embedding import Vector

FLOAT_BYTES = 32 * 2**20
"""A float32 matrix up to this size is scanned fast enough; a larger one becomes int8.

At 100 thousand photos int8 takes half the time of float32 and a quarter of its memory; at ten thousand the
float32 rows need no second look and are faster."""

GATHER_SHARE = 0.05
"""Below this share of the rows it is cheaper to fetch the allowed ones than to scan them all."""

EXACT = 300
"""So many of the nearest are scored from their exact rows: more than anybody looks at before scrolling on."""

SPARE = 300
"""So many more than wanted are looked at, for the rough scores may have them in another order."""

_CONVERT_ROWS = 8192


class VectorMatrix:
    """Finds the rows nearest to a query. The caller keeps writers apart from everybody else.

    Args:
        dims: length of an embedding.
        text_dims: a text query is zero beyond these.
        scratch_directory: where exact rows go that no cache file holds yet.
        float_bytes: largest float32 matrix.
    """

    def __init__(
        self, dims: int, text_dims: int, scratch_directory: Path, float_bytes: int = FLOAT_BYTES
    ) -> None:
        self.dims = dims
        self.text_dims = text_dims
        self.rows = 0
        self._scratch_directory = scratch_directory
        self._float_rows = float_bytes // (4 * dims)
        self._store: VectorStore = FloatStore(dims, text_dims)
        self._photo_ids: NDArray[np.int64] = np.full(0, -1, np.int64)
        self._alive: NDArray[np.bool_] = np.zeros(0, np.bool_)

    @property
    def store(self) -> VectorStore:
        """Where the vectors are."""
        return self._store

    @property
    def photo_ids(self) -> NDArray[np.int64]:
        """View (rows,): the photo of each row, -1 for none."""
        return self._photo_ids[: self.rows]

    @property
    def alive(self) -> NDArray[np.bool_]:
        """View (rows,): whether a row holds the vector of a photo."""
        return self._alive[: self.rows]

    def reserve(self, rows: int) -> None:
        """Have rows 0 to `rows` - 1; new ones are empty."""
        if rows > self._float_rows and isinstance(self._store, FloatStore):
            self._to_int8()
        self._photo_ids = grown(self._photo_ids, rows, -1)
        self._alive = grown(self._alive, rows, False)
        self._store.reserve(rows)
        self.rows = max(self.rows, rows)

    def put(
        self, rows: NDArray[np.int64], photo_ids: NDArray[np.int64], vectors: NDArray[np.float16]
    ) -> None:
        """Write embeddings (k, dims) of photos (k,) to distinct rows (k,)."""
        if not len(rows):
            return
        self.reserve(int(rows.max()) + 1)
        self._store.put(rows, vectors)
        self._photo_ids[rows] = photo_ids
        self._alive[rows] = True

    def put_blank(self, rows: NDArray[np.int64], photo_ids: NDArray[np.int64]) -> None:
        """Note photos that have no embedding (any more): found by keywords alone."""
        self.reserve(int(rows.max(initial=-1)) + 1)
        self._photo_ids[rows] = photo_ids
        self._alive[rows] = False

    def remove(self, rows: NDArray[np.int64]) -> None:
        """Forget rows; unknown ones are ignored."""
        rows = rows[rows < self.rows]
        self._photo_ids[rows] = -1
        self._alive[rows] = False

    def nearest(
        self, query: Vector, limit: int, allowed: NDArray[np.bool_] | None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """The nearest photos.

        Args:
            query: (width,): `dims`, or `text_dims` where it is zero beyond.
            limit: how many at most.
            allowed: (rows,) which rows may be found, None for all.

        Returns:
            Photo ids, nearest first, ties by ascending id; cosines, exact for the first `EXACT` and within
            0.002 beyond them.
        """
        usable = self.alive if allowed is None else self.alive & allowed
        if limit <= 0 or not usable.any():
            return np.empty(0, np.int64), np.empty(0, np.float32)
        candidates, scores = self._candidates(query, limit + SPARE, usable)
        best = largest(scores, min(limit, EXACT) + SPARE)
        scores[best] = self._store.cosines(query, candidates[best])
        return self._ordered(candidates, scores, best, limit)

    def close(self) -> None:
        """Free files and memory."""
        self._store.close()

    def _candidates(
        self, query: Vector, count: int, usable: NDArray[np.bool_]
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """At least the `count` best rows by about their scores, in no order."""
        share = np.count_nonzero(usable) / self.rows
        if share < GATHER_SHARE:
            rows = np.flatnonzero(usable)
            scores = self._store.gather(query, rows)
            best = largest(scores, count)
            return rows[best], scores[best].astype(np.float32)
        scores = self._store.scan(query, self.rows)
        if share < 1:
            np.copyto(scores, -np.inf, where=~usable)
        best = largest(scores, count)
        return best, scores[best].astype(np.float32)

    def _ordered(
        self,
        rows: NDArray[np.int64],
        scores: NDArray[np.float32],
        exact: NDArray[np.int64],
        limit: int,
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """The first `limit` rows as photos: those scored exactly before those that were not."""
        rough = np.ones(len(rows), np.bool_)
        rough[exact] = False
        if rough.any():
            scores[rough] = np.minimum(scores[rough], scores[exact].min())
        ids = self._photo_ids[rows]
        order = np.lexsort((ids, rough, -scores))[:limit]
        return ids[order], scores[order]

    def _to_int8(self) -> None:
        smaller = Int8Store(self.dims, self.text_dims, self._scratch_directory)
        smaller.reserve(self.rows)
        for start in range(0, self.rows, _CONVERT_ROWS):
            rows = np.flatnonzero(self.alive[start : start + _CONVERT_ROWS]) + start
            smaller.put(rows, self._store.exact(rows))
        self._store.close()
        self._store = smaller
