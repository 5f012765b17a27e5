"""The cache file of the matrix: used where everything fits, rebuilt where anything does not."""

from __future__ import annotations

import dataclasses
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from imgsearch_desktop.adapters.embedded.matrix_file import MatrixStamp, load, save
from imgsearch_desktop.adapters.embedded.vector_matrix import VectorMatrix
from imgsearch_desktop.domain.embedding import normalise

DIMS, TEXT_DIMS, ROWS = 24, 16, 500
STAMP = MatrixStamp("model-1", "library", "epoch", "generation", 77, 12)
FLOAT, INT8 = 10**9, 0

both = pytest.mark.parametrize("float_bytes", [FLOAT, INT8], ids=["float32", "int8"])


def filled(directory: Path, float_bytes: int) -> VectorMatrix:
    """With an empty row, a removed one and a blank one."""
    vectors = normalise(np.random.default_rng(1).standard_normal((ROWS, DIMS))).astype(np.float16)
    matrix = VectorMatrix(DIMS, TEXT_DIMS, directory, float_bytes)
    rows = np.array([row for row in range(ROWS) if row != 3])
    matrix.put(rows, rows + 1000, vectors[rows])
    matrix.remove(np.array([7]))
    matrix.put_blank(np.array([9]), np.array([1009]))
    return matrix


def fresh(directory: Path, float_bytes: int) -> VectorMatrix:
    return VectorMatrix(DIMS, TEXT_DIMS, directory, float_bytes)


def assert_same(first: VectorMatrix, second: VectorMatrix) -> None:
    np.testing.assert_array_equal(first.photo_ids, second.photo_ids)
    np.testing.assert_array_equal(first.alive, second.alive)
    query = normalise(np.random.default_rng(2).standard_normal(DIMS))
    for width in (DIMS, TEXT_DIMS):
        found = [matrix.nearest(query[:width], 400, None) for matrix in (first, second)]
        np.testing.assert_array_equal(found[0][0], found[1][0])
        np.testing.assert_array_equal(found[0][1], found[1][1])


@both
def test_what_was_saved_comes_back(tmp_path: Path, float_bytes: int) -> None:
    matrix, again = filled(tmp_path, float_bytes), fresh(tmp_path, float_bytes)
    path = tmp_path / "m.vectors"
    save(path, matrix, STAMP)
    later = dataclasses.replace(STAMP, change_id=80, sequence=15)
    assert load(path, again, later) == STAMP
    assert_same(matrix, again)
    assert [entry.name for entry in tmp_path.iterdir()] == ["m.vectors"]
    matrix.close()
    again.close()


@both
def test_a_loaded_matrix_goes_on_and_is_saved_again(tmp_path: Path, float_bytes: int) -> None:
    """Rows written after loading, overwritten ones and new ones, are exact and outlive the next saving."""
    path = tmp_path / "m.vectors"
    first = filled(tmp_path, float_bytes)
    save(path, first, STAMP)
    matrix = fresh(tmp_path, float_bytes)
    load(path, matrix, STAMP)
    changed = np.array([3, 5, 250, ROWS, ROWS + 40])
    vectors = normalise(np.random.default_rng(3).standard_normal((5, DIMS))).astype(np.float16)
    for owner in (first, matrix):
        owner.put(changed, changed + 5000, vectors)
    assert_same(first, matrix)
    later = dataclasses.replace(STAMP, sequence=20)
    save(path, matrix, later)
    assert_same(first, matrix)  # reads the new file now
    again = fresh(tmp_path, float_bytes)
    assert load(path, again, later) == later
    assert_same(first, again)
    for owner in (first, matrix, again):
        owner.close()


def test_an_empty_matrix_is_saved_too(tmp_path: Path) -> None:
    matrix = fresh(tmp_path, FLOAT)
    save(tmp_path / "m", matrix, STAMP)
    assert load(tmp_path / "m", fresh(tmp_path, FLOAT), STAMP) == STAMP


@pytest.mark.parametrize(
    "change",
    [
        {"model_id": "model-2"},
        {"library_id": "other"},
        {"epoch": "other"},
        {"generation": "other"},
        {"change_id": 76},
        {"sequence": 11},
    ],
)
def test_a_file_of_another_state_is_not_used(tmp_path: Path, change: dict[str, int | str]) -> None:
    matrix, again = filled(tmp_path, INT8), fresh(tmp_path, INT8)
    save(tmp_path / "m", matrix, STAMP)
    assert load(tmp_path / "m", again, dataclasses.replace(STAMP, **change)) is None  # type: ignore[arg-type]
    matrix.close()
    again.close()


def test_a_file_of_another_shape_or_precision_is_not_used(tmp_path: Path) -> None:
    matrix = filled(tmp_path, INT8)
    save(tmp_path / "m", matrix, STAMP)
    for other in (
        VectorMatrix(DIMS + 1, TEXT_DIMS, tmp_path, INT8),
        VectorMatrix(DIMS, TEXT_DIMS + 1, tmp_path, INT8),
        VectorMatrix(DIMS, TEXT_DIMS, tmp_path, FLOAT),
    ):
        assert load(tmp_path / "m", other, STAMP) is None
        other.close()
    matrix.close()


def flip(position: int) -> Callable[[bytes], bytes]:
    return lambda data: data[:position] + bytes([data[position] ^ 0x55]) + data[position + 1 :]


@both
@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[:100],
        lambda data: data[:4096],
        lambda data: data[: len(data) // 2],
        lambda data: data[:-1],
        lambda data: data + b"\0",
        lambda data: data[:-8] + b"\0" * 8,
        lambda data: b"\0" * len(data),
        flip(0),
        flip(20),
        flip(4096 + 50),
        flip(4096 + ROWS * 8 + 5),
    ],
)
def test_a_damaged_file_is_not_used(
    tmp_path: Path, float_bytes: int, damage: Callable[[bytes], bytes]
) -> None:
    path = tmp_path / "m"
    matrix, again = filled(tmp_path, float_bytes), fresh(tmp_path, float_bytes)
    save(path, matrix, STAMP)
    matrix.close()
    path.write_bytes(damage(path.read_bytes()))
    assert load(path, again, STAMP) is None
    again.close()


def test_no_file_or_no_permission_is_no_harm(tmp_path: Path) -> None:
    assert load(tmp_path / "none", fresh(tmp_path, FLOAT), STAMP) is None
    assert load(tmp_path, fresh(tmp_path, FLOAT), STAMP) is None


def test_what_a_killed_saving_left_is_swept_away(tmp_path: Path) -> None:
    path = tmp_path / "m.vectors"
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    running = tmp_path / f"m.vectors.{os.getpid()}.tmp"
    for left in (tmp_path / f"m.vectors.{ended.pid}.tmp", tmp_path / "m.vectors.x.tmp", running):
        left.write_bytes(b"half")
    load(path, fresh(tmp_path, FLOAT), STAMP)
    assert list(tmp_path.iterdir()) == [running]


@both
def test_saving_that_fails_leaves_the_old_file(
    tmp_path: Path, float_bytes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "m"
    matrix = filled(tmp_path, float_bytes)
    save(path, matrix, STAMP)
    before = path.read_bytes()

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    matrix.remove(np.array([1]))
    with pytest.raises(OSError, match="space"):
        save(path, matrix, dataclasses.replace(STAMP, sequence=13))
    monkeypatch.undo()
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["m"]
    assert matrix.nearest(normalise(np.ones(DIMS)), 3, None)[0].size == 3
    matrix.close()
