"""Two ways to hold a matrix of embeddings: float32 while it is small, else int8 and a file.

Both keep the first `text_dims` columns apart from the others: a text query is zero beyond them, and its scan
reads them alone.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from imgsearch_desktop.adapters.embedded.exact_rows import ExactRows
from imgsearch_desktop.adapters.embedded.int8_kernel import Int8Dots, int8_dots
from imgsearch_desktop.adapters.embedded.row_chunks import RowChunks, grown
from imgsearch_desktop.domain.embedding import Vector

_THREAD_BYTES = 16 * 2**20
"""Below this much to read per thread, starting one costs more than it saves."""


_ZERO = 1e-30
"""A part of a row that is smaller than any float16 is zero."""


def column_parts(dims: int, text_dims: int) -> list[tuple[int, int]]:
    """The column ranges that are stored apart."""
    return [(0, text_dims), (text_dims, dims)] if 0 < text_dims < dims else [(0, dims)]


class VectorStore(Protocol):
    """Holds rows 0 to n - 1."""

    def reserve(self, rows: int) -> None:
        """Have rows 0 to `rows` - 1; new ones are zero."""
        ...

    def put(self, rows: NDArray[np.int64], vectors: NDArray[np.float16]) -> None:
        """Write vectors (k, dims) as distinct rows (k,) that there are."""
        ...

    def scan(self, query: Vector, rows: int) -> NDArray[np.floating[Any]]:
        """About the dot products of the query (width,) with the same columns of rows 0 to `rows` - 1."""
        ...

    def gather(self, query: Vector, rows: NDArray[np.int64]) -> NDArray[np.floating[Any]]:
        """About the dot products with some rows (k,)."""
        ...

    def cosines(self, query: Vector, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """The dot products with rows (k,) as they were put; equal rows get equal ones."""
        ...

    def exact(self, rows: NDArray[np.int64]) -> NDArray[np.float16]:
        """Rows (k, dims) as they were put."""
        ...

    def close(self) -> None:
        """Free files."""
        ...


class FloatStore:
    """float32 rows in memory."""

    def __init__(self, dims: int, text_dims: int) -> None:
        self._columns = column_parts(dims, text_dims)
        self._parts = [RowChunks(end - start, np.float32) for start, end in self._columns]

    def reserve(self, rows: int) -> None:
        """See `VectorStore`."""
        for part in self._parts:
            part.reserve(rows)

    def put(self, rows: NDArray[np.int64], vectors: NDArray[np.float16]) -> None:
        """See `VectorStore`."""
        for (start, end), part in zip(self._columns, self._parts, strict=True):
            part.put(rows, vectors[:, start:end])

    def scan(self, query: Vector, rows: int) -> NDArray[np.floating[Any]]:
        """See `VectorStore`; exact to float32 rounding."""
        scores = np.zeros(rows, np.float32)
        touched = self._touched(query)

        def work(first: int, last: int) -> None:
            for part, piece in touched:
                for row, block in part.blocks(first, last):
                    scores[row : row + len(block)] += _dots(block, piece)

        _in_threads(work, rows, 4 * len(query))
        return scores

    def gather(self, query: Vector, rows: NDArray[np.int64]) -> NDArray[np.floating[Any]]:
        """See `VectorStore`; exact to float32 rounding."""
        return self.cosines(query, rows)

    def cosines(self, query: Vector, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """See `VectorStore`."""
        cosines = np.zeros(len(rows), np.float32)
        for part, piece in self._touched(query):
            cosines += _dots(part.take(rows), piece)
        return cosines

    def exact(self, rows: NDArray[np.int64]) -> NDArray[np.float16]:
        """See `VectorStore`; the values came as float16, so nothing is lost on the way back."""
        return np.hstack([part.take(rows).astype(np.float16) for part in self._parts])

    def close(self) -> None:
        """See `VectorStore`."""

    def _touched(self, query: Vector) -> list[tuple[RowChunks, Vector]]:
        return [
            (part, query[start:end])
            for (start, end), part in zip(self._columns, self._parts, strict=True)
            if start < len(query)
        ]


class Int8Store:
    """int8 codes with one scale per row and part in memory, the exact rows in a file.

    A row is code x scale, scale = largest magnitude / 127; the query is cut the same way. Both roundings
    together keep the score within about 0.002, so that rescoring a few hundred more than wanted finds the
    true nearest.

    Args:
        dims: columns.
        text_dims: columns that a text query uses.
        scratch_directory: where exact rows go that no cache file holds yet.
        dots: kernel, replaced in tests.
    """

    def __init__(
        self, dims: int, text_dims: int, scratch_directory: Path, dots: Int8Dots | None = None
    ) -> None:
        self.columns = column_parts(dims, text_dims)
        self.codes = [RowChunks(end - start, np.int8) for start, end in self.columns]
        self.scales: list[NDArray[np.float64]] = [np.zeros(0) for _ in self.columns]
        self.exact_rows = ExactRows(dims, scratch_directory)
        self._dots = dots or int8_dots()

    def put(self, rows: NDArray[np.int64], vectors: NDArray[np.float16]) -> None:
        """See `VectorStore`."""
        for index, (start, end) in enumerate(self.columns):
            codes, scales = quantised(vectors[:, start:end].astype(np.float32))
            self.codes[index].put(rows, codes)
            self.scales[index][rows] = scales
        self.exact_rows.write(rows, vectors)

    def reserve(self, rows: int) -> None:
        """See `VectorStore`."""
        for index, codes in enumerate(self.codes):
            codes.reserve(rows)
            self.scales[index] = grown(self.scales[index], rows, 0.0)

    def scan(self, query: Vector, rows: int) -> NDArray[np.floating[Any]]:
        """See `VectorStore`."""
        scores = np.empty(rows, np.float64)
        pieces = self._pieces(query)

        def work(first: int, last: int) -> None:
            for index, (codes, scale) in enumerate(pieces):
                for row, block in self.codes[index].blocks(first, last):
                    span = slice(row, row + len(block))
                    dots = scores[span] if index == 0 else np.empty(len(block), np.float64)
                    self._dots(block, codes, dots)
                    dots *= self.scales[index][span]
                    dots *= scale
                    if index:
                        scores[span] += dots

        _in_threads(work, rows, len(query))
        return scores

    def gather(self, query: Vector, rows: NDArray[np.int64]) -> NDArray[np.floating[Any]]:
        """See `VectorStore`."""
        scores = np.zeros(len(rows), np.float64)
        dots = np.empty(len(rows), np.float64)
        for index, (codes, scale) in enumerate(self._pieces(query)):
            self._dots(self.codes[index].take(rows), codes, dots)
            scores += dots * self.scales[index][rows] * scale
        return scores

    def cosines(self, query: Vector, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """See `VectorStore`."""
        return _dots(self.exact_rows.read(rows, len(query)).astype(np.float32), query)

    def exact(self, rows: NDArray[np.int64]) -> NDArray[np.float16]:
        """See `VectorStore`."""
        return self.exact_rows.read(rows, self.columns[-1][1])

    def close(self) -> None:
        """See `VectorStore`."""
        self.exact_rows.close()

    def _pieces(self, query: Vector) -> list[tuple[NDArray[np.int8], float]]:
        pieces = []
        for start, end in self.columns:
            if start < len(query):
                codes, scales = quantised(query[np.newaxis, start:end])
                pieces.append((codes[0], float(scales[0])))
        return pieces


def quantised(rows: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float64]]:
    """Rows (k, width) as int8 codes and scales (k,); code x scale is within half a scale of the row."""
    scales = np.abs(rows).max(axis=1, initial=0.0).astype(np.float64) / 127.0
    inverse = np.divide(1.0, scales, out=np.zeros_like(scales), where=scales > _ZERO).astype(np.float32)
    return np.rint(rows * inverse[:, np.newaxis]).astype(np.int8), scales


def _dots(rows: NDArray[np.float32], query: Vector) -> NDArray[np.float32]:
    """Row by row, all in one order, so that equal rows get equal products.

    Not by BLAS: its threads wait for each other, and beside other busy processes a product takes
    ten times as long.
    """
    dots: NDArray[np.float32] = np.einsum("ij,j->i", rows, query)
    return dots


def _in_threads(work: Callable[[int, int], None], rows: int, row_bytes: int) -> None:
    """Call work(first, last) on spans that cover all rows, side by side where that pays."""
    threads = min(os.cpu_count() or 1, 4, rows * row_bytes // _THREAD_BYTES)
    if threads < 2:
        work(0, rows)
        return
    bounds = [rows * index // threads for index in range(threads + 1)]
    with ThreadPoolExecutor(threads - 1, "vector-scan") as pool:
        others = [pool.submit(work, a, b) for a, b in pairwise(bounds[1:])]
        work(bounds[0], bounds[1])
        for other in others:
            other.result()
