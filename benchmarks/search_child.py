"""Fills the embedded engine with a synthetic library, searches it and prints the figures; run as a process.

``python -m benchmarks.search_child PHOTOS`` prints one line of JSON, a dict of figures by name.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import numpy as np
import psutil

from benchmarks.search_measures import (
    TYPED,
    exact_nearest,
    filtered_requests,
    milliseconds,
    near_pictures,
    percentile,
    share_found,
)
from benchmarks.synthetic_library import SyntheticCatalogue, SyntheticLibrary, starter_library
from imgsearch_desktop.adapters.embedded.index import EmbeddedIndex
from imgsearch_desktop.adapters.embedded.vector_matrix import VectorMatrix
from imgsearch_desktop.adapters.models.starter.model import StarterModel
from imgsearch_desktop.application.active_model import FixedModel
from imgsearch_desktop.application.ports import ExampleReader, IndexRequest
from imgsearch_desktop.application.search_photos import SearchPhotos
from imgsearch_desktop.application.sync_engine import EngineFeed
from imgsearch_desktop.domain.query_parser import parse

CACHE = Path(__file__).parents[1] / ".cache" / "bench"


def measure(photos: int) -> dict[str, float]:
    """Everything about one size of library.

    Args:
        photos: how many.

    Returns:
        By name: milliseconds (``*_ms``), megabytes (``*_mb``), seconds (``*_s``), photos per second, recall.
    """
    model = StarterModel(CACHE / "starter")
    joint = starter_library(photos, model)
    figures = _vector_part(replace(joint, visual_dims=0), "512")
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
        queries = near_pictures(library)
        times = milliseconds(lambda query: matrix.nearest(query, 100, None), queries)
        found = [matrix.nearest(query, 100, None)[0] for query in queries]
        one_percent = np.random.default_rng(2).random(matrix.rows) < 0.01
        filtered = milliseconds(lambda query: matrix.nearest(query, 100, one_percent), queries)
        matrix.close()
    exact = exact_nearest(library, queries)
    recall = share_found(found, exact)
    return {
        f"vector_{name}_p50_ms": percentile(times, 50),
        f"vector_{name}_p95_ms": percentile(times, 95),
        f"vector_{name}_1_percent_p95_ms": percentile(filtered, 95),
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
        empty = IndexRequest(model_id, vector=near_pictures(library)[0], limit=1)
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
    encoded = milliseconds(lambda text: model.text_encoder.encode([text]), [query.text for query in typed])
    whole = milliseconds(lambda query: photos.search(query, prefix_last=True), typed)
    pictures = near_pictures(library)
    near = milliseconds(lambda q: index.search(IndexRequest(model_id, vector=q, limit=100)), pictures)
    found = [index.search(IndexRequest(model_id, vector=query, limit=100)).photo_ids for query in pictures]
    exact = exact_nearest(library, pictures)
    recall = share_found(found, exact)
    filtered = milliseconds(index.search, filtered_requests(library, model))
    return {
        "encode_p50_ms": percentile(encoded, 50),
        "encode_p95_ms": percentile(encoded, 95),
        "search_p50_ms": percentile(whole, 50),
        "search_p95_ms": percentile(whole, 95),
        "similar_768_p50_ms": percentile(near, 50),
        "similar_768_p95_ms": percentile(near, 95),
        "similar_768_recall": recall,
        "filtered_p50_ms": percentile(filtered, 50),
        "filtered_p95_ms": percentile(filtered, 95),
    }


def _rss() -> float:
    return float(psutil.Process().memory_info().rss) / 1e6


if __name__ == "__main__":
    CACHE.mkdir(parents=True, exist_ok=True)
    print(json.dumps(measure(int(sys.argv[1]))))
