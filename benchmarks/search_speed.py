"""How fast the embedded engine searches 10 thousand, 100 thousand and a million photos, and what that takes.

The libraries are synthetic (`benchmarks.synthetic_library` says how); each size runs in a process of its own.
A search of the whole product encodes the text with the starter model, asks the engine for vectors and
keywords, and fuses them.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from typing import cast

from benchmarks.figures import Figure

SIZES = (10_000, 100_000, 1_000_000)
SEARCH_BUDGET_MS = {100_000: 30.0, 1_000_000: 50.0}
VECTOR_BUDGET_MS = {1_000_000: 20.0}
RECALL_BUDGET = 0.999
MEMORY_BUDGET_MB = {100_000: 600.0, 1_000_000: 1600.0}


def measure() -> list[Figure]:
    """Measure every size."""
    return [figure for photos in SIZES for figure in figures(photos, run(photos))]


def run(photos: int) -> Mapping[str, float]:
    """Fill and search a library in a process of its own.

    Returns:
        The figures of `benchmarks.search_child.measure`.
    """
    command = [sys.executable, "-m", "benchmarks.search_child", str(photos)]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return cast(Mapping[str, float], json.loads(output.splitlines()[-1]))


def figures(photos: int, raw: Mapping[str, float]) -> list[Figure]:
    """The figures of one size beside their budgets."""
    size = f"{photos:,} photos"
    search, vector = SEARCH_BUDGET_MS.get(photos), VECTOR_BUDGET_MS.get(photos)
    typed = "15 typed queries in three languages, minus words, phrases, filters"

    def of(key: str, name: str, unit: str, budget: float | None = None, note: str = "") -> Figure:
        better = "more" if unit in ("", "photos/s") else "less"
        return Figure(f"{name}, {size}", raw[key], unit, budget, better, note)  # type: ignore[arg-type]

    return [
        of("search_p50_ms", "search p50, encoder included", "ms", None, typed),
        of("search_p95_ms", "search p95, encoder included", "ms", search, typed),
        of("encode_p50_ms", "of which the text encoder, p50", "ms"),
        of("filtered_p95_ms", "engine p95, words and vector within folder, date and camera", "ms"),
        of("vector_512_p50_ms", "vector part p50, 512-d, best 100", "ms"),
        of("vector_512_p95_ms", "vector part p95, 512-d, best 100", "ms", vector),
        of("vector_512_recall", "recall@100, 512-d, against exact", "", RECALL_BUDGET),
        of("vector_512_1_percent_p95_ms", "vector part p95, 512-d, 1 % filter", "ms"),
        of("similar_768_p95_ms", "similar photos p95, 768-d, best 100", "ms"),
        of("similar_768_recall", "recall@100, 768-d, against exact", "", RECALL_BUDGET),
        of("vector_512_mb", "memory of the 512-d matrix", "MB"),
        of("searched_mb", "memory of the process after searching, 768-d", "MB", MEMORY_BUDGET_MB.get(photos)),
        of("open_s", "first search after opening, from the cache file", "s"),
        of(
            "rebuild_s",
            "first search after opening, vectors from the catalogue",
            "s",
            None,
            "made up on the way",
        ),
        of("save_s", "writing the cache file", "s"),
        of("feed_per_s", "feeding the engine", "photos/s"),
        of("database_bytes_per_photo", "keywords and filters on disk", "bytes/photo"),
    ]
