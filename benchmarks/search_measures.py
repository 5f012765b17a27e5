"""How searches are measured: the questions, their times, and how much of the truth they find."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from benchmarks.synthetic_library import SyntheticLibrary
from imgsearch_desktop.adapters.models.starter.model import StarterModel
from imgsearch_desktop.application.ports import IndexRequest
from imgsearch_desktop.domain.embedding import Vectors, normalise
from imgsearch_desktop.domain.filters import Filters, FolderFilter
from imgsearch_desktop.domain.query_parser import parse

T = TypeVar("T")
ROUNDS = 6
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


def near_pictures(library: SyntheticLibrary) -> Vectors:
    """Pictures near to some of the library, none of them in it."""
    rng = np.random.default_rng(9)
    numbers = rng.integers(1, library.photos, 20)
    rows = np.concatenate([library.vectors(int(number), 1) for number in numbers]).astype(np.float32)
    noise = rng.standard_normal(rows.shape, dtype=np.float32) * (0.3 / np.sqrt(library.dims))
    return normalise(rows + noise)


def filtered_requests(library: SyntheticLibrary, model: StarterModel) -> list[IndexRequest]:
    """Words and vector at once, within a folder, a time and a camera; one request for each of `TYPED`."""
    texts = [parse(text).text or "x" for text in TYPED]
    root = library.document(1, library.vectors(1, 1)[0]).places[0].root_id
    filters = Filters(folders=(FolderFilter(root, b"2014"),), after=date(2014, 3, 1), cameras=("nikon d750",))
    return [
        IndexRequest(model.spec.model_id, vector, True, ("castle", "img"), True, filters=filters, limit=1000)
        for vector in model.text_encoder.encode(texts).vectors
    ]


def exact_nearest(library: SyntheticLibrary, queries: Vectors, count: int = 100) -> list[NDArray[np.int64]]:
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


def share_found(found: Sequence[NDArray[np.int64]], exact: Sequence[NDArray[np.int64]]) -> float:
    """The mean share of the true nearest photos that were found: recall."""
    shares = [len(set(a.tolist()) & set(b.tolist())) / len(b) for a, b in zip(found, exact, strict=True)]
    return float(np.mean(shares))


def milliseconds(work: Callable[[T], object], inputs: Iterable[T]) -> NDArray[np.float64]:
    """Milliseconds of the work on each input, `ROUNDS` times, after one round that does not count."""
    times, inputs = [], list(inputs)
    for number in range(ROUNDS + 1):
        for one in inputs:
            started = time.perf_counter()
            work(one)
            if number:
                times.append((time.perf_counter() - started) * 1000)
    return np.array(times)


def percentile(times: NDArray[np.float64], percent: int) -> float:
    """One percentile."""
    return float(np.percentile(times, percent))
