"""The vector matrix against a naive numpy reference, in both precisions and with both kernels."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from numpy.typing import NDArray

from imgsearch_desktop.adapters.embedded import row_chunks, vector_matrix, vector_stores
from imgsearch_desktop.adapters.embedded.int8_kernel import Int8Dots, int8_dots, numpy_dots
from imgsearch_desktop.adapters.embedded.largest import largest
from imgsearch_desktop.adapters.embedded.vector_matrix import VectorMatrix
from imgsearch_desktop.adapters.embedded.vector_stores import Int8Store, quantised
from imgsearch_desktop.domain.embedding import normalise

DIMS, TEXT_DIMS = 24, 16
FLOAT, INT8 = 10**9, 0


@pytest.fixture(params=["numkong", "numpy"])
def dots(request: pytest.FixtureRequest) -> Int8Dots:
    if request.param == "numkong":
        pytest.importorskip("numkong", reason="numkong has no build for this machine")
        assert int8_dots() is not numpy_dots
        return int8_dots()
    return numpy_dots


@pytest.mark.parametrize("shape", [(0, 5), (1, 1), (7, 512), (1500, 256), (513, 768)])
def test_a_kernel_computes_exact_dot_products(dots: Int8Dots, shape: tuple[int, int]) -> None:
    rng = np.random.default_rng(1)
    rows = rng.integers(-127, 128, shape, dtype=np.int8)
    query = rng.integers(-127, 128, shape[1], dtype=np.int8)
    out = np.full(shape[0], np.nan)
    dots(rows, query, out)
    np.testing.assert_array_equal(out, rows.astype(np.int64) @ query.astype(np.int64))


def test_a_kernel_that_computes_something_else_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    numkong = pytest.importorskip("numkong")

    def wrong(query: Any, rows: Any, metric: str, out: NDArray[np.float64]) -> None:
        out[:] = 0

    monkeypatch.setattr(numkong, "cdist", wrong)
    int8_dots.cache_clear()
    assert int8_dots() is numpy_dots
    monkeypatch.undo()
    int8_dots.cache_clear()


@given(st.lists(st.floats(-1, 1, width=32), min_size=1, max_size=20))
@settings(deadline=None)
def test_int8_codes_are_within_half_a_step(values: list[float]) -> None:
    row = np.array([values], np.float32)
    codes, scales = quantised(row)
    assert np.abs(codes.astype(np.float64) * scales[:, None] - row).max() <= scales[0] * 0.501 + 1e-12


@given(
    st.integers(0, 120_000),
    st.integers(0, 3000),
    st.sampled_from([np.float32, np.float64]),
    st.integers(0, 5),
    st.sampled_from(["random", "equal", "sorted", "sparse", "none"]),
)
@settings(deadline=None, max_examples=60)
def test_the_largest_are_the_largest(size: int, count: int, dtype: Any, seed: int, kind: str) -> None:
    rng = np.random.default_rng(seed)
    scores = rng.standard_normal(size).astype(dtype)
    if kind == "equal":
        scores = np.round(scores)
    elif kind == "sorted":
        scores.sort()
    elif kind in ("sparse", "none"):
        scores[rng.random(size) < (0.999 if kind == "sparse" else 2)] = -np.inf
    found = largest(scores, count)
    finite = np.sort(scores[np.isfinite(scores)])[::-1]
    np.testing.assert_array_equal(np.sort(scores[found])[::-1], finite[:count])
    assert len(np.unique(found)) == len(found)


def reference(
    held: dict[int, tuple[int, NDArray[np.float16]]], query: NDArray[np.float32], allowed: set[int] | None
) -> dict[int, float]:
    """Cosine per photo that may be found."""
    width = len(query)
    return {
        photo_id: float((vector[:width].astype(np.float64) * query).sum())
        for row, (photo_id, vector) in held.items()
        if allowed is None or row in allowed
    }


def assert_nearest(
    found: tuple[NDArray[np.int64], NDArray[np.float32]], wanted: dict[int, float], limit: int
) -> None:
    """The right photos in the right order; photos whose cosines differ by rounding only may swap."""
    ids, cosines = found[0].tolist(), found[1]
    assert len(ids) == len(set(ids)) == min(limit, len(wanted))
    best = sorted(wanted.values(), reverse=True)[: len(ids)]
    np.testing.assert_allclose([wanted[photo_id] for photo_id in ids], best, atol=1e-5)
    np.testing.assert_allclose(cosines, best, atol=1e-5)


class MatrixMachine(RuleBasedStateMachine):
    """Adds, updates, deletes, reuses rows; what is nearest always agrees with the reference."""

    directory: Path
    float_bytes: int

    @initialize(seed=st.integers(0, 1000))
    def begin(self, seed: int) -> None:
        self.rng = np.random.default_rng(seed)
        self.matrix = VectorMatrix(DIMS, TEXT_DIMS, self.directory, self.float_bytes)
        self.held: dict[int, tuple[int, NDArray[np.float16]]] = {}
        self.next_photo = 1

    def drawn(self, count: int) -> NDArray[np.float16]:
        """Clustered unit vectors: neighbours, not noise."""
        centres = np.random.default_rng(7).standard_normal((3, DIMS))
        picked = centres[self.rng.integers(0, 3, count)]
        return normalise(picked + 0.3 * self.rng.standard_normal((count, DIMS))).astype(np.float16)

    @rule(count=st.integers(1, 40), gap=st.integers(0, 3))
    def add(self, count: int, gap: int) -> None:
        start = max(self.held, default=-1) + 1 + gap
        self.write(list(range(start, start + count)))

    @rule(data=st.data())
    def overwrite(self, data: st.DataObject) -> None:
        if self.held:
            rows = data.draw(
                st.lists(st.sampled_from(sorted(self.held)), unique=True, min_size=1, max_size=9)
            )
            self.write(rows)

    def write(self, rows: list[int]) -> None:
        vectors = self.drawn(len(rows))
        ids = list(range(self.next_photo, self.next_photo + len(rows)))
        self.next_photo += len(rows)
        self.matrix.put(np.array(rows), np.array(ids), vectors)
        self.held.update(zip(rows, zip(ids, vectors, strict=True), strict=True))

    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        rows = data.draw(st.lists(st.integers(0, max(self.held, default=0) + 2), unique=True, max_size=12))
        self.matrix.remove(np.array(rows, np.int64))
        for row in rows:
            self.held.pop(row, None)

    @rule(data=st.data())
    def blank(self, data: st.DataObject) -> None:
        """A photo whose embedding is gone is no vector hit."""
        if self.held:
            row = data.draw(st.sampled_from(sorted(self.held)))
            photo_id, _ = self.held.pop(row)
            self.matrix.put_blank(np.array([row]), np.array([photo_id]))

    @rule(limit=st.integers(1, 60), text=st.booleans(), share=st.sampled_from([None, 0.0, 0.02, 0.3, 1.0]))
    def ask(self, limit: int, text: bool, share: float | None) -> None:
        query = self.drawn(1)[0].astype(np.float32)[: TEXT_DIMS if text else DIMS]
        mask = None if share is None else self.rng.random(self.matrix.rows) < share
        allowed = None if mask is None else set(np.flatnonzero(mask).tolist())
        assert_nearest(self.matrix.nearest(query, limit, mask), reference(self.held, query, allowed), limit)

    @invariant()
    def knows_its_photos(self) -> None:
        if hasattr(self, "matrix"):
            alive = np.flatnonzero(self.matrix.alive)
            assert alive.tolist() == sorted(self.held)
            assert self.matrix.photo_ids[alive].tolist() == [self.held[row][0] for row in sorted(self.held)]

    def teardown(self) -> None:
        if hasattr(self, "matrix"):
            self.matrix.close()


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Chunks, spare hits and thread spans so small that a few dozen rows cross every border."""
    monkeypatch.setattr(row_chunks.RowChunks.__init__, "__defaults__", (16,))
    monkeypatch.setattr(vector_matrix, "SPARE", 20)
    monkeypatch.setattr(vector_matrix, "_CONVERT_ROWS", 7)
    monkeypatch.setattr(vector_stores, "_THREAD_BYTES", 1000)
    yield


@pytest.mark.parametrize("float_bytes", [FLOAT, 50 * DIMS * 4, INT8], ids=["float32", "changing", "int8"])
@pytest.mark.parametrize("kernel", ["numkong", "numpy"])
@pytest.mark.usefixtures("small_pieces")
def test_the_nearest_agree_with_a_naive_search(
    tmp_path: Path, float_bytes: int, kernel: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if kernel == "numpy":
        monkeypatch.setattr(vector_stores, "int8_dots", lambda: numpy_dots)
    machine = type("Machine", (MatrixMachine,), {"directory": tmp_path, "float_bytes": float_bytes})
    run_state_machine_as_test(
        machine, settings=settings(max_examples=25, stateful_step_count=25, deadline=None)
    )
    assert list(tmp_path.iterdir()) == []


def test_it_turns_to_int8_when_it_grows(tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    vectors = normalise(rng.standard_normal((3000, DIMS))).astype(np.float16)
    matrix = VectorMatrix(DIMS, TEXT_DIMS, tmp_path, 1000 * DIMS * 4)
    query = vectors[17].astype(np.float32)
    answers = []
    for start in range(0, 3000, 500):
        rows = np.arange(start, start + 500)
        matrix.put(rows, rows + 1, vectors[rows])
        answers.append((isinstance(matrix.store, Int8Store), matrix.nearest(query, 5, None)[0][0]))
    assert answers == [(False, 18), (False, 18), *[(True, 18)] * 4]
    matrix.close()


def test_hits_beyond_the_exact_ones_stay_in_order(tmp_path: Path) -> None:
    rng = np.random.default_rng(4)
    vectors = normalise(rng.standard_normal((6000, DIMS))).astype(np.float16)
    matrix = VectorMatrix(DIMS, TEXT_DIMS, tmp_path, INT8)
    matrix.put(np.arange(6000), np.arange(6000), vectors)
    query = vectors[0].astype(np.float32)
    ids, cosines = matrix.nearest(query, 4000, None)
    exact = vectors.astype(np.float32) @ query
    assert len(set(ids.tolist())) == 4000
    assert (np.diff(cosines) <= 0).all()
    np.testing.assert_allclose(
        cosines[: vector_matrix.EXACT], np.sort(exact)[::-1][: vector_matrix.EXACT], atol=1e-5
    )
    np.testing.assert_allclose(cosines, exact[ids], atol=0.02)
    matrix.close()


def test_recall_of_clustered_vectors_is_that_of_an_exact_search(tmp_path: Path) -> None:
    rng = np.random.default_rng(5)
    dims, text_dims = 192, 128
    centres = rng.standard_normal((30, dims))
    vectors = normalise(centres[rng.integers(0, 30, 20_000)] + 0.4 * rng.standard_normal((20_000, dims)))
    stored = vectors.astype(np.float16)
    matrix = VectorMatrix(dims, text_dims, tmp_path, INT8)
    matrix.put(np.arange(20_000), np.arange(20_000), stored)
    found = 0
    for number in range(20):
        query = vectors[number * 37]
        exact = np.argsort(-(stored.astype(np.float32) @ query), kind="stable")[:100]
        found += len(set(matrix.nearest(query, 100, None)[0].tolist()) & set(exact.tolist()))
    assert found / 2000 >= 0.999
    matrix.close()


def test_exact_rows_are_read_on_systems_without_positioned_reads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vectors = normalise(np.random.default_rng(6).standard_normal((400, DIMS))).astype(np.float16)
    matrix = VectorMatrix(DIMS, TEXT_DIMS, tmp_path, INT8)
    matrix.put(np.arange(400), np.arange(400), vectors)
    query = vectors[5].astype(np.float32)
    with_them = matrix.nearest(query, 50, None)
    monkeypatch.delattr("os.preadv")
    without = matrix.nearest(query, 50, None)
    np.testing.assert_array_equal(without[0], with_them[0])
    np.testing.assert_array_equal(without[1], with_them[1])
    matrix.close()


def test_memory_grows_by_chunks_and_nothing_is_copied(tmp_path: Path) -> None:
    matrix = VectorMatrix(DIMS, TEXT_DIMS, tmp_path, FLOAT)
    matrix.put(np.arange(10), np.arange(10), np.zeros((10, DIMS), np.float16))
    store: Any = matrix.store
    first = store._parts[0]._chunks[0]
    matrix.put(np.arange(10, 40_000), np.arange(10, 40_000), np.zeros((39_990, DIMS), np.float16))
    assert store._parts[0]._chunks[0] is first
    matrix.close()
