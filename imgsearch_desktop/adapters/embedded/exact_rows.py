"""The exact float16 rows behind an int8 matrix, in files: memory stays flat however many photos there are.

Rows are read one by one with positioned reads, not through a memory map: a thousand reads take two
milliseconds, the process does not grow with every page it ever looked at, and a disk that runs full is an
error instead of a killed process.
"""

from __future__ import annotations

import os
import tempfile
import threading
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray

from imgsearch_desktop.adapters.embedded.row_chunks import bytes_of, grown


class ExactRows:
    """float16 rows (dims,) by row number.

    Rows that came with a cache file are read from it; all others lie in a scratch file without a name, which
    is gone when the process ends, however it ends.

    Args:
        dims: columns.
        scratch_directory: where the scratch file is made.
    """

    def __init__(self, dims: int, scratch_directory: Path) -> None:
        self._dims = dims
        self._row_bytes = dims * 2
        self._scratch: IO[bytes] = tempfile.TemporaryFile(  # noqa: SIM115 - lives as long as the matrix
            prefix="embedded-", suffix=".scratch", dir=scratch_directory, buffering=0
        )
        self._used = 0
        self._slots = np.full(0, -1, np.int32)
        self._base: IO[bytes] | None = None
        self._base_offset = 0
        self._lock = threading.Lock()

    def set_base(self, file: IO[bytes], offset: int) -> None:
        """Rows not written since lie in `file` from byte `offset`, row after row; takes the file over.

        Forgets what the scratch file holds.
        """
        if self._base is not None and self._base is not file:
            self._base.close()
        self._base, self._base_offset = file, offset
        self._slots[:] = -1
        self._used = 0
        self._scratch.truncate(0)

    def release_base(self) -> None:
        """Close the file given to `set_base`: some systems replace no open file."""
        if self._base is not None:
            self._base.close()
            self._base = None

    def write(self, rows: NDArray[np.int64], vectors: NDArray[np.float16]) -> None:
        """Store vectors (k, dims) as distinct rows (k,)."""
        if not len(rows):
            return
        self._slots = grown(self._slots, int(rows.max()) + 1, -1)
        fresh = self._slots[rows] < 0
        count = int(fresh.sum())
        self._write_at(self._used, np.ascontiguousarray(vectors[fresh]))
        self._slots[rows[fresh]] = np.arange(self._used, self._used + count)
        self._used += count
        for row, vector in zip(rows[~fresh], vectors[~fresh], strict=True):
            self._write_at(int(self._slots[row]), vector)

    def read(self, rows: NDArray[np.int64], width: int) -> NDArray[np.float16]:
        """The first `width` columns of rows (k,) as (k, width)."""
        taken = np.zeros((len(rows), width), np.float16)
        memory = bytes_of(taken)
        bytes_each = width * 2
        known = len(self._slots)
        for index, row in enumerate(rows.tolist()):
            slot = int(self._slots[row]) if row < known else -1
            target = memory[index * bytes_each : (index + 1) * bytes_each]
            if slot >= 0:
                self._read_at(self._scratch, slot * self._row_bytes, target)
            elif self._base is not None:
                self._read_at(self._base, self._base_offset + row * self._row_bytes, target)
        return taken

    def close(self) -> None:
        """Close the files; safe to call twice."""
        self._scratch.close()
        self.release_base()

    def _write_at(self, slot: int, vectors: NDArray[np.float16]) -> None:
        data = bytes_of(vectors)
        with self._lock:
            self._scratch.seek(slot * self._row_bytes)
            while len(data):
                written = self._scratch.write(data)
                data = data[written:]

    def _read_at(self, file: IO[bytes], offset: int, target: memoryview) -> None:
        if hasattr(os, "preadv"):
            os.preadv(file.fileno(), [target], offset)
            return
        with self._lock:
            file.seek(offset)
            file.readinto(target)  # type: ignore[attr-defined]
