"""The cache file of a matrix: written aside and moved into place, believed only where everything fits.

Layout: a header of 4,096 bytes (magic, length and CRC of the JSON, the JSON), then photo ids (int64, -1 for
an empty row), alive flags (uint8), for an int8 matrix per part the scales (float64) and codes (int8), then
the exact rows (float16), then the magic again. A file that lacks its end, belongs to another state or
machine, or was cut, is not used: the matrix is built again from the catalogue.
"""

from __future__ import annotations

import contextlib
import glob
import json
import os
import sys
import zlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from imgsearch_desktop.adapters.embedded.row_chunks import bytes_of
from imgsearch_desktop.adapters.embedded.vector_matrix import VectorMatrix
from imgsearch_desktop.adapters.embedded.vector_stores import Int8Store

_MAGIC = b"IMSEVEC1"
_HEADER_BYTES = 4096
_ROWS_AT_ONCE = 8192


@dataclass(frozen=True, slots=True)
class MatrixStamp:
    """Which state a matrix reflects.

    Attributes:
        model_id: whose vectors.
        library_id: of which library.
        epoch: of that library.
        generation: random, new with every reset of the projection.
        change_id: position of the projection.
        sequence: batches applied to the projection.
    """

    model_id: str
    library_id: str
    epoch: str
    generation: str
    change_id: int
    sequence: int

    def continues(self, saved: MatrixStamp) -> bool:
        """Whether a matrix saved at `saved` can catch up to this state."""
        same = (self.model_id, self.library_id, self.epoch, self.generation)
        return same == (saved.model_id, saved.library_id, saved.epoch, saved.generation) and (
            saved.sequence <= self.sequence and saved.change_id <= self.change_id
        )


def save(path: Path, matrix: VectorMatrix, stamp: MatrixStamp) -> None:
    """Write the whole matrix; afterwards it reads its exact rows from the new file.

    Raises:
        OSError: no room or no permission; the old file is as it was.
    """
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("wb") as file:
            _write(file, matrix, stamp)
            file.flush()
            os.fsync(file.fileno())
        store = matrix.store
        if isinstance(store, Int8Store) and os.name == "nt":
            store.exact_rows.release_base()  # Windows replaces no open file
        temporary.replace(path)
        _sync_directory(path.parent)
        if isinstance(store, Int8Store):
            store.exact_rows.set_base(path.open("rb", buffering=0), _layout(matrix)[-1].offset)
    finally:
        temporary.unlink(missing_ok=True)


def load(path: Path, matrix: VectorMatrix, current: MatrixStamp) -> MatrixStamp | None:
    """Fill an empty matrix from its cache file.

    Args:
        path: the file.
        matrix: empty.
        current: the state of the projection now.

    Returns:
        The state the matrix is in now; None, with the matrix still empty, where the file cannot be used.
    """
    _sweep(path)
    with contextlib.ExitStack() as opened:
        try:
            file = opened.enter_context(path.open("rb", buffering=0))
            header = _read_header(file)
            stamp = MatrixStamp(**header["stamp"])
            rows = int(header["rows"])
        except (OSError, ValueError, KeyError, TypeError):
            return None
        if not current.continues(stamp) or header["shape"] != _shape(matrix, rows):
            return None
        matrix.reserve(rows)
        if header["precision"] != _precision(matrix) or not _ends_well(file, matrix, path):
            return None
        if _read_rows(file, matrix, int(header["crc"])):
            opened.pop_all()
            if not isinstance(matrix.store, Int8Store):
                file.close()
            return stamp
    return None


@dataclass(frozen=True, slots=True)
class _Section:
    offset: int
    size: int


def _layout(matrix: VectorMatrix) -> list[_Section]:
    """Where each section lies: ids, alive, (scales, codes) per part, exact rows."""
    rows = matrix.rows
    sizes = [8 * rows, rows]
    if isinstance(matrix.store, Int8Store):
        for start, end in matrix.store.columns:
            sizes += [8 * rows, (end - start) * rows]
    sizes.append(2 * matrix.dims * rows)
    sections, offset = [], _HEADER_BYTES
    for size in sizes:
        sections.append(_Section(offset, size))
        offset += size
    return sections


def _shape(matrix: VectorMatrix, rows: int) -> list[int]:
    return [rows, matrix.dims, matrix.text_dims]


def _precision(matrix: VectorMatrix) -> str:
    return "int8" if isinstance(matrix.store, Int8Store) else "float32"


def _write(file: IO[bytes], matrix: VectorMatrix, stamp: MatrixStamp) -> None:
    ids, alive = matrix.photo_ids, matrix.alive
    described = {
        "stamp": asdict(stamp),
        "rows": matrix.rows,
        "shape": _shape(matrix, matrix.rows),
        "precision": _precision(matrix),
        "byteorder": sys.byteorder,
        "crc": _checksum(ids, alive),
    }
    text = json.dumps(described).encode()
    header = _MAGIC + len(text).to_bytes(4, "little") + zlib.crc32(text).to_bytes(4, "little") + text
    file.write(header.ljust(_HEADER_BYTES, b"\0"))
    file.write(bytes_of(ids))
    file.write(bytes_of(alive))
    if isinstance(matrix.store, Int8Store):
        for codes, scales in zip(matrix.store.codes, matrix.store.scales, strict=True):
            file.write(scales[: matrix.rows].tobytes())
            for _, block in codes.blocks(0, matrix.rows):
                file.write(bytes_of(block))
    for rows in _row_blocks(matrix.rows):
        exact = matrix.store.exact(rows)
        exact[~alive[rows]] = 0
        file.write(bytes_of(exact))
    file.write(_MAGIC)


def _read_header(file: IO[bytes]) -> dict[str, Any]:
    header = file.read(_HEADER_BYTES)
    length = int.from_bytes(header[8:12], "little")
    text = header[16 : 16 + length]
    if header[:8] != _MAGIC or len(text) != length or zlib.crc32(text).to_bytes(4, "little") != header[12:16]:
        raise ValueError("no header of ours")
    described: dict[str, Any] = json.loads(text)
    if described["byteorder"] != sys.byteorder:
        raise ValueError("written on another kind of machine")
    return described


def _ends_well(file: IO[bytes], matrix: VectorMatrix, path: Path) -> bool:
    last = _layout(matrix)[-1]
    end = last.offset + last.size
    if path.stat().st_size != end + len(_MAGIC):
        return False
    file.seek(end)
    return file.read(len(_MAGIC)) == _MAGIC


def _read_rows(file: IO[bytes], matrix: VectorMatrix, crc: int) -> bool:
    """Read every section into the matrix; the exact rows of an int8 matrix stay in the file."""
    sections = iter(_layout(matrix))
    ids = np.empty(matrix.rows, np.int64)
    alive = np.empty(matrix.rows, np.uint8)
    complete = _fill(file, next(sections), ids) and _fill(file, next(sections), alive)
    if not complete or _checksum(ids, alive) != crc:
        return False
    if isinstance(matrix.store, Int8Store):
        for codes, scales in zip(matrix.store.codes, matrix.store.scales, strict=True):
            complete = complete and _fill(file, next(sections), scales[: matrix.rows])
            file.seek(next(sections).offset)
            complete = complete and all(_read_into(file, block) for _, block in codes.blocks(0, matrix.rows))
        matrix.store.exact_rows.set_base(file, next(sections).offset)
    else:
        file.seek(next(sections).offset)
        for rows in _row_blocks(matrix.rows):
            exact = np.empty((len(rows), matrix.dims), np.float16)
            complete = complete and _read_into(file, exact)
            matrix.store.put(rows, exact)
    if complete:
        matrix.photo_ids[:] = ids
        matrix.alive[:] = alive.view(np.bool_)
    return complete


def _fill(file: IO[bytes], section: _Section, array: NDArray[Any]) -> bool:
    file.seek(section.offset)
    return _read_into(file, array)


def _read_into(file: IO[bytes], array: NDArray[Any]) -> bool:
    memory = bytes_of(array)
    while len(memory):
        count = file.readinto(memory)  # type: ignore[attr-defined]
        if not count:
            return False
        memory = memory[count:]
    return True


def _checksum(ids: NDArray[np.int64], alive: NDArray[Any]) -> int:
    return zlib.crc32(bytes_of(alive), zlib.crc32(bytes_of(ids)))


def _row_blocks(rows: int) -> Iterator[NDArray[np.int64]]:
    for start in range(0, rows, _ROWS_AT_ONCE):
        yield np.arange(start, min(rows, start + _ROWS_AT_ONCE))


def _sweep(path: Path) -> None:
    """Delete what processes that were killed while saving have left."""
    for left in path.parent.glob(f"{glob.escape(path.name)}.*.tmp"):
        import psutil

        owner = left.suffixes[-2].removeprefix(".")
        if not (owner.isdigit() and psutil.pid_exists(int(owner))):
            left.unlink(missing_ok=True)


def _sync_directory(directory: Path) -> None:
    """Make the move durable where directories can be synced."""
    if os.name == "nt":
        return
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
