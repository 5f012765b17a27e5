"""The two formats in which Elasticsearch can keep vectors, side by side: `int8_hnsw` and `bbq_hnsw`."""

from __future__ import annotations

from typing import Any

import numpy as np
from elasticsearch import Elasticsearch

from benchmarks.search_measures import exact_nearest, milliseconds, near_pictures, percentile, share_found
from benchmarks.synthetic_library import SyntheticLibrary
from tests.support.elasticsearch.server import RealServer

OVERSAMPLE = {"int8_hnsw": 2.0, "bbq_hnsw": 3.0}
"""Elastic's own default for one bit is 3; the product asks 2 of int8."""

BATCH = 500


def format_figures(server: RealServer, library: SyntheticLibrary, photos: int) -> dict[str, float]:
    """Bytes per photo, recall and time of each format.

    Args:
        server: running.
        library: whose vectors are taken.
        photos: how many of them.
    """
    part = SyntheticLibrary(photos, library.words, library.text_centres, library.visual_dims)
    figures: dict[str, float] = {}
    with Elasticsearch(server.url, request_timeout=600) as client:
        for kind in OVERSAMPLE:
            _fill(client, kind, part)
            measured = _measure(client, kind, part)
            figures |= {f"{kind}_{name}": value for name, value in measured.items()}
            client.indices.delete(index=_index(kind))
    return figures


def _index(kind: str) -> str:
    return f"bench-{kind}"


def _fill(client: Elasticsearch, kind: str, library: SyntheticLibrary) -> None:
    vector = {"type": "dense_vector", "dims": library.dims, "similarity": "cosine"}
    client.indices.create(
        index=_index(kind),
        settings={"number_of_replicas": 0, "refresh_interval": "-1"},
        mappings={"properties": {"vector": vector | {"index_options": {"type": kind}}}},
    )
    for first in range(1, library.photos + 1, BATCH):
        vectors = library.vectors(first, min(BATCH, library.photos - first + 1)).astype(np.float32)
        lines: list[dict[str, Any]] = []
        for at, row in enumerate(vectors):
            lines += [{"index": {"_id": str(first + at)}}, {"vector": row.tolist()}]
        assert not client.bulk(index=_index(kind), operations=lines)["errors"]
    client.indices.refresh(index=_index(kind))


def _measure(client: Elasticsearch, kind: str, library: SyntheticLibrary) -> dict[str, float]:
    pictures = near_pictures(library)

    def found(picture: Any) -> list[int]:
        nearest = {
            "field": "vector",
            "query_vector": picture.tolist(),
            "k": 100,
            "num_candidates": 500,
            "rescore_vector": {"oversample": OVERSAMPLE[kind]},
        }
        answer = client.search(index=_index(kind), knn=nearest, size=100, source=False)
        return [int(hit["_id"]) for hit in answer["hits"]["hits"]]

    times = milliseconds(found, pictures)
    answers = [np.array(found(picture)) for picture in pictures]
    client.indices.flush(index=_index(kind))
    stored = client.indices.stats(index=_index(kind))["_all"]["primaries"]["dense_vector"]["off_heap"]
    sizes = {
        name.removesuffix("_size_bytes"): size / library.photos
        for name, size in stored.items()
        if isinstance(size, int)
    }
    return sizes | {
        "p50_ms": percentile(times, 50),
        "recall_100": share_found(answers, exact_nearest(library, pictures)),
    }
