"""Asking a pool (or the code inside its workers) for many files at once."""

from __future__ import annotations

import io
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from PIL import Image

from imgsearch_desktop.adapters.imaging.decode_file import answer
from imgsearch_desktop.adapters.imaging.decode_pool import SupervisedDecodePool
from imgsearch_desktop.application.ports import (
    DecodedPhoto,
    DecodeFailure,
    DecodeOutcome,
    DecodeRequest,
    DecodeScope,
)
from imgsearch_desktop.application.settings import IndexingSettings
from imgsearch_desktop.domain.embedding import EncoderInput

INPUT = EncoderInput(224, 256)
PATIENCE_S = 60.0


def request(path: Path | bytes, token: int = 0, scope: DecodeScope = DecodeScope.FULL) -> DecodeRequest:
    """A request as indexing makes it."""
    return DecodeRequest(token, os.fsencode(path), (), scope, INPUT, 384)


@contextmanager
def decode_pool(**settings: object) -> Iterator[SupervisedDecodePool]:
    """A pool that is closed in the end; one worker unless said otherwise."""
    pool = SupervisedDecodePool(IndexingSettings(**{"workers": 1, **settings}))  # type: ignore[arg-type]
    try:
        yield pool
    finally:
        pool.close()


def decode_all(pool: SupervisedDecodePool, paths: Sequence[Path]) -> list[DecodeOutcome]:
    """Feed a pool as indexing does; outcomes in the order of the paths."""
    outcomes: dict[int, DecodeOutcome] = {}
    waiting = list(enumerate(paths))[::-1]
    while len(outcomes) < len(paths):
        while waiting and pool.inside < pool.capacity:
            token, path = waiting.pop()
            pool.submit(request(path, token))
        outcome = pool.next_outcome(PATIENCE_S)
        assert outcome is not None, "the pool hangs"
        assert outcome.token not in outcomes
        outcomes[outcome.token] = outcome
    assert pool.inside == 0
    return [outcomes[token] for token in range(len(paths))]


def one(pool: SupervisedDecodePool, path: Path) -> DecodeOutcome:
    """The outcome of one file."""
    return decode_all(pool, [path])[0]


def decoded(path: Path, scope: DecodeScope = DecodeScope.FULL) -> DecodedPhoto:
    """What a worker would answer, in this process; the file must be readable."""
    outcome = answer(request(path, scope=scope))
    assert isinstance(outcome, DecodedPhoto), outcome
    return outcome


def failure(path: Path | bytes) -> DecodeFailure:
    """What a worker would answer, in this process; the file must not be readable."""
    outcome = answer(request(path))
    assert isinstance(outcome, DecodeFailure), outcome
    return outcome


def shown(photo: DecodedPhoto) -> Image.Image:
    """The thumbnail, decoded."""
    assert photo.thumbnail is not None
    return Image.open(io.BytesIO(photo.thumbnail)).convert("RGB")


def difference(first: Image.Image, second: Image.Image) -> float:
    """Mean absolute difference of two pictures of equal size, levels of 255."""
    assert first.size == second.size
    a, b = (np.asarray(image.convert("RGB"), dtype=np.float32) for image in (first, second))
    return float(np.abs(a - b).mean())


def wait_until(condition: object, timeout_s: float = 30.0) -> bool:
    """Whether a condition (a callable) comes true in time."""
    assert callable(condition)
    deadline = time.monotonic() + timeout_s
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.005)
    return bool(condition())
