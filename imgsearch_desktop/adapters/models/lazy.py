"""A value made on first use."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Lazy(Generic[T]):
    """Makes a value once, on first use, whichever thread asks first; a failure is tried again next time.

    Args:
        make: makes the value; its errors reach the caller.
    """

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._lock = threading.Lock()
        self._made: tuple[T] | None = None

    def get(self) -> T:
        """The value; waits while another thread makes it."""
        with self._lock:
            if self._made is None:
                self._made = (self._make(),)
            return self._made[0]
