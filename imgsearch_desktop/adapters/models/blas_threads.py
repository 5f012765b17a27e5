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

_one_at_a_time = threading.RLock()


@cache
def _controller() -> Any:
    import numpy  # noqa: F401 - its BLAS must be loaded to be found
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


@contextmanager
def one_blas_thread() -> Iterator[None]:
    """Run the body with BLAS on one thread; re-entrant.

    Bodies of several threads wait for each other: some builds of BLAS have one limit for the whole process,
    and of two bodies that overlap there, the second would put back the limit of the first for good.
    """
    with _one_at_a_time, _controller().limit(limits=1, user_api="blas"):
        yield
