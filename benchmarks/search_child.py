"""Fills the embedded engine with a synthetic library, searches it and prints the figures; run as a process.

``python -m benchmarks.search_child PHOTOS`` prints one line of JSON, a dict of figures by name.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeVar, cast

import numpy as np
import psutil
from numpy.typing import NDArray

from benchmarks.synthetic_library import SyntheticCatalogue, SyntheticLibrary
from imgsearch_desktop.adapters.embedded.index import EmbeddedIndex
from imgsearch_desktop.adapters.embedded.vector_matrix import VectorMatrix
from imgsearch_desktop.adapters.models.starter.model import StarterModel
from imgsearch_desktop.adapters.models.starter.packages import read_class_names
from imgsearch_desktop.application.active_model import FixedModel
from imgsearch_desktop.application.ports import ExampleReader, IndexRequest
from imgsearch_desktop.application.search_photos import SearchPhotos
from imgsearch_desktop.application.sync_engine import EngineFeed
from imgsearch_desktop.domain.embedding import Vectors, normalise
from imgsearch_desktop.domain.filters import Filters, FolderFilter
from imgsearch_desktop.domain.query_parser import parse

T = TypeVar("T")
CACHE = Path(__file__).parents[1] / ".cache" / "bench"
TYPED = (
    "dog",
    "seashore",
    "red car",
    "Hund am Strand",
    "mountain lake -snow",
    "birthday cake",
    "castle 2014",
    "pictures canon",
    '"castle 112"',
    "sunset over the harbour",
    "IMG_2041",
    "кошка",
    "flower type:heic",
    "train after:2015-01-01 before:2016-12-31",
    "guitar after:2012-01-01 before:2012-02-15",
)
ROUNDS = 6


def measure(photos: int) -> dict[str, float]:
    """Everything about one size of library.

    Args:
        photos: how many.

    Returns:
        By name: milliseconds (``*_ms``), megabytes (``*_mb``), seconds (``*_s``), photos per second, recall.
    """
    model = StarterModel(CACHE / "starter")
    words = read_class_names()
    centres = normalise(model.text_encoder.encode(words).vectors[:, : model.spec.text_dims])
    figures = _vector_part(SyntheticLibrary(photos, words, centres, 0), "512")
    joint = SyntheticLibrary(photos, words, centres, model.spec.dims - model.spec.text_dims)
    figures |= _whole_engine(joint, model)
    return figures


def _vector_part(library: SyntheticLibrary, name: str) -> dict[str, float]:
    """The matrix alone: time, recall against an exact search, memory."""
    before = _rss()
    with tempfile.TemporaryDirectory(dir=CACHE) as scratch:
        matrix = VectorMatrix(library.dims, library.text_centres.shape[1], Path(scratch))
        for first, vectors in library.blocks():
            rows = np.arange(first - 1, first - 1 + len(vectors))
            matrix.put(rows, rows + 1, vectors)
        memory = _rss() - before
        queries = _queries(library)
        times = _times(lambda query: matrix.nearest(query, 100, None), queries)
        found = [matrix.nearest(query, 100, None)[0] for query in queries]
        one_percent = np.random.default_rng(2).random(matrix.rows) < 0.01
        filtered = _times(lambda query: matrix.nearest(query, 100, one_percent), queries)
        matrix.close()
    exact = _exact(library, queries)
    recall = _recall(found, exact)
    return {
        f"vector_{name}_p50_ms": _percentile(times, 50),
        f"vector_{name}_p95_ms": _percentile(times, 95),
        f"vector_{name}_1_percent_p95_ms": _percentile(filtered, 95),
        f"vector_{name}_recall": recall,
        f"vector_{name}_mb": memory,
    }


def _whole_engine(library: SyntheticLibrary, model: StarterModel) -> dict[str, float]:
    """The engine fed, reopened and searched as the product searches it."""
    figures: dict[str, float] = {}
    reader = SyntheticCatalogue(library).reader
    model_id = model.spec.model_id
    with tempfile.TemporaryDirectory(dir=CACHE) as directory:
        before = _rss()
        index = EmbeddedIndex(Path(directory), reader)
        index.reset(model.spec, "bench", "bench")
        started = time.perf_counter()
        for first, vectors in library.blocks():
            documents = [library.document(first + at, vector) for at, vector in enumerate(vectors)]
            index.apply(model_id, documents, [], first + len(vectors) - 1)
        figures["feed_per_s"] = library.photos / (time.perf_counter() - started)
        figures["fed_mb"] = _rss() - before
        started = time.perf_counter()
        index.close()
        figures["save_s"] = time.perf_counter() - started
        database = sum(file.stat().st_size for file in Path(directory).glob("*.sqlite*"))
        figures["database_bytes_per_photo"] = database / library.photos
        index = EmbeddedIndex(Path(directory), reader)
        empty = IndexRequest(model_id, vector=_queries(library)[0], limit=1)
        started = time.perf_counter()
        index.search(empty)
        figures["open_s"] = time.perf_counter() - started
        figures |= _searches(index, library, model, reader)
        figures["searched_mb"] = _rss()
        index.close()
        for file in Path(directory).glob("*.vectors"):
            file.unlink()
        index = EmbeddedIndex(Path(directory), reader)
        started = time.perf_counter()
        index.search(empty)
        figures["rebuild_s"] = time.perf_counter() - started
        index.close()
    return figures


class _FedAlready:
    """Stands for the feed of an engine that holds everything."""

    def holds_this_library(self) -> bool:
        return True


def _searches(
    index: EmbeddedIndex, library: SyntheticLibrary, model: StarterModel, reader: Any
) -> dict[str, float]:
    models = FixedModel(model, cast(EngineFeed, _FedAlready()))
    photos = SearchPhotos(reader, index, models, cast(ExampleReader, None))
    model_id = model.spec.model_id
    typed = [parse(text) for text in TYPED]
    encoded = _times(lambda text: model.text_encoder.encode([text]), [query.text for query in typed])
    whole = _times(lambda query: photos.search(query, prefix_last=True), typed)
    pictures = _queries(library)
    near = _times(lambda q: index.search(IndexRequest(model_id, vector=q, limit=100)), pictures)
    found = [index.search(IndexRequest(model_id, vector=query, limit=100)).photo_ids for query in pictures]
    exact = _exact(library, pictures)
    recall = _recall(found, exact)
    words = model.text_encoder.encode([query.text or "x" for query in typed]).vectors
    filters = Filters(
        folders=(FolderFilter(library.document(1, pictures[0]).places[0].root_id, b"2014"),),
        after=date(2014, 3, 1),
        cameras=("nikon d750",),
    )
    requests = [
        IndexRequest(model_id, vector, True, ("castle", "img"), True, filters=filters, limit=1000)
        for vector in words
    ]
    filtered = _times(index.search, requests)
    return {
        "encode_p50_ms": _percentile(encoded, 50),
        "encode_p95_ms": _percentile(encoded, 95),
        "search_p50_ms": _percentile(whole, 50),
        "search_p95_ms": _percentile(whole, 95),
        "similar_768_p50_ms": _percentile(near, 50),
        "similar_768_p95_ms": _percentile(near, 95),
        "similar_768_recall": recall,
        "filtered_p50_ms": _percentile(filtered, 50),
        "filtered_p95_ms": _percentile(filtered, 95),
    }


def _queries(library: SyntheticLibrary) -> Vectors:
    """Pictures near to some of the library, none of them in it."""
    rng = np.random.default_rng(9)
    numbers = rng.integers(1, library.photos, 20)
    rows = np.concatenate([library.vectors(int(number), 1) for number in numbers]).astype(np.float32)
    noise = rng.standard_normal(rows.shape, dtype=np.float32) * (0.3 / np.sqrt(library.dims))
    return normalise(rows + noise)


def _exact(library: SyntheticLibrary, queries: Vectors, count: int = 100) -> list[NDArray[np.int64]]:
    """The true nearest photos of each query, by float32 products over every vector."""
    best_ids = np.zeros((len(queries), 0), np.int64)
    best = np.zeros((len(queries), 0), np.float32)
    for first, vectors in library.blocks():
        scores = queries @ vectors.astype(np.float32).T
        ids = np.broadcast_to(np.arange(first, first + len(vectors)), scores.shape)
        best, best_ids = np.hstack([best, scores]), np.hstack([best_ids, ids])
        keep = np.argsort(-best, axis=1, kind="stable")[:, :count]
        best, best_ids = np.take_along_axis(best, keep, 1), np.take_along_axis(best_ids, keep, 1)
    return list(best_ids)


def _recall(found: Sequence[NDArray[np.int64]], exact: Sequence[NDArray[np.int64]]) -> float:
    shares = [len(set(a.tolist()) & set(b.tolist())) / len(b) for a, b in zip(found, exact, strict=True)]
    return float(np.mean(shares))


def _times(work: Callable[[T], object], inputs: Iterable[T]) -> NDArray[np.float64]:
    """Milliseconds of the work on each input, `ROUNDS` times, after one round that does not count."""
    times, inputs = [], list(inputs)
    for number in range(ROUNDS + 1):
        for one in inputs:
            started = time.perf_counter()
            work(one)
            if number:
                times.append((time.perf_counter() - started) * 1000)
    return np.array(times)


def _percentile(times: NDArray[np.float64], percent: int) -> float:
    return float(np.percentile(times, percent))


def _rss() -> float:
    return float(psutil.Process().memory_info().rss) / 1e6


if __name__ == "__main__":
    CACHE.mkdir(parents=True, exist_ok=True)
    print(json.dumps(measure(int(sys.argv[1]))))
