"""Fills Elasticsearch and the embedded engine with one synthetic library and searches both; run as a process.

``python -m benchmarks.scale_child PHOTOS`` prints one line of JSON, a dict of figures by name. The server is
the one of the tests: one node, Java without its vector module and without Elastic's native library, so that
what compares vectors is slower there than in Elastic's own packages. Sizes are the same.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import psutil

from benchmarks.search_measures import (
    exact_nearest,
    filtered_requests,
    milliseconds,
    near_pictures,
    percentile,
    share_found,
)
from benchmarks.synthetic_library import SyntheticCatalogue, SyntheticLibrary, starter_library
from benchmarks.vector_formats import format_figures
from imgsearch_desktop.adapters.elasticsearch.connection import ElasticsearchConnection
from imgsearch_desktop.adapters.elasticsearch.index import ElasticsearchIndex
from imgsearch_desktop.adapters.embedded.index import EmbeddedIndex
from imgsearch_desktop.adapters.models.starter.model import StarterModel
from imgsearch_desktop.application.ports import IndexRequest, PhotoIndex
from imgsearch_desktop.application.sync_engine import BATCH
from tests.support.elasticsearch.server import LONG_RUN, TEST_SETTINGS, RealServer

CACHE = Path(__file__).parents[1] / ".cache" / "bench"
FORMAT_SHARE = 10
"""The formats of vectors are compared on a tenth of the photos: what is measured there is per photo."""


def measure(photos: int) -> dict[str, float]:
    """Both engines, one after the other.

    Args:
        photos: how many.

    Returns:
        By name: photos per second, bytes per photo, milliseconds (``*_ms``), seconds (``*_s``), recall.
    """
    model = StarterModel(CACHE / "starter")
    library = starter_library(photos, model)
    reader = SyntheticCatalogue(library).reader
    with tempfile.TemporaryDirectory(dir=CACHE) as directory:
        embedded = EmbeddedIndex(Path(directory, "embedded"), reader)
        figures = _named("embedded", _engine(embedded, library, model))
        embedded.close()
        figures["embedded_bytes"] = _size(Path(directory, "embedded")) / photos
        server = RealServer(Path(directory, "server"), TEST_SETTINGS, java=LONG_RUN)
        try:
            server.start()
            figures |= _elasticsearch(server, library, model)
        finally:
            server.discard()
    return figures


def _elasticsearch(server: RealServer, library: SyntheticLibrary, model: StarterModel) -> dict[str, float]:
    index = ElasticsearchIndex(ElasticsearchConnection(server.url, answer_s=120, write_s=600), "bench")
    figures = _named("elasticsearch", _engine(index, library, model))
    process = psutil.Process(server.pid)
    figures["elasticsearch_process_mb"] = process.memory_info().rss / 1e6
    figures |= _stored(server, library.photos)
    started = time.perf_counter()
    server.ask("POST", "/imgsearch-bench-*/_forcemerge?max_num_segments=1", timeout_s=3600)
    figures["merge_s"] = time.perf_counter() - started
    figures |= _named("merged", _searches(index, library, model))
    index.close()
    return figures | format_figures(server, library, library.photos // FORMAT_SHARE)


def _engine(index: PhotoIndex, library: SyntheticLibrary, model: StarterModel) -> dict[str, float]:
    """Feed an engine as the product does, in batches, and search it."""
    index.reset(model.spec, "bench", "bench")
    feeding = 0.0
    for first in range(1, library.photos + 1, BATCH):
        vectors = library.vectors(first, min(BATCH, library.photos - first + 1))
        documents = [library.document(first + at, vector) for at, vector in enumerate(vectors)]
        started = time.perf_counter()
        report = index.apply(model.spec.model_id, documents, [], first + len(documents) - 1)
        feeding += time.perf_counter() - started
        assert not report.rejected, report
    started = time.perf_counter()
    request = IndexRequest(model.spec.model_id, near_pictures(library)[0], limit=1)
    assert index.search(request).photo_ids.size
    return {
        "feed_per_s": library.photos / feeding,
        "first_search_s": time.perf_counter() - started,
        **_searches(index, library, model),
    }


def _searches(index: PhotoIndex, library: SyntheticLibrary, model: StarterModel) -> dict[str, float]:
    hybrid = milliseconds(index.search, filtered_requests(library, model))
    pictures = near_pictures(library)
    requests = [IndexRequest(model.spec.model_id, picture, limit=100) for picture in pictures]
    similar = milliseconds(index.search, requests)
    found = [index.search(request).photo_ids for request in requests]
    truth = exact_nearest(library, pictures)
    return {
        "hybrid_p50_ms": percentile(hybrid, 50),
        "hybrid_p95_ms": percentile(hybrid, 95),
        "similar_p50_ms": percentile(similar, 50),
        "similar_p95_ms": percentile(similar, 95),
        "recall_20": share_found([ids[:20] for ids in found], [ids[:20] for ids in truth]),
        "recall_100": share_found(found, truth),
    }


def _stored(server: RealServer, photos: int) -> dict[str, float]:
    """What the index takes, in bytes per photo: on disk, and of it what searching vectors wants in memory."""
    server.ask("POST", "/imgsearch-bench-*/_flush?force=true", timeout_s=600)
    total: dict[str, Any] = server.ask("GET", "/imgsearch-bench-*/_stats")["_all"]["primaries"]
    off_heap = total["dense_vector"].get("off_heap", {})
    return {
        "elasticsearch_bytes": total["store"]["size_in_bytes"] / photos,
        "elasticsearch_segments": float(total["segments"]["count"]),
        **{
            f"elasticsearch_{name.removesuffix('_size_bytes')}": size / photos
            for name, size in off_heap.items()
            if isinstance(size, int)
        },
    }


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _named(name: str, figures: dict[str, float]) -> dict[str, float]:
    return {f"{name}_{key}": value for key, value in figures.items()}


if __name__ == "__main__":
    CACHE.mkdir(parents=True, exist_ok=True)
    print(json.dumps(measure(int(sys.argv[1]))))
