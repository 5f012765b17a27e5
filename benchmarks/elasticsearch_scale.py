"""How Elasticsearch takes and searches 100 thousand photos, beside the embedded engine in the same run.

`benchmarks.scale_child` does it, in a process of its own and against a real server; docs/scale.md plans ten
and a hundred million photos from these figures.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from typing import Literal, cast

from benchmarks.figures import Figure
from tests.support.elasticsearch.distribution import MavenMissingError, provide_distribution

PHOTOS = 100_000
ENGINES = ("elasticsearch", "embedded")
SERVER = "one node, 1 GB heap, Java without SIMD and without Elastic's native library"


def measure() -> list[Figure]:
    """Measure both engines; nothing where the server's files cannot be had."""
    try:
        provide_distribution()
    except MavenMissingError as missing:
        print(missing)
        return []
    return figures(run(PHOTOS), PHOTOS)


def run(photos: int) -> Mapping[str, float]:
    """Fill and search both engines in a process of its own.

    Returns:
        The figures of `benchmarks.scale_child.measure`.
    """
    command = [sys.executable, "-m", "benchmarks.scale_child", str(photos)]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return cast(Mapping[str, float], json.loads(output.splitlines()[-1]))


def figures(raw: Mapping[str, float], photos: int) -> list[Figure]:
    """The figures, the two engines side by side."""
    beside = [
        ("feed_per_s", "loading", "photos/s", "768-d, batches of 256 as the product sends them"),
        ("first_search_s", "first search after loading", "s", "ends the load: what was sent can be found"),
        ("hybrid_p50_ms", "filtered hybrid search p50", "ms", "words and vector within folder, date, camera"),
        ("hybrid_p95_ms", "filtered hybrid search p95", "ms", "words and vector within folder, date, camera"),
        ("similar_p50_ms", "similar photos p50, best 100", "ms", ""),
        ("similar_p95_ms", "similar photos p95, best 100", "ms", ""),
        ("recall_20", "recall@20 against exact", "", ""),
        ("recall_100", "recall@100 against exact", "", ""),
        ("bytes", "index on disk, bytes per photo", "bytes", ""),
    ]
    listed = [
        Figure(f"{name}, {engine}", raw[f"{engine}_{key}"], unit, None, _better(unit), note or _note(engine))
        for key, name, unit, note in beside
        for engine in ENGINES
    ]
    return listed + _vectors(raw, photos)


def _vectors(raw: Mapping[str, float], photos: int) -> list[Figure]:
    """What vectors take on the server, and the two formats side by side."""
    listed = [
        Figure("segments, elasticsearch", raw["elasticsearch_segments"], "", note=f"of {photos:,} photos"),
        Figure("merging them into one", raw["merge_s"], "s"),
        Figure("filtered hybrid search p50, one segment", raw["merged_hybrid_p50_ms"], "ms"),
        Figure("filtered hybrid search p95, one segment", raw["merged_hybrid_p95_ms"], "ms"),
        Figure("similar photos p50, one segment", raw["merged_similar_p50_ms"], "ms"),
        Figure("recall@100, one segment", raw["merged_recall_100"], "", better="more"),
        Figure("memory of the server's process", raw["elasticsearch_process_mb"], "MB", note=SERVER),
        Figure("off heap, graph of int8_hnsw", raw["elasticsearch_total_vex"], "bytes/photo"),
        Figure("off heap, numbers of int8_hnsw", raw["elasticsearch_total_veq"], "bytes/photo"),
        Figure("raw vectors, on disk", raw["elasticsearch_total_vec"], "bytes/photo"),
    ]
    for kind, part in (("int8_hnsw", "veq"), ("bbq_hnsw", "veb")):
        note = "a tenth of the photos, vectors alone, best 100 of 500 candidates"
        listed += [
            Figure(f"{kind}: numbers off heap", raw[f"{kind}_total_{part}"], "bytes/photo", note=note),
            Figure(f"{kind}: graph off heap", raw[f"{kind}_total_vex"], "bytes/photo", note=note),
            Figure(
                f"{kind}: recall@100 with rescoring", raw[f"{kind}_recall_100"], "", better="more", note=note
            ),
            Figure(f"{kind}: p50", raw[f"{kind}_p50_ms"], "ms", note=note),
        ]
    return listed


def _better(unit: str) -> Literal["more", "less"]:
    return "more" if unit in ("", "photos/s") else "less"


def _note(engine: str) -> str:
    return SERVER if engine == "elasticsearch" else ""
