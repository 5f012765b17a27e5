"""Rows of fixed width that grow without ever being copied."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

CHUNK_ROWS = 32_768
"""Rows allocated at once; a scan works through chunks, so each is also the size of its temporaries."""


class RowChunks:
    """A table of rows in chunks; room that is not used yet is reserved but not touched.

    Args:
        width: columns.
        dtype: of every value.
        chunk_rows: rows allocated at once.
    """

    def __init__(self, width: int, dtype: DTypeLike, chunk_rows: int = CHUNK_ROWS) -> None:
        self._width = width
        self._dtype = np.dtype(dtype)
        self._chunk_rows = chunk_rows
        self._chunks: list[NDArray[Any]] = []

    def reserve(self, rows: int) -> None:
        """Make room for rows 0 to `rows` - 1; new rows are zero."""
        while len(self._chunks) * self._chunk_rows < rows:
            self._chunks.append(np.zeros((self._chunk_rows, self._width), self._dtype))

    def put(self, rows: NDArray[np.int64], values: NDArray[Any]) -> None:
        """Write values (k, width) to distinct rows (k,) that have room."""
        for chunk, inside, where in self._split(rows):
            chunk[inside] = values[where]

    def take(self, rows: NDArray[np.int64]) -> NDArray[Any]:
        """Copy rows (k,) into one array (k, width)."""
        taken = np.empty((len(rows), self._width), self._dtype)
        for chunk, inside, where in self._split(rows):
            taken[where] = chunk[inside]
        return taken

    def blocks(self, first: int, last: int) -> Iterator[tuple[int, NDArray[Any]]]:
        """Views of rows `first` to `last` - 1 as (row of the first, (n, width)), in order."""
        row = first
        while row < last:
            index, inside = divmod(row, self._chunk_rows)
            end = min(last, (index + 1) * self._chunk_rows)
            yield row, self._chunks[index][inside : inside + end - row]
            row = end

    def _split(
        self, rows: NDArray[np.int64]
    ) -> Iterator[tuple[NDArray[Any], NDArray[np.int64], NDArray[np.int64] | slice]]:
        """Per chunk that holds any of the rows: the chunk, the rows inside it, their places in `rows`."""
        owners = rows // self._chunk_rows
        if len(rows) and (owners[0] == owners[-1]) and bool((owners == owners[0]).all()):
            yield self._chunks[int(owners[0])], rows % self._chunk_rows, slice(None)
            return
        order = np.argsort(owners, kind="stable")
        bounds = np.searchsorted(owners[order], np.arange(len(self._chunks) + 1))
        for index, chunk in enumerate(self._chunks):
            where = order[bounds[index] : bounds[index + 1]]
            if len(where):
                yield chunk, rows[where] % self._chunk_rows, where


def bytes_of(array: NDArray[Any]) -> memoryview:
    """The memory of a contiguous array, for files to read into and write from."""
    buffer: Any = array.reshape(-1).view(np.uint8)
    return memoryview(buffer)


def grown(array: NDArray[Any], size: int, fill: Any) -> NDArray[Any]:
    """The array itself if it has `size` entries, else a copy with spare room, filled with `fill`."""
    if len(array) >= size:
        return array
    larger = np.full(max(size, len(array) * 3 // 2, 1024), fill, array.dtype)
    larger[: len(array)] = array
    return larger
