"""Keeps small matrix products on one thread.

numpy's BLAS splits even small products over every core and its threads wait actively for each other: on a
busy machine a text that takes 1 ms takes up to 80 ms that way (m).
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any


class _SharedLimit:
    """One limit for everybody inside: the first to come sets it, the last to go takes it back."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._inside = 0
        self._limit: Any = None

    def enter(self) -> None:
        with self._lock:
            if self._inside == 0:
                self._limit = _controller().limit(limits=1, user_api="blas")
            self._inside += 1

    def leave(self) -> None:
        with self._lock:
            self._inside -= 1
            if self._inside == 0:
                self._limit.restore_original_limits()


_limit = _SharedLimit()


@cache
def _controller() -> Any:
    import numpy  # noqa: F401 - its BLAS must be loaded to be found
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


@contextmanager
def one_blas_thread() -> Iterator[None]:
    """Run the body with BLAS on one thread; re-entrant and thread-safe.

    The limit holds for the whole process, like BLAS itself, so bodies that overlap share it: whoever came
    first must not restore the number of threads while another is inside, nor the other restore the limit.
    """
    _limit.enter()
    try:
        yield
    finally:
        _limit.leave()
